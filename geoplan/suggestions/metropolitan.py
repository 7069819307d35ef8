"""Between metropolitan regions, and between the counties in them and on their edges."""

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.suggestions.candidates import peers
from geoplan.suggestions.question import Proposal, Question
from geoplan.suggestions.result import CooperationType, Role
from geoplan.units import Level

IntArray = NDArray[np.int64]

_TYPE = CooperationType.HORIZONTAL_METROPOLITAN


def propose(question: Question) -> list[Proposal]:
    """For a region the other regions; for a county or a municipality its regions and the counties in them."""
    atlas, group = question.atlas, question.group
    if not atlas.regions.members:
        return []
    if question.level == Level.METROPOLITAN_REGION:
        others = np.array([row for row in atlas.regions.members if row not in group], dtype=np.int64)
        return [
            Proposal(
                type=_TYPE,
                role=Role.PARTNER,
                weight_set="metropolitan-regions",
                group=group,
                candidates=others,
            )
        ]
    counties = counties_of(atlas, group)
    if not len(counties):
        return []
    regions = {region for row in counties.tolist() for region in atlas.regions.regions_of(row)}
    doors = np.array(sorted(regions), dtype=np.int64)
    others = _all_counties(atlas, counties) if _may_be_metropolitan(atlas, counties) else counties[:0]
    small = question.level != Level.COUNTY  # a municipality asks its county first
    return [
        Proposal(
            type=_TYPE, role=Role.COORDINATOR, weight_set="metropolitan-door",
            group=group, candidates=doors, only_when_asked=True,
        ),
        Proposal(
            type=_TYPE, role=Role.PARTNER, weight_set="metropolitan-counties",
            group=counties, candidates=others, only_when_asked=small,
        ),
    ]  # fmt: skip


def counties_of(atlas: Atlas, group: IntArray) -> IntArray:
    """The counties that the units of a group are or belong to, in order, each once."""
    own = np.where(
        atlas.units.level[group] == Level.COUNTY, group, atlas.hierarchy.parent[Level.COUNTY][group]
    )
    return np.array(list(dict.fromkeys(own[own >= 0].tolist())), dtype=np.int64)


def _all_counties(atlas: Atlas, counties: IntArray) -> IntArray:
    """Every other county: regions reach farther than neighbours do."""
    return peers(atlas, counties, count=len(atlas.units))


def _may_be_metropolitan(atlas: Atlas, counties: IntArray) -> bool:
    """Whether one of the counties is in a metropolitan region or on the edge of one."""
    graph = atlas.level_borders(Level.COUNTY)
    around = set(counties.tolist()).union(*(graph.neighbours(row)[0].tolist() for row in counties.tolist()))
    return any(atlas.regions.regions_of(row) for row in around)
