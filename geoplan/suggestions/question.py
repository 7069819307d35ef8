"""The question an engine answers, and what it answers with: candidates in roles, to be weighed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geoplan.adjacency.graph import BorderGraph
from geoplan.atlas import Atlas
from geoplan.services import Service
from geoplan.suggestions.result import CooperationType, Role
from geoplan.units import Level

IntArray = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Question:
    """Who fits this group for this service?"""

    atlas: Atlas
    group: IntArray
    """(g,) rows: the asking unit first, then the partners on board."""
    service: Service | None
    weights: Mapping[str, float] = field(default_factory=dict)
    """Weights the planner has changed, by criterion."""
    among_associations: bool = False
    """Whether associations stand for their members: they and municipalities without one are compared."""

    @property
    def asking(self) -> int:
        """The row of the asking unit."""
        return int(self.group[0])

    @cached_property
    def equals(self) -> IntArray:
        """(e,) the group without a county (or association) of theirs and without who lies in the asking unit.

        Partners among equals are judged on behalf of these: how near a county's middle is, or how large it
        is, says nothing of a partner for its municipalities.
        """
        hierarchy, group = self.atlas.hierarchy, self.group
        inside = hierarchy.holds(self.asking, group)
        above = np.array([hierarchy.holds(row, group).any() for row in group.tolist()])
        above[0] = False
        equals: IntArray = group[~(inside | above)]
        return equals

    @cached_property
    def level(self) -> Level:
        """The level of the asking unit."""
        level: Level = self.atlas.units.level[self.asking]
        return level


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Candidates of one type in one role, to be ranked with one set of weights."""

    type: CooperationType
    role: Role
    weight_set: str
    """The key of the set in ``weights.toml``."""
    group: IntArray
    """(g,) on whose behalf the candidates are judged: the group, or its counties."""
    candidates: IntArray
    """(c,) distinct rows, none of them on board."""
    centre: int | None = None
    """The city whose ring the candidates are in."""
    only_when_asked: bool = False
    """Shown for its own type only: in a list of any type another proposal has the same units already."""
    graph: BorderGraph | None = None
    """The borders between group and candidates, where they are not those of the group's level."""
