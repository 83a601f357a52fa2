"""Looks for clusters that grow now in the newest weeks or months of cells, and keeps a log of every alarm.

A look is made at each publication. What it finds is an alarm where chance alone would do as well less than once a year
over all the categories it looks at; the log says what came of each.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.hotspots import upper_tail
from analysis.space_time import EmergingCluster, emerging_clusters, recurrence_days
from data.calendar import Period, Span, spans_of
from data.release.hotspot_places import Whereabouts, described, near_housing
from geo.grid import polygon, size_of

CLUSTER_COLUMNS = [
    "look", "span", "size", "category", "rank", "cell_id", "cells", "area_id", "where", "radius", "periods", "days",
    "observed", "expected", "p_value", "recurrence_days", "permutations", "seed", "provenance", "source_id",
]  # fmt: skip
LOOK_COLUMNS = ["look", "span", "size", "last_day", "days_between", "analyses", "alarms", "left_out"]
LOG_COLUMNS = [*CLUSTER_COLUMNS, "after_count", "after_expected", "outcome"]
LOOKS, ALARMS, LOG = "cluster_looks", "clusters", "cluster_log"
COLUMNS = {ALARMS: CLUSTER_COLUMNS, LOOKS: LOOK_COLUMNS, LOG: LOG_COLUMNS}
OUTCOMES = ("open", "lasted", "ended")
"""What came of an alarm: not known yet, more than usual in as long a time after it, or no more."""

SPANS: Mapping[str, tuple[int, int]] = {"week": (52, 8), "month": (12, 3)}
"""How many periods a look rests on, and how many of them a cluster may hold."""
RADIUS = 500.0
ALARM_DAYS = 365.0
PERMUTATIONS, SEED, FEWEST = 999, 20260304, 3
SURE = 0.05


@dataclass(frozen=True)
class Recent:
    """Cells of one size, period by period: categories × cells × periods; NaN where not reported."""

    size: int
    periods: list[Period]
    categories: list[str]
    ids: NDArray[np.object_]
    area_ids: NDArray[np.object_]
    count: NDArray[np.float64]
    provenance: str
    source_id: str

    @property
    def last(self) -> Period:
        """The newest period."""
        return self.periods[-1]

    @property
    def coordinates(self) -> NDArray[np.float64]:
        """The middle of each cell in metres."""
        return np.array([square.centroid.coords[0] for square in polygon(self.ids.astype(str))])


def cluster_tables(
    cells: pd.DataFrame, where: Whereabouts, earlier: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """The tables "clusters" (alarms of this look), "cluster_looks" and "cluster_log" (of all); none without cells.

    `cells` are the loaded rows of cells, of every length; `earlier` the last two tables as they were last published.
    Publishing the same periods again is the same look, told once.
    """
    recent = recent_cells(cells)
    looks, log = (earlier.get(name, pd.DataFrame(columns=COLUMNS[name])) for name in (LOOKS, LOG))
    if recent is None:
        return {LOOKS: looks, LOG: log} if len(looks) else {}
    before = looks[looks["look"] != recent.last.code]
    log = log[log["look"] != recent.last.code]
    known = [Period.parse(code).last for code in before["look"] if Period.parse(code).last < recent.last.last]
    length = (recent.last.last - recent.last.first).days + 1
    days = (recent.last.last - max(known)).days if known else length
    fresh_from = sum(period.last > max(known) for period in recent.periods) if known else 1
    alarms = _alarms(recent, where, days, fresh_from)
    missing = np.isnan(recent.count).any(axis=(0, 2))
    look = pd.DataFrame(
        [[
            recent.last.code, recent.last.span, recent.size, recent.last.last.isoformat(), days, len(recent.categories),
            len(alarms), ";".join(sorted(set(recent.area_ids[missing].astype(str)))),
        ]],
        columns=LOOK_COLUMNS,
    )  # fmt: skip
    followed = [_followed({str(name): value for name, value in row.items()}, recent) for row in log.to_dict("records")]
    fresh = alarms.assign(after_count=np.nan, after_expected=np.nan, outcome=OUTCOMES[0]).to_dict("records")
    return {
        ALARMS: alarms,
        LOOKS: look if before.empty else pd.concat([before, look], ignore_index=True),
        LOG: pd.DataFrame([*followed, *fresh], columns=LOG_COLUMNS),
    }


def recent_cells(cells: pd.DataFrame) -> Recent | None:
    """The newest year of the finest cells by week, else by month; None where there is no whole year of either.

    In a period in which a municipality has told of any cell, its other cells had none; where it has told of none, they
    are not reported.
    """
    codes = {code: Period.parse(code) for code in cells["year"].unique()}
    spans = spans_of(cells["year"])
    for span, (many, _) in SPANS.items():
        rows = cells[spans == span]
        if rows.empty:
            continue
        last = max((codes[code] for code in rows["year"].unique()), key=lambda period: period.last)
        periods = [last.moved(-back) for back in range(many - 1, -1, -1)]
        if periods[0].code not in codes:
            continue
        return laid_out(rows, cells, periods)
    return None


def laid_out(rows: pd.DataFrame, every: pd.DataFrame, periods: list[Period]) -> Recent:
    """The finest cells of `rows`, which are of one span, in some periods; `every` row of cells says which there are."""
    ids = {cell: size_of(cell) for cell in rows["cell_id"].unique()}
    finest = min(ids.values())
    rows = rows[rows["cell_id"].map(ids) == finest]
    homes = every.drop_duplicates("cell_id", keep="last").set_index("cell_id")["area_id"]
    homes = homes[[size_of(cell) == finest for cell in homes.index]].sort_index()
    codes = [period.code for period in periods]
    rows = rows[rows["year"].isin(codes)]
    categories = sorted(rows["category"].unique())
    index_of = {cell: number for number, cell in enumerate(homes.index)}
    count = np.zeros((len(categories), len(homes), len(periods)))
    told = set(zip(rows["area_id"], rows["year"], strict=True))
    silent = ~np.array([[(area, code) in told for code in codes] for area in homes])
    count[:, silent] = np.nan
    at = (
        rows["category"].map(categories.index).to_numpy(),
        rows["cell_id"].map(index_of).to_numpy(),
        rows["year"].map(codes.index).to_numpy(),
    )
    count[at] = rows["count"].to_numpy(dtype=float, na_value=np.nan)
    return Recent(
        finest,
        periods,
        categories,
        homes.index.to_numpy(dtype=object),
        homes.to_numpy(dtype=object),
        count,
        str(rows["provenance"].min()),  # "example" sorts before "official": a part invented is all invented
        str(rows["source_id"].iloc[0]),
    )


def _alarms(recent: Recent, where: Whereabouts, days: float, fresh: int) -> pd.DataFrame:
    """The clusters that chance would bring less than once a year, the rarest first.

    One without an incident in the newest `fresh` periods is old news: it was an alarm at an earlier look, or none.
    """
    span: Span = recent.last.span
    squares = polygon(recent.ids.astype(str))
    rows = []
    for k, category in enumerate(recent.categories):
        emerging = emerging_clusters(
            recent.count[k],
            recent.coordinates,
            seed=SEED,
            radius=max(RADIUS, float(recent.size)),
            longest=SPANS[span][1],
            permutations=PERMUTATIONS,
            minimum=FEWEST,
        )
        for cluster in emerging:
            rare = recurrence_days(cluster.p_value, days, analyses=len(recent.categories))
            if rare < ALARM_DAYS:
                break
            if not recent.count[k, cluster.cells, -fresh:].any():
                continue
            rows.append(_row(recent, k, category, cluster, rare, squares, where))
    rows.sort(key=lambda row: (-float(str(row["recurrence_days"])), -float(str(row["observed"]))))
    return pd.DataFrame([row | {"rank": rank} for rank, row in enumerate(rows, start=1)], columns=CLUSTER_COLUMNS)


def _row(
    recent: Recent,
    k: int,
    category: str,
    cluster: EmergingCluster,
    rare: float,
    squares: NDArray[np.object_],
    where: Whereabouts,
) -> dict[str, object]:
    inside = recent.count[k, cluster.cells, -cluster.periods :].sum(axis=1)
    densest = int(cluster.cells[int(np.argmax(inside))])
    square, area = squares[densest], str(recent.area_ids[densest])
    first = recent.periods[-cluster.periods]
    return {
        "look": recent.last.code,
        "span": recent.last.span,
        "size": recent.size,
        "category": category,
        "cell_id": recent.ids[densest],
        "cells": ";".join(recent.ids[cluster.cells]),
        "area_id": area,
        "where": described(area, square, near_housing(square, where), where),
        "radius": cluster.radius,
        "periods": cluster.periods,
        "days": (recent.last.last - first.first).days + 1,
        "observed": cluster.observed,
        "expected": cluster.expected,
        "p_value": cluster.p_value,
        "recurrence_days": rare,
        "permutations": cluster.permutations,
        "seed": cluster.seed,
        "provenance": recent.provenance,
        "source_id": recent.source_id,
    }


def _followed(told: dict[str, object], recent: Recent) -> dict[str, object]:
    """An earlier alarm with what came of it in as many periods after it as it held, beside what was usual before."""
    cells, category = set(str(told["cells"]).split(";")), str(told["category"])
    codes = [period.code for period in recent.periods]
    if str(told["look"]) not in codes or category not in recent.categories:
        return told
    at, many = codes.index(str(told["look"])), int(str(told["periods"]))
    inside = recent.count[recent.categories.index(category)][np.isin(recent.ids, list(cells))]
    after, before = inside[:, at + 1 : at + 1 + many], inside[:, : at + 1 - many]
    if after.shape[1] < many or not before.shape[1]:
        return told
    count, usual = float(after.sum()), float(before.sum()) / before.shape[1] * many
    more = usual > 0 and float(upper_tail(count, usual)) < SURE
    return told | {"after_count": count, "after_expected": usual, "outcome": "lasted" if more else "ended"}
