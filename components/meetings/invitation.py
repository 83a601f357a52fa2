"""A meeting taken along: into the calendar, or as a mail that the reader's own program sends."""

import pandas as pd

from components.meetings.records import area_names, our_minutes, today
from components.page_address import page_address
from components.session import Screen
from components.tables import download_file
from data.records import Row, records
from data.sentences.meetings import meeting_facts, meeting_title
from data.views.minutes import day
from data.views.view import PARAMETERS

ICS, EML, PDF = "text/calendar", "message/rfc822", "application/pdf"


def calendar_button(screen: Screen, meeting: Row) -> None:
    """The meeting as a calendar file."""
    address = _address()
    download_file("Til kalenderen (.ics)", lambda: _calendar(screen, [meeting], meeting_title(meeting), address),
                  f"moede_{day(meeting['date'])}.ics", ICS, key="meeting_calendar")  # fmt: skip


def every_meeting_button(screen: Screen) -> None:
    """Every meeting from a year back as one calendar file."""
    meetings = our_minutes().meetings
    begin = pd.Timestamp(today()) - pd.DateOffset(years=1)
    rows = records(meetings[pd.to_datetime(meetings["date"]) >= begin])
    if rows:
        title, address = f"Møder i {screen.partnership.short_name}", _address()
        download_file("Alle møder til kalenderen (.ics)", lambda: _calendar(screen, rows, title, address),
                      "moeder.ics", ICS, key="all_meetings_calendar")  # fmt: skip


def mail_button(screen: Screen, meeting: Row) -> None:
    """The meeting as a mail draft: its agenda and a link to it, with the calendar file and one sheet of figures."""
    address = _address()
    download_file("Mailkladde (.eml)", lambda: _mail(screen, meeting, address),
                  f"moede_{day(meeting['date'])}.eml", EML, key="meeting_mail")  # fmt: skip


def _calendar(screen: Screen, meetings: list[Row], title: str, address: str) -> bytes:
    from reports.calendar_file import calendar_file  # only those who ask for one pay for the library

    return calendar_file(meetings, area_names(screen), title, address)


def _mail(screen: Screen, meeting: Row, address: str) -> bytes:
    from reports.document import Subject  # only those who ask for a draft pay for what sets its PDF
    from reports.documents import one_page
    from reports.mail_draft import Attachment, mail_draft
    from reports.pdf import pdf

    title = meeting_title(meeting)
    points = "\n".join(f"- {line.strip()}" for line in meeting["agenda"].splitlines() if line.strip())
    paragraphs = [meeting_facts(meeting, area_names(screen), today()), f"Dagsorden:\n{points}" if points else ""]
    calendar = Attachment("moede.ics", _calendar(screen, [meeting], title, address), ICS)
    link = f"{address}{meeting['meeting_id']}" if address else ""
    subject = Subject(screen.view, screen.release, screen.partnership, our_minutes(), today())
    sheet = Attachment("et-ark.pdf", pdf(one_page(subject)), PDF)
    return mail_draft(title, [each for each in paragraphs if each], link, [calendar, sheet])


def _address() -> str:
    """The address of the page Møde as this browser reaches us, up to a meeting's id; "" where it is not known."""
    address = page_address("moede", {PARAMETERS["part"]: "moedet", PARAMETERS["meeting"]: ""})
    return address if not address.startswith("/") else ""
