"""Between a county and its municipalities: who coordinates, and who else is in it."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.suggestions.candidates import partners_only
from geoplan.suggestions.question import Proposal, Question
from geoplan.suggestions.result import CooperationType, Role
from geoplan.units import Level

IntArray = NDArray[np.int64]

_TYPE = CooperationType.VERTICAL
CHILD_LEVEL = {
    Level.ASSOCIATION: Level.MUNICIPALITY,
    Level.COUNTY: Level.MUNICIPALITY,
    Level.GOVERNMENT_REGION: Level.COUNTY,
    Level.STATE: Level.COUNTY,
    Level.METROPOLITAN_REGION: Level.COUNTY,
}


def propose(question: Question) -> list[Proposal]:
    """The county (and association) above a municipality with who else is in it; the members of a county."""
    atlas, group = question.atlas, question.group
    if question.level == Level.MUNICIPALITY:
        return _for_municipality(question)
    if question.level not in CHILD_LEVEL:
        return []
    below = [_members(atlas, row, CHILD_LEVEL[question.level]) for row in group.tolist()]
    members = partners_only(atlas, np.unique(np.concatenate(below)), group)
    proposal = _proposal(Role.MEMBER, "vertical-members", group, members)
    if question.level == Level.METROPOLITAN_REGION:  # its members are no discovery; other regions are
        return [replace(proposal, only_when_asked=True)]
    above = [_county_above(question)] if question.level == Level.ASSOCIATION else []
    return [*above, proposal, *_around_city(question, group)]


def _county_above(question: Question) -> Proposal:
    """The counties that associations lie in, as coordinators."""
    counties = np.unique(question.atlas.hierarchy.parent[Level.COUNTY][question.group])
    return _proposal(Role.COORDINATOR, "vertical-coordinator", question.group, counties[counties >= 0])


def _proposal(role: Role, weight_set: str, group: IntArray, candidates: IntArray) -> Proposal:
    return Proposal(type=_TYPE, role=role, weight_set=weight_set, group=group, candidates=candidates)


def county_free(atlas: Atlas, row: int) -> bool:
    """Whether a municipality is its county alone (kreisfreie Stadt): no county stands above it."""
    county = atlas.hierarchy.parent_of(row, Level.COUNTY)
    return county is not None and len(atlas.hierarchy.members(county, Level.MUNICIPALITY)) == 1


def _for_municipality(question: Question) -> list[Proposal]:
    atlas, group = question.atlas, question.group
    county = atlas.hierarchy.parent_of(question.asking, Level.COUNTY)
    if county is None:
        return []
    if county_free(atlas, question.asking):
        return _around_city(question, np.array([county]))
    above = {
        atlas.hierarchy.parent_of(row, level)
        for row in group.tolist()
        for level in (Level.COUNTY, Level.ASSOCIATION)
    }
    coordinators = np.array(sorted(row for row in above if row is not None), dtype=np.int64)
    fellows = atlas.hierarchy.members(county, Level.MUNICIPALITY)
    return [
        _proposal(Role.COORDINATOR, "vertical-coordinator", group, partners_only(atlas, coordinators, group)),
        replace(
            _proposal(Role.MEMBER, "vertical-fellows", group, partners_only(atlas, fellows, group)),
            only_when_asked=True,
        ),
    ]


def _around_city(question: Question, county: IntArray) -> list[Proposal]:
    """For a city without a county above it: the counties around, as partners at eye level."""
    atlas = question.atlas
    if len(_members(atlas, int(county[0]), Level.MUNICIPALITY)) != 1:
        return []
    around, _ = atlas.level_borders(Level.COUNTY).neighbours(int(county[0]))
    return [_proposal(Role.PARTNER, "vertical-around", county, partners_only(atlas, around, county))]


def _members(atlas: Atlas, parent: int, level: Level) -> IntArray:
    if atlas.units.level[parent] == Level.METROPOLITAN_REGION:
        return atlas.regions.members[parent]
    return atlas.hierarchy.members(parent, level)
