"""The national ground truth: associations of municipalities (Gemeindeverbände) with their members hidden.

An Amt, a Samtgemeinde or a Verwaltungsgemeinschaft is a shared administration that the boundaries record
for all of Germany: hide it, ask as a member, and see whether the other members come first.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.criteria import CRITERIA, View
from geoplan.suggestions.candidates import peers
from geoplan.units import Level

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

FEWEST_MEMBERS = 4
ASKED_PER_ASSOCIATION = 6
SHUFFLES = 4
ALONE, HALF, MISSING = "alone", "half_hidden", "missing_one_top3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """One association: whom it has, and in which state it lies."""

    id: str
    state: str
    members: IntArray
    """(m,) rows of its municipalities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """One question with all that any weighting needs to answer it."""

    association: Association
    kind: str
    """``alone``, ``half_hidden`` or ``missing_one_top3``."""
    hidden: int
    """n, the number of members to find."""
    is_member: BoolArray
    """(c,) which candidates are members."""
    degree: FloatArray
    """(k, c) the degrees of the criteria asked for, NaN where unknown."""
    baseline: dict[str, FloatArray]
    """The scores of the simple rankings, (c,) each."""


def associations(atlas: Atlas) -> list[Association]:
    """All associations with at least four municipalities, by id."""
    units, hierarchy = atlas.units, atlas.hierarchy
    found = []
    for row in units.rows_of(Level.ASSOCIATION).tolist():
        members = hierarchy.members(row, Level.MUNICIPALITY)
        state = hierarchy.parent_of(int(members[0]), Level.STATE) if len(members) else None
        if len(members) >= FEWEST_MEMBERS and state is not None:
            found.append(Association(id=units.ids[row], state=units.ids[state], members=members))
    return found


def read_bundles(atlas: Atlas, association: Association, criteria: tuple[str, ...]) -> list[Bundle]:
    """The questions about one association, seeded by its id."""
    return [_bundle(atlas, association, kind, group, criteria) for kind, group in _questions(association)]


def _questions(association: Association) -> Iterator[tuple[str, IntArray]]:
    random = np.random.default_rng(zlib.crc32(association.id.encode()))
    members = association.members
    asked = random.permutation(members)[:ASKED_PER_ASSOCIATION]
    for one in asked:
        yield ALONE, np.array([one])
    for _ in range(SHUFFLES):
        yield HALF, random.permutation(members)[: len(members) // 2]
    for one in asked:
        yield MISSING, members[members != one]


def _bundle(
    atlas: Atlas, association: Association, kind: str, group: IntArray, criteria: tuple[str, ...]
) -> Bundle:
    view = View(atlas=atlas, group=group, candidates=peers(atlas, group))
    county = np.nan_to_num(view.shared_parent(Level.COUNTY))
    perimeter_km = atlas.units.perimeter_km[view.candidates]
    plain = -view.distance_km
    return Bundle(
        association=association,
        kind=kind,
        hidden=len(association.members) - len(group),
        is_member=np.isin(view.candidates, association.members),
        degree=np.stack([CRITERIA[key].measure(view).degree for key in criteria]),
        baseline={
            "distance": plain,
            "distance+county": plain + 10 * county,
            "distance+county+border": plain + 10 * county + 10 * view.border_km / perimeter_km,
        },
    )
