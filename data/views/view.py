"""What a reader looks at: one frozen value, one codec to and from the address bar, one rule for bad values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any, Protocol

from data import danish
from data.calendar import is_year
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


@dataclass(frozen=True)
class _Rule:
    """What one field of a view, `name`, may be.

    `allowed` maps each value it may have, given the fields settled before it, to the words for it where it stands in
    for another; `fallback` is the value that does. `complaint` is formatted with the words for the value refused.
    """

    name: str
    allowed: Callable[[View, Release, Partnership], Mapping[str, str]]
    complaint: str
    fallback: Callable[[Sequence[str]], str] = itemgetter(0)
    words: Mapping[str, str] = field(default_factory=dict)
    applies: Callable[[View], bool] = lambda _view: True

    def settle(self, view: View, release: Release, partnership: Partnership) -> tuple[View, str]:
        """The view with this field valid, and the notice that says so; "" where nothing had to give way."""
        wanted, allowed = getattr(view, self.name), self.allowed(view, release, partnership)
        if wanted in allowed:
            return view, ""
        if not allowed:  # The release has nothing of the kind, so there is nothing to choose.
            return replace(view, **{self.name: ""}), ""  # type: ignore[arg-type]
        value = self.fallback(list(allowed))
        settled = replace(view, **{self.name: value})  # type: ignore[arg-type]
        if not wanted or not self.applies(view):
            return settled, ""
        complaint = self.complaint.format(
            value=self.words.get(wanted, wanted), level=_in_words(view.level, partnership)
        )
        return settled, f"{complaint} Viser {allowed[value]} i stedet."


def _in_words(level: str, ours: Partnership) -> str:
    return ours.level(level).many if level in LEVELS else level


def _quoted(words: Mapping[str, str]) -> dict[str, str]:
    return {value: f"»{text}«" for value, text in words.items()}


# In this order: what an indicator is measured at depends on the indicator, and its waves on both.
_RULES = (
    _Rule(
        "indicator",
        lambda _view, _release, ours: _quoted({each.id: each.title for each in ours.indicators}),
        "Emnet »{value}« findes ikke.",
    ),
    _Rule(
        "level",
        lambda view, release, ours: {each: _in_words(each, ours) for each in map_levels(release, view.indicator)},
        "Niveauet »{value}« findes ikke for dette emne.",
        words=LEVELS,
    ),
    _Rule(
        "period",
        lambda view, release, _ours: {
            each: f"den nyeste fra {each}" for each in waves(release, view.indicator, view.level)
        },
        "Der er ingen måling i {value} for {level}.",
        fallback=itemgetter(-1),
    ),
    _Rule(
        "category",
        lambda _view, _release, ours: _quoted({each.id: each.title for each in ours.categories}),
        "Kriminalitetsarten »{value}« findes ikke.",
    ),
    _Rule("comparison", lambda *_: _quoted(COMPARISONS), "Sammenligningen »{value}« findes ikke."),
    _Rule(
        "reading",
        lambda view, release, _ours: _quoted(readings(release, view)),
        "Visningen »{value}« findes ikke.",
        words=READINGS,
    ),
    _Rule(
        "reference",
        lambda view, release, _ours: _quoted({each: REFERENCES[each] for each in references(release, view)}),
        "»{value}« kan ikke være reference her.",
        words=REFERENCES,
        # A reference that only another level has gives way in silence while the map does not show it.
        applies=lambda view: view.reading == "reference" or view.reference not in REFERENCES,
    ),
    _Rule(
        "beside",
        lambda *_: {"": "kortet alene"} | dict.fromkeys(BESIDE, ""),
        "»{value}« kan ikke stå ved siden af kortet.",
    ),
)


def nearest(view: View, release: Release, partnership: Partnership) -> tuple[View, tuple[str, ...]]:
    """The nearest valid view in a release, and a plain Danish notice for each value that had to give way."""
    notices: list[str] = []
    for rule in _RULES:
        view, notice = rule.settle(view, release, partnership)
        notices += [notice] if notice else []
    view, renamed = _under_newest_names(view, release)
    notices += renamed
    known = set(release.areas["area_id"])
    unknown = [area for area in view.areas if area not in known]
    if unknown:
        listed = danish.join([f"»{area}«" for area in unknown])
        notices.append(f"Området {listed} findes ikke eller kan ikke vises for dig. Det er valgt fra.")
    settled = replace(view, areas=tuple(area for area in view.areas if area in known))
    if "cells" not in release.tables:  # Where there are cells, their page settles these (cell_view).
        settled = replace(settled, cell_size="", cell_year="", cell_against="", cell="")
    return settled, tuple(notices)


def _under_newest_names(view: View, release: Release) -> tuple[View, list[str]]:
    """The view with areas that were renamed under their newest id, and a Danish notice for each."""
    newest = release.get_or_make("newest names of areas", lambda: _newest_names(release))
    old = [area for area in view.areas if area in newest]
    notices = [f"»{area}« hedder nu {release.name_of(newest[area])}. Det er det samme område." for area in old]
    areas = tuple(dict.fromkeys(newest.get(area, area) for area in view.areas))
    return (replace(view, areas=areas) if old else view), notices


def _newest_names(release: Release) -> dict[str, str]:
    rows = release.areas
    if "formerly" not in rows:  # as in every release without areas that were renamed
        return {}
    pairs = zip(rows["area_id"], rows["formerly"].fillna(""), strict=True)
    return {old: str(area) for area, listed in pairs for old in str(listed).split(";") if old}


def map_levels(release: Release, indicator: str) -> list[str]:
    """The levels of map areas at which an indicator has figures, most local first."""
    measured = _measured(release)
    levels = [level for level in MAP_LEVELS if (indicator, level) in measured]
    if not levels and not measured:  # Where nothing is measured, it is what is recorded that has levels.
        there = set((release.incidents if len(release.incidents) else release.areas)["level"])
        levels = [level for level in MAP_LEVELS if level in there]
    return levels or [MAP_LEVELS[-1]]


def references(release: Release, view: View) -> list[str]:
    """What areas of the view's level can be held against: only that of which there are figures, the nearest first."""
    there = _held_against(release).get((view.indicator, view.level), ())
    return [each for each in REFERENCES if each in there]


def readings(release: Release, view: View) -> dict[str, str]:
    """What the map can say of the view's shares, with its words; against others only where there are such figures."""
    held = references(release, view)
    return {reading: words for reading, words in READINGS.items() if reading != "reference" or held}


def _held_against(release: Release) -> dict[tuple[str, str], set[str]]:
    """The references that each indicator has figures of at each level, in any wave."""

    def make() -> dict[tuple[str, str], set[str]]:
        rows, found = release.references, dict[tuple[str, str], set[str]]()
        rows = rows[rows["reference_share"].notna()]
        for indicator, level, reference in zip(rows["indicator"], rows["level"], rows["reference"], strict=True):
            found.setdefault((indicator, level), set()).add(reference)
        return found

    return release.get_or_make("references by indicator and level", make)


def waves(release: Release, indicator: str, level: str) -> list[str]:
    """The waves in which an indicator was measured at a level, oldest first; never empty for a published level.

    Where nothing is measured at all, the years in which offences were recorded; none where there are none either.
    """
    measured = _measured(release)
    measured_waves = measured.get((indicator, level)) or sorted({wave for each in measured.values() for wave in each})
    if measured_waves:
        return measured_waves
    periods = release.incidents["period"]
    return sorted(set(periods[is_year(periods)]))


def _measured(release: Release) -> dict[tuple[str, str], list[str]]:
    """The waves, oldest first, in which each indicator was measured at each level."""

    def make() -> dict[tuple[str, str], list[str]]:
        rows, waves_of = release.survey, dict[tuple[str, str], set[str]]()
        for indicator, level, wave in zip(rows["indicator"], rows["level"], rows["wave"], strict=True):
            waves_of.setdefault((indicator, level), set()).add(wave)
        return {key: sorted(waves) for key, waves in waves_of.items()}

    return release.get_or_make("waves by indicator and level", make)
