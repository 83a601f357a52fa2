"""The tab Logbog: what was done, of all initiatives in view, the newest first; and for writers the form for more."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components.initiatives.activity_log import activity_form, participants_of, written
from components.initiatives.cards import Card
from components.page import example_badge, source_line
from components.session import Screen, audience
from components.tables import plain_table, table_twin
from data import danish
from data.release.activities import times_of
from data.views.rows import of_areas, within
from reports import page_tables

LATEST = 20
NOTHING = "Der er ikke ført log her endnu."
_INITIATIVE = "log_initiative"


def logged(screen: Screen, shown: Sequence[Card]) -> pd.DataFrame:
    """The activities of the initiatives in view, in the chosen areas, the newest first."""
    rows = written(screen)
    rows = rows[rows["initiative_id"].isin([card.id for card in shown])]
    if screen.view.areas:
        inside = tuple(area for chosen in screen.view.areas for area in within(screen, chosen))
        rows = of_areas(rows.rename(columns={"area_id": "area_ids"}), inside).rename(columns={"area_ids": "area_id"})
    return rows.sort_values("date", ascending=False, kind="stable")


def logbook(screen: Screen, shown: Sequence[Card]) -> None:
    """The log as a table, with the whole of it as a file, and the form for writers."""
    rows = logged(screen, shown)
    if audience().may_write("activities") and shown:
        with st.expander("Skriv i loggen", icon=":material/edit:", key="write_log", on_change="rerun") as fold:
            if fold.open:
                titles = {card.id: str(card.row["title"]) for card in shown}
                chosen = st.selectbox("Indsats", list(titles), format_func=titles.__getitem__, key=_INITIATIVE)
                card = next(card for card in shown if card.id == chosen)
                activity_form(screen, card.row, rows[rows["initiative_id"] == chosen])
    if rows.empty:
        st.markdown(f":gray[{NOTHING}]")
        return
    st.markdown(f"{latest_words(rows)} {example_badge(rows)}")
    plain_table(in_words(screen, rows.head(LATEST)))
    table_twin(lambda: in_words(screen, rows), "logbog", lambda: page_tables.log_csv(screen, rows))
    source_line(screen, rows)


def latest_words(rows: pd.DataFrame) -> str:
    """How many of the activities stand in the open."""
    return f"De seneste {min(LATEST, len(rows))} af {danish.number(len(rows))}."


def in_words(screen: Screen, rows: pd.DataFrame) -> pd.DataFrame:
    """Activities as the words of a table."""
    titles = screen.release.initiatives.set_index("initiative_id")["title"]
    return pd.DataFrame(
        {
            "Dato": [danish.date(day) for day in rows["date"]],
            "Indsats": rows["initiative_id"].map(titles).to_numpy(),
            "Område": rows["area_id"].map(screen.release.names).to_numpy(),
            "Aktivitet": rows["text"].to_numpy(),
            "Gange": [danish.number(times) for times in times_of(rows)],
            "Deltagere": participants_of(rows),
        }
    )
