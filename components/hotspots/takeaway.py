"""The hotspots to take along: GeoPackage, CSV and a page for a briefing, all stamped with audience and release."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from components.hotspots.actions import LABEL as DONE_HERE
from components.hotspots.actions import actions_said
from components.hotspots.card import FELT, INSECURE, WEEK, WORKING, YEARS, facts_of
from components.hotspots.layers import cell_layer
from components.hotspots.moves import moves_of
from components.hotspots.picture import NONE_REPORTED, NOT_TOLD_DOTTED, breaks_of, class_words
from components.hotspots.rows import in_view, view_cells, view_places
from components.hotspots.week import week_words
from components.map.ground import ground_within
from components.map.streets import main_roads
from components.session import Screen, our_store
from components.tables import to_csv
from data import clock
from data.records import Row, records
from data.sentences import hotspots as hotspot_sentences
from data.sentences import moves as move_sentences
from data.sentences.places import coordinates, coordinates_said
from data.views.provenance import credit, is_example
from drawings.palette import LIGHT
from drawings.words import OUTLINED
from reports.data_files import danish_number
from reports.stamp import Stamp

if TYPE_CHECKING:
    from reports.place_cards import Paper

CELL_HEADINGS = {
    "felt": "Felt", "kommune": "Kommune", "aar": "År", "art": "Anmeldelser", "antal": "Antal",
    "forventet": "Forventet", "antal_med_naboer": "Antal med naboer",
    "forventet_med_naboer": "Forventet med naboer", "sandsynlighed": "Sandsynlighed for tilfælde",
    "hotspot": "Hotspot", "varighed": "Varighed", "husstande": "Husstande", "tilstand": "Tilstand",
    "masseregistrering": "Masseregistrering", "oprindelse": "Oprindelse",
}  # fmt: skip
# What ends the name → label, media type and icon.
FILES = {
    ".pdf": ("PDF til briefing", "application/pdf", "picture_as_pdf"),
    "_tydeligste.pdf": ("De tre tydeligste (A4)", "application/pdf", "edit_note"),
    "_bil.pdf": ("Kort til bilen (A6)", "application/pdf", "directions_car"),
    ".gpkg": ("GeoPackage til QGIS", "application/geopackage+sqlite3", "map"),
    ".csv": ("CSV", "text/csv", "table"),
}
FACTS = {
    "aar_for_aar": YEARS, "ugens_timer": WEEK, "indsatser": WORKING, "tryghed_naermest": FELT,
    "utrygge_steder": INSECURE, "det_goer_vi": DONE_HERE,
}  # fmt: skip
"""A column of the GeoPackage → the fact of a place's card that it holds."""
CARDS = ("_tydeligste.pdf", "_bil.pdf")
"""The files with a card for each place; not offered where no place stands out."""
STATES = {
    "published": "endelig", "provisional": "foreløbig", "missing": "ikke indberettet", "hidden": "ikke vist",
}  # fmt: skip
WITHOUT_CLASS = {"zero": NONE_REPORTED, "missing": NOT_TOLD_DOTTED, "hidden": OUTLINED}


def downloads(screen: Screen, *, title: str, sentence: str, key: str = "take") -> None:
    """Offer the files; each is made when it is asked for, so that nobody waits for one that is not.

    `key` tells two such rows on one page apart.
    """
    view, cells, places = screen.view, in_view(screen), view_places(screen)
    name = f"hotspots_{view.category}_{view.cell_year}_{screen.release.audience}_udgave_{screen.release.head.id}"
    makers: dict[str, Callable[[], bytes]] = {
        ".pdf": partial(briefing_pdf, screen, cells, places, title, sentence),
        "_tydeligste.pdf": partial(place_cards_pdf, screen, cells, places, title, "a4"),
        "_bil.pdf": partial(place_cards_pdf, screen, cells, places, title, "a6"),
        ".gpkg": partial(cells_gpkg, screen, cells, places, title),
        ".csv": partial(cells_csv, screen, cells),
    }
    with st.container(horizontal=True, key=f"{key}_hotspots"):
        for ending, (label, mime, icon) in FILES.items():
            if ending in CARDS and places.empty:
                continue
            st.download_button(
                label,
                data=makers[ending],
                file_name=f"{name}{ending}",
                mime=mime,
                icon=f":material/{icon}:",
                key=f"{key}_{ending}",
            )


def stamp(screen: Screen, cells: pd.DataFrame) -> Stamp:
    """Whose figures these are, and of which release."""
    head = screen.release.head
    title = screen.partnership.audience(screen.release.audience).title
    return Stamp(title, head.id, clock.here(head.published_at).date(), credit(screen, cells), is_example(cells))


def cell_columns(screen: Screen, cells: pd.DataFrame) -> pd.DataFrame:
    """The cells of the view with the columns of a file, figures as figures."""
    names = screen.release.areas.set_index("area_id")["name"]
    return pd.DataFrame(
        {
            "felt": cells["cell_id"],
            "kommune": cells["area_id"].map(names),
            "aar": cells["year"],
            "art": screen.partnership.category(screen.view.category).title,
            "antal": cells["count"].astype("Int64"),
            "forventet": cells["expected"].astype(float).round(2),
            "antal_med_naboer": cells["window_count"].astype("Int64"),
            "forventet_med_naboer": cells["window_expected"].astype(float).round(2),
            "sandsynlighed": cells["p_value"].astype(float),
            "hotspot": cells["hotspot"].map({True: "ja", False: "nej"}),
            "varighed": [hotspot_sentences.lasting(row) if row["hotspot"] else "" for row in records(cells)],
            "husstande": cells["households"].astype("Int64"),
            "tilstand": cells["state"].map(STATES),
            "masseregistrering": cells["mass"].map({True: "ja", False: "nej"}),
            "oprindelse": cells["provenance"].map({"example": "eksempel", "official": "officiel"}),
        }
    ).reset_index(drop=True)


def cells_csv(screen: Screen, cells: pd.DataFrame) -> bytes:
    """The cells as Danish Excel opens them, every row stamped."""
    table = cell_columns(screen, cells).assign(
        forventet=cells["expected"].to_numpy(), forventet_med_naboer=cells["window_expected"].to_numpy()
    )
    for column in ("antal", "forventet", "antal_med_naboer", "forventet_med_naboer", "sandsynlighed", "husstande"):
        table[column] = [danish_number(value) for value in table[column]]
    return to_csv(table.rename(columns=CELL_HEADINGS).assign(**stamp(screen, cells).columns))


def place_columns(screen: Screen, places: pd.DataFrame) -> pd.DataFrame:
    """The places of the view with the columns of a file: what the list says of each, and what its card says."""
    by_id = {row["cell_id"]: row for row in records(view_cells(screen))}
    facts = [dict(facts_of(screen, by_id[row["cell_id"]], row)) for row in records(places)]
    return pd.DataFrame(
        {
            "aar": places["year"],
            "art": screen.partnership.category(screen.view.category).title,
            "nummer": places["rank"],
            "sted": places["where"],
            "felter": places["cells"],
            "staerkeste_felt": places["cell_id"],
            "haendelser": places["window_count"].astype("Int64"),
            "forventet": places["window_expected"].astype(float).round(2),
            "sandsynlighed": places["p_value"].astype(float),
            "varighed": [hotspot_sentences.lasting(row) for row in records(places)],
            "saetning": places["sentence"],
            "bredde": [coordinates(cell)[0] for cell in places["cell_id"]],
            "laengde": [coordinates(cell)[1] for cell in places["cell_id"]],
            **{column: [each.get(title, "") for each in facts] for column, title in FACTS.items()},
        }
    )


def change_columns(screen: Screen) -> pd.DataFrame:
    """What became of places since the year before, with the columns of a file, figures as figures."""
    moves = moves_of(screen)
    rows = pd.DataFrame(moves.rows if moves else [])
    if rows.empty:
        return rows
    return pd.DataFrame(
        {
            "nummer": rows["number"],
            "hvad": rows["verdict"].map(move_sentences.WORDS),
            "sted": rows["where"],
            "var_foer": rows["former_where"].where(rows["verdict"] == "moved", ""),
            "felter": rows["cells"],
            "antal_nu": rows["count"].astype("Int64"),
            "antal_aaret_foer": rows["then_count"].astype("Int64"),
            "saetning": rows["sentence"],
            "vinduer": moves.windows if moves else "",
        }
    )


def cells_gpkg(screen: Screen, cells: pd.DataFrame, places: pd.DataFrame, title: str) -> bytes:
    """Cells and places for QGIS and ArcGIS."""
    # Imported when somebody wants the file: geopandas takes a while.
    from reports.cells_file import geopackage

    return geopackage(
        cell_columns(screen, cells),
        place_columns(screen, places),
        change_columns(screen),
        stamp(screen, cells),
        title,
    )


def briefing_pdf(screen: Screen, cells: pd.DataFrame, places: pd.DataFrame, title: str, sentence: str) -> bytes:
    """One page for a briefing."""
    # Imported when somebody wants the file.
    import shapely

    from geo.projection import to_metres
    from reports.briefing import FONT, LISTED, Briefing, Listed, pdf
    from reports.cells_drawing import Numbered, cells_svg

    areas = screen.release.areas.set_index("area_id").loc[list(cells["area_id"].unique())]
    outlines = dict(zip(areas["name"], to_metres(shapely.from_wkb(areas["geometry"].to_numpy())), strict=True))
    colours, untold, moves = _colours(screen, cells), _untold(screen, cells), moves_of(screen)
    numbered = [Numbered(row["rank"], tuple(row["cells"].split(";"))) for row in records(places[:LISTED])]
    tests = screen.release.tables["hotspot_backtest"]
    own = tests[
        (tests["size"] == int(screen.view.cell_size))
        & (tests["category"] == screen.view.category)
        & (tests["year"] == screen.view.cell_year)
    ]
    return pdf(
        Briefing(
            title=title,
            sentence=sentence,
            drawing=cells_svg(
                colours, numbered, outlines, FONT, main_roads(screen), untold["missing"], untold["hidden"]
            ),
            alt=f"Kort: {title}. {sentence}",
            legend=_legend(screen, cells, untold),
            legend_note=f"Anmeldelser i hvert felt på {hotspot_sentences.cell_size(screen.view.cell_size)}. Optrukket: "
            "hotspot, bedømt sammen med nabofelterne. Tallet er nummeret på listen.",
            places=[Listed(row["rank"], row["where"], _briefly(screen, row)) for row in records(places)],
            trust=hotspot_sentences.back_test_sentence(records(own)[0])
            if len(own)
            else "Der er intet år at prøve kortet på.",
            week=week_words(screen),
            since=moves.said if moves else "",
            changed=moves.changed if moves else [],
            limits=hotspot_sentences.HONESTY,
            stamp=stamp(screen, cells),
        )
    )


def _briefly(screen: Screen, place: Row) -> str:
    """What the briefing says of a place: its counts, what is done there with before and after, and where it is."""
    done = [f"{head} {told}" for head, told in actions_said(screen, tuple(str(place["cells"]).split(";")))]
    return " ".join([str(place["sentence"]), *done, coordinates_said(str(place["cell_id"]))])


def place_cards_pdf(screen: Screen, cells: pd.DataFrame, places: pd.DataFrame, title: str, paper: "Paper") -> bytes:
    """A card for each of the clearest places: three on an A4, or one A6 each."""
    # Imported when somebody wants the file.
    import shapely

    from reports.briefing import FONT
    from reports.place_cards import ASPECT, MOST, PlaceCard, pdf
    from reports.place_drawing import place_svg, window

    shown = records(places[:MOST])
    of_place = [tuple(row["cells"].split(";")) for row in shown]
    boxes = [shapely.box(*window(each, ASPECT[paper])) for each in of_place]
    grounds = [ground_within(screen.release, screen.partnership, our_store(), box) for box in boxes]
    colours = _colours(screen, cells)
    by_id = {row["cell_id"]: row for row in records(cells)}
    cards = [
        PlaceCard(
            row["rank"],
            row["where"],
            row["sentence"],
            f"{coordinates_said(row['cell_id'])} ({row['cell_id']})",
            facts_of(screen, by_id[row["cell_id"]], row),
            place_svg(
                squares,
                colours,
                FONT,
                roads=[road for _, road in ground.roads],
                landmarks=[(mark.name, mark.easting, mark.northing) for mark in ground.landmarks],
                aspect=ASPECT[paper],
            ),
            f"Kort over stedet: {row['where']}, med felterne optrukket over vejene.",
        )
        for row, squares, ground in zip(shown, of_place, grounds, strict=True)
    ]
    return pdf(title, cards, grounds[0].credit if grounds else "", stamp(screen, cells), paper)


def _untold(screen: Screen, cells: pd.DataFrame) -> dict[str, list[str]]:
    """The cells on the map without a figure, by why: what is hidden, and what was not reported."""
    told = dict(zip(cells["cell_id"], cells["state"], strict=True))
    on_map = {each: told[each] for each in cell_layer(screen).area_ids if each in told}
    return {state: [each for each, its in on_map.items() if its == state] for state in ("missing", "hidden")}


def _legend(screen: Screen, cells: pd.DataFrame, untold: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
    """The classes of the map on paper, and each way of drawing that it uses: zero, missing and hidden are three."""
    classes = zip(LIGHT.sequential_recorded[1:], class_words(screen.view.cell_size), strict=True)
    used = {"zero": bool((cells["count"] == 0).any()), **{state: bool(ids) for state, ids in untold.items()}}
    return (*classes, *((kind, words) for kind, words in WITHOUT_CLASS.items() if used[kind]))


def _colours(screen: Screen, cells: pd.DataFrame) -> dict[str, str]:
    """The fill of each cell that has incidents and is on the map, in the classes of the map."""
    on_map, breaks = set(cell_layer(screen).area_ids), breaks_of(screen.view.cell_size)
    return {
        row["cell_id"]: LIGHT.sequential_recorded[sum(row["count"] >= limit for limit in breaks)]
        for row in records(cells)
        if row["count"] >= 1 and row["cell_id"] in on_map
    }
