"""A map is no taller than the areas it is drawn around need."""

from dataclasses import replace

import pandas as pd
import shapely

from components.map.room import height_for
from components.session import Screen
from data.release import Release


def around(screen: Screen, east: float, north: float) -> Release:
    """The release with one municipality of so many degrees, from 12° E 55.7° N."""
    outline = shapely.to_wkb(shapely.box(12.0, 55.7, 12.0 + east, 55.7 + north))
    areas = pd.DataFrame({"area_id": ["herlev"], "level": ["municipality"], "geometry": [outline]})
    return replace(screen.release, tables={**screen.release.tables, "areas": areas})


def test_a_wide_partnership_has_a_low_map_and_a_tall_one_no_more_than_the_page_gives(screen: Screen) -> None:
    assert height_for(around(screen, 0.30, 0.08), ("herlev",), 520) == 350
    assert height_for(around(screen, 0.15, 0.06), ("herlev",), 520) == 460
    assert height_for(around(screen, 0.10, 0.20), ("herlev",), 520) == 520
    assert height_for(around(screen, 0.10, 0.20), ("herlev",), 380) == 380


def test_without_outlines_the_page_s_own_height_stands(screen: Screen) -> None:
    assert height_for(screen.release, (), 460) == 460
