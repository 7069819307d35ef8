"""Whether a network is fundable is told as the rules have it, and no surer."""

import datetime
from decimal import Decimal

import pytest

from geoplan import check_network
from geoplan.networks.cost_range import CostRange
from geoplan.networks.fundable import funding_answer, funding_in_short

MEMBERS = ["m0", "m1", "m6", "m7", "m12", "m13"]
DAY = datetime.date(2026, 11, 22)


def answer(squares, members=MEMBERS, *, service="climate-network", on=DAY, lang="de"):
    return funding_answer(check_network(squares, members, service=service, on=on), lang)


def test_what_is_unclear_is_named_as_to_be_proven(squares):
    said = answer(squares)
    assert said.startswith(
        "Nach heutigem Stand spricht nichts gegen eine Förderung (Kommunalrichtlinie 4.1.5"
    )
    assert "Teilnahme vertraglich gesichert" in said
    assert "Vorläufig: Schätzung" in said


def test_too_few_members_are_not_fundable(squares):
    said = answer(squares, MEMBERS[:3])
    assert said.startswith("Nach heutigem Stand nicht förderfähig")
    assert "Nur 3 Teilnehmer" in said


@pytest.mark.parametrize("day", [datetime.date(2028, 1, 1), datetime.date(2020, 1, 1)])
def test_a_closed_programme_says_so(squares, day):
    assert "not in force" in answer(squares, on=day, lang="en")


def test_without_a_programme_nothing_is_said(squares):
    assert answer(squares, service="business-park") is None


@pytest.mark.parametrize(
    ("members", "service", "on", "said"),
    [
        (MEMBERS, "climate-network", DAY, "Nach heutigem Stand spricht nichts gegen eine Förderung ({})"),
        (MEMBERS[:3], "climate-network", DAY, "Nach heutigem Stand nicht förderfähig ({})."),
        (MEMBERS, "climate-network", datetime.date(2028, 1, 1), "{}: Die Förderregel gilt"),
    ],
)
def test_the_short_answer_says_the_same(squares, members, service, on, said):
    short = funding_in_short(check_network(squares, members, service=service, on=on)).text("de")
    assert short.startswith(said.format("Kommunalrichtlinie 4.1.5: kommunale Netzwerke"))
    assert len(short) <= len(answer(squares, members, service=service, on=on))
    assert funding_in_short(check_network(squares, members, service="business-park", on=on)) is None


def test_estimates_are_rounded_to_three_figures():
    rounded = CostRange(low=Decimal("174896.20"), high=Decimal("178500.00")).rounded
    assert (rounded.low, rounded.high) == (175000, 179000)
