"""The map of cells: how many were reported in each, with the hotspots outlined, or how two years differ."""

from itertools import pairwise
from typing import Any, NamedTuple

from components.hotspots.choices import choose_cell
from components.hotspots.growing import cluster_cells
from components.hotspots.layers import cell_layer, ground_layer
from components.hotspots.rows import CELLS, changes, place_rows, view_cells
from components.map import AreaMap, GeometryLayer, Legend, LegendRow, Style, area_map
from components.map.room import height_for
from components.map.streets import streets_of
from components.map.tiles import our_tiles
from components.session import Screen
from data.records import records
from data.sentences import hotspots as hotspot_sentences
from data.views.cell_view import municipality_of
from data.views.memo import memoized_by_view
from data.views.view import ViewContext
from drawings.palette import DARK, LIGHT

# Fixed classes of reported incidents in one cell and year, so that maps of different years can be laid side by side.
BREAKS = (1, 3, 6, 11)
WIDE_BREAKS = (1, 11, 31, 61)
"""The same for cells of a kilometre or more, which hold sixteen times as much."""
NOT_TOLD = "Ikke indberettet"
NONE_REPORTED = "Tomt felt: ingen anmeldelser"
NOT_TOLD_DOTTED = "Prikket: ikke indberettet"
UNTOLD = ("missing", "hidden")
CHANGES = ("new", "lasting", "gone")


class _Drawn(NamedTuple):
    """The cells in the order of the layer: class, text and way of drawing of each, and those with a line around."""

    classes: list[int | None]
    labels: list[str]
    styles: list[Style]
    marked: list[str]


def hotspot_map(screen: Screen, *, sentence: str, height: int = 520) -> None:
    """The cells of the view on the map; a click or Enter chooses one."""
    view, layer = screen.view, cell_layer(screen)
    category = screen.partnership.category(view.category)
    drawn, ground = drawn_cells(screen, layer), ground_layer(screen)
    around = (municipality_of(view, screen.release) or "",) if view.areas else screen.partnership.members
    focus = [each for each in around if each in ground.area_ids]
    changed = bool(view.cell_against)
    shown = AreaMap(
        layer,
        drawn.classes,
        drawn.labels,
        _change_legend(view.cell_year, view.cell_against) if changed else _count_legend(category.title, view.cell_size),
        alt=sentence,
        styles=drawn.styles,
        selected=view.cell if view.cell in layer.area_ids else None,
        marked=drawn.marked,
        cluster=_chosen_place(screen),
        base=ground if ground.area_ids else None,
        focus=focus,
        height=height_for(screen.release, focus, height),
        streets=streets_of(screen),
        tiles=our_tiles(),
        position=True,
    )
    area_map(shown, key=f"hotspot_map_{view.cell_size}", on_select=choose_cell)


def _chosen_place(screen: Screen) -> list[str]:
    """The cells of the place that the chosen cell is part of; none where it is part of none."""
    if not screen.view.cell:
        return []
    listed = (row["cells"].split(";") for row in place_rows(screen))
    return cluster_cells(screen) or next((cells for cells in listed if screen.view.cell in cells), [])


@memoized_by_view(*CELLS, "cell_against")
def drawn_cells(context: ViewContext, layer: GeometryLayer) -> _Drawn:
    """How each cell of the layer is drawn, and what it says."""
    view, cells = context.view, view_cells(context)
    category = context.partnership.category(view.category)
    rows = {row["cell_id"]: row for row in records(cells)}
    told = [rows.get(cell) for cell in layer.area_ids]
    compared = dict(zip(cells["cell_id"], changes(context, cells), strict=True)) if view.cell_against else None
    classes = [_class(row, compared, breaks_of(view.cell_size)) for row in told]
    return _Drawn(
        classes,
        [hotspot_sentences.cell_sentence(row, category) if row else NOT_TOLD for row in told],
        [_style(row, class_index) for row, class_index in zip(told, classes, strict=True)],
        [row["cell_id"] for row in told if row and row["hotspot"]],
    )


def breaks_of(size: str) -> tuple[int, ...]:
    """The lower limits of the classes for cells of a size."""
    return BREAKS if int(size) < 1000 else WIDE_BREAKS


def class_words(size: str) -> tuple[str, ...]:
    """The classes in words: "1–2", …, "11 eller flere"."""
    limits = breaks_of(size)
    return (*(f"{low}–{high - 1}" for low, high in pairwise(limits)), f"{limits[-1]} eller flere")


def _class(row: dict[str, Any] | None, compared: dict[str, str] | None, breaks: tuple[int, ...]) -> int | None:
    if row is None or row["state"] in UNTOLD:
        return None
    if compared is not None:
        change = compared[row["cell_id"]]
        return CHANGES.index(change) if change in CHANGES else None
    return sum(row["count"] >= limit for limit in breaks) - 1 if row["count"] else None


def _style(row: dict[str, Any] | None, class_index: int | None) -> Style:
    """Zero, missing and hidden are three things and look so."""
    if row is None or row["state"] == "missing":
        return Style.MISSING
    if row["state"] == "hidden":
        return Style.OUTLINED
    if class_index is None:
        return Style.ZERO
    return Style.HATCHED if row["mass"] else Style.NORMAL


def _count_legend(title: str, size: str) -> Legend:
    return Legend(
        f"{title} i hvert felt",
        tuple(map(LegendRow, LIGHT.sequential_recorded[1:], class_words(size), DARK.sequential_recorded[:-1])),
        marked="Optrukket: hotspot, bedømt sammen med nabofelterne",
        hatched="Skraveret: en masseregistrering indgår; feltet er ikke bedømt",
        zero=NONE_REPORTED,
        missing=NOT_TOLD_DOTTED,
    )


def _change_legend(year: str, against: str) -> Legend:
    light, dark = ((new, both, gone) for new, both, _, gone, _ in (LIGHT.diverging, DARK.diverging))
    words = (f"Hotspot i {year}, ikke i {against}", "Hotspot begge år", f"Hotspot i {against}, ikke i {year}")
    return Legend(
        f"Hotspots i {year} og {against}",
        tuple(map(LegendRow, light, words, dark)),
        marked=f"Optrukket: hotspot i {year}",
        hatched="Skraveret: en masseregistrering indgår; feltet er ikke bedømt",
        zero="Tomt felt: ikke hotspot i nogen af årene",
        missing=NOT_TOLD_DOTTED,
    )
