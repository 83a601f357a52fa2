"""The nouns of the board: areas by measures, each figure with its interval, years, movement and goal."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

SHOWN, HIDDEN, MISSING = "shown", "hidden", "missing"
"""What a cell has: a figure, one that is not shown, or none."""
ARROWS = {1: "↑", -1: "↓"}
"""Where an arrow of a symbol points, as a letter."""

# Which of several goals of an area a cell tells: the one that calls for a decision first.
MOST_PRESSING = ("worsening", "not_met", "behind", "insufficient", "undecided", "on_track", "met")


@dataclass(frozen=True)
class SparkPoint:
    """One year of a spark; `joined` is whether a line leads to it from the point before."""

    period: str
    value: float
    joined: bool
    provisional: bool = False


@dataclass(frozen=True)
class Symbol:
    """A sign that one reads at a distance: its kind, where an arrow points (1 up, -1 down, 0), and what it says."""

    kind: str
    says: str
    points: int = 0


@dataclass(frozen=True)
class BoardCell:
    """One figure of one area. `value`, `low` and `high` are what is drawn; `text`, `note` and `says` are words.

    `sort` orders a column: None stands last. `chips` are how many goals have which status.
    """

    state: str
    text: str
    note: str = ""
    says: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    spark: tuple[SparkPoint, ...] = ()
    moving: Symbol | None = None
    goal: Symbol | None = None
    chips: tuple[tuple[str, int], ...] = ()
    sort: float | None = None


@dataclass(frozen=True)
class BoardColumn:
    """A measure: its heading, the words under it, its kind, and the one scale that all of its cells are drawn on.

    `first` and `last` are the years that a spark reaches over; `wide` gives it room, where the years are the news.
    """

    id: str
    title: str
    under: str
    kind: str
    low: float = 0.0
    high: float = 1.0
    first: str = ""
    last: str = ""
    wide: bool = False


@dataclass(frozen=True)
class BoardRow:
    """One area with a cell for each column; `within` is the name of its municipality, "" for one."""

    area_id: str
    name: str
    within: str
    cells: tuple[BoardCell, ...]


@dataclass(frozen=True)
class Board:
    """The whole board in Danish alphabetical order of area, ready to be drawn."""

    title: str
    columns: tuple[BoardColumn, ...]
    rows: tuple[BoardRow, ...]
    example: bool
    cited: pd.DataFrame = field(compare=False, repr=False, default_factory=pd.DataFrame)


Measure = tuple[BoardColumn, Mapping[str, BoardCell], pd.DataFrame]
"""A column, its cells by area, and the rows they were taken from."""
