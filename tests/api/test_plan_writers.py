"""Two writers over HTTP at the same moment: one is told 412, and nothing is lost."""

import threading

import pytest
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app

PLAN = "/api/v1/plans/netz"
ROUNDS = 15


@pytest.fixture
def application(tmp_path, monkeypatch, village_atlas):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    return create_app(Settings(), atlas=village_atlas, desk=True)


def test_of_two_writers_at_once_one_is_told(application):
    with TestClient(application, base_url="http://127.0.0.1:8000") as client:
        first = client.post("/api/v1/plans", json={"id": "netz", "title": "0"})
        tag, titles = first.headers["etag"], ["0"]
        for number in range(ROUNDS):
            answers = _both(client, tag, number)
            assert sorted(answer.status_code for answer in answers.values()) == [200, 412]
            ((title, kept),) = [one for one in answers.items() if one[1].status_code == 200]
            assert {answer.json().get("nearest") == [kept.headers["etag"].strip('"')]
                    for answer in answers.values() if answer is not kept} == {True}  # fmt: skip
            tag = kept.headers["etag"]
            titles.append(title)
        versions = client.get(f"{PLAN}/history").json()["versions"]
    assert [one["plan"]["title"] for one in versions] == titles


def _both(client, tag, number):
    answers, start = {}, threading.Barrier(2)

    def write(title):
        start.wait()
        answers[title] = client.put(PLAN, json={"title": title}, headers={"If-Match": tag})

    threads = [threading.Thread(target=write, args=(f"{number} {name}",)) for name in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
