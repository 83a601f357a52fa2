"""When in the week it was reported, in the chosen municipality."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import streamlit as st

from components.page import source_words
from components.pictures import picture, show
from components.session import Screen
from components.tables import table_twin
from components.text import say
from data import danish
from data.contracts.definitions import BANDS, WEEKDAYS
from data.records import records
from data.sentences.hotspots import FEWEST_NEAR, day_sentence, week_sentence
from data.views.cell_view import municipalities, municipality_of
from data.views.memo import memoized_by_view
from data.views.view import ViewContext
from drawings.heat import heat
from reports import place_tables

DAYS = tuple(WEEKDAYS.values())
SHORT_DAYS = tuple(day[:3] for day in DAYS)
HOURS = tuple(BANDS.values())
SHORT_HOURS = tuple(band.removeprefix("kl. ") for band in HOURS)


class _Week(NamedTuple):
    """The week of the view: its rows, all areas added up, and what is said of them."""

    rows: pd.DataFrame
    sentence: str
    hover: tuple[str, ...]
    sources: str


def week_words(context: ViewContext, municipality: str = "") -> str:
    """When most were reported in a municipality, in words; by default in the chosen one, or in all together."""
    return _week(context, municipality or municipality_of(context.view, context.release)).sentence


@memoized_by_view("category", "cell_year")
def week_near(context: ViewContext, near: tuple[str, ...]) -> str:
    """When most were reported in the nearest of some housing areas that has told of enough; "" where none has."""
    for area in near:
        rows = _of_year(context)
        rows = rows[rows["area_id"] == area]
        if len(rows) and rows["count"].sum(skipna=False) >= FEWEST_NEAR:
            noun, name = context.partnership.category(context.view.category).noun, context.release.name_of(area)
            return day_sentence(_together(rows), noun, f"i {name}", context.view.cell_year, HOURS)
    return ""


def time_of_week(screen: Screen) -> None:
    """The week as a picture, with its sentence and its table."""
    view = screen.view
    area = municipality_of(view, screen.release)
    week = _week(screen, area)
    say(week.sentence)
    if week.rows.empty:
        return
    figure = picture(
        heat,
        week.rows,
        screen,
        "hours",
        area,
        view.category,
        view.cell_year,
        days=SHORT_DAYS,
        bands=SHORT_HOURS,
        hover=week.hover,
    )
    show(figure, week.sentence, "hotspot_hours")
    name = f"ugens_timer_{view.category}_{area or 'alle'}_{view.cell_year}"
    where = screen.release.name_of(area) if area else "alle kommuner tilsammen"
    table_twin(lambda: _words(week.rows), name, lambda: place_tables.week_csv(screen, week.rows, where))
    st.caption(week.sources)


@memoized_by_view("category", "cell_year")
def _week(context: ViewContext, area: str) -> _Week:
    year, noun = context.view.cell_year, context.partnership.category(context.view.category).noun
    rows = _of_year(context)
    # A municipality holds its housing areas, which may have hours of their own: none is counted twice.
    rows = rows[rows["area_id"] == area] if area else rows[rows["area_id"].isin(municipalities(context.release))]
    where = f"i {context.release.name_of(area)}" if area else "i kommunerne tilsammen"
    if rows.empty or rows["count"].isna().all():
        return _Week(rows.iloc[:0], f"Tidspunktet for {noun} {where} i {year} er ikke indberettet.", (), "")
    week = _together(rows)
    return _Week(
        week,
        week_sentence(week, noun, where, year, DAYS, HOURS),
        tuple(_hover(row, noun) for row in records(week)),
        source_words(context, rows),
    )


def _of_year(context: ViewContext) -> pd.DataFrame:
    hours = context.release.tables["hours"]
    return hours[(hours["year"] == context.view.cell_year) & (hours["category"] == context.view.category)]


def _together(rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each time of week, all areas added up; missing where one of them is."""
    summed = rows.groupby(["weekday", "band"], as_index=False).agg(
        count=("count", lambda parts: parts.sum(skipna=False)),
        provenance=("provenance", "min"),
        source_id=("source_id", "first"),
    )
    return summed


def _hover(row: dict[str, object], noun: str) -> str:
    day, band = DAYS[int(str(row["weekday"])) - 1], HOURS[int(str(row["band"]))]
    return f"{danish.opening(day)} {band}: {danish.number(row['count'])} {noun}"  # type: ignore[arg-type]


def _words(week: pd.DataFrame) -> pd.DataFrame:
    wide = week.pivot(index="band", columns="weekday", values="count")
    table = pd.DataFrame({"Tidsrum": list(HOURS)})
    for day, values in zip(DAYS, _columns(wide), strict=True):
        table[danish.opening(day)] = [
            danish.NOT_REPORTED if pd.isna(value) else danish.number(value) for value in values
        ]
    return table


def _columns(wide: pd.DataFrame) -> Sequence[Sequence[float]]:
    return [list(wide[day]) for day in sorted(wide.columns)]
