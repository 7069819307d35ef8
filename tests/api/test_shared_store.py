"""One store for all requests of an application."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from geoplan.errors import PlanStoreError
from geoplan.plans import Actor, Plan, Role, open_store
from geoplan_api import Settings, create_app
from geoplan_api.shared_store import SharedStore

THREADS = 8


@pytest.fixture(autouse=True)
def opened(tmp_path, monkeypatch):
    """The stores that were opened."""
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    found = []
    monkeypatch.setattr(
        "geoplan_api.shared_store.open_store", lambda: found.append(open_store()) or found[-1]
    )
    return found


def test_threads_get_the_same(opened):
    shared, start = SharedStore(), threading.Barrier(THREADS)

    def get(number):
        start.wait()
        store = shared.get()
        store.create(Plan(id=f"p{number}", title="x"), Actor(name="x", role=Role.COORDINATOR))
        return store

    with ThreadPoolExecutor(THREADS) as pool:
        stores = list(pool.map(get, range(THREADS)))
    assert len(opened) == 1
    assert {id(one) for one in stores} == {id(opened[0])}
    assert len(opened[0].list()) == THREADS
    shared.close()


def test_it_is_opened_again_after_its_end(opened):
    shared = SharedStore()
    shared.close()
    shared.get()
    shared.close()
    shared.get()
    assert len(opened) == 2
    shared.close()


def test_what_failed_is_tried_again(opened, tmp_path):
    shared, path = SharedStore(), tmp_path / "plans.db"
    path.write_text("no database " * 100)
    with pytest.raises(PlanStoreError):
        shared.get()
    path.unlink()
    assert shared.get().list() == ()
    shared.close()


def test_an_application_opens_one_when_asked_and_closes_it(opened, village_atlas):
    with TestClient(
        create_app(Settings(), atlas=village_atlas, desk=True), base_url="http://localhost"
    ) as client:
        assert opened == []
        for _ in range(3):
            assert client.get("/api/v1/plans").status_code == 200
        assert len(opened) == 1
    closed = []
    client.app.state.plan_store.get().close = lambda: closed.append(True)
    client.app.state.plan_store.close()
    assert len(opened) == 2
    assert closed == [True]


def test_a_file_that_was_put_back_is_read(opened, tmp_path):
    shared, chief = SharedStore(), Actor(name="x", role=Role.COORDINATOR)
    shared.get().create(Plan(id="old", title="x"), chief)
    kept = (tmp_path / "plans.db").read_bytes()
    shared.get().create(Plan(id="new", title="x"), chief)
    (tmp_path / "plans.db").unlink()
    (tmp_path / "plans.db").write_bytes(kept)
    assert [one.plan.id for one in shared.get().list()] == ["old"]
    shared.close()
