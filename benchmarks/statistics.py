"""Times the statistics of a whole release: run `python -m benchmarks.statistics`."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from analysis import comparisons, masses, proportions, rates, spc

T = TypeVar("T")

AREAS, WAVES, INDICATORS = 1_000, 10, 5
QUARTERS, CATEGORIES = 72, 12
SURVEY_LIMIT, INCIDENT_LIMIT = 1.0, 5.0
SEED = 20250901
SEASON = 4


@dataclass(frozen=True)
class Timing:
    """One step and the seconds it took."""

    step: str
    seconds: float


class Stopwatch:
    """Runs steps and keeps how long each took."""

    def __init__(self) -> None:
        """Start without timings."""
        self.timings: list[Timing] = []

    def run(self, step: str, work: Callable[[], T]) -> T:
        """Do `work`, note its time under `step` and return its answer."""
        started = time.perf_counter()
        answer = work()
        self.timings.append(Timing(step, time.perf_counter() - started))
        return answer


def survey() -> list[Timing]:
    """Time all survey statistics of 1,000 areas × 10 waves × 5 indicators."""
    draw, clock = np.random.default_rng(SEED), Stopwatch()
    shape = (WAVES, INDICATORS, AREAS)
    n = draw.integers(20, 600, shape).astype(float)
    share = draw.binomial(n.astype(int), 0.8) / n
    deff = np.where(draw.random(shape) < 0.5, 1.3, np.nan)
    unknown = np.full(shape, np.nan)
    n_eff, _ = clock.run("effective answers", lambda: proportions.effective_n(n, unknown, deff, unknown, share))
    n_eff = np.asarray(n_eff)
    clock.run("intervals", lambda: proportions.interval(share, n_eff))
    clock.run("quality", lambda: proportions.quality(share, n, n_eff))
    older, newer = (share[:-1], n_eff[:-1]), (share[1:], n_eff[1:])
    change = np.asarray(clock.run("changes", lambda: proportions.difference(*newer, *older))[0])
    p_value = clock.run("p-values", lambda: proportions.difference_p_value(*newer, *older))
    clock.run("detectable changes", lambda: proportions.detectable_change(*older, newer[1]))
    clock.run(
        "pooled waves",
        lambda: [proportions.pool(share[w : w + 3], n_eff[w : w + 3]) for w in range(WAVES - 2)],
    )
    family = np.broadcast_to(np.arange((WAVES - 1) * INDICATORS).reshape(WAVES - 1, INDICATORS, 1), change.shape)
    clock.run("verdicts", lambda: comparisons.verdicts(change.ravel(), np.ravel(p_value), family.ravel(), 1))
    return clock.timings


def incidents() -> list[Timing]:
    """Time all incident statistics of 1,000 areas × 72 quarters × 12 categories."""
    draw, clock = np.random.default_rng(SEED), Stopwatch()
    mean = draw.lognormal(3, 1.2, (CATEGORIES, AREAS, 1))
    counts = draw.poisson(draw.gamma(mean / 2, 2, (CATEGORIES, AREAS, QUARTERS))).astype(float)
    residents = draw.uniform(500, 60_000, (AREAS, 1)) * np.linspace(1, 1.1, QUARTERS)
    exposure = np.broadcast_to(residents, counts.shape)
    series = counts.reshape(-1, QUARTERS)
    flagged = clock.run("mass registrations", lambda: masses.mass_registrations(series))[0]
    kept = np.where(flagged, np.nan, series).reshape(counts.shape)
    phi = clock.run(
        "overdispersion", lambda: [rates.overdispersion(*pair) for pair in zip(kept, exposure, strict=True)]
    )
    clock.run("count intervals", lambda: rates.count_interval(counts))
    dispersion = np.array(phi)[:, None, None]
    newer, older = (
        (counts[..., SEASON:], exposure[..., SEASON:]),
        (counts[..., :-SEASON], exposure[..., :-SEASON]),
    )
    ratio, _, _, p_value = clock.run(
        "against last year", lambda: rates.rate_ratio(*newer, *older, dispersion=dispersion)
    )
    with np.errstate(divide="ignore"):
        difference = np.log(ratio)
    per_quarter = np.arange(CATEGORIES * (QUARTERS - SEASON)).reshape(CATEGORIES, 1, -1)
    family = np.broadcast_to(per_quarter, difference.shape)
    clock.run("verdicts", lambda: comparisons.verdicts(difference.ravel(), np.ravel(p_value), family.ravel(), -1))
    clock.run("control charts", lambda: spc.count_chart(series, flagged))
    return clock.timings


def table(title: str, timings: list[Timing], limit: float | None = None) -> str:
    """Return the timings as text, with their sum held against `limit` seconds where there is one."""
    total = sum(timing.seconds for timing in timings)
    rows = [f"{timing.step:<24}{timing.seconds:>8.3f} s" for timing in timings]
    verdict = "" if limit is None else f"  {'within' if total < limit else 'OVER'} {limit:g} s"
    return "\n".join([title, *rows, f"{'total':<24}{total:>8.3f} s{verdict}", ""])


def main() -> None:
    """Run both and print their tables."""
    print(table(f"Survey: {AREAS} areas x {WAVES} waves x {INDICATORS} indicators", survey(), SURVEY_LIMIT))
    title = f"Incidents: {AREAS} areas x {QUARTERS} quarters x {CATEGORIES} categories"
    print(table(title, incidents(), INCIDENT_LIMIT))


if __name__ == "__main__":
    main()
