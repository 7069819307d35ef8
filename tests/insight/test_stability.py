import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.insight import stabilities, stability
from geoplan.insight.scoreboard import FIRST, Scoreboard
from geoplan.suggestions import TYPES

MUNICIPALITIES = [f"m{number:02d}" for number in range(32) if number != 12]


@pytest.mark.property
@given(st.sampled_from(MUNICIPALITIES), st.sampled_from(TYPES))
def test_shares_of_weightings_fill_five_places(ask, unit, kind):
    board = Scoreboard.of(ask(unit, type=kind))
    if not board.sheets:
        return
    shares = stability(board, draws=200)
    assert ((shares >= 0) & (shares <= 1)).all()
    assert shares.sum() == pytest.approx(min(FIRST, len(board.units)))


def test_who_is_best_in_every_criterion_is_always_among_the_first(ask):
    """The neighbours in the county are as near as can be, border most, and nobody outdoes them."""
    kept = ("closeness", "border_share", "same_county")
    criteria = Scoreboard.of(ask("m09", type="horizontal-rural")).sheets[0].criteria
    out = {key: 0.0 for key in criteria if key not in kept}
    board = Scoreboard.of(ask("m09", type="horizontal-rural", weights=out))
    degree = board.sheets[0].degree
    dominates = (degree[:, :, None] >= degree[:, None, :]).all(axis=(0, 2))
    best = board.sheets[0].ranking.view.candidates[dominates]
    assert len(best) == 3
    shares = stability(board)
    assert [shares[board.place(row)] for row in best.tolist()] == [1.0, 1.0, 1.0]


def test_with_one_criterion_nothing_can_vary(ask):
    criteria = Scoreboard.of(ask("m09", type="horizontal-rural")).sheets[0].criteria
    out = {key: 0.0 for key in criteria if key != "closeness"}
    board = Scoreboard.of(ask("m09", type="horizontal-rural", weights=out))
    assert board.sheets[0].criteria == ("closeness",)
    assert set(stability(board).tolist()) == {0.0, 1.0}


def test_a_list_of_five_is_stable(ask):
    assert set(stabilities(ask("c0", type="horizontal-rural")).values()) == {1.0}


def test_the_same_question_has_the_same_stability(ask):
    assert stabilities(ask("m09")) == stabilities(ask("m09"))


def test_what_ties_the_fifth_place_varies(ask):
    shares = stabilities(ask("m09", type="horizontal-rural"))
    assert any(0 < share < 1 for share in shares.values())
