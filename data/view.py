"""What a reader looks at: one frozen value, one codec to and from the address bar, one rule for bad values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

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
}
# What an area is held against.
COMPARISONS = {"lignende": "Lignende områder", "omgivelser": "Kommune, politikreds og land"}
LONGEST_VALUE = 60
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

    @classmethod
    def from_query(cls, query: Mapping[str, str | Sequence[str]]) -> "View":
        """Read a view from query parameters. Never fails: what it cannot read it leaves for `nearest` to report."""
        values = {field: _values(query.get(name, "")) for field, name in PARAMETERS.items()}
        first = {field: (found[0] if found else "") for field, found in values.items()}
        number = first["release"]
        return cls(
            indicator=first["indicator"],
            level=first["level"],
            areas=tuple(dict.fromkeys(values["areas"]))[:MOST_AREAS],
            period=first["period"],
            category=first["category"],
            comparison=first["comparison"],
            # -1 is no release: `nearest` then says so instead of passing a bad number over in silence.
            release=(int(number) if number.isascii() and number.isdigit() else -1) if number else None,
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
    )
    return settled, tuple(notices)


def map_levels(release: Release, indicator: str) -> list[str]:
    """The levels of map areas at which an indicator has figures, most local first."""
    measured = set(release.survey.loc[release.survey["indicator"] == indicator, "level"])
    return [level for level in MAP_LEVELS if level in measured] or [MAP_LEVELS[-1]]


def waves(release: Release, indicator: str, level: str) -> list[str]:
    """The waves in which an indicator was measured at a level, oldest first; never empty for a published level."""
    rows = release.survey
    found = rows.loc[(rows["indicator"] == indicator) & (rows["level"] == level), "wave"]
    return sorted(set(found)) or sorted(set(rows["wave"]))
