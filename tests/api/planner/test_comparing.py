"""Two groups side by side; above all: what changes if the county joins?"""

import re
from dataclasses import replace

import pytest

from geoplan.messages import format_number
from geoplan_api.planner import PlannerContext, PlannerState
from geoplan_api.planner.comparing import compare_panel

HTML = {"accept": "text/html"}


def panel(atlas, state):
    return compare_panel(PlannerContext(atlas=atlas, state=state, lang="de", base="", desk=False))


def test_who_is_where(atlas):
    state = PlannerState(
        unit="05570044", partners=("05570032", "05570008"), pinned=("05570044", "05570032", "05570028")
    )
    found = panel(atlas, state)
    assert {one.id for one in found["both"]} == {"05570044", "05570032"}
    assert [one.id for one in found["only_first"]] == ["05570028"]
    assert [one.id for one in found["only_second"]] == ["05570008"]
    assert not found["alike"]


def test_a_figure_differs_where_its_values_do(atlas):
    state = PlannerState(unit="05570044", partners=("05570032",), pinned=("05570044",))
    figures = {str(one.label): one for one in panel(atlas, state)["figures"]}
    assert figures["Inhabitants"].differs
    assert not figures["States"].differs
    assert figures["Fit"].values[0] == "–"


def test_money_says_over_which_time_and_what_is_left_after_a_grant(atlas):
    six = ("05570044", "05570032", "05570016", "05570048", "05570040", "05570008")
    state = PlannerState(
        unit="05570044", partners=six[1:], pinned=("05570044", "05570032"), service="climate-network"
    )
    shown = {one.label.text("de"): one.values for one in panel(atlas, state)["figures"]}
    assert re.fullmatch(r"rund [\d.]+ bis [\d.]+\u00a0€", shown["Kosten insgesamt, in 3 Jahren"][0])
    grant, left = (shown[f"{what}, in 3 Jahren"] for what in ("Förderung", "Nach Förderung bleiben"))
    assert grant[0] == "keine"
    assert grant[1].startswith("rund ")
    assert left[0] == shown["Kosten insgesamt, in 3 Jahren"][0]
    assert left[1] != shown["Kosten insgesamt, in 3 Jahren"][1]
    other = panel(atlas, replace(state, service="waste"))["figures"]
    assert not any("Förderung" in one.label.text("de") for one in other)


def test_only_checks_that_differ_are_told(atlas):
    six = ("05570044", "05570032", "05570016", "05570048", "05570040", "05570008")
    state = PlannerState(unit="05570044", partners=("05570032",), pinned=six, service="climate-network")
    pairs = panel(atlas, state)["checks"]
    assert pairs
    assert all(len({None if one is None else one.check.status for one in pair.cells}) == 2 for pair in pairs)
    assert "nki-networks.min-participants" in [pair.cells[1].check.rule for pair in pairs if pair.cells[1]]


def test_the_county_joins_in_two_clicks(client):
    page = client.get("/?unit=05570044&with=05570032&lang=de", headers=HTML).text
    link = re.search(r'id="join-county" href="([^"]+)"', page)[1].replace("&amp;", "&")
    compared = client.get(link, headers=HTML)
    assert compared.status_code == 200
    assert "Kreis Warendorf" in re.search(r'<div class="side-b">.*?</div>', compared.text, re.S)[0]
    assert "A: derzeit, B: mit Kreis Warendorf" in compared.text
    assert "Mit B weiter (mit Kreis Warendorf)" in compared.text
    assert "Bei A bleiben (derzeit)" in compared.text
    assert 'class="refusal"' not in compared.text
    assert 'id="join-county"' not in compared.text


def test_closing_the_question_forgets_it_and_what_was_kept_stays(client):
    def closed(pinned):
        page = client.get(f"/?unit=05570044&with=05570032&pin={pinned}&panel=compare&lang=de", headers=HTML)
        return re.search(r'id="close-panel" href="([^"]+)"', page.text)[1]

    assert "pin=" not in closed("05570044,05570032,05570")
    assert "pin=" in closed("05570044,05570032,05570028")
    asked_before = "/?unit=05570044&with=05570032,05570028&pin=05570044,05570032,05570&lang=de"
    assert 'id="join-county"' in client.get(asked_before, headers=HTML).text


@pytest.mark.parametrize(
    ("pinned", "names"),
    [
        (("05570044", "05570032", "05570"), ["derzeit", "mit Kreis Warendorf"]),
        (("05570044",), ["ohne Ostbevern", "derzeit"]),
        (("05570044", "05570032", "05570028"), ["mit Oelde", "derzeit"]),
        (("05570044", "05570028"), ["gemerkt", "derzeit"]),
    ],
)
def test_the_groups_are_named_by_what_tells_them_apart_and_read_forwards(atlas, pinned, names):
    found = panel(atlas, PlannerState(unit="05570044", partners=("05570032",), pinned=pinned))
    assert [side.name.text("de") for side in found["sides"]] == names
    assert [len(network.members) for network in found["comparison"].networks] == [
        len(side.group) for side in found["sides"]
    ]


def test_swapping_twice_changes_nothing():
    state = PlannerState(
        unit="05570044", partners=("05570032",), pinned=("05570044", "05570028"), panel="compare"
    )
    assert state.swap().swap() == state
    assert state.swap().group == state.pinned


def test_without_a_kept_group_it_says_how(atlas, client):
    assert panel(atlas, PlannerState(unit="05570044"))["comparison"] is None
    page = client.get("/?unit=05570044&with=05570032&panel=compare&lang=de", headers=HTML).text
    assert 'id="pin-now"' in page


def test_a_slip_in_an_assumption_is_told_and_the_groups_are_shown(atlas):
    state = PlannerState(
        unit="05570044", partners=("05570032",), pinned=("05570044",), assumed=(("years", "x"),)
    )
    found = panel(atlas, state)
    assert found["refusal"]
    assert found["comparison"] is not None


def test_the_county_says_what_it_would_be(atlas):
    found = panel(
        atlas, PlannerState(unit="05570044", partners=("05570032",), pinned=("05570044", "05570032", "05570"))
    )
    (row,) = (one for one in found["figures"] if one.label.text("de").startswith("Rolle des Kreises"))
    assert row.values == ("nicht dabei", "Koordination")
    alone = panel(
        atlas, PlannerState(unit="05570044", partners=("05570032",), pinned=("05570044", "05570028"))
    )
    assert row.label.text("de") not in [one.label.text("de") for one in alone["figures"]]


def test_changed_weights_count_for_networks_as_for_the_list(atlas):
    usual = PlannerState(unit="05570044", partners=("05570032", "05570008"), pinned=("05570044", "05570032"))
    changed = replace(usual, weights=(("closeness", 0.0), ("size_parity", 50.0)))
    fits = [panel(atlas, state)["figures"][0].values for state in (usual, changed)]
    assert fits[0] != fits[1]
    context = PlannerContext(atlas=atlas, state=changed, lang="de", base="", desk=False)
    assert format_number(context.network.score, 2, "de") == fits[1][1]
