"""Lays counts of grid cells out as arrays, one sheet a size of cell: what hotspots and their changes are found on."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.hotspots import positions
from analysis.mass_cells import mass_cells
from data.calendar import is_year
from geo.grid import SIZES, neighbours, parent, size_of

COARSE = 1000  # metres; finer cells are also added up to these, for the open land
KEYS = ["year", "category", "cell_id"]

Floats = NDArray[np.float64]
Words = NDArray[np.object_]


@dataclass(frozen=True)
class Sheet:
    """Counts of all cells of one size: years (oldest first) × categories × cells; NaN where not reported.

    `homes` is years × 1 × cells, `mass` marks counts that hold a mass registration, `around` is cells × 8 neighbours.
    """

    size: int
    years: list[str]
    categories: list[str]
    ids: Words
    area_ids: Words
    count: Floats
    homes: Floats
    mass: NDArray[np.bool_]
    around: NDArray[np.int64]
    provenance: Words
    source_id: Words

    @property
    def tested(self) -> Floats:
        """The counts that are tested: without mass registrations, which would lift what is expected everywhere."""
        return np.where(self.mass, np.nan, self.count)


def cell_sheets(cells: pd.DataFrame, incidents: pd.DataFrame) -> list[Sheet]:
    """One sheet for each size of cell that was delivered, finest first, and one of whole kilometres beneath them."""
    ids = cells["cell_id"].unique()
    size = cells["cell_id"].map(dict(zip(ids, map(size_of, ids), strict=True)))
    delivered = [each for each in SIZES if (size == each).any()]
    frames = {each: cells[size == each] for each in delivered}
    if delivered[0] < COARSE:
        frames.setdefault(COARSE, _added_up(frames[delivered[0]]))
    return [_sheet(each, frame, incidents) for each, frame in frames.items()]


def _added_up(cells: pd.DataFrame) -> pd.DataFrame:
    """Cells of a kilometre; one belongs to the municipality with most of it and is missing where a part of it is."""
    ids = cells["cell_id"].unique()
    above = dict(zip(ids, parent(ids, COARSE), strict=True))
    inside = cells.drop_duplicates("cell_id", keep="last")
    owner = inside.groupby(inside["cell_id"].map(above))["area_id"].agg(lambda areas: areas.mode().iloc[0])
    rows = cells.assign(cell_id=cells["cell_id"].map(above), missing=cells["count"].isna())
    summed = rows.groupby(KEYS, as_index=False).agg(
        count=("count", "sum"),
        missing=("missing", "any"),
        households=("households", "sum"),
        provenance=("provenance", "min"),  # "example" sorts before "official": a part invented is all invented
        source_id=("source_id", "first"),
    )
    count = summed["count"].astype(float).mask(summed["missing"])
    return summed.assign(count=count, area_id=summed["cell_id"].map(owner)).drop(columns="missing")


def _sheet(size: int, cells: pd.DataFrame, incidents: pd.DataFrame) -> Sheet:
    years, categories = sorted(cells["year"].unique()), sorted(cells["category"].unique())
    first = cells.drop_duplicates("cell_id", keep="last").set_index("cell_id").sort_index()
    ids, area_ids = first.index.to_numpy(dtype=object), first["area_id"].to_numpy(dtype=object)
    index = pd.MultiIndex.from_product([years, categories, ids], names=KEYS)
    wide = cells.set_index(KEYS).reindex(index)
    shape = (len(years), len(categories), len(ids))
    count = wide["count"].to_numpy(dtype=float, na_value=np.nan).reshape(shape)
    homes = wide["households"].to_numpy(dtype=float, na_value=np.nan).reshape(shape)
    flagged = _flags(incidents, years, categories, area_ids)
    mass = np.stack([mass_cells(count[:, k], flagged[:, k], area_ids) for k in range(len(categories))], axis=1)
    return Sheet(
        size=size,
        years=years,
        categories=categories,
        ids=ids,
        area_ids=area_ids,
        count=count,
        homes=np.where(np.isnan(homes).all(axis=1), 0.0, np.nan_to_num(homes).max(axis=1))[:, None],
        mass=mass,
        around=positions(ids, neighbours(ids)),
        provenance=wide["provenance"].fillna(first["provenance"].iloc[0]).to_numpy(dtype=object).reshape(shape),
        source_id=wide["source_id"].fillna(first["source_id"].iloc[0]).to_numpy(dtype=object).reshape(shape),
    )


def _flags(incidents: pd.DataFrame, years: list[str], categories: list[str], area_ids: Words) -> NDArray[np.bool_]:
    """Years × categories × cells: whether the cell's municipality has a mass registration that year."""
    hit = incidents[incidents["mass"].astype(bool) & is_year(incidents["period"])]
    marked = set(zip(hit["period"], hit["category"], hit["area_id"], strict=True))
    areas, number = np.unique(area_ids.astype(str), return_inverse=True)
    by_area = [[[(year, category, area) in marked for area in areas] for category in categories] for year in years]
    return np.asarray(by_area, dtype=bool)[..., number]
