"""Times the statistics of a whole release: run `python -m benchmarks.statistics`."""

import sys

import numpy as np

from analysis import comparisons, mass_registrations, proportions, rates, spc
from benchmarks.results import Figure, Pair, Results, Stopwatch, Timing, fastest

AREAS, WAVES, INDICATORS = 1_000, 10, 5
QUARTERS, CATEGORIES = 72, 12
SURVEY_LIMIT, INCIDENT_LIMIT = 1.0, 5.0
SEED = 20250901
SEASON = 4
SHARES, LOOPED = 20_000, 1_000


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
    flagged = clock.run("mass registrations", lambda: mass_registrations.mass_registrations(series))[0]
    kept = np.where(flagged, np.nan, series).reshape(counts.shape)
    phi = clock.run("overdispersion", lambda: [rates.dispersion(*pair)[0] for pair in zip(kept, exposure, strict=True)])
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


def verdicts_beside_a_loop() -> Pair:
    """Seconds for intervals and corrected verdicts of many shares, and for the same in a loop with statsmodels."""
    from statsmodels.stats.multitest import multipletests
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    draw = np.random.default_rng(SEED)
    n = draw.integers(50, 600, SHARES).astype(float)
    share, other = draw.binomial(n.astype(int), 0.8) / n, draw.binomial(n.astype(int), 0.8) / n
    family = np.zeros(SHARES, dtype=int)

    def own() -> None:
        proportions.interval(share, n)
        change = np.asarray(proportions.difference(share, n, other, n)[0])
        p_value = proportions.difference_p_value(share, n, other, n)
        comparisons.verdicts(change, np.ravel(p_value), family, 1)

    def loop() -> None:
        for each, before, many in zip(share[:LOOPED], other[:LOOPED], n[:LOOPED], strict=True):
            proportion_confint(each * many, many, method="wilson")
            confint_proportions_2indep(each * many, many, before * many, many)
        multipletests(draw.random(SHARES), method="fdr_bh")

    return fastest(own), fastest(loop, 1) * SHARES / LOOPED


def main() -> int:
    """Run all, print the figures and keep them; returns how many targets were missed."""
    results = Results("statistics")
    results.add_steps(f"{AREAS * WAVES * INDICATORS:,} shares", survey(), SURVEY_LIMIT)
    results.add_steps(f"{AREAS * QUARTERS * CATEGORIES:,} counts", incidents(), INCIDENT_LIMIT)
    own, loop = verdicts_beside_a_loop()
    results.add(Figure(f"verdicts on {SHARES:,} shares", own, "s", None, "a loop with statsmodels", loop))
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
