"""A country to measure with: as many municipalities, areas and quarters as there are, around the totals that are known.

Where Statistics Denmark has published a count (the country and eleven municipalities, from 2016 on) it stands. What is
left of the country's total is spread over municipalities with made-up names; every invented row is marked `example`.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from benchmarks.country_counts import (
    COUNTRY,
    FIRST_YEAR,
    INVENTED,
    LAST_YEAR,
    SEED,
    Country,
    Counts,
    Size,
    country,
    quarters,
)
from benchmarks.country_places import BY_THREE, ORIGIN, areas, boundaries, cells, streets
from data.partnership import Category, Partnership
from data.publishing.country.publish import Member
from data.store import Store
from data.store.schema import source_tables

# Ids that mean the same in every partnership, and those of the areas, which are moved by themselves.
SHARED_IDS = ("area_id", "source_id", "load_id", "purpose_id", "cell_id", "release_id")


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
    loaded["areas"] = areas(written["areas"], names, homes)
    loaded["boundaries"] = boundaries(number, names, homes, loaded["areas"], size)
    loaded["population"] = _population(draw, names, homes)
    loaded["incidents"] = _incidents(draw, names, homes, whole, written["incidents"])
    loaded["survey"] = _survey(draw, names, homes, written["survey"], size.waves)
    loaded["cells"] = cells(draw, number, names, size)
    loaded["hours"] = written["hours"].iloc[:0]
    loaded |= streets(number, names, size)
    since = quarters()[-size.quarters]
    for kind, time in (("incidents", "period"), ("population", "period")):
        loaded[kind] = loaded[kind][loaded[kind][time].between(since, until)].reset_index(drop=True)
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
        index = whole.municipalities.index(name)
        counts = whole.counts[:, :, index]
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
