"""German administrative keys: parse them, check them, convert them.

AGS (Amtlicher Gemeindeschlüssel): 2 digits state, 1 government region, 2 county, 3 municipality.
ARS (Amtlicher Regionalschlüssel): the same with 4 digits for the association before the municipality.
Source: Statistische Ämter, Gemeindeverzeichnis-Informationssystem (GV-ISys).
"""

import re
from collections.abc import Iterator

from geoplan.errors import InvalidKeyError
from geoplan.messages import Message
from geoplan.units import Level

AGS_DIGITS = 8
ARS_DIGITS = 12
ASSOCIATION_DIGITS = 9
COUNTY_DIGITS = 5
GOVERNMENT_REGION_DIGITS = 3
STATE_DIGITS = 2

LEVEL_BY_DIGITS = {
    STATE_DIGITS: Level.STATE,
    GOVERNMENT_REGION_DIGITS: Level.GOVERNMENT_REGION,
    COUNTY_DIGITS: Level.COUNTY,
    AGS_DIGITS: Level.MUNICIPALITY,
    ASSOCIATION_DIGITS: Level.ASSOCIATION,
}
LAST_STATE = 16
UNINCORPORATED_KIND = "9"
"""First digit of the association part of an ARS: 0 free of an association, 5 member, 9 unincorporated."""
MEMBER_KIND = "5"

_SEPARATORS = re.compile(r"[\s./-]")
_SPREADSHEET_DECIMALS = re.compile(r"(?<=\d)\.0$")
_DIGITS = "0123456789"


def key_digits(text: str) -> str:
    """Return ``text`` without what people put between the digits of a key, or a spreadsheet behind them."""
    return _SEPARATORS.sub("", _SPREADSHEET_DECIMALS.sub("", text.strip()))


def looks_like_key(text: str) -> bool:
    """Say whether ``text`` is meant as a key: digits, perhaps grouped by blanks, dots or hyphens."""
    return key_digits(text).isdecimal()


def _digits(text: str, allowed: tuple[int, ...], kind: Message) -> str:
    key = key_digits(text)
    if not key.isascii() or not key.isdecimal():
        message = Message("“{value}” is not a key: {kind} has the digits 0 to 9 only.", value=text, kind=kind)
        raise InvalidKeyError(message, value=text)
    if len(key) not in allowed:
        message = Message(
            "“{value}” has {count} digits; {kind} has {allowed}.",
            value=text, count=len(key), kind=kind, allowed=" / ".join(map(str, sorted(allowed))),
        )  # fmt: skip
        raise InvalidKeyError(message, value=text, nearest=_with_lost_zero(key, allowed))
    if not _has_state(key):
        message = Message(
            "“{value}” starts with {state}; the states have the keys 01 to 16.",
            value=text, state=key[:STATE_DIGITS],
        )  # fmt: skip
        raise InvalidKeyError(message, value=text, nearest=_with_lost_zero(key, allowed))
    return key


def _has_state(key: str) -> bool:
    return 1 <= int(key[:STATE_DIGITS]) <= LAST_STATE


def _with_lost_zero(key: str, allowed: tuple[int, ...]) -> list[str]:
    """Spreadsheets read keys as numbers and drop the leading zero."""
    return [f"0{key}"] if len(key) + 1 in allowed and _has_state(f"0{key}") else []


def similar_keys(key: str) -> Iterator[str]:
    """Yield the keys that one slip turns into ``key``.

    The leading zero lost; two neighbouring digits swapped; a digit wrong, left out or too many. Some of
    them come twice, and few of them belong to a unit.
    """
    yield f"0{key}"
    for place in range(len(key)):
        before, after = key[:place], key[place + 1 :]
        yield before + after
        yield before + after[:1] + key[place] + after[1:]
        for digit in _DIGITS:
            yield before + digit + after
            yield before + digit + key[place:]
    yield from (key + digit for digit in _DIGITS)


def parse_ags(text: str) -> str:
    """Return ``text`` as an AGS of 8 digits.

    Blanks, dots and hyphens between the digits are read over ("05 5 70 044").

    Raises
    ------
    InvalidKeyError
        Not 8 digits, or no such state; a key that lost its leading zero is named as the nearest.
    """
    return _digits(text, (AGS_DIGITS,), Message("an AGS"))


def parse_ars(text: str) -> str:
    """Return ``text`` as an ARS of 12 digits; errors as in :func:`parse_ags`."""
    return _digits(text, (ARS_DIGITS,), Message("an ARS"))


def parse_key(text: str) -> str:
    """Return ``text`` as the id of a unit at any level; an ARS of 12 digits becomes its AGS."""
    key = _digits(text, (*LEVEL_BY_DIGITS, ARS_DIGITS), Message("a key"))
    return ags_from_ars(key) if len(key) == ARS_DIGITS else key


def ags_from_ars(ars: str) -> str:
    """Drop the association part: ``ARS[0:5] + ARS[9:12]``."""
    return ars[:COUNTY_DIGITS] + ars[ASSOCIATION_DIGITS:]


def association_from_ars(ars: str) -> str:
    """The association's id: the first 9 digits of the ARS."""
    return ars[:ASSOCIATION_DIGITS]


def is_unincorporated(ars: str) -> bool:
    """Say whether an ARS is that of an unincorporated area (gemeindefreies Gebiet)."""
    return ars[COUNTY_DIGITS] == UNINCORPORATED_KIND


def is_association_member(ars: str) -> bool:
    """Say whether an ARS is that of a municipality in an association with several members."""
    return ars[COUNTY_DIGITS] == MEMBER_KIND


def level_of_key(key: str) -> Level:
    """The level that a well-formed key is on, by its length."""
    return LEVEL_BY_DIGITS[len(key)]
