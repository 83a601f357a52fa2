"""Sets a document as slides (16:9): a sentence as title, charts and maps one can edit, and notes with the sources."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Pt

from data.progress import ProgressCallback, silently
from drawings.palette import LIGHT
from drawings.powerpoint_chart import add_chart
from drawings.powerpoint_shapes import add_map, legend_height
from reports.document import AreaMap, Beside, Block, Box, Document, Line, Lines, Picture, Section, Table, Text
from reports.pdf import TONES
from reports.sections.back import SOURCES

WIDTH, HEIGHT = Emu(12192000), Emu(6858000)
# Emu of a point, and the slide's margins and columns in points.
POINT = 12700
LEFT, TOP, BODY, FOOT = 42.0, 26.0, 98.0, 508.0
ACROSS, DOWN, GAP = 876.0, 400.0, 24.0
MOST_ROWS = 12
# Letters that fit on a slide, and beside a picture.
LONG, BESIDE_PICTURE = 1500, 900
EXAMPLE = "Eksempeldata: opdigtede tal"


def slides(document: Document, told: ProgressCallback = silently, template: Path | None = None) -> bytes:
    """Return the document as a PowerPoint file, on the organisation's template where one is given.

    Raises what `told` raises, between two slides.
    """
    deck = Presentation(str(template)) if template else Presentation()
    if template is None:
        deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title = f"{document.kind}: {document.title}"
    deck.core_properties.author = document.organisation
    deck.core_properties.language = "da-DK"
    scale = deck.slide_width / WIDTH
    _front(deck, document, scale)
    # The list of sources is for paper: on a slide each figure names its own.
    sections = [section for section in document.sections if section.title != SOURCES]
    for index, section in enumerate(sections):
        told(0.1 + 0.85 * index / len(sections), f"Tegner: {section.title or document.kind}")
        for title, blocks in _spread(section):
            _slide(deck, document, title or document.kind, blocks, scale)
    kept = io.BytesIO()
    deck.save(kept)
    told(1.0, "Færdig")
    return kept.getvalue()


# From sections to slides ----------------------------------------------------------------------------------------------


def _spread(section: Section) -> Iterator[tuple[str, list[Block]]]:
    """Each slide's title and blocks: words together, a picture beside what was said before it, a piece of a table."""
    words: list[Block] = []
    for block in _flat(section):
        if isinstance(block, Picture):
            told = [block] if _heard(block, words) else [Text(block.sentence), block]
            if _weight([*words, *told]) > BESIDE_PICTURE:
                yield section.title, words
                words = []
            yield _picture_title(section, block), [*words, *told]
            words = []
        elif isinstance(block, Table):
            for start in range(0, len(block.rows), MOST_ROWS):
                rows = block.rows[start : start + MOST_ROWS]
                yield block.title or section.title, [*words, replace(block, rows=rows)]
                words = []
        else:
            if words and _weight([*words, block]) > LONG:
                yield section.title, words
                words = []
            words = [*words, block]
    if words:
        yield section.title, words


def _picture_title(section: Section, picture: Picture) -> str:
    if section.level == 1 and section.title not in picture.title:
        return f"{section.title}: {picture.title[0].lower()}{picture.title[1:]}"
    return picture.title or section.title


def _heard(picture: Picture, words: list[Block]) -> bool:
    """Whether the picture's sentence has just been said."""
    return any(isinstance(each, Text) and each.text and each.text in picture.sentence for each in words)


def _weight(blocks: list[Block]) -> int:
    """How much there is to read, in letters; a new paragraph counts as a line."""
    lines = [line for block in blocks for line in _plain(block)]
    return sum(len(line) + 50 for line in lines)


def _flat(section: Section) -> Iterator[Block]:
    for block in section.blocks:
        for each in (*block.left, *block.right) if isinstance(block, Beside) else (block,):
            # The methods box is for paper.
            if not isinstance(each, Box):
                yield each


# One slide ------------------------------------------------------------------------------------------------------------


def _front(deck: Any, document: Document, scale: float) -> None:
    slide = _blank(deck, document.title, scale)
    facts = [Text(value, f"{label}:") for label, value in (*document.facts, *document.filters)]
    _words(slide, [Text(document.kind, quiet=True), *facts], LEFT, BODY + 24, ACROSS, scale)
    _foot(slide, document, scale)
    lines = [f"{label}: {value}" for label, value in (*document.facts, *document.filters)]
    slide.notes_slide.notes_text_frame.text = "\n".join([document.title, *lines, document.line])


def _slide(deck: Any, document: Document, title: str, blocks: list[Block], scale: float) -> None:
    slide = _blank(deck, title, scale)
    pictures = [block for block in blocks if isinstance(block, Picture)]
    words = [block for block in blocks if isinstance(block, (Text, Lines))]
    origins = [block.origin.credit for block in blocks if isinstance(block, (Picture, Table)) and block.origin]
    for picture in pictures:
        across = ACROSS * 0.62
        box = tuple(Emu(round(each * POINT * scale)) for each in (LEFT, BODY, across, DOWN))
        notes = _draw(slide, picture, box, scale)
        _words(slide, [*words, *notes, Text(picture.origin.credit, quiet=True)], LEFT + across + GAP, BODY + 8,
               ACROSS - across - GAP, scale)  # fmt: skip
    if not pictures:
        _words(slide, words, LEFT, BODY, ACROSS, scale)
    for block in blocks:
        if isinstance(block, Table):
            _table(slide, block, scale)
    _foot(slide, document, scale)
    lines = [line for block in words for line in _plain(block)]
    slide.notes_slide.notes_text_frame.text = "\n".join([title, *lines, *dict.fromkeys(origins), document.line])


def _draw(slide: Any, picture: Picture, box: tuple[Any, ...], scale: float) -> list[Text]:
    """The picture as a chart or as shapes; gives what has to be read beside it."""
    drawn = picture.drawn
    if isinstance(drawn, AreaMap):
        left, top, wide, high = box
        rows = len(drawn.legend.rows)
        height = high / POINT - legend_height(rows) * scale
        add_map(slide, drawn.drawing(wide / POINT, height), picture.alt, (left, top, wide), scale)
        return []
    if drawn.chart is None:
        return []
    add_chart(slide, drawn.chart, picture.alt, box, scale)
    return [Text(note, quiet=True) for note in drawn.chart.notes]


def _plain(block: Block) -> list[str]:
    if isinstance(block, Lines):
        return [f"{line.mark}: {_joined(line)}" for line in block.lines]
    return [_joined(block)] if isinstance(block, Text) else []


def _joined(text: Text | Line) -> str:
    return f"{text.strong} {text.text}".strip()


def _blank(deck: Any, title: str, scale: float) -> Any:
    """A slide with a title and nothing else, by the template's own layout where it has one."""
    layouts = list(deck.slide_layouts)
    only_title = [
        each for each in layouts if [holder.placeholder_format.type for holder in each.placeholders][:1] and
        sum(holder.placeholder_format.idx < 10 for holder in each.placeholders) == 1
    ]  # fmt: skip
    slide = deck.slides.add_slide((only_title or layouts)[0])
    for holder in list(slide.placeholders):
        if holder.placeholder_format.idx != 0:
            holder.element.getparent().remove(holder.element)
    holder = slide.shapes.title or slide.shapes.add_textbox(0, 0, 1, 1)
    holder.left, holder.top, holder.width, holder.height = (
        Emu(round(each * POINT * scale)) for each in (LEFT, TOP, ACROSS, BODY - TOP - 8)
    )
    frame = holder.text_frame
    frame.word_wrap, frame.vertical_anchor, frame.text = True, MSO_ANCHOR.MIDDLE, title
    frame.margin_left = 0
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold, run.font.color.rgb = Pt(26 if len(title) < 70 else 22), True, _rgb(LIGHT.ink)
    frame.paragraphs[0].alignment = 1
    return slide


def _words(slide: Any, blocks: Sequence[Block], left: float, top: float, width: float, scale: float) -> None:
    box = slide.shapes.add_textbox(*(Emu(round(each * POINT * scale)) for each in (left, top, width, DOWN)))
    frame = box.text_frame
    frame.word_wrap, frame.margin_left = True, 0
    size = 14 if width > ACROSS / 2 else 12
    first = True
    for block in blocks:
        for mark, tone, strong, text, quiet in _runs(block):
            paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
            first = False
            paragraph.space_after = Pt(7)
            for words, bold, colour in ((mark, True, TONES.get(tone, LIGHT.ink)), (strong, True, LIGHT.ink),
                                        (text, False, LIGHT.muted if quiet else LIGHT.ink)):  # fmt: skip
                if words:
                    run = paragraph.add_run()
                    run.text = f"{words} "
                    run.font.size, run.font.bold = Pt(11 if quiet else size), bold
                    run.font.color.rgb = _rgb(colour)


def _runs(block: Block) -> list[tuple[str, str, str, str, bool]]:
    if isinstance(block, Lines):
        return [(f"{line.mark} ·", line.tone, line.strong, line.text, False) for line in block.lines]
    return [("", "", block.strong, block.text, block.quiet)] if isinstance(block, Text) else []


def _table(slide: Any, table: Table, scale: float) -> None:
    box = [Emu(round(each * POINT * scale)) for each in (LEFT, BODY + 4, ACROSS, 22 * (len(table.rows) + 1))]
    shape = slide.shapes.add_table(len(table.rows) + 1, len(table.headings), *box)
    shape.name = table.title or "Tabel"
    grid = shape.table
    for column, part in enumerate(table.wide):
        grid.columns[column].width = Emu(round(box[2] * part / sum(table.wide)))
    for number, row in enumerate((table.headings, *table.rows)):
        for column, words in enumerate(row):
            cell = grid.cell(number, column)
            cell.text = words
            cell.margin_top = cell.margin_bottom = Pt(2)
            cell.fill.solid()
            cell.fill.fore_color.rgb = _rgb(
                LIGHT.primary if number == 0 else LIGHT.paper if number % 2 else LIGHT.surface
            )
            for paragraph in cell.text_frame.paragraphs:
                for run in paragraph.runs:
                    run.font.size, run.font.bold = Pt(10.5), number == 0
                    run.font.color.rgb = _rgb(LIGHT.paper if number == 0 else LIGHT.ink)


def _foot(slide: Any, document: Document, scale: float) -> None:
    """For whom it is, where it comes from, and whether any of it is invented."""
    box = (Emu(round(each * POINT * scale)) for each in (LEFT, FOOT, ACROSS, 24))
    frame = slide.shapes.add_textbox(*box).text_frame
    frame.word_wrap, frame.margin_left = True, 0
    if document.example:
        run = frame.paragraphs[0].add_run()
        run.text, run.font.size, run.font.bold = f"{EXAMPLE} · ", Pt(9), True
        run.font.color.rgb = _rgb(LIGHT.series[4])
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size = document.line, Pt(9)
    run.font.color.rgb = _rgb(LIGHT.muted)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())
