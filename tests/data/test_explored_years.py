"""The years of a reader's own question, as the address may name them."""

import pytest

from data.partnership import Partnership
from data.release import Release
from data.views.explored import EVERY_YEAR, as_written, nearest_years, years_of
from data.views.view import View


@pytest.mark.parametrize(
    ("told", "settled"),
    [("", ""), (EVERY_YEAR, EVERY_YEAR), ("2019-2023", "2019-2023"), ("2021-2021", "2021-2021")],
)
def test_years_there_are_figures_of_stand(shipped: Release, partnership: Partnership, told: str, settled: str) -> None:
    view, notices = nearest_years(View(explore=told), shipped, partnership)
    assert (view.explore, notices) == (settled, ())


@pytest.mark.parametrize("told", ["2023-2019", "1900-2020", "i dag", "2019", "2019-2023-2025"])
def test_all_others_give_way_to_every_year_and_say_so(shipped: Release, partnership: Partnership, told: str) -> None:
    view, notices = nearest_years(View(explore=told), shipped, partnership)
    assert view.explore == EVERY_YEAR
    assert notices == (f"Årene »{told}« kan ikke vises. Viser alle år i stedet.",)


def test_all_years_by_number_are_written_in_the_short_way(shipped: Release, partnership: Partnership) -> None:
    first, last = years_of(shipped)
    assert first < last
    assert as_written(shipped, first, last) == EVERY_YEAR
    view, _ = nearest_years(View(explore=f"{first}-{last}"), shipped, partnership)
    assert view.explore == EVERY_YEAR
