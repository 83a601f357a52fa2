"""What may be shown of a table whose totals are shown too: the method's hand cases, and an attack on many cubes."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.disclosure import Cube, Sum, audit, cube, protect
from tests.analysis.attack import Attacker, Cell, too_narrow

CUBES = int(os.environ.get("ATTACKED_CUBES", "100"))
RULE = 4


def table(
    rows: Mapping[str, Sequence[float]], columns: Sequence[str], row_total: str = "I alt", column_total: str = "I alt"
) -> Cube:
    """A table with all its totals."""
    counts = pd.DataFrame(rows, index=list(columns)).T
    counts[row_total] = counts.sum(axis=1)
    counts.loc[column_total] = counts.sum()
    cells = counts.rename_axis("row").reset_index().melt("row", var_name="column", value_name="count")
    lattice = {"row": [Sum(column_total, tuple(rows))], "column": [Sum(row_total, tuple(columns))]}
    return cube(cells, lattice)


def hiding(shown: Cube, *cells: tuple[str, str]) -> Cube:
    """The table with just these cells hidden."""
    frame = shown.cells.copy()
    chosen = pd.MultiIndex.from_frame(frame[["row", "column"]]).isin(cells)
    frame.loc[chosen, ["state", "reason"]] = ["hidden", "primary"]
    return replace(shown, cells=frame, threshold=RULE + 1)


def line(counts: Mapping[str, float], **flags: Iterable[str]) -> Cube:
    """One row of counts with its total, and the names whose flag is set."""
    numbers = dict(counts) | {"I alt": sum(counts.values())}
    cells = pd.DataFrame({"name": numbers.keys(), "count": numbers.values()})
    return cube(
        cells.assign(**{flag: cells["name"].isin(list(names)) for flag, names in flags.items()}),
        {"name": [Sum("I alt", tuple(counts))]},
    )


def states(done: Cube) -> dict[str, str]:
    return dict(zip(done.cells["name"], done.cells["state"], strict=True))


def limits(audited: pd.DataFrame) -> dict[Cell, tuple[float, float]]:
    return {
        (row.row, row.column): (pytest.approx(row.low), pytest.approx(row.high)) for row in audited.itertuples()
    }  # fmt: skip


# The method's own cases -------------------------------------------------------------------------------------------


def test_rows_and_columns_narrow_a_hidden_cell_without_telling_it() -> None:
    shown = table({"1": [5, 2], "2": [1, 2], "3": [3, 3]}, ["a", "b"])
    hidden = hiding(shown, ("1", "a"), ("1", "b"), ("2", "a"), ("2", "b"))
    assert limits(audit(hidden))["1", "a"] == (3, 6)


def test_four_hidden_cells_in_a_rectangle_keep_the_range_that_the_totals_leave() -> None:
    shown = table({"I": [20, 50, 10], "II": [8, 19, 22], "III": [17, 32, 12]}, ["A", "B", "C"])
    found = audit(hiding(shown, ("II", "A"), ("II", "C"), ("III", "A"), ("III", "C")))
    assert limits(found)["II", "C"] == (5, 30)


def test_one_hidden_cell_in_a_table_with_totals_is_told_exactly_and_not_safe() -> None:
    shown = table({"I": [20, 50, 10], "II": [8, 19, 22], "III": [17, 32, 12]}, ["A", "B", "C"])
    found = audit(hiding(shown, ("II", "C")))
    assert (limits(found), list(found["safe"])) == ({("II", "C"): (22, 22)}, [False])


def test_two_groups_that_differ_by_a_small_area_are_never_both_shown() -> None:
    counts = {"A": 20, "B": 14, "C": 10, "D": 10, "E": 3, "A–D": 54, "A–E": 57}
    cells = pd.DataFrame({"area": counts.keys(), "count": counts.values()})
    lattice = {"area": [Sum("A–D", ("A", "B", "C", "D")), Sum("A–E", ("A", "B", "C", "D", "E"))]}
    done = protect(cube(cells, lattice))
    shown = set(done.cells.loc[done.cells["state"] == "published", "area"])
    assert not {"A–D", "A–E"} <= shown
    assert audit(done)["safe"].all()


def test_two_ones_side_by_side_need_a_third_cell_hidden() -> None:
    done = protect(line({"a": 1, "b": 1, "c": 30, "d": 40}))
    assert states(done) == {"a": "hidden", "b": "hidden", "c": "hidden", "d": "published", "I alt": "published"}


# The rules --------------------------------------------------------------------------------------------------------


def test_counts_of_one_to_four_are_hidden_and_nought_and_five_are_shown() -> None:
    counts = {f"{number}": number for number in range(6)}
    done = protect(cube(pd.DataFrame({"name": counts.keys(), "count": counts.values()}), {"name": []}))
    assert states(done) == {name: "hidden" if 1 <= int(name) <= 4 else "published" for name in counts}


def test_a_lone_small_count_takes_another_with_it_rather_than_the_total() -> None:
    done = protect(line({"a": 3, "b": 9, "c": 30}))
    assert states(done) == {"a": "hidden", "b": "hidden", "c": "published", "I alt": "published"}


def test_a_threshold_of_nought_hides_nothing() -> None:
    assert set(states(protect(line({"a": 1, "b": 2}), threshold=0)).values()) == {"published"}


def test_the_small_remainder_of_an_open_total_is_protected_like_a_count() -> None:
    cells = pd.DataFrame({"name": ["a", "b", "I alt"], "count": [10, 20, 33], "public": [False, False, True]})
    done = protect(cube(cells, {"name": [Sum("I alt", ("a", "b"), complete=False)]}))
    assert states(done)["a"] == "hidden"
    assert audit(done)["safe"].all()


def test_what_is_public_stays_and_what_it_gives_away_is_not_held_against_us() -> None:
    cells = pd.DataFrame({"name": ["a", "b", "I alt"], "count": [1, 0, 3], "public": [False, False, True]})
    found = audit(protect(cube(cells, {"name": [Sum("I alt", ("a", "b"), complete=False)]})))
    row = found.set_index("name").loc["a"]
    assert (row["low"], row["high"], row["wanted"], row["safe"]) == (0, 3, 3, True)


def test_once_hidden_always_hidden() -> None:
    done = protect(line({"a": 50, "b": 60, "c": 70}, withheld=["a"]))
    assert states(done)["a"] == "hidden"
    assert audit(done)["safe"].all()


def test_what_an_earlier_release_told_counts_as_known() -> None:
    done = protect(line({"a": 2, "b": 9, "c": 30, "d": 40}, told=["c", "d"]))
    assert states(done) == {"a": "hidden", "b": "hidden", "c": "published", "d": "published", "I alt": "published"}
    before = protect(line({"a": 2, "b": 9, "c": 30, "d": 40}, told=["b", "c", "d"]))
    assert states(before)["I alt"] == "hidden"


def test_a_count_not_reported_is_missing_and_protects_nobody() -> None:
    cells = pd.DataFrame({"name": ["a", "b", "c", "I alt"], "count": [3, np.nan, 20, np.nan]})
    done = protect(cube(cells, {"name": [Sum("I alt", ("a", "b", "c"))]}))
    assert states(done) == {"a": "hidden", "b": "missing", "c": "published", "I alt": "missing"}


def test_areas_larger_than_their_municipality_are_no_reason_to_fail() -> None:
    cells = pd.DataFrame({"name": ["a", "b", "I alt"], "count": [3, 9, 10], "public": [False, False, True]})
    done = protect(cube(cells, {"name": [Sum("I alt", ("a", "b"), complete=False)]}))
    assert states(done)["a"] == "hidden"


def test_counts_of_millions_are_protected_like_small_ones() -> None:
    done = protect(line({"a": 3, "b": 1_400_000, "c": 2_000_000}))
    assert states(done) == {"a": "hidden", "b": "hidden", "c": "published", "I alt": "published"}
    assert audit(done)["safe"].all()


def test_what_nothing_limits_has_no_limit_however_large_its_neighbours_are() -> None:
    cells = pd.DataFrame({"name": ["a", "b"], "count": [3, 5_000_000]})
    found = audit(protect(cube(cells, {"name": []}))).set_index("name")
    assert (found.at["a", "low"], found.at["a", "high"]) == (0, np.inf)


def test_a_quick_audit_never_calls_a_range_wider_than_it_is() -> None:
    done = protect(random_cube(np.random.default_rng(7))[0])
    quick, exact = audit(done, enough=RULE), audit(done)
    assert ((quick["low"] >= exact["low"] - 1e-6) & (quick["high"] <= exact["high"] + 1e-6)).all()


def test_a_cell_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        cube(pd.DataFrame({"name": ["a", "a"], "count": [1, 2]}), {"name": []})


def test_a_total_that_is_part_of_itself_is_refused() -> None:
    cells = pd.DataFrame({"name": ["a", "b"], "count": [1, 2]})
    with pytest.raises(ValueError, match="part of itself"):
        cube(cells, {"name": [Sum("a", ("b",)), Sum("b", ("a",))]})


# The attack -------------------------------------------------------------------------------------------------------

Released = dict[Cell, float]


def random_cube(random: np.random.Generator) -> tuple[Cube, list[list[Sum]]]:
    """Areas that do not fill their municipality, quarters of a year, and categories that do not fill the total."""
    areas = [f"a{number}" for number in range(random.integers(2, 4))]
    quarters = [f"q{number}" for number in range(random.integers(2, 4))]
    categories = [f"c{number}" for number in range(random.integers(1, 3))]
    shape = (len(areas) + 1, len(quarters), len(categories) + 1)
    atoms = random.poisson(random.choice([0.7, 2.0, 6.0, 25.0], size=shape))
    full = np.concatenate([atoms[:-1], atoms.sum(axis=0, keepdims=True)])
    full = np.concatenate([full, full.sum(axis=1, keepdims=True)], axis=1)
    full = np.concatenate([full[:, :, :-1], full.sum(axis=2, keepdims=True)], axis=2)
    names = [[*areas, "kommune"], [*quarters, "år"], [*categories, "TOT"]]
    index = pd.MultiIndex.from_product(names, names=["area", "period", "category"])
    cells = pd.DataFrame({"count": full.reshape(-1)}, index=index).reset_index()
    cells["public"] = cells["area"] == "kommune"
    sums = [
        [Sum("kommune", tuple(areas), complete=False)],
        [Sum("år", tuple(quarters))],
        [Sum("TOT", tuple(categories), complete=False)],
    ]
    return cube(cells, dict(zip(index.names, sums, strict=True))), sums


def released(done: Cube, *, public_only: bool = False) -> Released:
    """What an attacker reads: the number of every cell shown, NaN for the others."""
    asked = done.cells[done.cells["asked"]]
    seen = asked["public"] if public_only else asked["state"] == "published"
    return dict(
        zip(zip(*(asked[name] for name in done.dimensions), strict=True), asked["count"].where(seen), strict=True)
    )


def hidden_cells(done: Cube) -> list[Cell]:
    return [cell for cell, number in released(done).items() if np.isnan(number)]


@pytest.mark.parametrize("seed", range(CUBES))
def test_an_attacker_never_narrows_a_hidden_cell_of_a_random_cube(seed: int) -> None:
    start, sums = random_cube(np.random.default_rng((6, seed)))
    done = protect(start)
    everything = Attacker(released(done), sums)
    assert too_narrow(hidden_cells(done), everything, everything.knowing(released(done, public_only=True)), RULE) == {}


def test_a_second_release_gives_the_first_away_no_more_than_it_was() -> None:
    for seed in range(10):
        random = np.random.default_rng((66, seed))
        start, sums = random_cube(random)
        year = start.cells["period"].isin(["år", "q1"])
        early = start.cells[start.cells["asked"] & ~year]
        first = protect(cube(early[[*start.dimensions, "count", "public"]], _without_year(sums)))
        asked = start.cells[start.cells["asked"]].drop(columns=["told", "withheld", "state", "reason"])
        told = [cell for cell, number in released(first).items() if not np.isnan(number)]
        keys = pd.MultiIndex.from_frame(asked[list(start.dimensions)])
        asked = asked.assign(told=keys.isin(told), withheld=keys.isin(hidden_cells(first)))
        second = protect(cube(asked, dict(zip(start.dimensions, sums, strict=True))))
        known = {cell: number for cell, number in released(first).items() if not np.isnan(number)}
        both = released(second) | known
        assert set(hidden_cells(first)) <= set(hidden_cells(second))
        public = released(second, public_only=True) | known
        assert too_narrow(hidden_cells(second), Attacker(both, sums), Attacker(public, sums), RULE) == {}


def _without_year(sums: list[list[Sum]]) -> dict[str, list[Sum]]:
    return {"area": sums[0], "period": [], "category": sums[2]}


def test_pairs_and_triples_of_allowed_views_keep_every_hidden_cell_wide() -> None:
    done, sums = random_cube(np.random.default_rng(2013))
    done = protect(done)
    numbers, hidden = released(done), hidden_cells(done)
    public = Attacker(released(done, public_only=True), sums)
    random = np.random.default_rng(5)
    narrow: dict[Cell, tuple[float, float]] = {}
    for _ in range(1000):
        # A view is one area, or one period, or one category of all the table.
        cuts = [(axis, random.choice(sorted({cell[axis] for cell in numbers}))) for axis in random.integers(0, 3, 3)]
        cuts = cuts[: random.integers(2, 4)]
        seen = {
            cell: number if any(cell[axis] == name for axis, name in cuts) else np.nan
            for cell, number in numbers.items()
        }
        target = hidden[int(random.integers(len(hidden)))]
        narrow |= too_narrow([target], public.knowing(seen), public, RULE)
    assert narrow == {}
