"""``geoplan network check``."""

import re

import pytest

ASKED = ("network", "check", "01099001", "Köthel", "--service", "building-yard", "--on", "2026-11-22")


def test_json_is_that_of_the_contract(run):
    network = run(*ASKED, "--format", "json").json["network"]
    assert network["members"] == ["01099001", "01099003"]
    assert {
        "members", "score", "population", "area_km2", "contiguous", "components", "compactness", "counties",
        "states", "checks", "legal_forms", "cost", "contributions",
    } <= set(network)  # fmt: skip
    assert {"rule", "status", "text", "source"} <= set(network["checks"][0])
    assert {"form", "kind", "fit", "reason", "statute"} <= set(network["legal_forms"][0])
    assert {"low_eur", "high_eur", "drivers", "assumptions"} <= set(network["cost"])
    assert {"participants", "scope", "depth"} <= set(network["cost"]["drivers"])
    assert (network["population"], network["counties"], network["states"]) == (10500, 1, 1)


def test_members_can_be_had_as_geojson(run):
    collection = run(*ASKED, "--format", "geojson").json
    assert [one["id"] for one in collection["features"]] == ["01099001", "01099003"]
    assert collection["network"] == run(*ASKED, "--format", "json").json["network"]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_table(run, lang):
    done = run("--lang", lang, *ASKED)
    assert done.code == 0, done.err
    assert "Altdorf" in done.out
    assert "Köthel" in done.out
    assert "GkZ Schleswig-Holstein" in done.out
    assert "{" not in done.out


def test_every_finding_leads_to_its_source(run):
    out = " ".join(run("--lang", "de", *ASKED).out.split())
    table, _, sources = out.partition("Quellen:")
    numbers = {int(one) for one in re.findall(r"\[(\d+)\]", table)}
    assert numbers
    assert numbers == {int(one) for one in re.findall(r"\[(\d+)\]", sources)}
    assert "Grant Thornton" in sources
    assert "abgeglichen am 22.11.2026" in sources


def test_all_assumptions_are_shown_when_asked_for(run):
    assert "hour_high_eur" not in run(*ASKED).out.replace("--assume hour_high_eur=90", "")
    out = run("--lang", "de", *ASKED, "--assumptions", "--assume", "hour_high_eur=91").out
    shown = next(line for line in out.splitlines() if "hour_high_eur" in line)
    assert "91" in shown
    assert {"years", "saving_low", "member_hours.shared-staff"} <= set(out.split())


def test_members_may_be_parted_by_commas(run):
    done = run("network", "check", "01099001,01099003", "--service", "it", "--format", "json")
    assert done.json["network"]["members"] == ["01099001", "01099003"]


def test_options(run):
    done = run(
        *ASKED,
        "--format",
        "json",
        "--depth",
        "transferred-task",
        "--key",
        "population",
        "--assume",
        "years=1,5",
    )
    cost = done.json["network"]["cost"]
    assert cost["drivers"]["depth"] == "transferred-task"
    assert cost["shares"]["key"] == "population"
    (years,) = [one for one in cost["assumptions"] if one["key"] == "years"]
    assert (years["value"], years["changed"]) == (1.5, True)


def test_the_table_counts_as_the_dossier_does(run):
    asked = ("network", "check", "01099001", "Köthel", "--service", "building-yard", "--on", "2026-11-22")
    checks = run(*asked, "--format", "json").json["network"]["checks"]
    table = run("--lang", "en", *asked).out
    hints = sum(one["kind"] == "hint" for one in checks)
    assert hints
    assert table.count(" i hint ") == hints
    for sign in ("met", "missed", "unclear"):
        wanted = sum(one["status"] == sign and one["kind"] != "hint" for one in checks)
        assert sum(line.split()[1:2] == [sign] for line in table.splitlines() if line.split()) == wanted


def test_grant_is_shown_as_what_it_is(run_real):
    six = ["Telgte", "Ostbevern", "Everswinkel", "Warendorf", "Sassenberg", "05570008"]
    done = run_real("network", "check", *six, "--service", "climate-network", "--on", "2026-11-22")
    assert done.code == 0, done.err
    assert "2022" in done.out


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (("01099001",), "service"),
        (("--service", "it"), "ID"),
        (("Altdrof", "--service", "it"), "Altdrof"),
        (("Neudorf", "--service", "it"), "Neudorf"),
        (("01099901", "--service", "it"), "Forst"),
        (("Altdorf", "--service", "nothing"), "nothing"),
        (("Altdorf", "--service", "it", "--depth", "deep"), "deep"),
        (("Altdorf", "--service", "it", "--key", "fair"), "fair"),
        (("Altdorf", "--service", "it", "--on", "gestern"), "gestern"),
        (("Altdorf", "--service", "it", "--assume", "years"), "years"),
        (("Altdorf", "--service", "it", "--assume", "year=3"), "year"),
        (("Altdorf", "--service", "it", "--assume", "years=nan"), "nan"),
        (("Altdorf", "--service", "it", "--format", "xml"), "xml"),
    ],
)
def test_wrong_request(run, arguments, value):
    done = run("network", "check", *arguments)
    assert (done.code, done.out) == (2, "")
    assert value in done.err
    assert "Traceback" not in done.err


def test_help_names_the_commands(run):
    assert "check" in run("network").out
    assert run("network", "check", "--help").code == 0
    assert run("network", "chek").code == 2
