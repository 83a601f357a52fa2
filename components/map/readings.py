"""A map of areas ready to be drawn live or written to a file: the words of its classes in our colours."""

from dataclasses import dataclass

from components.map import GeometryLayer, Legend, LegendRow, Style, layers
from data.views import map_classes
from data.views.map_words import AreaMark, MapWords
from data.views.memo import memoized_by_view
from data.views.provenance import credit, is_example
from data.views.rows import survey_rows
from data.views.view import ViewContext
from drawings.palette import map_colours


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


@memoized_by_view("indicator", "level", "period", "reading", "reference")
def perceived(screen: ViewContext) -> MapReading:
    """The view's indicator, read as the view says."""
    rows = survey_rows(screen, level=screen.view.level, wave=screen.view.period)
    return _reading(screen, map_classes.perceived(screen, rows))


@memoized_by_view("category", "level", "period")
def recorded(screen: ViewContext) -> MapReading:
    """What was reported in the areas of the view in the year of its wave, per 1,000 residents, in fixed classes."""
    return _reading(screen, map_classes.recorded(screen))


def _reading(screen: ViewContext, words: MapWords) -> MapReading:
    layer = layers.level_layer(screen.release, screen.view.level)
    marks = [words.marks[area] for area in layer.area_ids]
    light, dark = (map_colours(words.scale, each, len(words.classes)) for each in (False, True))
    rows = tuple(
        LegendRow(light[class_index], word, dark[class_index])
        for class_index, word in zip(words.colours, words.classes, strict=True)
    )
    return MapReading(
        layer=layer,
        classes=tuple(mark.class_index for mark in marks),
        styles=tuple(map(_style_of, marks)),
        texts=tuple(mark.text for mark in marks),
        legend=Legend(words.legend, rows, hatched=words.hatched, note=words.note),
        title=words.title,
        sentence=words.sentence,
        credit=credit(screen, words.cited),
        example=is_example(words.cited),
        file_name=words.file_name,
    )


def _style_of(mark: AreaMark) -> Style:
    if mark.class_index is None:
        return Style.MISSING if mark.missing else Style.OUTLINED
    return Style.HATCHED if mark.hatched else Style.NORMAL
