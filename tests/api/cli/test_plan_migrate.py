"""``geoplan plan migrate``: from the villages to those of a year later."""

import json
from dataclasses import replace

import pytest

from geoplan.plans import Actor, Role, open_store
from geoplan_api.cli.program import run as run_program
from tests.api.conftest import redrawn


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path / "home"))


@pytest.fixture
def plan_id(run):
    done = run("plan", "create", "Bauhof", "--service", "building-yard", "--member",
               "01099001,01099003,02099002", "--format", "json")  # fmt: skip
    return done.json["plan"]["id"]


@pytest.fixture
def run_later(capsys, later):
    """Run the command line on the villages a year later."""

    def run(*arguments):
        capsys.readouterr()
        code = run_program(["--data", str(later), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def crosswalk(run, villages, later):
    return lambda *options: run("data", "crosswalk", str(villages), str(later), *options)


def versions(run, plan_id):
    return [one["action"] for one in run("plan", "history", plan_id, "--format", "json").json["versions"]]


def test_a_plan_of_another_dataset_says_so(run, run_later, plan_id):
    assert run("plan", "show", plan_id, "--format", "json").json["basis"]["stale"] is False
    code, out, _ = run_later("plan", "show", plan_id, "--format", "json")
    basis = json.loads(out)["basis"]
    assert (code, basis["stale"]) == (0, True)
    assert (basis["plan"]["vintage"], basis["here"]["vintage"]) == ("2026-01-01", "2027-01-01")
    _, out, _ = run_later("--lang", "en", "plan", "show", plan_id)
    assert f"geoplan plan migrate {plan_id}" in " ".join(out.split())
    assert "geoplan plan migrate" not in run("--lang", "en", "plan", "show", plan_id).out


def test_what_would_change_is_shown_first(run, run_later, villages, plan_id):
    code, out, err = run_later("plan", "migrate", plan_id, "--lineage", str(villages), "--dry-run",
                               "--format", "json")  # fmt: skip
    assert code == 0, err
    change = json.loads(out)
    assert change["written"] is False
    assert change["members"] == ["01099001", "01099003", "02099009"]
    assert {one["id"] for one in change["renamed"]} == {"01099003", "02099002"}
    assert versions(run, plan_id) == ["create"]


def test_it_is_a_version_of_its_own(run, run_later, villages, plan_id):
    code, out, err = run_later("--lang", "en", "plan", "migrate", plan_id, "--lineage", str(villages))
    assert code == 0, err
    assert "Bad Köthel" in out
    assert "version 2" in err
    assert versions(run, plan_id) == ["create", "migrate"]
    _, out, _ = run_later("plan", "show", plan_id, "--format", "json")
    shown = json.loads(out)
    assert shown["basis"]["stale"] is False
    assert [one["name"] for one in shown["plan"]["participants"]] == ["Altdorf", "Bad Köthel", "Neudorf"]
    code, _, err = run_later("plan", "migrate", plan_id, "--lineage", str(villages))
    assert code == 2
    assert plan_id in err


def test_by_the_lineage_of_the_dataset_or_a_file(run, run_later, crosswalk, plan_id, tmp_path):
    code, out, err = run_later("plan", "migrate", plan_id)
    assert (code, out) == (2, "")
    assert "--lineage" in err
    file = tmp_path / "cw.json"
    assert crosswalk("--out", str(file)).code == 0
    code, out, _ = run_later(
        "plan", "migrate", plan_id, "--lineage", str(file), "--dry-run", "--format", "json"
    )
    by_file = json.loads(out)
    assert crosswalk("--save").code == 0
    code, out, err = run_later("plan", "migrate", plan_id, "--dry-run", "--format", "json")
    assert code == 0, err
    assert json.loads(out) == by_file


def test_the_newer_dataset_may_be_named(run, later, crosswalk, plan_id):
    assert crosswalk("--save").code == 0
    assert run("plan", "migrate", plan_id, "--to", str(later)).code == 0
    assert versions(run, plan_id) == ["create", "migrate"]


def test_over_a_dataset_of_this_machine_in_between(run, villages, later, plan_id, tmp_path):
    between = tmp_path / "home" / "datasets" / "between"
    between.parent.mkdir(parents=True, exist_ok=True)
    later.rename(between)
    latest = redrawn(between, tmp_path / "latest", "2028-01-01", {}, {"01099001": "Neualtdorf"})
    assert run("data", "crosswalk", str(between), str(latest), "--save").code == 0
    done = run("plan", "migrate", plan_id, "--to", str(latest))
    assert (done.code, done.out) == (2, "")
    told = " ".join(done.err.split())
    assert "Villages 2026-01-01" in told
    assert "Villages 2028-01-01, Villages 2027-01-01" in told
    assert run("data", "crosswalk", str(villages), str(between), "--save").code == 0
    assert run("plan", "migrate", plan_id, "--to", str(latest)).code == 0
    plan = run("plan", "show", plan_id, "--format", "json").json["plan"]
    assert plan["provenance"]["vintage"] == "2028-01-01"
    assert plan["participants"][0]["name"] == "Neualtdorf"
    assert versions(run, plan_id) == ["create", "migrate"]


def test_what_is_undecided_is_not_written(run, run_later, villages, plan_id):
    store = open_store()
    before = store.get(plan_id)
    network = replace(before.plan.network, members=("01099001", "12345678"))
    store.replace(replace(before.plan, network=network), 1, Actor(name="x", role=Role.EDITOR))
    store.close()
    code, out, err = run_later("plan", "migrate", plan_id, "--lineage", str(villages))
    assert (code, out) == (2, "")
    assert "12345678" in err
    assert versions(run, plan_id) == ["create", "edit"]
    code, out, _ = run_later("plan", "migrate", plan_id, "--lineage", str(villages), "--accept", "--format",
                             "json")  # fmt: skip
    change = json.loads(out)
    assert (code, change["written"], change["members"]) == (0, True, ["01099001"])
    assert change["unknown"] == ["12345678"]
    assert versions(run, plan_id) == ["create", "edit", "migrate"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nope",), "nope"),
        (("PLAN", "--lineage", "/no/such/dataset"), "/no/such/dataset"),
        (("PLAN", "--to", "/no/such/dataset"), "/no/such/dataset"),
        (("PLAN",), "PLAN"),
        (("PLAN", "--version", "x"), "x"),
    ],
)
def test_what_is_wrong_is_named(run, plan_id, arguments, told):
    done = run("plan", "migrate", *(plan_id if one == "PLAN" else one for one in arguments))
    assert (done.code, done.out) == (2, "")
    assert (plan_id if told == "PLAN" else told) in done.err
    assert "Traceback" not in done.err
