"""Ranks cells by the rule that would have foretold best in earlier years, and says how well it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from analysis.arguments import Booleans, Floats, not_negative
from analysis.prediction import hits_of_top
from analysis.windows import Neighbours, windows_of


@dataclass(frozen=True)
class Rule:
    """How years and neighbours count: a year weighs `decay` times the year after it, neighbours `spill` of all.

    `decay` 0 is the newest year alone, 1 all years alike; `spill` 0 is the cell alone.
    """

    decay: float
    spill: float = 0.0


LAST_YEAR = Rule(0.0)
"""The baseline to beat: the cells that had most last year."""
RULES = tuple(Rule(decay, spill) for spill, decay in product((0.0, 0.2, 0.4), (0.0, 0.25, 0.5, 0.75, 1.0)))


@dataclass(frozen=True)
class Ranking:
    """The winning rule, each cell's score by it (NaN where nothing is known), and what it was worth.

    `hit_rate` is the part of the newest year's incidents in the `cells` cells that the rule chosen on the years
    before ranked first; `last_year` is that of as many cells with most incidents the year before. Both are NaN where
    there is nothing to judge on. `tested` is how many years the rule was chosen on.
    """

    rule: Rule
    score: Floats
    cells: int
    hit_rate: float
    last_year: float
    tested: int


def best_ranking(counts: ArrayLike, neighbours: Neighbours, cells: int, rules: Sequence[Rule] = RULES) -> Ranking:
    """Return the ranking whose first `cells` cells held most of the incidents of the years after.

    `counts` is years (oldest first) × cells; missing counts are NaN and count as the mean of the cell's known years.
    The rule is chosen by the sum of hits over every year that has one before it, each judged on the years before
    that year only; the first of `rules` wins a tie. `hit_rate` judges the newest year by the rule that the years
    before it would have chosen, so no year has a say in its own test. With one year the first rule stands untested.
    Raises ValueError for negative counts, `cells` outside 1 up to the cells there are, and shapes that do not fit.
    Source: kernels of age and distance as in Bowers, Johnson & Pease (2004), Br. J. Criminology 44:641; choice by
    rolling-origin evaluation, Tashman (2000), Int. J. Forecasting 16:437.
    """
    x = not_negative("counts", counts)
    if x.ndim != 2 or not x.shape[0]:
        raise ValueError(f"counts has shape {x.shape}; allowed: years × cells")
    if not 1 <= cells <= x.shape[1]:
        raise ValueError(f"cells = {cells} is not allowed; allowed: 1 up to {x.shape[1]}")
    windows = windows_of(neighbours, x.shape[1])
    hits = np.array([[_hits(x, year, rule, windows, cells) for rule in rules] for year in range(1, len(x))])
    tested = len(x) - 1
    rule = rules[int(np.argmax(hits.sum(axis=0)))] if tested else rules[0]
    score = scores(x, rule, windows)
    if not tested:
        return Ranking(rule, score, cells, float("nan"), float("nan"), 0)
    earlier = rules[int(np.argmax(hits[:-1].sum(axis=0)))]
    total = float(np.nansum(x[-1]))
    rates = [
        _hits(x, len(x) - 1, judged, windows, cells) / total if total else float("nan")
        for judged in (earlier, LAST_YEAR)
    ]
    return Ranking(rule, score, cells, rates[0], rates[1], tested)


def scores(counts: Floats, rule: Rule, windows: csr_array) -> Floats:
    """Return each cell's weighted mean of its own and its neighbours' years; `windows` is as `windows_of` makes it."""
    weights = rule.decay ** np.arange(len(counts) - 1, -1, -1.0)
    known = ~np.isnan(counts)
    own = _mean(weights, counts, known)
    # Where no weighted year is known, as after a mass registration last year, all known years count alike.
    own = np.where(np.isnan(own), _mean(np.ones(len(counts)), counts, known), own)
    if not rule.spill:
        return own
    filled, there = np.nan_to_num(own), (~np.isnan(own)).astype(float)
    around, many = windows @ filled - filled, windows @ there - there
    mean = np.divide(around, many, where=many > 0, out=filled.copy())
    smoothed: Floats = np.where(np.isnan(own), np.nan, (1 - rule.spill) * own + rule.spill * mean)
    return smoothed


def _mean(weights: Floats, counts: Floats, known: Booleans) -> Floats:
    """The weighted mean of the known years of each cell; NaN where they weigh nothing."""
    weight = weights @ known
    total = weights @ np.nan_to_num(counts)
    return np.divide(total, weight, where=weight > 0, out=np.full(len(weight), np.nan))


def _hits(x: Floats, year: int, rule: Rule, windows: csr_array, cells: int) -> float:
    """Incidents of one year in the cells that the rule ranks first on the years before."""
    score = scores(x[:year], rule, windows)
    known = ~np.isnan(score + x[year])
    if known.sum() < cells:
        return float(x[year][known].sum())
    return float(hits_of_top(x[year][known], score[known])[cells - 1])
