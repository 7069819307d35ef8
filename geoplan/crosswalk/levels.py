"""What became of the units above the places, followed through the places they consist of."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from geoplan.boundaries.coverage import parent_rows
from geoplan.crosswalk.links import FloatArray, Links, first_of_each, sums
from geoplan.crosswalk.slivers import Sifted
from geoplan.units import PLACE_LEVELS, Level, UnitTable

LEAST_PART = 0.005
"""A part of a unit counts from this share of the old or the new unit on …"""
WHOLE = 0.5
"""… or where this share of a municipality is in it: one that moved."""


def followed(old: UnitTable, new: UnitTable, level: Level, places: Sifted) -> Sifted:
    """Follow the units of ``level`` in ``old`` into those of the same level in ``new``.

    What belongs to no unit of the level any more is dropped.
    """
    before, old_count = parent_rows(old, level)
    after, new_count = parent_rows(new, level)
    before, after = before[places.links.old], after[places.links.new]
    belongs = before >= 0
    total = sums(before[belongs], places.links.area[belongs], old_count)
    stays = belongs & (after >= 0)
    code, group = np.unique(before[stays] * (new_count + 1) + after[stays], return_inverse=True)

    def summed(column: NDArray[np.float64] | NDArray[np.bool_]) -> FloatArray:
        return sums(group, column[stays], len(code))

    links = Links(
        old=code // (new_count + 1), new=code % (new_count + 1), area=summed(places.links.area),
        population=summed(_population(old, places.links)), is_main=np.zeros(len(code), dtype=np.bool_),
        old_count=old_count, new_count=new_count,
    )  # fmt: skip
    share = links.area / np.maximum(total, 1e-9)[links.old]
    counts = (share >= LEAST_PART) | (links.new_share >= LEAST_PART) | (summed(_moved(old, places.links)) > 0)
    kept = _sorted(links, counts, _same_key(old, new, level, links))
    left = sums(kept.old, kept.area, old_count)
    dropped = np.clip(1 - left / np.maximum(total, 1e-9), 0, 1)
    area = kept.area / left[kept.old] * total[kept.old]
    return Sifted(links=replace(kept, area=area), dropped=dropped, tolerance_m=places.tolerance_m)


def _population(old: UnitTable, links: Links) -> FloatArray:
    """Inhabitants by link: those of a divided municipality by area; an unincorporated area has none."""
    figures = old.population[: links.old_count]
    empty = np.isnan(figures) & (old.level[: links.old_count] == Level.UNINCORPORATED_AREA)
    return np.asarray(np.where(empty, 0.0, figures)[links.old] * links.share)


def _moved(old: UnitTable, links: Links) -> NDArray[np.bool_]:
    """Links that carry most of a municipality."""
    is_municipality = old.level[links.old] == PLACE_LEVELS[0]
    return np.asarray((links.share >= WHOLE) & is_municipality)


def _same_key(old: UnitTable, new: UnitTable, level: Level, links: Links) -> NDArray[np.bool_]:
    old_ids = np.array(old.ids, dtype=np.str_)[old.rows_of(level)]
    new_ids = np.array(new.ids, dtype=np.str_)[new.rows_of(level)]
    return np.asarray(old_ids[links.old] == new_ids[links.new], dtype=np.bool_)


def _sorted(links: Links, counts: NDArray[np.bool_], same_key: NDArray[np.bool_]) -> Links:
    """The links that count, the main successor of each unit first: its own key, else the largest part."""
    rows = np.flatnonzero(counts)
    rows = rows[np.lexsort((-links.area[rows], ~same_key[rows], links.old[rows]))]
    return replace(
        links, old=links.old[rows], new=links.new[rows], area=links.area[rows],
        population=links.population[rows], is_main=first_of_each(links.old[rows]),
    )  # fmt: skip
