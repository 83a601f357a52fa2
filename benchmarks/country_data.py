"""A country to measure with: as many municipalities, areas and quarters as there are, around the totals that are known.

Where Statistics Denmark has published a count (the country and eleven municipalities, from 2016 on) it stands. What is
left of the country's total is spread over municipalities with made-up names; every invented row is marked `example`.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from data.country.publish import Member
from data.partnership import Category, Partnership
from data.store import Store
from data.store.schema import source_tables

SEED = 20250901
COUNTRY, TOTAL = "hele-landet", "TOT"
FIRST_YEAR, LAST_YEAR = 2008, 2025
INVENTED = tuple(f"ex{number}" for number in range(1, 5))
# What an invented kind of offence is of all offences that are not followed.
PART_OF_REST = 0.04
CELL_CATEGORIES = ("12", "1320", "1332", "3210", "3410")
ORIGIN: dict[str, Any] = {"provenance": "example", "source_id": "eksempeldata", "load_id": 1}
BY_THREE = 3
# Ids that mean the same in every partnership, and those of the areas, which are moved by themselves.
SHARED_IDS = ("area_id", "source_id", "load_id", "purpose_id", "cell_id", "release_id")
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Size:
    """How large a country is; the default is Denmark."""

    municipalities: int = 98
    housing_areas: int = 600
    cells: int = 50_000
    cell_years: int = 10
    waves: int = 10


@dataclass(frozen=True)
class Country:
    """The counts of a country: quarters × categories × municipalities, and the names of each."""

    quarters: tuple[str, ...]
    categories: tuple[str, ...]
    municipalities: tuple[str, ...]
    known: frozenset[str]
    counts: Counts
    official: NDArray[np.bool_]


def quarters() -> tuple[str, ...]:
    """The 72 quarters."""
    return tuple(f"{year}K{number}" for year in range(FIRST_YEAR, LAST_YEAR + 1) for number in range(1, 5))


def country(shipped: Store, size: Size) -> Country:
    """Spread the country's totals over its municipalities; those with published counts keep them."""
    draw = np.random.default_rng(SEED)
    incidents = shipped.loaded("incidents")
    areas = shipped.loaded("areas")
    known = tuple(areas.loc[areas["level"] == "municipality", "area_id"])[: size.municipalities]
    names = (*known, *(f"eksempel-{number:03}" for number in range(len(known), size.municipalities)))
    followed = tuple(sorted(set(incidents["category"]) - {TOTAL}))
    categories = (*followed, *INVENTED, "rest")
    table = incidents.pivot_table(index="period", columns=["category", "area_id"], values="count")
    times = quarters()
    whole, official = _parts(table, COUNTRY, times, followed)
    counts = np.zeros((len(times), len(categories), len(names)), dtype=np.int64)
    weights = draw.lognormal(0, 0.8, len(names))
    for place, name in enumerate(known):
        counts[:, :, place], _ = _parts(table, name, times, followed)
    rest = np.maximum(whole - counts[:, :, : len(known)].sum(axis=2), 0)
    if len(names) > len(known):
        spread = weights[len(known) :] / weights[len(known) :].sum()
        counts[:, :, len(known) :] = draw.multinomial(rest, spread)
    followed_and_invented = categories[:-1]
    with_total = np.concatenate([counts.sum(axis=1, keepdims=True), counts[:, :-1]], axis=1)
    return Country(times, (TOTAL, *followed_and_invented), names, frozenset(known), with_total, official)


def _parts(
    table: pd.DataFrame, area: str, times: tuple[str, ...], followed: tuple[str, ...]
) -> tuple[Counts, NDArray[np.bool_]]:
    """Counts of one area that together make its total: followed, invented, and the rest; and which quarters are known.

    Quarters before the first published one repeat it, a little lower for every year.
    """
    published = table.index
    first = str(published.min())
    known = np.array([time in published for time in times])
    rows = []
    for time in times:
        like = time if time in published else f"{first[:4]}{time[4:]}"
        back = 1.0 if time in published else 0.98 ** (int(first[:4]) - int(time[:4]))
        values = np.array([table.at[like, (category, area)] for category in (TOTAL, *followed)], dtype=float)
        rows.append(np.floor(values * back).astype(np.int64))
    all_, named = np.array(rows)[:, 0], np.array(rows)[:, 1:]
    left = np.maximum(all_ - named.sum(axis=1), 0)
    invented = np.floor(PART_OF_REST * left[:, None] * np.ones(len(INVENTED))).astype(np.int64)
    return np.column_stack([named, invented, left - invented.sum(axis=1)]), known


def members(shipped: Store, partnership: Partnership, size: Size, until: str = "9999") -> list[Member]:
    """The country's partnerships, three municipalities each, with everything each has loaded up to a quarter."""
    whole = country(shipped, size)
    ours = partnership.members
    rest = [name for name in whole.municipalities if name not in ours]
    groups = [tuple(rest[start : start + BY_THREE]) for start in range(0, len(rest), BY_THREE)]
    if set(ours) <= set(whole.municipalities):
        groups.insert(0, ours)
    written = {kind: shipped.loaded(kind) for kind in source_tables}
    share = dict.fromkeys(whole.municipalities, size.housing_areas // size.municipalities)
    for name in list(share)[: size.housing_areas % size.municipalities]:
        share[name] += 1
    return [
        _member(number, group, whole, share, written, partnership, size, until) for number, group in enumerate(groups)
    ]


def settings(partnership: Partnership, names: tuple[str, ...]) -> Partnership:
    """The settings of a partnership of these municipalities, with the invented kinds of offences."""
    breaks = partnership.categories[-1].breaks
    invented = tuple(Category(each, f"Opdigtet art {each[-1]}", f"opdigtede {each[-1]}", breaks) for each in INVENTED)
    audiences = tuple(
        replace(audience, sees=names if audience.sees == partnership.members else names[:1] if audience.sees else ())
        for audience in partnership.audiences
    )
    return replace(
        partnership,
        members=names,
        categories=(*partnership.categories, *invented),
        audiences=audiences,
        municipality_types=dict.fromkeys(names, "eksempel") | dict(partnership.municipality_types),
    )


def _member(
    number: int,
    names: tuple[str, ...],
    whole: Country,
    share: dict[str, int],
    written: dict[str, pd.DataFrame],
    partnership: Partnership,
    size: Size,
    until: str,
) -> Member:
    draw = np.random.default_rng((SEED, number))
    homes = {f"{name}-bolig-{each}": name for name in names for each in range(share[name])}
    like = dict(zip((*partnership.members, *_shipped_homes(written["areas"])), (*names, *homes), strict=False))
    loaded = {kind: _moved(rows, like, number) for kind, rows in written.items()}
    loaded["areas"] = _areas(written["areas"], names, homes)
    loaded["boundaries"] = _boundaries(number, names, homes, loaded["areas"], size)
    loaded["population"] = _population(draw, names, homes)
    loaded["incidents"] = _incidents(draw, names, homes, whole, written["incidents"])
    loaded["survey"] = _survey(draw, names, homes, written["survey"], size.waves)
    loaded["cells"] = _cells(draw, number, names, size)
    loaded["hours"] = written["hours"].iloc[:0]
    for kind, time in (("incidents", "period"), ("population", "period")):
        loaded[kind] = loaded[kind][loaded[kind][time] <= until].reset_index(drop=True)
    return Member(f"p{number:02}", settings(partnership, names), loaded)


def _shipped_homes(areas: pd.DataFrame) -> list[str]:
    return list(areas.loc[areas["level"] == "housing_area", "area_id"])


def _moved(rows: pd.DataFrame, like: dict[str, str], number: int) -> pd.DataFrame:
    """What the partnership wrote, said of other areas and with ids of its own; what has no counterpart is left out."""
    moved = rows.copy()
    for column in [name for name in moved if str(name).endswith("_id") and name not in SHARED_IDS]:
        moved[column] = [f"{cell}-{number}" if isinstance(cell, str) and cell else cell for cell in moved[column]]
    for column in ("area_id", "from_area", "area_ids"):
        if column in moved:
            listed = [[like.get(each, "") for each in str(cell).split(";")] for cell in moved[column]]
            moved[column] = [";".join(each for each in cell if each) for cell in listed]
            moved = moved[moved[column] != ""]
    return moved.reset_index(drop=True)


def _areas(shipped: pd.DataFrame, names: tuple[str, ...], homes: dict[str, str]) -> pd.DataFrame:
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


def _boundaries(
    number: int, names: tuple[str, ...], homes: dict[str, str], areas: pd.DataFrame, size: Size
) -> pd.DataFrame:
    """A square around each municipality's cells, and a small one in it for each of its housing areas."""
    to_degrees = Transformer.from_crs(25832, 4326, always_xy=True)
    across = 250 * _side(size)
    shapes: dict[str, tuple[float, float, float]] = {}
    for turn, name in enumerate(names):
        north, east = _corner(number * BY_THREE + turn)
        shapes[name] = (east, north, across)
        own = [home for home, of in homes.items() if of == name]
        for place, home in enumerate(own):
            shapes[home] = (east + across * (place % 4) / 4, north + across * (place // 4 % 4) / 4, across / 8)
    titles = areas.set_index("area_id")["name"]
    rows = []
    for area, (x, y, width) in shapes.items():
        corners = [(x, y), (x + width, y), (x + width, y + width), (x, y + width)]
        outline = shapely.Polygon([to_degrees.transform(*corner) for corner in corners])
        rows.append((1, area, titles[area], "approximate", "opdigtet kvadrat", shapely.to_wkb(outline)))
    return pd.DataFrame(rows, columns=["load_id", "area_id", "name", "outline", "basis", "geometry"])


def _side(size: Size) -> int:
    """Cells along one side of a municipality's square."""
    return int(np.ceil(max(size.cells // size.municipalities, 1) ** 0.5))


def _corner(spot: int) -> tuple[int, int]:
    """Northing and easting (EPSG:25832) of the corner of a municipality's square."""
    return 6_100_000 + 10_000 * (spot // 20), 500_000 + 10_000 * (spot % 20)


def _title(area: str) -> str:
    return re.sub(r"\W+", " ", area).capitalize()


def _population(draw: np.random.Generator, names: tuple[str, ...], homes: dict[str, str]) -> pd.DataFrame:
    start: dict[str, int] = {COUNTRY: 5_500_000} | {name: int(draw.integers(20_000, 90_000)) for name in names}
    start |= {home: int(draw.integers(1_000, 5_000)) for home in homes}
    rows = [
        (f"{year}K1", area, int(count * 1.004 ** (year - FIRST_YEAR)))
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
        for area, count in start.items()
    ]
    return pd.DataFrame(rows, columns=["period", "area_id", "residents"]).assign(**ORIGIN)


def _incidents(
    draw: np.random.Generator, names: tuple[str, ...], homes: dict[str, str], whole: Country, shipped: pd.DataFrame
) -> pd.DataFrame:
    """Counts of the municipalities as they are, and of each housing area a part of its municipality's."""
    tables = [_long(COUNTRY, whole.counts.sum(axis=2), whole, official=True)]
    for name in names:
        place = whole.municipalities.index(name)
        counts = whole.counts[:, :, place]
        tables.append(_long(name, counts, whole, official=name in whole.known))
        own = [home for home, of in homes.items() if of == name]
        parts = draw.uniform(0.005, 0.03, len(own))
        named = draw.multinomial(counts[:, 1:], [*parts, 1 - parts.sum()])[..., :-1]
        other = draw.multinomial(counts[:, 0] - counts[:, 1:].sum(axis=1), [*parts, 1 - parts.sum()])[..., :-1]
        all_ = np.concatenate([(named.sum(axis=1) + other)[:, None], named], axis=1)
        tables += [_long(home, all_[:, :, number], whole, official=False) for number, home in enumerate(own)]
    return pd.concat(tables, ignore_index=True)[list(shipped.columns)]


def _long(area: str, counts: Counts, whole: Country, *, official: bool) -> pd.DataFrame:
    times, kinds = np.array(whole.quarters, dtype=object), np.array(whole.categories, dtype=object)
    period, category = np.repeat(times, len(kinds)), np.tile(kinds, len(times))
    real = np.repeat(whole.official, len(kinds)) & ~np.isin(category, INVENTED) & official
    return pd.DataFrame(
        {
            "period": period,
            "area_id": area,
            "category": category,
            "count": counts.ravel(),
            "provenance": np.where(real, "official", "example"),
            "source_id": np.where(real, "dst-straf11", "eksempeldata"),
            "load_id": 1,
        }
    )


def _survey(
    draw: np.random.Generator, names: tuple[str, ...], homes: dict[str, str], shipped: pd.DataFrame, waves: int
) -> pd.DataFrame:
    areas = np.array([*names, *homes], dtype=object)
    years = [str(LAST_YEAR - back) for back in range(waves)]
    indicators = sorted(set(shipped["indicator"]))
    shape = (len(years), len(indicators), len(areas))
    n = draw.integers(80, 400, shape)
    share = draw.binomial(n, np.clip(draw.normal(0.8, 0.06, shape), 0.05, 0.98)) / n
    rows = pd.DataFrame(
        {
            "wave": np.repeat(years, shape[1] * shape[2]),
            "indicator": np.tile(np.repeat(indicators, shape[2]), shape[0]),
            "area_id": np.tile(areas, shape[0] * shape[1]),
            "series": "jm",
            "share": share.ravel(),
            "n": n.ravel(),
            "n_eff": n.ravel() / 1.3,
            "deff": np.nan,
            "half_width": np.nan,
            "rounded": 0,
            "note": "",
        }
    )
    return rows.assign(**ORIGIN)[list(shipped.columns)]


def _cells(draw: np.random.Generator, number: int, names: tuple[str, ...], size: Size) -> pd.DataFrame:
    """Cells of 250 m in a square for each municipality: uneven homes, and counts around them."""
    each = max(size.cells // size.municipalities, 1)
    side = _side(size)
    place = np.arange(each)
    years = [str(LAST_YEAR - back) for back in range(size.cell_years)]
    tables = []
    for turn, name in enumerate(names):
        corner = _corner(number * BY_THREE + turn)
        north, east = corner[0] + 250 * (place // side), corner[1] + 250 * (place % side)
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
