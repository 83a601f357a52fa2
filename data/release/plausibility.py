"""Holds new counts against the history of their series: which look like mass registrations, which are far off."""

import pandas as pd

from analysis.mass_registrations import mass_registrations
from analysis.unusual import far_from_history

SERIES = ["area_id", "category"]


def unusual_counts(incidents: pd.DataFrame) -> pd.DataFrame:
    """The quarterly counts far from their own history: period, area_id, category, count, usual and mass (bool).

    `incidents` has the columns of its contract and holds the history as well as the new counts.
    """
    wide = incidents.pivot(index=SERIES, columns="period", values="count").astype(float)
    counts = wide.to_numpy()
    mass, _ = mass_registrations(counts)
    far, usual = far_from_history(counts)
    unusual = pd.DataFrame(
        {"count": counts.ravel(), "usual": usual.ravel(), "mass": mass.ravel(), "flagged": (mass | far).ravel()},
        index=pd.MultiIndex.from_product([range(len(wide)), wide.columns], names=["series", "period"]),
    ).reset_index()
    unusual = unusual[unusual["flagged"]].drop(columns="flagged")
    series = wide.index.to_frame(index=False)
    return unusual.join(series, on="series").drop(columns="series").reset_index(drop=True)
