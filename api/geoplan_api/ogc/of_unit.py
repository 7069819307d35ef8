"""The collections of one unit: who fits as a partner, and who lies around it."""

import numpy as np

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan.suggestions import suggest
from geoplan.suggestions.suggest import Asked
from geoplan.units import AdministrativeUnit
from geoplan_api.answers import rows_of
from geoplan_api.ogc.collections import content_version
from geoplan_api.ogc.served import Served
from geoplan_maps.exchange.columns import Column, Table, numbers, texts, unit_columns, whole_numbers

SUGGESTIONS, NEIGHBOURS = "suggestions", "neighbours"
NAMES = (SUGGESTIONS, NEIGHBOURS)
SUGGESTED = 100
"""So many suggestions a unit has as features."""


def unit_collection(atlas: Atlas, unit: AdministrativeUnit, name: str, asked: Asked, lang: str) -> Served:
    """One of :data:`NAMES`.

    Raises
    ------
    RequestError
        As :func:`geoplan.suggest`.
    """
    if name == NEIGHBOURS:
        table = _neighbours(atlas, unit)
        title = Message("Neighbours of {name}", name=unit.title)
        description = Message("Units of the same level with a common border, the longest first.")
    else:
        table = _suggestions(atlas, unit, asked, lang)
        title = Message("Partners for {name}", name=unit.title)
        description = Message("Suggestions for cooperation with score and reasons, the best first.")
    return Served(
        name=name, title=title, description=description, table=table,
        version=f"{unit.id}-{name}-{content_version(table)}",
    )  # fmt: skip


def _neighbours(atlas: Atlas, unit: AdministrativeUnit) -> Table:
    found = atlas.neighbours(unit.id)
    lengths = np.array([np.nan if one.border_km is None else one.border_km for one in found])
    return _table(atlas, [one.unit for one in found], {"border_km": numbers(lengths, 4)})


def _suggestions(atlas: Atlas, unit: AdministrativeUnit, asked: Asked, lang: str) -> Table:
    found = suggest(
        atlas, unit.id, partners=asked.partners, type=asked.type, service=asked.service, limit=SUGGESTED,
    ).suggestions  # fmt: skip
    own = {
        "rank": whole_numbers(np.arange(1, len(found) + 1)),
        "score": numbers(np.array([one.score for one in found]), 6),
        "role": texts(one.role.value for one in found),
        "type": texts(one.type.value for one in found),
        "reasons": texts(
            " · ".join(part.explanation.text(lang) for part in one.contributions if part.contribution > 0)
            for one in found
        ),
    }
    return _table(atlas, [one.unit for one in found], own)


def _table(atlas: Atlas, units: list[AdministrativeUnit], own: dict[str, Column]) -> Table:
    rows = rows_of(atlas, units)
    columns = unit_columns(atlas, rows)
    return Table(
        ids=[unit.id for unit in units],
        columns={"id": columns.pop("id"), "name": columns.pop("name"), **own, **columns},
        crs=atlas.provenance.crs, shape="MultiPolygon", read_geometry=lambda: atlas.geometry(rows),
    )  # fmt: skip
