"""Whether figures that are set against one another are of about the same time."""

from collections.abc import Sequence
from datetime import date

from geoplan.enrichment.note import Day, SourceNote
from geoplan.errors import InvalidValueError
from geoplan.messages import Message

MOST_DAYS = 550
"""A year and a half: jobs are counted at 30 June, people at 31 December, and published as late."""
RELATED_KINDS = ("jobs", "commuters")
"""Figures that are set against the population; types and regions are not."""
_KINDS = {"jobs": Message("jobs"), "commuters": Message("commuters")}


def span(vintage: str | None) -> tuple[date, date] | None:
    """First and last day that a reference date may mean; a year alone is any day of it."""
    if vintage is None:
        return None
    try:
        if len(vintage) == len("2021"):
            return date(int(vintage), 1, 1), date(int(vintage), 12, 31)
        day = date.fromisoformat(vintage)
    except ValueError:
        return None
    return day, day


def days_apart(one: str | None, other: str | None) -> int | None:
    """Days that lie at least between two reference dates; ``None`` where one is not known."""
    first, second = span(one), span(other)
    if first is None or second is None:
        return None
    return max(0, (second[0] - first[1]).days, (first[0] - second[1]).days)


def check_bases(
    population: str | None, notes: Sequence[SourceNote], *, allow_mixed: bool
) -> dict[str, tuple[Message, ...]]:
    """Compare the date of the population with those of the figures that are set against it.

    Returns
    -------
    dict
        Flags by kind of figure: where dates differ, are unknown, or were mixed on purpose.

    Raises
    ------
    InvalidValueError
        They are more than :data:`MOST_DAYS` apart, and mixing them is not allowed.
    """
    flags: dict[str, tuple[Message, ...]] = {}
    for note in notes:
        said = _compared(population, note, allow_mixed=allow_mixed) if note.kind in RELATED_KINDS else None
        if said is not None:
            flags[note.kind] = (said,)
    return flags


def _compared(population: str | None, note: SourceNote, *, allow_mixed: bool) -> Message | None:
    """What is to be said of one kind of figures beside the population; ``None`` for the same day."""
    days = days_apart(population, note.vintage)
    values = {"kind": _KINDS[note.kind], "population": Day(population), "other": Day(note.vintage)}
    if days is None:
        return Message(
            "Whether population ({population}) and {kind} ({other}) are of one time is not known.",
            **values,
        )
    if days > MOST_DAYS and not allow_mixed:
        message = Message(
            "Mixed bases: the population is of {population}, {kind} of {other}, more than {limit} days apart."
            " Choose figures of one time, or join and flag them with --allow-mixed.",
            limit=MOST_DAYS, **values,
        )  # fmt: skip
        raise InvalidValueError(message, value=note.vintage)
    if days > MOST_DAYS:
        return Message("Mixed bases: the population is of {population}, {kind} of {other}.", **values)
    if days:
        return Message(
            "The population is of {population}, {kind} of {other}: {days} days apart at least.",
            days=days, **values,
        )  # fmt: skip
    return None
