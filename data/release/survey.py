"""Builds the release's survey table: each share with its interval, quality, change and verdict."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from analysis import comparisons, proportions
from analysis.disclosure import Sum
from data.calendar import spans_of
from data.release.share_guard import guarding
from data.release.shares_over_time import guarding_over_releases, nothing

# Too few answers to be shown at all (quality D).
HIDDEN_QUALITY = "D"
# Only figures of these qualities take part in tests: C is "no rank, no arrow".
TESTED_QUALITIES = ("A", "B")


def survey_table(
    survey: pd.DataFrame,
    levels: pd.Series,
    directions: dict[str, int],
    sums: Sequence[Sum] = (),
    earlier: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The survey rows of a release.

    `survey` has the columns of its contract; `levels` maps area_id to level; `directions` maps indicator to 1 where
    more is better, else -1. A change is measured from the wave before, of the same length, of that indicator at that
    level: an area that was not measured then has no change, rather than one since some other year. It is tested only
    within one series (same question, same mode). The family of tests is one wave x one indicator x one level. `sums`
    say which areas are made of which: a share is hidden, too, where it would tell a hidden one by the difference
    (`data.release.share_guard`), also with the help of `earlier` releases (`data.release.shares_over_time`); it has no
    quality.
    """
    rows = survey.sort_values(["indicator", "area_id", "wave"], ignore_index=True)
    rows["level"] = rows["area_id"].map(levels)
    rows["rounded"] = rows["rounded"].fillna(0).astype(bool)
    n_eff, basis = proportions.effective_n(
        n=_floats(rows["n"]),
        n_eff=_floats(rows["n_eff"]),
        deff=_floats(rows["deff"]),
        half_width=_floats(rows["half_width"]),
        share=_floats(rows["share"]),
    )
    # Where nobody has said how many answered, a published half-width is shown as that, and nothing is tested on it.
    of_others = (rows["n"].isna() & rows["n_eff"].isna() & rows["half_width"].notna()).to_numpy(dtype=bool)
    rows["n_eff"], rows["n_eff_basis"] = np.where(of_others, np.nan, n_eff), np.where(of_others, "published", basis)
    low, high = proportions.interval(_floats(rows["share"]), _floats(rows["n_eff"]))
    half = np.where(of_others, _floats(rows["half_width"]), np.nan)
    rows["low"] = np.where(of_others, np.maximum(_floats(rows["share"]) - half, 0), low)
    rows["high"] = np.where(of_others, np.minimum(_floats(rows["share"]) + half, 1), high)
    known = rows["n_eff"].notna()
    rows["quality"] = ""
    rows.loc[known, "quality"] = proportions.quality(
        _floats(rows.loc[known, "share"]), _floats(rows.loc[known, "n"]), _floats(rows.loc[known, "n_eff"])
    )
    rows["state"] = np.where(rows["quality"] == HIDDEN_QUALITY, "hidden", "published")
    rows.loc[rows["share"].isna(), "state"] = "missing"
    for guard in (guarding, partial(guarding_over_releases, earlier=nothing() if earlier is None else earlier)):
        rows.loc[guard(rows, sums), ["state", "quality"]] = "hidden", ""
    # A hidden share leaves no trace in the release: not the share, not its interval, and not an effective number of
    # answers that was worked out from a half-width, for the share follows from it.
    hidden = rows["state"] == "hidden"
    rows.loc[hidden, ["share", "low", "high"]] = np.nan
    rows.loc[hidden & (rows["n_eff_basis"] == "interval"), "n_eff"] = np.nan
    return _with_changes(rows, directions).drop(columns=["deff", "half_width", "load_id"], errors="ignore")


def _with_changes(rows: pd.DataFrame, directions: dict[str, int]) -> pd.DataFrame:
    """Adds the previous wave, the change since it, its interval, and the verdict from the fixed family."""
    previous = _wave_before(rows)
    rows["previous_wave"] = previous["wave"].astype("str").fillna("")
    rows["comparable"] = previous["series"].notna() & (previous["series"] == rows["series"])
    comparable = rows["comparable"].to_numpy()
    share, earlier = _floats(rows["share"]), np.where(comparable, _floats(previous["share"]), np.nan)
    n_eff, n_eff_earlier = _floats(rows["n_eff"]), np.where(comparable, _floats(previous["n_eff"]), np.nan)
    difference, low, high = proportions.difference(share, n_eff, earlier, n_eff_earlier)
    rows["change"] = share - earlier
    rows["change_low"], rows["change_high"] = low, high
    tested = (
        np.isfinite(difference)
        & rows["quality"].isin(TESTED_QUALITIES).to_numpy()
        & previous["quality"].isin(TESTED_QUALITIES).to_numpy()
    )
    p_values = np.where(tested, proportions.difference_p_value(share, n_eff, earlier, n_eff_earlier), np.nan)
    family = rows["wave"] + "|" + rows["indicator"] + "|" + rows["level"]
    rows["changed"] = comparisons.verdicts(
        rows["change"].to_numpy(), p_values, family.to_numpy(), rows["indicator"].map(directions).to_numpy()
    )
    return rows


def _wave_before(rows: pd.DataFrame) -> pd.DataFrame:
    """The figures of each area in the wave before of its indicator and level; missing where it was not measured then.

    Where one wave was asked in two ways, an area's own way comes first.
    """
    waves = rows[["indicator", "level", "wave"]].drop_duplicates().sort_values("wave")
    waves["span"] = spans_of(waves["wave"])
    waves["previous_wave"] = waves.groupby(["indicator", "level", "span"])["wave"].shift()
    known = rows[["indicator", "area_id", "wave", "series", "share", "n_eff", "quality"]]
    key = ["indicator", "area_id"]
    wanted = rows[[*key, "level", "wave", "series"]].merge(waves, on=["indicator", "level", "wave"], how="left")
    wanted["row"] = np.arange(len(wanted))
    earlier = wanted.merge(known, left_on=[*key, "previous_wave"], right_on=[*key, "wave"], suffixes=("_now", ""))
    earlier["other"] = earlier["series"] != earlier["series_now"]
    earlier = earlier.sort_values(["row", "other"]).drop_duplicates("row").set_index("row")
    return earlier[["wave", "series", "share", "n_eff", "quality"]].reindex(range(len(rows))).set_axis(rows.index)


def _floats(column: pd.Series) -> np.ndarray:
    return column.to_numpy(dtype=float, na_value=np.nan)
