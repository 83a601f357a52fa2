"""Where a criterion begins, from the figures that stand: a target must ask for something better."""

from collections.abc import Callable
from functools import lru_cache

import pandas as pd

from data.contracts.columns import Baseline
from data.release.residents import residents_by_area, residents_table, weights_of
from data.release.spans import settled

Figures = Callable[[str], pd.DataFrame]
"""The rows that stand of a kind: "survey", "incidents" or "population"."""

QUARTERS = 4


def baseline_in(figures: Figures) -> Baseline:
    """The baseline of a criterion by the figures that stand; each kind is read once, and only when it is asked for.

    A share of several areas is weighted by residents, as it will be judged. None where a figure is missing, or where
    one wave was asked in two ways.
    """
    known = lru_cache(figures)

    def baseline(measure: str, indicator: str, areas: tuple[str, ...], period: str) -> float | None:
        if measure == "incidents":
            rows = settled(known("incidents"))
            chosen = rows[rows["area_id"].isin(areas) & (rows["category"] == indicator)]
            of_year = chosen[chosen["period"].str[:4] == period]
            told = of_year["area_id"].value_counts().reindex(list(areas), fill_value=0)
            ended = of_year.set_index("area_id")["period"].str.len().groupby(level=0).min() == len(period)
            whole = all(told[area] == (1 if ended.get(area, False) else QUARTERS) for area in areas)
            whole = whole and bool(of_year["count"].notna().all())
            return float(of_year["count"].sum()) if whole else None
        rows = known("survey")
        chosen = rows[rows["area_id"].isin(areas) & (rows["indicator"] == indicator) & (rows["wave"] == period)]
        weights = weights_of(areas, residents_by_area(residents_table(known("population"))), period[:4])
        if len(chosen) != len(set(areas)) or weights is None or chosen["share"].isna().any():
            return None
        weight = chosen["area_id"].map(weights).astype(float)
        return float((chosen["share"] * weight).sum() / weight.sum())

    return baseline
