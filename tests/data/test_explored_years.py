"""The years of a reader's own question, as the address may name them."""

import pytest

from data.partnership import Partnership
from data.release import Release
from data.views.board_figures import OtherView
from data.views.explored import (
    EVERY_YEAR,
    as_written,
    beginnings,
    begun_at,
    ended_at,
    ends,
    nearest_years,
    years_of,
)
from data.views.view import View


@pytest.mark.parametrize(
    ("told", "settled"),
    [
        ("", ""),
        (EVERY_YEAR, EVERY_YEAR),
        ("2019-2023", "2019-2023"),
        ("2021-2021", "2021-2021"),
        ("2024K2-2025K1", "2024K2-2025K1"),
        ("2024K3-2024K3", "2024K3-2024K3"),
        ("2019-2023K2", "2019-2023K2"),
        ("2024K3-2024", "2024K3-2024"),
    ],
)
def test_years_there_are_figures_of_stand(shipped: Release, partnership: Partnership, told: str, settled: str) -> None:
    view, notices = nearest_years(View(explore=told), shipped, partnership)
    assert (view.explore, notices) == (settled, ())


@pytest.mark.parametrize(
    "told", ["2023-2019", "1900-2020", "i dag", "2019", "2019-2023-2025", "2024K3-2024K2", "2024K5-2025", "2024K3-2023"]
)
def test_all_others_give_way_to_every_year_and_say_so(shipped: Release, partnership: Partnership, told: str) -> None:
    view, notices = nearest_years(View(explore=told), shipped, partnership)
    assert view.explore == EVERY_YEAR
    assert notices == (f"Årene »{told}« kan ikke vises. Viser alle år i stedet.",)


def test_all_years_by_number_are_written_in_the_short_way(shipped: Release, partnership: Partnership) -> None:
    first, last = years_of(shipped)
    assert first < last
    assert as_written(shipped, str(first), str(last)) == EVERY_YEAR
    view, _ = nearest_years(View(explore=f"{first}-{last}"), shipped, partnership)
    assert view.explore == EVERY_YEAR


def test_where_offences_are_counted_by_year_no_quarter_can_be_asked_for(
    shipped: Release, partnership: Partnership
) -> None:
    by_year = shipped.incidents[shipped.incidents["period"].str.len() == 4]
    yearly = Release(shipped.head, shipped.audience, {**shipped.tables, "incidents": by_year})
    assert all(len(each) == 4 for each in (*beginnings(yearly), *ends(yearly)))
    view, notices = nearest_years(View(explore="2024K2-2025"), yearly, partnership)
    assert view.explore == EVERY_YEAR
    assert notices


@pytest.mark.parametrize(
    ("asked", "begun", "ended", "written"),
    [
        ("2020-2022", "2021K3", "", "2021K3-2022"), ("2020-2022", "2024K3", "", "2024K3-2024"),
        ("2020-2022", "2022K4", "", "2022K4-2022"), ("2020-2022", "", "2021K2", "2020-2021K2"),
        ("2020-2022", "", "2019K2", "2019-2019K2"), ("2020K3-2022", "", "2020K1", "2020-2020K1"),
    ],
)  # fmt: skip
def test_a_time_that_is_turned_round_takes_the_rest_of_its_year(
    asked: str, begun: str, ended: str, written: str, shipped: Release, partnership: Partnership
) -> None:
    context = OtherView(View(explore=asked), shipped, partnership)
    assert (begun_at(context, begun) if begun else ended_at(context, ended)) == written
