"""Every page as each audience sees it, drawn from a database that holds releases and no source figures."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from components.navigation import PAGES, PageEntry, is_for
from components.session import AUDIENCE
from data.intake.next_template import TIMES
from data.partnership import our_partnership
from data.store.schema import source_tables
from tests.copies import copied
from tests.pages.conftest import DrawFrom, seen_by, words

AUDIENCES = our_partnership().audiences
DRAWN = [(audience.id, entry) for audience in AUDIENCES for entry in PAGES if is_for(entry, audience)]
HIDDEN = "skjules (få hændelser)"
# Minutes are no figures: they are read as they were last written, by the rules of the audience.
MINUTES = ("meetings", "decisions", "proposals", "areas")
# Those who write initiatives, criteria and dialogue also read what they have written since the release.
WRITTEN = ("initiatives", "coverage", "criteria", "dialogues", "insecure_places")


def without_figures(database: str, copy: Path, kept: tuple[str, ...]) -> str:
    """The address of a copy of a database that has of the source tables only those kept."""
    address = copied(database, copy)
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        for kind, table in source_tables.items():
            if kind not in kept:
                connection.execute(sa.text(f"DROP TABLE {table.name}"))
    engine.dispose()
    return address


# Where figures are loaded, the template of the next quarter begins from those that were loaded last.
LOADED = tuple(TIMES)


@pytest.fixture(scope="module")
def only_releases(shipped_database: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[tuple[str, ...]], str]:
    """Gives the address of a copy of the shipped database that has of the source tables only those named."""
    folder = tmp_path_factory.mktemp("drawing")
    return cache(lambda kept: without_figures(shipped_database, folder / f"{len(kept)}.db", kept))


@pytest.fixture
def drawing(
    only_releases: Callable[[tuple[str, ...]], str], request: pytest.FixtureRequest, draw_from: DrawFrom
) -> None:
    parameters = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    writers = {audience.id for audience in AUDIENCES if audience.edits}
    written = WRITTEN if parameters.get("audience") in writers else ()
    loaded = LOADED if getattr(parameters.get("entry"), "file", "") == "data.py" else ()
    draw_from(only_releases(MINUTES + written + loaded))


def page(title: str) -> PageEntry:
    return next(entry for entry in PAGES if entry.title == title)


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize(("audience", "entry"), DRAWN, ids=[f"{who}-{entry.file}" for who, entry in DRAWN])
def test_a_page_draws_from_the_release_of_its_audience_alone(audience: str, entry: PageEntry) -> None:
    app = seen_by(audience, entry)
    assert [error.value for error in app.exception] == []
    assert [error.value for error in app.error] == []
    assert app.title


@pytest.mark.usefixtures("drawing")
def test_a_local_council_reads_that_a_count_is_hidden_and_no_number() -> None:
    app = seen_by("lokalraad-herlev", page("Udvikling"), omraade="hjortegaarden", art="1316")
    assert HIDDEN in words(app)


@pytest.mark.usefixtures("drawing")
def test_an_address_of_an_area_one_does_not_see_shows_nothing_of_it() -> None:
    app = seen_by("lokalraad-herlev", PAGES[0], omraade="vaerebro-park")
    assert "Værebro Park" not in words(app)
    assert "kan ikke vises for dig" in words(app)


@pytest.mark.usefixtures("drawing")
def test_om_tallene_explains_what_is_hidden() -> None:
    app = seen_by("lokalraad-herlev", page("Om tallene"))
    assert "Hvorfor står der »skjules (få hændelser)«?" in [expander.label for expander in app.expander]


def test_a_page_that_needs_what_an_audience_lacks_does_not_exist_for_it() -> None:
    files = {audience.id: {entry.file for entry in PAGES if is_for(entry, audience)} for audience in AUDIENCES}
    assert "initiatives.py" in files["lokalraad-herlev"]
    assert "initiatives.py" not in files["offentlig"]
    assert "hotspots.py" in files["politi"] - files["ledelse"] - files["lokalraad-herlev"] - files["offentlig"]


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize("audience", ["ledelse"])
def test_looking_as_another_audience_brings_no_message_of_what_gave_way(audience: str) -> None:
    app = seen_by(audience, PAGES[0])
    app.segmented_control(key="choose_audience").set_value("offentlig").run()
    assert app.session_state[AUDIENCE] == "offentlig"
    assert not [each.value for each in app.info if "i stedet" in each.value]
