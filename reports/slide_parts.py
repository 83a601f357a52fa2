"""What stands on a slide: the title, the words, one picture or table, and at the foot for whom and from where it is."""

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Pt

from drawings.palette import LIGHT
from drawings.powerpoint_board import SIGNS, add_board
from drawings.powerpoint_chart import LEAST_TYPE, add_chart
from drawings.powerpoint_shapes import POINT, add_map, legend_height, px_of
from drawings.words import lines_taken
from reports.document import AreaMap, Document, Picture, Table
from reports.pdf import TONES
from reports.slide_words import BETWEEN, LEADING, Piece, fitting
from reports.stamp import EXAMPLE as STAMPED

WIDTH, HEIGHT = Emu(12192000), Emu(6858000)
# Points of a slide of that size: its margins, its title, its body and its foot of two lines.
LEFT, ACROSS = 42.0, 876.0
TOP, TITLE_HEIGHT = 16.0, 62.0
BODY, BODY_HEIGHT = 84.0, 400.0
FOOT, FOOT_HEIGHT = 488.0, 46.0
GAP = 24.0
PICTURE_WIDTH = 500.0 + GAP
"""How much of the width a picture takes, with the gap to the words beside it."""
CELL_PAD, ROW_PAD = 12.0, 6.0
TITLE, LONG_TITLE = 26.0, 22.0
EXAMPLE = "Eksempeldata"


class Deck:
    """The slides of a document, in points of a 16:9 slide however large the template's slides are."""

    def __init__(self, presentation: Any, document: Document) -> None:
        """Take an open presentation, whose slide size says how large everything is."""
        self._presentation, self._document = presentation, document
        self._scale = presentation.slide_width / WIDTH
        self._size = max(LEAST_TYPE, LEAST_TYPE * self._scale)

    @property
    def type(self) -> float:
        """The size of the type in the points of the layout: larger where a template's slides are smaller."""
        return self._size / self._scale

    def front(self) -> None:
        """The first slide: the news, and every choice of the view by its value."""
        document = self._document
        slide = self._blank(document.title)
        facts = [Piece(value, f"{label}:") for label, value in (*document.facts, *document.filters)]
        told = [Piece(document.kind, quiet=True), *facts]
        self._words(slide, told[: fitting(told, ACROSS, BODY_HEIGHT, self.type)], LEFT, ACROSS)
        self._foot(slide, ())
        lines = [f"{label}: {value}" for label, value in (*document.facts, *document.filters)]
        self._note(slide, [document.title, *lines, document.line])

    def slide(self, title: str, words: Sequence[Piece], drawn: Picture | Table | None) -> None:
        """One slide, with all it says in its notes too."""
        slide = self._blank(title)
        origins = [drawn.origin.credit] if drawn is not None and drawn.origin else []
        told = [title, *(piece.said for piece in words)]
        if isinstance(drawn, Picture):
            wide = PICTURE_WIDTH - GAP if words else ACROSS
            self._picture(slide, drawn, wide)
            self._words(slide, words, LEFT + PICTURE_WIDTH, ACROSS - PICTURE_WIDTH)
        elif drawn is not None:
            self._table(slide, drawn)
            told += [_row_said(drawn.headings, row) for row in drawn.rows]
        else:
            self._words(slide, words, LEFT, ACROSS)
        self._foot(slide, origins)
        self._note(slide, [*told, *dict.fromkeys(origins), self._document.line])

    # Parts ------------------------------------------------------------------------------------------------------------

    def _emu(self, *points: float) -> tuple[Any, ...]:
        return tuple(Emu(round(each * POINT * self._scale)) for each in points)

    def _blank(self, title: str) -> Any:
        """A slide with a title and nothing else, by the template's own layout where it has one."""
        layouts = list(self._presentation.slide_layouts)
        only_title = [
            each for each in layouts if [holder.placeholder_format.type for holder in each.placeholders][:1] and
            sum(holder.placeholder_format.idx < 10 for holder in each.placeholders) == 1
        ]  # fmt: skip
        slide = self._presentation.slides.add_slide((only_title or layouts)[0])
        for holder in list(slide.placeholders):
            if holder.placeholder_format.idx != 0:
                holder.element.getparent().remove(holder.element)
        holder = slide.shapes.title or slide.shapes.add_textbox(0, 0, 1, 1)
        holder.left, holder.top, holder.width, holder.height = self._emu(LEFT, TOP, ACROSS, TITLE_HEIGHT)
        frame = holder.text_frame
        frame.word_wrap, frame.vertical_anchor, frame.text = True, MSO_ANCHOR.MIDDLE, title
        frame.margin_left = frame.margin_top = frame.margin_bottom = 0
        large = lines_taken(title, ACROSS, TITLE) <= 2
        run = frame.paragraphs[0].runs[0]
        run.font.size = Pt(max(LEAST_TYPE, (TITLE if large else LONG_TITLE) * self._scale))
        run.font.bold, run.font.color.rgb = True, _rgb(LIGHT.ink)
        frame.paragraphs[0].alignment, frame.paragraphs[0].line_spacing = 1, 0.95
        return slide

    def _picture(self, slide: Any, picture: Picture, wide: float) -> None:
        """The picture as a chart or as shapes."""
        drawn = picture.drawn
        if isinstance(drawn, AreaMap):
            unit = px_of(self.type)
            height = BODY_HEIGHT - legend_height(drawn.legend, wide, self.type)
            drawing = drawn.drawing(wide / unit, height / unit)
            add_map(slide, drawing, picture.alt, self._emu(LEFT, BODY, wide), self._size)
        elif drawn.chart is not None:
            add_chart(slide, drawn.chart, picture.alt, self._emu(LEFT, BODY, wide, BODY_HEIGHT), self._size)

    def _words(self, slide: Any, pieces: Sequence[Piece], left: float, width: float) -> None:
        if not pieces:
            return
        frame = slide.shapes.add_textbox(*self._emu(left, BODY, width, BODY_HEIGHT)).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for index, piece in enumerate(pieces):
            paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(BETWEEN * self._scale)
            mark = f"{piece.mark} ·" if piece.mark else ""
            for words, bold, colour in ((mark, True, TONES.get(piece.tone, LIGHT.ink)), (piece.strong, True, LIGHT.ink),
                                        (piece.text, False, LIGHT.muted if piece.quiet else LIGHT.ink)):  # fmt: skip
                if words:
                    self._run(paragraph, f"{words} ", bold, colour)

    def _table(self, slide: Any, table: Table) -> None:
        if table.board is not None:
            box = (LEFT, BODY, ACROSS, BODY_HEIGHT - self.type * LEADING)
            scaled = tuple(each * self._scale for each in box)
            add_board(slide, table.title, table.board.columns, table.board.rows, scaled, self._size)
            below = slide.shapes.add_textbox(*self._emu(LEFT, BODY + box[3], ACROSS, self.type * LEADING)).text_frame
            below.margin_left = below.margin_right = below.margin_top = below.margin_bottom = 0
            below.word_wrap = True
            self._run(below.paragraphs[0], SIGNS, False, LIGHT.muted)
            return
        heights = row_heights(table, self.type)
        box = self._emu(LEFT, BODY, ACROSS, sum(heights))
        shape = slide.shapes.add_table(len(table.rows) + 1, len(table.headings), *box)
        shape.name = table.title or "Tabel"
        grid = shape.table
        for column, part in enumerate(table.wide):
            grid.columns[column].width = Emu(round(box[2] * part / sum(table.wide)))
        for number, row in enumerate((table.headings, *table.rows)):
            grid.rows[number].height = self._emu(heights[number])[0]
            for column, words in enumerate(row):
                cell = grid.cell(number, column)
                cell.text_frame.word_wrap = True
                cell.margin_left = cell.margin_right = Pt(CELL_PAD / 2 * self._scale)
                cell.margin_top = cell.margin_bottom = Pt(ROW_PAD / 2)
                cell.fill.solid()
                cell.fill.fore_color.rgb = _rgb(
                    LIGHT.primary if number == 0 else LIGHT.paper if number % 2 else LIGHT.surface
                )
                self._run(cell.text_frame.paragraphs[0], words, number == 0, LIGHT.paper if number == 0 else LIGHT.ink)

    def _foot(self, slide: Any, origins: Sequence[str]) -> None:
        """For whom it is, where it comes from, and whether any of it is invented; the whole of it is in the notes."""
        document = self._document
        general = document.line.removeprefix(f"{document.restricted} · ").removeprefix(f"{STAMPED} · ")
        credit = " ".join(dict.fromkeys(origins)) or general
        badge = f"{EXAMPLE} · " if document.example else ""
        told = f"{document.restricted} · {credit}"
        if lines_taken(badge + told, ACROSS, self.type) > 2:
            told = f"{document.restricted} · Kilderne står i noterne. {general[general.rfind('Udgave') :]}"
        frame = slide.shapes.add_textbox(*self._emu(LEFT, FOOT, ACROSS, FOOT_HEIGHT)).text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.BOTTOM
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        if badge:
            self._run(frame.paragraphs[0], badge, True, LIGHT.series[4])
        self._run(frame.paragraphs[0], told, False, LIGHT.muted)

    def _run(self, paragraph: Any, words: str, bold: bool, colour: str) -> None:
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = words, Pt(self._size), bold
        run.font.color.rgb = _rgb(colour)

    def _note(self, slide: Any, lines: Sequence[str]) -> None:
        slide.notes_slide.notes_text_frame.text = "\n".join(lines)


def row_heights(table: Table, size: float) -> list[float]:
    """The points that the headings and each row of a table take, of type of `size` points."""
    wides = [ACROSS * part / sum(table.wide) - CELL_PAD for part in table.wide]
    return [
        max(lines_taken(words, wide, size) for words, wide in zip(row, wides, strict=True)) * size * LEADING + ROW_PAD
        for row in (table.headings, *table.rows)
    ]


def _row_said(headings: Sequence[str], row: Sequence[str]) -> str:
    return "; ".join(f"{heading}: {words}" for heading, words in zip(headings, row, strict=True))


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())
