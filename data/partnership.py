"""Who we are: everything local, read from partnership.toml into plain nouns."""

import datetime as dt
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

PARTNERSHIP_FILE = Path(__file__).parent.parent / "partnership.toml"


@dataclass(frozen=True)
class Indicator:
    """A survey question we follow: what is asked, on which scale, and which direction is better."""

    id: str
    title: str
    statement: str
    question: str
    scale: str
    direction: int
    breaks: tuple[float, ...]


@dataclass(frozen=True)
class Category:
    """A kind of recorded offence; `breaks` are reported offences per 1,000 residents in a quarter."""

    id: str
    title: str
    noun: str
    breaks: tuple[float, ...]

    @property
    def yearly_breaks(self) -> tuple[float, ...]:
        """The classes of a whole year: four quarters at the same pace, so that the two say the same."""
        return tuple(4 * limit for limit in self.breaks)


@dataclass(frozen=True)
class ActivityKind:
    """A kind of activity that criteria count, with the word for many of them."""

    id: str
    many: str


@dataclass(frozen=True)
class Audience:
    """A group of readers with release tables of its own.

    `sees` are the municipalities whose housing areas, initiatives and criteria it sees; `threshold` is the smallest
    count of a housing area it may see besides 0 (0: every count); `sees_cells` adds the counts of grid cells.
    `edits` lets it write down what the partnership agrees, `proposes` only new focus areas of its own municipalities.
    `publishes` lets it load figures, publish them and see drafts.
    `shares` lets it share views, and `open_links` lets views shared with it be opened without an account.
    """

    id: str
    title: str
    sees: tuple[str, ...]
    threshold: int
    sees_cells: bool
    edits: bool = False
    proposes: bool = False
    publishes: bool = False
    shares: bool = True
    open_links: bool = False

    @property
    def sees_local(self) -> bool:
        """Whether it sees anything of housing areas and what is done there."""
        return bool(self.sees)

    def covers(self, other: "Audience") -> bool:
        """Whether it sees everything that another audience sees: only then may it show the other anything."""
        sees = set(other.sees) <= set(self.sees) and other.threshold >= self.threshold
        return sees and (self.sees_cells or not other.sees_cells)

    def may_write(self, kind: str) -> bool:
        """Whether it may write rows of a kind: all kinds, or proposals alone."""
        return self.edits or (self.proposes and kind == "proposals")


@dataclass(frozen=True)
class Named:
    """A purpose, principle or survey series: an id and the words for it."""

    id: str
    title: str


@dataclass(frozen=True)
class FocusArea:
    """One of the agreement's four focus areas (indsatsområder)."""

    id: int
    title: str


@dataclass(frozen=True)
class Partnership:
    """The partnership and its agreed vocabulary, in the order of the settings file."""

    name: str
    short_name: str
    police_district: str
    members: tuple[str, ...]
    agreement_from: dt.date
    meetings_a_year: int
    purposes: tuple[Named, ...]
    focus_areas: tuple[FocusArea, ...]
    principles: tuple[Named, ...]
    indicators: tuple[Indicator, ...]
    series: tuple[Named, ...]
    categories: tuple[Category, ...]
    activity_kinds: tuple[ActivityKind, ...]
    municipality_types: Mapping[str, str]
    audiences: tuple[Audience, ...]
    slide_template: Path | None = None
    """The organisation's own PowerPoint file, which slides are set on; None: a plain one."""

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator with this id; KeyError if the partnership has none."""
        return _only(self.indicators, indicator_id)

    def category(self, category_id: str) -> Category:
        """The offence category with this id; KeyError if the partnership has none."""
        return _only(self.categories, category_id)

    def activity_noun(self, kind: str) -> str:
        """The word for many activities of a kind; the kind itself where the partnership has no word for it."""
        return next((each.many for each in self.activity_kinds if each.id == kind.casefold()), kind.lower())

    def audience(self, audience_id: str) -> Audience:
        """The audience with this id; KeyError if the partnership has none."""
        return _only(self.audiences, audience_id)

    def sees_all(self, audience: Audience) -> bool:
        """Whether an audience sees every member; others have rows withheld that reach beyond their own."""
        return set(self.members) <= set(audience.sees)


Kind = TypeVar("Kind", Indicator, Category, Audience)


def _only(nouns: tuple[Kind, ...], wanted: str) -> Kind:
    for noun in nouns:
        if noun.id == wanted:
            return noun
    raise KeyError(wanted)


def read_partnership(path: Path = PARTNERSHIP_FILE) -> Partnership:
    """Read a partnership file; raises ValueError naming the file and what is wrong in it."""
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
        return Partnership(
            **settings["partnership"] | {"members": tuple(settings["partnership"]["members"])},
            purposes=tuple(Named(**row) for row in settings["purposes"]),
            focus_areas=tuple(FocusArea(**row) for row in settings["focus_areas"]),
            principles=tuple(Named(**row) for row in settings["principles"]),
            indicators=tuple(Indicator(**_with_breaks(row)) for row in settings["indicators"]),
            series=tuple(Named(**row) for row in settings["series"]),
            categories=tuple(Category(**_with_breaks(row)) for row in settings["categories"]),
            activity_kinds=tuple(ActivityKind(**row) for row in settings["activity_kinds"]),
            municipality_types=settings["municipality_types"],
            audiences=tuple(_audience(row, settings["partnership"]["members"]) for row in settings["audiences"]),
            slide_template=_template(settings.get("reports", {}), path),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _with_breaks(row: dict[str, Any]) -> dict[str, Any]:
    breaks = row["breaks"]
    if not isinstance(breaks, list) or sorted(breaks) != breaks or len(breaks) != 4:
        raise TypeError(f"{row['id']}: breaks must be four ascending numbers, not {breaks!r}")
    return row | {"breaks": tuple(breaks)}


def _template(reports: dict[str, Any], path: Path) -> Path | None:
    """The PowerPoint file that [reports] names, relative to the partnership file."""
    named = reports.get("template", "")
    if not named:
        return None
    found = path.parent / named
    if found.suffix != ".pptx" or not found.is_file():
        raise TypeError(f"reports.template: {named!r} is no .pptx file beside {path.name}")
    return found


def _audience(row: dict[str, Any], members: list[str]) -> Audience:
    strangers = sorted(set(row["sees"]) - set(members))
    if strangers:
        raise TypeError(f"{row['id']}: sees names {strangers[0]!r}, which is no member of the partnership")
    if not isinstance(row["threshold"], int) or row["threshold"] < 0:
        raise TypeError(f"{row['id']}: threshold must be a whole number of 0 or more, not {row['threshold']!r}")
    return Audience(**row | {"sees": tuple(row["sees"])})


@lru_cache(maxsize=1)
def our_partnership() -> Partnership:
    """The partnership this installation serves, from the file TRYGHED_PARTNERSHIP names; read once per process."""
    return read_partnership(Path(os.environ.get("TRYGHED_PARTNERSHIP") or PARTNERSHIP_FILE))
