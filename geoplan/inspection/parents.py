"""Whether the units above the municipalities are there."""

from collections.abc import Iterator, Mapping

from geoplan.boundaries.archive import Archive, read_layer
from geoplan.boundaries.bkg import KEY_COLUMNS, PARENT_LAYERS
from geoplan.boundaries.german import DIGITS_BY_LEVEL
from geoplan.errors import DatasetError
from geoplan.inspection.finding import FETCH_AGAIN, Finding, Place, Severity, error, warning
from geoplan.inspection.layer import PlaceLayer, texts
from geoplan.keys import ARS_DIGITS, is_association_member
from geoplan.messages import Message
from geoplan.units import Level

LEVEL_NAMES: Mapping[Level, Message] = {
    Level.ASSOCIATION: Message("association of municipalities"),
    Level.COUNTY: Message("county"),
    Level.GOVERNMENT_REGION: Message("government region"),
    Level.STATE: Message("state"),
}
SEVERITY = {
    Level.ASSOCIATION: Severity.WARNING,
    Level.COUNTY: Severity.ERROR,
    Level.GOVERNMENT_REGION: Severity.WARNING,
    Level.STATE: Severity.ERROR,
}
"""Without counties and states no suggestion is right; the others are not everywhere."""


def check_parents(places: PlaceLayer, archive: Archive) -> Iterator[Finding]:
    """Layers that are missing or empty, and municipalities whose unit above is not in them."""
    for level, kind in PARENT_LAYERS.items():
        layer = archive.layers.get(kind)
        if layer is None:
            text = Message(
                "The layer VG…_{kind} with the level “{level}” is missing.",
                kind=kind,
                level=LEVEL_NAMES[level],
            )
            yield _finding(level, "layer-missing", text)
            continue
        try:
            features = read_layer(layer, (*KEY_COLUMNS, "GEN", "BEZ", "GF"))
        except DatasetError as problem:
            yield error("layer-unreadable", problem.message)
            continue
        missing = [name for name in ("GEN", "BEZ", "GF") if name not in features.columns]
        if missing or not set(features.columns) & set(KEY_COLUMNS):
            column = missing[0] if missing else " / ".join(KEY_COLUMNS)
            text = Message("The layer {layer} has no column {column}.", layer=layer.name, column=column)
            yield error("column-missing", text)
            continue
        keys = texts(features, *KEY_COLUMNS)
        names = texts(features, "GEN")
        if not keys:
            yield _finding(level, "layer-empty", Message("The layer {layer} is empty.", layer=layer.name))
            continue
        known = {key[: DIGITS_BY_LEVEL[level]]: name for key, name in zip(keys, names, strict=True)}
        yield from _unknown(level, places, known)
        yield from _without_places(level, places, known)


def _finding(level: Level, code: str, text: Message, *found: Place) -> Finding:
    return Finding(severity=SEVERITY[level], code=code, text=text, mend=FETCH_AGAIN, places=found)


def _unknown(level: Level, places: PlaceLayer, known: Mapping[str, str]) -> Iterator[Finding]:
    digits = DIGITS_BY_LEVEL[level]
    if level == Level.GOVERNMENT_REGION:  # many states have none, whatever the third digit says
        return
    without: dict[str, list[Place]] = {}
    for row, key in enumerate(places.keys):
        belongs = level != Level.ASSOCIATION or is_association_member(key.ljust(ARS_DIGITS, "0"))
        if belongs and key[:digits] not in known and len(key) == ARS_DIGITS:
            without.setdefault(key[:digits], []).append(places.place(row))
    for key, found in without.items():
        text = Message(
            "The {level} {key} of {place} is not in its layer ({count:n0} municipalities).",
            level=LEVEL_NAMES[level],
            key=key,
            place=str(found[0]),
            count=len(found),
        )
        yield _finding(level, "parent-missing", text, *found)


def _without_places(level: Level, places: PlaceLayer, known: Mapping[str, str]) -> Iterator[Finding]:
    """Units above that have no municipality; one that is in no association stands as its own association."""
    used = {key[: DIGITS_BY_LEVEL[level]] for key in places.keys}
    for key in sorted(set(known) - used):
        text = Message(
            "The {level} {place} has no municipality: some may be missing.",
            level=LEVEL_NAMES[level],
            place=str(Place(id=key, name=known[key])),
        )
        yield warning("parent-empty", text, Place(id=key, name=known[key]), mend=FETCH_AGAIN)
