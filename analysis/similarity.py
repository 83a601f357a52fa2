"""Finds the areas most like a given one, so that a housing area is held against its likes, not the city."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arguments import Floats, not_negative, shares

# One unit of distance: ten percentage points of level, a doubling in size, another type of municipality.
LEVEL_UNIT = 0.10
OTHER_TYPE = 1.0
# Areas further apart than this, on average over what is known of both, are not called similar.
FURTHEST = 1.0
# Of level, size and type, this many must be known of both areas.
FEWEST_KNOWN = 2


@dataclass(frozen=True)
class SimilarAreas:
    """The areas most like one area, nearest first, with their distances.

    `too_few` is True where fewer than the wanted number are near enough; those there are still stand in
    `area_ids`.
    """

    area_ids: tuple[str, ...]
    distances: tuple[float, ...]
    too_few: bool
    wanted: int


def similar_areas(area_id: str, areas: pd.DataFrame, k: int = 3, furthest: float = FURTHEST) -> SimilarAreas:
    """Return the `k` areas most like `area_id`, of the same level, at most `furthest` away.

    `areas` has one row an area: area_id, level (kind of area), share (level of the indicator, 0–1), size
    (residents or dwellings, the same for all) and municipality_type; share, size and type may be missing. The
    distance is the mean, over what is known of both areas (at least two of the three), of |share − share| in
    tens of percentage points, |log₂(size/size)| in doublings, and 1 where the municipality types differ. Ties
    go by area_id.
    Raises ValueError for an unknown or repeated area, a missing column, k below 1, furthest not above 0,
    shares outside 0–1 and negative sizes.
    Source: mean over known parts, Gower (1971), Biometrics 27:857; the units are this dashboard's own choice.
    """
    missing = {"area_id", "level", "share", "size", "municipality_type"} - set(areas.columns)
    if missing:
        raise ValueError(f"areas lacks columns {sorted(missing)}; allowed: a table with all five")
    if k < 1:
        raise ValueError(f"k = {k!r} is not allowed; allowed: 1 or more")
    if not furthest > 0:
        raise ValueError(f"furthest = {furthest!r} is not allowed; allowed: above 0")
    positions = np.flatnonzero((areas["area_id"] == area_id).to_numpy())
    if positions.size != 1:
        raise ValueError(
            f"area_id = {area_id!r} is found {positions.size} times; allowed: an area that stands once in areas"
        )
    own = int(positions[0])
    distance = _distances(own, areas)
    others = (areas["level"] == areas["level"].iloc[own]).to_numpy(dtype=bool, na_value=False).copy()
    others[own] = False
    near = pd.DataFrame({"area_id": areas["area_id"].to_numpy(), "distance": distance})[others & (distance <= furthest)]
    nearest = near.sort_values(["distance", "area_id"]).head(k)
    return SimilarAreas(
        tuple(nearest["area_id"].astype(str)),
        tuple(nearest["distance"].astype(float)),
        len(nearest) < k,
        k,
    )


def _distances(own: int, areas: pd.DataFrame) -> Floats:
    """Distance of every area from row `own`; NaN where too little is known of both."""
    share = shares("share", areas["share"])
    size = not_negative("size", areas["size"])
    doublings = np.log2(np.where(size > 0, size, np.nan))
    kind = areas["municipality_type"]
    known = kind.notna().to_numpy() & bool(kind.notna().iloc[own])
    differs = np.where(known, (kind.astype(object) != kind.iloc[own]).to_numpy() * OTHER_TYPE, np.nan)
    parts = np.vstack([np.abs(share - share[own]) / LEVEL_UNIT, np.abs(doublings - doublings[own]), differs])
    count = (~np.isnan(parts)).sum(axis=0)
    return np.where(count >= FEWEST_KNOWN, np.nansum(parts, axis=0) / np.maximum(count, 1), np.nan)
