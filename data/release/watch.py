"""Finds the cells to keep an eye on: ranked highest of those that are no hotspots, each with what it lacks."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.hotspots import LEVEL, upper_tail
from analysis.thresholds import FEWEST_INCIDENTS
from data.release.hotspot_places import Whereabouts, described, near_housing

WATCH_COLUMNS = [
    "size", "year", "category", "rank", "cell_id", "area_id", "where", "count", "window_count", "window_expected",
    "p_value", "needed", "years_hot", "score", "provenance", "source_id",
]  # fmt: skip
NEAR = 0.2
"""A cell whose window would be as full by chance more often than this is not near to standing out."""
LISTED = 5
"""Places that are watched in each municipality."""
MOST_LACKING = 200
"""A cell that lacks more incidents than this to be a hotspot is not near to being one."""


def watch_rows(
    cells: pd.DataFrame,
    dispersion: NDArray[np.float64],
    around: NDArray[np.int64],
    squares: NDArray[np.object_],
    where: Whereabouts,
) -> pd.DataFrame:
    """The cells of one map to keep an eye on, highest score first, no two of them neighbours, five a municipality.

    `cells` are the rows of the map with `score`; the others are in their order. `needed` is how many incidents the cell
    and its neighbours would have to hold to be a hotspot, all else alike; a cell whose window lies below what is
    expected is not watched.
    """
    hot, p_value = cells["hotspot"].to_numpy(dtype=bool), cells["p_value"].to_numpy(dtype=float)
    observed = cells["window_count"].to_numpy(dtype=float)
    expected = cells["window_expected"].to_numpy(dtype=float)
    score = cells["score"].to_numpy(dtype=float)
    beside_hot = hot | (np.where(around >= 0, hot[around], False)).any(axis=1)
    likely = ~beside_hot & (observed > expected) & (score > 0) & (p_value <= NEAR)
    limit = LEVEL * (hot.sum() + 1) / max(1, np.isfinite(p_value).sum())
    taken = np.zeros(len(cells), dtype=bool)
    areas = cells["area_id"].to_numpy(dtype=object)
    many: dict[str, int] = {}
    rows: list[dict[str, object]] = []
    for index in np.lexsort((p_value, -score)):
        area = str(areas[index])
        if not likely[index] or taken[index] or many.get(area, 0) == LISTED:
            continue
        needed = _needed(observed[index], expected[index], dispersion[index], limit)
        if needed is None:
            continue
        taken[[index, *around[index][around[index] >= 0]]] = True
        many[area] = many.get(area, 0) + 1
        row = cells.iloc[index]
        rows.append(
            {name: row[name] for name in WATCH_COLUMNS if name in cells}
            | {
                "rank": len(rows) + 1,
                "needed": needed,
                "where": described(area, squares[index], near_housing(squares[index], where), where),
            }
        )
    return pd.DataFrame(rows, columns=WATCH_COLUMNS)


def _needed(observed: float, expected: float, dispersion: float, limit: float) -> int | None:
    """The smallest count from `observed` on that would be a hotspot at this limit; None where that is far off."""
    counts = np.arange(max(observed, FEWEST_INCIDENTS), observed + MOST_LACKING)
    enough = np.flatnonzero(upper_tail(counts, expected, dispersion) <= limit)
    return int(counts[enough[0]]) if enough.size else None
