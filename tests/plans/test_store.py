"""What is acknowledged is kept: versions, audit, two writers, soft delete."""

import sqlite3
import threading
from dataclasses import replace

import pytest
from sqlalchemy import inspect

from geoplan.errors import (
    InvalidValueError,
    NotPermittedError,
    PlanStoreError,
    StaleVersionError,
    UnknownPlanError,
)
from geoplan.plans import Actor, PlanState, Role, open_store
from geoplan.plans.tables import METADATA


def test_a_plan_comes_back_as_it_was(store, url, full, chief):
    made = store.create(full, chief)
    assert (made.version, made.etag, made.actor, made.action) == (1, '"1"', "Bauamt", "create")
    other = open_store(url)
    assert other.get("full") == made
    assert other.list() == (made,)
    other.close()


def test_every_version_is_kept(store, full, chief):
    store.create(full, chief)
    store.replace(replace(full, title="Zweiter"), 1, chief)
    store.advance("full", PlanState.EXPLORING, 2, chief)
    history = store.history("full")
    assert [(one.version, one.action) for one in history] == [(1, "create"), (2, "edit"), (3, "advance")]
    assert [one.plan.title for one in history] == [full.title, "Zweiter", "Zweiter"]
    assert [one.plan.state for one in history] == ["idea", "idea", "exploring"]
    trail = store.audit("full")
    assert [(one.action, one.version, one.actor) for one in trail] == [
        ("create", 1, "Bauamt"), ("edit", 2, "Bauamt"), ("advance", 3, "Bauamt"),
    ]  # fmt: skip


def test_a_stale_change_writes_nothing(store, full, chief):
    store.create(full, chief)
    store.replace(replace(full, title="A"), 1, chief)
    for change in (
        lambda: store.replace(replace(full, title="B"), 1, chief),
        lambda: store.advance("full", PlanState.EXPLORING, 1, chief),
        lambda: store.delete("full", 3, chief),
    ):
        with pytest.raises(StaleVersionError) as told:
            change()
        assert told.value.nearest == ("2",)
    assert [one.plan.title for one in store.history("full")] == [full.title, "A"]
    assert len(store.audit()) == 2


def test_of_writers_at_once_one_wins(store, full, chief):
    store.create(full, chief)
    won, lost = [], []
    start = threading.Barrier(4)

    def write(title):
        start.wait()
        try:
            won.append(store.replace(replace(full, title=title), 1, chief).plan.title)
        except StaleVersionError:
            lost.append(title)

    threads = [threading.Thread(target=write, args=(f"T{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 3)
    assert [one.plan.title for one in store.history("full")] == [full.title, *won]


def test_deleted_plans_stay_and_come_back(store, full, chief):
    store.create(full, chief)
    assert store.delete("full", 1, chief).deleted
    assert store.list() == ()
    with pytest.raises(UnknownPlanError, match="deleted"):
        store.get("full")
    assert store.get("full", deleted=True).plan == full
    assert [one.deleted for one in store.list(deleted=True)] == [True]
    with pytest.raises(UnknownPlanError):
        store.replace(full, 2, chief)
    with pytest.raises(InvalidValueError):
        store.create(full, chief)
    store.restore("full", 2, chief)
    assert not store.get("full").deleted
    with pytest.raises(InvalidValueError, match="not deleted"):
        store.restore("full", 3, chief)
    assert [one.deleted for one in store.history("full")] == [False, True, False]


def test_an_ended_plan_stays_as_it_is(store, full, chief):
    store.create(full, chief)
    store.advance("full", PlanState.ENDED, 1, chief)
    with pytest.raises(InvalidValueError, match="ended"):
        store.replace(replace(full, state=PlanState.ENDED, title="doch"), 2, chief)


def test_a_plan_begins_as_an_idea(store, full, chief):
    with pytest.raises(InvalidValueError) as told:
        store.create(replace(full, state=PlanState.FOUNDED), chief)
    assert told.value.nearest == ("idea",)
    assert store.list(deleted=True) == ()


def test_a_reader_writes_nothing(store, full, chief):
    reader = Actor(name="Gast", role=Role.READER)
    with pytest.raises(NotPermittedError) as told:
        store.create(full, reader)
    assert told.value.nearest == ("editor",)
    store.create(full, chief)
    editor = Actor(name="Amt", role=Role.EDITOR)
    with pytest.raises(NotPermittedError):
        store.delete("full", 1, editor)
    store.advance("full", PlanState.EXPLORING, 1, editor)
    with pytest.raises(NotPermittedError):
        store.advance("full", PlanState.AGREED, 2, editor)
    assert len(store.history("full")) == 2


@pytest.mark.parametrize("plan_id", ["nope", "", "\x00", "\ud800", "x" * 5000, "full'--"])
def test_unknown_plans(store, full, chief, plan_id):
    store.create(full, chief)
    with pytest.raises(UnknownPlanError):
        store.get(plan_id)


def test_the_nearest_id_is_named(store, full, chief):
    store.create(full, chief)
    with pytest.raises(UnknownPlanError) as told:
        store.get("ful")
    assert told.value.nearest == ("full",)


def test_migrations_make_what_the_tables_say(store):
    with store.reading() as connection:
        seen = inspect(connection)
        for table in METADATA.sorted_tables:
            made = {column["name"]: column["nullable"] for column in seen.get_columns(table.name)}
            assert made == {column.name: column.nullable for column in table.columns}


def test_sqlite_writes_ahead_and_syncs(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'plans.db'}")
    with store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    store.close()


def test_by_default_it_lies_in_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("GEOPLAN_PLANS_URL", raising=False)
    open_store().close()
    assert (tmp_path / "home" / "plans.db").is_file()


@pytest.mark.parametrize(
    "url", ["mysql://x:secret@y/z", "nonsense", "sqlite://", "sqlite:///:memory:", "://"]
)
def test_no_url_of_a_store(url):
    with pytest.raises(InvalidValueError) as told:
        open_store(url)
    assert "secret" not in str(told.value)


def test_a_file_that_is_no_database(tmp_path):
    path = tmp_path / "plans.db"
    path.write_text("no database, but long enough to look at " * 50)
    with pytest.raises(PlanStoreError, match=r"plans\.db"):
        open_store(f"sqlite:///{path}")
    assert path.read_text().startswith("no database")


def test_a_newer_layout_is_left_alone(tmp_path):
    path = tmp_path / "plans.db"
    open_store(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE plan_schema SET version_num = '9999'")
    connection.close()
    with pytest.raises(PlanStoreError):
        open_store(f"sqlite:///{path}")


def test_a_damaged_row_is_told(tmp_path, full, chief):
    path = tmp_path / "plans.db"
    store = open_store(f"sqlite:///{path}")
    store.create(full, chief)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE plan_versions SET document = '{}'")
    connection.close()
    with pytest.raises(PlanStoreError, match="full"):
        store.get("full")
    store.close()
