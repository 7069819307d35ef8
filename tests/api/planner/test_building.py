"""Networks that are built around those on board: marked, compared, taken over with a click."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from geoplan import Level
from geoplan.messages import as_written
from geoplan.networks import build_network
from geoplan_api.planner import PlannerContext, PlannerState
from geoplan_api.planner.building import build_panel

STATE = PlannerState(
    unit="05570044", partners=("05570032",), service="heat-planning", panel="build", lang="de"
)


def panel(atlas, state=STATE, lang="de"):
    return build_panel(PlannerContext(atlas=atlas, state=state, lang=lang, base="", desk=False))


@pytest.fixture(scope="module")
def built(atlas):
    return panel(atlas)


def test_the_first_is_what_the_engine_finds(atlas, built):
    found = build_network(atlas, ["05570044"], service="heat-planning", include=["05570032"], alternatives=3)
    assert [{one.id for one in shown.network.members} for shown in built["proposals"]] == [
        {one.id for one in network.members} for network in found.networks
    ]


def test_changed_weights_count(atlas, built):
    weights = {"closeness": 0.0, "size_parity": 50.0}
    found = build_network(
        atlas, ["05570044"], service="heat-planning", include=["05570032"], alternatives=3, weights=weights
    )
    shown = panel(atlas, replace(STATE, weights=tuple(weights.items())))["proposals"]
    assert [one.network.score for one in shown] == [one.score for one in found.networks]
    assert shown[0].network.score != built["proposals"][0].network.score


def test_those_on_board_are_in_and_the_others_are_marked_as_new(built):
    for shown in built["proposals"]:
        assert next(member.unit.id for member in shown.members if not member.new) == "05570044"
        assert {member.unit.id for member in shown.members if not member.new} == {"05570044", "05570032"}


def test_what_differs_from_the_first_is_named(atlas, built):
    title = PlannerContext(atlas=atlas, state=STATE, lang="de", base="", desk=False).title
    first, *others = ({title(one) for one in shown.network.members} for shown in built["proposals"])
    assert others
    for names, shown in zip(others, built["proposals"][1:], strict=True):
        assert set(shown.more) == names - first
        assert set(shown.less) == first - names


def test_taking_one_over_makes_it_the_group(built):
    for shown in built["proposals"]:
        assert set(shown.take.group) == {one.id for one in shown.network.members}
        assert shown.take.unit == "05570044"
        assert not shown.take.panel


def test_who_is_left_out_is_not_proposed_again(atlas, built):
    left_out = next(member for member in built["proposals"][0].members if member.new)
    again = panel(atlas, left_out.without)
    assert again["excluded"] == left_out.unit.name
    assert all(
        left_out.unit.id not in [one.id for one in shown.network.members] for shown in again["proposals"]
    )


def test_each_size_says_what_a_further_member_costs(built):
    sizes = [len(row.variant.members) for row in built["sizes"]]
    assert sizes == sorted(set(sizes))
    for before, row in zip(built["sizes"], built["sizes"][1:], strict=False):
        written = [as_written(one.variant.score, 3) for one in (row, before)]
        assert row.change == pytest.approx(written[0] - written[1])
    numbered = {row.number: row.variant.members for row in built["sizes"] if row.number}
    assert 1 in numbered
    for number, members in numbered.items():
        assert set(members) == {one.id for one in built["proposals"][number - 1].network.members}
    best = {one.name for one in built["proposals"][0].network.members}
    for row in built["sizes"]:
        assert len(row.variant.members) == len(best) + len(row.more) - len(row.less)
        assert best.isdisjoint(row.more)
        assert best.issuperset(row.less)


def test_bounds_are_kept(atlas):
    bounded = PlannerState(
        unit="05570044", service="climate-network", least="6", most="6", within="county", alternatives="2"
    )
    shown = panel(atlas, bounded)["proposals"]
    assert len(shown) == 2
    assert all(len(one.members) == 6 and len(one.network.counties) == 1 for one in shown)


def test_fewer_than_were_asked_for_is_told(atlas):
    """All 13 of a county are one network."""
    few = PlannerState(unit="05570044", service="climate-network", least="13", within="county", lang="de")
    found = panel(atlas, few)
    assert len(found["proposals"]) == 1
    said = "Nur 1 von 3: Kein weiteres Netzwerk unterscheidet sich deutlich von den gezeigten."
    assert found["fewer"].text("de") == said
    assert panel(atlas, replace(few, alternatives="1"))["fewer"] is None


def test_the_form_says_what_is_usual(atlas, client):
    assert panel(atlas, PlannerState(unit="05570044", service="climate-network"))["usual"] == (6, 12)
    asked = client.get(
        "/?unit=05570044&service=climate-network&panel=build&lang=de", headers={"accept": "text/html"}
    )
    form = asked.text.partition('id="panel"')[2]
    assert re.findall(r'placeholder="(\d+)"', form) == ["6", "12"]
    assert "Ohne Angabe werden Netzwerke mit 6 bis 12 Mitgliedern gesucht. An der Quelle geprüft ist" in form


def test_each_proposal_says_whether_it_is_fundable_as_its_checks_stand(atlas, client):
    small = PlannerState(unit="05570044", service="climate-network", least="4", most="4", lang="de")
    for state, size, funding in (
        (small, ("noch 2 bis zur Mindestzahl für die Förderung", "blocker"),
         "wie es steht nicht förderfähig"),
        (replace(small, least="6", most="6"), ("Mindestzahl für die Förderung erreicht", "met"),
         "nichts spricht gegen eine Förderung"),
    ):  # fmt: skip
        for one in panel(atlas, state)["proposals"]:
            signs = {sign.text.text("de"): sign.look for sign in one.standing.signs}
            assert size in signs.items()
            said = next(text for text in signs if text.startswith(funding))
            open_ones = [
                check for check in one.network.checks
                if check.pack == "nki-networks" and check.kind == "requirement" and check.status == "unclear"
            ]  # fmt: skip
            assert "zu klären" not in said or f"noch zu klären: {len(open_ones)} Punkte" in said
            assert one.standing.groups.total() == len(one.network.checks)
    page = client.get(f"/?{replace(small, panel='build').query()}", headers={"accept": "text/html"}).text
    assert page.count("wie es steht nicht förderfähig (Kommunalrichtlinie") == 3


def test_without_a_programme_it_is_said_that_none_is_known(client, built):
    assert not built["programme"]
    page = client.get(f"/?{STATE.query()}", headers={"accept": "text/html"}).text
    assert "Zu diesem Aufgabenfeld ist kein Förderprogramm hinterlegt." in page


def test_proposals_are_numbered_as_they_are_called_elsewhere(client):
    page = client.get(f"/?{STATE.query()}", headers={"accept": "text/html"}).text
    heads = re.findall(r"<h3>(Vorschlag \d)", page)
    assert heads == [f"Vorschlag {number}" for number in range(1, len(heads) + 1)]
    assert "ist Vorschlag 1" in page
    assert "Alternative" not in page


def test_a_county_on_board_is_told_and_breaks_nothing(atlas):
    mixed = panel(atlas, PlannerState(unit="05570044", partners=("05566",), service="climate-network"))
    assert not mixed["proposals"]
    assert "Steinfurt" in mixed["refusal"]


def test_a_county_looks_among_its_own_unless_others_are_asked_for(atlas):
    county = PlannerState(unit="05570", service="climate-network", alternatives="1")
    own = panel(atlas, county)
    assert own["place"] == "own"
    assert {one.unit.county for one in own["proposals"][0].members} == {None, "05570"}
    others = panel(atlas, replace(county, within="counties"))
    assert others["place"] == "counties"
    assert {one.unit.level for one in others["proposals"][0].members} == {Level.COUNTY}
    assert panel(atlas, replace(county, service="business-park"))["place"] == "counties"


def test_the_form_keeps_the_rest_of_the_state(client):
    page = client.get(f"/?{STATE.query()}&min=3&exclude=Bad+Iburg", headers={"accept": "text/html"}).text
    form = re.search(r'<form class="conditions".*?</form>', page, re.S)[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert hidden == {
        "unit": "05570044", "with": "05570032", "service": "heat-planning", "panel": "build", "lang": "de"
    }  # fmt: skip
    assert 'name="min" min="2" max="60" value="3"' in form
    assert 'value="Bad Iburg"' in form


def test_names_that_several_have_stay_keys(village_client):
    page = village_client.get("/?unit=01099001&panel=build&exclude=01099002", headers={"accept": "text/html"})
    assert 'name="exclude" maxlength="2000" autocomplete="off" value="01099002"' in page.text


def test_a_link_of_a_proposal_is_a_group(client):
    page = client.get(f"/?{STATE.query()}", headers={"accept": "text/html"}).text
    link = re.search(r'id="take-1" href="([^"]+)"', page)[1].replace("&amp;", "&")
    group = parse_qs(urlsplit(link).query)["with"][0].split(",")
    assert "05570032" in group
    assert f'<span class="count">{len(group) + 1}</span>' in client.get(link).text
