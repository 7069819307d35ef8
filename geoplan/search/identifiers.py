"""Which unit has a key, and which keys lie nearest to one that none has."""

from collections.abc import Iterable

from geoplan.errors import InvalidKeyError, UnknownUnitError
from geoplan.keys import (
    ARS_DIGITS,
    COUNTY_DIGITS,
    STATE_DIGITS,
    ags_from_ars,
    key_digits,
    parse_key,
    similar_keys,
)
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


def rows_beginning_alike(units: UnitTable, text: str) -> list[int]:
    """Return the rows of the units whose key has the longest beginning in common with ``text``.

    Of those, keys as long as ``text`` go first, then near numbers. A text that shares not even the state with
    any unit has none.
    """
    digits = key_digits(text)
    written = {digits, ags_from_ars(digits) if len(digits) == ARS_DIGITS else digits}
    common = {key: max(_common_digits(key, one) for one in written) for key in units.ids if key.isdecimal()}
    longest = max(common.values(), default=0)
    if longest < STATE_DIGITS:
        return []
    alike = [key for key, length in common.items() if length == longest]
    alike.sort(key=lambda key: (len(key) not in map(len, written), _numbers_apart(key, digits), key))
    return [units.row(key) for key in alike[:NEAREST]]


def _numbers_apart(key: str, digits: str) -> int:
    """How far apart the numbers are, the shorter one filled up with zeros."""
    length = max(len(key), len(digits))
    return abs(int(key.ljust(length, "0")) - int(digits.ljust(length, "0")))


def unknown_key(units: UnitTable, text: str) -> UnknownUnitError | InvalidKeyError:
    """Say why no unit has this key, with the nearest that there are."""
    nearest = _shown(units, nearest_rows(units, text) or rows_beginning_alike(units, text))
    if any(units.ars):
        try:
            parse_key(text)
        except InvalidKeyError as error:
            return InvalidKeyError(error.message, value=text, nearest=nearest)
    message = Message("No unit has the key “{value}”.", value=text)
    return UnknownUnitError(message, value=text, nearest=nearest)


def _shown(units: UnitTable, rows: Iterable[int]) -> list[str]:
    return [f"{units.ids[row]} ({units.names[row]})" for row in rows]


def _distance(key: str, digits: str) -> tuple[bool, int, int]:
    """A lost zero first, then the longest common beginning, then the nearest number."""
    return key != f"0{digits}", -_common_digits(key, digits), abs(int(key) - int(digits))


def _common_digits(key: str, digits: str) -> int:
    """How many digits the two begin with in common."""
    pairs = enumerate(zip(key, digits, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(key), len(digits)))
