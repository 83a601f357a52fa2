"""What the colours of a map on paper mean, row by row."""

from typing import Any

from data.views import map_classes
from drawings.palette import map_colours
from reports.document import AreaMap


def legend(drawn: AreaMap) -> dict[str, Any]:
    """The map's title, its note, and (colour, pattern, words) of each class and each way of drawing that it uses."""
    words, colours = drawn.words, map_colours(drawn.words.scale)
    rows: list[tuple[str, str, str]] = [
        (colours[place], "", said) for place, said in zip(words.colours, words.classes, strict=True)
    ]
    if any(mark.hatched for mark in words.marks.values()):
        rows.append(("", "hatched", words.hatched))
    if any(mark.class_index is None for mark in words.marks.values()):
        rows.append(("", "outlined", map_classes.OUTLINED))
    if any(area not in drawn.ground for area in drawn.shapes):
        rows.append(("", "dashed", map_classes.APPROXIMATE))
    return {"title": words.legend, "note": words.note, "rows": rows}
