"""The nearest view that a release can show, and what it can show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from data import danish
from data.calendar import is_year
from data.partnership import Partnership
from data.release import Release
from data.views.view import BESIDE, COMPARISONS, LEVELS, MAP_LEVELS, READINGS, REFERENCES, View


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
