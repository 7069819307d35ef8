"""Who stands before and after a candidate in the list, and which criteria part them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from geoplan.criteria import CRITERIA
from geoplan.insight.scoreboard import Scoreboard, Sheet
from geoplan.messages import Localised, Message, as_written
from geoplan.suggestions.ranking import suggestion
from geoplan.suggestions.result import Contribution, Role, Suggestion
from geoplan.units import AdministrativeUnit

SEEN = 0.005
"""A difference below this is none in a list that writes two decimals."""

NOT_COUNTED = Message("not counted here")
OTHER_FORM = Message(
    "{name} is at rank {rank} ({score:n2}) {role}; this form has criteria of its own, so the values"
    " compare only roughly"
)
AS_ROLE = {
    Role.PARTNER: Message("as partner"),
    Role.CENTRE: Message("as centre"),
    Role.HINTERLAND: Message("as surrounding municipality"),
    Role.COORDINATOR: Message("as coordinator"),
    Role.MEMBER: Message("as member"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one criterion adds to the score of a candidate, beside what it adds to that of a rival."""

    criterion: str
    own: float
    theirs: float
    own_reason: Localised | None
    """The sentence with the measured value; ``None`` where the criterion is unknown or does not count."""
    their_reason: Localised | None

    @property
    def amount(self) -> float:
        """Score that the criterion gives the candidate more than the rival; below 0 it costs."""
        return self.own - self.theirs

    @property
    def lead(self) -> float:
        """How much more the criterion adds for whom it favours."""
        return abs(self.amount)

    @property
    def reasons(self) -> tuple[Localised, Localised]:
        """What is said of whom the criterion favours, and of the other."""
        own = self.own_reason or NOT_COUNTED
        theirs = self.their_reason or NOT_COUNTED
        return (own, theirs) if self.amount >= 0 else (theirs, own)

    @property
    def label(self) -> Message:
        """The name of the criterion."""
        return CRITERIA[self.criterion].label

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The difference as JSON."""
        return {
            "criterion": self.criterion, "contribution": self.own, "rival_contribution": self.theirs,
            "explanation": _text(self.own_reason, lang), "rival_explanation": _text(self.their_reason, lang),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Bystander:
    """Who stands directly beside a candidate in the list, in another form of cooperation."""

    unit: AdministrativeUnit
    rank: int
    score: float
    role: Role
    called: str = ""
    """As it is called beside the others of the list; its title without."""

    @property
    def text(self) -> Message:
        """Where it stands, and why that says little, in a sentence."""
        return OTHER_FORM.filled(
            name=self.called or self.unit.title, rank=self.rank, score=self.score, role=AS_ROLE[self.role]
        )

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The one beside as JSON."""
        return {
            "id": self.unit.id, "name": self.unit.name, "rank": self.rank, "score": self.score,
            "role": self.role.value, "text": self.text.text(lang),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """The next in the list, before or after."""

    unit: AdministrativeUnit
    rank: int
    ahead: bool
    """Whether it stands before the candidate."""
    between: int
    """How many of other forms of cooperation, judged by other criteria, stand between the two."""
    beside: Bystander | None
    """The one of them that stands next to the candidate; ``None`` where nobody stands between."""
    same_criteria: bool
    """Whether both are judged by the same criteria, so that these can be compared one by one."""
    score: float
    gap: float
    """The score of the candidate less that of the rival; 0 or below where the rival is ahead."""
    differences: tuple[Difference, ...]
    """All criteria of both, the largest difference first; their amounts add up to ``gap``."""
    called: str = ""
    """As it is called beside the others of the list; its title without."""

    @property
    def gives(self) -> tuple[Difference, ...]:
        """What speaks for the candidate rather than for the rival, as far as one sees it."""
        return tuple(one for one in self.differences if one.amount >= SEEN)

    @property
    def costs(self) -> tuple[Difference, ...]:
        """What speaks for the rival rather than for the candidate, as far as one sees it."""
        return tuple(one for one in self.differences if one.amount <= -SEEN)

    @property
    def text(self) -> Message:
        """Where the rival stands, in a sentence; the gap is that of both scores as they are written."""
        own = as_written(self.score + self.gap, 2)
        gap = abs(own - as_written(self.score, 2))
        said = {"name": self.called or self.unit.title, "rank": self.rank, "score": self.score, "gap": gap}
        if gap < SEEN:
            return Message("{name} (rank {rank}) is practically level, with a fit of {score:n2}", **said)
        if self.ahead:
            return Message("{name} (rank {rank}) is {gap:n2} ahead, with a fit of {score:n2}", **said)
        return Message("{name} (rank {rank}) is {gap:n2} behind, with a fit of {score:n2}", **said)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The rival as JSON."""
        return {
            "id": self.unit.id, "name": self.unit.name, "rank": self.rank, "score": self.score,
            "between": self.between, "beside": self.beside and self.beside.to_dict(lang),
            "same_criteria": self.same_criteria,
            "text": self.text.text(lang), "differences": [one.to_dict(lang) for one in self.differences],
        }  # fmt: skip


def rivals(board: Scoreboard, column: int, sheet: Sheet, said: Suggestion) -> tuple[Rival, ...]:
    """The nearest before and after a candidate in the list that are judged by the same criteria.

    Where a side has nobody of that kind it is the very next, of another form of cooperation; at either end of
    the list there is only one.

    Parameters
    ----------
    column
        Of the candidate on the board.
    sheet
        The ranking in which it scores best.
    said
        What the list says of it.
    """
    rank, order = board.rank(column), board.leaders(len(board.units))
    sides = (range(rank - 1, 0, -1), range(rank + 1, len(order) + 1))
    found = []
    for side in sides:
        alike = (place for place in side if board.best_sheet(order[place - 1])[0] is sheet)
        place = next(alike, None)
        if side:
            rival = _rival(board, order[(place or side[0]) - 1], said, rank, place or side[0])
            beside = _bystander(board, order[side[0] - 1], side[0]) if rival.between else None
            found.append(replace(rival, beside=beside))
    return tuple(found)


def _said_of(board: Scoreboard, column: int) -> Suggestion:
    sheet, place = board.best_sheet(column)
    return suggestion(board.inquiry.question, sheet.ranking, place)


def _bystander(board: Scoreboard, column: int, rank: int) -> Bystander:
    one = _said_of(board, column)
    called = board.called(one.unit)
    return Bystander(unit=one.unit, rank=rank, score=one.score, role=one.role, called=called)


def _rival(board: Scoreboard, column: int, said: Suggestion, own_rank: int, rank: int) -> Rival:
    theirs = _said_of(board, column)
    return Rival(
        unit=theirs.unit, rank=rank, ahead=rank < own_rank, between=abs(rank - own_rank) - 1, beside=None,
        same_criteria=(theirs.type, theirs.role) == (said.type, said.role), score=theirs.score,
        gap=said.score - theirs.score, differences=_differences(said.contributions, theirs.contributions),
        called=board.called(theirs.unit),
    )  # fmt: skip


def _differences(own: Iterable[Contribution], theirs: Iterable[Contribution]) -> tuple[Difference, ...]:
    mine = {part.criterion: part for part in own}
    other = {part.criterion: part for part in theirs}
    found = [_difference(key, mine.get(key), other.get(key)) for key in mine | other]
    return tuple(sorted(found, key=lambda one: -abs(one.amount)))


def _difference(key: str, mine: Contribution | None, other: Contribution | None) -> Difference:
    return Difference(
        criterion=key,
        own=mine.contribution if mine else 0.0,
        theirs=other.contribution if other else 0.0,
        own_reason=mine.explanation if mine else None,
        their_reason=other.explanation if other else None,
    )


def _text(said: Localised | None, lang: str) -> str | None:
    return None if said is None else said.text(lang)
