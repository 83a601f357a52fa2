"""What the attacker of random histories counts as told already, and what he still counts as found out."""

import pandas as pd

from tests.analysis.histories import QUARTERS, TOTAL, YEAR, Cell, History, Moment, Reader, members_of

THE_YEAR, THE_FIRST = ("a", YEAR, TOTAL), ("a", "q1", TOTAL)
BY_QUARTER: dict[Cell, float] = {("a", quarter, TOTAL): 12.0 for quarter in QUARTERS}


def reader_of(*shown: dict[Cell, float], corrected: Cell | None = None) -> Reader:
    """One who has read releases of the same counts, but for one that is one more from the second release on."""
    truth = {("a", quarter, category): 3.0 for quarter in QUARTERS for category in members_of(TOTAL)}
    after = truth if corrected is None else truth | {corrected: 4.0}
    moments = [Moment(truth if not number else after, pd.DataFrame()) for number in range(len(shown))]
    return Reader(History(tuple(moments), {}), shown)


def test_a_year_is_told_by_its_four_quarters_whichever_release_showed_them() -> None:
    first, *others = BY_QUARTER.items()
    assert reader_of(dict([first]), dict(others)).was_told(1, THE_YEAR)


def test_a_year_is_not_told_by_a_quarter_as_it_was_before_a_correction() -> None:
    reader = reader_of(BY_QUARTER, {}, corrected=("a", "q1", "c1"))
    assert reader.was_told(0, THE_YEAR)
    assert not reader.was_told(1, THE_YEAR)


def test_what_is_left_of_a_year_beside_three_quarters_is_found_out_and_not_told() -> None:
    others = {cell: number for cell, number in BY_QUARTER.items() if cell != THE_FIRST}
    reader = reader_of(others | {THE_YEAR: 48.0})
    assert reader.range_of(0, THE_FIRST) == (12.0, 12.0)
    assert not reader.was_told(0, THE_FIRST)
