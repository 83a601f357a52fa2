"""No file a local council takes along holds a count it may not see, wherever in the file one looks."""

import html
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pypdf
import pytest
import shapely

from components.first_response import main_of
from components.first_words.page import Reader
from components.initiatives.tabs import TABS
from components.map.picture import map_html
from components.map.readings import perceived
from components.navigation import PAGES, PageEntry
from components.session import Screen
from components.visitor import reading_only
from reports.document import Subject
from reports.formats import FORMATS, Format, make
from tests.reports.conftest import COUNCIL, HIDDEN_COUNTS, World

WORD = "skjules (få hændelser)"
DRAWN = {each.id: each for each in FORMATS if each.id != "kort"}


def contents(file: bytes) -> Iterator[bytes]:
    """Everything in a file that can be read: itself, what is packed in it, and what is packed in that."""
    yield file
    if zipfile.is_zipfile(io.BytesIO(file)):
        with zipfile.ZipFile(io.BytesIO(file)) as packed:
            for name in packed.namelist():
                yield from contents(packed.read(name))
    elif file.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(file))
        for page in reader.pages:
            yield page.extract_text().encode()
        for number in range(1, len(reader.xref[0]) + 1 if 0 in reader.xref else 1):
            found = reader.get_object(number)
            yield str(found).encode()
            if hasattr(found, "get_data"):
                yield found.get_data()
    elif file.startswith(b"SQLite"):
        database = sqlite3.connect(":memory:")
        database.deserialize(file)
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if not table.startswith("rtree"):
                yield repr(list(database.execute(f'SELECT * FROM "{table}"'))).encode()
        database.close()
    elif file.startswith(b"PAR1"):
        yield pd.read_parquet(io.BytesIO(file)).to_csv().encode()


def spellings() -> re.Pattern[bytes]:
    """Each hidden count and each sum of a year, in every way one writes it."""
    councils = [*HIDDEN_COUNTS, *(count + 1000 for count in HIDDEN_COUNTS)]
    years = [sum(HIDDEN_COUNTS[:4]), sum(HIDDEN_COUNTS[4:])]
    years += [sum(count + 1000 for count in HIDDEN_COUNTS[4:]), sum(count + 1000 for count in HIDDEN_COUNTS[:4])]
    ways = [way for count in (*councils, *years) for way in (f"{count}", f"{count:,}", f"{count:,}".replace(",", "."))]
    return re.compile(rf"(?<![\d.,])(?:{'|'.join(map(re.escape, ways))})(?!\d)".encode())


def found_in(file: bytes) -> set[bytes]:
    return {match for part in contents(file) for match in spellings().findall(part)}


@pytest.fixture(scope="module")
def council(world: World) -> Subject:
    return world.take(COUNCIL, areas=("vaerebro-park", "hoeje-gladsaxe"))


def test_the_councils_release_hides_every_one_of_the_counts(council: Subject) -> None:
    rows = council.release.incidents
    assert set(rows.loc[rows["level"] == "housing_area", "state"]) == {"hidden"}


@pytest.mark.parametrize("chosen", DRAWN.values(), ids=DRAWN)
def test_no_file_for_the_council_holds_a_hidden_count(council: Subject, chosen: Format) -> None:
    assert found_in(make(chosen, council, lambda part, doing: None)) == set()


FIRST = [entry for entry in PAGES if entry.shows_view and entry.file not in ("hotspots.py", "meeting.py")]


@pytest.mark.parametrize("entry", FIRST, ids=lambda entry: entry.title)
def test_no_first_response_for_the_council_holds_a_hidden_count(council: Subject, entry: PageEntry) -> None:
    said = main_of(entry, Screen(council.view, council.release, council.partnership, ()), Reader(council.audience))
    assert found_in(said.encode()) == set()


@pytest.mark.parametrize("tab", TABS)
def test_no_tab_of_the_initiatives_holds_a_hidden_count_in_the_first_response(council: Subject, tab: str) -> None:
    entry = next(entry for entry in PAGES if entry.file == "initiatives.py")
    view, who = replace(council.view, tab=tab), reading_only(council.audience)
    said = main_of(entry, Screen(view, council.release, council.partnership, ()), Reader(who))
    assert found_in(said.encode()) == set()


@pytest.mark.parametrize("file", ["trends.py", "area.py"])
def test_the_same_search_finds_the_counts_in_the_leaders_first_response(world: World, file: str) -> None:
    leader = world.take("ledelse", areas=("vaerebro-park",))
    entry = next(entry for entry in PAGES if entry.file == file)
    screen = Screen(leader.view, leader.release, leader.partnership, ())
    assert found_in(main_of(entry, screen, Reader(leader.audience)).encode())


@pytest.mark.parametrize("chosen", ["moedebilag", "slides", "excel", "csv", "json", "parquet", "geopackage"])
def test_the_same_search_finds_the_counts_in_the_leaders_file(world: World, chosen: str) -> None:
    everything = world.take("ledelse", areas=("vaerebro-park", "hoeje-gladsaxe"))
    assert found_in(make(DRAWN[chosen], everything, lambda part, doing: None))


@pytest.mark.parametrize("chosen", ["moedebilag", "slides", "excel"])
def test_a_hidden_count_is_the_word_for_it(council: Subject, chosen: str) -> None:
    file = make(DRAWN[chosen], council, lambda part, doing: None)
    said = b" ".join(contents(file)).decode(errors="ignore")
    assert WORD in re.sub(r"\s+", " ", html.unescape(said))


def test_the_map_as_html_holds_no_hidden_count(council: Subject) -> None:
    screen = Screen(council.view, council.release, council.partnership, ())
    reading = perceived(screen)
    file = map_html(council.release, reading)
    assert "Værebro Park" in file.decode()
    assert found_in(file) == set()


def test_the_council_takes_no_other_municipalitys_housing_areas_along(council: Subject, world: World) -> None:
    everything = world.take("ledelse").release.areas
    strange = everything[~everything["area_id"].isin(council.release.areas["area_id"])]
    assert len(strange) == 5
    outlines = [shapely.from_wkb(each).wkb for each in strange["geometry"]]
    for chosen in DRAWN.values():
        packed = list(contents(make(chosen, council, lambda part, doing: None)))
        said = b"\n".join(packed)
        assert [name for name in strange["name"] if name.encode() in said] == []
        assert not any(outline in said for outline in outlines)
