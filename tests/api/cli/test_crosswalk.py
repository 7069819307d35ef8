"""``geoplan data crosswalk`` on villages of two vintages."""

import json

import pytest

from geoplan.crosswalk import read_crosswalk, read_lineage


@pytest.fixture
def crosswalk(run, villages, later):
    def run_crosswalk(*options):
        return run("data", "crosswalk", str(villages), str(later), *options)

    return run_crosswalk


def test_table(crosswalk):
    done = crosswalk("--lang", "en")
    assert done.code == 0
    assert "Köthel, Gemeinde 01099003" in done.out
    assert "→ 01099003 Bad Köthel" in done.out
    assert "Talkreis, Landkreis 01099" in done.out
    assert "→ 02099009 Neudorf" in done.out
    assert done.out.index("Talkreis") < done.out.index("Köthel")  # from the top down
    assert "1 January 2027" in done.out


def test_json(crosswalk):
    answer = crosswalk("--format", "json").json
    kinds = {change["id"]: change["kind"] for change in answer["changes"]}
    assert kinds == {"01099003": "renamed", "02099002": "re-keyed", "01099": "renamed"}
    assert answer["data"]["vintage"] == "2027-01-01"
    assert answer["counts"]["municipality"] == {"unchanged": 3, "renamed": 1, "re-keyed": 1}


def test_only_some(crosswalk):
    assert [one["id"] for one in crosswalk("--only", "re-keyed", "--format", "json").json["changes"]] == [
        "02099002"
    ]
    assert [one["id"] for one in crosswalk("--level", "county", "--format", "json").json["changes"]] == [
        "01099"
    ]
    both = crosswalk("--only", "renamed,re-keyed", "--level", "municipality", "--format", "json").json
    assert [one["id"] for one in both["changes"]] == ["01099003", "02099002"]


def test_csv(crosswalk):
    lines = crosswalk("--format", "csv", "--lang", "en").out.splitlines()
    assert lines[0].endswith(
        "old_id,old_name,level,kind,new_id,new_name,share,population_share,new_share,dropped"
    )
    assert lines[1].startswith("01099003,Köthel,municipality,renamed,01099003,Bad Köthel,1.0,")


def test_members(crosswalk):
    done = crosswalk("--members", "01099001,02099002", "--format", "json")
    assert done.json["migration"]["members"] == ["01099001", "02099009"]
    assert [step["id"] for step in done.json["migration"]["renamed"]] == ["02099002"]
    table = crosswalk("--members", "02099002", "--lang", "en").out
    assert "New list: 02099009" in table
    assert "02099002" in crosswalk("--members", "02099002", "--format", "csv").out


@pytest.mark.parametrize("ending", ["json", "parquet"])
def test_out(crosswalk, tmp_path, ending):
    out = tmp_path / f"crosswalk.{ending}"
    done = crosswalk("--out", str(out))
    assert (done.code, str(out) in done.err) == (0, True)
    assert read_crosswalk(out).kind("02099002") == "re-keyed"


def test_out_csv_has_all_units(crosswalk, tmp_path):
    out = tmp_path / "crosswalk.csv"
    assert crosswalk("--out", str(out)).code == 0
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 1 + 6 + 2 + 2


def test_saved_lineage_is_found_by_the_other_commands(crosswalk, run, later):
    assert crosswalk("--save").code == 0
    assert {one.id for one in read_lineage(later).ancestors} == {"01099003", "02099002", "01099"}
    failed = run("--data", str(later), "--lang", "en", "neighbours", "02099002")
    assert failed.code == 2
    assert "02099002 Neudorf is 02099009 Neudorf since 1 January 2027 at the latest." in failed.err
    assert "Nearest valid values: 02099009." in failed.err
    found = run("--data", str(later), "search", "Köthel", "--format", "json").json["results"]
    assert found[0]["id"] == "01099003"
    former = run("--data", str(later), "search", "02099002", "--format", "json").json["results"]
    assert (former[0]["id"], former[0]["match"]) == ("02099009", "former")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--only", "merge"], "merged"),
        (["--level", "town"], "Nearest valid values"),
        (["--out", "crosswalk.xlsx"], ".parquet"),
        (["--out", "."], "folder"),
        (["--out", "no/such/folder/x.json"], "no folder"),
        (["--members", "99999999"], "has no unit “99999999”"),
        (["--format", "xml"], "xml"),
    ],
)
def test_mistakes_are_told(crosswalk, options, said):
    failed = crosswalk("--lang", "en", *options)
    assert failed.code == 2
    assert said in failed.err
    assert failed.out == ""
    assert "Traceback" not in failed.err


def test_unknown_dataset_is_told(run, villages):
    failed = run("data", "crosswalk", str(villages), "nowhere", "--lang", "en")
    assert failed.code == 2
    assert "“nowhere” is neither a known dataset nor an existing path." in failed.err


def test_misspelt_command_of_the_group_is_told(run):
    failed = run("data", "crosswalks", "--lang", "en")
    assert failed.code == 2
    assert "crosswalk" in failed.err


def test_group_shows_its_commands(run):
    shown = run("data", "--lang", "en")
    assert shown.code == 0
    assert "crosswalk" in shown.out


def test_json_of_all_options_is_json(crosswalk):
    assert json.loads(crosswalk("--only", "unchanged", "--format", "json").out)["changes"]
