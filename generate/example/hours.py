"""Example incidents by time of week that add up to the official yearly counts of the three municipalities."""

import numpy as np

from generate.example.incidents import Counts
from generate.example.profiles import PROFILES
from generate.example.tables import Row, marked_as_example
from generate.example.townscape import YEARS

# Per category, how much falls in each band of four hours (from midnight) on a weekday, and the factor by weekday and
# band at the weekend: violence on weekend nights, burglary by day, theft from shops while they are open.
WEEKDAY_BANDS = {
    "12": (4, 2, 6, 10, 13, 10),
    "1320": (5, 3, 12, 18, 14, 8),
    "1332": (1, 1, 12, 26, 28, 5),
    "3210": (6, 1, 5, 13, 19, 15),
    "3410": (7, 2, 5, 10, 14, 14),
}
WEEKEND = {
    "12": (4.0, 2.2, 0.8, 0.9, 1.1, 1.7),
    "1320": (1.2, 1.1, 0.8, 0.8, 1.1, 1.2),
    "1332": (1.0, 1.0, 0.8, 0.8, 0.5, 0.6),
    "3210": (2.6, 1.6, 0.7, 0.8, 1.0, 1.4),
    "3410": (2.4, 1.5, 0.7, 0.8, 1.0, 1.4),
}
FRIDAY, SATURDAY, SUNDAY = 5, 6, 7
LATE = 4  # from this band on Friday belongs to the weekend, and Sunday no longer


def hour_rows(rng: np.random.Generator, official: Counts) -> list[Row]:
    """One row per year, municipality, category, weekday (1 is Monday) and band of four hours, zeros included."""
    rows: list[Row] = []
    for year in YEARS:
        for area_id in sorted({profile.municipality for profile in PROFILES}):
            for category in WEEKDAY_BANDS:
                total = sum(official[f"{year}K{quarter}", area_id, category] for quarter in range(1, 5))
                weights = _week(category)
                counts = rng.multinomial(total, weights / weights.sum()).reshape(7, 6)
                rows += [
                    {"year": year, "area_id": area_id, "category": category, "weekday": day + 1, "band": band,
                     "count": int(counts[day, band])}
                    for day in range(7)
                    for band in range(6)
                ]  # fmt: skip
    return marked_as_example(rows)


def _week(category: str) -> np.ndarray:
    """Weights of the 42 bands of a week, Monday's first."""
    weights = np.tile(np.array(WEEKDAY_BANDS[category], dtype=float), (7, 1))
    factor = np.array(WEEKEND[category])
    weights[SATURDAY - 1] *= factor
    weights[SUNDAY - 1, :LATE] *= factor[:LATE]
    weights[FRIDAY - 1, LATE:] *= factor[LATE:]
    return weights.reshape(-1)
