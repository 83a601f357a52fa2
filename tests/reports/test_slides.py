"""The slides: 16:9, charts and maps that PowerPoint itself draws, notes with the sentence and the source."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches

from data.views import news
from reports.document import Subject
from reports.documents import slide_pack
from reports.slides import slides
from tests.reports.conftest import Take

MOST_SLIDES = 20


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
    assert [sum(each.startswith(name) for each in said) for name in ("Herlev", "Ballerup", "Gladsaxe")] == [1, 1, 1]
    assert "Siden sidst" in said
    assert any(each.startswith("Tryghedstavlen") for each in said)
    assert len(said) <= MOST_SLIDES


def test_each_decision_has_a_slide_with_its_finding_as_the_title(deck: object) -> None:
    assert "Tryghed i nabolaget i Grantoften: 61 pct., målet er mindst 78 pct." in titles(deck)


def test_six_chosen_areas_are_still_few_slides(take: Take) -> None:
    release = take("ledelse").release.areas
    areas = tuple(release.loc[release["level"] == "housing_area", "area_id"][:6])
    made = Presentation(io.BytesIO(slides(slide_pack(take("ledelse", areas=areas)))))
    assert len(made.slides) <= MOST_SLIDES


def test_slides_of_an_area_are_about_it(take: Take) -> None:
    shown = replace(take("ledelse", areas=("hoeje-gladsaxe",)), about="hoeje-gladsaxe")
    said = titles(Presentation(io.BytesIO(slides(slide_pack(shown)))))
    assert said[0] == "Høje Gladsaxe: tryghed i nabolaget og anmeldte forbrydelser i alt"
    assert "Tryghed i nabolaget i Høje Gladsaxe over tid" in said
    assert len(said) <= MOST_SLIDES


def test_charts_are_native_with_a_workbook_that_says_what_is_not_shown(deck: object) -> None:
    books = [openpyxl.load_workbook(io.BytesIO(each.part.chart_workbook.xlsx_part.blob)) for each in charts(deck)]  # type: ignore[attr-defined]
    rows = [row for book in books for row in book.active.iter_rows(values_only=True)]
    assert len(books) >= 1
    assert ("Lille Birkholm", None, None, None, None, None, "ikke vist (for få svar)") in rows


def test_a_chart_draws_the_figures_of_its_workbook(deck: object) -> None:
    first = charts(deck)[0]
    shares = dict(zip(first.plots[0].categories, first.plots[0].series[0].values, strict=True))  # type: ignore[attr-defined]
    assert shares["Grantoften"] == 60.9
    assert shares["Lille Birkholm: ikke vist (for få svar)"] is None


def test_a_slide_breaks_the_line_where_the_screen_does_and_says_so(take: Take) -> None:
    shown = replace(take("ledelse", areas=("vaerebro-park",), indicator="tillid_til_politiet"), about="vaerebro-park")
    made = Presentation(io.BytesIO(slides(slide_pack(shown))))
    (slide,) = [each for each in made.slides if each.shapes.title.text_frame.text.endswith("over tid")]
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    spans = [
        {wave for wave, value in zip(chart.plots[0].categories, series.values, strict=True) if value is not None}
        for series in chart.plots[0].series
    ]
    assert not [years for years in spans if min(years) < "2020" < max(years)]
    said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "Linjen brydes før 2021: kan ikke sammenlignes med tidligere målinger." in said


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
