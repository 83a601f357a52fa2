"""Example quarterly incidents of the housing areas, always below the official count of their municipality."""

from collections import defaultdict
from collections.abc import Mapping
from statistics import median

import numpy as np
from scipy.stats import nbinom

from generate.example.profiles import PROFILES, Profile
from generate.example.tables import Row, marked_as_example

TOTAL = "TOT"
OTHER = "other"  # what TOT holds beyond the named categories; never written
DISPERSION = 1.2  # variance over mean of quarterly counts

# A housing area's rate over that of its municipality. Flats have fewer burglaries and shops than a town.
RELATIVE_RATE = {
    "12": 1.5, "1316": 0.4, "1320": 0.7, "1332": 0.35, "1336": 1.1, "3210": 1.9, "3410": 1.6, OTHER: 1.0,
}  # fmt: skip

# (area, category) → factor in 2021 and in 2025, with a straight line on the log scale between; 1 up to 2020.
# These steer the fates of the incident criteria (see criteria.py).
TRENDS: dict[tuple[str, str], tuple[float, float]] = {
    ("vaerebro-park", "3210"): (3.0, 0.45),
    ("hede-magleparken", "1336"): (1.6, 0.6),
    ("grantoften", "12"): (0.95, 0.8),
}

Counts = Mapping[tuple[str, str, str], int]  # (period, area or municipality, category) → count


def with_other(official: Counts) -> dict[tuple[str, str, str], int]:
    """The official counts and, for each place and quarter, what the named categories leave of the total."""
    counts = dict(official)
    for (period, area_id, category), total in official.items():
        if category == TOTAL:
            named = sum(official[period, area_id, part] for part in RELATIVE_RATE if part != OTHER)
            counts[period, area_id, OTHER] = total - named
    return counts


def seasons(counts: Counts, country: str = "hele-landet") -> dict[tuple[str, str], float]:
    """Share of a year's incidents that falls in each quarter, by category, from the whole country."""
    of_quarter: dict[tuple[str, str], int] = defaultdict(int)
    of_category: dict[str, int] = defaultdict(int)
    for (period, area_id, category), count in counts.items():
        if area_id == country:
            of_quarter[category, period[4:]] += count
            of_category[category] += count
    return {key: count / of_category[key[0]] for key, count in of_quarter.items()}


def incident_rows(rng: np.random.Generator, official: Counts, residents: Mapping[tuple[str, str], int]) -> list[Row]:
    """Counts by housing area, category and quarter.

    `residents` maps (year, area or municipality) to persons. A count is drawn around the
    municipality's typical level that year (four times its median quarter, so that a mass registration
    does not spill over) × the area's part of the residents × its relative rate × season × trend.
    """
    counts = with_other(official)
    season = seasons(counts)
    by_municipality: dict[str, list[Profile]] = defaultdict(list)
    for profile in PROFILES:
        by_municipality[profile.municipality].append(profile)
    rows: list[Row] = []
    for municipality, profiles in by_municipality.items():
        for period in sorted({period for period, *_ in official}):
            drawn: dict[tuple[str, str], int] = {}
            for category in RELATIVE_RATE:
                level = _typical_level(counts, municipality, category, period[:4])
                means = [
                    level
                    * residents[period[:4], profile.area_id]
                    / residents[period[:4], municipality]
                    * RELATIVE_RATE[category]
                    * season[category, period[4:]]
                    * _trend(profile.area_id, category, period)
                    for profile in profiles
                ]
                values = below(_overdispersed(rng, means), counts[period, municipality, category])
                drawn |= {(profile.area_id, category): v for profile, v in zip(profiles, values, strict=True)}
            for profile in profiles:
                rows += _rows(profile.area_id, period, drawn)
    return marked_as_example(rows)


def below(values: list[int], limit: int) -> list[int]:
    """The values, lowered one by one from the largest until their sum is below the limit or 0."""
    lowered = list(values)
    while sum(lowered) > max(limit - 1, 0):
        lowered[lowered.index(max(lowered))] -= 1
    return lowered


def _typical_level(counts: Counts, municipality: str, category: str, year: str) -> float:
    return 4 * median(counts[f"{year}K{quarter}", municipality, category] for quarter in range(1, 5))


def _trend(area_id: str, category: str, period: str) -> float:
    first, last = TRENDS.get((area_id, category), (1.0, 1.0))
    year = int(period[:4])
    if year < 2021:
        return 1.0
    return float(first * (last / first) ** ((year - 2021) / 4))


def _overdispersed(rng: np.random.Generator, means: list[float]) -> list[int]:
    """Negative binomial counts whose variance is DISPERSION times their mean.

    Drawn through the inverse distribution, one random number a count, so that a changed trend in one
    area leaves all other counts as they were.
    """
    sizes = np.array(means) / (DISPERSION - 1)
    counts = nbinom.ppf(rng.random(len(means)), sizes, 1 / DISPERSION)
    return [int(count) for count in counts]


def _rows(area_id: str, period: str, drawn: Mapping[tuple[str, str], int]) -> list[Row]:
    parts = {category: drawn[area_id, category] for category in RELATIVE_RATE}
    named = {category: count for category, count in parts.items() if category != OTHER}
    return [
        {"period": period, "area_id": area_id, "category": category, "count": count}
        for category, count in {TOTAL: sum(parts.values()), **named}.items()
    ]
