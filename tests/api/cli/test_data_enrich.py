"""``geoplan data enrich``: what it writes, what it says, what it refuses."""

import pytest

from geoplan import load_atlas

JOBS = "ags,name,jobs\n01099001,Altdorf,800\n01099002,Neudorf,70\n01099099,Nirgends,5\n"
PEOPLE = "ags,name,einwohner\n01099001,Altdorf,8100\n01099002,Neudorf,3100\n01099003,Köthel,2400\n"


@pytest.fixture
def jobs(tmp_path):
    path = tmp_path / "jobs_2021.csv"
    path.write_text(JOBS, encoding="utf-8")
    return path


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people_2021.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def test_writes_a_dataset_and_reports_the_joins(run, people, jobs, tmp_path):
    out = tmp_path / "made"
    said = run(
        "data",
        "enrich",
        "--population",
        str(people),
        "--jobs",
        str(jobs),
        "--out",
        str(out),
        "--format",
        "json",
    )
    assert said.code == 0, said.err
    joins = said.json["joins"]
    assert joins["jobs"]["rows"] == 3
    assert joins["jobs"]["matched"] == 2
    assert [one["name"] for one in joins["jobs"]["unmatched"]] == ["Nirgends"]
    assert said.json["data"]["population_source"] == "people_2021.csv, 2021"
    atlas = load_atlas(out)
    assert atlas.units["01099001"].population == 8100
    assert atlas.enrichment.jobs[atlas.row("01099002")] == 70


def test_the_table_names_rates_and_what_was_not_found(run, jobs, tmp_path):
    said = run("data", "enrich", "--jobs", str(jobs), "--out", str(tmp_path / "made"))
    assert said.code == 0, said.err
    assert "Nirgends (01099099)" in said.out


def test_a_name_is_kept_in_the_store(run, jobs, tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path / "home"))
    assert run("data", "enrich", "--jobs", str(jobs), "--name", "mine").code == 0
    atlas = load_atlas("mine")
    assert atlas.enrichment.jobs[atlas.row("01099001")] == 800


def test_another_dataset_may_be_named(run, jobs, tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    assert run("data", "enrich", "--jobs", str(jobs), "--out", str(one)).code == 0
    said = run("data", "enrich", "--dataset", str(one), "--jobs", str(jobs), "--out", str(other))
    assert said.code == 0, said.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--jobs", "JOBS"], 2),
        (["--jobs", "JOBS", "--out", "made", "--name", "mine"], 2),
        (["--jobs", "JOBS", "--name", "No Name"], 2),
        (["--jobs", "JOBS", "--out", "."], 2),
        (["--out", "made"], 2),
        (["--jobs", "missing.csv", "--out", "made"], 2),
        (["--dataset", "nowhere", "--jobs", "JOBS", "--out", "made"], 2),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_written(
    run, jobs, tmp_path, monkeypatch, *, arguments, code
):
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    said = run("data", "enrich", *[str(jobs) if part == "JOBS" else part for part in arguments])
    assert said.code == code
    assert said.err.strip()
    assert "Traceback" not in said.err
    assert set(tmp_path.iterdir()) == before


def test_a_wrong_cell_exits_with_one_message(run, tmp_path):
    path = tmp_path / "jobs_2021.csv"
    path.write_text("ags,jobs\n01099001,viele\n", encoding="utf-8")
    said = run("data", "enrich", "--jobs", str(path), "--out", str(tmp_path / "made"))
    assert said.code == 1
    assert "viele" in said.err
    assert not (tmp_path / "made").exists()
