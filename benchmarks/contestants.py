"""Who builds an adjacency: geoplan and what else there is. Each imports its library when it is asked.

A contestant takes polygons and returns what is timed, and what reads its answer: the pairs (m, 2), i < j,
and the metres of each pair, or ``None`` where the library does not say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Polygons = NDArray[np.object_]
Borders = tuple[NDArray[np.int64], NDArray[np.float64] | None]
Run = tuple[Callable[[], Any], Callable[[Any], Borders]]


def geoplan(polygons: Polygons) -> Run:
    """What this project has."""
    from geoplan.adjacency import build_adjacency  # noqa: PLC0415

    return lambda: build_adjacency(polygons), lambda found: (found.pairs, found.border_m)


def geos(polygons: Polygons) -> Run:
    """Plain GEOS: an STRtree for the pairs that meet, and the length of each intersection."""
    import shapely  # noqa: PLC0415

    def build() -> Borders:
        one, other = shapely.STRtree(polygons).query(polygons, predicate="intersects")
        once = one < other
        one, other = one[once], other[once]
        metres = shapely.length(shapely.intersection(polygons[one], polygons[other]))
        return np.column_stack([one, other])[metres > 0], metres[metres > 0]

    return build, lambda found: found


def libpysal_default(polygons: Polygons) -> Run:
    """As one calls libpysal: rook contiguity by common vertices, without lengths."""
    return _libpysal(polygons, strict=False, by_perimeter=False)


def libpysal_strict(polygons: Polygons) -> Run:
    """The other way of libpysal: rook contiguity by the DE-9IM relation of each pair, without lengths."""
    return _libpysal(polygons, strict=True, by_perimeter=False)


def libpysal_lengths(polygons: Polygons) -> Run:
    """The only way of libpysal to lengths that takes this source: strict, weighted by common perimeter."""
    return _libpysal(polygons, strict=True, by_perimeter=True)


def _libpysal(polygons: Polygons, *, strict: bool, by_perimeter: bool) -> Run:
    from geopandas import GeoSeries  # noqa: PLC0415
    from libpysal.graph import Graph  # noqa: PLC0415

    series = GeoSeries(polygons)

    def read(graph: Graph) -> Borders:
        table = graph.adjacency
        one, other = (table.index.get_level_values(level).to_numpy() for level in (0, 1))
        weight = table.to_numpy()
        once = (one < other) & (weight > 0)
        return np.column_stack([one, other])[once], weight[once] if by_perimeter else None

    return lambda: Graph.build_contiguity(series, rook=True, strict=strict, by_perimeter=by_perimeter), read


def gerrychain(polygons: Polygons) -> Run:
    """The graph builder of gerrychain: lengths pair by pair, and how much of each unit is on the outside."""
    from geopandas import GeoDataFrame  # noqa: PLC0415
    from gerrychain import Graph  # noqa: PLC0415

    frame = GeoDataFrame(geometry=list(polygons), crs="EPSG:25832")

    def read(graph: Graph) -> Borders:
        edges = list(graph.edges)
        metres = [graph.edge_data(graph.get_edge_id_from_edge(edge))["shared_perim"] for edge in edges]
        return np.sort(np.array(edges, dtype=np.int64), axis=1), np.array(metres)

    return lambda: Graph.from_geodataframe(frame, adjacency="rook", ignore_errors=True), read


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """One way to an adjacency."""

    name: str
    prepare: Callable[[Polygons], Run]
    repeats: int
    """How often it is timed in one process: more often the faster it is."""


CONTESTANTS = {
    "geoplan": Contestant(name="geoplan", prepare=geoplan, repeats=7),
    "libpysal": Contestant(name="libpysal rook (default)", prepare=libpysal_default, repeats=3),
    "libpysal-strict": Contestant(name="libpysal rook (strict)", prepare=libpysal_strict, repeats=3),
    "libpysal-lengths": Contestant(
        name="libpysal rook (strict, by perimeter)", prepare=libpysal_lengths, repeats=1
    ),
    "geos": Contestant(name="GEOS STRtree + intersection", prepare=geos, repeats=3),
    "gerrychain": Contestant(name="gerrychain Graph.from_geodataframe", prepare=gerrychain, repeats=1),
}
