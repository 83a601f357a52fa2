"""Answers how well last year's map foretold where this year's incidents would be.

Cells are squares of one size, so a number of cells is an area. Missing counts are NaN and leave the cell out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.arguments import Floats, not_negative, numbers, same_length


@dataclass(frozen=True)
class Score:
    """How well a choice of cells caught the incidents.

    `hits` incidents fell in the cells, the part `hit_rate` of all. `pai` (prediction accuracy index) is the
    hit rate over the part of the area: 1 is no better than cells drawn by lot. `pei` (prediction efficiency
    index) is hits over the most that as many cells could have caught: 1 is perfect.
    """

    hits: float
    hit_rate: float
    pai: float
    pei: float


@dataclass(frozen=True)
class BackTest:
    """Last year's hotspots on this year's incidents, beside as many cells that simply had most last year.

    Scores are NaN where there was no hotspot or there are no incidents: then there is nothing to judge.
    """

    cells: int
    area_share: float
    incidents: float
    hotspots: Score
    baseline: Score

    @property
    def beats_baseline(self) -> bool:
        """Whether the hotspots caught more than last year's top cells did."""
        return self.hotspots.hits > self.baseline.hits


def prediction_accuracy_index(observed: ArrayLike, predicted: ArrayLike) -> Floats:
    """Return PAI of the cells with the highest prediction: of the first, the first two, … and all cells.

    PAI is the part of `observed` in those cells over the part of the area; cells are of one size. Cells with
    the same prediction come in no order: each counts as their mean, so the order of rows changes nothing. NaN
    where nothing was observed; cells missing in either are left out.
    Raises ValueError for negative counts and inputs of different length.
    Source: Chainey, Tompson & Uhlig (2008), Security Journal 21:4.
    """
    x, rank = _pair(observed, predicted)
    cells = np.arange(1, x.size + 1)
    total = x.sum()
    if not total:
        return np.full(x.size, np.nan)
    return hits_of_top(x, rank) / total / (cells / x.size)


def back_test(chosen: ArrayLike, counts_before: ArrayLike, counts_after: ArrayLike) -> BackTest:
    """Return how the cells `chosen` on `counts_before` did on `counts_after`, a value for each cell.

    The baseline to beat is the same area laid on the cells with most incidents before; ties at its edge count
    as their mean. Cells with a missing count in either year are left out.
    Raises ValueError for negative counts, choices that are not true or false and inputs of different length.
    Source: PAI as in `prediction_accuracy_index`; PEI: Hunt (2016), dissertation, American University.
    """
    picked = numbers("chosen", chosen)
    if not np.isin(picked, (0, 1)).all():
        wrong = picked[~np.isin(picked, (0, 1))].flat[0]
        raise ValueError(f"chosen = {wrong:g} is not allowed; allowed: true or false")
    before, after = not_negative("counts_before", counts_before), not_negative("counts_after", counts_after)
    same_length(("chosen", "counts_before", "counts_after"), picked, before, after)
    _one_dimension("chosen", picked)
    known = ~np.isnan(before + after)
    picked, before, after = picked[known] == 1, before[known], after[known]
    cells, incidents = int(picked.sum()), float(after.sum())
    area = cells / picked.size if picked.size else float("nan")
    if not cells:
        nothing = Score(0.0, *[float("nan")] * 3)
        return BackTest(0, area, incidents, nothing, nothing)
    best = float(hits_of_top(after, after)[cells - 1])
    hits = float(after[picked].sum()), float(hits_of_top(after, before)[cells - 1])
    scores = [_score(caught, incidents, area, best) for caught in hits]
    return BackTest(cells, area, incidents, *scores)


def _score(hits: float, incidents: float, area: float, best: float) -> Score:
    if not incidents:
        return Score(hits, *[float("nan")] * 3)
    return Score(hits, hits / incidents, hits / incidents / area, hits / best)


def hits_of_top(x: Floats, rank: Floats) -> Floats:
    """Incidents in the 1, 2, … cells of highest rank; cells of equal rank each count as their mean."""
    _, group, size = np.unique(-rank, return_inverse=True, return_counts=True)
    means = np.bincount(group, weights=x) / size
    return np.cumsum(np.repeat(means, size))


def _pair(observed: ArrayLike, predicted: ArrayLike) -> tuple[Floats, Floats]:
    x, rank = not_negative("observed", observed), numbers("predicted", predicted)
    same_length(("observed", "predicted"), x, rank)
    _one_dimension("observed", x)
    known = ~np.isnan(x + rank)
    return x[known], rank[known]


def _one_dimension(name: str, array: Floats) -> None:
    if array.ndim != 1:
        raise ValueError(f"{name} has {array.ndim} dimensions; allowed: one value for each cell")
