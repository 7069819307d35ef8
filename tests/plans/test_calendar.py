"""The meetings as other programs read them."""

import datetime
from dataclasses import replace

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from geoplan.plans import Plan, calendar_text
from geoplan.plans.calendar import NoMeetingsError
from geoplan.plans.model import MeetingSeries, Rhythm
from geoplan.plans.series import keyed
from geoplan.plans.versions import StoredPlan


def stored(plan):
    return StoredPlan(
        plan=plan, version=3, at="2026-11-22T10:00:00.000000+00:00", actor="x", action="edit", deleted=False
    )


def days(rhythm, starts, count):
    series = MeetingSeries(title="T", starts=starts, rhythm=rhythm, count=count)
    text = calendar_text(stored(Plan(id="a", title="Netz", meetings=(series,))))
    event = Calendar.from_ical(text).walk("VEVENT")[0]
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=starts)
    return [one.date().isoformat() for one in rule]


def test_a_series_keeps_its_time(full):
    text = calendar_text(stored(full))
    calendar = Calendar.from_ical(text)
    event = calendar.walk("VEVENT")[0]
    assert event["SUMMARY"] == "Lenkungskreis"
    assert event["LOCATION"] == "Rathaus"
    assert uids(full) == {"Lenkungskreis": str(event["UID"])}
    assert str(event["UID"]).startswith("full-")
    assert event.decoded("DURATION") == datetime.timedelta(minutes=90)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@pytest.mark.parametrize(
    ("rhythm", "starts", "expected"),
    [
        (Rhythm.WEEKLY, (2027, 1, 4), ["2027-01-04", "2027-01-11", "2027-01-18"]),
        (Rhythm.MONTHLY, (2027, 1, 31), ["2027-01-31", "2027-02-28", "2027-03-31"]),
        (Rhythm.QUARTERLY, (2027, 1, 31), ["2027-01-31", "2027-04-30", "2027-07-31"]),
        (Rhythm.QUARTERLY, (2027, 1, 15), ["2027-01-15", "2027-04-15", "2027-07-15"]),
        (Rhythm.YEARLY, (2028, 2, 29), ["2028-02-29", "2029-02-28", "2030-02-28"]),
    ],
)
def test_no_month_is_left_out(rhythm, starts, expected):
    assert days(rhythm, datetime.datetime(*starts, 10, 0), 3) == expected


def test_once_has_no_rule(full):
    series = replace(full.meetings[0], rhythm=Rhythm.ONCE, title="A; b, c\nd")
    text = calendar_text(stored(replace(full, meetings=(series,))))
    assert "RRULE" not in text.partition("BEGIN:VEVENT")[2]
    assert "A\\; b\\, c\\nd" in text


def uids(plan):
    found = Calendar.from_ical(calendar_text(stored(plan))).walk("VEVENT")
    return {str(one["SUMMARY"]): str(one["UID"]) for one in found}


def series(title, hour=10, key=None):
    return MeetingSeries(title=title, starts=datetime.datetime(2027, 1, 4, hour), key=key)


def test_a_series_is_known_again_wherever_it_stands():
    one, two, three = series("Auftakt"), series("Lenkungskreis"), series("Schulung")
    plan = Plan(id="a", title="Netz", meetings=(one, two, three))
    all_three = uids(plan)
    assert len(set(all_three.values())) == 3
    assert uids(replace(plan, meetings=(three, one))).items() <= all_three.items()


def test_what_was_kept_is_known_again_after_it_has_changed():
    kept = keyed(Plan(id="a", title="Netz", meetings=(series("Auftakt"), series("Auftakt", 14))))
    moved = replace(kept[0], title="Auftakt in Telgte", starts=datetime.datetime(2027, 2, 1, 9))
    before, after = (Plan(id="a", title="Netz", meetings=kept), Plan(id="a", title="Netz", meetings=(moved,)))
    assert uids(after) == {"Auftakt in Telgte": f"a-{kept[0].key}@geoplan"}
    # Who sends the plan without keys, as it was, changes nothing.
    assert keyed(replace(after, meetings=(replace(moved, key=None),)), after) == (moved,)
    bare = replace(after, meetings=(series("Auftakt", 14), series("Neu")))
    assert keyed(bare, before)[0] == kept[1]
    assert keyed(bare, before)[1].key not in {one.key for one in kept}


def test_the_same_meeting_twice_is_two():
    plan = Plan(id="a", title="Netz", meetings=(series("Treffen"), series("Treffen")))
    events = Calendar.from_ical(calendar_text(stored(plan))).walk("VEVENT")
    assert len({str(one["UID"]) for one in events}) == 2


def test_without_meetings_there_is_no_calendar():
    with pytest.raises(NoMeetingsError, match="no meetings yet"):
        calendar_text(stored(Plan(id="a", title="Netz")))
