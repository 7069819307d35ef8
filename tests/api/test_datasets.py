"""Several vintages side by side: ``?dataset=`` chooses."""

import re

import pytest
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app
from geoplan_api.settings import read_settings


@pytest.fixture(scope="module")
def both(villages, atlas):
    """A server that answers from the villages, and knows the villages by a second name and all of Germany."""
    settings = Settings(data=str(villages), datasets=f"de-2016, old={villages}")
    with TestClient(create_app(settings)) as client:
        yield client


def test_answer_is_from_the_dataset_that_is_asked(both):
    assert both.get("/api/v1/units?q=Altdorf").json()["data"]["vintage"] == "2026-01-01"
    answer = both.get("/api/v1/units/05570044?dataset=de-2016").json()
    assert (answer["name"], answer["data"]["vintage"]) == ("Telgte", "2016-01-01")


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/units?q=Altdorf", "/api/v1/units/01099001?", "/api/v1/units/01099001/neighbours?",
        "/api/v1/units/01099001/suggestions?", "/api/v1/services?",
    ],
)  # fmt: skip
def test_every_answer_names_its_vintage(both, path):
    assert both.get(f"{path}&dataset=old").json()["data"]["vintage"] == "2026-01-01"
    with_other = both.get(f"{path}&dataset=de-2016").json()
    assert with_other.get("data", {"vintage": "2016-01-01"})["vintage"] == "2016-01-01"


def test_atlas_is_loaded_once(both):
    atlases = both.app.state.atlases
    assert atlases.of("old") is atlases.of("old")
    assert atlases.of(None) is both.app.state.atlas


def test_unknown_dataset_is_not_found_and_the_known_are_named(both):
    answer = both.get("/api/v1/units?q=x&dataset=de-2015")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["kind"], problem["value"]) == ("not-found", "de-2015")
    assert problem["nearest"] == ["de-2016"]  # the others are not near


def test_paths_are_neither_told_nor_taken(both, villages):
    answer = both.get("/api/v1/units", params={"q": "x", "dataset": str(villages)})
    assert answer.status_code == 404
    assert str(villages) not in answer.json()["nearest"]


def test_all_known_datasets_may_be_asked_by_default(village_client):
    assert village_client.get("/api/v1/units/05570044?dataset=de-2016").json()["name"] == "Telgte"


def test_pages_keep_the_dataset(both):
    page = both.get("/units/01099001?dataset=old&lang=en").text
    assert 'name="dataset" value="old"' in page
    links = re.findall(r'href="(/\?unit=[^"]+)"', page)
    assert any("with=01099002" in link for link in links)
    assert [link for link in links if "dataset=old" not in link] == []


def test_page_of_an_unknown_dataset_leads_back(both):
    answer = both.get("/?dataset=nope", headers={"accept": "text/html"})
    assert answer.status_code == 404
    body = answer.text.split('<main id="main">')[1].split("</main>")[0]
    assert "dataset=nope" not in body.replace("“nope”", "")


def test_embed_of_another_dataset_is_described(both):
    url = "http://testserver/embed/units/05570044?dataset=de-2016"
    described = both.get("/oembed", params={"url": url}).json()
    assert "Telgte" in described["title"]
    assert "dataset=de-2016" in described["html"]


def test_datasets_are_read_from_the_environment(monkeypatch):
    monkeypatch.setenv("GEOPLAN_DATASETS", "a, b=/data/b ,")
    assert read_settings().datasets == ("a", "b=/data/b")
