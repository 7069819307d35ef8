"""Units over HTTP, as the contract writes them."""

import json

import pytest

from geoplan_api import schemas
from geoplan_api.cli.program import run

DATA_FIELDS = {"dataset", "vintage", "licence", "attribution", "population_source"}
GEOJSON = {"Accept": "application/geo+json"}
LISTS = ["/api/v1/units?q=neudorf", "/api/v1/units/Altdorf/neighbours", "/api/v1/units/Altdorf/suggestions"]


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("/api/v1/units?q=neudorf", schemas.Units),
        ("/api/v1/units", schemas.Units),
        ("/api/v1/units/Altdorf", schemas.Unit),
        ("/api/v1/units/01099", schemas.Unit),
        ("/api/v1/units/01099901", schemas.Unit),
        ("/api/v1/units/Altdorf/neighbours?order=2", schemas.Neighbours),
        ("/api/v1/units/Altdorf/suggestions", schemas.Suggestions),
        ("/api/v1/units/01099/suggestions?lang=en", schemas.Suggestions),
    ],
)
def test_answer_is_as_described(village_client, path, model):
    answer = village_client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json()["data"].keys() >= DATA_FIELDS
    model.model_validate(answer.json())


def test_search(village_client):
    found = village_client.get("/api/v1/units", params={"q": "Neudorf", "limit": 1}).json()["results"]
    assert [(one["id"], one["match"]) for one in found] == [("01099002", "exact")]


def test_search_on_a_level(village_client):
    found = village_client.get("/api/v1/units", params={"q": "tal", "level": "county"}).json()["results"]
    assert {one["level"] for one in found} == {"county"}


def test_search_by_coordinates_and_near(village_client, village_atlas):
    unit = village_atlas.unit("01099002")
    there = f"{unit.latitude:.5f}, {unit.longitude:.5f}"
    first = village_client.get("/api/v1/units", params={"q": there}).json()["results"][0]
    assert (first["id"], first["match"], first["distance_km"]) == ("01099002", "coordinates", 0)
    asked = {"q": "Neudorf", "near": "02099002"}
    ranked = village_client.get("/api/v1/units", params=asked).json()["results"]
    schemas.Units.model_validate({"results": ranked, "data": village_atlas.provenance.to_dict()})
    assert [one["id"] for one in ranked] == ["02099002", "01099002"]
    assert ranked[0]["distance_km"] == 0 < ranked[1]["distance_km"]


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"near": "Altdorf"}, 422),
        ({"q": "Neudorf", "near": "Nirgendwo"}, 404),
        ({"q": "0.5, 0.5"}, 404),
        ({"q": "95.5, 200.5"}, 422),
    ],
)
def test_search_that_leads_nowhere_is_a_problem(village_client, params, status):
    answer = village_client.get("/api/v1/units", params=params)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_postcode_is_a_problem_where_the_dataset_has_none(client):
    answer = client.get("/api/v1/units", params={"q": "48291", "lang": "de"})
    assert answer.status_code == 404
    assert "zu Postleitzahlen liegen hier keine Daten vor" in answer.json()["detail"]
    assert "geoplan data" not in answer.json()["detail"]


def test_list_of_a_level(village_client):
    found = village_client.get("/api/v1/units", params={"level": "state"}).json()["results"]
    assert [(one["id"], one["match"]) for one in found] == [("01", "listed"), ("02", "listed")]


def test_unit(village_client):
    unit = village_client.get("/api/v1/units/01099001").json()
    assert (unit["name"], unit["county_name"], unit["state_name"]) == ("Altdorf", "Talkreis", "Nordland")
    assert (unit["area_km2"], unit["perimeter_km"], unit["population"]) == (25.0, 20.0, 8000)


def test_unknown_is_null(village_client):
    assert village_client.get("/api/v1/units/02099002").json()["population"] is None


def test_neighbours(village_client):
    answer = village_client.get("/api/v1/units/01099001/neighbours").json()
    assert answer["unit"] == "01099001"
    assert [(one["id"], one["border_km"]) for one in answer["neighbours"]] == [
        ("01099002", 5.0),
        ("01099003", 5.0),
    ]


def test_suggestions(village_client):
    params = {"with": "01099003, 02099001", "type": "horizontal-rural", "service": "it", "limit": "1"}
    answer = village_client.get("/api/v1/units/01099001/suggestions", params=params).json()
    assert answer["with"] == ["01099003", "02099001"]
    assert (answer["type"], answer["service"], len(answer["suggestions"])) == ("horizontal-rural", "it", 1)
    (best,) = answer["suggestions"]
    assert sum(part["contribution"] for part in best["contributions"]) == pytest.approx(
        best["score"], abs=1e-9
    )


def test_weights_change_the_score(village_client):
    path = "/api/v1/units/01099001/suggestions"
    plain = village_client.get(path, params={"type": "horizontal-rural"}).json()["suggestions"]
    changed = village_client.get(
        path, params={"type": "horizontal-rural", "weights": "closeness:100,border_share:0"}
    )
    assert [one["score"] for one in changed.json()["suggestions"]] != [one["score"] for one in plain]
    assert "border_share" not in {
        part["criterion"] for part in changed.json()["suggestions"][0]["contributions"]
    }


def test_command_line_and_http_answer_alike(village_client, villages, capsys):
    assert run(["--data", str(villages), "suggest", "Altdorf", "--format", "json"]) == 0
    answer = village_client.get("/api/v1/units/Altdorf/suggestions").json()
    assert answer.pop("links") == {"self": "/api/v1/units/Altdorf/suggestions"}
    assert json.loads(capsys.readouterr().out) == answer


@pytest.mark.parametrize("path", [*LISTS, "/api/v1/units/Altdorf"])
def test_geojson_by_accept_or_parameter(village_client, path):
    accepted = village_client.get(path, headers=GEOJSON)
    assert accepted.headers["content-type"] == "application/geo+json"
    collection = accepted.json()
    assert collection["type"] == "FeatureCollection"
    assert collection["data"].keys() >= DATA_FIELDS
    assert all(
        feature["geometry"]["type"] in ("Polygon", "MultiPolygon") for feature in collection["features"]
    )
    asked = village_client.get(
        path, params={"format": "geojson"} | dict([path.partition("?")[2].split("=")] if "?" in path else [])
    )
    # The addresses of the pages name how they were asked for.
    assert asked.json() | {"links": None} == collection | {"links": None}


def test_format_goes_before_accept(village_client):
    answer = village_client.get("/api/v1/units/Altdorf?format=json", headers=GEOJSON)
    assert answer.headers["content-type"] == "application/json"


def test_features_carry_what_the_list_says(village_client):
    found = village_client.get("/api/v1/units/Altdorf/neighbours", headers=GEOJSON).json()["features"]
    assert [feature["properties"]["border_km"] for feature in found] == [5.0, 5.0]
    found = village_client.get("/api/v1/units?q=altdorf", headers=GEOJSON).json()["features"]
    assert [feature["properties"]["match"] for feature in found] == ["exact"]
    found = village_client.get("/api/v1/units/Altdorf/suggestions", headers=GEOJSON).json()["features"]
    assert [feature["properties"]["rank"] for feature in found] == list(range(1, len(found) + 1))


def test_real_suggestions(client):
    answer = client.get("/api/v1/units/Telgte/suggestions?service=heat-planning").json()
    schemas.Suggestions.model_validate(answer)
    assert answer["suggestions"][0]["id"] == "05570032"


def test_a_weight_may_be_written_as_on_the_command_line(village_client):
    address = "/api/v1/units/01099001/suggestions"
    plain, usual, other = (
        village_client.get(f"{address}{query}").json()["suggestions"]
        for query in ("", "?weights=closeness:9,border_share:0", "?weights=closeness=9,border_share=0")
    )
    assert usual == other != plain
