"""Explanations, constellations and white spots over HTTP; every answer is checked against its description."""

import pytest

from geoplan_api import schemas

ALTDORF, KOETHEL = "01099001", "01099003"
UNITS = "/api/v1/units"


def test_explanation(village_client):
    answer = village_client.get(f"{UNITS}/{ALTDORF}/suggestions/{KOETHEL}?service=heat-planning&lang=en")
    assert answer.status_code == 200
    told = schemas.Explanation.model_validate(answer.json())
    assert told.rank >= 1
    assert "among the first five" in told.stability.text


def test_explanation_takes_the_parameters_of_the_question(village_client):
    query = "with=02099001&type=horizontal-rural&weights=closeness:4"
    answer = village_client.get(f"{UNITS}/{ALTDORF}/suggestions/{KOETHEL}?{query}").json()
    assert (answer["with"], answer["type"]) == (["02099001"], "horizontal-rural")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{ALTDORF}/suggestions/{ALTDORF}", 422),
        (f"{ALTDORF}/suggestions/nobody", 404),
        (f"{ALTDORF}/suggestions/Neudorf", 409),
        (f"{ALTDORF}/suggestions/{KOETHEL}?limit=3", 422),
        (f"{ALTDORF}/suggestions/{KOETHEL}?as=county", 422),
        (f"{ALTDORF}/white-spots?service=heat-planning", 422),
        ("01099/white-spots", 422),
        ("01099/white-spots?service=heat-planing", 422),
    ],
)
def test_bad_requests_are_problems(village_client, path, status):
    answer = village_client.get(f"{UNITS}/{path}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_suggestions_with_stability_and_constellations(village_client):
    answer = village_client.get(f"{UNITS}/{ALTDORF}/suggestions?stability=true&constellations=true").json()
    described = schemas.Suggestions.model_validate(answer)
    assert all(one.stability is not None for one in described.suggestions)
    assert described.constellations[0].members[0] == ALTDORF
    plain = village_client.get(f"{UNITS}/{ALTDORF}/suggestions").json()
    assert "constellations" not in plain


def test_suggestions_as_association(client):
    answer = client.get(f"{UNITS}/Nohn/suggestions?as=association").json()
    assert answer["name"] == "Hillesheim"


def test_white_spots(village_client):
    answer = village_client.get(f"{UNITS}/01099/white-spots?service=heat-planning")
    described = schemas.WhiteSpots.model_validate(answer.json())
    assert [one.id for one in described.municipalities] == ["01099001", "01099002", "01099003"]


def test_white_spots_as_geojson(village_client):
    answer = village_client.get(f"{UNITS}/01099/white-spots?service=heat-planning&format=geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    assert len(answer.json()["features"]) == 3


def test_they_are_described(village_client):
    paths = village_client.get("/openapi.json").json()["paths"]
    for path in ("/api/v1/units/{unit_id}/suggestions/{candidate_id}", "/api/v1/units/{unit_id}/white-spots"):
        assert {"200", "404", "409", "422"} <= paths[path]["get"]["responses"].keys()
