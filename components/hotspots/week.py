"""When in the week it was reported, in the chosen municipality."""

from collections.abc import Sequence

import pandas as pd

from components.charts.heat import heat
from components.page import source_line
from components.pictures import picture, show
from components.session import Screen
from components.tables import table_twin
from components.text import say
from data import danish
from data.cell_view import municipality_of
from data.definitions import BANDS, WEEKDAYS
from data.hotspot_sentences import week_sentence
from data.release import records
from data.rows import credit

DAYS = tuple(WEEKDAYS.values())
SHORT_DAYS = tuple(day[:3] for day in DAYS)
HOURS = tuple(BANDS.values())
SHORT_HOURS = tuple(band.removeprefix("kl. ") for band in HOURS)


def week_words(screen: Screen) -> str:
    """When most were reported in the chosen municipality, or in all together, in words."""
    rows, noun, where = _hours(screen)
    year = screen.view.cell_year
    if rows.empty or rows["count"].isna().all():
        return f"Tidspunktet for {noun} {where} i {year} er ikke indberettet."
    return week_sentence(_together(rows), noun, where, year, DAYS, HOURS)


def time_of_week(screen: Screen) -> None:
    """The week as a picture, with its sentence and its table."""
    view = screen.view
    rows, noun, _ = _hours(screen)
    sentence = week_words(screen)
    say(sentence)
    if rows.empty or rows["count"].isna().all():
        return
    area = municipality_of(view, screen.release)
    week = _together(rows)
    figure = picture(
        heat,
        week,
        screen,
        "hours",
        area,
        view.category,
        view.cell_year,
        days=SHORT_DAYS,
        bands=SHORT_HOURS,
        hover=tuple(_hover(row, noun) for row in records(week)),
    )
    show(figure, sentence, "hotspot_hours")
    table_twin(_words(week), f"ugens_timer_{view.category}_{area or 'alle'}_{view.cell_year}", credit(screen, rows))
    source_line(screen, rows)


def _hours(screen: Screen) -> tuple[pd.DataFrame, str, str]:
    """The hours of the view, what is counted, and where."""
    view = screen.view
    area = municipality_of(view, screen.release)
    hours = screen.release.tables["hours"]
    rows = hours[(hours["year"] == view.cell_year) & (hours["category"] == view.category)]
    where = f"i {screen.release.name_of(area)}" if area else "i kommunerne tilsammen"
    return rows[rows["area_id"] == area] if area else rows, screen.partnership.category(view.category).noun, where


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
    return f"{day.capitalize()} {band}: {danish.number(row['count'])} {noun}"  # type: ignore[arg-type]


def _words(week: pd.DataFrame) -> pd.DataFrame:
    wide = week.pivot(index="band", columns="weekday", values="count")
    table = pd.DataFrame({"Tidsrum": list(HOURS)})
    for day, values in zip(DAYS, _columns(wide), strict=True):
        table[day.capitalize()] = [danish.NOT_REPORTED if pd.isna(value) else danish.number(value) for value in values]
    return table


def _columns(wide: pd.DataFrame) -> Sequence[Sequence[float]]:
    return [list(wide[day]) for day in sorted(wide.columns)]
