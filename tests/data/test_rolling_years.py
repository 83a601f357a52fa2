"""Twelve months beside the twelve before: which periods fill the two windows, and what stands in them."""

import pandas as pd
import pytest

from data.calendar import Period
from data.release.rolling_years import NOW, THEN, rolling_years

Told = tuple[str, str, int | None]


def rows(*told: Told, area: str = "byen", category: str = "12") -> pd.DataFrame:
    frame = pd.DataFrame(told, columns=["year", "cell", "count"])
    frame["cell_id"] = "250m_618" + frame.pop("cell") + "_71600"
    return frame.assign(area_id=area, category=category, households=10, provenance="example", source_id="e").astype(
        {"count": "Int64"}
    )


def every(last: str, many: int, cell: str = "050", count: int = 1) -> list[Told]:
    """So many periods up to a last one, each with some incidents in one cell."""
    return [(Period.parse(last).moved(-back).code, cell, count) for back in range(many)]


def counted(cells: pd.DataFrame) -> dict[tuple[str, str], float]:
    windowed, _ = rolling_years(cells)
    keys = zip(windowed["year"], windowed["cell_id"].str[8:11], strict=True)
    return dict(zip(keys, windowed["count"], strict=True))


@pytest.mark.parametrize(
    ("last", "many", "days"),
    [
        ("2026U10", 104, ("2025-03-10", "2026-03-08", "2024-03-11", "2025-03-09")),
        ("2026M02", 24, ("2025-03-01", "2026-02-28", "2024-03-01", "2025-02-28")),
        ("2026K1", 8, ("2025-04-01", "2026-03-31", "2024-04-01", "2025-03-31")),
        ("2025", 2, ("2025-01-01", "2025-12-31", "2024-01-01", "2024-12-31")),
    ],
)
def test_two_windows_of_twelve_months_end_with_the_newest_period(
    last: str, many: int, days: tuple[str, str, str, str]
) -> None:
    _, windows = rolling_years(rows(*every(last, many)))
    told = windows[["first_day", "last_day", "then_first_day", "then_last_day"]]
    assert list(told.itertuples(index=False, name=None)) == [days]


def test_both_windows_of_weeks_have_as_many_days_also_around_a_week_53() -> None:
    assert counted(rows(*every("2021U20", 104))) == {(THEN, "050"): 52, (NOW, "050"): 52}


def test_the_finest_length_that_fills_both_windows_is_used() -> None:
    cells = pd.concat([rows(*every("2025U52", 103)), rows(*every("2025M12", 24)), rows(*every("2025", 2))])
    assert rolling_years(cells)[1]["span"].tolist() == ["month"]


def test_figures_a_month_fresher_count_for_more_than_finer_ones() -> None:
    cells = pd.concat([rows(*every("2024M12", 24)), rows(*every("2025", 2))])
    assert rolling_years(cells)[1]["span"].tolist() == ["year"]


def test_without_two_years_there_are_no_windows() -> None:
    assert rolling_years(rows(*every("2025M12", 23)))[1].empty


def test_each_municipality_and_category_has_windows_of_its_own() -> None:
    cells = pd.concat(
        [
            rows(*every("2025M12", 24)),
            rows(*every("2025", 2), category="1320"),
            rows(*every("2025", 2, cell="075"), area="naboen"),
        ]
    )
    _, windows = rolling_years(cells)
    assert [tuple(row) for row in windows[["category", "area_id", "span"]].itertuples(index=False)] == [
        ("12", "byen", "month"),
        ("1320", "byen", "year"),
        ("12", "naboen", "year"),
    ]


def test_a_cell_that_is_not_named_in_a_month_had_none_and_one_not_named_in_a_year_is_not_known() -> None:
    months = rows(*every("2025M12", 24), ("2025M03", "075", 2))
    assert counted(months) == {(THEN, "050"): 12, (NOW, "050"): 12, (THEN, "075"): 0, (NOW, "075"): 2}
    years = counted(rows(*every("2025", 2), ("2025", "075", 2)))
    assert (years[NOW, "075"], pd.isna(years[THEN, "075"])) == (2, True)


def test_a_missing_month_makes_its_window_missing_in_that_cell() -> None:
    told = every("2025M12", 24)
    told[3] = (told[3][0], "050", None)
    found = counted(rows(*told))
    assert pd.isna(found[NOW, "050"])
    assert found[THEN, "050"] == 12


def test_a_cell_that_has_changed_municipality_is_counted_once() -> None:
    cells = pd.concat([rows(("2024", "050", 3), area="før"), rows(*every("2024", 1, "075"), *every("2025", 2))])
    assert sum(key[1] == "050" for key in counted(cells)) == 2
