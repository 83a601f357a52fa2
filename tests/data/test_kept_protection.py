"""A municipality's year of protected counts comes back from the shelf as it was, and only while nothing has changed."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis import disclosure
from analysis.disclosure import Cube, Sum
from data.release import protect as protecting
from data.release.kept_protection import as_cube, as_tables
from data.release.protect import protect_incidents
from data.release.shelf import Shelf

AREAS = pd.DataFrame(
    [("herlev", "municipality", ""), ("a", "housing_area", "herlev"), ("b", "housing_area", "herlev")],
    columns=["area_id", "level", "parent_id"],
)
LATTICE = {"area_id": [Sum("herlev", ("a", "b"), complete=False)], "period": [Sum("2024", ("2024K1", "2024K2"))]}


def counts(**rows: list[int]) -> pd.DataFrame:
    """One category's counts of 2023 and 2024, a number for each quarter."""
    periods = [f"{year}K{quarter}" for year in (2023, 2024) for quarter in range(1, 5)]
    return pd.DataFrame(
        [(area, period, "TYV", number) for area, numbers in rows.items()
         for period, number in zip(periods, numbers, strict=True)],
        columns=["area_id", "period", "category", "count"],
    )  # fmt: skip


FIGURES = counts(herlev=[90] * 8, a=[2, 9, 30, 40, 7, 8, 9, 10], b=[6, 1, 9, 9, 9, 9, 3, 9])


def same(one: Cube, other: Cube) -> None:
    assert_frame_equal(one.cells, other.cells)
    np.testing.assert_array_equal(one.parts, other.parts)
    np.testing.assert_array_equal(one.lower, other.lower)
    assert (one.dimensions, one.threshold, len(one.others)) == (other.dimensions, other.threshold, len(other.others))
    for mine, its in zip(one.others, other.others, strict=True):
        same(mine, its)


@given(st.lists(st.integers(0, 9), min_size=4, max_size=4), st.lists(st.integers(0, 9), min_size=4, max_size=4))
@settings(max_examples=25, deadline=None)
def test_a_cube_comes_back_from_its_two_tables(now: list[int], then: list[int]) -> None:
    names = [(area, period) for area in ("a", "b") for period in ("2024K1", "2024K2")]
    cells = pd.DataFrame(names, columns=list(LATTICE)).assign(count=np.array(now, dtype=float))
    earlier = cells.assign(shown=[each if each >= 5 else np.nan for each in then], hidden=[each < 5 for each in then])
    laid_out = disclosure.cube(cells, LATTICE, [earlier.assign(count=np.nan)])
    for each in (laid_out, disclosure.protect(laid_out, 5)):
        same(as_cube(as_tables(each)), each)


@pytest.fixture
def protected_years(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The years that were worked out, in turn."""
    done: list[str] = []
    real = disclosure.protect

    def noting(cube: Cube, threshold: int) -> Cube:
        done.append(min(cube.cells["period"])[:4])
        return real(cube, threshold)

    monkeypatch.setattr(protecting.disclosure, "protect", noting)
    return done


def test_only_the_years_that_have_changed_are_worked_out_again(tmp_path: Path, protected_years: list[str]) -> None:
    shelf = Shelf(tmp_path)
    first = protect_incidents(FIGURES, AREAS, 5, shelf=shelf)
    assert protected_years == ["2023", "2024"]
    again = protect_incidents(FIGURES, AREAS, 5, shelf=shelf)
    assert protected_years == ["2023", "2024"]
    assert_frame_equal(again.cells, first.cells)
    assert_frame_equal(again.audit(exact=True), first.audit(exact=True))
    corrected = FIGURES.assign(count=FIGURES["count"].where(FIGURES["period"] != "2024K4", FIGURES["count"] + 1))
    changed = protect_incidents(corrected, AREAS, 5, shelf=shelf)
    assert protected_years == ["2023", "2024", "2024"]
    assert_frame_equal(changed.cells, protect_incidents(corrected, AREAS, 5).cells)


def test_what_an_earlier_release_told_is_a_part_of_what_it_rests_on(tmp_path: Path, protected_years: list[str]) -> None:
    shelf = Shelf(tmp_path)
    first = protect_incidents(FIGURES, AREAS, 5, shelf=shelf)
    told = first.cells[first.cells["period"].str.startswith("2023")]
    protect_incidents(FIGURES, AREAS, 5, [told], shelf=shelf)
    assert protected_years == ["2023", "2024", "2023"]


@pytest.mark.parametrize("change", [{"threshold": 6}, {"total": "TYV"}])
def test_another_threshold_or_total_is_another_piece(
    change: dict[str, object], tmp_path: Path, protected_years: list[str]
) -> None:
    asked = {"threshold": 5, "total": "TOT"}
    for each in (asked, asked | change):
        protect_incidents(FIGURES, AREAS, shelf=Shelf(tmp_path), **each)  # type: ignore[arg-type]
    assert protected_years == ["2023", "2024"] * 2
