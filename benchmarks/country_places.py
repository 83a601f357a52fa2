"""Where the areas of a country to measure with lie: squares for municipalities and housing areas, and grid cells."""

import re
from typing import Any

import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from benchmarks.country_counts import LAST_YEAR, Size

CELL_CATEGORIES = ("12", "1320", "1332", "3210", "3410")
ORIGIN: dict[str, Any] = {"provenance": "example", "source_id": "eksempeldata", "load_id": 1}
BY_THREE = 3
BLOCK = 500
"""Metres from one made-up street to the next."""


def areas(shipped: pd.DataFrame, names: tuple[str, ...], homes: dict[str, str]) -> pd.DataFrame:
    """The country and its police district as they are, and these municipalities with their housing areas."""
    above = shipped[shipped["level"].isin(["country", "police_district"])]
    district = str(above.loc[above["level"] == "police_district", "area_id"].iloc[0])
    known = shipped.set_index("area_id")["name"].to_dict()
    rows = [(name, known.get(name, _title(name)), "municipality", district) for name in names]
    rows += [(home, _title(home), "housing_area", name) for home, name in homes.items()]
    made = pd.DataFrame(rows, columns=["area_id", "name", "level", "parent_id"]).assign(
        code="", lists="", outline="none"
    )
    return pd.concat([above, made.assign(**ORIGIN)], ignore_index=True)[list(shipped.columns)].fillna(
        {"lists": "", "code": ""}
    )


def boundaries(
    number: int, names: tuple[str, ...], homes: dict[str, str], named: pd.DataFrame, size: Size
) -> pd.DataFrame:
    """A square around each municipality's cells, and a small one in it for each of its housing areas."""
    to_degrees = Transformer.from_crs(25832, 4326, always_xy=True)
    across = 250 * _side(size)
    shapes: dict[str, tuple[float, float, float]] = {}
    for turn, name in enumerate(names):
        north, east = _corner(number * BY_THREE + turn)
        shapes[name] = (east, north, across)
        own = [home for home, of in homes.items() if of == name]
        for index, home in enumerate(own):
            shapes[home] = (east + across * (index % 4) / 4, north + across * (index // 4 % 4) / 4, across / 8)
    titles = named.set_index("area_id")["name"]
    rows = []
    for area, (x, y, width) in shapes.items():
        corners = [(x, y), (x + width, y), (x + width, y + width), (x, y + width)]
        outline = shapely.Polygon([to_degrees.transform(*corner) for corner in corners])
        rows.append((1, area, titles[area], "approximate", "opdigtet kvadrat", "", shapely.to_wkb(outline)))
    return pd.DataFrame(rows, columns=["load_id", "area_id", "name", "outline", "basis", "credit", "geometry"])


def streets(number: int, names: tuple[str, ...], size: Size) -> dict[str, pd.DataFrame]:
    """Named streets every `BLOCK` metres both ways over each municipality's cells, and a station in its middle."""
    to_degrees = Transformer.from_crs(25832, 4326, always_xy=True)
    across = 250 * _side(size)
    roads: list[tuple[str, bytes]] = []
    stations: list[tuple[str, str, bytes]] = []
    for turn, name in enumerate(names):
        north, east = _corner(number * BY_THREE + turn)
        for step in range(BLOCK // 2, across, BLOCK):
            ends = {
                "vej": [(east, north + step), (east + across, north + step)],
                "gade": [(east + step, north), (east + step, north + across)],
            }
            for kind, line in ends.items():
                course = shapely.LineString([to_degrees.transform(*point) for point in line])
                roads.append((f"{_title(name)} {kind} {step // BLOCK + 1}", shapely.to_wkb(course)))
        middle = shapely.Point(to_degrees.transform(east + across / 2, north + across / 2))
        stations.append((f"{_title(name)} Station", "station", shapely.to_wkb(middle)))
    return {
        "roads": pd.DataFrame(roads, columns=["name", "geometry"]),
        "landmarks": pd.DataFrame(stations, columns=["name", "kind", "geometry"]),
    }


def _side(size: Size) -> int:
    """Cells along one side of a municipality's square."""
    return int(np.ceil(max(size.cells // size.municipalities, 1) ** 0.5))


def _corner(spot: int) -> tuple[int, int]:
    """Northing and easting (EPSG:25832) of the corner of a municipality's square."""
    return 6_100_000 + 10_000 * (spot // 20), 500_000 + 10_000 * (spot % 20)


def _title(area: str) -> str:
    return re.sub(r"\W+", " ", area).capitalize()


def cells(draw: np.random.Generator, number: int, names: tuple[str, ...], size: Size) -> pd.DataFrame:
    """Cells of 250 m in a square for each municipality: uneven homes, and counts around them."""
    each = max(size.cells // size.municipalities, 1)
    side = _side(size)
    index = np.arange(each)
    years = [str(LAST_YEAR - back) for back in range(size.cell_years)]
    tables = []
    for turn, name in enumerate(names):
        corner = _corner(number * BY_THREE + turn)
        north, east = corner[0] + 250 * (index // side), corner[1] + 250 * (index % side)
        ids = np.array([f"250m_{n // 10:06}_{e // 10:05}" for n, e in zip(north, east, strict=True)], dtype=object)
        homes = draw.gamma(0.8, 60, each).astype(np.int64) + 1
        counts = draw.poisson(0.01 * homes, (len(years), len(CELL_CATEGORIES), each))
        rows = len(years) * len(CELL_CATEGORIES)
        tables.append(
            pd.DataFrame(
                {
                    "year": np.repeat(years, len(CELL_CATEGORIES) * each),
                    "cell_id": np.tile(ids, rows),
                    "area_id": name,
                    "category": np.tile(np.repeat(CELL_CATEGORIES, each), len(years)),
                    "count": counts.ravel(),
                    "households": np.tile(homes, rows),
                }
            )
        )
    return pd.concat(tables, ignore_index=True).assign(**ORIGIN)
