"""Cells that come by quarter, month or week: read, and added up to the years they cover."""

import datetime as dt

import pandas as pd
import pytest

from data.contracts.definitions import CONTRACTS
from data.contracts.validation import ContractError, check
from data.contracts.values import UnreadableError, period
from data.release.years import yearly

YEAR = next(column for column in CONTRACTS["cells"].columns if column.name == "year")


def rows(*told: tuple[str, str, int | None], households: int | None = None) -> pd.DataFrame:
    frame = pd.DataFrame(told, columns=["year", "cell_id", "count"])
    return frame.assign(
        area_id="byen", category="12", households=households, provenance="example", source_id="e"
    ).astype({"count": "Int64", "households": "Int64"})


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2025", "2025"), ("2025K4", "2025K4"), ("2025M3", "2025M03"), ("2025 M11", "2025M11"),
        ("2025U7", "2025U07"), ("2025W48", "2025U48"), ("uge 48, 2025", "2025U48"), ("2020U53", "2020U53"),
    ],
)  # fmt: skip
def test_a_period_is_read_in_the_forms_people_write(written: str, code: str) -> None:
    assert period(written, YEAR) == code


@pytest.mark.parametrize("written", ["2025U53", "2025U00", "2025M13", "48"])
def test_a_period_that_is_not_in_the_calendar_is_refused(written: str) -> None:
    with pytest.raises(UnreadableError):
        period(written, YEAR)


def test_a_week_that_has_not_begun_is_refused() -> None:
    frame = pd.DataFrame(
        {
            "year": ["2025U48"], "cell_id": ["250m_618125_71925"], "area_id": ["byen"], "category": ["12"],
            "count": ["1"], "households": [""], "provenance": ["example"], "source_id": ["e"],
        }
    )  # fmt: skip
    assert check(frame, "cells", today=dt.date(2025, 11, 24))["year"].tolist() == ["2025U48"]
    with pytest.raises(ContractError):
        check(frame, "cells", today=dt.date(2025, 11, 23))


def test_four_quarters_are_a_year() -> None:
    parts = rows(("2025K1", "a", 1), ("2025K2", "a", 2), ("2025K3", "b", 3), ("2025K4", "a", 4))
    found = yearly(parts, ["cell_id", "category"])
    assert list(found[["year", "cell_id", "count"]].itertuples(index=False, name=None)) == [
        ("2025", "a", 7),
        ("2025", "b", 3),
    ]


def test_three_quarters_are_no_year() -> None:
    assert yearly(rows(("2025K1", "a", 1), ("2025K2", "a", 2), ("2025K3", "a", 3)), ["cell_id", "category"]).empty


def test_a_yearly_figure_stands_whatever_its_weeks_add_up_to() -> None:
    found = yearly(rows(("2025", "a", 9), ("2025U01", "a", 1), ("2025U02", "a", 1)), ["cell_id", "category"])
    assert found["count"].tolist() == [9]


def test_a_missing_quarter_makes_the_year_missing() -> None:
    parts = rows(("2025K1", "a", None), ("2025K2", "a", 2), ("2025K3", "a", 3), ("2025K4", "a", 4))
    assert yearly(parts, ["cell_id", "category"])["count"].isna().all()
