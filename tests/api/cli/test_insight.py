"""``explain``, ``white-spots`` and what ``suggest`` adds when it is asked: JSON, tables, files."""

import csv
import io

import pytest

from geoplan_api.cli.output import BYTE_ORDER_MARK


def test_explain(run):
    answer = run("explain", "Altdorf", "Köthel", "--format", "json").json
    assert answer.keys() >= {
        "unit", "candidate", "rank", "candidates", "text", "suggestion", "stability", "mutuality",
        "counterfactuals", "against", "missing_data", "data",
    }  # fmt: skip
    assert (answer["unit"], answer["candidate"]) == ("01099001", "01099003")
    parts = answer["suggestion"]["contributions"]
    assert sum(part["contribution"] for part in parts) == pytest.approx(answer["suggestion"]["score"])


def test_explain_agrees_with_suggest(run_real):
    asked = ("--service", "heat-planning", "--type", "horizontal", "--format", "json")
    listed = run_real("suggest", "Telgte", *asked, "--stability").json["suggestions"]
    for rank, suggestion in enumerate(listed[:7], start=1):
        told = run_real("explain", "Telgte", suggestion["id"], *asked).json
        assert (told["rank"], told["suggestion"]["score"]) == (rank, suggestion["score"])
        assert told["stability"]["share"] == suggestion["stability"]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_explain_as_a_table(run, lang):
    done = run("explain", "Altdorf", "02099001", "--type", "horizontal-rural", "--lang", lang)
    assert done.code == 0
    assert "Bergheim" in done.out
    assert "nan" not in done.out


def test_explain_takes_partners_and_weights(run):
    told = run(
        "explain", "Altdorf", "Köthel", "--with", "02099001", "--weight", "closeness=9", "--format", "json"
    ).json
    assert told["with"] == ["02099001"]


def test_explain_of_nobody_is_told(run):
    done = run("explain", "Altdorf", "Altdorf")
    assert (done.code, done.out) == (2, "")
    assert "Altdorf" in done.err


def test_suggest_adds_nothing_unasked(run):
    answer = run("suggest", "Altdorf", "--format", "json").json
    assert "constellations" not in answer
    assert "stability" not in answer["suggestions"][0]


def test_suggest_with_stability_and_constellations(run):
    answer = run("suggest", "Altdorf", "--stability", "--constellations", "--format", "json").json
    assert all(0 <= one["stability"] <= 1 for one in answer["suggestions"])
    assert answer["constellations"]
    for group in answer["constellations"]:
        assert group.keys() >= {"members", "names", "score", "contiguous", "counties", "population", "text"}
        assert group["members"][0] == "01099001"


def test_constellations_as_a_table(run):
    done = run("suggest", "Altdorf", "--stability", "--constellations", "--lang", "en")
    assert "Whom to talk to together" in done.out
    assert "changed weightings" in " ".join(done.out.split())


def test_suggest_as_association(run_real):
    answer = run_real("suggest", "Nohn", "--as", "association", "--format", "json").json
    assert (answer["as"], answer["name"]) == ("association", "Hillesheim")
    assert run_real("suggest", "Nohn", "--as", "county").code == 2


def test_white_spots(run):
    answer = run("white-spots", "Talkreis", "--service", "heat-planning", "--format", "json").json
    assert [one["id"] for one in answer["municipalities"]] == ["01099001", "01099002", "01099003"]
    assert answer.keys() >= {"unit", "service", "type", "good_score", "needed", "white", "text", "data"}


def test_white_spots_as_csv(run):
    out = run("white-spots", "Talkreis", "--service", "heat-planning", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out.removeprefix(BYTE_ORDER_MARK)), delimiter=";"))
    assert [row["name"] for row in rows] == ["Altdorf", "Neudorf", "Köthel"]
    assert {row["white"] for row in rows} <= {"0", "1"}


def test_white_spots_as_geojson(run):
    answer = run("white-spots", "Talkreis", "--service", "heat-planning", "--format", "geojson").json
    assert answer["type"] == "FeatureCollection"
    assert {"best", "good_partners", "white", "reasons"} <= answer["features"][0]["properties"].keys()


def test_white_spots_as_a_table_and_a_map(run, tmp_path):
    target = tmp_path / "spots.html"
    done = run("white-spots", "01", "--service", "heat-planning", "--map", str(target))
    assert done.code == 0
    assert "<html" in target.read_text("utf-8")


def test_white_spots_need_a_service_and_an_area(run, tmp_path):
    assert run("white-spots", "Talkreis").code == 2
    assert run("white-spots", "Altdorf", "--service", "heat-planning").code == 2
    target = tmp_path / "nowhere" / "spots.html"
    done = run("white-spots", "01", "--service", "heat-planning", "--map", str(target))
    assert (done.code, done.out) == (2, "")


def test_who_stands_between_in_another_form_is_told(run_real):
    told = run_real("--lang", "de", "explain", "Telgte", "Everswinkel", "--service", "heat-planning").out
    assert "Auf Rang 3 steht Kreis Warendorf (0,75) als Koordinator" in " ".join(told.split())
