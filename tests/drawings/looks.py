"""Looking into a drawing: its marks by name, its words, and where a mark stands in the units of its axes."""

from drawings.frame import frame_marks
from drawings.model import Bar, Drawing, Line, Mark, Symbol, Text


def marks(drawing: Drawing, name: str) -> list[Mark]:
    return [mark for mark in drawing.marks if mark.name == name]


def symbols(drawing: Drawing, name: str) -> list[Symbol]:
    return [mark for mark in drawing.marks if isinstance(mark, Symbol) and mark.name == name]


def bars(drawing: Drawing, name: str) -> list[Bar]:
    return [mark for mark in drawing.marks if isinstance(mark, Bar) and mark.name == name]


def lines(drawing: Drawing, name: str) -> list[Line]:
    return [mark for mark in drawing.marks if isinstance(mark, Line) and mark.name == name]


def words(drawing: Drawing) -> str:
    """Every text that stands in the picture or under it, what points say aside."""
    texts = [line for mark in (*frame_marks(drawing), *drawing.marks) if isinstance(mark, Text) for line in mark.lines]
    return " ".join([*texts, *drawing.caption])


def across(drawing: Drawing, part: float) -> float:
    axis = drawing.across
    assert axis is not None
    return round(axis.low + part * (axis.high - axis.low), 6)


def upwards(drawing: Drawing, y: float) -> float:
    axis = drawing.upwards
    assert axis is not None
    return round(axis.low + (1 - y / drawing.plot) * (axis.high - axis.low), 6)
