"""How much a place in the list depends on the weights: the share of other weightings that keep it."""

from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from geoplan.insight.scoreboard import FIRST, Scoreboard, Sheet
from geoplan.suggestions.suggest import Inquiry

FloatArray = NDArray[np.float64]

DRAWS = 1000
CONCENTRATION = 20.0
SEED = 20261122


def stability(board: Scoreboard, *, draws: int = DRAWS) -> FloatArray:
    """(u,) share of weightings under which each unit of a list is among the first five.

    Each set of weights ``w`` (adding up to 1) is drawn ``draws`` times from a Dirichlet distribution
    with the parameters ``20·w``, seeded: its mean is ``w``, and a criterion with half of the say varies
    with a standard deviation of 0.11, one with a tenth of the say with 0.07. That is as far as two
    planners with the same aim differ; a concentration of 20 is our judgement (mark D), not measured.
    A list of at most five units gives 1 for each.
    """
    count = len(board.units)
    if count <= FIRST:
        return np.ones(count)
    scores = board.merged(lambda sheet: sheet.scores(_drawn(sheet, draws)))
    scores -= 1e-12 * board.tie  # who is nearer comes first among equals, as in the list
    fifth = np.partition(scores, count - FIRST, axis=1)[:, count - FIRST]
    share: FloatArray = (scores >= fifth[:, None]).mean(axis=0)
    return share


def stabilities(inquiry: Inquiry) -> dict[str, float]:
    """:func:`stability` of all candidates of an inquiry, by id."""
    board = Scoreboard.of(inquiry)
    ids = inquiry.question.atlas.units.ids
    shares = stability(board).tolist() if board.sheets else []
    return {ids[row]: share for row, share in zip(board.units.tolist(), shares, strict=True)}


def _drawn(sheet: Sheet, draws: int) -> FloatArray:
    """(draws, k) weightings around those of a sheet; a set is drawn alike whatever is beside it."""
    if not sheet.criteria:
        return np.zeros((draws, 0))
    shares = sheet.weight / sheet.weight.sum()
    return _weightings(sheet.ranking.proposal.weight_set, tuple(shares.tolist()), draws)


@lru_cache(maxsize=256)
def _weightings(name: str, shares: tuple[float, ...], draws: int) -> FloatArray:
    generator = np.random.default_rng([SEED, crc32(name.encode())])
    drawn: FloatArray = generator.dirichlet(CONCENTRATION * np.array(shares), draws)
    drawn.setflags(write=False)
    return drawn
