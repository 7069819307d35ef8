"""Who may sit down with whom: the best candidates, how a group is judged, who borders it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geoplan.adjacency.graph import BorderGraph
from geoplan.insight.scoreboard import Scoreboard
from geoplan.suggestions.atomic import atomic_units
from geoplan.suggestions.question import Proposal, Question
from geoplan.suggestions.ranking import Ranking, rank
from geoplan.suggestions.result import CooperationType, Role
from geoplan.suggestions.suggest import Inquiry
from geoplan.units import Level

IntArray = NDArray[np.int64]
Group = frozenset[int]

TOP = 12
"""Candidates that groups are made of."""
DEFAULT_SIZE = (3, 6)
"""Members with the asking unit, where no service says otherwise: convoys for heat planning have 3 to 6."""
MOST_GROWTH = 3
"""Groups are at most so much larger than the least size: a first round of talks is small."""
MOST_CENTRES = 2
"""A town between two cities talks to both; with more of them it would be a meeting of cities."""


@dataclass(frozen=True, kw_only=True)
class RoundTable:
    """Who may sit down with whom."""

    question: Question
    pattern: Proposal
    """The proposal whose weights judge all members alike."""
    start: Group
    invited: IntArray
    """Rows of the best candidates."""
    graph: BorderGraph
    size: tuple[int, int]

    @cached_property
    def _scores(self) -> dict[Group, float]:
        return {}

    def score(self, group: Group) -> float:
        """Mean of what each member scores when all others ask."""
        if group not in self._scores:
            self._scores[group] = float(np.mean([self._fits(group - {member}, member) for member in group]))
        return self._scores[group]

    def pairwise(self, group: Group) -> float:
        """Mean of what members score when one other asks: much faster, and close enough to grow groups by."""
        fits = [self._fit[one, other] for one in group for other in group if one != other]
        return sum(fits) / max(len(fits), 1)

    @cached_property
    def _fit(self) -> dict[tuple[int, int], float]:
        """What each scores when each other one asks, by (asking, scored)."""
        rows = np.array([*sorted(self.start), *self.invited.tolist()], dtype=np.int64)
        found: dict[tuple[int, int], float] = {}
        for asking in rows.tolist():
            others = rows[rows != asking]
            proposal = replace(self.pattern, group=np.array([asking]), candidates=others)
            scores = rank(self.question, proposal).score.tolist()
            pairs = ((asking, other) for other in others.tolist())
            found |= dict(zip(pairs, scores, strict=True))
        return found

    def _fits(self, others: Group, member: int) -> float:
        asking = np.array(sorted(others), dtype=np.int64)
        proposal = replace(self.pattern, group=asking, candidates=np.array([member], dtype=np.int64))
        return float(rank(self.question, proposal).score[0])

    def touching(self, group: Group) -> Iterator[int]:
        """The invited that border a group; an island begins with the nearest: there it lands."""
        near = reachable(self.graph, self.question, group)
        others = [row for row in self.invited.tolist() if row not in group]
        if group == self.start and not any(row in near for row in others):
            xy = self.question.atlas.units.xy
            others.sort(key=lambda row: float(np.hypot(*(xy[row] - xy[self.question.asking]))))
            return iter(others[:1])
        return (row for row in others if row in near)


def round_table(inquiry: Inquiry) -> RoundTable | None:
    """The best candidates of the asking unit's kind, and how they are judged; ``None`` without any."""
    question = inquiry.question
    rankings = [ranking for ranking in inquiry.rankings() if _among_equals(question, ranking)]
    if not rankings:
        return None
    board = Scoreboard.of(inquiry, rankings)
    start = frozenset(question.group.tolist())
    size = _sizes(question, len(start))
    best = board.units[_invited(board, max(TOP, size[1] + 2))]
    atomic = question.among_associations
    graph = atomic_units(question.atlas).graph if atomic else question.atlas.level_borders(question.level)
    return RoundTable(
        question=question, pattern=_pattern(rankings), start=start, invited=best, graph=graph, size=size
    )


def _pattern(rankings: list[Ranking]) -> Proposal:
    """How all members are judged alike: as partners, or as those who look to one city; not as cities."""
    proposals = [ranking.proposal for ranking in rankings]
    return next((one for one in proposals if one.role != Role.CENTRE), proposals[0])


def _invited(board: Scoreboard, count: int) -> list[int]:
    """The columns of the best candidates; of the cities that one looks to the best two only."""
    invited, centres = [], 0
    for column in board.leaders(len(board.units)):
        sheet, _ = board.best_sheet(column)
        centres += sheet.ranking.proposal.role == Role.CENTRE
        if sheet.ranking.proposal.role != Role.CENTRE or centres <= MOST_CENTRES:
            invited.append(column)
        if len(invited) == count:
            break
    return invited


def _among_equals(question: Question, ranking: Ranking) -> bool:
    """Whether a ranking holds units that can sit at one table: no county that coordinates, no region."""
    proposal = ranking.proposal
    horizontal = proposal.type != CooperationType.VERTICAL and proposal.role != Role.COORDINATOR
    levels = set(question.atlas.units.level[proposal.candidates].tolist())
    equals = {Level.MUNICIPALITY, Level.ASSOCIATION} if question.among_associations else {question.level}
    return horizontal and levels <= equals


def _sizes(question: Question, started: int) -> tuple[int, int]:
    """Least and largest number of members: the service's usual partners, else three to six."""
    service = question.service
    least, most = DEFAULT_SIZE
    if service is not None:
        least, most = max(least, service.partners_min or least), service.partners_max or most
    least = max(least, started + 1)
    return least, max(least, min(most, least + MOST_GROWTH))


def reachable(graph: BorderGraph, question: Question, group: Iterable[int]) -> set[int]:
    """The units that a group borders, directly or through unincorporated areas, and its own members."""
    level = question.atlas.units.level
    found, waiting = set(group), list(group)
    while waiting:
        for row in graph.neighbours(waiting.pop())[0].tolist():
            if row not in found:
                found.add(row)
                if level[row] == Level.UNINCORPORATED_AREA:
                    waiting.append(row)
    return found


def is_contiguous(graph: BorderGraph, question: Question, group: Sequence[int]) -> bool:
    """Whether a group hangs together over borders and unincorporated areas."""
    members = set(group)
    joined = {group[0]}
    while True:
        more = members & reachable(graph, question, joined)
        if more == joined:
            return joined == members
        joined = more
