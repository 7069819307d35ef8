"""How a crosswalk is built: places from their geometry, the levels above from their places."""

from typing import Protocol

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.boundaries.dataset import Geometries
from geoplan.boundaries.measure import reproject
from geoplan.crosswalk.crosswalk import Crosswalk
from geoplan.crosswalk.kinds import Labels, kinds_of
from geoplan.crosswalk.levels import followed
from geoplan.crosswalk.links import IntArray, Links
from geoplan.crosswalk.overlay import overlaid
from geoplan.crosswalk.slivers import Sifted, sifted
from geoplan.crosswalk.values import Appearance, Change, Successor
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.provenance import Provenance
from geoplan.units import PARENT_LEVELS, PLACE_LEVELS, UnitTable

LEAST_COMMON = 0.1
"""Of the smaller dataset's area: countries that border overlap in slivers only."""
RowPair = tuple[IntArray, IntArray]
"""Rows of the old and of the new unit table."""


class Areas(Protocol):
    """What is needed of an atlas."""

    @property
    def units(self) -> UnitTable:
        """All units."""
        ...

    @property
    def provenance(self) -> Provenance:
        """Where they come from."""
        ...

    def geometry(self, rows: NDArray[np.int64]) -> Geometries:
        """Polygons of rows, in the CRS of the provenance."""
        ...


def build_crosswalk(old: Areas, new: Areas) -> Crosswalk:
    """Tell what became of every unit of ``old`` in ``new``.

    Places (municipalities and unincorporated areas) are overlaid as they are drawn; slivers are told from
    changes (see :mod:`geoplan.crosswalk.slivers`), and the shares of each unit add up to 1. Associations,
    counties, government regions and states are followed through their places. The vintages need not have a
    CRS in common. A change narrower than about twice ``tolerance_m`` is not seen.

    Raises
    ------
    InvalidValueError
        The two have hardly any area in common: they show different countries.
    """
    rows = old.units.rows_of(*PLACE_LEVELS), new.units.rows_of(*PLACE_LEVELS)
    labels = _labels(old.units, new.units, rows)
    overlay = overlaid(*_in_one_crs(old, new, rows))
    if overlay.area.sum() < LEAST_COMMON * min(overlay.old_area.sum(), overlay.new_area.sum()):
        message = Message(
            "“{old}” and “{new}” have hardly any area in common.",
            old=old.provenance.dataset, new=new.provenance.dataset,
        )  # fmt: skip
        raise InvalidValueError(message, value=new.provenance.dataset)
    places = sifted(overlay, labels, old.units.population[rows[0]])
    changes = changes_of(old.units, new.units, rows, places)
    appeared = appeared_of(new.units, rows[1], places.links)
    for level in PARENT_LEVELS:
        above_rows = old.units.rows_of(level), new.units.rows_of(level)
        above = followed(old.units, new.units, level, places)
        changes += changes_of(old.units, new.units, above_rows, above)
        appeared += appeared_of(new.units, above_rows[1], above.links)
    return Crosswalk(
        old=old.provenance, new=new.provenance, tolerance_m=places.tolerance_m,
        changes_of_all=tuple(changes), appeared=tuple(appeared),
    )  # fmt: skip


def _in_one_crs(old: Areas, new: Areas, rows: RowPair) -> tuple[Geometries, Geometries]:
    """The polygons of both, in the CRS of the finer drawing: that with more vertices."""
    drawn = old.geometry(rows[0]), new.geometry(rows[1])
    crs = old.provenance.crs, new.provenance.crs
    if crs[0] == crs[1]:
        return drawn
    vertices = [int(shapely.get_num_coordinates(geometry).sum()) for geometry in drawn]
    if vertices[0] >= vertices[1]:
        return drawn[0], reproject(drawn[1], crs[1], crs[0])
    return reproject(drawn[0], crs[0], crs[1]), drawn[1]


def _labels(old: UnitTable, new: UnitTable, rows: RowPair) -> Labels:
    def of(column: list[str], places: IntArray) -> NDArray[np.str_]:
        return np.array([column[row] for row in places.tolist()], dtype=np.str_)

    return Labels(
        old_ids=of(old.ids, rows[0]), old_names=of(old.names, rows[0]),
        new_ids=of(new.ids, rows[1]), new_names=of(new.names, rows[1]),
    )  # fmt: skip


def changes_of(old: UnitTable, new: UnitTable, rows: RowPair, sifted_links: Sifted) -> list[Change]:
    """What became of the units of a level."""
    links = sifted_links.links
    kinds = kinds_of(links, _labels(old, new, rows))
    share, population, new_share = links.share, links.population_share, links.new_share
    found: list[list[Successor]] = [[] for _ in rows[0]]
    for link, (place, successor) in enumerate(zip(links.old.tolist(), links.new.tolist(), strict=True)):
        row = int(rows[1][successor])
        found[place].append(
            Successor(
                id=new.ids[row],
                name=new.names[row],
                share=float(share[link]),
                population_share=None if np.isnan(population[link]) else float(population[link]),
                new_share=float(new_share[link]),
            )
        )
    return [
        Change(
            id=old.ids[row], name=old.names[row], designation=old.designations[row], level=old.level[row],
            kinds=kinds[place], successors=tuple(found[place]), dropped=float(sifted_links.dropped[place]),
        )
        for place, row in enumerate(rows[0].tolist())
    ]  # fmt: skip


def appeared_of(new: UnitTable, rows: IntArray, links: Links) -> list[Appearance]:
    """New units of a level that no old one went into."""
    fed = np.isin(np.arange(len(rows)), links.new)
    return [
        Appearance(id=new.ids[row], name=new.names[row], level=new.level[row]) for row in rows[~fed].tolist()
    ]
