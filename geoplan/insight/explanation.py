"""Why this candidate, how sure is that, and what would change it: everything a council may ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError
from geoplan.insight.counterfactual import Counterfactual, counterfactuals
from geoplan.insight.doubts import Drawback, MissingData, drawbacks, missing_data
from geoplan.insight.rivals import Rival, rivals
from geoplan.insight.scoreboard import FIRST, Scoreboard
from geoplan.insight.stability import DRAWS, stability
from geoplan.messages import Message
from geoplan.provenance import named_in
from geoplan.suggestions.candidates import partners_only
from geoplan.suggestions.ranking import Ranking, rank, suggestion
from geoplan.suggestions.result import CooperationType, Suggestion
from geoplan.suggestions.suggest import Asked, Inquiry, acting_row, read_inquiry
from geoplan.suggestions.vertical import county_free
from geoplan.units import AdministrativeUnit, Level, UnitOrName

FIRST_IN_WORDS = Message("five")
"""The number :data:`FIRST` within a sentence."""
ALWAYS = Message("stays among the first {first} with all of {draws:n0} changed weightings")
NEVER = Message("is never among the first {first} with {draws:n0} changed weightings")
STABLE = (
    (1.0, ALWAYS),
    (0.995, Message("is almost always among the first {first} with {draws:n0} changed weightings")),
    (0.005, Message("is among the first {first} with {share:p0} of {draws:n0} changed weightings")),
    (1e-9, Message("is almost never among the first {first} with {draws:n0} changed weightings")),
)
"""What is said from which share on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """How often a candidate is among the first five when the weights are others."""

    share: float
    draws: int

    @property
    def text(self) -> Message:
        """The share in a sentence; what rounds to all or none is not called so."""
        said = next((words for least, words in STABLE if self.share >= least), NEVER)
        return said.filled(share=self.share, draws=self.draws, first=FIRST_IN_WORDS)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The stability as JSON."""
        return {
            "share": self.share,
            "draws": self.draws,
            "first": FIRST,
            "text": self.text.text(lang),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutuality:
    """Where the asking unit stands in the candidate's own list."""

    rank: int | None
    """``None`` where it is not in it."""
    among: int
    text: Message

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The mutuality as JSON."""
        return {"rank": self.rank, "among": self.among, "text": self.text.text(lang)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything to be said of one candidate for one question."""

    unit: AdministrativeUnit
    partners: tuple[AdministrativeUnit, ...]
    asked: Asked
    suggestion: Suggestion
    rank: int
    among: int
    """How many candidates the list has."""
    rivals: tuple[Rival, ...]
    """The one before and the one after in the list, and what parts them."""
    stability: Stability
    mutuality: Mutuality
    counterfactuals: tuple[Counterfactual, ...]
    """Smallest change first; empty where the candidate is among the first five already."""
    drawbacks: tuple[Drawback, ...]
    missing: tuple[MissingData, ...]
    data: dict[str, Any]

    @property
    def text(self) -> Message:
        """Where the candidate stands, in a sentence."""
        return Message(
            "{name} ranks {rank} of {among} for {unit}, with a fit of {score:n2}",
            name=self.suggestion.unit.title, rank=self.rank, among=self.among, unit=self.unit.title,
            score=self.suggestion.score,
        )  # fmt: skip

    @property
    def way_up(self) -> Message | None:
        """What the counterfactuals begin with; ``None`` where there is nothing to gain."""
        if self.rank <= FIRST:
            return None
        if not self.counterfactuals:
            return Message("no single change would lift it among the first {first}", first=FIRST)
        return Message("would be among the first {first},", first=FIRST)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The explanation as JSON."""
        way_up = self.way_up
        return {
            "unit": self.unit.id, "name": self.unit.name, "candidate": self.suggestion.unit.id,
            "with": [partner.id for partner in self.partners],
            "type": self.asked.type, "service": self.asked.service, "as": self.asked.as_level,
            "rank": self.rank, "candidates": self.among, "text": self.text.text(lang),
            "suggestion": self.suggestion.to_dict(lang),
            "rivals": [one.to_dict(lang) for one in self.rivals],
            "stability": self.stability.to_dict(lang), "mutuality": self.mutuality.to_dict(lang),
            "way_up": None if way_up is None else way_up.text(lang),
            "counterfactuals": [one.to_dict(lang) for one in self.counterfactuals],
            "against": [one.to_dict(lang) for one in self.drawbacks],
            "missing_data": [one.to_dict(lang) for one in self.missing],
            "data": named_in(lang, self.data),
        }  # fmt: skip


def explain(  # noqa: PLR0913 - the public surface: three subjects, the rest are options
    atlas: Atlas,
    unit: UnitOrName,
    candidate: UnitOrName,
    *,
    partners: Sequence[UnitOrName] = (),
    type: str = "any",
    service: str | None = None,
    weights: Mapping[str, float] | None = None,
    as_level: str | None = None,
) -> Explanation:
    """Explain what makes ``candidate`` a partner for ``unit``, or why it is none of the first.

    Parameters are those of :func:`geoplan.suggest`; ``candidate`` is an id or an unambiguous name. A
    unit of the asking unit's level is explained wherever it lies, even where no list would reach it.

    Raises
    ------
    UnknownUnitError, AmbiguousUnitError, InvalidKeyError, UnknownChoiceError
        As for :func:`geoplan.suggest`.
    InvalidValueError
        The candidate asks itself, is on board already, or cannot be a partner in this type.
    """
    asked = Asked(partners=partners, type=type, service=service, weights=weights, as_level=as_level)
    inquiry = read_inquiry(atlas, unit, asked)
    row = acting_row(inquiry, atlas.row(candidate))
    board, column = _board(inquiry, row)
    sheet, place = board.best_sheet(column)
    said = suggestion(inquiry.question, sheet.ranking, place)
    return Explanation(
        unit=atlas.units.at(inquiry.question.asking),
        partners=tuple(atlas.units.at(int(other)) for other in inquiry.question.group[1:]),
        asked=asked, suggestion=said, rank=board.rank(column), among=len(board.units),
        rivals=rivals(board, column, sheet, said),
        stability=Stability(share=float(stability(board)[column]), draws=DRAWS),
        mutuality=mutuality(inquiry, row, board.called(atlas.units.at(row))),
        counterfactuals=counterfactuals(board, column),
        drawbacks=drawbacks(said), missing=missing_data(sheet, place), data=atlas.provenance.to_dict(),
    )  # fmt: skip


def mutuality(inquiry: Inquiry, candidate: int, name: str) -> Mutuality:
    """Where the asking unit stands when the candidate (a row) asks the same, with nobody on board.

    ``name`` is what the candidate is called in the list of the asking unit.
    """
    asking = inquiry.question.asking
    board = Scoreboard.of(inquiry.by(np.array([candidate], dtype=np.int64)))
    column = _place_of(board, asking)
    among, unit = len(board.units), board.called(inquiry.question.atlas.units.at(asking))
    if column is None:
        text = Message("{unit} is not in the list of {name}", unit=unit, name=name)
        return Mutuality(rank=None, among=among, text=text)
    rank = board.rank(column)
    text = Message(
        "in the list of {name}, {unit} ranks {rank} of {among}",
        name=name, unit=unit, rank=rank, among=among,
    )  # fmt: skip
    return Mutuality(rank=rank, among=among, text=text)


def _place_of(board: Scoreboard, asking: int) -> int | None:
    """The column of a unit, or of the county that a county-free town is: counties list that one."""
    column, atlas = board.place(asking), board.inquiry.question.atlas
    county = atlas.hierarchy.parent_of(asking, Level.COUNTY)
    if column is None and county is not None and county_free(atlas, asking):
        return board.place(county)
    return column


def _board(inquiry: Inquiry, row: int) -> tuple[Scoreboard, int]:
    """The scoreboard of an inquiry with ``row`` on it, and its column.

    Raises
    ------
    InvalidValueError
        The unit is on board already, or cannot be a partner in this type.
    """
    question, units = inquiry.question, inquiry.question.atlas.units
    name = units.title(row)
    if row in question.group:
        message = Message("{name} asks itself or is on board already.", name=name)
        raise InvalidValueError(message, value=units.ids[row])
    rankings = inquiry.rankings()
    board = Scoreboard.of(inquiry, rankings)
    column = board.place(row)
    if column is None:
        board = Scoreboard.of(inquiry, [_reaching(inquiry, ranking, row) for ranking in rankings])
        column = board.place(row)
    if column is None:
        unit = units.title(question.asking)
        message = Message("{name} cannot be a partner of this type for {unit}.", name=name, unit=unit)
        nearest = [units.title(int(board.units[one])) for one in board.leaders(FIRST)]
        raise InvalidValueError(message, value=units.ids[row], nearest=nearest)
    return board, column


def _reaching(inquiry: Inquiry, ranking: Ranking, row: int) -> Ranking:
    """A ranking of neighbours that reaches out to a unit farther away, where its level fits."""
    question, proposal = inquiry.question, ranking.proposal
    fits = question.atlas.units.level[row] == question.level
    if proposal.type != CooperationType.HORIZONTAL_RURAL or not fits:
        return ranking
    farther = partners_only(question.atlas, np.array([row], dtype=np.int64), proposal.group)
    candidates = np.union1d(proposal.candidates, farther)
    return rank(question, replace(proposal, candidates=candidates))
