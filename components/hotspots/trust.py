"""How far to trust the map: what last year's was worth, a second opinion, and what a hotspot is not."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from components.hotspots.rows import CELLS, in_view, mass_municipalities, view_cells
from components.session import Screen
from components.tables import table_twin
from components.text import plain, say
from data import danish
from data.records import records
from data.sentences import hotspots as hotspot_sentences
from data.views.cell_view import municipality_of
from data.views.memo import memoized_by_view
from data.views.view import ViewContext
from reports import place_tables

TEST_HEADINGS = [
    "År", "Felter", "Del af arealet", "Del af hændelserne", "PAI", "PEI", "Flest året før: del", "Flest året før: PAI",
    "Flest året før: PEI",
]  # fmt: skip


def back_test(screen: Screen) -> None:
    """How last year's hotspots did on the year of the view, also when that is bad."""
    sentence = _back_test_words(screen)
    if not sentence:
        st.markdown(":gray[Der er intet tidligere år at prøve kortet på.]")
        return
    say(sentence)
    st.caption(
        "PAI er delen af hændelserne delt med delen af arealet: 1 er som lodtrækning. PEI er delen af det, som lige så "
        "mange felter højst kunne have dækket: 1 er bedst."
    )
    name = f"prøve_af_hotspots_{screen.view.category}_{screen.view.cell_size}"
    table_twin(
        lambda: _test_words(_of_view(screen, "hotspot_backtest")),
        name,
        lambda: place_tables.back_test_csv(screen, _of_view(screen, "hotspot_backtest"), view_cells(screen)),
    )


@memoized_by_view(*CELLS)
def _back_test_words(context: ViewContext) -> str:
    rows = _of_view(context, "hotspot_backtest")
    own = rows[rows["year"] == context.view.cell_year]
    return "" if own.empty else hotspot_sentences.back_test_sentence(records(own)[0])


def second_opinion(screen: Screen) -> None:
    """The scan's circle in each municipality, where the year was scanned."""
    sentence, lines, caption = _second_opinion(screen, municipality_of(screen.view, screen.release))
    st.markdown(sentence)
    if lines:
        st.markdown(lines)
        st.caption(caption)


@memoized_by_view(*CELLS)
def _second_opinion(context: ViewContext, municipality: str) -> tuple[str, str, str]:
    """What the scan does, a line on each circle, and what the p-values come from; the last two where it was made."""
    rows = _of_view(context, "hotspot_scan")
    rows = rows[rows["year"] == context.view.cell_year]
    if municipality:
        rows = rows[rows["area_id"] == municipality]
    if rows.empty:
        newest = context.release.tables["hotspot_scan"]["year"].max()
        return f":gray[Den anden metode er kun brugt på de mindste felter i det nyeste år ({newest}).]", "", ""
    sentence = (
        "Kulldorffs metode leder i hver kommune efter den cirkel, højst 1 km i radius, der ligner tilfældighed mindst."
    )
    lines = [
        f"- {plain(hotspot_sentences.scan_sentence(row, context.release.name_of(row['area_id'])))}"
        for row in records(rows)
    ]
    caption = f"p-værdier fra {danish.number(rows['permutations'].iloc[0])} tilfældige kort."
    return plain(sentence), "\n".join(lines), caption


def honesty() -> None:
    """What a hotspot is not."""
    with st.container(border=True, key="honesty"):
        st.header("Hvad et hotspot ikke er", anchor=False)
        st.markdown("\n\n".join(f"**{title}.** {text}" for title, text in hotspot_sentences.HONESTY))


class _Notes(NamedTuple):
    """What must be seen before the map is read; "" where there is nothing to say."""

    mass: str
    too_few: str
    basis: str


def notes(screen: Screen) -> None:
    """What must be seen before the map is read: mass registrations, and where nothing can be said."""
    told = _notes(screen, municipality_of(screen.view, screen.release))
    if told.mass:
        st.warning(told.mass, icon=":material/stacks:")
    if told.too_few:
        st.info(told.too_few, icon=":material/do_not_disturb_on:")


def basis(screen: Screen) -> None:
    """What the map holds the figures against, and whether they are provisional."""
    st.caption(_notes(screen, municipality_of(screen.view, screen.release)).basis)


@memoized_by_view(*CELLS)
def _notes(context: ViewContext, _municipality: str) -> _Notes:
    year, category = context.view.cell_year, context.partnership.category(context.view.category)
    cells = in_view(context)
    named = mass_municipalities(context, cells)
    few = cells.loc[cells["basis"] == "too_few", "area_id"].unique()
    where = danish.join(danish.in_order(context.release.name_of(area) for area in few))
    lines = [
        hotspot_sentences.BASIS_WORDS[basis] for basis in ("population", "even") if (cells["basis"] == basis).any()
    ]
    if (cells["state"] == "provisional").any():
        lines.append(f"Tallene for {year} er foreløbige.")
    return _Notes(
        plain(hotspot_sentences.mass_note(named, category, year)) if named else "",
        f"For få hændelser til at sige noget i {where}." if where else "",
        plain(" ".join(lines)),
    )


def _of_view(context: ViewContext, table: str) -> pd.DataFrame:
    rows, view = context.release.tables[table], context.view
    return rows[(rows["size"] == int(view.cell_size)) & (rows["category"] == view.category)]


def _test_words(rows: pd.DataFrame) -> pd.DataFrame:
    table = [
        [
            row["year"],
            danish.number(row["cells"]),
            danish.percent(row["area_share"]),
            danish.percent(row["hit_rate"], 0),
            danish.decimal(row["pai"]),
            danish.decimal(row["pei"], 2),
            danish.percent(row["base_hit_rate"], 0),
            danish.decimal(row["base_pai"]),
            danish.decimal(row["base_pei"], 2),
        ]
        for row in records(rows.sort_values("year", ascending=False))
    ]
    return pd.DataFrame(table, columns=TEST_HEADINGS)
