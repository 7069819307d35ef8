"""City and surroundings, both ways: the centres a municipality looks to, and the ring of a city."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.criteria.city_region import city_regions
from geoplan.suggestions.candidates import partners_only
from geoplan.suggestions.question import Proposal, Question
from geoplan.suggestions.result import CooperationType, Role
from geoplan.units import Level

IntArray = NDArray[np.int64]

RING_SHARE = 0.1
"""A municipality belongs to the wider ring of a city that has a tenth of the pull on it."""
CENTRE_RATIO = 2.0
"""A centre is at least twice as large as who looks to it."""


def propose(question: Question) -> list[Proposal]:
    """Larger centres in reach, and the others in the ring of the city that the group looks to."""
    atlas, group = question.atlas, question.equals
    if question.level != Level.MUNICIPALITY:
        return []
    larger = _larger_centres(atlas, group)
    proposals = [_proposal(question, Role.CENTRE, "urban-rural-centre", larger)]
    own = city_regions(atlas).main_centre(atlas, group)
    if own is not None:
        name = "urban-rural-ring" if own in group else "urban-rural-fellows"
        proposals.append(_ring(question, own, name, larger))
    # a town between larger cities has a ring and is in one
    above = _strongest(atlas, question.asking, larger)
    if own in group and above is not None:
        proposals.append(_ring(question, above, "urban-rural-fellows", larger))
    return proposals


def _strongest(atlas: Atlas, row: int, centres: IntArray) -> int | None:
    cities, shares = city_regions(atlas).pull_on(row)
    larger = np.isin(cities, centres)
    return int(cities[larger][np.argmax(shares[larger])]) if larger.any() else None


def _ring(question: Question, centre: int, weight_set: str, larger: IntArray) -> Proposal:
    """The municipalities around a city; among fellows nearness counts, so they come only when asked."""
    atlas = question.atlas
    ring, share = city_regions(atlas).ring(centre)
    around = np.setdiff1d(ring[share >= RING_SHARE], larger)
    proposal = _proposal(question, Role.HINTERLAND, weight_set, partners_only(atlas, around, question.group))
    return replace(proposal, centre=centre, only_when_asked=weight_set == "urban-rural-fellows")


def _proposal(question: Question, role: Role, weight_set: str, candidates: IntArray) -> Proposal:
    return Proposal(
        type=CooperationType.URBAN_RURAL, role=role, weight_set=weight_set,
        group=question.equals, candidates=candidates,
    )  # fmt: skip


def _larger_centres(atlas: Atlas, group: IntArray) -> IntArray:
    """Centres that pull on the group and are at least twice as large as the asking unit."""
    centres, _ = city_regions(atlas).pull_on(int(group[0]))
    own = np.nan_to_num(atlas.units.population[group[0]])
    return partners_only(atlas, centres[atlas.units.population[centres] >= CENTRE_RATIO * own], group)
