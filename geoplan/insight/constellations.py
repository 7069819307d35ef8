"""Whom to talk to together: small groups of the best candidates that belong together."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from geoplan.insight.round_table import Group, RoundTable, is_contiguous, round_table
from geoplan.messages import Message
from geoplan.suggestions.question import Question
from geoplan.suggestions.suggest import Inquiry
from geoplan.units import AdministrativeUnit, Level

BEAM = 4
"""Groups kept while they grow."""
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
        others = ", ".join(member.title for member in self.members[1:])
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
    table = round_table(inquiry)
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


def _grown(table: RoundTable, chosen: list[Group]) -> Iterator[Group]:
    """Groups of every size that fits, the best of each; unlike the chosen ones where that is possible."""

    def order(group: Group) -> tuple[float, list[int]]:
        return HANDICAP * _overlap(table, group, chosen) - table.pairwise(group), sorted(group)

    beam = [table.start]
    while beam and len(beam[0]) < table.size[1]:
        grown = {group | {row} for group in beam for row in table.touching(group)}
        beam = sorted(grown, key=order)[:BEAM]
        if beam and len(beam[0]) >= table.size[0]:
            yield from beam


def _overlap(table: RoundTable, group: Group, chosen: list[Group]) -> float:
    """The largest share of the invited that a group has in common with one of the chosen."""
    invited = group - table.start
    shares = [
        len(invited & other) / min(len(invited), len(other))
        for other in (one - table.start for one in chosen)
    ]
    return max(shares, default=0.0)


def _constellation(table: RoundTable, group: Group) -> Constellation:
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


def _facts(table: RoundTable, rows: list[int], contiguous: bool) -> Message:
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
