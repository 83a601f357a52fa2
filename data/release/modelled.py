"""Builds the release's model of small areas: each share drawn towards its likes, beside the figure and never for it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis import small_areas
from data.records import records
from data.release.tables import MODELLED
from data.sentences.trends import model_sentence

LEVELS = ("housing_area", "municipality")
"""Those whose areas are put in order."""


def modelled_table(survey: pd.DataFrame, directions: Mapping[str, int]) -> pd.DataFrame:
    """One row per area, indicator and wave with at least five of a level asked in one way: the Fay–Herriot estimate.

    `survey` is the release table; `directions` maps indicator to 1 where more is better, else -1. The model leans on
    the mean of the areas; `weight` is the part of the area's own figure in it. `worst_chance` is how likely the area's
    own figure is truly the worst of its wave (analysis.small_areas). The verdict stays with the figure itself.
    """
    rows = survey[survey["level"].isin(LEVELS) & (survey["state"] == "published") & survey["n_eff"].notna()]
    estimates: list[dict[str, Any]] = []
    for (indicator, *_), of_wave in rows.groupby(["indicator", "wave", "level", "series"]):
        share, n_eff = of_wave["share"].to_numpy(dtype=float), of_wave["n_eff"].to_numpy(dtype=float)
        near = (share * n_eff + 0.5) / (n_eff + 1)
        variance = near * (1 - near) / n_eff
        model = small_areas.fay_herriot(share, variance)
        if not model.enough:
            continue
        worst = small_areas.chance_of_being_last(share, np.sqrt(variance), directions[str(indicator)])
        low, high = np.clip(model.low, 0, 1), np.clip(model.high, 0, 1)
        for index, row in enumerate(records(of_wave)):
            made = {
                **{name: row[name] for name in ("wave", "area_id", "indicator", "level", "share")},
                "model": float(np.clip(model.model[index], 0, 1)),
                "low": float(low[index]),
                "high": float(high[index]),
                "weight": float(model.weight[index]),
                "leans_on": float(model.leans_on[index]),
                "areas": model.areas,
                "worst_chance": float(worst[index]),
                **{name: row[name] for name in ("provenance", "source_id")},
            }
            estimates.append(made | {"sentence": model_sentence(made)})
    return pd.DataFrame(estimates, columns=list(MODELLED))
