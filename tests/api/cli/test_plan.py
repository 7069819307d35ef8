"""Plans at a terminal."""

import json
import subprocess
import sys

import pytest
from icalendar import Calendar


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def plan_id(run):
    done = run("plan", "create", "Bauhof", "--service", "building-yard", "--member", "Altdorf,Bergheim",
               "--format", "json")  # fmt: skip
    assert (done.code, done.json["version"]) == (0, 1)
    return done.json["plan"]["id"]


def test_a_plan_remembers_what_it_was_made_with(run, plan_id):
    plan = run("plan", "show", plan_id, "--format", "json").json["plan"]
    assert plan["network"] == {"members": ["01099001", "02099001"], "service": "building-yard"}
    assert [one["name"] for one in plan["participants"]] == ["Altdorf", "Bergheim"]
    assert (plan["provenance"]["dataset"], plan["provenance"]["vintage"]) == ("Villages", "2026-01-01")


def test_the_life_of_a_plan(run, plan_id, tmp_path):
    goals = tmp_path / "goals.json"
    goals.write_text(json.dumps({"goals": [{"text": "Kosten senken"}]}))
    assert run("plan", "edit", plan_id, "--from", str(goals), "--title", "Neu").code == 0
    assert run("plan", "advance", plan_id, "exploring").code == 0
    shown = run("plan", "show", plan_id, "--lang", "en")
    assert "Neu" in shown.out
    assert "staff informed" in shown.out.lower()
    assert "Neu" in run("plan", "list").out
    versions = run("plan", "history", plan_id, "--format", "json").json["versions"]
    assert [one["action"] for one in versions] == ["create", "edit", "advance"]
    assert "Bauhof" in run("plan", "history", plan_id).out
    assert run("plan", "delete", plan_id).code == 0
    assert run("plan", "list", "--format", "json").json["plans"] == []
    assert len(run("plan", "list", "--deleted", "--format", "json").json["plans"]) == 1
    assert run("plan", "delete", plan_id, "--restore").code == 0
    assert run("plan", "show", plan_id, "--format", "json").json["version"] == 5


@pytest.mark.parametrize("state", ["exploring", "in Sondierung", "sondierung", "Exploring"])
def test_states_are_named_by_key_or_by_label(run, plan_id, state):
    assert run("plan", "advance", plan_id, state).code == 0
    assert run("plan", "show", plan_id, "--format", "json").json["plan"]["state"] == "exploring"


def test_an_error_shows_key_and_name_of_states(run, plan_id):
    assert "exploring (in Sondierung)" in run("--lang", "de", "plan", "advance", plan_id, "sondirung").err
    refused = run("--lang", "de", "plan", "advance", plan_id, "gegründet").err
    assert "„Idee“" in refused
    assert "„gegründet“" in refused


def test_no_calendar_without_meetings(run, plan_id):
    done = run("--lang", "en", "plan", "export", plan_id, "--format", "ics")
    assert (done.code, done.out) == (2, "")
    assert "no meetings" in done.err


def test_other_members_are_units_of_the_atlas(run, plan_id, tmp_path):
    path = tmp_path / "members.json"
    path.write_text(json.dumps({"network": {"members": ["Altdorf", "01099002"]}}))
    assert run("plan", "edit", plan_id, "--from", str(path)).code == 0
    plan = run("plan", "show", plan_id, "--format", "json").json["plan"]
    assert plan["network"]["members"] == ["01099001", "01099002"]
    path.write_text(json.dumps({"network": {"members": ["Nirgendwo"]}}))
    done = run("plan", "edit", plan_id, "--from", str(path))
    assert done.code == 2
    assert "Nirgendwo" in done.err
    path.write_text(json.dumps({"provenance": {"vintage": "1900-01-01"}}))
    assert run("plan", "edit", plan_id, "--from", str(path)).code == 0
    kept = run("plan", "show", plan_id, "--format", "json").json["plan"]
    assert kept["provenance"] == plan["provenance"]


def test_what_is_stated_is_kept_and_decides(run, plan_id, tmp_path):
    assert (
        run("plan", "edit", plan_id, "--fact", "duration_months=36", "--fact", "turnover_eur=9000").code == 0
    )
    assert (
        run("plan", "edit", plan_id, "--fact", "turnover_eur=18000", "--without-fact", "duration_months").code
        == 0
    )
    kept = [
        one["plan"]["facts"] for one in run("plan", "history", plan_id, "--format", "json").json["versions"]
    ]
    assert kept == [{}, {"duration_months": 36, "turnover_eur": 9000}, {"turnover_eur": 18000}]
    assert "18,000" in run("plan", "show", plan_id, "--lang", "en").out
    out = tmp_path / "dossier.json"
    for given, stated in (((), {"turnover_eur": 18000}), (("--fact", "turnover_eur=1"), {"turnover_eur": 1})):
        assert run("dossier", "--plan", plan_id, *given, "--out", str(out)).code == 0
        assert json.loads(out.read_text())["request"]["intentions"]["stated"] == stated
        assert run("verify", str(out)).code == 0


def test_plans_are_compared_with_what_they_state(run, plan_id):
    made = run(
        "plan", "create", "Zweiter", "--service", "building-yard", "--member", "Altdorf,Bergheim",
        "--fact", "turnover_eur=1", "--format", "json",
    )  # fmt: skip
    found = run("plan", "compare", plan_id, made.json["plan"]["id"], "--format", "json").json
    differing = next(one for one in found["checks"] if one["rule"] == "vat-2b.small-amount")
    assert differing["values"] == ["unclear", "met"]


@pytest.mark.parametrize(
    "command",
    [
        ("create", "Zweiter", "--format", "json"),
        ("list", "--format", "json"),
        ("show", "PLAN", "--format", "json"),
        ("history", "PLAN", "--format", "json"),
        ("export",),
    ],
)
def test_every_answer_says_where_the_data_come_from(run, plan_id, command):
    answer = run("plan", *(plan_id if part == "PLAN" else part for part in command)).json
    assert answer["data"]["dataset"] == "Villages"
    assert {"vintage", "licence", "attribution", "population_source"} <= answer["data"].keys()


def test_plans_are_told_without_a_dataset_that_can_be_read(run, plan_id):
    answer = run("--data", "nowhere", "plan", "list", "--format", "json").json
    assert (len(answer["plans"]), answer["data"]) == (1, None)


def test_everything_goes_out_and_in(run, plan_id, tmp_path, monkeypatch):
    out = tmp_path / "plans.json"
    assert run("plan", "export", "--out", str(out)).code == 0
    before = run("plan", "history", plan_id, "--format", "json").json
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path / "other"))
    assert run("plan", "import", str(out)).code == 0
    assert run("plan", "history", plan_id, "--format", "json").json == before
    assert run("plan", "import", str(out)).code == 0


def test_calendar(run, plan_id, tmp_path):
    series = tmp_path / "m.json"
    series.write_text(json.dumps({"meetings": [{"title": "Treffen", "starts": "2027-01-04T10:00"}]}))
    run("plan", "edit", plan_id, "--from", str(series))
    done = run("plan", "export", plan_id, "--format", "ics")
    assert [str(one["SUMMARY"]) for one in Calendar.from_ical(done.out).walk("VEVENT")] == ["Treffen"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("show", "nope"), "nope"),
        (("advance", "PLAN", "founded"), "exploring"),
        (("advance", "PLAN", "exploringg"), "exploring"),
        (("advance", "PLAN", "exploring", "--version", "7"), "7"),
        (("edit", "PLAN"), "--from"),
        (("edit", "PLAN", "--title", ""), "title"),
        (("edit", "PLAN", "--from", "/no/such/file"), "/no/such/file"),
        (("edit", "PLAN", "--fact", "heat_plan=maybe"), "heat_plan"),
        (("edit", "PLAN", "--fact", "heat_plans=no"), "heat_plan"),
        (("edit", "PLAN", "--without-fact", "heat_plan"), "heat_plan"),
        (("create", "X", "--fact", "heat_plan"), "heat_plan"),
        (("import", "/no/such/file"), "/no/such/file"),
        (("create", "X", "--service", "building-yrd"), "building-yard"),
        (("create", "X", "--member", "Nirgendwo"), "Nirgendwo"),
        (("create", ""), "title"),
        (("export", "--format", "ics"), ""),
        (("delete", "PLAN", "--restore"), "PLAN"),
        (("creat", "X"), "create"),
    ],
)
def test_what_is_wrong_is_named(run, plan_id, arguments, told):
    done = run("plan", *(plan_id if one == "PLAN" else one for one in arguments))
    assert (done.code, done.out) == (2, "")
    assert (plan_id if told == "PLAN" else told) in done.err
    assert "Traceback" not in done.err
    assert run("plan", "show", plan_id, "--format", "json").json["version"] == 1
    assert len(run("plan", "list", "--deleted", "--format", "json").json["plans"]) == 1


@pytest.mark.parametrize("content", ["", "{", "[]", "\ufeff{}", "[" * 100_000, '{"title": NaN}', "\x00"])
def test_any_file(run, plan_id, tmp_path, content):
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    for arguments in (("edit", plan_id, "--from", str(path)), ("import", str(path))):
        done = run("plan", *arguments)
        assert done.code == 2
        assert done.err.count("\n") == 1


def test_a_broken_store_is_told(run, plan_id, home):
    for path in home.iterdir():
        path.unlink()
    (home / "plans.db").write_text("no database " * 100)
    done = run("plan", "list")
    assert (done.code, done.out) == (1, "")
    assert "plans.db" in done.err


def test_without_the_extra_it_says_what_to_install(run, monkeypatch):
    for name in [one for one in sys.modules if one.startswith(("geoplan.plans", "geoplan_api.cli.plan"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    done = run("plan", "list")
    assert (done.code, done.out) == (1, "")
    assert "geoplan[plans]" in done.err


def test_the_core_needs_no_database():
    look = "import sys, geoplan; print('sqlalchemy' in sys.modules, 'alembic' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, encoding="utf-8", check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert done.stdout.split() == ["False", "False"]
