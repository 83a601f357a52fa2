"""What grows now: the clusters of the newest look, and the log of all alarms with what came of them."""

from typing import Any

import pandas as pd
import streamlit as st

from components.hotspots.choices import choose_cell
from components.page import EXAMPLE_BADGE
from components.session import Screen, choose
from components.tables import table_twin
from components.text import plain, say
from data import danish
from data.calendar import Period
from data.records import records
from data.sentences import clusters as cluster_sentences
from data.views.cell_view import municipality_of
from data.views.memo import memoized_by_view
from data.views.provenance import EXAMPLE
from data.views.view import ViewContext
from reports import place_tables

HEADINGS = [
    "Eftersyn",
    "Anmeldelser",
    "Sted",
    "Antal",
    "Forventet",
    "Dage",
    "Ved et tilfælde",
    "Siden da",
    "Oprindelse",
]


def growing(screen: Screen) -> None:
    """The clusters that grow now in the chosen municipality, or in all; nothing in a release without looks."""
    looks = _table(screen, "cluster_looks")
    if looks.empty:
        return
    rows = _inside(screen, "clusters")
    category = screen.partnership.category
    with st.container(border=True, key="growing"):
        st.header("Vokser lige nu", anchor=False)
        last = records(looks)[-1]
        st.caption(plain(cluster_sentences.look_sentence(last, int(last["analyses"]))))
        for row in rows:
            chosen = screen.view.cell == row["cell_id"] and screen.view.category == row["category"]
            with st.container(key=f"growing_{row['category']}_{row['cell_id']}", gap=None):
                st.button(
                    plain(f"{category(row['category']).title}: {row['where']}"),
                    key=f"watch_button_growing_{row['category']}_{row['cell_id']}",
                    type="primary" if chosen else "secondary",
                    icon=":material/location_on:" if chosen else ":material/trending_up:",
                    width="stretch",
                    on_click=choose_cell if chosen else choose,
                    args=(None,) if chosen else (),
                    kwargs={} if chosen else _view_of(row),
                )
                badge = EXAMPLE_BADGE if row["provenance"] == EXAMPLE else ""
                say(cluster_sentences.cluster_sentence(row, category(row["category"])), badge)
        log = _table(screen, "cluster_log")
        st.caption(plain(cluster_sentences.log_sentence(records(looks), records(log))))
        if len(log):
            table_twin(lambda: _log_words(screen, log), "alarmer", lambda: place_tables.alarms_csv(screen, log))


def cluster_cells(screen: Screen) -> list[str]:
    """The cells of the growing cluster that the chosen cell is the fullest of; none where it is of none."""
    view = screen.view
    rows = records(_table(screen, "clusters"))
    listed = (row for row in rows if row["cell_id"] == view.cell and row["category"] == view.category)
    return next((row["cells"].split(";") for row in listed), [])


def _view_of(row: dict[str, Any]) -> dict[str, Any]:
    return {"category": row["category"], "cell_size": str(row["size"]), "cell": row["cell_id"], "cell_against": ""}


def _inside(context: ViewContext, table: str) -> list[dict[str, Any]]:
    municipality = municipality_of(context.view, context.release)
    rows = _table(context, table)
    return records(rows[rows["area_id"] == municipality] if municipality and len(rows) else rows)


@memoized_by_view()
def _table(context: ViewContext, name: str) -> pd.DataFrame:
    rows = context.release.tables.get(name)
    return pd.DataFrame() if rows is None else rows


def _log_words(context: ViewContext, log: pd.DataFrame) -> pd.DataFrame:
    table = [
        [
            Period.parse(str(row["look"])).words,
            context.partnership.category(row["category"]).title,
            row["where"],
            danish.number(row["observed"]),
            danish.decimal(row["expected"]),
            danish.number(row["days"]),
            cluster_sentences.seldom(row),
            cluster_sentences.OUTCOMES[row["outcome"]],
            "eksempeldata" if row["provenance"] == EXAMPLE else "officielle tal",
        ]
        for row in records(log)
    ]
    return pd.DataFrame(table, columns=HEADINGS)
