"""Sets one page for a briefing as PDF: map, places, how far to trust them. Drawn without a browser, by Typst."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reports.stamp import Stamp
from reports.typeface import families
from reports.typesetting import typeset

TEMPLATE = Path(__file__).parent / "briefing.typ"
FONT = families()[0]
LISTED = 8
CHANGED = 4
NOTHING = "Ingen steder skiller sig ud med statistisk sikkerhed."


@dataclass(frozen=True)
class Listed:
    """A place of the list: its number on the map, where it is, and its sentence."""

    number: int
    where: str
    sentence: str


@dataclass(frozen=True)
class Briefing:
    """All that stands on the page, in words; `drawing` is the map as SVG, `legend` its colours and other
    ways of drawing (`#rrggbb` or "zero", "missing", "hidden", and the words).

    `since` says what has become of places since the year before, "" where that is not told; `changed` are those that
    are not as they were (what became of it, where and how many), of which the first `CHANGED` stand on the page.
    """

    title: str
    sentence: str
    drawing: str
    alt: str
    legend: Sequence[tuple[str, str]]
    legend_note: str
    places: Sequence[Listed]
    trust: str
    week: str
    since: str
    changed: Sequence[tuple[str, str]]
    limits: Sequence[tuple[str, str]]
    stamp: Stamp


def pdf(briefing: Briefing) -> bytes:
    """Return the page as PDF (A4, tagged for screen readers), the places beyond the eighth counted but not listed."""
    stamp = briefing.stamp
    more = len(briefing.places) - LISTED
    words = {
        "title": briefing.title,
        "author": stamp.audience,
        "sentence": briefing.sentence,
        "map": briefing.drawing,
        "alt": briefing.alt,
        "legend": briefing.legend,
        "legend_note": briefing.legend_note,
        "places": [vars(place) for place in briefing.places[:LISTED]],
        "more": f"Og {more} mindre tydelige; se dem alle på siden Hotspots." if more > 0 else "",
        "nothing": NOTHING,
        "trust": briefing.trust,
        "week": briefing.week,
        "since": briefing.since,
        "changed": list(briefing.changed[:CHANGED]),
        "limits": briefing.limits,
        "restricted": stamp.restricted,
        "example": stamp.example,
        "stamp": stamp.line,
    }
    return typeset(TEMPLATE, words)
