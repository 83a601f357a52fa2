"""Who we are: everything local, read from partnership.toml into plain nouns."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from data import danish
from data.contracts.problems import ContractError
from data.settings.check import check_settings
from data.settings.chosen import SHIPPED, settings_file
from data.settings.nouns import ActivityKind, AreaList, FocusArea, Forum, LevelWords, Named
from data.settings.problems import SettingProblem

PARTNERSHIP_FILE = SHIPPED
PRODUCT = "Tryghedsoverblik"


@dataclass(frozen=True)
class Indicator:
    """A survey question we follow: what is asked, on which scale, and which direction is better.

    `counts` are the answers that count and `of` all valid ones, as codes or labels; what is in neither is no answer.
    `unsure` are the answers "don't know", which are in the base only where `unsure_in_base`.
    """

    id: str
    title: str
    statement: str
    question: str
    scale: str
    direction: int
    breaks: tuple[float, ...]
    counts: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    unsure_in_base: bool = False


@dataclass(frozen=True)
class Category:
    """A kind of recorded offence; `breaks` are reported offences per 1,000 residents in a quarter.

    `offences` are the codes (whole or their first digits) and words of the offences in it; none: its id.
    """

    id: str
    title: str
    noun: str
    breaks: tuple[float, ...]
    offences: tuple[str, ...] = ()

    @property
    def yearly_breaks(self) -> tuple[float, ...]:
        """The classes of a whole year: four quarters at the same pace, so that the two say the same."""
        return tuple(4 * limit for limit in self.breaks)


OF_PLACES = "place_actions"
"""What is done in places that are told by grid cells: written and read by those alone who may see the cells."""


@dataclass(frozen=True)
class Audience:
    """A group of readers with release tables of its own.

    `sees` are the municipalities whose housing areas, initiatives and criteria it sees; `threshold` is the smallest
    count of a housing area it may see besides 0 (0: every count); `sees_cells` adds the counts of grid cells.
    `edits` lets it write down what the partnership agrees, `proposes` only new focus areas of its own municipalities.
    `publishes` lets it load figures, publish them and see drafts.
    `suggests` lets it send in proposals, insecure places and walks, which nobody reads before they are approved.
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
    suggests: bool = False

    @property
    def sees_local(self) -> bool:
        """Whether it sees anything of housing areas and what is done there."""
        return bool(self.sees)

    def covers(self, other: "Audience") -> bool:
        """Whether it sees everything that another audience sees: only then may it show the other anything."""
        sees = set(other.sees) <= set(self.sees) and other.threshold >= self.threshold
        return sees and (self.sees_cells or not other.sees_cells)

    def may_write(self, kind: str) -> bool:
        """Whether it may write rows of a kind: all kinds, or proposals alone; of places only who sees their cells."""
        if kind == OF_PLACES:
            return self.sees_cells and not self.threshold
        return self.edits or (self.proposes and kind == "proposals")


LEVEL_WORDS: Mapping[str, LevelWords] = {
    "housing_area": LevelWords("boligområde", "boligområdet", "boligområder"),
    "municipality": LevelWords("kommune", "kommunen", "kommuner"),
    "police_district": LevelWords("politikreds", "politikredsen", "politikreds"),
    "area_group": LevelWords("SUB-områder samlet", "SUB-områderne samlet", "SUB-områder samlet"),
    "country": LevelWords("land", "hele landet", "hele landet"),
}
"""The words of each level where the settings have no others."""
LISTS = (AreaList("", "Ministeriets lister"), AreaList("SUB", "Politiets liste (SUB)"))
FORUMS = (Forum("partnerskab", "partnerskab"), Forum("lokalraad", "lokalråd", True), Forum("kredsraad", "kredsråd"))
NOTHING_MEASURED = Indicator("", "Tryghed", "føler sig trygge", "", "", 1, (0.60, 0.70, 0.80, 0.90))
NOTHING_RECORDED = Category("", "Anmeldelser", "anmeldelser", (8, 12, 16, 20))
"""What stands for an indicator or a category in a partnership that follows none."""
USUAL_TOTAL = "TOT"
"""The total of all offences as Statistics Denmark codes it, which is the total where the settings name none."""


@dataclass(frozen=True)
class Statement:
    """What the accessibility statement says of its own: the public body, where to write, and the day it was made."""

    body: str = ""
    contact: str = ""
    date: dt.date | None = None


@dataclass(frozen=True)
class PersonalData:
    """Who answers for what is kept of persons, and for how many months (0: without end)."""

    controllers: tuple[str, ...] = ()
    answers: str = ""
    officer: str = ""
    keep_months: int = 0


@dataclass(frozen=True)
class Mail:
    """The one address new figures are told to, and the one it is told from; "" where nothing is sent."""

    group: str = ""
    sender: str = ""


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
    time_zone: str = "Europe/Copenhagen"
    """Whose midnight ends a day here."""
    product: str = PRODUCT
    """The name in the header, the title and the files."""
    total_category: str | None = None
    """The category that all others are parts of; "" where none is, None where the settings do not say."""
    levels: Mapping[str, LevelWords] = field(default_factory=dict)
    """Words of its own for levels of areas."""
    lists: tuple[AreaList, ...] = LISTS
    forums: tuple[Forum, ...] = FORUMS
    statement: Statement = Statement()
    personal_data: PersonalData = PersonalData()
    mail: Mail = Mail()

    @property
    def total(self) -> str:
        """The category that all others are parts of; "" where there is none."""
        if self.total_category is not None:
            return self.total_category
        return USUAL_TOTAL if any(each.id == USUAL_TOTAL for each in self.categories) else ""

    @property
    def knows_total(self) -> bool:
        """Whether it is known which category is the total, or that none is."""
        return self.total_category is not None or bool(self.total) or len(self.categories) < 2

    @property
    def own_forum(self) -> Forum:
        """The forum in which the whole partnership meets: the first that belongs to no single municipality."""
        return next((each for each in self.forums if not each.local), self.forums[0])

    @property
    def local_forum(self) -> Forum | None:
        """The forum of one municipality, whose members propose; None where there is none."""
        return next((each for each in self.forums if each.local), None)

    def forum_title(self, forum_id: str) -> str:
        """What a forum is called; its id where the settings no longer have it."""
        return next((each.title for each in self.forums if each.id == forum_id), forum_id)

    def level(self, level: str) -> LevelWords:
        """What areas of a level are called here; KeyError for no level."""
        return self.levels.get(level) or LEVEL_WORDS[level]

    def level_title(self, level: str) -> str:
        """Areas of a level as a heading: "Boligområder", "Hele landet"."""
        many = self.level(level).many
        return danish.opening(many)

    @property
    def first_indicator(self) -> Indicator:
        """The indicator shown where none is chosen; where nothing is measured, one without figures whose id is ""."""
        return self.indicators[0] if self.indicators else NOTHING_MEASURED

    @property
    def first_category(self) -> Category:
        """The category shown where none is chosen; where none is followed, one without figures whose id is ""."""
        return self.categories[0] if self.categories else NOTHING_RECORDED

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator with this id; KeyError if the partnership has none."""
        return _only(self.indicators or (NOTHING_MEASURED,), indicator_id)

    def category(self, category_id: str) -> Category:
        """The offence category with this id; KeyError if the partnership has none."""
        return _only(self.categories or (NOTHING_RECORDED,), category_id)

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
    """Read a partnership file; raises ContractError (a ValueError) with every fault in it, a Danish sentence each."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = "filen findes ikke" if isinstance(error, FileNotFoundError) else "filen kan ikke læses"
        remedy = (
            "Lav en ny med: python -m data new MAPPE" if isinstance(error, FileNotFoundError) else "Gem den som UTF-8"
        )
        raise ContractError([SettingProblem(str(path), message=reason, remedy=remedy)]) from error
    settings = check_settings(text, path.name, path.parent)
    template = settings["reports"]["template"]
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
        audiences=tuple(Audience(**row | {"sees": tuple(row["sees"])}) for row in settings["audiences"]),
        slide_template=path.parent / template if template else None,
        levels={level: LevelWords(**row) for level, row in settings["levels"].items()},
        lists=tuple(AreaList(**row) for row in settings["lists"]) or LISTS,
        forums=tuple(Forum(**row) for row in settings["forums"]) or FORUMS,
        statement=Statement(**settings["statement"]),
        personal_data=PersonalData(
            **settings["personal_data"] | {"controllers": tuple(settings["personal_data"]["controllers"])}
        ),
        mail=Mail(**settings["mail"]),
    )


def _with_breaks(row: dict[str, Any]) -> dict[str, Any]:
    words = {name: tuple(map(str, row[name])) for name in ("counts", "of", "unsure", "offences") if name in row}
    return row | {"breaks": tuple(row["breaks"])} | words


@lru_cache(maxsize=1)
def our_partnership() -> Partnership:
    """The partnership this installation serves (`data.settings.chosen`); read once per process."""
    return read_partnership(settings_file())
