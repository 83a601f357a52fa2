"""Answers whether shares have risen or fallen steadily over their waves, which no two waves beside each other show."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm
from scipy.stats import t as t_distribution

from analysis.arguments import Floats, between, positive, same_length, shares
from analysis.thresholds import FEWEST_WAVES

Series = tuple[ArrayLike, ArrayLike, ArrayLike]
"""Times in decimal years, shares and effective answers of one series, an entry a wave."""


@dataclass(frozen=True)
class Trend:
    """The slope of a share over its waves, in share points a year, with limits; positive where it rises.

    `start` and `end` lie on the line at the first and the last wave. `dispersion` is how many times more than their
    answers explain the waves of the whole family vary about their lines (never below 1; on `degrees` of freedom), and
    everything is widened by its square root. `enough` is False, and the figures NaN, with fewer than 4 waves.
    """

    enough: bool
    waves: int
    slope: float
    low: float
    high: float
    p_value: float
    start: float
    end: float
    dispersion: float
    degrees: int
    confidence: float


@dataclass(frozen=True)
class _Line:
    waves: int
    slope: float
    error: float
    start: float
    end: float
    misfit: float


def trend(years: ArrayLike, share: ArrayLike, n_eff: ArrayLike, confidence: float = 0.95) -> Trend:
    """Return the trend of one series that is a family of its own; see `trends`."""
    return trends([(years, share, n_eff)], confidence)[0]


def trends(family: Sequence[Series], confidence: float = 0.95) -> list[Trend]:
    """Return the trend of each series of a family: all areas at one level, one indicator.

    Waves with a missing share or n_eff are left out. Weighted least squares on the share with variance p(1 − p)/n_eff,
    where p is drawn one answer towards one half so that nobody and everybody have a variance too; the variances are
    taken as known. Where the waves of the family vary about their lines by more than chance, by Cochran's Q over its
    degrees of freedom (waves − 2 of each series), every standard error is widened by √(Q/df) and limits use t. The
    p-values await a decision for the family as a whole (`comparisons.benjamini_hochberg`).
    Raises ValueError for shares outside 0–1, n_eff not above 0, two waves at one time, inputs of different length and
    confidence outside 0–1.
    Source: weighted regression with known variances, Draper & Smith (1998), Applied Regression Analysis, 9.2; Q:
    Cochran (1954), Biometrics 10:101.
    """
    tail = (1 - between("confidence", confidence, 0, 1)) / 2
    lines = [_line(*series) for series in family]
    told = [line for line in lines if line.waves >= FEWEST_WAVES]
    degrees = sum(line.waves - 2 for line in told)
    dispersion = max(1.0, sum(line.misfit for line in told) / degrees) if degrees else float("nan")
    # A spread that is itself an estimate has the heavier tails of t; one that is known has the normal ones.
    spread = t_distribution(degrees) if dispersion > 1 else norm()
    rows = []
    for line in lines:
        if line.waves < FEWEST_WAVES:
            rows.append(Trend(False, line.waves, *(float("nan"),) * 7, 0, confidence))
            continue
        error = line.error * float(np.sqrt(dispersion))
        half = float(spread.isf(tail)) * error
        rows.append(
            Trend(
                True,
                line.waves,
                line.slope,
                line.slope - half,
                line.slope + half,
                float(2 * spread.sf(abs(line.slope) / error)),
                line.start,
                line.end,
                dispersion,
                degrees,
                confidence,
            )
        )
    return rows


def _line(years: ArrayLike, share: ArrayLike, n_eff: ArrayLike) -> _Line:
    t, p, n = np.asarray(years, dtype=float), shares("share", share), positive("n_eff", n_eff)
    same_length(("years", "share", "n_eff"), t, p, n)
    known = ~np.isnan(p + n + t)
    t, p, n = t[known], p[known], n[known]
    if np.unique(t).size < t.size:
        raise ValueError("years holds a time more than once; allowed: one wave at a time")
    if t.size < FEWEST_WAVES:
        return _Line(int(t.size), *(float("nan"),) * 5)
    weight = 1 / _variance(p, n)
    centre, level = float(weight @ t / weight.sum()), float(weight @ p / weight.sum())
    spread = float(weight @ (t - centre) ** 2)
    slope = float(weight @ ((t - centre) * p)) / spread
    misfit = float(weight @ (p - level - slope * (t - centre)) ** 2)
    start, end = np.clip([level + slope * (t.min() - centre), level + slope * (t.max() - centre)], 0, 1)
    return _Line(int(t.size), slope, float(np.sqrt(1 / spread)), float(start), float(end), misfit)


def _variance(p: Floats, n: Floats) -> Floats:
    """Variance of a share, as though one more answer had been half yes, half no."""
    near = (p * n + 0.5) / (n + 1)
    variance: Floats = near * (1 - near) / n
    return variance
