"""Which fields of each row a reader wants."""

from collections.abc import Collection, Sequence
from typing import Any

from pydantic import BaseModel

from geoplan.errors import UnknownChoiceError
from geoplan.messages import Message
from geoplan.nearest import nearest_values

ALWAYS = "id"
"""Without its id a row is nobody's."""
OF_FEATURES = ("area_km2", "distance_km", "match", "population_source", "rank", "reasons", "share")
"""What features may say beside the fields of a row."""

Row = dict[str, Any]


def fields_of(model: type[BaseModel], *, features: bool = False) -> tuple[str, ...]:
    """The fields that a row may have, by the names that the answer uses."""
    named = {field.alias or name for name, field in model.model_fields.items()}
    return tuple(sorted(named | set(OF_FEATURES if features else ())))


def read_fields(text: str | None, known: Collection[str]) -> frozenset[str] | None:
    """The fields that are asked for; ``None`` for all of them.

    Raises
    ------
    UnknownChoiceError
        A field that no row has.
    """
    asked = [part.strip() for part in (text or "").split(",") if part.strip()]
    for one in asked:
        if one not in known:
            message = Message("There is no field “{value}” here.", value=one)
            raise UnknownChoiceError(message, value=one, nearest=nearest_values(one, known))
    return frozenset([ALWAYS, *asked]) if asked else None


def select(rows: Sequence[Row], fields: frozenset[str] | None) -> list[Row]:
    """The rows with the chosen fields only."""
    if fields is None:
        return list(rows)
    return [{name: value for name, value in row.items() if name in fields} for row in rows]


def select_properties(collection: Row, fields: frozenset[str] | None) -> Row:
    """A FeatureCollection whose properties are the chosen fields only."""
    if fields is None:
        return collection
    features = collection["features"]
    chosen = select([feature["properties"] for feature in features], fields)
    pairs = zip(features, chosen, strict=True)
    return {**collection, "features": [{**feature, "properties": one} for feature, one in pairs]}
