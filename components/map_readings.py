"""A map of areas ready to be drawn live or written to a file: the words of data.map_classes in the house's colours."""

from dataclasses import dataclass

from components import layers
from components.map import GeometryLayer, Legend, LegendRow, Style
from components.palette import map_colours
from data import map_classes
from data.kept import kept
from data.map_classes import MapWords
from data.rows import credit, is_example, survey_rows
from data.view import Looked


@dataclass(frozen=True)
class MapReading:
    """A map ready to be drawn live or written to a file: one class, style and text an area, in the layer's order.

    `title` names the figure, `sentence` says what it shows, `credit` where it comes from and in which release,
    `example` whether any of it is invented.
    """

    layer: GeometryLayer
    classes: tuple[int | None, ...]
    styles: tuple[Style, ...]
    texts: tuple[str, ...]
    legend: Legend
    title: str
    sentence: str
    credit: str
    example: bool
    file_name: str


@kept("indicator", "level", "period", "reading", "reference")
def perceived(screen: Looked) -> MapReading:
    """The view's indicator, read as the view says."""
    rows = survey_rows(screen, level=screen.view.level, wave=screen.view.period)
    return _reading(screen, map_classes.perceived(screen, rows))


@kept("category", "level", "period")
def recorded(screen: Looked) -> MapReading:
    """What was reported in the areas of the view in the year of its wave, per 1,000 residents, in fixed classes."""
    return _reading(screen, map_classes.recorded(screen))


def _reading(screen: Looked, said: MapWords) -> MapReading:
    layer = layers.level_layer(screen.release, screen.view.level)
    marks = [said.marks[area] for area in layer.area_ids]
    colours = map_colours(said.scale)
    rows = tuple(LegendRow(colours[place], word) for place, word in zip(said.colours, said.classes, strict=True))
    return MapReading(
        layer=layer,
        classes=tuple(mark.level for mark in marks),
        styles=tuple(
            Style.OUTLINED if mark.level is None else Style.HATCHED if mark.hatched else Style.NORMAL for mark in marks
        ),
        texts=tuple(mark.text for mark in marks),
        legend=Legend(said.legend, rows, hatched=said.hatched, note=said.note),
        title=said.title,
        sentence=said.sentence,
        credit=credit(screen, said.cited),
        example=is_example(said.cited),
        file_name=said.file_name,
    )
