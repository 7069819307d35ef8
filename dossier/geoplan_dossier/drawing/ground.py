"""Which geometry belongs to a network: members, neighbours, borders between members, gaps between pieces."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan_dossier.dossier import CommonBorder, Dossier
from geoplan_maps.wgs84 import Geometries

LINES = ("LineString", "MultiLineString", "LinearRing")
TOUCH_M = 1.0
"""Pieces that are nearer than this meet in a point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Where two pieces of the network come nearest to one another."""

    one: str
    other: str
    """Ids of the members at its ends."""
    line: shapely.LineString
    """Without length where the pieces meet in a point."""

    @property
    def km(self) -> float:
        """Its length, km."""
        return float(shapely.length(self.line)) / 1000

    @property
    def point(self) -> shapely.Point:
        """Its middle."""
        return shapely.centroid(self.line)

    @property
    def touches(self) -> bool:
        """Whether the pieces meet in a point."""
        return bool(shapely.length(self.line) < TOUCH_M)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Geometry in the metric CRS of the dataset."""

    members: Geometries
    """In the order of ``dossier.members``."""
    outlined: Geometries
    """Those of them that other members lie in: a fill would hide these."""
    filled: Geometries
    """All others."""
    neighbours: Geometries
    """In the order of ``dossier.neighbours``."""
    borders: tuple[tuple[CommonBorder, shapely.MultiLineString], ...]
    gaps: tuple[Gap, ...]
    """One fewer than there are pieces: the shortest that join them all."""


def build_ground(dossier: Dossier) -> Ground:
    """Read the geometry of a dossier."""
    atlas = dossier.atlas
    members = atlas.geometry(_rows(atlas, [member.unit.id for member in dossier.members]))
    shape = dict(zip((member.unit.id for member in dossier.members), members, strict=True))
    holders = {one.unit.id for one in dossier.network.holders}
    over = np.array([member.unit.id in holders for member in dossier.members], dtype=bool)
    return Ground(
        members=members, outlined=members[over], filled=members[~over],
        neighbours=atlas.geometry(_rows(atlas, [unit.id for unit in dossier.neighbours])),
        borders=tuple((one, _common_line(shape[one.one], shape[one.other])) for one in dossier.borders),
        gaps=tuple(_gaps(shape, dossier.network.components)),
    )  # fmt: skip


def _rows(atlas: Atlas, ids: list[str]) -> NDArray[np.int64]:
    return np.array([atlas.units.row(unit_id) for unit_id in ids], dtype=np.int64)


def _common_line(one: shapely.Geometry, other: shapely.Geometry) -> shapely.MultiLineString:
    """Where two areas lie on one another; empty where generalisation has drawn them apart."""
    parts = shapely.get_parts(shapely.intersection(shapely.boundary(one), shapely.boundary(other)))
    merged = shapely.line_merge(
        shapely.MultiLineString([part for part in parts.tolist() if part.geom_type in LINES])
    )
    return shapely.MultiLineString(shapely.get_parts(merged).tolist())


def _gaps(shape: dict[str, shapely.Geometry], pieces: tuple[tuple[str, ...], ...]) -> list[Gap]:
    """The shortest lines that join all pieces (Kruskal)."""
    joined = [
        _nearest(shape, pieces[one], pieces[other])
        for one, other in combinations(range(len(pieces)), 2)
    ]  # fmt: skip
    piece = {unit_id: number for number, ids in enumerate(pieces) for unit_id in ids}
    kept: list[Gap] = []
    for gap in sorted(joined, key=lambda gap: (gap.km, gap.one, gap.other)):
        one, other = piece[gap.one], piece[gap.other]
        if one != other:
            kept.append(gap)
            piece = {unit_id: one if own == other else own for unit_id, own in piece.items()}
    return kept


def _nearest(shape: dict[str, shapely.Geometry], ones: tuple[str, ...], others: tuple[str, ...]) -> Gap:
    distances = np.array([[shapely.distance(shape[one], shape[other]) for other in others] for one in ones])
    place, other_place = np.unravel_index(int(distances.argmin()), distances.shape)
    one, other = ones[int(place)], others[int(other_place)]
    return Gap(one=one, other=other, line=shapely.shortest_line(shape[one], shape[other]))
