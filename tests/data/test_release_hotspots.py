"""What the release says of grid cells: hotspots, places, persistence, mass registrations, and who gets to see them."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from data.partnership import Partnership
from data.release.hotspots import hotspot_tables
from data.store import Store, open_store
from geo.grid import cell_of
from geo.projection import to_degrees

SIDE = 12  # cells on each side of the small town
WEST, SOUTH = 716_000, 6_180_000
POLICE_TABLES = {
    "cells", "hotspots", "hotspot_backtest", "hotspot_scan", "hotspot_ranking", "hotspot_watch",
    "hotspot_moves", "hotspot_windows", "cell_names", "hours",
}  # fmt: skip
NO_HOURS = pd.DataFrame(columns=["year", "area_id", "category", "weekday", "band", "count"])

Counts = dict[tuple[int, int], int | None]


def cell(column: int, row: int) -> str:
    return str(cell_of(WEST + 250 * column + 125, SOUTH + 250 * row + 125, 250))


def town(**years: Counts) -> pd.DataFrame:
    """A town with one incident in every third cell each year, but for the cells named (column, row → count)."""
    rows = [
        {
            "year": year.removeprefix("y"),
            "cell_id": cell(column, row),
            "area_id": "byen",
            "category": "12",
            "count": counts.get((column, row), 1 if (column + 2 * row) % 3 == 0 else 0),
            "households": 50,
            "provenance": "example",
            "source_id": "eksempeldata",
        }
        for year, counts in years.items()
        for column in range(SIDE)
        for row in range(SIDE)
    ]
    return pd.DataFrame(rows).astype({"count": "Int64"})


def incidents(**states: tuple[str, bool]) -> pd.DataFrame:
    """The town's yearly rows: year → state and whether a mass registration is part of it."""
    rows = [
        {"period": year.removeprefix("y"), "area_id": "byen", "category": "12", "state": state, "mass": mass}
        for year, (state, mass) in states.items()
    ]
    return pd.DataFrame(rows, columns=["period", "area_id", "category", "state", "mass"])


def areas() -> pd.DataFrame:
    """The town, and a housing area over its cell (2, 2)."""
    outlines = to_degrees(
        [
            shapely.box(WEST, SOUTH, WEST + 250 * SIDE, SOUTH + 250 * SIDE),
            shapely.box(WEST + 510, SOUTH + 510, WEST + 740, SOUTH + 740),
        ]
    )
    return pd.DataFrame(
        {
            "area_id": ["byen", "parken"],
            "name": ["Byen", "Parken"],
            "level": ["municipality", "housing_area"],
            "geometry": [shapely.to_wkb(outline) for outline in outlines],
        }
    )


def tables(cells: pd.DataFrame, years: pd.DataFrame | None = None) -> dict[str, pd.DataFrame]:
    if years is None:
        years = incidents(**{f"y{year}": ("published", False) for year in cells["year"].unique()})
    return hotspot_tables(cells, NO_HOURS, years, areas())


def fine(table: pd.DataFrame, **wanted: Any) -> pd.DataFrame:
    """The rows of cells of 250 m with these values."""
    rows = table[table["size"] == 250]
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    return rows


def test_a_planted_cell_is_one_place_told_by_the_cell_and_its_neighbours() -> None:
    places = fine(tables(town(y2025={(7, 7): 14}))["hotspots"])
    assert len(places) == 1
    place = places.iloc[0]
    assert cell(7, 7) in place["cells"].split(";")
    assert (place["window_count"], place["basis"], place["rank"]) == (16, "population", 1)
    assert place["window_expected"] == pytest.approx(9 * (47 + 14) / SIDE**2, abs=0.05)


def test_an_even_town_has_no_hotspots() -> None:
    found = tables(town(y2024={}, y2025={}))
    assert found["hotspots"].empty
    assert not found["cells"]["hotspot"].any()


def test_places_that_do_not_touch_are_two_the_surest_first() -> None:
    places = fine(tables(town(y2025={(2, 2): 14, (9, 9): 30}))["hotspots"])
    assert list(places["rank"]) == [1, 2]
    assert cell(9, 9) in places["cells"].iloc[0]
    assert places["p_value"].is_monotonic_increasing


def test_each_cell_of_a_place_names_its_place() -> None:
    found = tables(town(y2025={(2, 2): 14, (9, 9): 30}))
    cells, places = fine(found["cells"]), fine(found["hotspots"])
    for _, place in places.iterrows():
        assert set(cells.loc[cells["place_id"] == place["place_id"], "cell_id"]) == set(place["cells"].split(";"))
    assert (cells["hotspot"] == (cells["place_id"] != "")).all()


def test_a_place_over_a_housing_area_is_named_after_it() -> None:
    places = fine(tables(town(y2025={(2, 2): 25}))["hotspots"])
    assert (places["where"].iloc[0], places["near"].iloc[0]) == ("Byen: ved Parken", "parken")


def test_a_place_near_a_housing_area_is_told_by_distance_and_direction() -> None:
    places = fine(tables(town(y2025={(6, 2): 25}))["hotspots"])
    assert places["where"].iloc[0] == "Byen: 900 m øst for Parken"


def test_a_place_far_from_housing_areas_is_told_by_the_part_of_the_municipality() -> None:
    places = fine(tables(town(y2025={(10, 10): 25}))["hotspots"])
    assert places["where"].iloc[0] == "Byen: den nordøstlige del"


def test_a_hotspot_that_stays_is_persistent_and_each_year_is_judged_by_what_was_known_then() -> None:
    found = tables(town(y2023={}, y2024={(7, 7): 14}, y2025={(7, 7): 15}))
    at = {year: fine(found["cells"], cell_id=cell(7, 7), year=year).iloc[0] for year in ("2023", "2024", "2025")}
    told = [(row["persistence"], row["years_hot"], row["years_known"]) for row in at.values()]
    assert told == [("", 0, 1), ("new", 1, 2), ("persistent", 2, 3)]


def test_a_new_hotspot_is_also_more_than_the_place_used_to_have_and_an_old_one_is_not() -> None:
    found = tables(town(y2023={(2, 2): 20}, y2024={(2, 2): 20}, y2025={(2, 2): 20, (9, 9): 20}))
    places = fine(found["hotspots"], year="2025").set_index("place_id")["more_than_before"]
    by_side = {
        ("old" if id_ in {cell(x, y) for x in (1, 2, 3) for y in (1, 2, 3)} else "new"): told
        for id_, told in places.items()
    }
    assert by_side == {"old": False, "new": True}


def test_a_mass_registration_is_shown_but_neither_judged_nor_a_hotspot() -> None:
    years = incidents(y2024=("published", False), y2025=("published", True))
    found = tables(town(y2024={}, y2025={(7, 7): 400, (2, 2): 14}), years)
    row = fine(found["cells"], year="2025", cell_id=cell(7, 7)).iloc[0]
    assert (row["count"], row["mass"], row["hotspot"]) == (400, True, False)
    assert np.isnan(row["p_value"])
    assert [cell(7, 7) in listed for listed in fine(found["hotspots"])["cells"]] == [False]


def test_a_municipality_with_few_incidents_has_no_verdicts() -> None:
    few = town(y2025={})
    few["count"] = (few["cell_id"] == cell(3, 3)).astype(int) * 19
    rows = fine(tables(few)["cells"])
    assert set(rows["basis"]) == {"too_few"}
    assert rows["p_value"].isna().all()
    assert not rows["hotspot"].any()


def test_a_count_that_is_not_reported_is_missing_and_no_zero() -> None:
    rows = fine(tables(town(y2025={(5, 5): None}))["cells"], cell_id=cell(5, 5))
    assert rows["state"].iloc[0] == "missing"
    assert np.isnan(rows["count"].iloc[0])


def test_a_year_is_provisional_while_the_municipalitys_figure_is() -> None:
    years = incidents(y2024=("published", False), y2025=("provisional", False))
    rows = fine(tables(town(y2024={}, y2025={}), years)["cells"])
    assert rows.groupby("year")["state"].unique().map(list).to_dict() == {
        "2024": ["published"],
        "2025": ["provisional"],
    }


def test_a_year_without_a_municipal_figure_yet_is_provisional() -> None:
    rows = fine(tables(town(y2025={}), incidents())["cells"])
    assert set(rows["state"]) == {"provisional"}


def test_cells_are_also_added_up_to_kilometres() -> None:
    cells = town(y2025={(7, 7): 14})
    found = tables(cells)["cells"]
    wide = found[found["size"] == 1000]
    assert len(wide) == (SIDE // 4) ** 2
    assert wide["count"].sum() == cells["count"].sum()
    assert wide["households"].sum() == cells["households"].sum()


def test_a_kilometre_with_a_part_that_is_not_reported_is_not_reported() -> None:
    found = tables(town(y2025={(5, 5): None}))["cells"]
    assert found[found["size"] == 1000]["state"].value_counts().to_dict() == {"published": 8, "missing": 1}


def test_the_back_test_holds_last_years_hotspots_against_last_years_top_cells() -> None:
    tests = fine(tables(town(y2024={(7, 7): 14}, y2025={(7, 7): 10}))["hotspot_backtest"])
    assert list(tests["year"]) == ["2025"]
    row = tests.iloc[0]
    assert row["hits"] >= 10
    assert row["hit_rate"] == pytest.approx(row["hits"] / row["incidents"])
    assert row["pai"] == pytest.approx(row["hit_rate"] / (row["cells"] / SIDE**2))
    assert bool(row["beats_baseline"]) == (row["hits"] > row["base_hits"])


def test_the_second_opinion_is_asked_of_the_newest_year_alone_and_answers_the_same_again() -> None:
    cells = town(y2024={(7, 7): 14}, y2025={(7, 7): 14})
    first, again = tables(cells)["hotspot_scan"], tables(cells.sample(frac=1, random_state=1))["hotspot_scan"]
    assert list(first["year"]) == ["2025"]
    assert cell(7, 7) in first["cells"].iloc[0].split(";")
    pd.testing.assert_frame_equal(first, again)


def test_a_place_says_whether_the_second_opinion_agrees() -> None:
    places = fine(tables(town(y2024={(9, 9): 30}, y2025={(2, 2): 14, (9, 9): 30}))["hotspots"])
    assert list(places.loc[places["year"] == "2025", "scan"]) == ["agrees", "elsewhere"]
    assert list(places.loc[places["year"] == "2024", "scan"]) == [""]


def test_without_cells_there_are_no_tables() -> None:
    assert hotspot_tables(town(y2025={}).iloc[:0], NO_HOURS, incidents(), areas()) == {}


@pytest.fixture(scope="module")
def opened(shipped_database: str) -> Store:
    return open_store(shipped_database)


def test_only_audiences_that_see_cells_have_the_tables(opened: Store, partnership: Partnership) -> None:
    for audience in partnership.audiences:
        found = POLICE_TABLES & set(opened.release(audience=audience.id).tables)
        assert found == (POLICE_TABLES if audience.sees_cells else set())


def test_the_planted_places_of_the_shipped_data_are_found_as_persistent(opened: Store) -> None:
    places = fine(opened.release(audience="politi").tables["hotspots"], year="2025", category="1332")
    planted = {str(cell_of(*point, 250)) for point in ((716020, 6180720), (710970, 6181200), (719270, 6183450))}
    for one in planted:
        found = places[[one in listed.split(";") for listed in places["cells"]]]
        assert list(found["persistence"]) == ["persistent"]


def test_the_mass_registration_in_gladsaxe_in_2022_lies_in_one_cell(opened: Store) -> None:
    cells = fine(opened.release(audience="politi").tables["cells"], mass=True)
    assert [(row.year, row.category, row.area_id) for row in cells.itertuples()] == [("2022", "12", "gladsaxe")]


def test_the_first_of_the_two_shipped_releases_knew_no_cells_of_2025(opened: Store) -> None:
    assert set(opened.release(1, audience="politi").tables["cells"]["year"]) == {"2022", "2023", "2024"}


def roads_and_landmarks() -> dict[str, pd.DataFrame]:
    """Two made-up streets that cross in the town's cell (9, 9), and a station north of it."""
    east, north = WEST + 250 * 9 + 125, SOUTH + 250 * 9 + 125
    lines = to_degrees(
        [
            shapely.LineString([(east - 400, north + 10), (east + 400, north + 10)]),
            shapely.LineString([(east + 20, north - 400), (east + 20, north + 400)]),
        ]
    )
    station = to_degrees([shapely.Point(east, north + 300)])
    return {
        "roads": pd.DataFrame({"name": ["Torvegade", "Langgade"], "geometry": shapely.to_wkb(lines)}),
        "landmarks": pd.DataFrame({"name": ["Byen Station"], "kind": ["station"], "geometry": shapely.to_wkb(station)}),
    }


def test_a_place_is_named_by_its_streets_and_its_station() -> None:
    found = hotspot_tables(
        town(y2025={(9, 9): 25}), NO_HOURS, incidents(y2025=("published", False)), areas(), **roads_and_landmarks()
    )
    assert fine(found["hotspots"])["where"].iloc[0] == "Byen: ved Torvegade og Langgade, 300 m fra Byen Station"
    names = dict(zip(found["cell_names"]["cell_id"], found["cell_names"]["where"], strict=True))
    assert names[cell(9, 9)] == "Byen: ved Torvegade og Langgade, 300 m fra Byen Station"
    assert names[cell(9, 6)] == "Byen: 1,1 km syd for Byen Station"


def test_a_place_points_to_the_cell_with_most_in_it() -> None:
    place = fine(tables(town(y2025={(7, 7): 4, (8, 7): 12, (9, 7): 4}))["hotspots"]).iloc[0]
    assert place["cell_id"] == cell(8, 7)


def test_places_are_ranked_by_what_foretold_best_not_by_how_sure_they_are() -> None:
    # Nine cells with five each are surer than one with eighteen, but no cell of theirs is as full.
    spread = {(column, row): 5 for column in (2, 3, 4) for row in (2, 3, 4)}
    found = fine(tables(town(y2025={**spread, (9, 9): 18}))["hotspots"])
    assert cell(3, 3) in found.sort_values("p_value")["cells"].iloc[0]
    assert cell(9, 9) in found.sort_values("rank")["cells"].iloc[0]


def test_the_ranking_is_tested_on_a_year_that_had_no_say_in_it() -> None:
    found = tables(town(y2023={(2, 2): 20}, y2024={(2, 2): 20}, y2025={(9, 9): 20}))
    ranking = fine(found["hotspot_ranking"], year="2025").iloc[0]
    assert (ranking["tested"], ranking["cells"]) == (2, 5)
    assert ranking["hit_rate"] < 20 / (48 + 19)


def test_a_cell_that_is_full_but_may_be_chance_is_watched_with_what_it_lacks() -> None:
    found = tables(town(y2025={(6, 6): 6}))
    assert found["hotspots"].empty
    watched = fine(found["hotspot_watch"], cell_id=cell(6, 6)).iloc[0]
    assert watched["needed"] > watched["window_count"] > watched["window_expected"]


def test_no_hotspot_and_no_neighbour_of_one_is_watched() -> None:
    found = tables(town(y2025={(7, 7): 14}))
    hot = {each for listed in fine(found["hotspots"])["cells"] for each in listed.split(";")}
    assert not hot & set(found["hotspot_watch"]["cell_id"])
