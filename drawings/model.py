"""The nouns of a picture: marks on a plot, its axes, what each mark says when asked, and the same as a table.

Across, a place is a part of the plot's width (0–1) and a shift in px; downwards it is px from the plot's top. So a
drawing keeps the size of its type and marks at any width, and needs no script to fit a phone. Colours are named by
their role in `drawings.palette`; what stands as `#rrggbb` is the same in light and dark.
"""

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

Anchor = Literal["start", "middle", "end"]
Level = Literal["top", "middle", "bottom"]
Points = tuple[tuple[float, float], ...]

SIZE, SMALL, LINE_HEIGHT = 13.0, 11.5, 16.0
# Inter's mean advance in em over Danish text.
ADVANCE = 0.54


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points (part across, px down)."""

    name: str
    points: Points
    colour: str
    width: float = 1.0
    dash: str = ""
    opacity: float = 1.0
    cap: Literal["butt", "round"] = "butt"


@dataclass(frozen=True, slots=True)
class Area:
    """A filled outline of one or more rings; `fill` "" leaves it empty, `hatched` lays white lines over it
    and `dotted` dots.

    Not `closed`, its rings are lines.
    """

    name: str
    rings: tuple[Points, ...]
    fill: str = ""
    opacity: float = 1.0
    edge: str = ""
    edge_width: float = 1.0
    dash: str = ""
    hatched: bool = False
    closed: bool = True
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Copies:
    """An area that is drawn again at each of `moves` (parts across, px down) from its own place."""

    name: str
    area: Area
    moves: Points


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle from one part across to another; `fill` "" is hollow."""

    name: str
    left: float
    right: float
    top: float
    bottom: float
    fill: str = ""
    opacity: float = 1.0
    edge: str = ""
    edge_width: float = 0.0


@dataclass(frozen=True, slots=True)
class Symbol:
    """A small mark of a size in px around a point."""

    name: str
    x: float
    y: float
    shape: str
    size: float
    fill: str
    edge: str = ""
    edge_width: float = 0.0
    dx: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of words at a point; `halo` keeps them legible on a map or over bars."""

    name: str
    lines: tuple[str, ...]
    x: float
    y: float
    dx: float = 0.0
    anchor: Anchor = "start"
    level: Level = "middle"
    size: float = SMALL
    colour: str = "ink"
    bold: bool = False
    italic: bool = False
    halo: bool = False


Mark = Line | Area | Copies | Bar | Symbol | Text


@dataclass(frozen=True, slots=True)
class Stop:
    """What one point says: shown by its mark to who points at it or comes by the keyboard; `area` is its area_id."""

    x: float
    y: float
    text: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """A straight scale with its named ticks; `minor` ticks have no name, `grid` draws a line from each named one."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()
    minor: tuple[float, ...] = ()
    grid: bool = False
    line: bool = False

    def part(self, value: float) -> float:
        """Where a value stands, from 0 (low) to 1 (high)."""
        return (value - self.low) / (self.high - self.low)


class Margin(NamedTuple):
    """The room around the plot in px."""

    left: float
    right: float
    top: float
    bottom: float


class Twin(NamedTuple):
    """The picture as a table of words."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Series:
    """One series of an editable chart. `low` and `high` are the ends of its intervals, `hollow` says which are open.

    `fills` colours each bar by itself, where the series has no one colour.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    hollow: tuple[bool, ...] = ()
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    width: float = 2.0
    symbol: str = "circle"
    dash: bool = False
    fills: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """The figures for a chart that others may edit: a line or column for each series over the categories.

    Shares are in per cent, differences of shares in points around zero, and `turned` puts the highest to the left. A
    line that may not be joined is more than one series of the same colour. `remarks` say what each category's mark
    means, "" for most, and `notes` what has to be read beside the chart.
    """

    kind: Literal["bars", "lines", "columns"]
    category: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    low: float
    high: float | None
    unit: Literal["pct.", "pct.point", "antal"]
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    turned: bool = False


@dataclass(frozen=True)
class Legend:
    """What the colours of a map mean: (colour, "" or the way of drawing, words) a row.

    The ways are "hatched", "missing" (dotted), "outlined" and "dashed".
    """

    title: str
    rows: tuple[tuple[str, str, str], ...]
    note: str = ""


@dataclass(frozen=True)
class Drawing:
    """A picture ready to be set.

    `plot` is the plot's height in px. `caption` are the explanations of its signs. `sentence` says what it shows and
    `alt` is what is heard instead of it. A drawing with a `width` keeps its proportions (a map); without one it fills
    the room there is. `axis_at` is how far down the names of the axis across stand, where lanes part it from the plot.
    """

    kind: str
    plot: float
    margin: Margin
    marks: tuple[Mark, ...]
    across: Axis | None = None
    upwards: Axis | None = None
    stops: tuple[Stop, ...] = ()
    caption: tuple[str, ...] = ()
    sentence: str = ""
    twin: Twin | None = None
    chart: Chart | None = None
    legend: Legend | None = None
    width: float | None = None
    axis_at: float | None = None

    @property
    def alt(self) -> str:
        """What is heard instead of the picture."""
        return f"{'Kort' if self.kind == 'map' else 'Diagram'}: {self.sentence}".rstrip(": ")

    @property
    def height(self) -> float:
        """The height in px without the caption."""
        return self.margin.top + self.plot + self.margin.bottom

    def said(self, sentence: str) -> "Drawing":
        """The same picture with what it shows in a sentence."""
        return replace(self, sentence=sentence)


NOTHING = Drawing(
    "nothing", 24.0, Margin(0, 0, 0, 0), (Text("intet", ("Der er ingen tal at vise.",), 0, 12, size=SIZE),)
)
"""The picture of no rows: a sentence instead of an empty frame."""


def text_width(words: str, size: float = SIZE) -> float:
    """Estimate the width of words in px."""
    return len(words) * size * ADVANCE


def widest(lines: tuple[str, ...], size: float = SIZE) -> float:
    """Estimate the width of the widest line in px."""
    return max((text_width(line, size) for line in lines), default=0.0)
