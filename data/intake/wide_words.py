"""The nouns of wide tables: what one is understood as, what somebody answers, and the words it is recognised by."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from data import danish
from data.contracts.definitions import CONTRACTS
from data.contracts.look_alikes import SUMS, alike
from data.contracts.values import UnreadableError, period
from data.intake.heading_periods import YEAR, longer, month, quarter
from data.intake.percents import InDoubt
from data.intake.week_hours import band, weekday
from data.partnership import Partnership

ALONG = {
    "period": "kvartaler", "month": "måneder", "area_id": "områder", "category": "kategorier", "wave": "målinger",
    "indicator": "indikatorer", "year": "år", "longer": "perioder",
    "weekday": "ugedage", "band": "tidsrum", "figure": "kolonner med tal",
}  # fmt: skip
ONE_ALONG = {
    "period": "kvartal", "month": "måned", "area_id": "område", "category": "kategori", "wave": "måling",
    "indicator": "indikator", "year": "år", "longer": "periode",
    "weekday": "ugedag", "band": "tidsrum", "figure": "kolonne med tal",
}  # fmt: skip
LIKE_RESIDENTS = (0.5, 2.0)
"""Where figures are so near an area's residents, they are numbers of residents."""
_PART_OF_A_YEAR = replace(CONTRACTS["survey"].column("wave"), periods=("half_year", "quarter", "month"))
_FIGURE = re.compile(r"[-−]?[\d.,\s]+(?:%|pct\.?)?|", re.IGNORECASE)
_MARK = re.compile(
    r"[-–—]|\.{1,3}|…|\*+|:|x|[<>≤≥]\s?\d+|under \d+|u\.? ?o\.?|n/?a|[\d.,\s]*\d\s*(?:\*+|\(?[\da-z]\)|\([a-z]+\))",
    re.IGNORECASE,
)
"""What stands in the place of a figure: hidden, none, not known, or a figure with a mark for a note."""
_OTHERS = re.compile(
    r"(?<!\w)(?:ofre(?!\w)|sigtelse|sigtede|afgørelse|domme|pct|procent|promille|andel|inde(?:ks|x)|sæsonkorr|rullende"
    r"|løbende (?:sum|år|\d+|fire|fem|tolv)|år til dato|åtd(?!\w)|(?:ak)?kumuler|ændring i |prognose|fremskriv"
    r"|gennemsnit|pr\.? ?1[0.]*0(?!\d)|i (?:1\.?000|tusind|hundrede))"
)
"""What a title or a note says where figures are no numbers of cases or residents in their period."""
_SUBTOTAL = re.compile(r"(.+) (?:total|resultat|i alt)")
"""A sum below the rows of an area, "Herlev i alt"; or, as Excel's pivots say, of anything: "Vold Total"."""


@dataclass(frozen=True)
class Answer:
    """What somebody has said a wide table is: its kind, and a value for each column that the table does not have."""

    kind: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wide:
    """A wide table as understood: what stands along the top and in the columns before, and what must be asked.

    `places` maps a dimension to the column it stands in, `says` each column along the top to what its heading says,
    `answers` a column of shares to that of its answers (-1: the one that all share is in `places`). `kinds` are those
    it may be, `guess` is what is proposed, `left` the headings that are not read, `above` the title. `doubt` says what
    unit the shares seem to be in.
    """

    along: str
    columns: tuple[int, ...]
    places: Mapping[str, int]
    asks: tuple[str, ...]
    guess: Answer
    rows: int
    kinds: tuple[str, ...] = ()
    says: Mapping[int, str] = field(default_factory=dict)
    answers: Mapping[int, int] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    above: str = ""
    doubt: InDoubt | None = None

    @property
    def sentence(self) -> str:
        """What the table looks like, in Danish."""
        if self.along == "figure":
            return f"{danish.plural(self.rows, 'række', 'rækker')} med ét tal i hver."
        return (
            f"{danish.plural(self.rows, 'række', 'rækker')} og "
            f"{danish.plural(len(self.columns), ONE_ALONG[self.along], ALONG[self.along])} på tværs."
        )

    @property
    def done(self) -> str:
        """What becomes of it, as a Danish participle."""
        return "læses" if self.along == "figure" else "vendes"


@dataclass(frozen=True)
class Words:
    """The words that stand for our areas, categories and indicators, reduced by `alike`.

    `residents` has each area's number of residents, `series` the series that each wave we hold belongs to, `parents`
    the area that each area lies in.
    """

    areas: Mapping[str, str]
    categories: Mapping[str, str]
    residents: Mapping[str, float]
    indicators: Mapping[str, str] = field(default_factory=dict)
    series: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)

    def says(self, dimension: str, word: str) -> str:
        """What a word stands for in a dimension; "" where it is no such word."""
        if dimension == "period":
            return quarter(word)
        if dimension == "month":
            return month(word)
        if dimension == "longer":
            return longer(word)
        if dimension == "span":
            return quarter(word) or month(word) or longer(word)
        if dimension == "year" or (dimension == "wave" and YEAR.fullmatch(word.strip())):
            return word.strip() if YEAR.fullmatch(word.strip()) else ""
        if dimension == "wave":
            return _wave(word)
        if dimension in ("weekday", "band"):
            return weekday(word) if dimension == "weekday" else band(word)
        known = {"area_id": self.areas, "category": self.categories, "indicator": self.indicators}[dimension]
        return known.get(alike(word), "")

    def is_sum(self, dimension: str, word: str) -> bool:
        """Whether a label stands beside a sum of the other rows rather than for one of a dimension's own words."""
        if self.says(dimension, word):
            return False
        part = _SUBTOTAL.fullmatch(alike(word))
        own = dimension == "area_id" or not alike(word).endswith(" i alt")  # "Straffelov i alt" is an offence
        return alike(word) in SUMS or bool(part and own and self.says(dimension, part[1]))

    def lies_in(self, area: str, other: str) -> bool:
        """Whether an area is another or lies in it, however far down."""
        for _ in range(len(self.parents) + 1):
            if area == other:
                return True
            area = self.parents.get(area, "")
        return False

    def series_of(self, wave: str) -> str:
        """The series that a wave belongs to: its own, that of the wave before it, or the first; "" without any."""
        before = [year for year in sorted(self.series) if year <= wave]
        return self.series[before[-1] if before else min(self.series)] if self.series else ""


def _wave(word: str) -> str:
    """The half-year, quarter or month that a word is; a day or a name heads no column by itself."""
    try:
        return period(word.strip(), _PART_OF_A_YEAR)
    except UnreadableError:
        return ""


def words_of(
    areas: Mapping[str, str],
    partnership: Partnership,
    residents: Mapping[str, float],
    survey: pd.DataFrame,
    parents: Mapping[str, str],
) -> Words:
    """The words of a partnership; `areas` maps accepted spellings to ids, `survey` has the waves that stand."""
    categories = {alike(word): each.id for each in partnership.categories for word in (each.id, each.title)}
    indicators = {alike(word): each.id for each in partnership.indicators for word in (each.id, each.title)}
    waves = survey.drop_duplicates("wave", keep="last")
    series = dict(zip(waves["wave"].astype(str), waves["series"].astype(str), strict=True))
    spelt = {alike(word): area for word, area in areas.items()}
    return Words(spelt, categories, residents, indicators, series, parents)


def is_mark(text: str) -> bool:
    """Whether a cell holds what stands in the place of a figure: "..", "-", "<5", "*", "541*"."""
    return bool(text.strip()) and not _FIGURE.fullmatch(text.strip()) and bool(_MARK.fullmatch(text.strip()))


def figures(frame: pd.DataFrame, columns: "tuple[int, ...] | list[int]") -> bool:
    """Whether the columns hold figures, and marks in the place of some; marks alone are no figures."""
    cells = pd.concat([frame.iloc[:, place] for place in columns]).str.strip().unique()
    return all(_FIGURE.fullmatch(text) or _MARK.fullmatch(text) for text in cells) and any(
        any(character.isdigit() for character in text) for text in cells
    )


def mostly(cells: "pd.Series[str]", dimension: str, words: Words) -> bool:
    """Whether the filled cells of a column, sums aside, are words of a dimension; a code alone may be a figure."""
    unique = [text for text in cells.str.strip().unique() if text and not words.is_sum(dimension, text)]
    return bool(unique) and sum(words.says(dimension, text) != "" for text in unique) * 2 > len(unique)


def labels(frame: pd.DataFrame, columns: "list[int]", wanted: tuple[str, ...], words: Words) -> dict[str, int]:
    """The column that each wanted dimension stands in, among those that are not along the top.

    Of two that hold areas it is the one whose areas lie in the other's.
    """
    found: dict[str, int] = {}
    for place in reversed(range(frame.shape[1])):
        for dimension in wanted if place not in columns else ():
            if mostly(frame.iloc[:, place], dimension, words) and not (
                dimension == "area_id" and dimension in found and _finer(frame, found[dimension], place, words)
            ):
                found[dimension] = place
    return found


def _finer(frame: pd.DataFrame, place: int, other: int, words: Words) -> bool:
    """Whether the areas of one column lie in those of another."""
    pairs = [
        (words.says("area_id", area), words.says("area_id", over))
        for area, over in zip(frame.iloc[:, place], frame.iloc[:, other].replace("", None).ffill(), strict=True)
        if over
    ]
    inside = [area != over and words.lies_in(area, over) for area, over in pairs if area and over]
    return sum(inside) * 2 > len(inside)


def areas_in(
    frame: pd.DataFrame, along: str, columns: Sequence[int], places: Mapping[str, int], words: Words
) -> set[str]:
    """The areas a wide table tells of, along the top or in a column; "" is one of them where a word is no area."""
    if along == "area_id":
        return {words.says("area_id", str(frame.columns[place])) for place in columns}
    if "area_id" not in places:
        return set()
    return set(frame.iloc[:, places["area_id"]].map(lambda word: words.says("area_id", word)))


def are_others(title: str) -> bool:
    """Whether a title says that the figures are others than we usually get: victims, charges, rates, indices, sums."""
    return _OTHERS.search(alike(title)) is not None


def are_residents(
    frame: pd.DataFrame, along: str, columns: Sequence[int], places: Mapping[str, int], words: Words
) -> bool:
    """Whether most figures of a table of areas are about as large as the numbers of residents that we know of them."""
    near: list[bool] = []
    for place in columns:
        numbers = pd.to_numeric(frame.iloc[:, place].str.replace(r"[.\s]", "", regex=True), errors="coerce")
        if along == "area_id":
            area = pd.Series(words.says("area_id", str(frame.columns[place])), index=frame.index)
        else:
            area = frame.iloc[:, places["area_id"]].map(lambda word: words.says("area_id", word))
        part = numbers / area.map(words.residents).astype("float64")
        near += list(part.dropna().between(*LIKE_RESIDENTS))
    return bool(near) and sum(near) * 2 > len(near)
