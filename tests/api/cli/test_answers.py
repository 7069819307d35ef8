"""What the commands answer: the JSON of the contract, tables, CSV, GeoJSON."""

import csv
import io
import json

import pytest

from geoplan_api.cli.output import BYTE_ORDER_MARK

DATA_FIELDS = {"dataset", "vintage", "licence", "attribution", "population_source"}


def test_info(run):
    answer = run("info", "--format", "json").json
    assert {"data", "counts", "borders", "border_km"} <= answer.keys()
    assert answer["data"].keys() >= DATA_FIELDS
    assert answer["counts"]["municipality"] == 5
    assert answer["counts"]["unincorporated-area"] == 1
    assert (answer["borders"], answer["border_km"]) == (7, 35.0)


def test_search(run):
    answer = run("search", "neudrof", "--format", "json").json
    assert answer["data"].keys() >= DATA_FIELDS
    (one, other) = answer["results"]
    assert one.keys() >= {"id", "name", "designation", "level", "county", "state", "population", "match"}
    assert {one["id"], other["id"]} == {"01099002", "02099002"}
    assert one["match"] == "typo"


def test_search_limit(run):
    assert len(run("search", "neudorf", "--limit", "1", "--format", "json").json["results"]) == 1


def test_search_near(run):
    ranked = run("search", "neudorf", "--near", "02099002", "--format", "json").json["results"]
    assert [one["id"] for one in ranked] == ["02099002", "01099002"]
    assert ranked[0]["distance_km"] == 0
    table = run("search", "neudorf", "--near", "02099002", "--lang", "en").out
    assert "Distance in km" in table
    rows = run("search", "neudorf", "--near", "02099002", "--format", "csv").out.splitlines()
    assert "distance_km" in rows[0]


def test_neighbours(run):
    answer = run("neighbours", "Altdorf", "--format", "json").json
    assert answer["unit"] == "01099001"
    assert answer["data"].keys() >= DATA_FIELDS
    assert [(one["id"], one["order"], one["border_km"]) for one in answer["neighbours"]] == [
        ("01099002", 1, 5.0),
        ("01099003", 1, 5.0),
    ]
    assert answer["neighbours"][0].keys() >= {"id", "name", "order", "border_km", "county", "state"}


def test_neighbours_of_neighbours(run):
    found = run("neighbours", "Altdorf", "--order", "2", "--format", "json").json["neighbours"]
    assert [(one["id"], one["order"], one["border_km"]) for one in found[2:]] == [
        ("01099901", 2, None),
        ("02099001", 2, None),
    ]


def test_suggest(run):
    answer = run("suggest", "Altdorf", "--format", "json").json
    assert answer.keys() >= {"unit", "with", "type", "service", "suggestions", "data"}
    assert (answer["unit"], answer["with"], answer["type"], answer["service"]) == (
        "01099001",
        [],
        "any",
        None,
    )
    for suggestion in answer["suggestions"]:
        assert suggestion.keys() >= {
            "id", "name", "designation", "population", "county", "state", "type", "role", "score",
            "contributions", "flags",
        }  # fmt: skip
        parts = suggestion["contributions"]
        assert sum(part["contribution"] for part in parts) == pytest.approx(suggestion["score"], abs=1e-9)
    assert "01099901" not in {suggestion["id"] for suggestion in answer["suggestions"]}


def test_suggest_with_partners_on_board(run):
    several = run(
        "suggest", "Altdorf", "--with", "Köthel,02099001", "--with", "02099002", "--format", "json"
    ).json
    assert several["with"] == ["01099003", "02099001", "02099002"]
    assert not set(several["with"]) & {suggestion["id"] for suggestion in several["suggestions"]}


def test_suggest_with_other_weights(run):
    def order(*weights):
        asked = ("suggest", "Altdorf", "--type", "horizontal-rural", *weights, "--format", "json")
        return [suggestion["id"] for suggestion in run(*asked).json["suggestions"]]

    near_first = order("--weight", "closeness=1000")
    assert near_first != order("--weight", "closeness=0", "--weight", "size_parity=1000,0")


def test_suggest_knows_a_register(run, tmp_path):
    register = tmp_path / "register.json"
    cooperation = {
        "id": "bauhof", "name": "Bauhof Berg", "type": "horizontal-rural", "service": "building-yard",
        "members": ["01099001", "02099001", "99999999"], "complete": True, "source": "made up",
    }  # fmt: skip
    register.write_text(json.dumps({"cooperations": [cooperation]}), encoding="utf-8")
    done = run("suggest", "Altdorf", "--cooperations", str(register), "--format", "json")
    reasons = {
        part["explanation"]
        for suggestion in done.json["suggestions"] if suggestion["id"] == "02099001"
        for part in suggestion["contributions"]
    }  # fmt: skip
    assert any("Bauhof Berg" in reason for reason in reasons)
    assert "99999999" in done.err


def test_services(run):
    answer = run("services", "--format", "json").json
    assert {"waste", "heat-planning", "registry-office"} <= {one["key"] for one in answer["services"]}
    assert answer["data"].keys() >= DATA_FIELDS


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("search", "Altdorf"), ["01099001"]),
        (("neighbours", "Altdorf"), ["01099002", "01099003"]),
        (("suggest", "Altdorf", "--limit", "2", "--type", "horizontal-rural"), ["01099002", "01099003"]),
    ],
)
def test_geojson(run, arguments, expected):
    collection = run(*arguments, "--format", "geojson").json
    assert collection["type"] == "FeatureCollection"
    assert sorted(feature["id"] for feature in collection["features"]) == expected
    longitude, latitude = collection["features"][0]["geometry"]["coordinates"][0][0][:2]
    if isinstance(longitude, list):
        longitude, latitude = longitude
    assert 8 < longitude < 10
    assert 51 < latitude < 52


def test_geojson_of_neighbours_has_their_borders(run):
    features = run("neighbours", "Altdorf", "--format", "geojson").json["features"]
    assert [feature["properties"]["border_km"] for feature in features] == [5.0, 5.0]


@pytest.mark.parametrize(("lang", "delimiter", "score"), [("de", ";", "0,"), ("en", ",", "0.")])
def test_csv_opens_in_a_spreadsheet_of_the_language(run, lang, delimiter, score):
    out = run("suggest", "Altdorf", "--format", "csv", "--lang", lang).out
    assert out.startswith(BYTE_ORDER_MARK)
    rows = list(csv.DictReader(io.StringIO(out[1:]), delimiter=delimiter))
    assert [row["rank"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert rows[0]["id"][0] == "0"
    assert all(row["score"].startswith((score, "1")) for row in rows)


@pytest.mark.parametrize("command", ["search", "neighbours"])
def test_csv_of_lists(run, command):
    out = run(command, "Altdorf", "--format", "csv", "--lang", "en").out
    assert len(list(csv.DictReader(io.StringIO(out[1:])))) == (1 if command == "search" else 2)


def test_csv_of_services(run):
    rows = list(csv.DictReader(io.StringIO(run("services", "--format", "csv").out[1:]), delimiter=";"))
    assert {"key", "label", "partners_max"} <= rows[0].keys()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("info",), ["Gemeinden", "Gebietsstand 01.01.2026", "© nobody"]),
        (("search", "Altdorf"), ["01099001", "Altdorf (Gemeinde)", "Talkreis, Nordland", "8.000"]),
        (("neighbours", "Altdorf"), ["5,0", "Köthel", "2.500"]),
        (("suggest", "Altdorf"), ["Partner für Altdorf", "Köthel", "0,", "Landkreis", "CC0"]),
        (("services",), ["heat-planning", "Kommunale Wärmeplanung"]),
    ],
)
def test_table_in_german(run, arguments, expected):
    done = run(*arguments)
    assert (done.code, done.err) == (0, "")
    assert [text for text in expected if text not in done.out] == []


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("info",), ["municipalities", "1 January 2026"]),
        (("neighbours", "Altdorf"), ["5.0", "2,500"]),
        (("suggest", "Altdorf"), ["Partners for Altdorf", "0.", "Landkreis"]),
    ],
)
def test_table_in_english(run, arguments, expected):
    out = run(*arguments, "--lang", "en").out
    assert [text for text in expected if text not in out] == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_table_gives_the_strongest_reasons(run, monkeypatch, lang):
    monkeypatch.setenv("COLUMNS", "400")
    best = run("suggest", "Altdorf", "--lang", lang, "--format", "json").json["suggestions"][0]
    out = run("suggest", "Altdorf", "--lang", lang).out
    assert [part["explanation"] for part in best["contributions"][:2] if part["explanation"] not in out] == []
    assert [flag["text"] for flag in best["flags"] if flag["text"] not in out] == []


def test_numbers_stand_to_the_right(run):
    lines = run("neighbours", "Altdorf", "--order", "2").out.splitlines()
    end = next(line for line in lines if "Einwohner" in line).index("Einwohner") + len("Einwohner")
    for inhabitants in ("3.000", "2.500", "24.000", "–"):
        assert any(line[:end].endswith(f" {inhabitants}") for line in lines)


def test_unknown_population_is_a_dash(run):
    assert "–" in run("search", "02099002").out


def test_global_options_stand_anywhere(run):
    assert run("--lang", "en", "info").out == run("info", "--lang=en").out


def test_lang_from_the_environment(run, monkeypatch):
    monkeypatch.setenv("GEOPLAN_LANG", "en")
    assert "municipalities" in run("info").out


def test_real_suggestion(run_real):
    answer = run_real("suggest", "Telgte", "--service", "heat-planning", "--format", "json").json
    assert (answer["unit"], answer["service"]) == ("05570044", "heat-planning")
    assert "05570032" in [suggestion["id"] for suggestion in answer["suggestions"][:3]]


def test_real_table(run_real):
    out = run_real("suggest", "Telgte", "--service", "heat-planning").out
    assert "Ostbevern (Gemeinde)" in out
    assert "Kreis Warendorf" in out


def test_a_weight_may_be_written_as_over_http(run):
    asked = ("suggest", "Altdorf", "--format", "json", "--weight")
    assert run(*asked, "closeness:1000").json == run(*asked, "closeness=1000").json
