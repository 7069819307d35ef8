"""What changes from one group to another, in sentences."""

import datetime

import pytest

from geoplan import check_network
from geoplan_api.planner.differing import changes

DAY = datetime.date(2026, 11, 30)
SIX = ("05570044", "05570032", "05570016", "05570048", "05570040", "05570008")
COUNTY, APART = "05570", "05570020"


@pytest.fixture(scope="module")
def told(atlas):
    def sentences(before, after, service="climate-network"):
        groups = [check_network(atlas, group, service=service, on=DAY) for group in (before, after)]
        return [one.text("de") for one in changes(*groups, lambda unit: f"Kreis {unit.name}", "de")]

    return sentences


def test_a_county_that_joins_could_coordinate_and_does_not_spoil_the_fit(told):
    said = told(SIX, (*SIX, COUNTY))
    assert said[0].startswith(("Die Passung steigt", "Die Passung bleibt"))
    assert "Kreis Warendorf könnte koordinieren; das ist ein Vorschlag." in said
    assert "Kreis Warendorf könnte koordinieren; das ist ein Vorschlag." not in told((*SIX, COUNTY), SIX)


def test_money_that_looks_alike_has_not_changed(told):
    assert [one for one in told(SIX, SIX) if "unverändert" in one]
    assert not [one for one in told(SIX, SIX) if "statt" in one or "Neu" in one]
    assert [one for one in told(SIX, SIX[:4]) if " statt " in one]


def test_a_grant_comes_and_goes_with_the_rule_that_decides(told):
    shrunk, grown = told(SIX, SIX[:5]), told(SIX[:5], SIX)
    assert [one for one in shrunk if one.startswith("Die Förderung entfällt")]
    assert [one for one in grown if one.startswith("Eine Förderung wird möglich")]
    assert [one for one in shrunk if one.startswith("Neu nicht erfüllt: ")]
    assert [one for one in grown if one.startswith("Neu erfüllt: ")]


def test_the_area_falls_apart_and_comes_together(told):
    apart, joined = ("05570044", APART), ("05570044", "05570032")
    assert "Das Gebiet zerfällt in 2 Teile." in told(joined, apart)
    assert "Das Gebiet wird zusammenhängend." in told(apart, joined)
    assert "Das Gebiet bleibt zusammenhängend." in told(joined, joined)
    assert "Das Gebiet ist nicht zusammenhängend: 2 Teile." in told(apart, apart)


def test_a_hint_is_told_by_what_it_says_not_as_missed(told):
    said = told(SIX, (*SIX, COUNTY))
    assert "Zu bedenken: Tritt Kreis Warendorf aus, zerfällt das Gebiet." in said
    assert not [one for one in said if one.startswith("Neu nicht erfüllt")]


def test_one_member_alone_has_no_fit(told):
    assert not [one for one in told(SIX[:1], SIX) if "Passung" in one]
