"""Which unit has a key, and which keys lie nearest to one that none has."""

from collections.abc import Iterable

from geoplan.errors import InvalidKeyError, UnknownUnitError
from geoplan.keys import ARS_DIGITS, COUNTY_DIGITS, ags_from_ars, key_digits, parse_key, similar_keys
from geoplan.messages import Message
from geoplan.units import UnitTable

NEAREST = 5


def row_of_key(units: UnitTable, text: str) -> int | None:
    """Return the row of the unit with this key (as it stands, grouped, or an ARS), else ``None``."""
    digits = key_digits(text)
    for key in (text, digits, ags_from_ars(digits) if len(digits) == ARS_DIGITS else digits):
        if key in units:
            return units.row(key)
    return None


def rows_beginning_with(units: UnitTable, text: str) -> list[int]:
    """Return the rows of the units whose key begins with the digits of ``text``, short keys first."""
    digits = key_digits(text)
    rows = [row for row, unit_id in enumerate(units.ids) if unit_id.startswith(digits)]
    return sorted(rows, key=lambda row: (len(units.ids[row]), units.ids[row]))


def nearest_rows(units: UnitTable, text: str) -> list[int]:
    """Return the rows of the units whose key one slip turns into ``text``, then others of the same county."""
    digits = key_digits(text)
    similar = sorted(
        {key for key in similar_keys(digits) if key in units}, key=lambda key: _distance(key, digits)
    )
    county = digits[:COUNTY_DIGITS]
    others = [
        key
        for key in units.ids
        if len(key) == len(digits) > len(county) and key.startswith(county) and key.isdecimal()
    ]
    others.sort(key=lambda key: abs(int(key) - int(digits)))
    return [units.row(key) for key in dict.fromkeys([*similar, *others])][:NEAREST]


def unknown_key(units: UnitTable, text: str) -> UnknownUnitError | InvalidKeyError:
    """Say why no unit has this key, with the nearest that there are."""
    nearest = _shown(units, nearest_rows(units, text))
    if any(units.ars):
        try:
            parse_key(text)
        except InvalidKeyError as error:
            return InvalidKeyError(error.message, value=text, nearest=nearest or error.nearest)
    message = Message("No unit has the key “{value}”.", value=text)
    return UnknownUnitError(message, value=text, nearest=nearest)


def _shown(units: UnitTable, rows: Iterable[int]) -> list[str]:
    return [f"{units.ids[row]} ({units.names[row]})" for row in rows]


def _distance(key: str, digits: str) -> tuple[bool, int, int]:
    """A lost zero first, then the longest common beginning, then the nearest number."""
    pairs = enumerate(zip(key, digits, strict=False))
    common = next((place for place, (one, other) in pairs if one != other), len(key))
    return key != f"0{digits}", -common, abs(int(key) - int(digits))
