"""Since last year: hotspots of the newest twelve months beside those of the twelve before, on a map and in a list."""

from typing import NamedTuple

import pandas as pd
import shapely
import streamlit as st

from components.map.ground import ground_within
from components.page import EXAMPLE_BADGE
from components.pictures import show
from components.pictures.element import Foot, Picture
from components.session import Screen, our_store
from components.tables import table_twin
from components.text import plain, say
from data import danish
from data.records import Row, records
from data.sentences import moves as move_sentences
from data.views.cell_view import municipalities, municipality_of
from data.views.memo import memoized_by_view
from data.views.provenance import credit, is_example
from data.views.view import ViewContext
from drawings.moves_map import MoveMark, moves_map
from geo.grid import polygon
from geo.projection import to_metres
from reports import place_tables

TITLE = "Siden sidste år"
LISTED = 10
"""Places that stand in the list at once; the rest are folded away below."""
HEADINGS = ["Nr.", "Hvad", "Sted", "Nu", "Året før", "Var før", "Felter", "Oprindelse"]
FIELDS = ("category", "cell_size")


class Moves(NamedTuple):
    """What became of the places of a view: rows in the order of the list, the sentence on them, and which days."""

    rows: list[Row]
    headline: str
    windows: str
    example: bool

    @property
    def said(self) -> str:
        """How many places there are of each verdict, and which days are compared."""
        return f"{self.headline} {self.windows}".strip()

    @property
    def changed(self) -> list[tuple[str, str]]:
        """The places that are not as they were, as short as on paper: what became of each, where and how many."""
        return [
            (danish.opening(move_sentences.WORDS[row["verdict"]]), move_sentences.brief(row))
            for row in self.rows
            if row["verdict"] != "kept"
        ]


def moves_of(context: ViewContext) -> Moves | None:
    """What became of the places of the view's category in the chosen municipality, or in all.

    None in a release from before this was told.
    """
    return _moves(context, municipality_of(context.view, context.release))


@memoized_by_view(*FIELDS)
def _moves(context: ViewContext, municipality: str) -> Moves | None:
    tables, view, release = context.release.tables, context.view, context.release
    if "hotspot_moves" not in tables:
        return None
    rows, windows = (_of_view(tables[name], context, municipality) for name in ("hotspot_moves", "hotspot_windows"))
    category = context.partnership.category(view.category)
    told = [
        row | {"number": number, "sentence": move_sentences.move_sentence(row, category)}
        for number, row in enumerate(records(rows.sort_values("rank")), start=1)
    ]
    headline = move_sentences.headline(told) if len(windows) else ""
    names = {str(area): release.name_of(str(area)) for area in windows["area_id"].unique()}
    return Moves(told, headline, move_sentences.windows_sentence(records(windows), names), is_example(windows))


def _of_view(table: pd.DataFrame, context: ViewContext, municipality: str) -> pd.DataFrame:
    own = table[(table["size"] == int(context.view.cell_size)) & (table["category"] == context.view.category)]
    return own[own["area_id"] == municipality] if municipality else own


def since_last_year(screen: Screen) -> None:
    """The section of the page; nothing in a release from before this was told."""
    moves = moves_of(screen)
    if moves is None:
        return
    st.header(TITLE, anchor=False, divider="gray")
    sentence = moves.said
    say(sentence, EXAMPLE_BADGE if moves.example else "")
    if not moves.rows:
        return
    on_map, in_words = st.columns([2, 3], gap="large")
    with on_map:
        if figure := _picture(screen, sentence):
            show(figure, sentence, "hotspot_moves")
    with in_words, st.container(key="moves"):
        st.markdown(_lines(moves.rows[:LISTED]))
        if len(moves.rows) > LISTED:
            with st.expander(f"Vis {danish.plural(len(moves.rows) - LISTED, 'sted', 'steder')} mere"):
                st.markdown(_lines(moves.rows[LISTED:]))
        with st.popover("Sådan er stederne sammenlignet", type="tertiary", icon=":material/rule:"):
            say(move_sentences.rule(screen.view.cell_size))
    table_twin(
        lambda: move_words(moves.rows),
        f"siden_sidste_aar_{screen.view.category}_{screen.view.cell_size}m",
        lambda: place_tables.moves_csv(screen, pd.DataFrame(moves.rows)),
    )


def _lines(rows: list[Row]) -> str:
    """Each place in a line: its number, sign, verdict, where it is, and its counts."""
    return "\n\n".join(
        f"**{row['number']}. {move_sentences.SIGNS[row['verdict']]} "
        f"{danish.opening(move_sentences.WORDS[row['verdict']])}:** {plain(row['where'])}. {plain(row['sentence'])}"
        for row in rows
    )


def _picture(screen: Screen, sentence: str) -> Picture | None:
    """The map, drawn once a release and view; None where no municipality here has an outline."""
    view, municipality = screen.view, municipality_of(screen.view, screen.release)
    subject = ("picture of moves", view.category, view.cell_size, municipality)
    return screen.release.get_or_make(subject, lambda: _drawn(screen, municipality, sentence))


def _drawn(screen: Screen, municipality: str, sentence: str) -> Picture | None:
    moves, areas = moves_of(screen), screen.release.areas
    wanted = [municipality] if municipality else municipalities(screen.release)
    drawn = areas[areas["area_id"].isin(wanted) & areas["geometry"].notna()]
    if moves is None or drawn.empty:
        return None
    outlines = to_metres(list(shapely.from_wkb(drawn["geometry"].to_numpy())))
    box = shapely.box(*shapely.union_all(outlines).bounds)
    ground = ground_within(screen.release, screen.partnership, our_store(), box, near=False)
    drawing = moves_map(
        outlines,
        [road for _, road in ground.roads],
        [_mark(row) for row in moves.rows],
        sentence=sentence,
        caption=_legend(moves.rows),
    )
    rows = pd.DataFrame(moves.rows)
    text = " · ".join(part for part in (credit(screen, rows), ground.credit) if part)
    return Picture.of(drawing, Foot(text, moves.example))


def _mark(row: Row) -> MoveMark:
    words = f"{row['where']}. {danish.opening(move_sentences.WORDS[row['verdict']])}: {row['sentence']}"
    former = _middle(row["former_cell_id"]) if row["verdict"] == "moved" else None
    return MoveMark(row["number"], row["verdict"], words, _middle(row["cell_id"]), former)


def _middle(cell_id: str) -> tuple[float, float]:
    at = polygon(cell_id).centroid
    return at.x, at.y


def _legend(rows: list[Row]) -> list[str]:
    """The signs that are on the map, in words."""
    seen = {row["verdict"] for row in rows}
    return [
        f"{move_sentences.SIGNS[verdict]} {words}" for verdict, words in move_sentences.WORDS.items() if verdict in seen
    ]


def move_words(rows: list[Row]) -> pd.DataFrame:
    """The places as a reader's table."""
    table = [
        [
            str(row["number"]),
            move_sentences.WORDS[row["verdict"]],
            row["where"],
            *(
                danish.NOT_REPORTED if pd.isna(count) else danish.number(count)
                for count in (row["count"], row["then_count"])
            ),
            row["former_where"] if row["verdict"] == "moved" else danish.MISSING,
            danish.number(len(row["cells"].split(";"))),
            "eksempeldata" if row["provenance"] == "example" else "officielle tal",
        ]
        for row in rows
    ]
    return pd.DataFrame(table, columns=HEADINGS)
