"""A map in words: the class of each area, what it says, and what the legend tells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from data import danish
from data.records import Row, records
from data.views.memo import memoized_by_view
from data.views.view import ViewContext

HATCHED_ANSWERS = "Skraveret: få svar, brug tallet med forsigtighed"


@dataclass(frozen=True)
class AreaMark:
    """What a map says of one area: its class (None: no figure), whether it is hatched, and its words.

    Without a class it is `missing` (dotted) or hidden (an outline alone).
    """

    class_index: int | None
    hatched: bool
    text: str
    missing: bool = False


@dataclass(frozen=True)
class MapWords:
    """A map in words, ready to be drawn.

    `marks` are by area_id, in the order of the ids. `classes` are the words of the classes in order, and class i has
    colour `colours[i]` of the scale. `hatched` and `note` explain what the legend must. `title` names the figure,
    `sentence` says what it shows, and `cited` are the rows it rests on.
    """

    marks: Mapping[str, AreaMark]
    scale: str
    classes: tuple[str, ...]
    colours: tuple[int, ...]
    legend: str
    hatched: str
    note: str
    title: str
    sentence: str
    cited: pd.DataFrame
    file_name: str


@memoized_by_view("level")
def drawn_areas(context: ViewContext) -> tuple[str, ...]:
    """The areas of the view's level that have an outline, in the order of their ids."""
    areas = context.release.areas
    return tuple(sorted(areas.loc[(areas["level"] == context.view.level) & areas["geometry"].notna(), "area_id"]))


def map_in_words(
    context: ViewContext,
    rows: pd.DataFrame,
    *,
    class_of: Callable[[Row], int | None],
    text_of: Callable[[Row], str],
    is_hatched: Callable[[Row], bool],
    scale: str,
    classes: tuple[str, ...],
    legend: str,
    title: str,
    sentence: str,
    colours: tuple[int, ...] = (),
    hatched: str = HATCHED_ANSWERS,
    note: str = "",
    shown_states: Sequence[str] = ("published",),
    missing: str = "",
    file_name: str = "",
    cited: pd.DataFrame | None = None,
) -> MapWords:
    """A map of the areas of a level: their rows put into classes by `class_of` and in words by `text_of`.

    Rows in other states than `shown_states` have no class; `missing` is said of an area without a row.
    """
    view = context.view
    by_area = {row["area_id"]: row for row in records(rows)}

    def mark(row: Row | None) -> AreaMark:
        if row is None:
            return AreaMark(None, False, missing or f"Ikke målt {danish.in_period(view.period)}.", missing=True)
        index = class_of(row) if row["state"] in shown_states else None
        untold = index is None and row["state"] != "hidden"
        return AreaMark(index, index is not None and is_hatched(row), text_of(row), untold)

    return MapWords(
        marks={area: mark(by_area.get(area)) for area in drawn_areas(context)},
        scale=scale,
        classes=classes,
        colours=colours or tuple(range(len(classes))),
        legend=legend,
        hatched=hatched,
        note=note,
        title=title,
        sentence=sentence,
        cited=rows if cited is None else cited,
        file_name=file_name or f"{view.indicator}_{view.reading}_{view.level}_{view.period}",
    )


def class_of_value(value: float, breaks: tuple[float, ...]) -> int:
    """The class of a value: how many of the limits it reaches."""
    return sum(value >= limit for limit in breaks)


def class_titles(limits: list[str], unit: str) -> tuple[str, ...]:
    """What the legend calls each class between limits."""
    return (
        f"under {limits[0]}{unit}",
        *(f"{low}–{high}{unit}" for low, high in pairwise(limits)),
        f"{limits[-1]}{unit} eller mere",
    )


def verdict_counts(verdicts: pd.Series, classes: Mapping[str, int]) -> tuple[int, int, int, int]:
    """How many areas have each verdict, in the order of the classes, the ones that cannot be compared last."""
    first, unclear, last, impossible = (int((verdicts == each).sum()) for each in classes)
    return first, unclear, last, impossible
