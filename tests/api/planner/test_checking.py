"""The check of a group: what is missed first, what it costs, and every assumption open to change."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from geoplan.networks.cost_model import load_cost_model
from geoplan.rules import Group, RuleKind, Status, group_of
from geoplan_api.planner import PlannerContext, PlannerState
from geoplan_api.planner.checking import FITS, GRANTS, KINDS, check_panel, short_source

GROUP = ("05570032", "05570028")
HTML = {"accept": "text/html"}


def context(atlas, **said):
    state = PlannerState(unit="05570044", partners=GROUP, panel="check", lang="de", **said)
    return PlannerContext(atlas=atlas, state=state, lang="de", base="", desk=False)


def test_checks_are_grouped_and_complete(atlas):
    asked = context(atlas)
    groups = check_panel(asked)["groups"]
    assert [status for status, _, _ in groups] == list(Group)
    shown = [line.check.rule for _, _, lines in groups for line in lines]
    assert sorted(shown) == sorted(check.rule for check in asked.network.checks)
    for status, _, lines in groups:
        kinds = [line.check.kind for line in lines]
        assert kinds == sorted(kinds, key=list(KINDS).index)
        assert all(group_of(line.check) == status for line in lines)


def test_red_is_for_missed_requirements_only(atlas):
    lines = [line for _, _, lines in check_panel(context(atlas))["groups"] for line in lines]
    assert {line.check.rule for line in lines if line.blocker} == {"nki-networks.min-participants"}
    for line in lines:
        assert line.blocker == (
            line.check.kind == RuleKind.REQUIREMENT and line.check.status == Status.MISSED
        )


def test_without_a_service_it_says_what_it_is_checked_for(client):
    asked = "/?unit=05570044&with=05570032&panel=check&lang=de"
    assert "kein Aufgabenfeld gewählt" in client.get(asked, headers=HTML).text
    assert "kein Aufgabenfeld gewählt" not in client.get(asked + "&service=it", headers=HTML).text


def test_a_changed_assumption_changes_the_cost_and_stays_in_the_address(client, atlas):
    answer = client.get(
        "/?unit=05570044&with=05570032&panel=check&a_years=6&a_hour_low_eur=55&lang=de", headers=HTML,
        follow_redirects=False,
    )  # fmt: skip
    assert answer.status_code == 303
    said = parse_qs(urlsplit(answer.headers["location"]).query)
    assert said["assume"] == ["years:6"]
    page = client.get(answer.headers["location"], headers=HTML).text
    assert "in 6 Jahren" in page
    assert re.search(r'<details id="assumptions" open', page)
    usual, longer = context(atlas).network.cost, context(atlas, assumed=(("years", "6"),)).network.cost
    assert longer.total.high > usual.total.high
    assert longer.yearly == usual.yearly


def test_a_decimal_comma_is_read(client):
    answer = client.get("/?unit=05570044&a_hours_factor_low=0,8", headers=HTML, follow_redirects=False)
    assert parse_qs(urlsplit(answer.headers["location"]).query)["assume"] == ["hours_factor_low:0.8"]


def test_every_assumption_has_its_field(client, atlas):
    page = client.get("/?unit=05570044&with=05570032&panel=check", headers=HTML).text
    fields = set(re.findall(r'name="a_([\w.]+)"', page))
    assert fields == {one.key for one in context(atlas).network.cost.assumptions}
    assert fields <= set(load_cost_model().assumptions)


def test_assumptions_are_written_and_read_as_the_language_does(client):
    asked = "/?unit=05570044&with=05570032&panel=check&lang=de"
    page = client.get(asked, headers=HTML).text
    fields = page[page.index('id="assumptions"') :]
    assert re.search(r'name="a_saving_high" value="0,15"> <span class="unit">Anteil<', fields)
    assert set(re.findall(r'class="unit">([^<]*)<', fields)) <= {
        "€", "Faktor", "Jahre", "Anteil", "Stunden", "Stunden im Jahr"
    }  # fmt: skip
    # What most of them rest on is said once.
    assert fields.count("planerische Einschätzung (Annahme, im Planer zu ändern)") == 1
    # Sent as they stand, they are no change; a German number is read as one.
    kept = dict(re.findall(r'name="(a_[\w.]+)" value="([^"]*)"', fields))
    for changes, wanted in (({}, []), ({"a_hour_high_eur": "1.085,5"}, ["hour_high_eur:1085.5"])):
        answer = client.get(asked, params=kept | changes, headers=HTML, follow_redirects=False)
        address = answer.headers.get("location", str(answer.url))
        assert parse_qs(urlsplit(address).query).get("assume", []) == wanted


def test_what_only_partners_know_leads_to_where_it_is_stated(client):
    asked = "/?unit=05570044&with=05570032&panel=check&lang=de"
    assert "wissen nur die Beteiligten" in client.get(asked, headers=HTML).text
    assert "panel=save" in client.get(asked, headers=HTML).text


def test_shares_by_inhabitants_follow_them(atlas):
    cost = context(atlas, key="population").network.cost
    assert cost.shares_low["05570028"] > cost.shares_low["05570032"]
    equal = context(atlas).network.cost
    assert equal.shares_low["05570028"] - equal.shares_low["05570032"] in (-1, 0, 1)


def test_an_unknown_number_of_inhabitants_is_told(village_client):
    page = village_client.get(
        "/?unit=01099002&with=02099002&panel=check&key=population&lang=de", headers=HTML
    ).text
    assert 'class="refusal"' in page
    assert "Gezeigt wird stattdessen" in page


def test_the_dossier_is_of_this_group(client):
    page = client.get(
        "/?unit=05570044&with=05570032&panel=check&service=it&depth=shared-task&key=mixed&lang=de",
        headers=HTML,
    ).text
    link = re.search(r'href="(/api/v1/dossier\?[^"]+format=json)"', page)[1].replace("&amp;", "&")
    assert parse_qs(urlsplit(link).query) == {
        "members": ["05570032,05570044"], "service": ["it"], "seeds": ["05570044"],
        "depth": ["shared-task"], "key": ["mixed"], "lang": ["de"], "format": ["json"],
    }  # fmt: skip
    assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("https://www.klimaschutz.de/de/foerderung", ("klimaschutz.de", "https://www.klimaschutz.de/de/foerderung")),
        ("geoplan: Einordnung des Projekts", ("geoplan: classification by the project", None)),
        ("javascript:alert(1)", ("javascript:alert(1)", None)),
        (None, ("", None)),
    ],
)  # fmt: skip
def test_a_source_is_shown_by_its_host(source, shown):
    assert short_source(source, "en") == shown


def test_every_fit_and_grant_has_words():
    assert FITS[-1][0] == 0
    assert list(FITS) == sorted(FITS, key=lambda one: -one[0])
    assert len(GRANTS) == 4


def test_estimates_are_rounded_as_in_the_dossier_the_lower_first(client):
    page = client.get("/?unit=05570044&with=05570032&panel=check&lang=de", headers=HTML).text
    low, high = re.search(
        r'<p class="total">rund ([\d.]+) bis ([\d.]+)\u00a0€ in 3 Jahren</p>', page
    ).groups()
    for amount in (low, high):
        digits = amount.replace(".", "")
        assert set(digits[3:]) == {"0"}
    assert int(low.replace(".", "")) < int(high.replace(".", ""))
