"""»Alle kriterier«: every goal that the filters leave, in one table that sorts and opens."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from components.initiatives.cards import Card
from components.navigation import PAGES
from components.overview.board import mount, nothing
from components.page import source_line
from components.session import Screen, audience, choose
from components.tables import download_file
from data import danish
from data.views.criteria_table import CriterionLine, criteria_of
from drawings.criteria_html import criteria_html
from reports import page_tables


def all_criteria(screen: Screen, shown: Sequence[Card]) -> None:
    """The table, folded away under how many they are; a row opens the criterion where it stands."""
    wanted = {each.row["criterion_id"] for card in shown for each in card.criteria}
    if not wanted:
        return
    label = f"Alle kriterier i én tabel ({danish.number(len(wanted))})"
    with st.expander(label, icon=":material/table_rows:", key="all_criteria", on_change="rerun") as fold:
        if not fold.open:
            return
        html = criteria_html(criteria_of(screen, wanted), href=_address)
        opened = mount()(key="criteria_table", data={"html": html}, on_opened_change=nothing).opened
        rows = screen.release.criteria
        rows = rows[rows["criterion_id"].isin(wanted)]
        download_file(
            "Hent som CSV",
            lambda: page_tables.criteria_csv(screen, rows),
            f"kriterier_{audience().id}.csv",
            "text/csv",
            key="csv_criteria",
        )
        source_line(screen, rows)
        if opened in wanted and opened != screen.view.criterion:
            choose(criterion=opened)
            st.rerun()


def _address(line: CriterionLine) -> str:
    address = next(entry.address for entry in PAGES if entry.file == "initiatives.py")
    return f"{address}?{urlencode({'fane': 'status', 'kriterium': line.criterion_id})}"
