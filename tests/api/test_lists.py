"""Pages, chosen fields, units by their ids, forms: the same rows, nothing lost."""

import pytest
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app
from geoplan_api.answers import MAX_IDS

UNITS = "/api/v1/units"
LISTS = [
    (f"{UNITS}?level=municipality", "results"),
    (f"{UNITS}?q=berg", "results"),
    (f"{UNITS}/05570044/neighbours?order=2", "neighbours"),
    (f"{UNITS}/05570044/suggestions?type=horizontal", "suggestions"),
]
GEOJSON = {"Accept": "application/geo+json"}


def walk(client, first, rows, most=6):
    """Pages along ``next`` as a program goes them."""
    address, found = first, []
    for _ in range(most):
        page = client.get(address).json()
        found += page[rows]
        if "next" not in page["links"]:
            break
        address = page["links"]["next"]
    return found


@pytest.mark.parametrize(("path", "rows"), LISTS)
def test_pages_are_the_list(client, path, rows):
    whole = client.get(f"{path}&limit=30").json()[rows]
    assert len(whole) > 14
    walked = walk(client, f"{path}&limit=5", rows)
    assert walked[: len(whole)] == whole[:30]


@pytest.mark.parametrize(("path", "rows"), LISTS)
def test_links_lead_back_and_say_the_same_in_the_header(client, path, rows):
    answer = client.get(f"{path}&limit=5&offset=7")
    links = answer.json()["links"]
    assert set(links) == {"self", "next", "prev"}
    assert client.get(links["self"]).json() == answer.json()
    assert "offset=2" in links["prev"]
    assert client.get(client.get(links["prev"]).json()["links"]["next"]).json()[rows] == answer.json()[rows]
    assert {name: link["url"] for name, link in answer.links.items()} == links
    features = client.get(f"{path}&limit=5&offset=7", headers=GEOJSON)
    assert [one["properties"]["id"] for one in features.json()["features"]] == [
        one["id"] for one in answer.json()[rows]
    ]
    assert features.json()["links"] == links


def test_the_last_page_has_no_next(village_client):
    answer = village_client.get(f"{UNITS}?level=municipality&limit=3&offset=3").json()
    assert "next" not in answer["links"]
    beyond = village_client.get(f"{UNITS}?level=municipality&offset=50").json()
    assert beyond["results"] == []
    assert "next" not in beyond["links"]
    assert village_client.get(f"{UNITS}/Altdorf/neighbours?offset=1").json()["links"].keys() == {
        "self",
        "prev",
    }


def test_ranks_go_on(client):
    answer = client.get(f"{UNITS}/05570044/suggestions?limit=2&offset=4", headers=GEOJSON).json()
    assert [one["properties"]["rank"] for one in answer["features"]] == [5, 6]


def test_links_know_where_a_proxy_has_put_the_server(village_atlas):
    with TestClient(create_app(Settings(), atlas=village_atlas), root_path="/planer") as client:
        links = client.get(f"{UNITS}?limit=1").json()["links"]
    assert links["next"].startswith("/planer/api/v1/units?")
    assert "http" not in links["next"]


@pytest.mark.parametrize(
    ("path", "rows"),
    [(f"{UNITS}?q=neudorf", "results"), (f"{UNITS}/Altdorf/neighbours?order=1", "neighbours"),
     (f"{UNITS}/Altdorf/suggestions?limit=9", "suggestions")],
)  # fmt: skip
def test_chosen_fields(village_client, path, rows):
    whole = village_client.get(path).json()
    chosen = village_client.get(f"{path}&fields=name, state").json()
    assert chosen[rows] == [{name: row[name] for name in ("id", "name", "state")} for row in whole[rows]]
    assert chosen["data"] == whole["data"]
    features = village_client.get(f"{path}&fields=name", headers=GEOJSON).json()["features"]
    assert features[0]["properties"].keys() == {"id", "name"}
    assert features[0]["geometry"]


def test_chosen_fields_of_one_unit(village_client):
    answer = village_client.get(f"{UNITS}/Altdorf?fields=population").json()
    assert answer.keys() == {"id", "population", "data"}
    features = village_client.get(f"{UNITS}/Altdorf?fields=population", headers=GEOJSON).json()["features"]
    assert features[0]["properties"] == {"id": "01099001", "population": 8000}


@pytest.mark.parametrize(
    "path", [UNITS, f"{UNITS}/Altdorf", f"{UNITS}/Altdorf/neighbours", f"{UNITS}/Altdorf/suggestions"]
)
def test_a_field_that_is_not_there(village_client, path):
    answer = village_client.get(path, params={"fields": "name,populaton"})
    assert answer.status_code == 422
    problem = answer.json()
    assert (problem["value"], problem["kind"]) == ("populaton", "unknown-choice")
    assert "name" in problem["nearest"] or "population" in problem["nearest"]


def test_units_by_their_ids(village_client):
    asked = "02099001, 99999999,01099001,02099001,Altdorf,01"
    answer = village_client.get(UNITS, params={"ids": asked}).json()
    assert [(one["id"], one["match"]) for one in answer["results"]] == [
        ("02099001", "id"), ("01099001", "id"), ("01", "id"),
    ]  # fmt: skip
    assert answer["unknown"] == ["99999999", "Altdorf"]
    assert "next" not in answer["links"]
    features = village_client.get(UNITS, params={"ids": asked}, headers=GEOJSON).json()
    assert [one["id"] for one in features["features"]] == ["02099001", "01099001", "01"]
    assert features["unknown"] == answer["unknown"]


def test_many_ids_lose_nothing(client, atlas):
    ids = [*list(atlas.units)[: MAX_IDS - 1], "99999999"]
    answer = client.get(UNITS, params={"ids": ",".join(ids), "fields": "name"}).json()
    assert [one["id"] for one in answer["results"]] + answer["unknown"] == ids


@pytest.mark.parametrize(
    "query",
    ["ids=", "ids=,", "ids=" + ",".join(map(str, range(MAX_IDS + 1))), "ids=01&q=x", "ids=01&limit=3",
     "ids=01&offset=0", "ids=01&level=state", "limit=0", "limit=1001",
     "offset=-1", "offset=100001", "limit=all"],
)  # fmt: skip
def test_what_cannot_be_asked(village_client, query):
    assert village_client.get(f"{UNITS}?{query}").status_code == 422


@pytest.mark.parametrize(
    "path",
    [UNITS, f"{UNITS}/Altdorf", "/api/v1/services", "/api/v1/services/it", "/api/v1/levels/state/units"],
)
@pytest.mark.parametrize(
    "accept", ["application/xml", "text/html", "application/json;q=0, application/geo+json;q=0, x/y"]
)
def test_a_form_that_there_is_not(village_client, path, accept):
    answer = village_client.get(path, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (406, "application/problem+json")
    assert answer.json()["nearest"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"), ("application/*", "application/json"), ("", "application/json"),
        ("text/html, */*;q=0.8", "application/json"),
        ("application/geo+json, application/json", "application/json"),
        ("application/json;q=0.5, application/geo+json", "application/geo+json"),
        ("application/geo+json, */*", "application/geo+json"),
    ],
)  # fmt: skip
def test_the_form_that_is_wanted_most(village_client, accept, media_type):
    answer = village_client.get(UNITS, headers={"Accept": accept})
    assert answer.headers["content-type"] == media_type


def test_a_write_in_no_known_form_writes_nothing(village_client):
    answer = village_client.post(
        "/api/v1/networks/check",
        json={"members": ["Altdorf"], "service": "it"},
        headers={"Accept": "text/html"},
    )
    assert answer.status_code == 406
