"""The meetings of a plan as a calendar that other programs read (iCalendar, RFC 5545)."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from geoplan.plans.model import MeetingSeries, Rhythm
from geoplan.plans.versions import StoredPlan

ZONE = ZoneInfo("Europe/Berlin")
LAST_DAY_OF_ALL_MONTHS = 28
RULES: dict[Rhythm, dict[str, Any]] = {
    Rhythm.WEEKLY: {"freq": "weekly"},
    Rhythm.MONTHLY: {"freq": "monthly"},
    Rhythm.QUARTERLY: {"freq": "monthly", "interval": 3},
    Rhythm.YEARLY: {"freq": "monthly", "interval": 12},
}


def calendar_text(stored: StoredPlan) -> str:
    """The series of meetings of a plan; a series keeps its uid as long as it keeps its place in the list."""
    calendar = Calendar()
    calendar.add("prodid", "-//geoplan//plans//DE")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", stored.plan.title)
    for place, series in enumerate(stored.plan.meetings):
        calendar.add_component(_event(stored, place, series))
    if stored.plan.meetings:
        calendar.add_missing_timezones()
    return str(calendar.to_ical(), "utf-8")


def _event(stored: StoredPlan, place: int, series: MeetingSeries) -> Event:
    starts = series.starts.replace(tzinfo=ZONE)
    event = Event()
    event.add("uid", f"{stored.plan.id}-{place}@geoplan")
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
