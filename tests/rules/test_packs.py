"""Each rule pack: what it says of the cases it was written for."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.evidence import Mark
from geoplan.rules import FACTS, Depth, Fact, Status, evaluate, load_packs
from geoplan.rules.facts import FactKind
from geoplan.services import load_services

PACKS = load_packs()
RULES = [(pack, rule) for pack in PACKS.values() for rule in pack.rules.values()]
each_pack = pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
each_rule = pytest.mark.parametrize(("pack", "rule"), RULES, ids=[f"{p.key}.{r.key}" for p, r in RULES])
DAY = datetime.date


def test_packs_are_there():
    assert {"climate-coordination", "cross-border", "heat-planning", "hesse-ikz"} < set(PACKS)
    assert {"land-law", "nki-networks", "vat-2b"} < set(PACKS)


@each_rule
def test_rule_speaks_both_languages(pack, rule):
    for text in rule.texts.values():
        assert text.de.strip() and text.en.strip()
        assert text.de != text.en
        assert text.de.endswith(".")


@each_pack
def test_services_and_states_of_a_pack_exist(pack):
    values = {
        value
        for condition in [pack.applies, *(rule.meets for rule in pack.rules.values())]
        if condition is not None
        for value in services_asked(condition)
    }
    values |= {
        value for one in pack.constants.values() if isinstance(one.value, tuple) for value in one.value
    }
    assert values <= set(load_services())


def services_asked(condition):
    for part in getattr(condition, "parts", ()):
        yield from services_asked(part)
    if hasattr(condition, "part"):
        yield from services_asked(condition.part)
    if getattr(condition, "fact", None) == "service" and condition.value is not None:
        yield from condition.value if isinstance(condition.value, tuple) else (condition.value,)


# ── laws of all packs ───────────────────────────────────────────────────────────────────────────────────

VALUES = {
    FactKind.NUMBER: st.one_of(st.integers(0, 200_000), st.floats(0, 1e6)),
    FactKind.FLAG: st.booleans(),
    FactKind.DAY: st.dates(DAY(2020, 1, 1), DAY(2032, 1, 1)),
}
TEXTS = {
    "state_names": st.just("Hessen"),
    "service": st.sampled_from(list(load_services())),
    "depth": st.sampled_from([depth.value for depth in Depth]),
    "state": st.sampled_from(["03", "05", "06", "09", "16", "several"]),
}
ANY_FACTS = st.fixed_dictionaries(
    {},
    optional={
        name: TEXTS[name] if definition.kind == FactKind.TEXT else VALUES[definition.kind]
        for name, definition in FACTS.items()
        if name != "on"
    },
)


@given(values=ANY_FACTS, on=VALUES[FactKind.DAY], mark=st.sampled_from([Mark.UNVERIFIED, Mark.CONFLICT]))
def test_nothing_unsure_is_ever_met_or_missed(values, on, mark):
    sure = evaluate({}, on)  # what hangs on the day alone
    decided = {check.rule for check in sure if check.status != Status.UNCLEAR}
    for check in evaluate({name: Fact(value=value, mark=mark) for name, value in values.items()}, on):
        assert check.status == Status.UNCLEAR or check.rule in decided, check.rule


@given(values=ANY_FACTS, on=VALUES[FactKind.DAY])
def test_any_facts_are_answered_with_text_and_source(values, on):
    for check in evaluate({name: Fact(value=value) for name, value in values.items()}, on):
        assert check.source
        assert check.as_of is not None
        said = [check.text.text(lang) for lang in ("de", "en")]
        assert all(said) and said[0] != said[1]
        assert not any("{" in text for text in said)
        if check.mark in (Mark.UNVERIFIED, Mark.CONFLICT):
            assert check.status == Status.UNCLEAR


@given(values=ANY_FACTS, on=VALUES[FactKind.DAY])
def test_order_of_facts_does_not_matter(values, on):
    facts = {name: Fact(value=value) for name, value in values.items()}
    turned = dict(reversed(facts.items()))
    answers = [[(c.rule, c.status) for c in evaluate(some, on)] for some in (facts, turned)]
    assert answers[0] == answers[1]


@each_pack
def test_pack_outside_its_days_says_so(pack):
    facts = {"service": Fact(value="climate-network"), "state": Fact(value="06"), "states": Fact(value=2)}
    days = []
    if pack.valid_from:
        days.append(pack.valid_from - datetime.timedelta(days=1))
    if pack.valid_until:
        days.append(pack.valid_until + datetime.timedelta(days=1))
    for day in days:
        checks = evaluate(facts, day, packs=[pack])
        if checks:
            assert [(check.rule, check.status) for check in checks] == [
                (f"{pack.key}.validity", Status.UNCLEAR)
            ]


def test_rules_of_german_law_are_not_asked_elsewhere():
    assert evaluate({"service": Fact(value="climate-network")}, DAY(2026, 11, 22), country="AT") == []


# ── federal network funding ─────────────────────────────────────────────────────────────────────────────

NET = {"service": "climate-network"}


@pytest.mark.parametrize(("count", "expected"), [(1, "missed"), (5, "missed"), (6, "met"), (12, "met")])
def test_six_participants_are_needed(status, count, expected):
    assert status("nki-networks", "min-participants", participants=count, **NET) == expected


def test_unverified_rate_is_unclear_whatever_is_asked(ask):
    check = ask("nki-networks", participants=12, confirmed_rate=0.9, **NET)["rate"]
    assert (check.status, check.mark) == (Status.UNCLEAR, Mark.UNVERIFIED)
    assert "60" in check.text.text("de")


@pytest.mark.parametrize(("grant", "expected"), [(9_999.99, "missed"), (10_000, "met")])
def test_least_grant(status, grant, expected):
    assert status("nki-networks", "min-grant", grant_eur=grant, **NET) == expected


@pytest.mark.parametrize("grant", [1.0, 9_999.99, 200_000.0])
def test_grant_at_unverified_rate_is_unclear(grant):
    facts = {"service": Fact(value="climate-network"), "grant_eur": Fact(value=grant, mark=Mark.UNVERIFIED)}
    checks = evaluate(facts, DAY(2026, 11, 22), packs=[PACKS["nki-networks"]])
    (check,) = [check for check in checks if check.rule.endswith("min-grant")]
    assert check.status == Status.UNCLEAR


@pytest.mark.parametrize(("share", "expected"), [(0.24, "missed"), (0.25, "met"), (1.0, "met")])
def test_municipal_company(status, share, expected):
    asked = {"companies": 1, "smallest_municipal_share": share}
    assert status("nki-networks", "company-share", **asked, **NET) == expected
    assert status("nki-networks", "company-share", companies=0, **NET) is None


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (DAY(2024, 10, 31), None),
        (DAY(2024, 11, 1), "missed"),
        (DAY(2025, 1, 31), "missed"),
        (DAY(2025, 2, 1), "met"),
        (DAY(2027, 12, 31), "met"),
        (DAY(2028, 1, 1), None),
    ],
)
def test_days_of_application(status, ask, on, expected):
    assert status("nki-networks", "applications", on, **NET) == expected
    assert ("validity" in ask("nki-networks", on, **NET)) == (expected is None)


def test_set_up_phase_is_not_funded(ask):
    check = ask("nki-networks", **NET)["set-up"]
    assert (check.status, check.kind) == (Status.MISSED, "hint")
    assert "01.05.2024" in check.text.text("de")
    assert "1 May 2024" in check.text.text("en")


@pytest.mark.parametrize(("meetings", "expected"), [(3, "missed"), (4, "met"), (None, "unclear")])
def test_meetings_every_three_months(status, meetings, expected):
    assert status("nki-networks", "meetings", meetings_per_year=meetings, **NET) == expected


@pytest.mark.parametrize(("months", "expected"), [(36, "met"), (24, "unclear"), (None, "unclear")])
def test_duration(status, months, expected):
    assert status("nki-networks", "duration", duration_months=months, **NET) == expected


def test_field_that_is_not_named_is_unclear(status):
    assert status("nki-networks", "field", service="energy-efficiency") == "met"
    assert status("nki-networks", "field", service="wind-solar") == "unclear"
    assert status("nki-networks", "field", service="building-yard") is None


# ── the others ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("counties", "expected"), [(0, "missed"), (1, "met")])
def test_staff_of_municipalities_is_another_item(status, ask, counties, expected):
    asked = {"service": "climate-management", "landkreise": counties}
    assert status("climate-coordination", "which-funding", **asked) == expected
    assert "only-landkreise" not in ask("climate-coordination", **asked)


@pytest.mark.parametrize(("counties", "expected"), [(0, "missed"), (1, "met")])
def test_only_a_county_coordinates(status, counties, expected):
    asked = {"service": "climate-coordination", "landkreise": counties}
    assert status("climate-coordination", "only-landkreise", **asked) == expected


@pytest.mark.parametrize(
    ("on", "plan", "expected"),
    [
        (DAY(2026, 6, 30), None, "met"),
        (DAY(2026, 7, 1), None, "unclear"),
        (DAY(2026, 7, 1), True, "met"),
        (DAY(2026, 7, 1), False, "missed"),
    ],
)
def test_deadline_of_large_municipalities(status, on, plan, expected):
    asked = {"service": "heat-planning", "largest_population": 100_001, "heat_plan": plan}
    assert status("heat-planning", "deadline-large", on, **asked) == expected
    assert status("heat-planning", "deadline-large", on, **{**asked, "largest_population": 100_000}) is None


def test_deadline_of_small_municipalities(status):
    asked = {"service": "heat-planning", "smallest_population": 100_000}
    assert status("heat-planning", "deadline-small", DAY(2028, 6, 30), **asked) == "met"
    assert status("heat-planning", "deadline-small", DAY(2028, 7, 1), **asked) == "unclear"


@pytest.mark.parametrize(
    ("count", "counties", "expected"),
    [(2, 0, "missed"), (3, 0, "met"), (6, 0, "met"), (7, 0, "missed"), (36, 1, "met")],
)
def test_size_of_a_convoy(status, count, counties, expected):
    asked = {"service": "heat-planning", "participants": count, "landkreise": counties}
    assert status("heat-planning", "convoy-size", **asked) == expected


@pytest.mark.parametrize(("population", "expected"), [(9_999, "unclear"), (10_000, None)])
def test_simplified_procedure_is_up_to_the_state(status, population, expected):
    asked = {"service": "heat-planning", "smallest_population": population}
    assert status("heat-planning", "simplified", **asked) == expected


@pytest.mark.parametrize(
    ("count", "justified", "expected"),
    [(3, None, "met"), (2, None, "unclear"), (2, True, "met"), (2, False, "missed"), (1, True, "missed")],
)
def test_hesse_wants_three_partners(status, count, justified, expected):
    asked = {"state": "06", "participants": count, "justified_exception": justified}
    assert status("hesse-ikz", "partners", **asked) == expected


@pytest.mark.parametrize(("months", "expected"), [(59, "missed"), (60, "met"), (None, "unclear")])
def test_hesse_wants_five_years(status, months, expected):
    assert status("hesse-ikz", "duration", state="06", duration_months=months) == expected


def test_hesse_is_asked_in_hesse_only(ask):
    assert ask("hesse-ikz", state="07") == {}


@pytest.mark.parametrize("depth", Depth)
def test_nobody_taxes_a_single_member(ask, depth):
    assert ask("vat-2b", participants=1, depth=depth.value) == {}


@pytest.mark.parametrize(
    ("depth", "expected"), [("exchange", "met"), ("transferred-task", "met"), ("shared-staff", "unclear")]
)
def test_value_added_tax(status, depth, expected):
    assert status("vat-2b", "taxable", participants=2, depth=depth) == expected


@pytest.mark.parametrize(
    ("on", "chosen", "expected"),
    [
        (DAY(2026, 12, 31), True, "met"),
        (DAY(2026, 12, 31), None, "unclear"),
        (DAY(2027, 1, 1), None, "missed"),
        (DAY(2027, 1, 1), True, "missed"),
    ],
)
def test_old_tax_rule_ends(status, on, chosen, expected):
    asked = {"participants": 2, "depth": "shared-task", "old_vat_rule_chosen": chosen}
    assert status("vat-2b", "transition", on, **asked) == expected


def test_joint_administration_goes_first(status):
    asked = {"depth": "shared-task", "participants": 4}
    lower_saxony = {**asked, "state": "03", "only_one_association": True}
    assert status("land-law", "samtgemeinde-first", exactly_one_association=True, **lower_saxony) == "missed"
    assert status("land-law", "samtgemeinde-first", exactly_one_association=False, **lower_saxony) == "met"
    thuringia = {**asked, "state": "16"}
    assert status("land-law", "vg-first", only_one_association=True, **thuringia) == "missed"
    assert status("land-law", "vg-first", only_one_association=False, **thuringia) == "met"


@pytest.mark.parametrize(
    ("adjacent", "treaty", "expected"),
    [(True, True, "met"), (True, None, "unclear"), (False, None, "missed")],
)
def test_two_states_need_a_treaty(status, adjacent, treaty, expected):
    asked = {"states": 2, "depth": "shared-task", "states_adjacent": adjacent, "treaty_known": treaty}
    assert status("cross-border", "treaty", **asked) == expected
    assert status("cross-border", "treaty", **{**asked, "depth": "exchange"}) is None
    assert status("cross-border", "treaty", **{**asked, "states": 1}) is None
