"""Whom to talk to together: small groups of the best candidates that belong together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.adjacency.graph import BorderGraph
from geoplan.insight.scoreboard import Scoreboard
from geoplan.messages import Message
from geoplan.suggestions.atomic import atomic_units
from geoplan.suggestions.question import Proposal, Question
from geoplan.suggestions.ranking import Ranking, rank
from geoplan.suggestions.result import CooperationType, Role
from geoplan.suggestions.suggest import Inquiry
from geoplan.units import AdministrativeUnit, Level

IntArray = NDArray[np.int64]
Group = frozenset[int]

TOP = 12
"""Candidates that groups are made of."""
BEAM = 4
"""Groups kept while they grow."""
DEFAULT_SIZE = (3, 6)
"""Members with the asking unit, where no service says otherwise: convoys for heat planning have 3 to 6."""
MOST_GROWTH = 3
"""Groups are at most so much larger than the least size: a first round of talks is small."""
MOST_IN_COMMON = 0.5
"""Share of the invited that two constellations may have in common."""
HANDICAP = 0.3
"""What a growing group loses for sharing all of its invited with one that is chosen already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constellation:
    """A group to invite to one table."""

    members: tuple[AdministrativeUnit, ...]
    """The asking unit, those on board, then those to be invited, the best fitting first."""
    score: float
    """Mean of what each member scores when all others ask."""
    contiguous: bool
    """Whether every member is reached from every other over common borders, unincorporated areas included."""
    counties: tuple[str, ...]
    associations: tuple[str, ...]
    """Ids of the counties and associations of the members."""
    population: int | None
    """Of all members; ``None`` where one is unknown."""
    facts: Message
    """How many, where, how large, how well."""

    @property
    def text(self) -> Message:
        """Who with whom, and why."""
        others = ", ".join(member.name for member in self.members[1:])
        return Message("together with {names}: {facts}", names=others, facts=self.facts)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The constellation as JSON."""
        return {
            "members": [member.id for member in self.members],
            "names": [member.name for member in self.members],
            "score": self.score, "contiguous": self.contiguous, "counties": list(self.counties),
            "associations": list(self.associations), "population": self.population,
            "text": self.text.text(lang),
        }  # fmt: skip


def constellations(inquiry: Inquiry, *, count: int = 3) -> list[Constellation]:
    """Up to ``count`` clearly different groups of the best candidates, best first.

    From the asking unit and those on board groups grow one member at a time, by whoever of the best
    twelve borders them (over unincorporated areas too; an island begins with the nearest), and of each size
    the four groups are kept whose members fit best in pairs. A group's final score is the mean over its
    members of what a member scores when all others ask. Two groups share at most half of those they invite.
    """
    table = _table_of(inquiry)
    if table is None:
        return []
    chosen: list[Group] = []
    while len(chosen) < count:
        grown = _grown(table, chosen)
        unlike = [group for group in grown if _overlap(table, group, chosen) <= MOST_IN_COMMON]
        if not unlike:
            break
        chosen.append(min(unlike, key=lambda one: (-table.score(one), sorted(one))))
    chosen.sort(key=table.score, reverse=True)
    return [_constellation(table, group) for group in chosen]


@dataclass(frozen=True, kw_only=True)
class _Table:
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


def _table_of(inquiry: Inquiry) -> _Table | None:
    """The best candidates of the asking unit's kind, and how they are judged; ``None`` without any."""
    question = inquiry.question
    rankings = [ranking for ranking in inquiry.rankings() if _among_equals(question, ranking)]
    if not rankings:
        return None
    board = Scoreboard.of(inquiry, rankings)
    start = frozenset(question.group.tolist())
    size = _sizes(question, len(start))
    best = board.units[board.leaders(max(TOP, size[1] + 2))]
    atomic = question.among_associations
    graph = atomic_units(question.atlas).graph if atomic else question.atlas.level_borders(question.level)
    return _Table(
        question=question, pattern=rankings[0].proposal, start=start, invited=best, graph=graph, size=size
    )


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


def _grown(table: _Table, chosen: list[Group]) -> Iterator[Group]:
    """Groups of every size that fits, the best of each; unlike the chosen ones where that is possible."""

    def order(group: Group) -> tuple[float, list[int]]:
        return HANDICAP * _overlap(table, group, chosen) - table.pairwise(group), sorted(group)

    beam = [table.start]
    while beam and len(beam[0]) < table.size[1]:
        grown = {group | {row} for group in beam for row in table.touching(group)}
        beam = sorted(grown, key=order)[:BEAM]
        if beam and len(beam[0]) >= table.size[0]:
            yield from beam


def _overlap(table: _Table, group: Group, chosen: list[Group]) -> float:
    """The largest share of the invited that a group has in common with one of the chosen."""
    invited = group - table.start
    shares = [
        len(invited & other) / min(len(invited), len(other))
        for other in (one - table.start for one in chosen)
    ]
    return max(shares, default=0.0)


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


def _constellation(table: _Table, group: Group) -> Constellation:
    units, hierarchy = table.question.atlas.units, table.question.atlas.hierarchy
    on_board = table.question.group.tolist()
    invited = [row for row in table.invited.tolist() if row in group]
    rows = [*on_board, *invited]
    parents = {
        level: sorted({units.ids[up] for row in rows if (up := hierarchy.parent_of(row, level)) is not None})
        for level in (Level.COUNTY, Level.ASSOCIATION)
    }
    population = float(units.population[rows].sum())
    known = None if np.isnan(population) else int(population)
    contiguous = is_contiguous(table.graph, table.question, rows)
    return Constellation(
        members=tuple(units.at(row) for row in rows), score=table.score(group), contiguous=contiguous,
        counties=tuple(parents[Level.COUNTY]), associations=tuple(parents[Level.ASSOCIATION]),
        population=known, facts=_facts(table, rows, contiguous),
    )  # fmt: skip


def _facts(table: _Table, rows: list[int], contiguous: bool) -> Message:
    units = table.question.atlas.units
    population = float(units.population[rows].sum())
    return Message(
        "{count} members, {where}, {area}, {people}; fit of {score:n2} on average when the others ask",
        count=len(rows), score=table.score(frozenset(rows)),
        where=_where(table.question, rows),
        area=Message("one connected area") if contiguous else Message("not connected on land"),
        people=Message("inhabitants partly unknown") if np.isnan(population)
        else Message("{population:n0} inhabitants", population=population),
    )  # fmt: skip


def _where(question: Question, rows: list[int]) -> Message:
    """How many counties a group lies in; how many states, where counties are the members."""
    above = Level.STATE if question.level == Level.COUNTY else Level.COUNTY
    count = len({question.atlas.hierarchy.parent_of(row, above) for row in rows})
    if above == Level.STATE:
        return Message("in one state") if count == 1 else Message("in {count} states", count=count)
    return Message("in one county") if count == 1 else Message("in {count} counties", count=count)
