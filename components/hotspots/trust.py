"""How far to trust the map: what last year's was worth, a second opinion, and what a hotspot is not."""

import pandas as pd
import streamlit as st

from components.hotspots.rows import in_view, mass_municipalities
from components.session import Screen
from components.tables import table_twin
from components.text import plain, say
from data import danish, hotspot_sentences
from data.cell_view import municipality_of
from data.release import records
from data.rows import credit

TEST_HEADINGS = [
    "År", "Felter", "Del af arealet", "Del af hændelserne", "PAI", "PEI", "Flest året før: del", "Flest året før: PAI",
    "Flest året før: PEI",
]  # fmt: skip


def back_test(screen: Screen, cells: pd.DataFrame) -> None:
    """How last year's hotspots did on the year of the view, also when that is bad; `cells` are what it rests on."""
    rows = _of_view(screen, "hotspot_backtest")
    own = rows[rows["year"] == screen.view.cell_year]
    if own.empty:
        st.markdown(":gray[Der er intet tidligere år at prøve kortet på.]")
        return
    say(hotspot_sentences.back_test_sentence(records(own)[0]))
    st.caption(
        "PAI er delen af hændelserne delt med delen af arealet: 1 er som lodtrækning. PEI er delen af det, som lige så "
        "mange felter højst kunne have dækket: 1 er bedst."
    )
    name = f"prøve_af_hotspots_{screen.view.category}_{screen.view.cell_size}"
    table_twin(_test_words(rows), name, credit(screen, cells))


def second_opinion(screen: Screen) -> None:
    """The scan's circle in each municipality, where the year was scanned."""
    rows = _of_view(screen, "hotspot_scan")
    rows = rows[rows["year"] == screen.view.cell_year]
    chosen = municipality_of(screen.view, screen.release)
    if chosen:
        rows = rows[rows["area_id"] == chosen]
    if rows.empty:
        newest = screen.release.tables["hotspot_scan"]["year"].max()
        st.markdown(f":gray[Den anden metode er kun brugt på de mindste felter i det nyeste år ({newest}).]")
        return
    say("Kulldorffs metode leder i hver kommune efter den cirkel, højst 1 km i radius, der ligner tilfældighed mindst.")
    for row in records(rows):
        st.markdown(f"- {plain(hotspot_sentences.scan_sentence(row, screen.release.name_of(row['area_id'])))}")
    st.caption(f"p-værdier fra {danish.number(rows['permutations'].iloc[0])} tilfældige kort.")


def honesty() -> None:
    """What a hotspot is not."""
    with st.container(border=True, key="honesty"):
        st.subheader("Hvad et hotspot ikke er", anchor=False)
        for title, text in hotspot_sentences.HONESTY:
            st.markdown(f"**{title}.** {text}")


def notes(screen: Screen, cells: pd.DataFrame) -> None:
    """What must be seen before the map is read: mass registrations, provisional figures, what is expected."""
    year, category = screen.view.cell_year, screen.partnership.category(screen.view.category)
    cells = in_view(screen, cells)
    named = mass_municipalities(screen, cells)
    if named:
        st.warning(plain(hotspot_sentences.mass_note(named, category, year)), icon=":material/stacks:")
    few = cells.loc[cells["basis"] == "too_few", "area_id"].unique()
    if len(few):
        where = danish.join(danish.in_order(screen.release.name_of(area) for area in few))
        st.info(f"For få hændelser til at sige noget i {where}.", icon=":material/do_not_disturb_on:")
    said = [hotspot_sentences.BASIS_WORDS[basis] for basis in ("population", "even") if (cells["basis"] == basis).any()]
    if (cells["state"] == "provisional").any():
        said.append(f"Tallene for {year} er foreløbige.")
    st.caption(plain(" ".join(said)))


def _of_view(screen: Screen, table: str) -> pd.DataFrame:
    rows, view = screen.release.tables[table], screen.view
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
