"""The counts of a country to measure with: what Statistics Denmark has published stands, the rest is made up.

Known are the country and eleven municipalities, from 2016 on. What is left of the country's total is spread over
municipalities with made-up names.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.store import Store

SEED = 20250901
COUNTRY, TOTAL = "hele-landet", "TOT"
FIRST_YEAR, LAST_YEAR = 2008, 2025
INVENTED = tuple(f"ex{number}" for number in range(1, 5))
# What an invented kind of offence is of all offences that are not followed.
PART_OF_REST = 0.04
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Size:
    """How large a country is; the default is Denmark."""

    municipalities: int = 98
    housing_areas: int = 600
    cells: int = 50_000
    cell_years: int = 10
    waves: int = 10
    quarters: int = 72


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
    for index, name in enumerate(known):
        counts[:, :, index], _ = _parts(table, name, times, followed)
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
