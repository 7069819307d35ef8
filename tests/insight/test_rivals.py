"""What parts two who follow one another in a list, in words."""

import pytest

from geoplan import suggest
from geoplan.insight import Difference, Rival, explain
from geoplan.messages import Message, format_number

TELGTE = "05570044"


def difference(own, theirs, own_reason=None, their_reason=None):
    reasons = {"own_reason": own_reason, "their_reason": their_reason}
    return Difference(criterion="closeness", own=own, theirs=theirs, **reasons)


def test_whom_a_criterion_favours_is_named_first():
    near, far = Message("near"), Message("far")
    assert [str(one) for one in difference(0.3, 0.1, near, far).reasons] == ["near", "far"]
    assert [str(one) for one in difference(0.1, 0.3, near, far).reasons] == ["far", "near"]
    assert [str(one) for one in difference(0.3, 0.0, near).reasons] == ["near", "not counted here"]
    assert difference(0.1, 0.3).lead == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("gap", "ahead", "said"),
    [
        (-0.031, True, "Dorf (Rang 2) liegt mit einer Passung von 0,70 um 0,03 davor"),
        (0.031, False, "Dorf (Rang 2) liegt mit einer Passung von 0,70 um 0,03 dahinter"),
        (0.004, False, "Dorf (Rang 2) liegt mit einer Passung von 0,70 praktisch gleichauf"),
        # What is written differs by what is written of it: 0,70 and 0,69, and 0,70 and 0,71.
        (-0.0055, True, "Dorf (Rang 2) liegt mit einer Passung von 0,70 um 0,01 davor"),
        (0.0149, False, "Dorf (Rang 2) liegt mit einer Passung von 0,70 um 0,01 dahinter"),
        (0.0151, False, "Dorf (Rang 2) liegt mit einer Passung von 0,70 um 0,02 dahinter"),
    ],
)
def test_where_a_rival_stands_in_german(grid, gap, ahead, said):
    unit = grid.unit("m01")
    rival = Rival(
        unit=unit,
        rank=2,
        between=0,
        beside=None,
        same_criteria=True,
        ahead=ahead,
        score=0.7,
        gap=gap,
        differences=(),
    )
    assert rival.text.text("de") == said.replace("Dorf", unit.title)


def test_who_stands_between_in_another_form_is_named(atlas):
    answer = suggest(atlas, TELGTE, service="heat-planning", limit=20).suggestions
    forms = [(one.type, one.role) for one in answer]
    place = next(
        at for at in range(1, len(answer)) if forms[at] != forms[at - 1] and forms[at] in forms[: at - 1]
    )
    ahead = explain(atlas, TELGTE, answer[place].unit.id, service="heat-planning").rivals[0]
    assert ahead.between >= 1
    assert ahead.beside.unit.id == answer[place - 1].unit.id
    score = format_number(answer[place - 1].score, 2, "de")
    assert ahead.beside.text.text("de") == (
        f"Auf Rang {place} steht Kreis Warendorf ({score}) als Koordinator;"
        " diese Form hat eigene Kriterien, die Werte sind nur grob vergleichbar"
    )
    first = explain(atlas, TELGTE, answer[0].unit.id, service="heat-planning").rivals[0]
    assert (first.ahead, first.beside is None) == (False, first.between == 0)


def test_a_town_is_told_from_the_county_in_the_list(atlas):
    answer = suggest(atlas, TELGTE, service="heat-planning", limit=20).suggestions
    place = next(at for at, one in enumerate(answer) if one.unit.id == "05570052")
    said = explain(atlas, TELGTE, answer[place + 1].unit.id, service="heat-planning").rivals[0].text
    assert said.text("de").startswith(f"Warendorf (Stadt) (Rang {place + 1})")


def test_only_what_one_sees_gives_or_costs(grid):
    seen, unseen, costly = difference(0.2, 0.1), difference(0.204, 0.2), difference(0.1, 0.2)
    rival = Rival(
        unit=grid.unit("m01"),
        rank=2,
        between=0,
        beside=None,
        same_criteria=True,
        ahead=True,
        score=0.7,
        gap=0.0,
        differences=(seen, costly, unseen),
    )
    assert (rival.gives, rival.costs) == ((seen,), (costly,))
