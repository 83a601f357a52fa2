"""How much each area counts where several are taken together: its residents."""

from collections.abc import Mapping, Sequence

import pandas as pd

from data.records import records

Weights = Mapping[str, float]
"""How much each area counts in several taken together: its residents, the same for all waves."""
ResidentsByArea = Mapping[str, Mapping[str, float]]


def residents_table(population: pd.DataFrame) -> pd.DataFrame:
    """Residents of each area on the first day known of each year: what areas taken together are weighted by."""
    rows = population.assign(year=population["period"].str[:4]).sort_values("period")
    return rows.drop_duplicates(["area_id", "year"])[["area_id", "year", "residents"]].reset_index(drop=True)


def residents_by_area(residents: pd.DataFrame) -> ResidentsByArea:
    """The release table of residents as area → year → residents; unknown numbers left out."""
    by_area: dict[str, dict[str, float]] = {}
    for row in records(residents):
        if pd.notna(row["residents"]):
            by_area.setdefault(row["area_id"], {})[row["year"]] = float(row["residents"])
    return by_area


def weights_of(areas: Sequence[str], residents: ResidentsByArea, year: str) -> Weights | None:
    """The residents of areas in a year, or the year known nearest before it, or after; None where one is unknown.

    A single area weighs whatever there is of it.
    """
    if len(areas) == 1:
        return {areas[0]: 1.0}
    weights: dict[str, float] = {}
    for area in areas:
        by_year = residents.get(area)
        if not by_year:
            return None
        before = [each for each in by_year if each <= year]
        weights[area] = by_year[max(before) if before else min(by_year)]
    return weights if all(weight > 0 for weight in weights.values()) else None
