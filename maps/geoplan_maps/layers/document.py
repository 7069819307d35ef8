"""What one layer of the map says, as JSON of our own that stays small and is quickly drawn.

::

    {"format": 2,
     "level": "municipality",          level of the areas (of a county's file: its places)
     "zoom": 10,                       coordinates are pixels of Web Mercator, 256 · 2^zoom across
     "origin": [x, y],                 added to every coordinate
     "ids": ["05570004", …],           the areas; all that follows counts them from 0
     "names": ["Beckum", …],
     "places": "…",                    two numbers an area: a point on its surface, less the one before
     "sizes": "…",                     one number an area: how soon to write its name; twice the decimal
                                       logarithm of the population, 0 where that is unknown
     "unincorporated": [17, …],        areas that are nobody's municipality
     "cities": [3, …],                 counties that are one city
     "parents": {"county": "…"},       one number an area and level: place in "above", less the one before;
                                       -1 has none
     "above": {"county": {"ids": […], "names": […]},
               "metropolitan-region": {"ids": […], "names": […], "members": [[3, 5], …]}},
     "arcs": {"lengths": "…",          number of points of each line
              "sides": "…",            two numbers a line: the area on the one side, less that of the line
                                       before; the area on the other side, less the former
              "points": "…"}}          x and y of all points, less the point before (across lines, too)

Every line stands here once, and its areas are those on its two sides: an area's outline is made of all
lines that name it, a county's of those that name one of its places on one side only. Instead of a second
area there may be -1 (outside the country), -2 (another county) or -3 (another county in another state); the
latter two occur in a county's file only. Texts of numbers are written as :mod:`geoplan_maps.layers.digits`
says.
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from geoplan.atlas import Atlas
from geoplan.units import COUNTY_FREE, PARENT_LEVELS, PLACE_LEVELS, Level
from geoplan_maps.layers.arcs import OUTSIDE, Arcs, Ints
from geoplan_maps.layers.digits import written
from geoplan_maps.wording import unit_title

FORMAT = 2
OTHER_COUNTY, OTHER_STATE = -2, -3


def layer_document(atlas: Atlas, rows: Ints, arcs: Arcs, *, zoom: int, places: Ints) -> dict[str, Any]:
    """Write a layer.

    Parameters
    ----------
    rows
        (n,) the areas, rows of the unit table: places, or units of one level above them.
    arcs
        Their lines; coordinates are pixels of ``zoom``.
    places
        (n, 2) a point on the surface of each area, in the same pixels.
    """
    origin = arcs.points.min(axis=0) if len(arcs.points) else np.zeros(2, dtype=np.int64)
    parents, above = _parents(atlas, rows)
    kinds = atlas.units.level[rows]
    level = kinds[0] if len(kinds) and kinds[0] not in PLACE_LEVELS else Level.MUNICIPALITY
    return {
        "format": FORMAT, "level": level.value, "zoom": zoom, "origin": origin.tolist(),
        "ids": [atlas.units.ids[row] for row in rows.tolist()],
        "names": [unit_title(atlas.units.at(row)) for row in rows.tolist()],
        "places": _steps(places - origin),
        "sizes": written(_sizes(atlas, rows).tolist()),
        "unincorporated": np.flatnonzero(kinds == Level.UNINCORPORATED_AREA).tolist(),
        "cities": [
            number for number, row in enumerate(rows.tolist())
            if level == Level.COUNTY and atlas.units.designations[row] in COUNTY_FREE
        ],
        "parents": parents,
        "above": above,
        "arcs": {
            "lengths": written(np.diff(arcs.first).tolist()),
            "sides": _sides(arcs.sides),
            "points": _steps(arcs.points - origin),
        },
    }  # fmt: skip


def region_members(atlas: Atlas, rows: Ints) -> dict[str, Any]:
    """The metropolitan regions, put together from the areas in ``rows`` (counties)."""
    place = {row: number for number, row in enumerate(rows.tolist())}
    regions = atlas.regions.members
    return {
        "ids": [atlas.units.ids[region] for region in regions],
        "names": [atlas.units.names[region] for region in regions],
        "members": [[place[row] for row in counties.tolist()] for counties in regions.values()],
    }


def document_bytes(document: Mapping[str, Any]) -> bytes:
    """The document as it is sent."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _parents(atlas: Atlas, rows: Ints) -> tuple[dict[str, str], dict[str, Any]]:
    parents, above = {}, {}
    for level in PARENT_LEVELS:
        of = atlas.hierarchy.parent[level][rows]
        known = np.unique(of[(of >= 0) & (of != rows)])
        if not len(known):
            continue
        number = np.where(np.isin(of, known), np.searchsorted(known, of), -1)
        parents[level.value] = written(np.diff(number, prepend=0).tolist())
        above[level.value] = {
            "ids": [atlas.units.ids[row] for row in known.tolist()],
            "names": [unit_title(atlas.units.at(row)) for row in known.tolist()],
        }
    return parents, above


def _sizes(atlas: Atlas, rows: Ints) -> Ints:
    population = np.nan_to_num(atlas.units.population[rows], nan=1.0)
    sizes: Ints = np.floor(2 * np.log10(np.maximum(population, 1.0))).astype(np.int64)
    return sizes


def _sides(sides: Ints) -> str:
    one = np.diff(sides[:, 0], prepend=0)
    # What is no area is written as it is: it has no neighbourhood in the numbering.
    other = np.where(sides[:, 1] <= OUTSIDE, sides[:, 1], sides[:, 1] - sides[:, 0])
    return written(np.column_stack([one, other]).ravel().tolist())


def _steps(points: Ints) -> str:
    return written(np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel().tolist())
