"""Horizontal partners among equals: units of the asking unit's level around it."""

from geoplan.suggestions.atomic import atomic_units
from geoplan.suggestions.candidates import partners_only, peers, peers_among
from geoplan.suggestions.question import Proposal, Question
from geoplan.suggestions.result import CooperationType, Role
from geoplan.units import Level

LEVELS = (Level.MUNICIPALITY, Level.ASSOCIATION, Level.COUNTY)


def propose(question: Question) -> list[Proposal]:
    """Neighbours, neighbours' neighbours and whoever is near, on the same level."""
    if question.level not in LEVELS:
        return []
    atlas, group, graph = question.atlas, question.equals, None
    if question.among_associations:
        atomic = atomic_units(atlas)
        graph = atomic.graph
        candidates = peers_among(atlas, group, atomic.points, graph=graph)
    else:
        candidates = peers(atlas, group)
    return [
        Proposal(
            type=CooperationType.HORIZONTAL_RURAL, role=Role.PARTNER, weight_set="horizontal-rural",
            group=group, candidates=partners_only(atlas, candidates, question.group), graph=graph,
        )
    ]  # fmt: skip
