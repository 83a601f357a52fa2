"""A release from before an audience or a table came: a plain word of when they come, and never an error."""

import pytest

from components.navigation import PAGES, PageEntry, is_for
from data.partnership import our_partnership
from data.release.tables import LATER
from data.store import Store, open_store
from data.store.schema import documents
from tests.copies import copied
from tests.pages.conftest import DrawFrom, seen, seen_by, words

POLICE_PAGES = [entry for entry in PAGES if is_for(entry, our_partnership().audience("politi"))]


def without(store: Store, audience: str, release: int) -> None:
    """Let a release be as it was published before there was an audience."""
    of_both = (documents.c.audience == audience) & (documents.c.release_id == release)
    with store.engine.begin() as connection:
        connection.execute(documents.delete().where(of_both))


@pytest.fixture(scope="module")
def before_all_tables(shipped_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The shipped data as its first releases would have been: without any table that came later."""
    address = copied(shipped_database, tmp_path_factory.mktemp("older") / "older.db")
    store = open_store(address)
    with store.engine.begin() as connection:
        connection.execute(documents.delete().where(documents.c.name.in_(list(LATER))))
    store.engine.dispose()
    return address


@pytest.mark.parametrize("entry", POLICE_PAGES, ids=lambda entry: entry.title)
def test_a_release_without_the_later_tables_is_drawn_and_says_that_it_is_older(
    entry: PageEntry, before_all_tables: str, draw_from: DrawFrom
) -> None:
    draw_from(before_all_tables)
    app = seen_by("politi", entry)
    assert not app.exception
    assert not app.error
    assert "Udgave 2 er ældre end programmet, så noget på siderne er tomt." in words(app)


@pytest.mark.parametrize(
    ("audience", "way"),
    [("sekretariat", "Udgiv dem på siden Data."), ("politi", "Spørg sekretariatet, hvornår det sker.")],
)
def test_an_audience_that_is_newer_than_the_release_is_told_when_the_figures_come(
    audience: str, way: str, own_store: Store
) -> None:
    without(own_store, audience, 2)
    app = seen_by(audience)
    said = "Udgave 2 er udgivet, før målgruppen kom til, så den rummer ingen tal til den."
    assert [seen(each.value) for each in app.info] == [f"{said} Tallene kommer, næste gang der udgives. {way}"]
    assert not app.error
    assert not app.exception


def test_the_new_audience_can_publish_what_it_is_to_see(own_store: Store) -> None:
    without(own_store, "sekretariat", 2)
    data = next(entry for entry in PAGES if entry.needs_publishing)
    app = seen_by("sekretariat", data)
    assert not app.error
    assert not app.exception
    assert app.title[0].value == "Data"


def test_an_earlier_release_without_the_audience_gives_way_to_the_newest(own_store: Store) -> None:
    without(own_store, "sekretariat", 1)
    app = seen_by("sekretariat", udgave="1")
    assert "før målgruppen kom til, så den rummer ingen tal til den. Viser de nyeste tal i stedet." in words(app)
    assert app.session_state["release_shown"].head.id == 2
