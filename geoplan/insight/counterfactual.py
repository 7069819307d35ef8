"""What would have to be otherwise for a candidate to be among the first: one fact, or one weight."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.criteria import CRITERIA
from geoplan.insight.hypothesis import Fact, facts
from geoplan.insight.scoreboard import FIRST, Scoreboard, Sheet
from geoplan.messages import Message
from geoplan.suggestions.weights import MAX_WEIGHT

FloatArray = NDArray[np.float64]

VALUE, WEIGHT = "value", "weight"
WEIGHTS_TRIED = 120
LEAST_WEIGHT = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterfactual:
    """One change that would lift a candidate into the first five, all else being equal."""

    kind: str
    """``value`` (a fact about the candidate) or ``weight`` (how much a criterion counts)."""
    about: str
    """The criterion; ``population`` for what several criteria look at."""
    unit: str
    current: float
    needed: float
    change: float
    """How large the change is, 0 … 1: of the degrees by the weight they have, or of the weight's share."""
    rank: int
    """Where the candidate would stand."""
    text: Message

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The change as JSON."""
        return {
            "kind": self.kind, "about": self.about, "unit": self.unit, "current": self.current,
            "needed": self.needed, "change": self.change, "rank": self.rank, "text": self.text.text(lang),
        }  # fmt: skip


def counterfactuals(board: Scoreboard, column: int) -> tuple[Counterfactual, ...]:
    """The smallest single changes that would each lift a candidate into the first five, smallest first.

    For every fact about the candidate and every weight the smallest change is kept; each is checked by
    scoring again. Empty for who is among the first five already, and where no single change would do.
    """
    if board.rank(column) <= FIRST:
        return ()
    sheet, place = board.best_sheet(column)
    found = [*_by_value(board, column, sheet, place), *_by_weight(board, column, sheet)]
    return tuple(sorted(found, key=lambda one: one.change))


def _by_value(board: Scoreboard, column: int, sheet: Sheet, place: int) -> Iterator[Counterfactual]:
    weight = sheet.ranking.weight[:, place]
    base = sheet.degree[:, place]
    for fact in facts(sheet, place):
        for value in fact.alternatives:
            degree = base.copy()
            for key, changed in fact.degrees(value).items():
                degree[sheet.criteria.index(key)] = changed
            score = np.array([np.clip(weight @ degree, 0.0, 1.0)])
            rank = int(board.ranks(board.score[None, :], column, score)[0])
            if rank <= FIRST:
                yield Counterfactual(
                    kind=VALUE, about=fact.key, unit=fact.unit, current=fact.current, needed=value,
                    change=float(weight @ np.abs(degree - base)), rank=rank, text=_fact_text(fact, value),
                )  # fmt: skip
                break


def _by_weight(board: Scoreboard, column: int, sheet: Sheet) -> Iterator[Counterfactual]:
    total = sheet.weight.sum()
    for number, key in enumerate(sheet.criteria):
        current = float(sheet.weight[number])
        values = _weights_around(current)
        scores = board.merged(partial(_scores_with, key=key, values=values))
        ranks = board.ranks(scores, column)
        shares = values / (total - current + values) if total > current else np.ones(len(values))
        change = np.abs(shares - current / total)
        lifting = np.flatnonzero((ranks <= FIRST) & (values != current))
        if not len(lifting):
            continue
        best = int(lifting[np.argmin(change[lifting])])
        text = Message(
            "if the weight of “{criterion}” were {needed:n2} instead of {current:n2}",
            criterion=CRITERIA[key].label, needed=float(values[best]), current=current,
        )  # fmt: skip
        yield Counterfactual(
            kind=WEIGHT, about=key, unit="weight", current=current, needed=float(values[best]),
            change=float(change[best]), rank=int(ranks[best]), text=text,
        )  # fmt: skip


def _weights_around(current: float) -> FloatArray:
    """Weights from 0 to the highest, as people write them: hundredths below one, else two digits."""
    spread = np.geomspace(LEAST_WEIGHT, MAX_WEIGHT, WEIGHTS_TRIED)
    near = current * np.linspace(0.5, 2.0, 61)
    values = np.concatenate([[0.0], spread, near])
    magnitude = 10.0 ** np.maximum(np.floor(np.log10(np.maximum(values, 1e-9))) - 1, -2)
    rounded = np.round(np.round(values / magnitude) * magnitude, 2)
    return np.asarray(np.unique(np.clip(rounded, 0.0, MAX_WEIGHT)))


def _scores_with(sheet: Sheet, key: str, values: FloatArray) -> FloatArray:
    """(n, c) the scores of a sheet when one criterion has other weights, as ``--weight`` sets them."""
    weights = np.tile(sheet.weight, (len(values), 1))
    if key in sheet.criteria:
        weights[:, sheet.criteria.index(key)] = values
    return sheet.scores(weights)


def _fact_text(fact: Fact, value: float) -> Message:
    template = _WHOLE.get(fact.key) if value == 1 else None
    template = template or _TEXTS.get(fact.key)
    if template is None:
        return Message(
            "if “{criterion}” were {needed:p0} instead of {current:p0}",
            criterion=CRITERIA[fact.key].label, needed=value, current=fact.current,
        )  # fmt: skip
    return template.filled(needed=value, current=fact.current)


_TEXTS = {
    "closeness": Message("if it were {needed:n1} km away instead of {current:n1} km"),
    "border_share": Message("if the common border were {needed:n1} km long instead of {current:n1} km"),
    "chain": Message("if only {needed:n0} instead of {current:n0} borders lay between"),
    "population": Message("if it had {needed:n0} inhabitants instead of {current:n0}"),
    "same_county": Message("if {needed:p0} instead of {current:p0} of those on board were in its county"),
    "same_association": Message(
        "if {needed:p0} instead of {current:p0} of those on board were in its association"
    ),
    "same_state": Message("if {needed:p0} instead of {current:p0} of those on board were in its state"),
    "prior_cooperation": Message(
        "if {needed:n0} cooperations in other fields existed instead of {current:n1}"
    ),
    "common_partners": Message("if there were {needed:n0} common partners instead of {current:n0}"),
    "shared_members": Message("if {needed:n0} counties were members of both instead of {current:n0}"),
}
_WHOLE = {
    "same_county": Message("if it were in the same county"),
    "same_association": Message("if it were in the same association"),
    "same_state": Message("if it were in the same state"),
    "same_government_region": Message("if it were in the same government region"),
    "shared_region": Message("if it were in the same metropolitan region"),
    "chain": Message("if it were a direct neighbour"),
    "prior_cooperation": Message("if one cooperation in another field existed already"),
}
