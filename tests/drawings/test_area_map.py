"""A map of areas in words: what is drawn of them, and where their names stand."""

from dataclasses import dataclass

import shapely

from drawings.area_map import area_map
from drawings.model import Line

WIDTH, HEIGHT = 320.0, 180.0


@dataclass(frozen=True)
class Shade:
    class_index: int | None = 0
    hatched: bool = False
    text: str = "61 pct."
    missing: bool = False


@dataclass(frozen=True)
class Words:
    marks: dict[str, Shade]
    scale: str = "perceived"
    classes: tuple[str, ...] = ("60–64 pct.",)
    colours: tuple[int, ...] = (0,)
    legend: str = "Andel"
    hatched: str = ""
    note: str = ""
    sentence: str = "Andele."


def test_the_thread_of_a_name_stays_on_the_map_though_its_area_goes_on_beyond() -> None:
    """Four small areas fill the map; of a large one with a figure of its own a part is on it, and no name fits near."""
    corners = [(1100, 1200), (400, 600), (2200, 100), (200, 400)]
    small = {f"o{number}": shapely.box(x, y, x + 300, y + 300) for number, (x, y) in enumerate(corners)}
    shapes = small | {"vest": shapely.box(-6_000, -2_500, 1_200, 4_100)}
    names = {area: f"Området {area}" for area in shapes}
    words = Words({area: Shade() for area in names})
    drawing = area_map(words, shapes, shapes, names, list(small), width=WIDTH, height=HEIGHT)
    ends = [point for mark in drawing.marks if isinstance(mark, Line) for point in mark.points]
    assert ends
    assert all(0 <= across <= 1 and 0 <= down <= HEIGHT for across, down in ends)
