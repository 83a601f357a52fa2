"""What Om tallene says of each method: an example from the release, and how much counts vary by themselves."""

import re

import pytest

from components.method_examples import NONE, chances_example, ranking_example, spread_example, together_example
from components.methods import METHODS, Method
from components.session import Screen
from data.partnership import Partnership
from data.release import Release
from data.views.nearest import nearest
from data.views.view import View


@pytest.fixture
def police_screen(police: Release, partnership: Partnership) -> Screen:
    return Screen(nearest(View(), police, partnership)[0], police, partnership, ())


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.question)
def test_every_method_has_an_example_in_the_release_or_says_that_there_is_none(
    method: Method, police_screen: Screen
) -> None:
    said = method.example(police_screen)
    # The leadership and the police see every count, so nothing is hidden there.
    assert (said == NONE) == (method.question == "Hvorfor står der »skjules (få hændelser)«?")


def test_how_much_counts_vary_is_told_of_quarters_years_and_windows_of_two_years_with_the_degrees_of_freedom(
    screen: Screen,
) -> None:
    said = spread_example(screen)
    spread = r"\d+,\d gange tilfældets varians \(φ med \d+ frihedsgrader\)"
    title = screen.partnership.first_category.title
    assert re.fullmatch(
        rf"{title} i boligområder: kvartaler har {spread}; hele år har {spread}; "
        rf"de to år før og efter en indsats har {spread}\. \(eksempeldata\)",
        said,
    )


def test_a_criterion_that_waits_for_its_deadline_tells_its_chances(screen: Screen) -> None:
    assert "Ved fristen: nås målet præcis, bliver det kaldt opfyldt i " in chances_example(screen)


def test_areas_taken_together_are_shown_by_a_criterion_on_several(screen: Screen) -> None:
    assert " og " in together_example(screen).split(".")[0]


def test_how_places_are_ranked_is_told_to_those_who_see_cells_alone(screen: Screen, police_screen: Screen) -> None:
    assert "Rækkefølgen er den, der har ramt bedst i tidligere år" in ranking_example(police_screen)
    tables = {name: table for name, table in screen.release.tables.items() if "hotspot" not in name}
    local = Release(screen.release.head, "lokalraad-herlev", tables)
    assert ranking_example(Screen(screen.view, local, screen.partnership, ())) == NONE
