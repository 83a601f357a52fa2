"""Example incidents by cell and week: the yearly example counts of the two newest years laid out over their weeks."""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from generate.example.tables import Row, marked_as_example

GROWING = {("2025", "gladsaxe", "1320", "250m_618225_72050"): (51, 52)}
"""Cells whose incidents are drawn to the last weeks of the year, so that there is something new to find."""
PULL = 0.8
"""The part of such a cell's incidents that falls in those weeks."""


def weekly_rows(rng: np.random.Generator, yearly: Sequence[Row], year: str) -> list[Row]:
    """A row for each cell, category and week of a year with an incident; they add up to its yearly rows."""
    rows: list[Row] = []
    for row in yearly:
        count = int(str(row["count"]))
        if row["year"] != year or not count:
            continue
        weeks = dt.date(int(year), 12, 28).isocalendar().week
        weights = np.full(weeks, 1 / weeks)
        growing = GROWING.get((year, str(row["area_id"]), str(row["category"]), str(row["cell_id"])))
        if growing:
            weights *= 1 - PULL
            weights[[week - 1 for week in growing]] += PULL / len(growing)
        drawn = rng.multinomial(count, weights)
        rows += [
            {
                "year": f"{year}U{week + 1:02d}",
                "cell_id": row["cell_id"],
                "area_id": row["area_id"],
                "category": row["category"],
                "count": int(drawn[week]),
                "households": "",
            }
            for week in np.flatnonzero(drawn)
        ]
    rows.sort(key=lambda row: (str(row["year"]), str(row["area_id"]), str(row["category"]), str(row["cell_id"])))
    return marked_as_example(rows)
