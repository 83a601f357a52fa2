"""Tells, before a success criterion on a count a year is adopted, how likely the years are to decide it, and how."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nbinom, poisson

from analysis.arguments import Floats, at_least, between, directions, not_negative, one, positive
from analysis.criterion_rules import CONFIDENCE, MET, measured_rate, statuses
from analysis.decidability import LIKELY, Chances, chances_of, first_that_holds
from analysis.thresholds import NONE_UP_TO

# Counts further out than this many standard deviations do not change a probability that is shown in whole per cent.
REACH = 8.0


@dataclass(frozen=True)
class CountProspects:
    """What a criterion on a count can be expected to show; counts a year.

    met_from: the count nearest the target's bound that would count as met at the deadline, NaN where none would.
    if_reached, if_unchanged, if_worse: the chances at the deadline where the expected count is then the target, the
    baseline, or as far from the baseline the other way. tolerance_needed and count_needed each alone make an exact
    success likely to be called met: the smallest whole tolerance, and what would truly have to be expected; NaN where
    they cannot.
    """

    met_from: float
    if_reached: Chances
    if_unchanged: Chances
    if_worse: Chances
    tolerance_needed: float
    count_needed: float


def count_prospects(
    baseline: float,
    target: float,
    direction: int = -1,
    tolerance: float = 0.0,
    dispersion: float = 1.0,
    confidence: float = CONFIDENCE,
) -> CountProspects:
    """Return what a criterion with this baseline and target can show at its deadline, judged with `confidence`.

    Chances are exact: every count of a year, weighted by its probability; Poisson where `dispersion` φ is 1, else
    negative binomial with φ times that variance. A target of 0 counts as met where there are surely no more than the
    tolerance, or than 5 where none is given. Raises ValueError for counts below 0, a target equal to the baseline, a
    tolerance that reaches down to nothing, dispersion below 1 and confidence outside 0–1.
    """
    b, g = one("baseline", not_negative("baseline", baseline)), one("target", not_negative("target", target))
    if b == g:
        raise ValueError(f"target = {g:g} equals the baseline; allowed: a count that differs from it")
    rules = _Rules(
        g,
        one("direction", directions("direction", direction)),
        one("dispersion", at_least("dispersion", dispersion, 1)),
        between("confidence", confidence, 0, 1),
    )
    short = one("tolerance", not_negative("tolerance", tolerance))
    bound = one("target less its tolerance", positive("target less its tolerance", rules.bound(short)))
    return CountProspects(
        rules.met_from(bound),
        rules.chances(g, bound),
        rules.chances(b, bound),
        rules.chances(max(0.0, 2 * b - g), bound),
        rules.tolerance_needed(),
        rules.count_needed(bound),
    )


@dataclass(frozen=True)
class _Rules:
    """A criterion on a count at its deadline."""

    target: float
    direction: float
    dispersion: float
    confidence: float

    def bound(self, tolerance: float) -> float:
        """The count that must surely be kept, above or below."""
        return self.target - self.direction * tolerance if self.target else tolerance or float(NONE_UP_TO)

    def chances(self, truth: float, bound: float) -> Chances:
        counts, chance = self._outcomes(truth)
        return chances_of(chance, self._verdicts(counts, bound))

    def met_from(self, bound: float) -> float:
        met = self._met(bound)
        return float("nan") if not met.size else float(met.max() if self.direction < 0 else met.min())

    def tolerance_needed(self) -> float:
        """The smallest whole tolerance with which an exact success is likely to be called met."""
        counts, chance = self._outcomes(self.target)

        def likely(tolerance: int) -> bool:
            return bool(chance[self._verdicts(counts, self.bound(tolerance)) == MET].sum() / chance.sum() >= LIKELY)

        # At none the tolerance of 0 stands for an agreed number, so what lies above it is no longer one scale.
        if likely(0):
            return 0.0
        most = self._far(self.target) if self.direction < 0 else int(np.ceil(self.target)) - 1
        return first_that_holds(likely, 0, most)

    def count_needed(self, bound: float) -> float:
        """The count that must truly be expected for the criterion to be likely to be called met."""
        edge = self.met_from(bound)
        if np.isnan(edge):
            return edge

        def likely(steps: int) -> bool:
            counts, chance = self._outcomes(max(0.0, self.target + self.direction * steps))
            met = counts <= edge if self.direction < 0 else counts >= edge
            return bool(chance[met].sum() / chance.sum() >= LIKELY)

        most = int(self.target) if self.direction < 0 else self._far(self.target)
        return self.target + self.direction * first_that_holds(likely, 0, most)

    def _met(self, bound: float) -> NDArray[np.int_]:
        counts = np.arange(self._far(bound) + 1)
        return counts[self._verdicts(counts, bound) == MET]

    def _verdicts(self, counts: NDArray[np.int_], bound: float) -> NDArray[np.str_]:
        now = measured_rate(counts, 1.0, self.dispersion, self.confidence)
        # The baseline decides nothing at the deadline.
        return statuses(now, now, np.asarray(np.log(bound)), 1.0, self.direction, 0.0)

    def _far(self, count: float) -> int:
        return int(count + 20 * np.sqrt(self.dispersion * (count + 1))) + 20

    def _outcomes(self, truth: float) -> tuple[NDArray[np.int_], Floats]:
        """Every count that may well turn up in a year of which so many are expected, with its probability."""
        spread = REACH * np.sqrt(self.dispersion * truth)
        counts = np.arange(max(0, int(truth - spread) - 1), int(truth + spread + REACH * self.dispersion) + 2)
        if truth == 0:
            return counts, (counts == 0).astype(float)
        if self.dispersion == 1:
            return counts, np.asarray(poisson.pmf(counts, truth))
        return counts, np.asarray(nbinom.pmf(counts, truth / (self.dispersion - 1), 1 / self.dispersion))
