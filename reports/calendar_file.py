"""Meetings as a calendar file (iCalendar, RFC 5545), which mail and calendar programs open."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from data.records import Row
from data.sentences.meetings import forum_name
from data.views.minutes import day

ZONE = ZoneInfo("Europe/Copenhagen")
LASTS = dt.timedelta(hours=2)
"""How long a meeting is put down for where nobody has said when it ends."""
CALLED_OFF = "aflyst"
ONLINE = "Man kan deltage online."


def calendar_file(
    meetings: Sequence[Row], names: Mapping[str, str], title: str, address: str = "", host: str = "tryghedsoverblik"
) -> bytes:
    """The meetings as one calendar named `title`: local time in Copenhagen, moved and called-off ones as such.

    `meetings` are rows as `data.entries.standing` gives them: `load_id` numbers the versions of a row, so that a
    program which has an older one takes the newer; `loaded_at` (UTC) is when that was written. `names` maps area_id
    to name. `address` is where a meeting is shown, its id to be put behind; "" leaves the link out. `host` makes
    the ids ours.
    A meeting without a time takes the whole day and keeps nobody busy.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{host}//Møder//DA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    for meeting in meetings:
        calendar.add_component(_event(meeting, names, address, host))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(meeting: Row, names: Mapping[str, str], address: str, host: str) -> Event:
    event = Event()
    event.add("uid", f"{meeting['meeting_id']}@{host}")
    event.add("dtstamp", _moment(meeting["loaded_at"]))
    event.add("sequence", int(meeting["load_id"]))
    event.add("summary", f"{meeting['title']} ({forum_name(dict(meeting), names)})")
    event.add("status", "CANCELLED" if meeting["status"] == CALLED_OFF else "CONFIRMED")
    begins, ends = (_clock(meeting, name) for name in ("begins", "ends"))
    if begins is None:
        event.add("dtstart", day(meeting["date"]))
        event.add("transp", "TRANSPARENT")
    else:
        start = dt.datetime.combine(day(meeting["date"]), begins, ZONE)
        event.add("dtstart", start)
        event.add("dtend", dt.datetime.combine(day(meeting["date"]), ends, ZONE) if ends else start + LASTS)
    if meeting.get("place"):
        event.add("location", meeting["place"])
    link = f"{address}{meeting['meeting_id']}" if address else ""
    online = ONLINE if meeting.get("online") == "yes" else ""
    event.add("description", "\n".join(part for part in (meeting["agenda"], online, link) if part))
    if link:
        event.add("url", link)
    return event


def _clock(meeting: Row, name: str) -> dt.time | None:
    stated = meeting.get(name)
    return dt.time.fromisoformat(stated) if stated else None


def _moment(value: Any) -> dt.datetime:
    moment: dt.datetime = value.to_pydatetime() if hasattr(value, "to_pydatetime") else value
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
