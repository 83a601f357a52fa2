"""The card of a chosen place: whose hours it tells, and that nothing in the message to the secretariat is the place."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest

from components.hotspots.card import WEEK, facts_of
from components.hotspots.week import week_near, week_words
from components.session import Screen
from data.partnership import Partnership
from data.records import records
from data.sentences.places import message_to_secretariat
from data.store import open_store
from data.views.cell_view import nearest_cells
from data.views.nearest import nearest
from data.views.view import View


@pytest.fixture(scope="module")
def screen(shipped_database: str, partnership: Partnership) -> Iterator[Screen]:
    """Violence in 2025 in cells of 250 m, as the police see it."""
    store = open_store(shipped_database)
    release = store.release(audience="politi")
    view, _ = nearest(View(category="12"), release, partnership)
    view, _ = nearest_cells(view, release, partnership)
    yield Screen(view, release, partnership, ())
    store.engine.dispose()


def with_hours(screen: Screen, count: int) -> Screen:
    """The same, where the housing area Grantoften has told of its hours: all of them on Mondays from 20 to 24."""
    hours = screen.release.tables["hours"]
    own = hours[(hours["year"] == "2025") & (hours["category"] == "12") & (hours["area_id"] == "ballerup")]
    late = (own["weekday"] == 1) & (own["band"] == 5)
    own = own.assign(area_id="grantoften", count=late.astype(int) * count)
    tables = {**screen.release.tables, "hours": pd.concat([hours, own], ignore_index=True)}
    return replace(screen, release=replace(screen.release, tables=tables))


def test_hours_are_those_of_the_housing_area_near_where_it_has_told_of_twenty(screen: Screen) -> None:
    assert week_near(with_hours(screen, 20), ("grantoften",)) == (
        "Flest anmeldte voldsforbrydelser i Grantoften i 2025 faldt kl. 20–24: 20 af 20. "
        "Jævnt fordelt ville der være 3,3."
    )
    assert week_near(with_hours(screen, 19), ("grantoften",)) == ""
    assert week_near(screen, ("grantoften",)) == ""


def test_the_card_says_whose_hours_it_tells(screen: Screen) -> None:
    cells = screen.release.tables["cells"]
    cell = records(cells[(cells["area_id"] == "ballerup") & (cells["year"] == "2025") & (cells["category"] == "12")])[0]
    near = {"close_by": "grantoften"}
    own = dict(facts_of(with_hours(screen, 20), cell, near))
    assert own[WEEK].endswith("Det er boligområdets tal, ikke feltets.")
    municipal = dict(facts_of(screen, cell, near))
    assert " i Ballerup i 2025 " in municipal[WEEK]
    assert municipal[WEEK].endswith("Det er kommunens tal, ikke feltets.")


def test_a_housing_areas_hours_are_not_counted_once_more_in_the_sum_of_municipalities(screen: Screen) -> None:
    assert week_words(with_hours(screen, 500)) == week_words(screen)


def test_the_message_to_the_secretariat_names_the_area_and_the_kind_of_offence_alone() -> None:
    assert message_to_secretariat("Grantoften", "Indbrud i beboelser") == (
        "Til sekretariatet: Politiet sætter ind i Grantoften (indbrud i beboelser). Før det i loggen »Det gjorde vi« "
        "på indsatsen dér: dato, hvad der blev gjort, og hvor mange gange."
    )
