"""Perceived and recorded over time, each in its picture and its sentence."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from components.area.figures import AreaFigures
from components.page import say_unfinished, source_words
from components.pictures import picture, show
from components.session import Screen
from components.tables import count_csv, share_csv, table_twin
from components.text import plain, say
from data import danish
from data.calendar import is_year
from data.contracts.cooperation import DIALOGUE_KINDS
from data.records import records
from data.sentences import areas as area_sentences
from data.views.lives import lives
from data.views.memo import memoized_by_view
from data.views.row_words import incident_words, survey_words
from data.views.rows import (
    compared_with,
    comparison_note,
    incident_rows,
    initiatives_in,
    survey_rows,
)
from data.views.view import ViewContext
from drawings.lanes import Dialogue, Initiative
from drawings.recorded import recorded
from drawings.trend import MOST_HIGHLIGHTED, trend

# More bands than this push the time axis out of sight.
MOST_BANDS = 8
# An area sheet has room for lower plots, in px.
SHEET_PLOT = 190


class _Trend(NamedTuple):
    """What stands around the picture of perceived safety over the waves."""

    said: tuple[str, ...]
    notes: tuple[str, ...]
    bands: tuple[Initiative, ...]
    sources: str


def title(context: ViewContext, areas: tuple[str, ...]) -> str:
    """What the page shows, in a sentence."""
    return f"Udviklingen i {danish.join(context.release.name_of(area) for area in areas)}"


def perceived_trend(screen: Screen, areas: tuple[str, ...]) -> None:
    """Perceived safety over the waves: the areas in colour, those they are held against grey, initiatives beneath."""
    indicator = screen.partnership.indicator(screen.view.indicator)
    st.header(indicator.title, anchor=False)
    rows, told = _trend_rows(screen, areas), _trend(screen, areas)
    if rows.empty:
        st.info("Der er ingen målinger for de valgte områder.", icon=":material/info:")
    else:
        st.markdown("\n\n".join(map(plain, told.said)))
        figure = picture(
            trend,
            rows,
            screen,
            "trend",
            indicator.id,
            screen.view.comparison,
            areas,
            highlight=areas[:MOST_HIGHLIGHTED],
            direction=indicator.direction,
            initiatives=told.bands,
            lives=lives(screen, areas),
        )
        show(figure, " ".join(told.said), "perceived_trend")
        for note in told.notes:
            st.caption(note)
    table_twin(
        lambda: survey_words(rows, screen),
        f"{indicator.id}_udvikling",
        share_csv(rows, screen),
    )
    st.caption(told.sources)


@memoized_by_view("indicator", "comparison")
def _trend_rows(context: ViewContext, areas: tuple[str, ...]) -> pd.DataFrame:
    return survey_rows(context, areas=areas + compared_with(context, areas))


@memoized_by_view("indicator", "comparison")
def _trend(context: ViewContext, areas: tuple[str, ...]) -> _Trend:
    rows, initiatives = _trend_rows(context, areas), initiatives_in(context, areas)
    newest = rows[rows["area_id"].isin(areas)].sort_values("wave").drop_duplicates("area_id", keep="last")
    notes = (comparison_note(context, areas), _left_out(initiatives))
    cited = pd.concat([each[["source_id", "provenance"]] for each in (rows, initiatives)])
    return _Trend(
        tuple(newest["hover"]),
        tuple(plain(note) for note in notes if note),
        _bands(initiatives),
        source_words(context, cited),
    )


class _Counts(NamedTuple):
    """One area's quarters, and what is said of the newest."""

    rows: pd.DataFrame
    title: str
    sentence: str


def recorded_trends(screen: Screen, areas: tuple[str, ...]) -> None:
    """Recorded incidents of each area by quarter, with limits and signals."""
    category = screen.partnership.category(screen.view.category)
    for counts in _counts(screen, areas):
        area = counts.rows["area_id"].iloc[0]
        st.header(plain(counts.title), anchor=False)
        say(counts.sentence)
        figure = picture(recorded, counts.rows, screen, "recorded", category.id, area, noun=category.noun,
                         lives=lives(screen, (area,)))  # fmt: skip
        show(figure, counts.sentence, f"recorded_{area}")
    rows = incident_rows(screen, areas=areas)
    table_twin(
        lambda: incident_words(rows, screen),
        f"anmeldelser_{category.id}_udvikling",
        count_csv(rows, screen),
    )
    say_unfinished(screen, areas, category.id)
    st.caption(_cited(screen, areas))


@memoized_by_view("category")
def _counts(context: ViewContext, areas: tuple[str, ...]) -> list[_Counts]:
    rows = incident_rows(context, areas=areas)
    category = context.partnership.category(context.view.category)
    counted = [of_area for area in areas if len(of_area := rows[rows["area_id"] == area])]
    return [
        _Counts(of_area, f"{category.title}, {newest['name']}", newest["hover"])
        for of_area in counted
        for newest in records(of_area.tail(1))
    ]


@memoized_by_view("category")
def _cited(context: ViewContext, areas: tuple[str, ...]) -> str:
    return source_words(context, incident_rows(context, areas=areas))


class _Times(NamedTuple):
    """What stands around the two pictures of an area on one time axis."""

    said: str
    bands: tuple[Initiative, ...]
    talks: tuple[Dialogue, ...]
    grey: str
    left_out: str
    newest_quarter: str


def one_time_axis(screen: Screen, figures: AreaFigures) -> None:
    """Perceived above recorded on the same years, with the area's initiatives as bands beneath."""
    indicator = screen.partnership.indicator(screen.view.indicator)
    category = screen.partnership.category(screen.view.category)
    area, years = figures.area["area_id"], figures.span
    told = figures.get_or_make("times", lambda: _times(screen, figures))
    st.header("Oplevet, anmeldt og indsatser over tid", anchor=False)
    st.markdown(told.said)
    if figures.newest is not None:
        st.markdown(f"**{plain(indicator.title)}**")
        figure = picture(
            trend,
            lambda: pd.concat([figures.perceived, figures.alike_perceived], ignore_index=True),
            screen,
            "sheet_trend",
            indicator.id,
            area,
            highlight=(area,),
            direction=indicator.direction,
            years=years,
            plot=SHEET_PLOT,
            initiatives=() if len(figures.quarters) else told.bands,
            lives=lives(screen, (area,)),
        )
        show(figure, figures.newest["hover"], "sheet_perceived")
        if told.grey:
            st.caption(told.grey)
        perceived = figures.perceived
        table_twin(
            lambda: survey_words(perceived, screen),
            f"{indicator.id}_{area}",
            share_csv(perceived, screen),
        )
    if len(figures.quarters):
        st.markdown(f"**{plain(category.title)}**")
        figure = picture(
            recorded,
            figures.quarters,
            screen,
            "sheet_recorded",
            category.id,
            area,
            noun=category.noun,
            years=years,
            plot=SHEET_PLOT,
            initiatives=told.bands,
            dialogues=told.talks,
            lives=lives(screen, (area,)),
        )
        show(figure, told.newest_quarter, "sheet_recorded")
        quarters, name = figures.quarters, f"anmeldelser_{category.id}_{area}"
        table_twin(
            lambda: incident_words(quarters, screen),
            name,
            count_csv(quarters, screen),
        )
    say_unfinished(screen, (area,), category.id)
    if told.left_out:
        st.caption(told.left_out)


def _times(screen: Screen, figures: AreaFigures) -> _Times:
    indicator = screen.partnership.indicator(screen.view.indicator)
    category = screen.partnership.category(screen.view.category)
    names = danish.join(screen.release.name_of(area) for area in figures.alike)
    sentence = area_sentences.same_time(figures.name, figures.area["level"], indicator, category, figures.span)
    return _Times(
        plain(sentence),
        _bands(figures.initiatives),
        _talks(figures.dialogues),
        plain(f"Grå linjer: {names}.") if names and figures.newest is not None else "",
        plain(_left_out(figures.initiatives)),
        figures.quarters["hover"].iloc[-1] if len(figures.quarters) else "",
    )


def of_one_span(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Rows of one length: quarters where there are any, and the areas that are left out since they have years only."""
    years = is_year(rows["period"])
    if years.all() or not years.any():
        return rows, []
    return rows[~years], list(dict.fromkeys(rows.loc[years, "name"]))


def span_word(rows: pd.DataFrame) -> str:
    """How long the periods of incident rows are, in a word."""
    return "år" if len(rows) and is_year(rows["period"]).all() else "kvartal"


def _bands(initiatives: pd.DataFrame) -> tuple[Initiative, ...]:
    """The initiatives as bands, the newest where there are more than fit."""
    shown = initiatives.sort_values("start", kind="stable").tail(MOST_BANDS)
    return tuple((row["title"], row["start"], None if pd.isna(row["end"]) else row["end"]) for row in records(shown))


def _talks(dialogues: pd.DataFrame) -> tuple[Dialogue, ...]:
    return tuple((row["date"], f"{DIALOGUE_KINDS[row['kind']]}, {row['counterpart']}") for row in records(dialogues))


def _left_out(initiatives: pd.DataFrame) -> str:
    return area_sentences.bands_left_out(MOST_BANDS, len(initiatives) - MOST_BANDS)
