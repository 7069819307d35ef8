import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan import suggest
from geoplan.insight.scoreboard import Scoreboard
from geoplan.suggestions import TYPES

MUNICIPALITIES = [f"m{number:02d}" for number in range(32) if number != 12]


@pytest.mark.property
@given(st.sampled_from(MUNICIPALITIES), st.sampled_from(TYPES), st.sampled_from([None, "heat-planning"]))
def test_the_board_has_the_ranks_and_scores_of_the_list(grid, ask, unit, kind, service):
    answer = suggest(grid, unit, type=kind, service=service, limit=1000)
    board = Scoreboard.of(ask(unit, type=kind, service=service))
    if not board.sheets:
        assert not answer.suggestions
        return
    assert len(board.units) == len(answer.suggestions)
    for rank, one in enumerate(answer.suggestions, start=1):
        column = board.place(grid.row(one.unit.id))
        assert (board.rank(column), board.score[column]) == (rank, one.score)
    leaders = [grid.units.ids[board.units[column]] for column in board.leaders(7)]
    assert leaders == [one.unit.id for one in answer.suggestions[:7]]


def test_scores_under_the_used_weights_are_those_of_the_ranking(ask):
    for sheet in Scoreboard.of(ask("m09")).sheets:
        again = sheet.scores(sheet.weight[None, :])[0]
        assert all(
            math.isclose(*pair, abs_tol=1e-12) for pair in zip(again, sheet.ranking.score, strict=True)
        )


def test_who_is_not_on_the_board_has_no_place(grid, ask):
    assert Scoreboard.of(ask("m09", type="horizontal-rural")).place(grid.row("m12")) is None


def test_the_best_sheet_of_a_unit_holds_its_score(ask):
    board = Scoreboard.of(ask("m09", type="horizontal"))
    for column in range(len(board.units)):
        sheet, place = board.best_sheet(column)
        assert sheet.ranking.score[place] == board.score[column]
