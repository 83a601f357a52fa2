"""The slides: 16:9, charts and maps that PowerPoint itself draws, notes with the sentence and the source."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches, Pt

from data.views import news
from data.views.board import board
from drawings.words import lines_taken
from reports.document import Subject
from reports.documents import slide_pack
from reports.slides import slides
from tests.reports.conftest import Take

MOST_SLIDES = 20
LEAST = Pt(18)


@pytest.fixture(scope="module")
def subject(take: Take) -> Subject:
    return take("ledelse")


@pytest.fixture(scope="module")
def deck(subject: Subject) -> object:
    return Presentation(io.BytesIO(slides(slide_pack(subject))))


def charts(deck: object) -> list[object]:
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]  # type: ignore[attr-defined]


def test_slides_are_16_to_9(deck: object) -> None:
    assert deck.slide_width * 9 == deck.slide_height * 16  # type: ignore[attr-defined]


def test_the_first_slide_says_the_news_and_every_filter_by_value(deck: object, subject: Subject) -> None:
    first = deck.slides[0]  # type: ignore[attr-defined]
    said = "\n".join(shape.text_frame.text for shape in first.shapes if shape.has_text_frame)
    assert first.shapes.title.text_frame.text == news.headline(subject)
    for value in ("Tryghed i nabolaget", "Boligområder", "Anmeldte forbrydelser i alt", "Lignende områder"):
        assert value in said


def titles(deck: object) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]  # type: ignore[attr-defined]


def test_there_is_one_slide_for_each_municipality_and_few_in_all(deck: object) -> None:
    said = titles(deck)
    for name in ("Herlev", "Ballerup", "Gladsaxe"):
        assert sum(f"føler sig trygge i {name} (" in each for each in said) == 1
    assert len(said) <= MOST_SLIDES


def test_every_title_is_a_finding_and_no_two_are_the_same(deck: object, subject: Subject) -> None:
    said = titles(deck)
    changes = subject.release.changes
    assert any(each in sentence for each in said for sentence in changes["sentence"])
    assert "Siden sidst" not in said
    assert not [each for each in said if each.startswith("Tryghedstavlen")]
    assert len(set(said)) == len(said)


def test_the_meeting_and_the_tasks_have_what_was_agreed_as_their_title(deck: object) -> None:
    said = titles(deck)
    assert "Partnerskabsmøde 4. marts 2026: Grantoften halter efter planen" in said
    assert "Fem åbne opgaver, tre over fristen" in said


def every_shape(shapes: object) -> Iterator[Any]:
    for shape in shapes:  # type: ignore[attr-defined]
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every_shape(shape.shapes)


def frames(shape: Any) -> Iterator[tuple[Any, float, float]]:
    """Each frame of text of a shape with the width and height in points that it has room in."""
    if shape.has_text_frame and shape.text_frame.text.strip():
        yield shape.text_frame, shape.width / Pt(1), shape.height / Pt(1)
    if getattr(shape, "has_table", False) and shape.has_table:
        for row in shape.table.rows:
            for column, cell in zip(shape.table.columns, row.cells, strict=True):
                room = (column.width - cell.margin_left - cell.margin_right) / Pt(1)
                yield cell.text_frame, room, row.height / Pt(1)


DECKS = (
    {},
    {"about": "vaerebro-park", "indicator": "tillid_til_politiet"},
    {"areas": ("grantoften", "vaerebro-park")},
    {"level": "municipality", "reading": "aendring", "beside": "1"},
)


@pytest.fixture(scope="module", params=DECKS, ids=lambda chosen: " ".join(map(str, chosen)) or "everything")
def any_deck(request: pytest.FixtureRequest, take: Take) -> object:
    chosen = dict(request.param)
    about = chosen.pop("about", "")
    areas = chosen.pop("areas", (about,) if about else ())
    shown = replace(take("ledelse", areas=areas, **chosen), about=about)
    return Presentation(io.BytesIO(slides(slide_pack(shown))))


def test_every_word_is_large_enough_for_the_back_of_a_room(any_deck: object) -> None:
    small = [
        (run.text, run.font.size)
        for slide in any_deck.slides  # type: ignore[attr-defined]
        for shape in every_shape(slide.shapes)
        for frame, _, _ in frames(shape)
        for paragraph in frame.paragraphs
        for run in paragraph.runs
        if run.font.size is None or run.font.size < LEAST
    ]
    assert small == []
    for chart in charts(any_deck):
        assert chart.font.size >= LEAST  # type: ignore[attr-defined]
        sizes = [int(size) for size in re.findall(rb'sz="(\d+)"', chart.part.blob)]  # type: ignore[attr-defined]
        assert min(sizes) >= 100 * LEAST.pt


def test_nothing_sticks_out_of_its_slide(any_deck: object) -> None:
    wide, high = any_deck.slide_width, any_deck.slide_height  # type: ignore[attr-defined]
    out = [
        (shape.name, shape.left, shape.top)
        for slide in any_deck.slides  # type: ignore[attr-defined]
        for shape in every_shape(slide.shapes)
        if min(shape.left, shape.top) < 0 or shape.left + shape.width > wide or shape.top + shape.height > high
    ]
    assert out == []


def test_the_words_of_a_slide_have_room_where_they_stand(any_deck: object) -> None:
    cramped = []
    for slide in any_deck.slides:  # type: ignore[attr-defined]
        for shape in every_shape(slide.shapes):
            for frame, width, height in frames(shape):
                if frame.word_wrap is not True:
                    continue
                taken = sum(
                    lines_taken(paragraph.text, width, max(run.font.size.pt for run in paragraph.runs))
                    * max(run.font.size.pt for run in paragraph.runs)
                    * (paragraph.line_spacing or 1)
                    for paragraph in frame.paragraphs
                    if paragraph.runs
                )
                if taken > height + 1:
                    cramped.append((frame.text, round(taken), round(height)))
    assert cramped == []


def test_the_board_on_a_slide_has_years_that_break_and_intervals_as_on_the_screen(
    deck: object, subject: Subject
) -> None:
    pictured = [each for each in deck.slides if any("årene" in shape.name for shape in each.shapes)]  # type: ignore[attr-defined]
    (slide,) = pictured
    shown = board(subject, "")
    names = [shape.name for shape in slide.shapes]
    figures = [
        cell
        for row in shown.rows
        for cell, column in zip(row.cells, shown.columns, strict=True)
        if column.kind in ("share", "rate")
    ]
    breaks = sum(not point.joined for cell in figures if len(cell.spark) > 1 for point in cell.spark[1:])
    assert sum(name.endswith(": brud") for name in names) == breaks > 0
    assert sum(name.endswith("95 pct.-interval") for name in names) == sum(cell.low is not None for cell in figures)
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    said = {row.cells[0].text: row.cells[1].text for row in table.rows}
    assert said["Grantoften"].startswith("61 pct.")
    assert "ikke vist" in said["Lille Birkholm"]
    assert "Mål (status nu): " in slide.notes_slide.notes_text_frame.text


def test_each_decision_has_a_slide_with_its_finding_as_the_title(deck: object) -> None:
    assert "Tryghed i nabolaget i Grantoften: 61 pct., målet er mindst 78 pct." in titles(deck)


def test_a_decision_has_its_figure_beside_the_goal_and_each_option_with_a_reason(deck: object) -> None:
    wanted = "Tryghed i nabolaget i Grantoften: 61 pct., målet er mindst 78 pct."
    (slide,) = [each for each in deck.slides if each.shapes.title.text_frame.text == wanted]  # type: ignore[attr-defined]
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    lines = {series.name: series.values for series in chart.plots[0].series}
    years = list(chart.plots[0].categories)
    assert set(lines["Målet: mindst 78 pct."]) == {78.0}
    assert (years[-1], lines["Tallet"][years.index("2025")], lines["Planen"][-1]) == ("2027", 60.9, 78.0)
    assert lines["Tallet"][years.index("2019")] is None  # another series, for the question was changed
    assert lines["Før bruddet"][years.index("2019")] is not None
    said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert [option for option in ("Fortsæt ·", "Ændr indsatsen ·", "Nyt mål ·", "Afslut ·") if option not in said] == []
    assert "Det siger de ikke." in slide.notes_slide.notes_text_frame.text


def test_no_slide_is_empty_but_for_its_title(any_deck: object) -> None:
    for slide in any_deck.slides:  # type: ignore[attr-defined]
        foot = max(shape.top for shape in slide.shapes)
        assert [shape for shape in slide.shapes if shape.name != "Streg" and slide.shapes.title.top < shape.top < foot]
    assert not [each for each in titles(any_deck) if "intet er aftalt endnu" in each]


def test_the_axis_of_a_chart_is_written_in_the_order_that_powerpoint_asks_for(deck: object) -> None:
    thinned = [each.part.blob for each in charts(deck) if b"tickLblSkip" in each.part.blob]  # type: ignore[attr-defined]
    assert thinned
    for xml in thinned:
        assert xml.index(b"lblOffset") < xml.index(b"tickLblSkip") < xml.index(b"tickMarkSkip")


def test_six_chosen_areas_are_still_few_slides(take: Take) -> None:
    release = take("ledelse").release.areas
    areas = tuple(release.loc[release["level"] == "housing_area", "area_id"][:6])
    made = Presentation(io.BytesIO(slides(slide_pack(take("ledelse", areas=areas)))))
    assert len(made.slides) <= MOST_SLIDES


def test_slides_of_an_area_are_about_it(take: Take) -> None:
    shown = replace(take("ledelse", areas=("hoeje-gladsaxe",)), about="hoeje-gladsaxe")
    made = Presentation(io.BytesIO(slides(slide_pack(shown))))
    said = titles(made)
    assert said[0] == "Høje Gladsaxe: tryghed i nabolaget og anmeldte forbrydelser i alt"
    assert len(said) <= MOST_SLIDES
    words = " ".join(shape.text_frame.text for slide in made.slides for shape in slide.shapes if shape.has_text_frame)
    assert "Tryghed i nabolaget i Høje Gladsaxe over tid" in words


def test_charts_are_native_with_a_workbook_that_says_what_is_not_shown(deck: object) -> None:
    books = [openpyxl.load_workbook(io.BytesIO(each.part.chart_workbook.xlsx_part.blob)) for each in charts(deck)]  # type: ignore[attr-defined]
    rows = [row for book in books for row in book.active.iter_rows(values_only=True)]
    assert len(books) >= 1
    assert ("Lille Birkholm", None, None, None, None, None, "ikke vist (for få svar)") in rows


def test_a_chart_of_changes_stands_around_zero_with_its_figures_beside_the_names(take: Take) -> None:
    shown = take("ledelse", reading="aendring", period="2025")
    (chart, *_) = charts(Presentation(io.BytesIO(slides(slide_pack(shown)))))
    plot = chart.plots[0]  # type: ignore[attr-defined]
    assert plot.categories[-1] == "Værebro Park +13,8"
    assert "ikke vist" in plot.categories[0]
    assert plot.series[0].values[0] is None
    assert chart.value_axis.minimum_scale < 0 < chart.value_axis.maximum_scale  # type: ignore[attr-defined]


def test_a_chart_draws_the_figures_of_its_workbook(deck: object) -> None:
    first = charts(deck)[0]
    shares = dict(zip(first.plots[0].categories, first.plots[0].series[0].values, strict=True))  # type: ignore[attr-defined]
    assert shares["Grantoften"] == 60.9
    assert shares["Lille Birkholm: ikke vist (for få svar)"] is None


def test_a_slide_breaks_the_line_where_the_screen_does_and_says_so(take: Take) -> None:
    shown = replace(take("ledelse", areas=("vaerebro-park",), indicator="tillid_til_politiet"), about="vaerebro-park")
    made = Presentation(io.BytesIO(slides(slide_pack(shown))))
    slide = next(each for each in made.slides if any(shape.has_chart for shape in each.shapes))
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    spans = [
        {wave for wave, value in zip(chart.plots[0].categories, series.values, strict=True) if value is not None}
        for series in chart.plots[0].series
    ]
    assert not [years for years in spans if min(years) < "2020" < max(years)]
    said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "Linjen brydes før 2021: kan ikke sammenlignes med tidligere målinger." in said
    assert "Grå linjer: " in said
    assert b"<c:errBars>" in chart.part.blob


def test_maps_are_shapes_one_can_colour_with_a_text_for_screen_readers(deck: object) -> None:
    maps = [
        shape
        for slide in deck.slides  # type: ignore[attr-defined]
        for shape in slide.shapes
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP
    ]
    assert len(maps) == 4
    assert "Grantoften" in [shape.name for shape in maps[0].shapes]
    assert maps[0]._element.nvGrpSpPr.cNvPr.get("descr").startswith("Kort: Tryghed i nabolaget")


def test_every_slide_has_notes_with_release_and_reader_and_says_that_figures_are_invented(deck: object) -> None:
    for slide in deck.slides:  # type: ignore[attr-defined]
        notes = slide.notes_slide.notes_text_frame.text
        assert "Kun for ledelse" in notes
        assert "Kilde: " in notes
        assert any("Eksempeldata" in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_slides_are_set_on_the_organisations_template(subject: Subject, tmp_path: Path) -> None:
    own = Presentation()
    own.slide_width, own.slide_height = Inches(20), Inches(11.25)
    own.save(str(tmp_path / "vores.pptx"))
    made = Presentation(io.BytesIO(slides(slide_pack(subject), template=tmp_path / "vores.pptx")))
    assert made.slide_width == Inches(20)
    assert all(shape.left + shape.width <= Inches(20.1) for shape in made.slides[2].shapes)
