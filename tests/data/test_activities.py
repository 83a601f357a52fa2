"""Activities count right: how often something was done and how many took part are two things."""

import datetime as dt

import pandas as pd

from data.contracts.definitions import CONTRACTS
from data.contracts.validation import check
from data.release.activities import activity_points, times_of

TODAY = dt.date(2026, 3, 4)
CRITERION = {
    "indicator": "tryghedsvandring", "baseline_period": "2025", "deadline": "2026", "provenance": "example",
    "source_id": "eksempeldata",
}  # fmt: skip


def log(**columns: list[object]) -> pd.DataFrame:
    many = len(next(iter(columns.values())))
    return pd.DataFrame({"date": ["2025-03-12"] * many, "kind": ["Tryghedsvandring"] * many} | columns)


def test_the_templates_own_example_is_one_walk_with_24_people() -> None:
    row = {column.heading: [column.example] for column in CONTRACTS["activities"].columns}
    typed = check(pd.DataFrame(row), "activities")
    assert (typed["times"].iloc[0], typed["participants"].iloc[0]) == (1, 24)
    assert activity_points(CRITERION, typed, TODAY)["value"].tolist() == [1.0]


def test_participants_are_not_times() -> None:
    assert times_of(log(times=[None, 3], participants=[24, 60])).tolist() == [1.0, 3.0]


def test_older_files_are_read_as_before() -> None:
    assert times_of(log(count=[2, None])).tolist() == [2.0, 1.0]
    assert times_of(log(count=[24, 24], times=[1, None])).tolist() == [1.0, 24.0]


def test_what_is_counted_from_a_quarter_begins_on_its_first_day() -> None:
    walks = pd.DataFrame({"date": ["2025-06-30", "2025-07-01"], "kind": ["Tryghedsvandring"] * 2})
    points = activity_points(CRITERION | {"baseline_period": "2025K3"}, walks, TODAY)
    assert dict(zip(points["period"], points["value"], strict=True)) == {"2025K3": 1.0}
