"""A backup is all of one moment, and goes back into an empty store only."""

import gzip
import json
import stat
import threading

import pytest

from geoplan.errors import InvalidValueError, MissingFileError
from geoplan.plans import open_store
from geoplan.plans.backup import back_up, restore
from geoplan.plans.tokens import Scope, WantedToken, authenticate, create_token


@pytest.fixture
def other(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    yield store
    store.close()


@pytest.fixture
def backup(tmp_path):
    return tmp_path / "plans.backup"


def filled(store, full, chief):
    made = store.create(full, chief)
    store.delete(full.id, made.version, chief)
    return create_token(store, WantedToken(name="Bauamt", scope=Scope.WRITE)).text


def everything(store):
    return store.list(deleted=True), store.history("full"), store.audit()


def test_there_and_back(store, other, full, chief, backup):
    token = filled(store, full, chief)
    made = back_up(store, backup)
    assert made.rows == {"plans": 1, "plan_versions": 2, "plan_audit": 2, "plan_tokens": 1}
    assert restore(other, backup) == made
    assert everything(other) == everything(store)
    assert authenticate(other, token).name == "Bauamt"


def test_back_into_the_same_kind(store, other, full, chief, backup):
    filled(other, full, chief)
    back_up(other, backup)
    restore(store, backup)
    assert everything(store) == everything(other)
    # The next entry of the trail takes the next number.
    store.restore("full", 2, chief)
    assert [entry.seq for entry in store.audit()] == [1, 2, 3]


def test_a_store_in_use_is_not_touched(store, other, full, chief, backup):
    back_up(other, backup)
    filled(store, full, chief)
    before = everything(store)
    with pytest.raises(InvalidValueError, match="not empty"):
        restore(store, backup)
    assert everything(store) == before


def test_it_is_of_one_moment(store, other, full, chief, backup):
    """Whoever writes meanwhile is in it with head, version and trail, or with none of them."""
    stop = threading.Event()

    def write():
        number = store.create(full, chief).version
        while not stop.is_set():
            number = store.delete("full", number, chief).version
            number = store.restore("full", number, chief).version

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            made = back_up(store, backup.with_name(f"{number}.backup"))
            assert made.rows["plan_versions"] == made.rows["plan_audit"]
    finally:
        stop.set()
        writer.join()
    restore(other, backup.with_name("4.backup"))
    if made.rows["plans"]:
        assert other.get("full", deleted=True).version == made.rows["plan_versions"]


def test_only_its_owner_reads_it(other, backup):
    back_up(other, backup)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", [
    lambda raw: b"", lambda raw: b"PK\x03\x04", lambda raw: raw[:-20], lambda raw: raw[:40] + b"x" + raw[41:],
    lambda raw: gzip.compress(b"{}\n{}"), lambda raw: gzip.compress(b"[]\n[]"),
    lambda raw: gzip.compress(gzip.decompress(raw).replace(b'"Bauamt"', b'"Hauamt"')),
    lambda raw: gzip.compress(b"[" * 100_000),
])  # fmt: skip
def test_damaged(other, full, chief, backup, damage):
    filled(other, full, chief)
    back_up(other, backup)
    backup.write_bytes(damage(backup.read_bytes()))
    empty = open_store(f"sqlite:///{backup.with_name('empty.db')}")
    with pytest.raises(InvalidValueError, match="no backup"):
        restore(empty, backup)
    assert empty.list(deleted=True) == ()
    empty.close()


def test_there_is_none(other, backup):
    with pytest.raises(MissingFileError, match="There is no file"):
        restore(other, backup)


def test_of_another_layout(store, other, backup):
    back_up(other, backup)
    head, content = gzip.decompress(backup.read_bytes()).split(b"\n", 1)
    newer = json.dumps(json.loads(head) | {"layout": "9999", "geoplan": "9.0"})
    backup.write_bytes(gzip.compress(newer.encode() + b"\n" + content))
    with pytest.raises(InvalidValueError, match=r"geoplan 9\.0"):
        restore(store, backup)
