"""One area on one sheet: who lives there, how it lies among others, its goals and what was done."""

from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from components.area.figures import AreaFigures
from components.navigation import link_to
from components.page import EXAMPLE_BADGE, example_badge, source_words
from components.pictures import picture, show
from components.session import Screen
from components.sharing.print_button import print_button
from components.sources import any_listed
from components.status import NEEDS_DECISION, status_badge
from components.tables import share_csv, table_twin
from components.text import plain, say
from data import danish
from data.partnership import our_partnership
from data.records import records
from data.sentences import areas as area_sentences
from data.views.map_classes import ALIKE_NOTE
from data.views.row_words import both_words, survey_words
from data.views.trends import order_said
from drawings.dots import dots
from drawings.model import Drawing
from drawings.quadrant import quadrant
from reports import page_tables

LATEST = 5
QUADRANT_PLOT = 280
_CLOSED = ("met", "not_met")
_BOTH = ["area_id", "low", "high", "state", "hover", "provenance", "source_id"]
_SHARES, _RATES = [*_BOTH, "name", "wave", "share", "quality"], [*_BOTH, "period", "rate"]
"""What the picture of both kinds is drawn from."""


# Who and where --------------------------------------------------------------------------------------------------


def facts(screen: Screen, figures: AreaFigures) -> None:
    """Residents, dwellings, lists and whether the area has changed, each with its word for what is not known."""
    area = figures.area
    invented = EXAMPLE_BADGE if area["residents_provenance"] == "example" else ""
    shown = {
        f"Beboere, {danish.period(area['residents_period'])}" if area["residents_period"] else "Beboere": (
            f"{_known(area['residents'])} {invented}".strip()
        )
    }
    if figures.is_housing:
        lists = our_partnership().lists if any_listed(screen.release.areas) else ()
        listed = area_sentences.list_memberships(area["lists"], lists)
        shown |= {"Boliger": _known(area["dwellings"])} | {plain(title): plain(on) for title, on in listed.items()}
    with st.container(horizontal=True, key="sheet_facts"):
        for label, text in shown.items():
            st.markdown(f":gray[{label}]  \n{text}", width="content")
        print_button()
    if life := area_sentences.life(area, screen.release.areas, screen.release.names):
        say(life)


def _known(count: float) -> str:
    return danish.number(count) if pd.notna(count) else "ikke oplyst"


# Among others ---------------------------------------------------------------------------------------------------


class _Among(NamedTuple):
    """The areas to hold this one up against, best first, and what is said of them."""

    rows: pd.DataFrame
    title: str
    note: str
    sentence: str


def peers(screen: Screen, figures: AreaFigures) -> None:
    """The area among those most like it, in the newest wave."""
    indicator = screen.partnership.indicator(screen.view.indicator)
    if len(figures.peers) < 2:
        return
    among = figures.get_or_make("among", lambda: _among(screen, figures))
    st.header(among.title, anchor=False)
    if among.note:
        say(among.note)
    figure = picture(
        dots,
        among.rows,
        screen,
        "peers",
        indicator.id,
        figures.area["area_id"],
        direction=indicator.direction,
        selected=(figures.area["area_id"],),
    )
    show(figure, among.sentence, "peers")
    name = f"{indicator.id}_lignende_{figures.area['area_id']}"
    table_twin(
        lambda: survey_words(among.rows, screen),
        name,
        share_csv(among.rows, screen),
    )


def _among(screen: Screen, figures: AreaFigures) -> _Among:
    indicator = screen.partnership.indicator(screen.view.indicator)
    rows = figures.peers.sort_values("share", ascending=False, na_position="last")
    where = "lignende områder" if figures.is_housing else "kommunerne"
    note = ""
    if figures.is_housing:
        note = area_sentences.alike_note([screen.release.name_of(area) for area in figures.alike], figures.too_few)
        note = f"{note} {ALIKE_NOTE}" if figures.alike else note
    title = plain(f"{indicator.title} i {where}, {danish.period(rows['wave'].iloc[0])}")
    shown = rows.loc[rows["state"] == "published", "area_id"]
    worst = order_said(screen, shown, str(rows["wave"].iloc[0]))
    return _Among(rows, title, f"{note} {worst}".strip(), " ".join([*rows["hover"], worst]).strip())


class _Beside(NamedTuple):
    """What is said of perceived and recorded side by side, and of which year the recorded is."""

    sentence: str
    unit: str


def perceived_against_recorded(screen: Screen, figures: AreaFigures) -> None:
    """Every area of the level by what residents say and by what is reported, this one marked."""
    indicator = screen.partnership.indicator(screen.view.indicator)
    category = screen.partnership.category(screen.view.category)
    beside = figures.get_or_make("beside", lambda: _beside(screen, figures))
    if beside is None:
        return
    st.header("Oplevet mod anmeldt", anchor=False)
    say(beside.sentence)
    figure = picture(
        _both,
        lambda: _everything(figures),
        screen,
        "quadrant",
        indicator.id,
        category.id,
        figures.area["level"],
        direction=indicator.direction,
        unit=beside.unit,
        selected=figures.area["area_id"],
        plot=QUADRANT_PLOT,
    )
    show(figure, beside.sentence, "quadrant")
    table_twin(
        lambda: both_words(figures.level_shares, figures.level_rates),
        f"oplevet_og_anmeldt_{indicator.id}_{category.id}",
        lambda: page_tables.both_csv(screen, figures.level_shares, figures.level_rates),
    )


def _beside(screen: Screen, figures: AreaFigures) -> _Beside | None:
    indicator = screen.partnership.indicator(screen.view.indicator)
    category = screen.partnership.category(screen.view.category)
    counts = {row["area_id"]: row for row in records(figures.level_rates)}
    shares = {row["area_id"]: row for row in records(figures.level_shares)}
    area = figures.area["area_id"]
    if len(shares) < 2 or area not in counts or figures.level_rates["rate"].notna().sum() < 2:
        return None
    perceived, recorded = shares.get(area), counts[area]
    of_level = screen.partnership.level(figures.area["level"]).many
    sentence = area_sentences.side_by_side(of_level, indicator, category, recorded["period"])
    if perceived is not None and perceived["state"] == "published" and pd.notna(recorded["rate"]):
        sentence = area_sentences.both_figures(perceived, recorded, indicator, category)
    provisional = ", foreløbigt" if recorded["state"] == "provisional" else ""
    return _Beside(sentence, f"{category.noun} pr. 1.000 indbyggere ({recorded['period']}{provisional})")


def _everything(figures: AreaFigures) -> pd.DataFrame:
    """Perceived and recorded as one table, so that the feet of picture and table name the sources of both."""
    return pd.concat([figures.level_shares[_SHARES], figures.level_rates[_RATES]], ignore_index=True)


def _both(rows: pd.DataFrame, **options: Any) -> Drawing:
    """The quadrants of survey and incident rows that stand in one table."""
    return quadrant(rows[rows["wave"].notna()], rows[rows["period"].notna()], **options)


def neighbourhood(screen: Screen, figures: AreaFigures) -> None:
    """The same count in the neighbouring areas, side by side and without a claim that anything has moved."""
    if figures.newest_final_quarter is None:
        return
    note, caption, moves = figures.get_or_make("around", lambda: _around(screen, figures))
    st.header("Naboområder", anchor=False)
    say(note)
    if moves:
        st.caption(caption)
        st.markdown(moves)


def _around(screen: Screen, figures: AreaFigures) -> tuple[str, str, str]:
    """The note on neighbours, which figure is told, and a paragraph on each area; none without neighbours."""
    category = screen.partnership.category(screen.view.category)
    here, *others = records(figures.around)
    note = area_sentences.neighbour_note([row["name"] for row in others], figures.area["outline"] == "approximate")
    newest = "det nyeste endelige år" if len(here["period"]) == len("2025") else "det nyeste endelige kvartal"
    caption = plain(f"{category.title} i {danish.period(here['period'])}, {newest}")
    moves = [
        f"**{plain(row['name'])}.** {plain(area_sentences.incident_move(row, category))}" for row in (here, *others)
    ]
    return note, caption, "\n\n".join(moves) if others else ""


# Goals and what was done ----------------------------------------------------------------------------------------


def goals(screen: Screen, figures: AreaFigures) -> None:
    """The criteria that are still open, and how the others went."""
    st.header("Mål", anchor=False)
    lines, caption = figures.get_or_make("goals", lambda: _goals(figures))
    st.markdown(lines)
    if caption:
        st.caption(caption)
    if len(figures.criteria):
        link_to("initiatives.py", "Se indsatser og mål her", screen.view, areas=(figures.area["area_id"],))


def _goals(figures: AreaFigures) -> tuple[str, str]:
    """A paragraph on each open criterion, those that call for a decision first; and how the others went."""
    closed = figures.criteria["overdue"] & figures.criteria["status"].isin(_CLOSED)
    still_open, done = figures.criteria[~closed], figures.criteria[closed]
    lines = [
        f"{status_badge(row['status'])} **{plain(row['subject'])}.** {plain(row['sentence'])}"
        for row in sorted(records(still_open), key=lambda row: row["status"] not in NEEDS_DECISION)
    ]
    went = done["status"].value_counts()
    summary = area_sentences.closed_criteria(int(went.get("met", 0)), int(went.get("not_met", 0)))
    caption = f"{summary} {example_badge(figures.criteria)}".strip() if summary or lines else ""
    return "\n\n".join(lines) or area_sentences.NO_OPEN_CRITERIA, caption


def log(screen: Screen, figures: AreaFigures) -> None:
    """The latest that was done in the area."""
    st.header("Det gjorde vi senest", anchor=False)
    lines, caption = figures.get_or_make("log", lambda: _log(screen, figures))
    st.markdown(lines)
    if caption:
        st.caption(caption)


def _log(screen: Screen, figures: AreaFigures) -> tuple[str, str]:
    """A paragraph on each of the latest entries; and how many there are before them."""
    latest = figures.activities.sort_values("date", ascending=False, kind="stable").head(LATEST)
    if latest.empty:
        return area_sentences.NO_LOG, ""
    titles = screen.release.initiatives.set_index("initiative_id")["title"]
    lines = [
        f"**{danish.date(row['date'])}. {plain(titles[row['initiative_id']])}.** {plain(row['text'])}"
        for row in records(latest)
    ]
    more = len(figures.activities) - len(latest)
    return "\n\n".join(lines), f"{area_sentences.earlier_entries(more)} {example_badge(latest)}".strip()


def sources(screen: Screen, figures: AreaFigures) -> None:
    """What all of the sheet rests on."""
    st.caption(figures.get_or_make("sources", lambda: source_words(screen, figures.cited)))
