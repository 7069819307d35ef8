"""Errors over HTTP: a problem of RFC 9457 in the reader's language, never 500 for bad input."""

import pytest
from starlette.testclient import TestClient

from geoplan import errors
from geoplan.errors import DatasetError, GeoplanError
from geoplan.messages import Message
from geoplan_api import Settings, create_app
from geoplan_api.problems import STATUS, Problem, status_of

SUGGESTIONS = "/api/v1/units/Altdorf/suggestions"
WRONG = {
    "unknown unit": ("/api/v1/units/Altdrof", 404, "unknown-unit", "Altdrof"),
    "ambiguous unit": ("/api/v1/units/Neudorf", 409, "ambiguous-unit", "Neudorf"),
    "lost zero": ("/api/v1/units/1099001", 404, "unknown-unit", "1099001"),
    "unknown partner": (f"{SUGGESTIONS}?with=Nirgendwo", 404, "unknown-unit", "Nirgendwo"),
    "unknown type": (f"{SUGGESTIONS}?type=urban", 422, "unknown-choice", "urban"),
    "unknown service": (f"{SUGGESTIONS}?service=heatplanning", 422, "unknown-choice", "heatplanning"),
    "unknown criterion": (f"{SUGGESTIONS}?weights=closenes:1", 422, "unknown-choice", "closenes"),
    "weight without number": (f"{SUGGESTIONS}?weights=closeness", 422, "invalid-value", "closeness"),
    "weight is no number": (f"{SUGGESTIONS}?weights=closeness:NaN", 422, "invalid-value", "NaN"),
    "endless weight": (f"{SUGGESTIONS}?weights=closeness:1e999", 422, "invalid-value", "1e999"),
    "negative weight": (f"{SUGGESTIONS}?weights=closeness:-1", 422, "invalid-value", "-1"),
    "limit of nothing": (f"{SUGGESTIONS}?limit=0", 422, "invalid-value", "0"),
    "negative limit": (f"{SUGGESTIONS}?limit=-5", 422, "invalid-value", "-5"),
    "huge limit": (f"{SUGGESTIONS}?limit={10**30}", 422, "invalid-value", str(10**30)),
    "endless limit": (f"{SUGGESTIONS}?limit={'9' * 5000}", 422, "invalid-value", "999"),
    "limit is no number": (f"{SUGGESTIONS}?limit=viele", 422, "invalid-value", "viele"),
    "too many partners": (f"{SUGGESTIONS}?with={'a,' * 2001}", 422, "invalid-value", "a,a"),
    "misspelt parameter": (f"{SUGGESTIONS}?sevice=it", 422, "invalid-value", "sevice"),
    "unknown language": (f"{SUGGESTIONS}?lang=fr", 422, "invalid-value", "fr"),
    "unknown form": (f"{SUGGESTIONS}?format=xml", 422, "invalid-value", "xml"),
    "forest asks": ("/api/v1/units/01099901/suggestions", 422, "invalid-value", "Forst Tal"),
    "order of nothing": ("/api/v1/units/Altdorf/neighbours?order=0", 422, "invalid-value", "0"),
    "huge order": ("/api/v1/units/Altdorf/neighbours?order=11", 422, "invalid-value", "11"),
    "unknown level": ("/api/v1/units?level=village", 422, "invalid-value", "village"),
    "empty search": ("/api/v1/units?q=", 422, "invalid-value", "q"),
    "blank search": ("/api/v1/units?q=%20", 422, "invalid-value", ""),
    "long search": (f"/api/v1/units?q={'x' * 201}", 422, "invalid-value", "xxx"),
    "NUL": ("/api/v1/units?q=a%00b", 422, "invalid-value", "q"),
    "NUL in a path": ("/api/v1/units/a%00b", 422, "invalid-value", "unit_id"),
    "long path": (f"/api/v1/units/{'x' * 300}", 422, "invalid-value", "xxx"),
    "unknown service field": ("/api/v1/services/heatplanning", 404, "not-found", "heatplanning"),
    "nothing there": ("/api/v1/nothing", 404, "not-found", "/api/v1/nothing"),
    "foreign embed": ("/oembed?url=https://example.org/embed/units/x", 404, "not-found", "example.org"),
    "two limits": (f"{SUGGESTIONS}?limit=1&limit=2", 422, "invalid-value", "limit"),
    "two units": ("/oembed?url=http://a.b&url=http://c.d", 422, "invalid-value", "url"),
    "no address": ("/oembed?url=telgte", 422, "invalid-value", "telgte"),
    "no url": ("/oembed", 422, "invalid-value", "url"),
}


@pytest.mark.parametrize(("path", "status", "kind", "value"), WRONG.values(), ids=WRONG)
def test_wrong_request(village_client, path, status, kind, value):
    told = {}
    for lang in ("de", "en"):
        answer = village_client.get(path, headers={"Accept-Language": lang})
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        problem = Problem.model_validate(answer.json())
        assert (problem.status, problem.kind) == (status, kind)
        assert problem.instance == answer.request.url.path[:200]
        assert value in problem.detail
        told[lang] = (problem.title, problem.detail)
    assert told["de"] != told["en"]


def test_nearest_values_are_listed(village_client):
    assert village_client.get(f"{SUGGESTIONS}?service=heatplanning").json()["nearest"][0] == "heat-planning"
    assert len(village_client.get("/api/v1/units/Neudorf").json()["nearest"]) == 2


@pytest.mark.parametrize(
    ("query", "nearest"), [("servce=waste", "service"), ("wieghts=", "weights"), ("partner=a", "with")]
)
def test_an_unknown_parameter_names_the_nearest(village_client, query, nearest):
    problem = village_client.get(f"{SUGGESTIONS}?{query}").json()
    known = village_client.get("/openapi.json").json()["paths"]["/api/v1/units/{unit_id}/suggestions"]["get"]
    names = {one["name"] for one in known["parameters"] if one["in"] == "query"}
    assert names.issuperset(problem["nearest"])
    assert problem["nearest"] == problem["errors"][0]["nearest"]
    assert nearest == "with" or problem["nearest"][0] == nearest
    assert problem["nearest"][0] in problem["detail"]


@pytest.mark.parametrize(
    ("body", "nearest"),
    [
        ({"membrs": []}, "members"),
        ({"scenarios": [{"name": "A", "members": ["01099001"], "servce": "it"}] * 2}, "service"),
    ],
)
def test_an_unknown_field_names_the_nearest(village_client, body, nearest):
    address = f"/api/v1/networks/{'compare' if 'scenarios' in body else 'check'}"
    problem = village_client.post(address, json=body).json()
    assert nearest == next(one["nearest"][0] for one in problem["errors"] if one.get("nearest"))


def test_why_an_address_is_none(village_client):
    detail = village_client.get("/oembed?url=foo&lang=en").json()["detail"]
    assert detail == (
        "url = “foo”: an address that begins with http:// or https:// and has no blanks is expected."
    )
    detail = village_client.get("/api/v1/units?q=a%00b&lang=en").json()["detail"]
    assert "control characters are not allowed" in detail


def test_a_body_that_is_no_json_is_named(village_client):
    answer = village_client.post(
        "/api/v1/networks/check?lang=en", content="{bad", headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["detail"]) == (422, "body = “{bad”: it is not JSON.")


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", None])
def test_a_body_of_another_kind_is_told(village_client, kind):
    headers = {} if kind is None else {"Content-Type": kind}
    answer = village_client.post("/api/v1/networks/check", content=b"members=1", headers=headers)
    assert answer.status_code == 415
    problem = answer.json()
    assert (problem["kind"], problem["nearest"]) == ("unsupported-media", ["application/json"])
    assert (kind or "application/json") in problem["detail"]


def test_values_are_told_as_the_reader_wrote_them(village_client):
    answer = village_client.post("/api/v1/networks/check", json={"members": [["01099001"]], "service": "it"})
    assert '„["01099001"]“' in answer.json()["detail"]


def test_a_list_may_be_parted_by_commas_or_repeated(village_client):
    joined = village_client.get(f"{SUGGESTIONS}?with=01099002,01099003").json()
    assert village_client.get(f"{SUGGESTIONS}?with=01099002&with=01099003").json() == joined
    assert joined["with"] == ["01099002", "01099003"]
    for name, one, other in (("weights", "closeness:1", "border_share:2"), ("fields", "name", "score")):
        single = village_client.get(f"{SUGGESTIONS}?{name}={one},{other}").json()
        assert village_client.get(f"{SUGGESTIONS}?{name}={one}&{name}={other}").json() == single


def test_what_a_form_sends_empty_was_not_chosen(village_client):
    address = "/embed/units/Altdorf"
    plain, empty = village_client.get(address), village_client.get(f"{address}?type=&service=&as=")
    assert (plain.status_code, empty.status_code) == (200, 200)
    assert empty.text.count("<li") == plain.text.count("<li")


@pytest.mark.parametrize(
    ("name", "valid"), [("type", "urban-rural"), ("service", "broadband"), ("as", "association")]
)
def test_a_program_leaves_out_what_it_does_not_choose(village_client, name, valid):
    refused = village_client.get(f"{SUGGESTIONS}?{name}=")
    assert refused.status_code == 422
    assert valid in refused.json()["detail"]


@pytest.mark.parametrize("blank", ["%20", "%1F", "%C2%85", "%0A"])
@pytest.mark.parametrize("name", ["type", "as"])
def test_what_only_looks_empty_is_refused(village_client, name, blank):
    refused = village_client.get(f"{SUGGESTIONS}?{name}={blank}")
    assert refused.status_code == 422


def test_every_wrong_parameter_is_listed(village_client):
    problem = village_client.get(f"{SUGGESTIONS}?limit=0&lang=fr&x=1").json()
    assert {(one["field"], one["value"]) for one in problem["errors"]} == {
        ("limit", "0"),
        ("lang", "fr"),
        ("x", "1"),
    }


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_method_that_is_not_known(village_client, method):
    answer = getattr(village_client, method)("/api/v1/units")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert method.upper() in answer.json()["detail"]


def test_atlas_that_is_not_loaded():
    # Without its lifespan the application has no atlas yet.
    answer = TestClient(create_app(Settings())).get("/api/v1/units/Altdorf")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0


def test_dataset_that_is_none_stops_the_start(tmp_path):
    application = create_app(Settings(data=str(tmp_path)))
    with pytest.raises(DatasetError), TestClient(application):
        pass


def test_unexpected_failure_tells_nothing_inside(village_atlas):
    application = create_app(Settings(), atlas=village_atlas)

    @application.get("/api/v1/broken")
    def broken():
        raise RuntimeError("the secret of the house")

    with TestClient(application, raise_server_exceptions=False) as client:
        answer = client.get("/api/v1/broken")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in answer.text


def test_every_error_has_a_status():
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, GeoplanError)
    ]
    for kind in kinds:
        if kind is not GeoplanError:
            assert 400 <= status_of(kind(Message("wrong"))) < 600
    assert set(STATUS.values()) == {
        401, 403, 404, 406, 408, 409, 412, 413, 414, 415, 422, 428, 429, 503,
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/units/Nirgendwo", "/nothing", "/embed/units/Nirgendwo", "/?lang=fr"])
def test_people_get_a_page(village_client, path):
    answer = village_client.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"].startswith("text/html")
    assert "<h1>" in answer.text


def test_programs_get_a_problem_even_from_a_browser(village_client):
    answer = village_client.get("/api/v1/units/Nirgendwo", headers={"Accept": "text/html"})
    assert answer.headers["content-type"] == "application/problem+json"
