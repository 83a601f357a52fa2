"""What stands on a slide: the title, the words, one picture or table, and at the foot for whom and from where it is."""

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from drawings.palette import LIGHT
from drawings.powerpoint_board import SIGNS, add_board
from drawings.powerpoint_chart import LEAST_TYPE, add_chart
from drawings.powerpoint_shapes import POINT, add_map, legend_height, px_of
from drawings.words import lines_taken
from reports.document import AreaMap, Document, Picture, Table
from reports.pdf import TONES
from reports.slide_words import BETWEEN, LEADING, Piece, fitting, height_of
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
GOAL_WIDTH = 404.0 + GAP
"""The same of a goal, beside which each option has its reason."""
CELL_PAD, ROW_PAD = 12.0, 6.0
TITLE, LONG_TITLE, FRONT_TITLE = 26.0, 22.0, 36.0
RULE, EDGE = 3.0, 14.0
"""The line beneath a title, and the band at the left of the first slide."""
FRONT_HEIGHT, HALF = 110.0, 426.0
"""The height of the first slide's title, and the width of each of its columns."""
EXAMPLE = "Eksempeldata"


class Deck:
    """The slides of a document, in points of a 16:9 slide however large the template's slides are."""

    def __init__(self, presentation: Any, document: Document, *, own_look: bool = True) -> None:
        """Take an open presentation, whose slide size says how large everything is.

        `own_look` gives slides our own lines and colours, where no template has its own.
        """
        self._presentation, self._document, self._own_look = presentation, document, own_look
        self._scale = presentation.slide_width / WIDTH
        self._size = max(LEAST_TYPE, LEAST_TYPE * self._scale)

    @property
    def type(self) -> float:
        """The size of the type in the points of the layout: larger where a template's slides are smaller."""
        return self._size / self._scale

    def front(self) -> None:
        """The first slide: the news, and every choice of the view by its value."""
        document = self._document
        slide = self._blank(document.title, front=True)
        below = BODY + FRONT_HEIGHT
        room = BODY_HEIGHT - FRONT_HEIGHT
        columns = ((document.facts, LEFT), (document.filters, LEFT + ACROSS - HALF))
        for shown, left in columns:
            told = [Piece(value, f"{label}:") for label, value in shown]
            self._words(slide, told[: fitting(told, HALF, room, self.type)], left, HALF, below)
        self._foot(slide, ())
        lines = [f"{label}: {value}" for label, value in (*document.facts, *document.filters)]
        self._note(slide, [document.title, *lines, document.line])

    def slide(
        self, title: str, words: Sequence[Piece], drawn: Picture | Table | None, unsaid: Sequence[Piece] = ()
    ) -> None:
        """One slide, with all it says in its notes too, and `unsaid` there alone."""
        slide = self._blank(title)
        origins = [drawn.origin.credit] if drawn is not None and drawn.origin else []
        told = [title, *(piece.said for piece in words)]
        if isinstance(drawn, Picture):
            taken = picture_width(drawn)
            wide = taken - GAP if words else ACROSS
            beside = ACROSS - taken
            self._picture(slide, drawn, wide, BODY_HEIGHT - height_of(words, beside, self.type) - GAP if words else 0)
            self._words(slide, words, LEFT + taken, beside)
        elif drawn is not None:
            self._table(slide, drawn)
            told += [_row_said(drawn.headings, row) for row in drawn.rows]
        else:
            self._words(slide, words, LEFT, ACROSS)
        self._foot(slide, origins)
        said = [piece.said for piece in unsaid]
        self._note(slide, [*told, *said, *dict.fromkeys(origins), self._document.line])

    # Parts ------------------------------------------------------------------------------------------------------------

    def _emu(self, *points: float) -> tuple[Any, ...]:
        return tuple(Emu(round(each * POINT * self._scale)) for each in points)

    def _blank(self, title: str, *, front: bool = False) -> Any:
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
        top, high = (BODY - EDGE, FRONT_HEIGHT) if front else (TOP, TITLE_HEIGHT)
        holder.left, holder.top, holder.width, holder.height = self._emu(LEFT, top, ACROSS, high)
        frame = holder.text_frame
        frame.word_wrap, frame.vertical_anchor, frame.text = True, MSO_ANCHOR.MIDDLE, title
        frame.margin_left = frame.margin_top = frame.margin_bottom = 0
        sizes = (FRONT_TITLE, TITLE) if front else (TITLE, LONG_TITLE)
        large = lines_taken(title, ACROSS, sizes[0]) <= 2
        run = frame.paragraphs[0].runs[0]
        run.font.size = Pt(max(LEAST_TYPE, (sizes[0] if large else sizes[1]) * self._scale))
        run.font.bold, run.font.color.rgb = True, _rgb(LIGHT.primary if front else LIGHT.ink)
        frame.paragraphs[0].alignment, frame.paragraphs[0].line_spacing = 1, 0.95
        if self._own_look:
            high = HEIGHT / POINT
            self._block(slide, *((0, 0, EDGE, high) if front else (LEFT, BODY - 2 * RULE, ACROSS, RULE / 2)))
        return slide

    def _block(self, slide: Any, left: float, top: float, wide: float, high: float) -> None:
        """A block of our own colour: the band of the first slide, the line beneath a title."""
        block = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *self._emu(left, top, wide, high))
        block.name = "Streg"
        style = block._element.find(qn("p:style"))
        if style is not None:
            block._element.remove(style)
        block.fill.solid()
        block.fill.fore_color.rgb = _rgb(LIGHT.primary)
        block.line.fill.background()

    def _picture(self, slide: Any, picture: Picture, wide: float, room_beside: float) -> None:
        """The picture as a chart or as shapes; a map has its legend beside it where `room_beside` holds it."""
        drawn = picture.drawn
        if isinstance(drawn, AreaMap):
            unit = px_of(self.type)
            beside = ACROSS - wide - GAP
            aside = legend_height(drawn.legend, beside, self.type)
            fits = aside <= room_beside
            height = BODY_HEIGHT - (0 if fits else legend_height(drawn.legend, wide, self.type))
            drawing = drawn.drawing(wide / unit, height / unit)
            place = self._emu(LEFT + wide + GAP, BODY + BODY_HEIGHT - aside, beside) if fits else None
            add_map(slide, drawing, picture.alt, self._emu(LEFT, BODY, wide), self._size, place)
        elif drawn.chart is not None:
            add_chart(slide, drawn.chart, picture.alt, self._emu(LEFT, BODY, wide, BODY_HEIGHT), self._size)

    def _words(self, slide: Any, pieces: Sequence[Piece], left: float, width: float, top: float = BODY) -> None:
        if not pieces:
            return
        height = min(height_of(pieces, width, self.type), BODY + BODY_HEIGHT - top)
        frame = slide.shapes.add_textbox(*self._emu(left, top, width, height)).text_frame
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


def picture_width(picture: Picture) -> float:
    """How much of the width a picture takes, with the gap to the words beside it."""
    is_goal = not isinstance(picture.drawn, AreaMap) and picture.drawn.kind == "goal"
    return GOAL_WIDTH if is_goal else PICTURE_WIDTH


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
