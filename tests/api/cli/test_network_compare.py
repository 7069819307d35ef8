"""``geoplan network compare`` and ``geoplan plan compare``."""

import pytest

ASKED = ("network", "compare", "--scenario", "Klein=01099001,Köthel", "--scenario",
         "Groß=01099001,Köthel,01099002", "--on", "2026-11-22")  # fmt: skip


def test_json_is_that_of_the_core(run):
    answer = run(*ASKED, "--service", "building-yard", "--format", "json").json
    assert [one["name"] for one in answer["scenarios"]] == ["Klein", "Groß"]
    assert answer["in_all"] == ["01099001", "01099003"]
    assert {"members", "figures", "contributions", "checks", "legal_forms", "data"} <= set(answer)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_table_fits_100_columns(run, lang, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    four = [*ASKED, "--scenario", "Ein Name der viel zu lang für eine Spalte ist=Altdorf,Bergheim",
            "--scenario", "D=Bergheim,Köthel"]  # fmt: skip
    done = run("--lang", lang, *four, "--service", "building-yard")
    assert done.code == 0, done.err
    assert max(map(len, done.out.splitlines())) <= 100
    for said in ("C: Ein Name", "Altdorf", "Bergheim"):
        assert said in done.out
    assert "{" not in done.out
    every = run("--lang", lang, *four, "--service", "building-yard", "--all")
    assert len(every.out) > len(done.out)


def test_one_service_each(run):
    answer = run(*ASKED, "--service", "it", "--service", "building-yard", "--format", "json").json
    assert [one["service"] for one in answer["scenarios"]] == ["it", "building-yard"]


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        (("--service", "it", "--scenario", "A=Altdorf"), "1"),
        (("--service", "it", "--scenario", "A=Altdorf", "--scenario", "Bergheim"), "Bergheim"),
        (("--service", "it", "--scenario", "A=Altdorf", "--scenario", "A=Bergheim"), "“A”"),
        (("--service", "it", "--scenario", "A=Altdorf", "--scenario", "B="), "0"),
        (("--service", "it", "--scenario", "A=Altdorf", "--scenario", "B=Altdrof"), "Altdrof"),
        (("--service", "it", "--service", "it", "--service", "it", "--scenario", "A=Altdorf", "--scenario",
          "B=Bergheim"), "3"),
        (("--service", "itt", "--scenario", "A=Altdorf", "--scenario", "B=Bergheim"), "itt"),
        (("--service", "it", "--scenario", "A=Altdorf", "--scenario", "B=Bergheim", "--fact", "x=1"), "x"),
        (("--service", "it"), "--scenario"),
    ],
)  # fmt: skip
def test_wrong_request(run, arguments, value):
    done = run("--lang", "en", "network", "compare", *arguments)
    assert (done.code, done.out) == (2, "")
    assert value in done.err
    assert "Traceback" not in done.err


@pytest.fixture
def plans(run, tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path / "home"))
    return [
        run("plan", "create", title, *more, "--format", "json").json["plan"]["id"]
        for title, more in (
            ("Bauhof", ("--service", "building-yard", "--member", "Altdorf,Köthel")),
            ("Bauhof", ("--service", "building-yard", "--member", "Altdorf,Bergheim")),
            ("Leer", ()),
        )
    ]


def test_plans_side_by_side(run, plans):
    answer = run("plan", "compare", *plans[:2], "--format", "json").json
    assert answer["plans"] == plans[:2]
    assert [one["name"] for one in answer["scenarios"]] == [f"Bauhof ({one})" for one in plans[:2]]
    assert answer["in_all"] == ["01099001"]
    assert "Bergheim" in run("plan", "compare", *plans[:2]).out


@pytest.mark.parametrize(("asked", "told"), [((0,), "1"), ((0, 2), "members"), ((0, 0), "twice")])
def test_plans_that_cannot_be_compared(run, plans, asked, told):
    done = run("--lang", "en", "plan", "compare", *(plans[one] for one in asked))
    assert (done.code, done.out) == (2, "")
    assert told in done.err or "are called" in done.err


def test_an_unknown_plan(run, plans):
    done = run("plan", "compare", plans[0], "nope")
    assert done.code == 2
    assert "nope" in done.err


def test_seeds_and_facts_of_a_check(run):
    asked = (
        "network",
        "check",
        "Altdorf",
        "Köthel",
        "01099002",
        "--service",
        "heat-planning",
        "--format",
        "json",
    )
    plain = run(*asked).json["network"]
    seeded = run(*asked, "--seeds", "Altdorf").json["network"]
    assert plain["score"] != seeded["score"]
    weighed = run(*asked, "--weight", "closeness=0", "--weight", "size_parity=20").json["network"]
    assert plain["score"] != weighed["score"]
    stated = run("--lang", "en", *asked, "--fact", "heat_plan=no", "--fact", "land_allows_convoy=yes").json
    assert any("As stated by the partners" in one["text"] for one in stated["network"]["checks"])
    for wrong, value in ((("--seeds", "Bergheim"), "Bergheim"), (("--fact", "heat_plan"), "heat_plan"),
                         (("--fact", "heatplan=no"), "heat_plan"),
                         (("--weight", "closenes=1"), "closeness")):  # fmt: skip
        done = run(*asked, *wrong)
        assert (done.code, done.out) == (2, "")
        assert value in done.err
