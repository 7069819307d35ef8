"""``geoplan network build`` and ``geoplan network cover``."""

import csv
import io

import pytest

from geoplan_api.cli.commands import NETWORK_COMMANDS

BUILD = ("network", "build", "01099001", "--service", "business-park", "--min", "2", "--max", "3")
COVER = ("network", "cover", "01", "--service", "business-park", "--min", "2", "--max", "3")


def rows(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_json_is_that_of_the_contract(run):
    done = run(*BUILD, "--format", "json", "--alternatives", "2")
    assert (done.code, done.err) == (0, "")
    answer = done.json
    assert answer["optimality"]["status"] == "optimal"
    assert answer["optimality"]["gap"] == 0
    assert len(answer["networks"]) == 2
    assert "01099001" in answer["networks"][0]["members"]
    assert {"score", "population", "area_km2", "contiguous", "checks", "legal_forms", "cost"} <= set(
        answer["networks"][0]
    )


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("command", [BUILD, COVER])
def test_table(run, lang, command):
    done = run("--lang", lang, *command)
    assert (done.code, done.err) == (0, "")
    assert "Altdorf" in done.out
    assert "Köthel" in done.out
    assert "{" not in done.out


def test_csv_has_a_row_a_member(run):
    done = run(*BUILD, "--format", "csv", "--lang", "de")
    found = rows(done.out)
    assert {row["network"] for row in found} == {"1"}
    assert "01099001" in {row["id"] for row in found}
    assert all("," in row["fit"] for row in found)


@pytest.mark.parametrize("command", [BUILD, COVER])
def test_geojson_has_a_feature_a_member(run, command):
    collection = run(*command, "--format", "geojson").json
    assert collection["type"] == "FeatureCollection"
    assert {feature["properties"]["network"] for feature in collection["features"]} == {1}
    assert all(feature["geometry"] for feature in collection["features"])


def test_conditions_reach_the_search(run):
    done = run(
        *BUILD, "--include", "Köthel", "--exclude", "01099002", "--within", "county", "--format", "json"
    )
    assert done.json["networks"][0]["members"] == ["01099001", "01099003"]
    done = run(*BUILD, "--population", "10000:11500", "--format", "json")
    assert 10_000 <= done.json["networks"][0]["population"] <= 11_500
    done = run(
        *BUILD, "--contiguity", "no", "--max-counties", "1", "--whole-associations", "--format", "json"
    )
    assert done.json["contiguous"] is False


def test_cover_says_who_is_left_over(run):
    done = run("network", "cover", "02", "--service", "business-park", "--min", "3", "--format", "json")
    answer = done.json
    assert answer["networks"] == []
    assert [one["id"] for one in answer["left_over"]] == ["02099001", "02099002"]
    table = run("--lang", "en", "network", "cover", "02", "--service", "business-park", "--min", "3")
    assert "only 2 members" in table.out
    listed = rows(run("network", "cover", "02", "--service", "it", "--format", "csv", "--lang", "de").out)
    assert all(row["network"] == "" and row["reason"] for row in listed)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("build", "01099001"), "--service"),
        (("build", "--service", "it"), "UNIT"),
        (("build", "01099001", "--service", "itt"), "itt"),
        (("build", "01099001", "--service", "it", "--min", "x"), "x"),
        (("build", "01099001", "--service", "it", "--min", "7", "--max", "5"), "7"),
        (("build", "01099001", "--service", "it", "--population", "5000"), "5000"),
        (("build", "01099001", "--service", "it", "--population", ":"), ":"),
        (("build", "01099001", "--service", "it", "--within", "village"), "village"),
        (("build", "01099001", "--service", "it", "--contiguity", "maybe"), "maybe"),
        (("build", "01099001", "--service", "it", "--time-limit", "0"), "0"),
        (("build", "01099001", "--service", "business-park", "--min", "6"), "6"),
        (("build", "Neudorf", "--service", "it"), "01099002"),
        (("cover", "01099001", "--service", "it"), "Altdorf"),
        (("cover", "99", "--service", "it"), "99"),
    ],
)
def test_wrong_requests_are_named(run, arguments, named):
    done = run("network", *arguments)
    assert done.code == 2
    assert done.out == ""
    assert named in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("command", NETWORK_COMMANDS)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_help(run, command, lang):
    done = run("network", command, "--help", "--lang", lang)
    assert done.code == 0
    assert "--service" in done.out


def test_real_municipality(run_real):
    done = run_real("network", "build", "Telgte", "--service", "climate-network", "--format", "json")
    assert done.json["optimality"]["status"] == "optimal"
    assert len(done.json["networks"][0]["members"]) >= 6
