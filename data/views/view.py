"""What a reader looks at: one frozen value, one codec to and from the address bar, one rule for bad values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from data import danish
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
}
# The parameters of the meeting page and of the hotspots, which other pages leave out of the address.
MEETING_FIELDS = ("part", "meeting")
CELL_FIELDS = ("cell_size", "cell_year", "cell_against", "cell")

# What an area is held against.
COMPARISONS = {"lignende": "Lignende områder", "omgivelser": "Kommune, politikreds og land"}
# What the map says of each share: how high it is, whether it has moved, or how it lies against a reference.
READINGS = {"niveau": "Niveau", "aendring": "Ændring", "reference": "Mod reference"}
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

    @classmethod
    def from_query(cls, query: Mapping[str, str | Sequence[str]]) -> "View":
        """Read a view from query parameters. Never fails: what it cannot read it leaves for `nearest` to report."""
        values = {field: _values(query.get(name, "")) for field, name in PARAMETERS.items()}
        first: dict[str, Any] = {field: (found[0] if found else "") for field, found in values.items()}
        return cls(
            **first
            | {"areas": tuple(dict.fromkeys(values["areas"]))[:MOST_AREAS], "release": _number(first["release"])}
        )

    def to_query(self) -> dict[str, str | list[str]]:
        """The query parameters of this view, only those that say something."""
        query: dict[str, str | list[str]] = {}
        for field, name in PARAMETERS.items():
            value = getattr(self, field)
            if field == "areas" and value:
                query[name] = list(value)
            elif value:
                query[name] = str(value)
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
    found: Iterable[str] = [raw] if isinstance(raw, str) else raw
    return [value.strip()[:LONGEST_VALUE] for value in found if value.strip()]


def nearest(view: View, release: Release, partnership: Partnership) -> tuple[View, tuple[str, ...]]:
    """The nearest valid view in a release, and a plain Danish notice for each value that had to give way."""
    notices: list[str] = []

    def settle(wanted: str, allowed: Sequence[str], default: str, complaint: str, shown: str) -> str:
        if wanted in allowed:
            return wanted
        if wanted:
            notices.append(f"{complaint} Viser {shown} i stedet.")
        return default

    indicators = [indicator.id for indicator in partnership.indicators]
    first = partnership.indicators[0]
    indicator = settle(
        view.indicator,
        indicators,
        first.id,
        f"Emnet »{view.indicator}« findes ikke.",
        f"»{first.title}«",
    )
    levels = map_levels(release, indicator)
    level = settle(
        view.level,
        levels,
        levels[0],
        f"Niveauet »{LEVELS.get(view.level, view.level)}« findes ikke for dette emne.",
        LEVELS[levels[0]].lower(),
    )
    found = waves(release, indicator, level)
    period = settle(
        view.period,
        found,
        found[-1],
        f"Der er ingen måling i {view.period} for {LEVELS[level].lower()}.",
        f"den nyeste fra {found[-1]}",
    )
    categories = [category.id for category in partnership.categories]
    category = settle(
        view.category,
        categories,
        categories[0],
        f"Kriminalitetsarten »{view.category}« findes ikke.",
        f"»{partnership.categories[0].title}«",
    )
    comparison = settle(
        view.comparison,
        list(COMPARISONS),
        next(iter(COMPARISONS)),
        f"Sammenligningen »{view.comparison}« findes ikke.",
        f"»{next(iter(COMPARISONS.values()))}«",
    )
    reading = settle(
        view.reading,
        list(READINGS),
        next(iter(READINGS)),
        f"Visningen »{view.reading}« findes ikke.",
        f"»{next(iter(READINGS.values()))}«",
    )
    held_against = references(level)
    reference = held_against[0]
    # A reference that only another level has gives way in silence while the map does not show it.
    if reading == "reference" or view.reference not in REFERENCES:
        reference = settle(
            view.reference,
            held_against,
            held_against[0],
            f"»{REFERENCES.get(view.reference, view.reference)}« kan ikke være reference her.",
            f"»{REFERENCES[held_against[0]]}«",
        )
    elif view.reference in held_against:
        reference = view.reference
    beside = settle(view.beside, BESIDE, "", f"»{view.beside}« kan ikke stå ved siden af kortet.", "kortet alene")
    known = set(release.areas["area_id"])
    unknown = [area for area in view.areas if area not in known]
    if unknown:
        listed = danish.join([f"»{area}«" for area in unknown])
        notices.append(f"Området {listed} findes ikke eller kan ikke vises for dig. Det er valgt fra.")
    areas = tuple(area for area in view.areas if area in known)
    settled = replace(
        view,
        indicator=indicator,
        level=level,
        areas=areas,
        period=period,
        category=category,
        comparison=comparison,
        reading=reading,
        reference=reference,
        beside=beside,
    )
    if "cells" not in release.tables:  # Where there are cells, their page settles these (cell_view).
        settled = replace(settled, cell_size="", cell_year="", cell_against="", cell="")
    return settled, tuple(notices)


def map_levels(release: Release, indicator: str) -> list[str]:
    """The levels of map areas at which an indicator has figures, most local first."""
    measured = _measured(release)
    return [level for level in MAP_LEVELS if (indicator, level) in measured] or [MAP_LEVELS[-1]]


def references(level: str) -> list[str]:
    """What areas of a map level can be held against; a municipality has no likes and no municipality above it."""
    return [each for each in REFERENCES if level == "housing_area" or each not in ("lignende", "kommune")]


def waves(release: Release, indicator: str, level: str) -> list[str]:
    """The waves in which an indicator was measured at a level, oldest first; never empty for a published level."""
    measured = _measured(release)
    return measured.get((indicator, level)) or sorted({wave for each in measured.values() for wave in each})


def _measured(release: Release) -> dict[tuple[str, str], list[str]]:
    """The waves, oldest first, in which each indicator was measured at each level."""

    def make() -> dict[tuple[str, str], list[str]]:
        rows, found = release.survey, dict[tuple[str, str], set[str]]()
        for indicator, level, wave in zip(rows["indicator"], rows["level"], rows["wave"], strict=True):
            found.setdefault((indicator, level), set()).add(wave)
        return {key: sorted(waves) for key, waves in found.items()}

    return release.get_or_make("waves by indicator and level", make)
