"""Dossiers over HTTP."""

import datetime
import io
import json

import pytest
from pypdf import PdfReader
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app
from geoplan_dossier import Format, Verdict, read_record, verify

ASKED = {"members": "01099001,Köthel", "service": "building-yard", "on": "2026-11-22"}
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gpkg": "application/geopackage+sqlite3", "geojson": "application/geo+json",
    "csv": "text/csv; charset=utf-8", "csv-excel": "text/csv; charset=utf-8",
    "csv-plain": "text/csv; charset=utf-8", "json": "application/json",
}  # fmt: skip
MAGIC = {
    "pdf": b"%PDF", "xlsx": b"PK", "gpkg": b"SQLite", "csv": b"\xef\xbb\xbfNr.;", "csv-plain": b"number,",
    "csv-excel": b"\xef\xbb\xbfNr.;",
}  # fmt: skip


@pytest.mark.parametrize("form", list(Format))
def test_forms(village_client, form):
    answer = village_client.get("/api/v1/dossier", params={**ASKED, "format": form})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == TYPES[form]
    name = f"Dossier-Netzwerk-Altdorf-K{{}}thel-2026-11-22.{form.suffix}"
    plain, whole = name.format("oe"), name.format("%C3%B6")
    assert answer.headers["content-disposition"].endswith(f"; filename=\"{plain}\"; filename*=UTF-8''{whole}")
    assert answer.content.startswith(MAGIC.get(form, b"{"))


def test_the_pdf_comes_without_being_asked_for(village_client):
    answer = village_client.get("/api/v1/dossier", params={**ASKED, "lang": "en"})
    read = PdfReader(io.BytesIO(answer.content))
    assert read.trailer["/Root"]["/Lang"] == "en"
    assert "Altdorf" in read.metadata.title


def test_the_record_is_verified(village_client, village_atlas):
    wanted = {**ASKED, "format": "json", "seeds": "Altdorf", "weights": "closeness:2", "key": "population"}
    record = village_client.get("/api/v1/dossier", params=wanted).json()
    assert verify(read_record(record), village_atlas).verdict == Verdict.VERIFIED


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"members": "Nirgendwo"}, 404), ({"members": "Neudorf"}, 409), ({"members": ""}, 422),
        ({"members": ","}, 422), ({"service": "nothing"}, 422), ({"format": "doc"}, 422),
        ({"on": "today"}, 422),
        ({"depth": "deep"}, 422), ({"key": "some"}, 422), ({"weights": "closeness"}, 422),
        ({"seeds": "Bergheim"}, 422), ({"nothing": "1"}, 422), ({"members": "01099901"}, 422),
        ({"dataset": "none"}, 404), ({"key": "use"}, 422),
    ],
)  # fmt: skip
def test_bad_input_is_a_problem(village_client, changed, status):
    answer = village_client.get("/api/v1/dossier", params={**ASKED, **changed})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.fixture
def desk(villages, tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_PLANS_URL", f"sqlite:///{tmp_path / 'plans.db'}")
    app = create_app(Settings(data=str(villages)), desk=True)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def test_a_plan_has_a_dossier(desk):
    network = {"members": ["01099001", "01099002"], "service": "building-yard"}
    plan = {"id": "hof", "title": "=Bauhof „Süd“", "network": network, "risks": [{"text": "<b>#</b>"}]}
    assert desk.post("/api/v1/plans", json=plan).status_code == 201
    answer = desk.get("/api/v1/plans/hof/dossier")
    assert answer.headers["content-disposition"] == (
        f'inline; filename="Dossier-Netzwerk-Bauhof-Sued-{datetime.date.today()}.pdf"; '
        f"filename*=UTF-8''Dossier-Netzwerk-Bauhof-S%C3%BCd-{datetime.date.today()}.pdf"
    )
    assert "<b>#</b>" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    record = json.loads(desk.get("/api/v1/plans/hof/dossier", params={"format": "json"}).content)
    assert record["request"]["plan"]["title"] == plan["title"]


def test_what_a_plan_states_decides_the_rules_of_its_dossier(desk):
    network = {"members": ["01099001", "01099002"], "service": "heat-planning"}
    plan = {"id": "netz", "title": "Netz", "network": network, "facts": {"land_allows_convoy": True}}
    assert desk.post("/api/v1/plans", json=plan).status_code == 201
    record = json.loads(desk.get("/api/v1/plans/netz/dossier", params={"format": "json"}).content)
    assert record["request"]["intentions"]["stated"] == plan["facts"]
    checks = {one["rule"]: one for one in record["results"]["network"]["checks"]}
    found = checks["heat-planning.convoy-allowed"]
    assert (found["status"], found["stated"]) == ("met", ["land_allows_convoy"])


def test_an_unknown_plan_is_a_problem(desk):
    assert desk.get("/api/v1/plans/none/dossier").status_code == 404


def test_a_plan_without_members_is_a_problem(desk):
    assert desk.post("/api/v1/plans", json={"id": "leer", "title": "Leer"}).status_code == 201
    answer = desk.get("/api/v1/plans/leer/dossier")
    assert (answer.status_code, answer.json()["kind"]) == (422, "invalid-value")


def test_plans_of_others_need_a_token(village_client):
    assert village_client.get("/api/v1/plans/hof/dossier").status_code == 401
