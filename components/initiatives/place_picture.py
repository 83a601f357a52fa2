"""The map of insecure places: their squares over the outlines and streets of the areas they lie in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
import shapely

from components.map.ground import NOTHING, Ground, ground_within
from components.pictures.element import Foot, Picture
from components.session import Screen, our_store
from data import danish
from data.records import records
from data.sentences.insecure_places import place_words
from data.views.provenance import credit, is_example
from data.views.view import ViewContext
from drawings.model import Drawing
from drawings.place_map import PlaceMark, place_map
from geo.grid import parse
from geo.projection import to_metres

HOUSING = "housing_area"
AROUND = 250.0
"""Metres of streets beyond the outlines."""
NEAR_AREAS = 1
"""Of so many areas the map is near enough for every street; of more it has the main roads alone."""


def place_picture(screen: Screen, rows: pd.DataFrame, names: Mapping[str, str], sentence: str) -> Picture | None:
    """The picture of rows of promises, numbered in their order; None where no place is on the map."""
    marks = marks_of(rows, names)
    if not marks:
        return None
    areas = tuple(sorted({row["area_id"] for row in records(rows)}))
    drawing = place_drawing(screen, areas, marks, sentence)
    ground = _ground(screen, areas)
    text = " · ".join(part for part in (credit(screen, rows), ground.credit) if part)
    return Picture.of(drawing, Foot(text, is_example(rows)))


def marks_of(rows: pd.DataFrame, names: Mapping[str, str]) -> list[PlaceMark]:
    """The places that are on the map, each in the middle of its square, with its number in the list."""
    return [
        PlaceMark(
            number,
            row["status"],
            f"{place_words(row)}, {names[row['area_id']]}. {danish.opening(row['status'])}",
            parse(row["square"]).easting + 50.0,
            parse(row["square"]).northing + 50.0,
        )
        for number, row in enumerate(records(rows), 1)
        if row["square"]
    ]


def place_drawing(context: ViewContext, areas: Sequence[str], marks: Sequence[PlaceMark], sentence: str) -> Drawing:
    """The map of places over the outlines and the ground of areas."""
    ground = _ground(context, tuple(areas))
    landmarks = [(each.name, each.easting, each.northing) for each in ground.landmarks]
    drawn = place_map(_outlines(context, areas), ground.roads, marks, sentence=sentence, landmarks=landmarks)
    return replace(drawn, caption=(*drawn.caption, ground.credit)) if ground.credit else drawn


def _outlines(context: ViewContext, areas: Sequence[str]) -> list[shapely.Geometry]:
    rows = context.release.areas
    geometries = rows.loc[
        rows["area_id"].isin(areas) & (rows["level"] == HOUSING) & rows["geometry"].notna(), "geometry"
    ]
    return to_metres(list(shapely.from_wkb(geometries.to_numpy()))) if len(geometries) else []


def _ground(context: ViewContext, areas: tuple[str, ...]) -> Ground:
    """The streets around areas, read once a release."""

    def read() -> Ground:
        outlines = _outlines(context, areas)
        if not outlines:
            return NOTHING
        box = shapely.box(*shapely.union_all(outlines).buffer(AROUND).bounds)
        return ground_within(context.release, context.partnership, our_store(), box, near=len(areas) <= NEAR_AREAS)

    return context.release.get_or_make(("ground of places", areas), read)
