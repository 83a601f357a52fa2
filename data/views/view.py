"""What a reader looks at: one frozen value, one codec to and from the address bar, one rule for bad values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from data.partnership import Partnership
from data.release import Release

LEVELS = {
    "housing_area": "Boligområder",
    "municipality": "Kommuner",
    "police_district": "Politikreds",
    "area_group": "SUB-områder samlet",
    "country": "Hele landet",
}
MAP_LEVELS = ("housing_area", "municipality")

# Field of the view → name in the address bar. Short, Danish, and never renamed: links must keep working.
PARAMETERS = {
    "indicator": "emne",
    "level": "niveau",
    "areas": "omraade",
    "period": "aar",
    "category": "art",
    "comparison": "sammenlign",
    "release": "udgave",
    "reading": "visning",
    "reference": "reference",
    "beside": "ved_siden",
    "cell_size": "felt_m",
    "cell_year": "felt_aar",
    "cell_against": "felt_mod",
    "cell": "felt",
    "part": "del",
    "meeting": "moede",
    "municipality": "kommune",
    "tab": "fane",
    "focus": "indsatsomraade",
    "principle": "princip",
    "group": "arbejdsgruppe",
    "running": "i_gang",
    "status": "status",
    "criterion": "kriterium",
    "place_state": "tilstand",
    "owner": "ansvarlig",
    "explore": "udforsk",
}
# The parameters of the meeting page and of the hotspots, which other pages leave out of the address.
MEETING_FIELDS = ("part", "meeting")
CELL_FIELDS = ("cell_size", "cell_year", "cell_against", "cell")
# The parameters of Overblik's board and of Indsatser, which other pages leave out of the address in the same way.
BOARD_FIELDS = ("municipality",)
INITIATIVE_FIELDS = ("tab", "focus", "principle", "group", "running", "status", "criterion", "place_state", "owner")
# The parameter of Udvikling's own question, left out elsewhere in the same way.
TREND_FIELDS = ("explore",)
PAGE_FIELDS = (*MEETING_FIELDS, *CELL_FIELDS, *BOARD_FIELDS, *INITIATIVE_FIELDS, *TREND_FIELDS)
"""Everything that belongs to one page alone."""

# What an area is held against.
COMPARISONS = {"lignende": "Lignende områder", "omgivelser": "Kommune, politikreds og land"}
# What the map says of each share: how high it is, whether it has moved, or how it lies against a reference.
READINGS = {
    "niveau": "Niveau",
    "aendring": "Ændring",
    "udvikling": "Udvikling over år",
    "reference": "Sammenlignet med",
}
# What the map holds a share against (data.release.reference), the nearest first.
REFERENCES = {
    "lignende": "Lignende områder",
    "kommune": "Kommunen",
    "politikreds": "Politikredsen",
    "land": "Hele landet",
}
# What may stand beside the map of perceived safety.
BESIDE = ("anmeldelser",)
LONGEST_VALUE = 80
LONGEST_NUMBER = 9
MOST_AREAS = 50


@dataclass(frozen=True)
class View:
    """One way of looking at a release. Empty means "not chosen": `nearest` puts the default in its place."""

    indicator: str = ""
    level: str = ""
    areas: tuple[str, ...] = ()
    period: str = ""
    category: str = ""
    comparison: str = ""
    release: int | None = None
    reading: str = ""
    reference: str = ""
    beside: str = ""
    cell_size: str = ""
    cell_year: str = ""
    cell_against: str = ""
    cell: str = ""
    part: str = ""
    meeting: str = ""
    municipality: str = ""
    tab: str = ""
    focus: str = ""
    principle: str = ""
    group: str = ""
    running: str = ""
    status: str = ""
    criterion: str = ""
    place_state: str = ""
    owner: str = ""
    explore: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str | Sequence[str]]) -> "View":
        """Read a view from query parameters. Never fails: what it cannot read it leaves for `nearest` to report."""
        values = {field: _values(query.get(name, "")) for field, name in PARAMETERS.items()}
        first: dict[str, Any] = {field: (texts[0] if texts else "") for field, texts in values.items()}
        return cls(
            **first
            | {"areas": tuple(dict.fromkeys(values["areas"]))[:MOST_AREAS], "release": _number(first["release"])}
        )

    def to_query(self) -> dict[str, str | list[str]]:
        """The query parameters of this view, only those that say something."""
        query: dict[str, str | list[str]] = {}
        for each, name in PARAMETERS.items():
            value = getattr(self, each)
            if value:
                query[name] = list(value) if isinstance(value, tuple) else str(value)
        return query

    def over(self, other: "View") -> "View":
        """This view with what it leaves open taken from another."""
        return View(**{field: getattr(self, field) or getattr(other, field) for field in PARAMETERS})


class ViewContext(Protocol):
    """What a page or a report reads from: a view of a release, and the partnership's vocabulary."""

    @property
    def view(self) -> View:
        """What is looked at."""

    @property
    def release(self) -> Release:
        """The figures."""

    @property
    def partnership(self) -> Partnership:
        """Who we are, and our words."""


def _number(text: str) -> int | None:
    """A release number; -1, which is no release, for anything else, so that `nearest` can say so."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else -1


def _values(raw: str | Sequence[str]) -> list[str]:
    values: Iterable[str] = [raw] if isinstance(raw, str) else raw
    return [value.strip()[:LONGEST_VALUE] for value in values if value.strip()]
