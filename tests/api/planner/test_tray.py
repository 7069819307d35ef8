"""The tray: what speaks against the group at once, in a few words."""

import re
from dataclasses import replace

import pytest

from geoplan.networks import check_network
from geoplan_api.planner import PlannerContext, PlannerState
from geoplan_api.planner.tray import LOOKS, county_to_join, in_order, next_step, tray


def context(atlas, unit, *partners, service=""):
    state = PlannerState(unit=unit, partners=partners, service=service, lang="de")
    return PlannerContext(atlas=atlas, state=state, lang="de", base="", desk=False)


def said(atlas, unit, *partners, service=""):
    return {
        sign.text.text("en"): sign.look
        for sign in tray(context(atlas, unit, *partners, service=service)).signs
    }


def test_one_alone_is_no_group(atlas):
    assert tray(context(atlas, "05570044")) is None


@pytest.mark.parametrize("count", [1, 2, 4])
def test_it_says_how_many_are_lacking(atlas, count):
    others = ("05570032", "05570016", "05570048", "05570040")[:count]
    assert f"federal funding: {5 - count} members short" in said(atlas, "05570044", *others)


def test_six_are_enough(atlas):
    signs = said(atlas, "05570044", "05570032", "05570016", "05570048", "05570040", "05570008")
    assert signs["federal funding: enough members"] == "met"


def test_pieces_are_named(atlas):
    signs = said(atlas, "05570044", "05570028", service="heat-planning")
    assert "2 separate pieces: Oelde | Telgte" in signs


def test_a_gap_blocks_where_the_area_has_to_be_connected(atlas):
    signs = said(atlas, "05570044", "05570028", service="waste")
    check = next(
        one for one in check_network(atlas, ["05570044", "05570028"], service="waste").checks
        if one.rule == "contiguity"
    )  # fmt: skip
    look = next(look for text, look in signs.items() if "separate pieces" in text)
    assert (look == "blocker") == (check.status == "missed")


def test_the_worst_comes_first_and_all_checks_are_counted(atlas):
    asked = context(atlas, "05570044", "05570028", service="climate-network")
    found = tray(asked)
    assert [sign.look for sign in found.short] == ["blocker", "unclear"]
    looks = [LOOKS.index(sign.look) for sign in found.signs]
    assert looks == sorted(looks)
    assert sum(found.groups.values()) == len(asked.network.checks)
    hints = [check for check in asked.network.checks if check.kind == "hint"]
    assert hints
    assert found.groups["hint"] == len(hints)
    assert in_order(asked.network)[0].status == "missed"


def test_the_county_can_join_once(atlas):
    unit, name = county_to_join(context(atlas, "05570044"))
    assert (unit.id, name) == ("05570", "Kreis Warendorf")
    assert county_to_join(context(atlas, "05570044", "05570")) is None
    assert county_to_join(context(atlas, "05570")) is None
    assert county_to_join(context(atlas, "05515000")) is None


SIX = ("05570044", "05570032", "05570016", "05570048", "05570040", "05570008")


@pytest.mark.parametrize(
    ("members", "panel", "leads"),
    [
        (SIX[:1], "", "build"), (SIX[:3], "", "build"), (SIX[:3], "check", "build"), (SIX[:3], "build", ""),
        (SIX, "", "check"), (SIX, "white-spots", "check"), (SIX, "check", "save"), (SIX, "save", ""),
        (SIX, "compare", ""),
    ],
)  # fmt: skip
def test_one_button_leads_on(atlas, members, panel, leads):
    asked = context(atlas, *members, service="climate-network")
    assert next_step(replace(asked, state=replace(asked.state, panel=panel))) == leads


@pytest.mark.parametrize("panel", ["", "build", "check", "save", "compare", "embed"])
def test_at_most_one_button_of_the_tray_is_dark(client, panel):
    members = ",".join(SIX[1:])
    html = client.get(f"/?unit={SIX[0]}&with={members}&panel={panel}&lang=de").text
    shown = re.search(r'<section id="tray".*?</section>', html, re.S)[0]
    # What stands at once on a phone is that one too; an open panel has a button of its own for it.
    assert shown.count("-at-once") == (panel in ("", "check"))
    dark = re.findall(r'<a class="button" id="([\w-]+)"', shown)
    assert dark == {"": ["open-check"], "check": ["open-save"]}.get(panel, [])
    assert re.findall(r'id="open-(\w+)"[^>]*aria-current="true"', shown) == (
        [panel] if panel not in ("", "compare") else []
    )


def test_the_closed_tray_of_a_phone_names_its_members(client):
    summary = re.search(
        r"<summary>.*?</summary>",
        client.get(f"/?unit={SIX[0]}&with={SIX[1]}&lang=de").text.partition('id="tray-sheet"')[2],
        re.S,
    )[0]
    assert "Telgte, Ostbevern" in summary
