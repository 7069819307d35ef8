"""What the map of the planner shows, as JSON that its script reads: who, how dark, which gaps."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.messages import format_number
from geoplan.networks.footprint import Footprint
from geoplan.units import PLACE_LEVELS, AdministrativeUnit, Level
from geoplan_api.planner.context import PlannerContext
from geoplan_api.planner.gaps import white_classes
from geoplan_api.planner.listing import Line
from geoplan_maps.style import is_outlined
from geoplan_maps.wgs84 import DECIMALS, to_wgs84
from geoplan_maps.wording import unit_title

ROOM = 0.06
"""How much is seen around the units that the question is about, as a share of their extent."""
WIDER = 1.25
"""So many times as wide may all become with the outline of what is suggested and holds others."""


def scene(context: PlannerContext, lines: tuple[Line, ...]) -> dict[str, Any]:
    """The scene of the state; nothing but Germany as a whole where nobody asks."""
    if context.answer is None:
        return {"asking": None, "partners": [], "suggestions": [], "group": [], "gaps": [], "bounds": None}
    answer = context.answer
    suggestions = [_suggested(line, context.lang) for line in lines]
    inner = [answer.unit, *context.members]
    inner += [line.suggestion.unit for line in lines if not is_outlined(line.suggestion)]
    around = [line.suggestion.unit for line in lines if is_outlined(line.suggestion)]
    return {
        "asking": _named(answer.unit), "partners": [one.id for one in context.members[1:]],
        "suggestions": suggestions,
        "outlined": outlined(context.members),
        "group": list(context.state.group) if len(context.members) > 1 else [],
        "names": {one.id: context.title(one) for one in context.members},
        "gaps": gaps_of(context), "why": context.state.why or None,
        "bounds": bounds_of(context.atlas, [*inner, *_barely_around(context.atlas, inner, around)]),
        "members": bounds_of(context.atlas, list(context.members), room=0),
        "view": _question(context), **_white_spots(context),
    }  # fmt: skip


def _barely_around(
    atlas: Atlas, inner: list[AdministrativeUnit], around: list[AdministrativeUnit]
) -> list[AdministrativeUnit]:
    """Units that reach only a little beyond what is seen anyway: their outlines are not cut for that."""
    first = _extent(atlas, inner)
    return [one for one in around if _extent(atlas, [*inner, one]) <= WIDER * first]


def _extent(atlas: Atlas, units: list[AdministrativeUnit]) -> float:
    """Metres across, the longer way."""
    west, south, east, north = shapely.total_bounds(atlas.geometry(_rows(atlas, units))).tolist()
    return float(max(east - west, north - south))


def _question(context: PlannerContext) -> str:
    """What is asked, without group and weights: another question is shown as a whole again."""
    state = context.state
    return " ".join((state.unit, state.service, state.type, state.as_level))


def _white_spots(context: PlannerContext) -> dict[str, Any]:
    """How many good partners each municipality of an area has, where that is asked for."""
    if context.white_spots is None:
        return {}
    area = context.white_spots.unit
    return {
        "whiteSpots": white_classes(context), "level": Level.MUNICIPALITY.value,
        "suggestions": [], "partners": [], "group": [], "gaps": [],
        "bounds": bounds_of(context.atlas, [area]), "view": f"white-spots {area.id}",
    }  # fmt: skip


def outlined(members: Sequence[AdministrativeUnit]) -> list[str]:
    """Members that hold others: those above the lowest level on board."""
    levels = {one.level for one in members}
    if len(levels) < 2 or not levels & set(PLACE_LEVELS):
        return []
    return [one.id for one in members if one.level not in PLACE_LEVELS]


def _named(unit: AdministrativeUnit) -> dict[str, str]:
    return {"id": unit.id, "level": unit.level.value, "name": unit_title(unit)}


def _suggested(line: Line, lang: str) -> dict[str, Any]:
    suggestion = line.suggestion
    return {
        "id": suggestion.unit.id, "rank": line.rank, "cls": line.step, "role": suggestion.role.value,
        "name": suggestion.unit.title, "score": format_number(suggestion.score, 2, lang),
        "level": suggestion.unit.level.value,
    }  # fmt: skip


def bounds_of(
    atlas: Atlas, units: list[AdministrativeUnit], *, room: float = ROOM
) -> list[list[float]] | None:
    """South-west and north-east corner (latitude, longitude) of units, with some room around."""
    rows = _rows(atlas, units)
    if not len(rows):
        return None
    west, south, east, north = shapely.total_bounds(atlas.geometry(rows)).tolist()
    away = room * max(east - west, north - south)
    box = shapely.box(west - away, south - away, east + away, north + away)
    west, south, east, north = shapely.total_bounds(to_wgs84(np.array([box]), atlas.provenance.crs)).tolist()
    return [[round(south, DECIMALS), round(west, DECIMALS)], [round(north, DECIMALS), round(east, DECIMALS)]]


def gaps_of(context: PlannerContext) -> list[list[list[float]]]:
    """Where the group is in pieces: the shortest line from each piece to the rest (longitude, latitude)."""
    network = context.network
    if network is None or network.contiguous:
        return []
    atlas = context.atlas
    footprint = Footprint(atlas=atlas, rows=_rows(atlas, list(network.members)))
    shapes = atlas.geometry(footprint.rows)
    pieces = [shapely.union_all(shapes[piece]) for piece in footprint.components]
    found = [
        shapely.shortest_line(piece, shapely.union_all(pieces[:number]))
        for number, piece in enumerate(pieces)
        if number
    ]
    return [
        [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in shapely.get_coordinates(line).tolist()]
        for line in to_wgs84(np.array(found, dtype=object), atlas.provenance.crs)
    ]


def _rows(atlas: Atlas, units: list[AdministrativeUnit]) -> NDArray[np.int64]:
    return np.array(sorted({atlas.units.row(one.id) for one in units}), dtype=np.int64)
