"""Whether figures that are set against one another are of about the same time."""

from collections.abc import Sequence
from datetime import date

from geoplan.enrichment.note import SourceNote
from geoplan.errors import InvalidValueError
from geoplan.messages import Message

MOST_DAYS = 550
"""A year and a half: the statistics of jobs (30 June) and of people (31 December) are published that far apart."""
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
        if note.kind not in RELATED_KINDS:
            continue
        days = days_apart(population, note.vintage)
        values = {"kind": _KINDS[note.kind], "population": population or "–", "other": note.vintage or "–"}
        if days is None:
            said = Message(
                "It is not known whether {kind} and population are of the same time ({other}; {population}).", **values
            )
        elif days > MOST_DAYS and not allow_mixed:
            message = Message(
                "Mixed bases: the population is of {population}, {kind} of {other}, more than {limit} days apart."
                " Choose figures of one time, or join and flag them with --allow-mixed.",
                limit=MOST_DAYS, **values,
            )  # fmt: skip
            raise InvalidValueError(message, value=note.vintage)
        elif days > MOST_DAYS:
            said = Message("Mixed bases: the population is of {population}, {kind} of {other}.", **values)
        elif days:
            said = Message(
                "The population is of {population}, {kind} of {other}: {days} days apart.", days=days, **values
            )
        else:
            continue
        flags[note.kind] = (said,)
    return flags
