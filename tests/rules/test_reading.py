"""A damaged pack is told with file, rule and field."""

import copy
import datetime

import pytest

from geoplan.errors import DataError
from geoplan.evidence import Mark, Table
from geoplan.rules import parse_pack
from geoplan.rules.statutes import Supervision, load_statutes, load_treaties, parse_statutes, treaty_between
from geoplan.services import load_legal_forms

TEXT = {"de": "{participants:n0} von {least:n0}.", "en": "{participants:n0} of {least:n0}."}
EVIDENCE = {"mark": "V", "sources": ["law"]}
PACK = {
    "label": {"de": "Gesetz", "en": "Act"},
    "country": "DE",
    "as_of": datetime.date(2026, 11, 22),
    "validity": {"from": datetime.date(2024, 1, 1), "until": datetime.date(2027, 12, 31), **EVIDENCE},
    "sources": {"law": {"title": "Gesetz", "url": "https://example.org"}},
    "constants": {"least": {"label": {"de": "d", "en": "e"}, "value": 6, **EVIDENCE}},
    "rules": {
        "size": {
            "label": {"de": "Größe", "en": "size"},
            "kind": "requirement",
            "meets": {"fact": "participants", "op": "at-least", "constant": "least"},
            "texts": {"met": TEXT, "missed": TEXT, "unclear": TEXT},
            **EVIDENCE,
        }
    },
}


def parsed(**changes):
    document = copy.deepcopy(PACK)
    for path, value in changes.items():
        *above, last = path.split("__")
        table = document
        for step in above:
            table = table[step]
        if value is None:
            table.pop(last, None)
        else:
            table[last] = value
    return parse_pack("test", Table(document))


def test_a_likely_answer_has_a_text():
    condition = {"fact": "participants", "op": "at-least", "value": 9}
    texts = {**PACK["rules"]["size"]["texts"], "likely": TEXT}
    rule = parsed(rules__size__likely=condition, rules__size__texts=texts).rules["size"]
    assert (rule.likely.value, rule.likely_text.de) == (9, TEXT["de"])
    for half in ({"rules__size__likely": condition}, {"rules__size__texts": texts}):
        with pytest.raises(DataError, match=r"rules\.size\.likely: a condition and its text go together"):
            parsed(**half)


def test_pack_is_read():
    pack = parsed()
    assert pack.constants["least"].value == 6
    assert pack.holds(datetime.date(2027, 12, 31))
    assert not pack.holds(datetime.date(2028, 1, 1))
    assert not pack.holds(datetime.date(2023, 12, 31))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"as_of": None}, "as_of"),
        ({"as_of": "2026-11-22"}, "as_of"),
        ({"validity__mark": None}, "validity.mark"),
        ({"validity__until": datetime.date(2023, 1, 1)}, "validity.until"),
        ({"constants__least__value": [6]}, "constants.least.value"),
        ({"constants__least__mark": "X"}, "constants.least.mark"),
        ({"constants__participants": PACK["constants"]["least"]}, "constants.participants.value"),
        ({"rules__size__sources": ["lwa"]}, "rules.size.sources[0]"),
        ({"rules__size__sources": []}, "rules.size.sources"),
        ({"rules__size__kind": "wish"}, "rules.size.kind"),
        ({"rules__size__otherwise": "met"}, "rules.size.otherwise"),
        ({"rules__size__meets__fact": "partners"}, "rules.size.meets.fact"),
        ({"rules__size__meets__constant": "last"}, "rules.size.meets.constant"),
        ({"rules__size__texts__met": None}, "rules.size.texts.met"),
        ({"rules__size__texts__met__de": "{nobody}."}, "rules.size.texts.met"),
        ({"rules__size__texts__met__de": "{"}, "rules.size.texts.met"),
        ({"rules__size__colour": "red"}, "rules.size.colour"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_damage_is_named(change, place):
    with pytest.raises(DataError) as caught:
        parsed(**change)
    assert str(caught.value).startswith(f"{place}:")


# ── statutes and treaties ───────────────────────────────────────────────────────────────────────────────

STATES = [f"{number:02d}" for number in range(1, 17)]


def test_every_state_has_an_entry():
    assert sorted(load_statutes()) == STATES


@pytest.mark.parametrize("state", STATES)
def test_forms_of_a_statute_are_known(state):
    statute = load_statutes()[state]
    assert set(statute.forms) <= set(load_legal_forms())
    assert statute.as_of <= datetime.date(2026, 11, 22)


def test_hesse_tells_approval_from_notice():
    forms = load_statutes()["06"].forms
    assert forms["delegating-agreement"].supervision == Supervision.APPROVAL
    assert forms["mandating-agreement"].supervision == Supervision.NOTICE


def test_agreement_stands_for_both_of_its_kinds():
    assert {"mandating-agreement", "delegating-agreement"} <= set(load_statutes()["05"].forms)
    assert "public-law-agreement" not in load_statutes()["05"].forms


def test_lower_saxony_has_no_working_group_in_its_statute():
    assert "joint-working-group" not in load_statutes()["03"].forms


def test_saarland_is_not_verified():
    assert load_statutes()["10"].statement.mark == Mark.UNVERIFIED


def test_treaties():
    assert treaty_between(["09", "16"]) is not None
    assert treaty_between(["16", "09"], "mandating-agreement") is not None
    assert treaty_between(["09", "16"], "joint-institution") is None
    assert treaty_between(["06", "07"]) is None  # that of Rhine-Neckar is for one body only
    assert treaty_between(["03", "04"]) is None  # that of Nordwest too
    assert len(load_treaties()) == 3


def test_damaged_statute_is_named():
    with pytest.raises(DataError, match=r"states\.01\.read"):
        parse_statutes(
            Table(
                {
                    "as_of": datetime.date(2026, 1, 1),
                    "sources": {},
                    "states": {"01": {"forms": [], "statute": "x"}},
                }
            )
        )
