"""Which overlaps are real, and which come from drawing one border twice with different generalisation.

A real change leaves a piece into which a circle fits that is wider than the two drawings of an unchanged
border lie apart; a sliver is long and thin. How far drawings lie apart is measured on the units that are
alike in both (see :attr:`Overlay.displacement_m`); keys and names say where a change is likely.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoplan.crosswalk.kinds import Labels
from geoplan.crosswalk.links import FloatArray, IntArray, Links, first_of_each, largest, sums
from geoplan.crosswalk.overlay import Overlay, inscribed_radius_m

BoolArray = NDArray[np.bool_]

TOLERANCE_PER_DISPLACEMENT = 3.5
"""The widest circle in a sliver, over the mean distance of the drawings.

Measured between VG250 2016 (generalised, 50 m) and VG5000 2021: mean distance 102 m; the circles in pieces
between units that did not change reach 270 m, those in pieces that did begin at 360 m.
"""
LEAST_TOLERANCE_M = 2.0
"""Coordinates are rounded to a metre in the canonical form."""
LIKELY = 0.65
"""Factor on the tolerance where an old unit is found neither by key nor by name: something did change."""
LIKELY_SHARE = 0.1
"""… for pieces of at least this share of the old unit."""
SLIVERS_AROUND = 1.4
"""A piece between two units that both are found by key or name must have more than this times the area of
all slivers expected around the old one (half the displacement along its boundary).

Coarse drawings leave out corridors and exclaves whole. Checked with the official areas (Gemeindeverzeichnis
2021): pieces that the publisher's generalisation cut off have up to 1.3 times, real changes from 1.5 on.
"""
SAME_PLACE = 0.2
"""Two units with one key lie in one place if the smaller has this share of its area in the other."""
SAME_KEY, SAME_NAME = 1.0, 0.5
"""What an equal key, an equal name adds to the share of the area when the main successor is chosen."""
LEAST_COVER = 0.05
"""A unit of which less than this share lies in any other is gone, or new: the rest is slivers at its rim."""


@dataclass(frozen=True, kw_only=True)
class Sifted:
    """What is left of an overlay."""

    links: Links
    dropped: FloatArray
    """(old_count,) share of each old unit's area that was left out: slivers, and what nothing lies on."""
    tolerance_m: float


def sifted(overlay: Overlay, labels: Labels, population: FloatArray) -> Sifted:
    """Keep the real overlaps, and give the area of the slivers back to them in proportion.

    Parameters
    ----------
    population
        (old_count,) inhabitants of the old units, NaN where unknown.
    """
    tolerance_m = max(TOLERANCE_PER_DISPLACEMENT * overlay.displacement_m, LEAST_TOLERANCE_M)
    same_key = labels.old_ids[overlay.old] == labels.new_ids[overlay.new]
    same_name = labels.old_names[overlay.old] == labels.new_names[overlay.new]
    main = _main(overlay, same_key, same_name)
    found = main & (same_key | same_name)
    known = np.isin(overlay.old, overlay.old[found]), np.isin(overlay.new, overlay.new[found])
    real = main | _thick(overlay, main, known, tolerance_m)
    real |= _only_source(overlay, real, len(labels.new_ids))
    links, dropped = _kept(overlay, real, main, population)
    return Sifted(links=links, dropped=dropped, tolerance_m=tolerance_m)


def _main(overlay: Overlay, same_key: BoolArray, same_name: BoolArray) -> BoolArray:
    """The overlaps with the main successors."""
    share = overlay.share
    of_smaller = np.maximum(share, overlay.new_share)
    in_place = (of_smaller >= SAME_PLACE) | (same_key & same_name)
    score = share + in_place * (SAME_KEY * same_key + SAME_NAME * same_name)
    best = largest(overlay.old, score, len(overlay.old_area))
    main = best[overlay.old] == np.arange(len(overlay.old))
    return np.asarray(main & ((share >= LEAST_COVER) | (overlay.new_share >= LEAST_COVER)))


def _thick(
    overlay: Overlay, main: BoolArray, known: tuple[BoolArray, BoolArray], tolerance_m: float
) -> BoolArray:
    """Overlaps wide enough to be real; ``known`` says where the old, the new unit is in the other vintage."""
    likely = ~known[0] & (overlay.share >= LIKELY_SHARE)
    needed_m = np.where(likely, LIKELY * tolerance_m, tolerance_m)
    around = SLIVERS_AROUND * overlay.displacement_m / 2 * overlay.old_length_m[overlay.old]
    # No circle of that radius fits into a smaller area: most slivers need no closer look.
    least = np.maximum(np.pi * needed_m**2, np.where(known[0] & known[1], around, 0))
    worth = np.flatnonzero(~main & (overlay.area > least))
    radius_m = inscribed_radius_m(overlay.pieces[worth], tolerance_m / 20)
    thick = np.zeros(len(main), dtype=np.bool_)
    thick[worth] = radius_m > needed_m[worth]
    return thick


def _only_source(overlay: Overlay, real: BoolArray, new_count: int) -> BoolArray:
    """A new unit that nothing went into yet came from where most of it lies."""
    fed = np.zeros(new_count, dtype=np.bool_)
    fed[overlay.new[real]] = True
    best = largest(overlay.new, overlay.area, new_count)
    most = best[overlay.new] == np.arange(len(overlay.new))
    return np.asarray(most & ~fed[overlay.new] & (overlay.new_share >= LEAST_COVER))


def _kept(
    overlay: Overlay, real: BoolArray, main: BoolArray, population: FloatArray
) -> tuple[Links, FloatArray]:
    rows: IntArray = np.flatnonzero(real)
    rows = rows[np.lexsort((-overlay.area[rows], ~main[rows], overlay.old[rows]))]
    old, area = overlay.old[rows], overlay.area[rows]
    kept = sums(old, area, len(overlay.old_area))
    alone = np.bincount(old, minlength=len(overlay.old_area))[old] == 1
    links = Links(
        old=old, new=overlay.new[rows], area=area / kept[old] * overlay.old_area[old],
        # Who lived in which part of a divided unit, its figure does not tell.
        population=np.where(alone, population[old], np.nan), is_main=first_of_each(old),
        old_count=len(overlay.old_area), new_count=len(overlay.new_area),
    )  # fmt: skip
    return links, np.clip(1 - kept / np.maximum(overlay.old_area, 1e-9), 0, 1)
