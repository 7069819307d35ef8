"""Which known values lie nearest to one that is not known."""

import difflib
from collections.abc import Iterable, Mapping

LIMIT = 5
CLOSE_ENOUGH = 0.55
"""From this ratio of common characters on, one word may have been meant by the other."""
SLIP = 0.75
"""From this ratio on, one word is the other mistyped."""

LONGEST = 80
"""No name is longer; the rest of a value is not compared."""


def nearest_values(value: str, known: Iterable[str], *, limit: int = LIMIT) -> list[str]:
    """Return the ``known`` values that ``value`` may have meant, best first; the nearest if none is close."""
    return nearest_by_name(value, {one: (one,) for one in known}, limit=limit)


def nearest_by_name(value: str, names: Mapping[str, Iterable[str]], *, limit: int = LIMIT) -> list[str]:
    """Return the keys that ``value`` may have meant by one of their names.

    Parameters
    ----------
    value
        What was given.
    names
        For each known key what it may be called: the key itself, labels in several languages.
    limit
        At most so many, best first: those that are close, or the nearest where none is.
    """
    closeness = _closeness_of(value, names)
    close = [key for key, degree in closeness.items() if degree >= CLOSE_ENOUGH]
    return (close or list(closeness))[:limit]


def close_values(value: str, known: Iterable[str], *, limit: int = LIMIT) -> list[str]:
    """Return the ``known`` values of which ``value`` may be a slip, best first; perhaps none."""
    closeness = _closeness_of(value, {one: (one,) for one in known})
    return [key for key, degree in closeness.items() if degree >= SLIP][:limit]


def _closeness_of(value: str, names: Mapping[str, Iterable[str]]) -> dict[str, float]:
    """The closeness of each key, 0 … 1, closest first, equals by the alphabet."""
    wanted = value[:LONGEST].casefold()
    closeness = {
        key: max(_closeness(wanted, name.casefold()) for name in called) for key, called in names.items()
    }
    return dict(sorted(closeness.items(), key=lambda entry: (-entry[1], entry[0])))


def _closeness(wanted: str, name: str) -> float:
    if wanted and (name.startswith(wanted) or wanted in name.split("-")):
        return 1.0
    return difflib.SequenceMatcher(a=wanted, b=name).ratio()
