"""The nouns of what is taken along: what it is about, and a document's parts, which paper and slides both draw from."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from data.partnership import Audience, Partnership
from data.release import Release
from data.views.board_model import Board
from data.views.map_words import MapWords
from data.views.minutes import Minutes
from data.views.view import View
from drawings.area_map import area_map, legend
from drawings.model import Drawing, Legend

# What a plot and a row of dots are high in px where a page is to hold several pictures.
PAPER_PLOT, PAPER_ROW = 150.0, 27.0


@dataclass(frozen=True)
class Subject:
    """What one takes along: a view of a release, what is agreed (None: not for this reader), and on which day.

    `about` is the one area that the page shows, "" where it shows them all. `methods` are the questions and answers
    of the methods box. `minutes` are what this audience may read.
    """

    view: View
    release: Release
    partnership: Partnership
    minutes: Minutes | None
    today: dt.date
    methods: tuple[tuple[str, str], ...] = ()
    about: str = ""

    @property
    def audience(self) -> Audience:
        """Who may read it."""
        return self.partnership.audience(self.release.audience)


# Pictures -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Origin:
    """Where the figures of a picture or table come from, in words, and whether some are invented."""

    credit: str
    example: bool


@dataclass(frozen=True)
class AreaMap:
    """Areas in the classes of a map. `shapes` and `ground` are outlines in EPSG:25832 by area_id.

    `names` holds the name of every area in either, `focus` the areas of either that fill the map.
    """

    words: MapWords
    shapes: Mapping[str, BaseGeometry]
    ground: Mapping[str, BaseGeometry]
    names: Mapping[str, str]
    focus: tuple[str, ...]

    @property
    def legend(self) -> Legend:
        """What its colours mean."""
        return legend(self.words, self.shapes, self.ground)

    def drawing(self, width: float, height: float) -> Drawing:
        """The map in a frame of px."""
        return area_map(self.words, self.shapes, self.ground, self.names, self.focus, width=width, height=height)


@dataclass(frozen=True)
class Picture:
    """A drawing with its heading, the sentence that says what it shows (also its alt text) and its origin."""

    title: str
    sentence: str
    drawn: Drawing | AreaMap
    origin: Origin

    @property
    def alt(self) -> str:
        """What one hears instead of the picture."""
        if isinstance(self.drawn, AreaMap):
            return f"Kort: {self.drawn.words.title}. {self.sentence}"
        return f"Diagram: {self.sentence}"


# Text and tables ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """A paragraph; `strong` opens it in bold."""

    text: str
    strong: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Line:
    """A sentence under a mark: a word and its tone ("better", "worse", "neutral", "late")."""

    mark: str
    tone: str
    text: str
    strong: str = ""


@dataclass(frozen=True)
class Lines:
    """Sentences under each other; `apart` is whether each is an entry of its own under its strong words."""

    lines: tuple[Line, ...]
    apart: bool = False


@dataclass(frozen=True)
class Table:
    """Figures as words. `wide` are the relative widths of the columns.

    A table of `board` has the board's pictures where there is room for them: the same cells in the same order.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: tuple[float, ...]
    origin: Origin | None = None
    board: Board | None = None


@dataclass(frozen=True)
class Box:
    """A framed text: a heading, and paragraphs that each open in bold."""

    title: str
    paragraphs: tuple[Text, ...]


Block = Picture | Text | Lines | Table | Box


@dataclass(frozen=True)
class Beside:
    """Two columns; `ratio` is the width of the left one over that of the right one."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    ratio: float = 1.0


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; `level` 1 begins a page, 2 and 3 go on where there is room.

    `one_page`: it is set a little smaller where that keeps it on one page. `finding` is what a slide of it has for a
    title, without full stop; "" where the first thing it says is that.
    """

    title: str
    blocks: tuple[Block | Beside, ...]
    level: int = 1
    finding: str = ""
    one_page: bool = False


@dataclass(frozen=True)
class Document:
    """A document for paper and slides.

    `kind` says what it is ("Mødebilag"), `title` is its news in a sentence, `facts` are labels with their values (date,
    release, audience …) and `filters` the choices of the view by value. `restricted` says for whom it is, `line` is its
    foot, and `example` whether any of it is invented. `fits_a_page` sets it as small as one page needs.
    """

    kind: str
    title: str
    facts: tuple[tuple[str, str], ...]
    filters: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    restricted: str
    line: str
    example: bool
    organisation: str
    fits_a_page: bool = False
