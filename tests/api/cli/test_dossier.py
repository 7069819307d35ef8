"""``geoplan dossier`` and ``geoplan verify``."""

import json
import sys

import pytest

from geoplan.plans import Actor, Role, open_store, read_plan
from geoplan_api.cli import commands
from geoplan_dossier import Format, make_dossier, render

ASKED = ("dossier", "01099001", "Köthel", "--service", "building-yard", "--on", "2026-11-22", "--out")
MAGIC = {
    "pdf": b"%PDF-", "xlsx": b"PK", "gpkg": b"SQLite format 3", "geojson": b'{"type":"FeatureCollection"',
    "csv": b"\xef\xbb\xbfNr.;", "json": b"{",
}  # fmt: skip


@pytest.fixture(autouse=True)
def store(monkeypatch, tmp_path):
    monkeypatch.setenv("GEOPLAN_PLANS_URL", f"sqlite:///{tmp_path / 'plans.db'}")


@pytest.mark.parametrize("suffix", MAGIC)
def test_every_form_is_written(run, tmp_path, suffix):
    path = tmp_path / f"dossier.{suffix.upper()}"
    done = run(*ASKED, str(path))
    assert (done.code, done.out) == (0, ""), done.err
    assert path.read_bytes().startswith(MAGIC[suffix])


@pytest.mark.parametrize(
    ("lang", "option", "begins"),
    [
        ("en", (), b"number,id,name"), ("en", ("--excel",), b"\xef\xbb\xbfNo.;"),
        ("de", ("--excel",), b"\xef\xbb\xbfNr.;"), ("de", ("--plain",), b"number,id,name"),
    ],
)  # fmt: skip
def test_csv_is_for_the_spreadsheet_of_the_language_or_for_programs(run, tmp_path, lang, option, begins):
    path = tmp_path / "dossier.csv"
    assert run("--lang", lang, *ASKED, str(path), *option).code == 0
    assert path.read_bytes().startswith(begins)


@pytest.mark.parametrize(("name", "options"), [("a.json", ("--plain",)), ("a.csv", ("--plain", "--excel"))])
def test_options_of_csv_are_for_csv(run, tmp_path, name, options):
    done = run(*ASKED, str(tmp_path / name), *options)
    assert done.code == 2
    assert name in done.err


def test_what_was_written_is_verified(run, tmp_path):
    path = tmp_path / "dossier.json"
    options = (
        "--seeds",
        "01099001",
        "--weight",
        "closeness=3",
        "--key",
        "population",
        "--fact",
        "heat_plan=no",
    )
    assert run(*ASKED, str(path), *options, "--assume", "hour_high_eur=99").code == 0
    done = run("verify", str(path), "--format", "json")
    assert (done.code, done.json["verdict"]) == (0, "verified")
    assert run("verify", str(path)).out.startswith("Bestätigt")


def test_a_dossier_of_other_data_names_the_way_to_verify_it(run, tmp_path):
    path = tmp_path / "dossier.json"
    run(*ASKED, str(path))
    document = json.loads(path.read_text("utf-8"))
    for dataset, vintage, said in (
        ("VG250", "2016-01-01", f"„geoplan --data de-2016 verify {path}“"),
        (
            "VG250",
            "2019-12-31",
            "Gebietsstand 31.12.2019; dieser Datensatz ist hier nicht installiert",
        ),
    ):
        document["data"] |= {"dataset": dataset, "vintage": vintage}
        path.write_text(json.dumps(document), "utf-8")
        done = run("verify", str(path))
        assert done.code == 1
        assert said in done.out.replace("\n", "")


def test_a_changed_dossier_is_told(run, tmp_path):
    path = tmp_path / "dossier.json"
    run(*ASKED, str(path))
    document = json.loads(path.read_text("utf-8"))
    document["results"]["network"]["population"] += 1
    path.write_text(json.dumps(document), "utf-8")
    done = run("verify", str(path))
    assert done.code == 1
    assert "results.network.population" in done.out
    assert "10500" in done.out
    assert run("verify", str(path), "--format", "json").json["verdict"] == "differs"


def test_other_data_are_told(run_real, village_atlas, tmp_path):
    path = tmp_path / "dossier.json"
    made = make_dossier(village_atlas, ["01099001"], service="it")
    path.write_bytes(render(made, Format.JSON, "de"))
    done = run_real("verify", str(path))
    assert done.code == 1
    assert "data.dataset" in done.out


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": "geoplan-dossier-1"}', "\xff"])
def test_a_bad_file_is_one_clear_error(run, tmp_path, text):
    path = tmp_path / "bad.json"
    path.write_bytes(text.encode("latin-1"))
    done = run("verify", str(path))
    assert done.code == 2
    assert done.err.strip()
    assert "Traceback" not in done.err


def test_a_missing_file_is_named(run, tmp_path):
    done = run("verify", str(tmp_path / "none.json"))
    assert done.code == 2
    assert "none.json" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("01099001", "--service", "it", "--out", "x.doc"), ".pdf"),
        (("01099001", "--service", "it", "--out", "x"), ".pdf"),
        (("01099001", "--service", "it", "--out", "x.pdf", "--excel"), "x.csv"),
        (("01099001", "--service", "itt", "--out", "x.pdf"), "it"),
        (("--service", "it", "--out", "x.pdf"), "Mitglieder"),
        (("01099001", "--out", "x.pdf"), "Aufgabenfeld"),
        (("Nirgendwo", "--service", "it", "--out", "x.pdf"), "Nirgendwo"),
        (("01099001", "--service", "it", "--out", "none/x.pdf"), "none"),
        (("01099001", "--service", "it", "--out", "x.pdf", "--weight", "closenes=1"), "closeness"),
        (("01099001", "--service", "it", "--out", "x.pdf", "--plan", "no-such-plan"), "no-such-plan"),
    ],
)
def test_bad_input_is_one_clear_error(run, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    done = run("dossier", *arguments)
    assert done.code == 2
    assert said in done.err
    assert list(tmp_path.glob("x*")) == []


def test_a_plan_names_its_network(run, tmp_path):
    network = {"members": ["01099001", "01099002"], "service": "building-yard"}
    plan = read_plan({"id": "hof", "title": "Bauhof", "network": network, "goals": [{"text": "Ziel"}]})
    store = open_store()
    store.create(plan, Actor(name="Bauamt", role=Role.COORDINATOR))
    store.close()
    path = tmp_path / "dossier.json"
    done = run("dossier", "--plan", "hof", "--out", str(path))
    assert done.code == 0, done.err
    document = json.loads(path.read_text("utf-8"))
    assert document["request"]["plan"]["goals"][0]["text"] == "Ziel"
    assert document["request"]["members"] == network["members"]
    assert run("verify", str(path)).code == 0


@pytest.mark.parametrize("command", ["dossier", "verify"])
def test_what_is_not_installed_is_told(run, monkeypatch, command):
    def missing(name):
        raise ModuleNotFoundError(name, name="typst")

    monkeypatch.setattr(commands.importlib, "import_module", missing)
    done = run(command, "--help")
    assert done.code == 1
    assert "geoplan[dossier]" in done.err


def test_help_is_in_german(run):
    done = run("dossier", "--help")
    assert "Semikolons" in done.out
    assert sys.modules["geoplan_dossier"]
