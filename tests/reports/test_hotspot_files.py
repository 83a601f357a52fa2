"""The files the police take along: stamped with audience and release, with the figures of one view and no others."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyogrio
import pypdf
import pytest
import shapely
from shapely.geometry import LineString

from components.hotspots import takeaway
from components.hotspots.layers import cell_layer
from components.hotspots.moves import moves_of
from components.hotspots.picture import NONE_REPORTED, NOT_TOLD_DOTTED, drawn_cells
from components.hotspots.rows import in_view, page_sentence, page_title, view_cells, view_places
from components.map import Style
from components.session import Screen
from data.partnership import Partnership
from data.sentences import moves as move_sentences
from data.store import open_store
from data.views.cell_view import nearest_cells
from data.views.nearest import nearest
from data.views.view import View
from drawings.words import OUTLINED
from reports.cells_drawing import Numbered, cells_svg
from reports.place_cards import Paper
from reports.place_drawing import place_svg, window

TITLE = "Hotspots for voldsforbrydelser, 2025"


@pytest.fixture(scope="module")
def screen(shipped_database: str, partnership: Partnership) -> Screen:
    """Violence in 2025 in cells of 250 m, as the police see it."""
    release = open_store(shipped_database).release(audience="politi")
    view, _ = nearest(View(category="12"), release, partnership)
    view, _ = nearest_cells(view, release, partnership)
    return Screen(view, release, partnership, ())


@pytest.fixture(scope="module")
def cells(screen: Screen) -> pd.DataFrame:
    return view_cells(screen)


@pytest.fixture(scope="module")
def places(screen: Screen) -> pd.DataFrame:
    return view_places(screen)


@pytest.fixture(scope="module")
def package(
    screen: Screen, cells: pd.DataFrame, places: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    path = tmp_path_factory.mktemp("package") / "hotspots.gpkg"
    path.write_bytes(takeaway.cells_gpkg(screen, cells, places, TITLE))
    return path


LAYERS = ["felter", "hotspots", "siden_sidste_aar"]


def test_the_geopackage_opens_as_squares_and_places_in_the_danish_projection(package: Path) -> None:
    assert [str(name) for name, shape in pyogrio.list_layers(package) if shape] == LAYERS
    assert {pyogrio.read_info(package, layer=name)["crs"] for name in LAYERS} == {"EPSG:25832"}


def test_the_geopackage_says_what_became_of_places_since_the_year_before(package: Path, screen: Screen) -> None:
    written = pyogrio.read_dataframe(package, layer="siden_sidste_aar")
    told = screen.release.tables["hotspot_moves"]
    told = told[(told["size"] == 250) & (told["category"] == "12")].sort_values("rank")
    assert list(written["hvad"]) == [move_sentences.WORDS[verdict] for verdict in told["verdict"]]
    assert list(written["antal_aaret_foer"]) == list(told["then_count"])
    assert set(written["vinduer"].str[:20]) == {"De seneste 52 uger ("}


def test_every_cell_of_the_view_is_in_the_geopackage_and_no_other_figure(package: Path, cells: pd.DataFrame) -> None:
    written = pyogrio.read_dataframe(package, layer="felter").set_index("felt")
    expected = cells.set_index("cell_id")
    assert set(written.index) == set(expected.index)
    assert (written["antal"] == expected["count"].reindex(written.index)).all()
    assert set(written["aar"]) == {"2025"}
    assert set(written["art"]) == {"Voldsforbrydelser"}
    assert {round(area) for area in written.geometry.area} == {250**2}


def test_a_place_in_the_geopackage_is_its_cells_together(package: Path, places: pd.DataFrame) -> None:
    written = pyogrio.read_dataframe(package, layer="hotspots")
    assert list(written["nummer"]) == list(places["rank"])
    assert [round(area / 250**2) for area in written.geometry.area] == [
        len(each.split(";")) for each in places["cells"]
    ]


def test_every_row_of_the_geopackage_says_for_whom_and_of_which_release(package: Path, screen: Screen) -> None:
    for layer in LAYERS:
        rows = pyogrio.read_dataframe(package, layer=layer)
        assert set(rows["maalgruppe"]) == {"Lokalpoliti"}
        assert set(rows["udgave"]) == {str(screen.release.head.id)}
        told = pyogrio.read_info(package, layer=layer)["layer_metadata"]["DESCRIPTION"]
        assert "Kun for lokalpoliti · eksempeldata" in told


def test_the_csv_opens_in_danish_excel_with_the_stamp_on_every_row(screen: Screen, cells: pd.DataFrame) -> None:
    content = takeaway.cells_csv(screen, cells)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert len(rows) == len(cells)
    assert {(row["Målgruppe"], row["Udgave"], row["Oprindelse"]) for row in rows} == {
        ("Lokalpoliti", str(screen.release.head.id), "eksempel")
    }
    assert sum(int(row["Antal"]) for row in rows) == cells["count"].sum()
    assert {row["Forventet"].count(",") for row in rows} == {1}


def test_the_briefing_is_one_page_of_pdf(screen: Screen, cells: pd.DataFrame, places: pd.DataFrame) -> None:
    content = takeaway.briefing_pdf(screen, cells, places, TITLE, "Seks steder.")
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") + content.count(b"/Type/Page/") + content.count(b"/Type /Page ") == 1


@pytest.mark.parametrize(("category", "areas"), [("1332", ()), ("3210", ("gladsaxe",)), ("3410", ())])
def test_the_briefing_is_one_page_however_many_places_and_however_tall_the_map(
    screen: Screen, category: str, areas: tuple[str, ...]
) -> None:
    other = replace(screen, view=replace(screen.view, category=category, areas=areas))
    content = takeaway.briefing_pdf(other, in_view(other), view_places(other), page_title(other), page_sentence(other))
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == 1


def test_the_briefing_says_what_became_of_places_and_names_those_that_are_not_as_they_were(
    screen: Screen, cells: pd.DataFrame, places: pd.DataFrame
) -> None:
    content = takeaway.briefing_pdf(screen, cells, places, TITLE, "Seks steder.")
    words = " ".join(pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text().split())
    moves = moves_of(screen)
    assert moves is not None
    assert "De seneste 52 uger (30. december 2024" in words
    assert len(moves.changed) > 0
    assert all(f"{verdict}:" in words for verdict, _ in moves.changed[:4])


def test_a_release_from_before_makes_a_briefing_and_a_geopackage_without_what_became_of_places(
    screen: Screen, cells: pd.DataFrame, places: pd.DataFrame, tmp_path: Path
) -> None:
    tables = {name: rows for name, rows in screen.release.tables.items() if name != "hotspot_moves"}
    old = replace(screen, release=replace(screen.release, tables=tables))
    assert moves_of(old) is None
    assert takeaway.briefing_pdf(old, cells, places, TITLE, "Seks steder.").startswith(b"%PDF-")
    path = tmp_path / "old.gpkg"
    path.write_bytes(takeaway.cells_gpkg(old, cells, places, TITLE))
    assert [str(name) for name, shape in pyogrio.list_layers(path) if shape] == LAYERS[:2]


def test_the_briefing_can_be_set_where_nothing_stands_out(
    screen: Screen, cells: pd.DataFrame, places: pd.DataFrame
) -> None:
    assert takeaway.briefing_pdf(screen, cells, places.iloc[:0], TITLE, "Ingen steder.").startswith(b"%PDF-")


def test_text_that_looks_like_typesetting_is_only_text(
    screen: Screen, cells: pd.DataFrame, places: pd.DataFrame
) -> None:
    odd = places.assign(where='#panic("nej") *a* ] $', sentence='#read("/etc/passwd") <x>')
    assert takeaway.briefing_pdf(screen, cells, odd, "#panic() [", "#eval(1)").startswith(b"%PDF-")


def test_the_drawing_colours_cells_and_numbers_places() -> None:
    outline = shapely.box(716_000, 6_180_000, 717_000, 6_181_000)
    cell = "250m_618025_71625"
    drawing = cells_svg({cell: "#d95f0e"}, [Numbered(3, (cell,))], {"A & B": outline}, "Libertinus Serif")
    assert 'fill="#d95f0e"' in drawing
    assert ">3</text>" in drawing
    assert "A &amp; B" in drawing


def test_zero_missing_and_hidden_are_three_signs_on_the_map_and_in_its_legend_on_screen_and_on_paper(
    screen: Screen, cells: pd.DataFrame, places: pd.DataFrame
) -> None:
    none = cells.loc[cells["count"] == 0, "cell_id"].iloc[:3].tolist()
    changed = screen.release.tables["cells"].copy()
    for cell, state in zip(none[1:], ("missing", "hidden"), strict=True):
        changed.loc[changed["cell_id"] == cell, ["state", "count"]] = [state, float("nan")]
    release = replace(screen.release, tables={**screen.release.tables, "cells": changed})
    untold = replace(screen, release=release)
    layer = cell_layer(untold)
    drawn = drawn_cells(untold, layer)
    looks = [drawn.styles[layer.area_ids.index(cell)] for cell in none]
    assert looks == [Style.ZERO, Style.MISSING, Style.OUTLINED]
    signs = (NONE_REPORTED, NOT_TOLD_DOTTED, OUTLINED)
    for seen, expected in ((untold, [True, True, True]), (screen, [True, False, False])):
        content = takeaway.briefing_pdf(seen, view_cells(seen), places, TITLE, "Seks steder.")
        told = "".join(pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text().split())
        assert [sign.replace(" ", "") in told for sign in signs] == expected


def test_on_paper_missing_cells_are_dotted_and_hidden_ones_outlined() -> None:
    outline = shapely.box(716_000, 6_180_000, 717_000, 6_181_000)
    drawing = cells_svg({}, [], {"Herlev": outline}, "Inter", (), ["250m_618025_71625"], ["250m_618025_71650"])
    assert drawing.count('fill="url(#dots)"') == 1
    assert 'stroke-width="24"' in drawing
    assert "url(#dots)" not in cells_svg({}, [], {"Herlev": outline}, "Inter")


@pytest.mark.parametrize(("paper", "pages"), [("a4", 1), ("a6", 6)])
def test_the_clearest_places_are_three_cards_on_one_page_or_a_small_page_each(
    screen: Screen, cells: pd.DataFrame, places: pd.DataFrame, paper: Paper, pages: int
) -> None:
    content = takeaway.place_cards_pdf(screen, cells, places, TITLE, paper)
    assert len(places) == 6
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == pages


def test_a_card_says_where_how_sure_who_works_there_and_whose_figures_it_shows(
    screen: Screen, cells: pd.DataFrame, places: pd.DataFrame
) -> None:
    content = takeaway.place_cards_pdf(screen, cells, places, TITLE, "a6")
    told = " ".join(pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text().split())
    first = places.iloc[0]
    own = (first["where"], first["sentence"], first["cell_id"], "År for år", "Indsatser inden for 500 m")
    for said in (*own, "GeoDanmark", "eksempeldata", "Kun for lokalpoliti"):
        assert said in told


def test_the_map_of_a_card_has_the_roads_within_it_and_the_names_of_landmarks() -> None:
    cell = "250m_618025_71625"
    west, south, east, north = window((cell,))
    inside, outside = LineString([(west, south), (east, north)]), LineString([(0, 0), (1, 1)])
    marks = [("Skole & bibliotek", west + 50, south + 50), ("Langt væk", 0.0, 0.0)]
    drawing = place_svg((cell,), {cell: "#d95f0e"}, "Libertinus Serif", roads=[inside, outside], landmarks=marks)
    assert drawing.count("M0,") == 1
    assert "Skole &amp; bibliotek" in drawing
    assert "Langt væk" not in drawing


def test_the_geopackage_says_of_each_place_what_its_card_says(package: Path, screen: Screen) -> None:
    written = pyogrio.read_dataframe(package, layer="hotspots")
    assert written["indsatser"].notna().all()
    assert written["aar_for_aar"].str.contains("2025: ").all()
