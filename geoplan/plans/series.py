"""By what calendars know a series of meetings again, whatever becomes of the list it stands in."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from geoplan.plans.model import MeetingSeries, Plan

DIGITS = 12


def keyed(plan: Plan, before: Plan | None = None) -> tuple[MeetingSeries, ...]:
    """The meetings of ``plan``, each with a key; one that ``before`` has stays as it was there.

    Who sends a plan need not know of keys: a series with the same title and first time is the same.
    """
    known = {} if before is None else {_what(one): one.key for one in before.meetings}
    return tuple(
        series if series.key else replace(series, key=known.get(_what(series), key))
        for series, key in zip(plan.meetings, series_keys(plan), strict=True)
    )


def series_keys(plan: Plan) -> Iterator[str]:
    """The key of each series of meetings, in their order: its own, else one made of what it is."""
    taken: set[str] = set()
    for series in plan.meetings:
        key = series.key or hashlib.sha256("\n".join(_what(series)).encode()).hexdigest()[:DIGITS]
        while key in taken:  # the same meeting twice
            key = hashlib.sha256(key.encode()).hexdigest()[:DIGITS]
        taken.add(key)
        yield key


def _what(series: MeetingSeries) -> tuple[str, str]:
    return series.title, series.starts.isoformat()
