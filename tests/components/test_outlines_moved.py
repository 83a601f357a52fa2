"""Which outlines of a delivery are shown on a map beside the ones they replace."""

import pandas as pd
import shapely

from components.data_page.outlines_moved import replaced


def outlines(**shapes: shapely.Geometry) -> pd.DataFrame:
    return pd.DataFrame(
        {"area_id": list(shapes), "name": [each.title() for each in shapes],
         "geometry": [shapely.to_wkb(shape) for shape in shapes.values()]}
    )  # fmt: skip


def test_an_outline_that_moves_is_shown_and_one_that_stays_or_is_new_is_not() -> None:
    square = shapely.box(12.0, 55.0, 12.1, 55.1)
    moved = shapely.box(12.02, 55.0, 12.12, 55.1)
    standing = outlines(herlev=square, ballerup=square)
    shown = replaced(outlines(herlev=moved, ballerup=square, gladsaxe=moved), standing)
    assert list(shown) == ["herlev"]
    name, old, new = shown["herlev"]
    assert (name, old.equals(square), new.equals(moved)) == ("Herlev", True, True)
