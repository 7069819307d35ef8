"""What the command line and the web application answer alike: the JSON of the contract."""

from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas, Neighbour
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.provenance import named_in
from geoplan.search import Match, SearchResult
from geoplan.services import Service
from geoplan.units import AdministrativeUnit, Level

Answer = dict[str, Any]

MAX_LIMIT = 1000
"""More rows than this nobody reads; whoever wants all units reads the dataset."""
MAX_IDS = 500
"""Units that one request may name."""
LISTED = "listed"
"""The ``match`` of a unit that was not searched for."""
MAX_TEXT = 200
"""Characters of a name, an id or a key; the longest name of a German municipality has 50."""


def check_limit(limit: int) -> int:
    """Return ``limit``, a number of rows.

    Raises
    ------
    InvalidValueError
        Not within 1 … 1000.
    """
    if not 1 <= limit <= MAX_LIMIT:
        message = Message(
            "The limit is a number from 1 to {limit}, not {value}.", limit=MAX_LIMIT, value=str(limit)
        )
        raise InvalidValueError(message, value=limit)
    return limit


def info_answer(atlas: Atlas) -> Answer:
    """What the dataset holds: units by level, borders between places."""
    return {
        "data": atlas.provenance.to_dict(),
        "counts": atlas.counts(),
        "borders": atlas.borders.pair_count,
        "border_km": round(atlas.borders.total_border_m / 1000, 3),
    }


def search(
    atlas: Atlas,
    text: str,
    *,
    limit: int,
    levels: Collection[Level] | None = None,
    near: str | None = None,
) -> list[SearchResult]:
    """The units that ``text`` may mean, best first; of those that fit alike, the ones ``near`` go first.

    Raises
    ------
    InvalidValueError
        The text is empty or too long, the limit out of its bounds.
    UnknownUnitError, AmbiguousUnitError
        Coordinates outside all units, an unknown postcode; or no unit, or several, that ``near`` may mean.
    """
    check_limit(limit)
    if not text.strip():
        raise InvalidValueError(Message("The search text is empty."), value=text)
    if len(text) > MAX_TEXT:
        message = Message(
            "The search text has {count} characters; {limit} are allowed.", count=len(text), limit=MAX_TEXT
        )
        raise InvalidValueError(message, value=text)
    return atlas.names.search(text, limit=limit, levels=levels, near=near)


def named_units(atlas: Atlas, ids: str) -> tuple[list[SearchResult], list[str]]:
    """The units with ``ids``, parted by commas, each once in the order they are named, and the unknown ids.

    Raises
    ------
    InvalidValueError
        There are no ids, or too many.
    """
    named = list(dict.fromkeys(part.strip() for part in ids.split(",") if part.strip()))
    if not 1 <= len(named) <= MAX_IDS:
        message = Message("From 1 to {limit} ids can be named, not {count}.", limit=MAX_IDS, count=len(named))
        raise InvalidValueError(message, value=len(named))
    found = [SearchResult(unit=atlas.units[one], match=Match.ID) for one in named if one in atlas.units]
    return found, [one for one in named if one not in atlas.units]


def listed(atlas: Atlas, rows: Iterable[int]) -> list[SearchResult]:
    """The units in ``rows``, which nobody has searched for."""
    return [SearchResult(unit=atlas.units.at(row), match=LISTED) for row in rows]


def level_rows(atlas: Atlas, levels: Collection[Level] | None) -> list[int]:
    """The rows of the units of ``levels`` (of all where ``None``), in the order of the dataset."""
    units = atlas.units
    rows: list[int] = list(range(len(units))) if levels is None else units.rows_of(*levels).tolist()
    return rows


def search_answer(atlas: Atlas, results: list[SearchResult]) -> Answer:
    """Search results as the contract writes them."""
    return {
        "results": [result.to_dict(atlas.units) for result in results],
        "data": atlas.provenance.to_dict(),
    }


def neighbours_answer(atlas: Atlas, unit: AdministrativeUnit, neighbours: list[Neighbour]) -> Answer:
    """Neighbours as the contract writes them."""
    return {
        "unit": unit.id,
        "neighbours": [neighbour.to_dict() for neighbour in neighbours],
        "data": atlas.provenance.to_dict(),
    }


def steps(neighbours: list[Neighbour]) -> list[dict[str, Any]]:
    """How far and along which border each neighbour lies, to be added to its feature."""
    return [{"order": neighbour.order, "border_km": neighbour.border_km} for neighbour in neighbours]


def unit_answer(atlas: Atlas, unit: AdministrativeUnit) -> Answer:
    """One unit with the names of what it belongs to."""
    return {
        **unit_fields(unit),
        "county_name": name_of(atlas, unit.county),
        "state_name": name_of(atlas, unit.state),
        "data": atlas.provenance.to_dict(),
    }


def unit_fields(unit: AdministrativeUnit) -> Answer:
    """What the dataset knows of a unit."""
    return {**{name: getattr(unit, name) for name in unit.__slots__}, "level": unit.level.value}


def services_answer(atlas: Atlas, services: Iterable[Service], lang: str) -> Answer:
    """Service fields with everything that is said of them."""
    return {
        "services": [service.to_dict(lang) for service in services],
        "data": named_in(lang, atlas.provenance.to_dict()),
    }


def name_of(atlas: Atlas, unit_id: str | None) -> str | None:
    """The name of a unit; ``None`` where there is no such unit."""
    return None if unit_id is None or unit_id not in atlas.units else atlas.units[unit_id].name


def rows_of(atlas: Atlas, units: list[AdministrativeUnit]) -> NDArray[np.int64]:
    """The rows of ``units`` in the unit table."""
    return np.array([atlas.units.row(unit.id) for unit in units], dtype=np.int64)


def with_properties(collection: Answer, properties: list[dict[str, Any]]) -> Answer:
    """A FeatureCollection whose features carry more properties, given in the order of the features."""
    features = [
        {**feature, "properties": {**feature["properties"], **more}}
        for feature, more in zip(collection["features"], properties, strict=True)
    ]
    return {**collection, "features": features}
