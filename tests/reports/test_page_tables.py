"""The CSV of each page's table: numbers a spreadsheet reckons with, their state beside them, nothing it would run."""

import csv
import io
from collections.abc import Callable

import pandas as pd
import pytest

from components.hotspots.moves import moves_of
from components.hotspots.rows import view_cells, view_places
from components.session import Screen
from data.partnership import Partnership
from data.records import records
from data.store import open_store
from data.views.cell_view import nearest_cells
from data.views.map_classes import recorded_rows
from data.views.nearest import nearest
from data.views.rows import survey_rows
from data.views.view import READINGS, View
from reports import page_tables, place_tables

STAMP = {"Oprindelse", "Kilde-id", "Udgave", "Målgruppe"}


@pytest.fixture(scope="module")
def police(shipped_database: str, partnership: Partnership) -> Screen:
    """Violence in 2025 in cells of 250 m, as the police see it."""
    release = open_store(shipped_database).release(audience="politi")
    view, _ = nearest(View(category="12"), release, partnership)
    view, _ = nearest_cells(view, release, partnership)
    return Screen(view, release, partnership, ())


def read(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def number(text: str) -> float:
    assert "." not in text
    return float(text.replace(",", "."))


def of_size(screen: Screen, table: str) -> pd.DataFrame:
    rows, view = screen.release.tables[table], screen.view
    return rows[(rows["size"] == int(view.cell_size)) & (rows["category"] == view.category)]


def week(screen: Screen) -> pd.DataFrame:
    rows = screen.release.tables["hours"]
    return rows[(rows["year"] == "2025") & (rows["category"] == "12") & (rows["area_id"] == "gladsaxe")]


def moved(screen: Screen) -> pd.DataFrame:
    moves = moves_of(screen)
    assert moves is not None
    return pd.DataFrame(moves.rows)


MADE: dict[str, tuple[Callable[[Screen], bytes], tuple[str, ...]]] = {
    "hotspots": (
        lambda screen: place_tables.places_csv(screen, view_places(screen)),
        ("Nummer", "Felter", "Hændelser, felt og naboer", "Forventet", "Sandsynlighed for tilfælde"),
    ),
    "trust": (
        lambda screen: place_tables.back_test_csv(screen, of_size(screen, "hotspot_backtest"), view_cells(screen)),
        ("Felter", "Del af arealet", "Del af hændelserne", "PAI", "PEI", "Flest året før: PAI"),
    ),
    "moves": (
        lambda screen: place_tables.moves_csv(screen, moved(screen)),
        ("Nummer", "Felter", "Antal nu", "Antal året før"),
    ),
    "week": (lambda screen: place_tables.week_csv(screen, week(screen), "Gladsaxe"), ("Antal",)),
    "log": (lambda screen: page_tables.log_csv(screen, screen.release.activities), ("Gange",)),
    "gaps": (lambda screen: page_tables.gaps_csv(screen, screen.release.tables["gaps"]), ("Evidens (0–3)",)),
    "evaluation": (
        lambda screen: page_tables.effects_csv(
            screen, screen.release.effects[screen.release.effects["verdict"] != ""]
        ),
        ("Før", "Efter", "Effekt", "Nedre grænse", "Øvre grænse", "Evidens (0–3)"),
    ),
    "criteria": (lambda screen: page_tables.criteria_csv(screen, screen.release.criteria), ("Mål",)),
}  # fmt: skip


@pytest.mark.parametrize("made", MADE)
def test_figures_are_numbers_and_each_row_says_whose_they_are(police: Screen, made: str) -> None:
    make, columns = MADE[made]
    rows = read(make(police))
    assert rows
    for column in columns:
        assert [number(row[column]) for row in rows]
    for row in rows:
        assert set(row) >= STAMP
        assert (row["Udgave"], row["Målgruppe"]) == (str(police.release.head.id), "politi")
        assert row["Oprindelse"] in ("eksempel", "officiel")


@pytest.mark.parametrize("reading", READINGS)
def test_the_file_of_a_map_has_the_numbers_of_its_reading_and_hidden_is_only_a_word(
    screen: Screen, reading: str
) -> None:
    view, _ = nearest(View(reading=reading, period="2025"), screen.release, screen.partnership)
    shown = Screen(view, screen.release, screen.partnership, ())
    rows = read(page_tables.map_csv(shown, survey_rows(shown, level=view.level, wave=view.period)))
    hidden = [row for row in rows if row["Tilstand"] == "skjult"]
    value = "Værdi" if reading == "niveau" else "Andel"
    added = {
        "niveau": "Øvre grænse", "aendring": "Ændring", "udvikling": "Udvikling om året", "reference": "Forskel",
    }[reading]  # fmt: skip
    assert len(rows) == 8
    assert hidden
    for row in rows:
        if row["Tilstand"] == "endelig":
            assert 0 < number(row[value]) < 1
            assert -1 < number(row[added]) < 1
    for row in hidden:
        assert not any(
            letter.isdigit() for letter in row[value] + row["Nedre grænse"] + row["Øvre grænse"] + row[added]
        )


def test_perceived_and_recorded_of_the_same_areas_are_one_figure_a_row(screen: Screen) -> None:
    shares = survey_rows(screen, level=screen.view.level, wave=screen.view.period)
    rates = recorded_rows(screen)
    rows = read(page_tables.both_csv(screen, shares, rates))
    assert {row["Slags"] for row in rows} == {"tryghed", "anmeldelser"}
    assert len(rows) == len(shares) + len(rates)


def test_the_points_of_a_criterion_are_numbers_by_period(screen: Screen) -> None:
    release = screen.release
    criterion = next(row for row in records(release.criteria) if row["measure"] == "survey")
    points = release.tables["criterion_points"]
    own = points[points["criterion_id"] == criterion["criterion_id"]]
    rows = read(page_tables.points_csv(screen, own, criterion))
    assert len(rows) == len(own)
    assert [number(row["Værdi"]) for row in rows if row["Værdi"]]


def test_a_negative_number_is_a_number_and_a_text_that_begins_as_a_formula_is_a_text(screen: Screen) -> None:
    origin = pd.DataFrame({"provenance": ["official"], "source_id": ["=a"]})
    content = page_tables.table_csv(pd.DataFrame({"Tal": [-0.125], "Ord": ["=1+1"]}), origin, screen)
    (row,) = read(content)
    assert (row["Tal"], row["Ord"], row["Kilde-id"]) == ("-0,125", "'=1+1", "'=a")
