"""The meetings of a plan as a calendar that other programs read (iCalendar, RFC 5545)."""

import datetime
from typing import Any

from icalendar import Calendar, Event

from geoplan.errors import UnknownPlanError
from geoplan.messages import GERMAN_TIME, Message
from geoplan.plans.model import MeetingSeries, Rhythm
from geoplan.plans.series import series_keys
from geoplan.plans.versions import StoredPlan

LAST_DAY_OF_ALL_MONTHS = 28
RULES: dict[Rhythm, dict[str, Any]] = {
    Rhythm.WEEKLY: {"freq": "weekly"},
    Rhythm.MONTHLY: {"freq": "monthly"},
    Rhythm.QUARTERLY: {"freq": "monthly", "interval": 3},
    Rhythm.YEARLY: {"freq": "monthly", "interval": 12},
}


class NoMeetingsError(UnknownPlanError):
    """The plan has no meetings, and so no calendar."""


def calendar_text(stored: StoredPlan) -> str:
    """The series of meetings of a plan; each keeps its uid wherever it stands in the list.

    Raises
    ------
    NoMeetingsError
        The plan has none: a calendar without any is no calendar (RFC 5545).
    """
    if not stored.plan.meetings:
        message = Message("The plan {id} has no meetings yet, so there is no calendar.", id=stored.plan.id)
        raise NoMeetingsError(message, value=stored.plan.id)
    calendar = Calendar()
    calendar.add("prodid", "-//geoplan//plans//DE")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", stored.plan.title)
    for key, series in zip(series_keys(stored.plan), stored.plan.meetings, strict=True):
        calendar.add_component(_event(stored, key, series))
    calendar.add_missing_timezones()
    return str(calendar.to_ical(), "utf-8")


def _event(stored: StoredPlan, key: str, series: MeetingSeries) -> Event:
    starts = series.starts.replace(tzinfo=GERMAN_TIME)
    event = Event()
    event.add("uid", f"{stored.plan.id}-{key}@geoplan")
    event.add("dtstamp", datetime.datetime.fromisoformat(stored.at))
    event.add("sequence", stored.version)
    event.add("dtstart", starts)
    event.add("duration", datetime.timedelta(minutes=series.minutes))
    event.add("summary", series.title)
    event.add("categories", [series.kind.value])
    if series.place is not None:
        event.add("location", series.place)
    if series.rhythm is not Rhythm.ONCE and series.count > 1:
        event.add("rrule", _rule(series))
    return event


def _rule(series: MeetingSeries) -> dict[str, Any]:
    rule = {**RULES[series.rhythm], "count": series.count}
    day = series.starts.day
    if rule["freq"] == "monthly" and day > LAST_DAY_OF_ALL_MONTHS:
        # The 31st where there is one, else the last day: by itself a rule would skip the month.
        rule |= {"bymonthday": list(range(LAST_DAY_OF_ALL_MONTHS, day + 1)), "bysetpos": -1}
    return rule
