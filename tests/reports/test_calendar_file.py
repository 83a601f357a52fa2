"""A meeting in the calendar: when and where, moved when it is moved, called off when it is called off."""

import datetime as dt
from typing import Any

import icalendar
import pytest

from reports.calendar_file import calendar_file

NAMES = {"gladsaxe": "Gladsaxe"}
MEETING: dict[str, Any] = {
    "meeting_id": "2026-03-04-partnerskab", "date": dt.date(2026, 3, 4), "forum": "partnerskab", "area_id": "",
    "chair_id": "gladsaxe", "title": "Partnerskabsmøde", "agenda": "Siden sidst\nEventuelt", "status": "planlagt",
    "begins": "13:00", "ends": "15:00", "place": "Rådhuset, lokale 2", "online": "yes", "load_id": 7,
    "loaded_at": dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC),
}  # fmt: skip


def event(**changed: Any) -> icalendar.Event:
    """The one event of a calendar with the meeting, read back by a strict reader."""
    file = calendar_file([MEETING | changed], NAMES, "Møder", "https://tryghed.example.dk/moede?moede=")
    (found,) = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert not found.errors
    return found


def test_it_says_when_where_and_what_in_danish_local_time() -> None:
    found = event()
    assert found["summary"] == "Partnerskabsmøde (Partnerskab)"
    assert found["location"] == "Rådhuset, lokale 2"
    assert found.decoded("dtstart").isoformat() == "2026-03-04T13:00:00+01:00"
    assert found.decoded("dtend").isoformat() == "2026-03-04T15:00:00+01:00"
    link = "https://tryghed.example.dk/moede?moede=2026-03-04-partnerskab"
    assert found["description"] == f"Siden sidst\nEventuelt\nMan kan deltage online.\n{link}"


def test_a_meeting_in_summer_time_keeps_its_clock() -> None:
    assert event(date=dt.date(2026, 6, 10)).decoded("dtstart").isoformat() == "2026-06-10T13:00:00+02:00"


@pytest.mark.parametrize("missing", [{"begins": "", "ends": ""}, {"begins": None, "ends": None}])
def test_a_meeting_without_a_time_takes_the_day_and_keeps_nobody_busy(missing: dict[str, Any]) -> None:
    found = event(**missing)
    assert found.decoded("dtstart") == dt.date(2026, 3, 4)
    assert found["transp"] == "TRANSPARENT"


def test_without_an_end_it_lasts_two_hours() -> None:
    assert event(ends="").decoded("dtend").isoformat() == "2026-03-04T15:00:00+01:00"


def test_a_moved_meeting_is_the_same_event_with_a_higher_number() -> None:
    before, after = event(), event(date=dt.date(2026, 3, 11), load_id=9)
    assert before["uid"] == after["uid"]
    assert int(after["sequence"]) > int(before["sequence"])


def test_a_meeting_that_is_called_off_is_cancelled() -> None:
    assert event(status="aflyst")["status"] == "CANCELLED"


def test_a_row_from_before_meetings_had_a_time_still_makes_a_file() -> None:
    older = {name: value for name, value in MEETING.items() if name not in ("begins", "ends", "place", "online")}
    assert b"BEGIN:VEVENT" in calendar_file([older], NAMES, "Møder")


@pytest.mark.parametrize("text", ["a\r\nATTACH:https://example.dk/x", "a;b,c\\n", "BEGIN:VALARM\nEND:VALARM"])
def test_no_text_from_a_row_becomes_a_property(text: str) -> None:
    found = event(title=text, agenda=text, place=text)
    assert set(found) <= {"UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "STATUS", "DTSTART", "DTEND", "LOCATION",
                          "DESCRIPTION", "URL"}  # fmt: skip
    assert not found.subcomponents
