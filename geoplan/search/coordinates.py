"""Which point on Earth a text names: "47.77, 9.09", "47,77 9,09", "N47.77 E9.09", "47°46.2'N 9°5.4'O"."""

import re
from dataclasses import dataclass

import numpy as np

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.search.terms import FloatArray, IntArray
from geoplan.units import UnitTable

EARTH_RADIUS_KM = 6371.0088
"""Mean radius (IUGG)."""
MAX_LATITUDE, MAX_LONGITUDE = 90.0, 180.0
_MARGIN_DEGREES = 1.0
"""Around the units: in there a pair of numbers is read in the order that leads into the dataset."""

_NUMBER = r"[+-]?\d{1,3}(?:[.,]\d+)?"
_ANGLE = rf"(?:([NSEWO]) ?({_NUMBER})|({_NUMBER}) ?([NSEWO])?)"
_PAIR = re.compile(rf"{_ANGLE}( ?[,;/] ?| |(?<=[NSEWO])|(?=[NSEWO])){_ANGLE}")
_PART = r"(\d{1,2}(?:[.,]\d+)?)"
_SEXAGESIMAL = re.compile(rf"(\d{{1,3}}) ?° ?{_PART} ?'(?: ?{_PART} ?\")?")
_WRITINGS = str.maketrans({"−": "-", "–": "-", "′": "'", "’": "'", "´": "'", "″": '"', "”": '"', "º": "°"})
_DECIMAL_MARKS = frozenset(".,")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point on Earth, degrees in WGS 84."""

    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class _Angle:
    degrees: float
    axis: str
    """``"lat"``, ``"lon"``, or empty where no letter says it."""


def read_coordinates(text: str, units: UnitTable) -> Point | None:
    """Return the point that ``text`` names; ``None`` where it is no pair of coordinates.

    Latitude goes first, unless letters (N, S, E or O, W) say otherwise, or only the other order leads to
    where the ``units`` are.

    Raises
    ------
    InvalidValueError
        Two latitudes, two longitudes, or beyond 90 and 180 degrees.
    """
    if not any(character.isdecimal() for character in text):
        return None
    plain = " ".join(text.translate(_WRITINGS).upper().removeprefix("GEO:").split())
    found = _PAIR.fullmatch(_SEXAGESIMAL.sub(_in_decimals, plain).replace("°", "").strip())
    if found is None or not _is_meant(found):
        return None
    parts = found.groups()
    return _point(text, _angle(*parts[:4]), _angle(*parts[5:]), units)


def distance_km(units: UnitTable, rows: IntArray, point: Point) -> FloatArray:
    """Return the kilometres (k,) on the great circle from ``point`` to the points of ``rows`` (haversine)."""
    longitude, latitude = np.radians(units.longitude[rows]), np.radians(units.latitude[rows])
    east, north = np.radians(point.longitude), np.radians(point.latitude)
    half = (
        np.sin((latitude - north) / 2) ** 2
        + np.cos(latitude) * np.cos(north) * np.sin((longitude - east) / 2) ** 2
    )
    km: FloatArray = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return km


def is_around(units: UnitTable, point: Point, margin_degrees: float = _MARGIN_DEGREES) -> bool:
    """Say whether ``point`` lies in the rectangle of the ``units`` or a margin around it."""
    if not len(units):
        return False
    return all(
        np.nanmin(column) - margin_degrees <= value <= np.nanmax(column) + margin_degrees
        for column, value in ((units.longitude, point.longitude), (units.latitude, point.latitude))
    )


def _in_decimals(found: re.Match[str]) -> str:
    degrees, minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups())
    return f"{degrees + minutes / 60 + seconds / 3600:.7f}"


def _is_meant(found: re.Match[str]) -> bool:
    """Whether it is no key and no decimal number: "05 570" and "48,9" are no coordinates."""
    before, first, bare, after, between, *second = found.groups()
    if any((before, after, second[0], second[3])):
        return True
    if all(_DECIMAL_MARKS & set(number) for number in (first or bare, second[1] or second[2])):
        return True
    return bool(between.strip()) and between != ","


def _angle(before: str | None, first: str | None, second: str | None, after: str | None) -> _Angle:
    letter = before or after or ""
    degrees = float((first or second or "").replace(",", "."))
    axis = "lat" if letter in ("N", "S") else "lon"
    return _Angle(-degrees if letter in ("S", "W") else degrees, axis if letter else "")


def _point(text: str, first: _Angle, second: _Angle, units: UnitTable) -> Point:
    in_order = Point(latitude=first.degrees, longitude=second.degrees)
    swapped = Point(latitude=second.degrees, longitude=first.degrees)
    likely = [in_order, swapped]
    if first.axis or second.axis:
        likely = [swapped if first.axis == "lon" or second.axis == "lat" else in_order]
    possible = [point for point in likely if _is_on_earth(point)]
    if not possible or (first.axis and first.axis == second.axis):
        message = Message(
            "“{value}” is no point on Earth: a latitude up to 90 and a longitude up to 180 degrees name one.",
            value=text,
        )
        raise InvalidValueError(message, value=text)
    return next((point for point in possible if is_around(units, point)), possible[0])


def _is_on_earth(point: Point) -> bool:
    return abs(point.latitude) <= MAX_LATITUDE and abs(point.longitude) <= MAX_LONGITUDE
