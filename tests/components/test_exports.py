"""The map as a file: everything inside, nothing asked for, words only as words, and no figure that was not shown."""

import re
from dataclasses import replace

import pytest
from shapely.geometry import box

from components.exports.map_file import map_file
from components.map import GeometryLayer, Legend, LegendRow, Style
from components.map.readings import MapReading
from components.pictures import picture
from components.session import Screen
from data.partnership import Partnership
from data.release import Release
from data.views.nearest import nearest
from data.views.view import View

NASTY = "<img src=x onerror=alert(1)>{{ 7*7 }}${8*8}`"
READING = MapReading(
    layer=GeometryLayer("app/static/geo/x-0.json", ("nord", "syd"), ("Nord", NASTY), (12.4, 55.7, 12.5, 55.8), True),
    classes=(1, None),
    styles=(Style.HATCHED, Style.OUTLINED),
    texts=("79,3 pct. føler sig trygge i Nord.", f"vises ikke {NASTY}"),
    legend=Legend("Andel trygge", (LegendRow("#cccccc", "under 80 pct."), LegendRow("#14506e", "80 pct. eller mere"))),
    title="Tryghed i boligområder, 2025",
    sentence="Fra 61 pct. til 86 pct.",
    credit="Kilde: Justitsministeriet. Udgave 2, 23. november 2026.",
    example=True,
    file_name="kort",
)
CREDIT = "Indeholder data fra Nordby Kommune, CC BY 4.0"
OUTLINES = {"nord": box(12.40, 55.72, 12.41, 55.73), "syd": box(12.42, 55.72, 12.46, 55.75)}


@pytest.fixture(scope="module")
def page() -> str:
    return map_file(READING, OUTLINES, {"kommunen": box(12.3, 55.6, 12.5, 55.8)}, CREDIT).decode()


def test_the_file_names_no_other_file(page: str) -> None:
    assert re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=[^>]*>", page) == []
    assert re.findall(r"url\((?!data:|#|\"?#)[^)]*\)", page) == []
    assert "default-src 'none'" in page


def test_leaflet_stands_in_the_file(page: str) -> None:
    assert "L.map(" in page
    assert "leaflet-pane" in page
    assert len(page) > 150_000


def test_the_file_carries_title_sentence_source_release_and_badge(page: str) -> None:
    for text in (READING.title, READING.sentence, READING.credit, CREDIT, "eksempeldata", "80 pct. eller mere"):
        assert text in page


def test_official_figures_get_no_badge() -> None:
    written = map_file(replace(READING, example=False), OUTLINES, {}, "").decode()
    assert "eksempeldata" not in written


def test_the_file_speaks_danish(page: str) -> None:
    assert '<html lang="da">' in page


def test_words_from_data_are_never_markup_or_template(page: str) -> None:
    assert "<img src=x" not in page
    assert "49" not in re.sub(r"<script>.*?</script>|<style>.*?</style>|<[^>]+>", "", page, flags=re.DOTALL)
    assert "${8*8}`" not in page[page.index("</style>") :].split("<details>")[1].split("</details>")[1]


def test_an_outline_without_a_figure_brings_no_words_along(page: str) -> None:
    assert "kommunen" not in page


def test_a_chart_knows_source_release_and_whether_it_is_invented(shipped: Release, partnership: Partnership) -> None:
    from data.views.rows import survey_rows
    from drawings.dots import dots

    screen = Screen(nearest(View(), shipped, partnership)[0], shipped, partnership, ())
    rows = survey_rows(screen, level="housing_area", wave="2025")
    foot = picture(dots, rows, screen, "test_exports").foot
    assert foot.example
    assert "Udgave 2, " in foot.credit
