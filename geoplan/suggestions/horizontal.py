"""Horizontal partners among equals: units of the asking unit's level around it."""

from geoplan.suggestions.candidates import peers
from geoplan.suggestions.question import Proposal, Question
from geoplan.suggestions.result import CooperationType, Role
from geoplan.units import Level

LEVELS = (Level.MUNICIPALITY, Level.ASSOCIATION, Level.COUNTY)


def propose(question: Question) -> list[Proposal]:
    """Neighbours, neighbours' neighbours and whoever is near, on the same level."""
    if question.level not in LEVELS:
        return []
    return [
        Proposal(
            type=CooperationType.HORIZONTAL_RURAL, role=Role.PARTNER, weight_set="horizontal-rural",
            group=question.group, candidates=peers(question.atlas, question.group),
        )
    ]  # fmt: skip
