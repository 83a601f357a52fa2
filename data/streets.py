"""Streets and landmarks of the partnership: those that were loaded, else those that come with the project."""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import shapely

from data.store import Store
from data.store.street_sets import KINDS, LANDMARKS, ROADS, StreetSet, newest
from geo.projection import to_metres

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

SHIPPED = Path(__file__).parents[1] / "geo" / "street_files"
SHIPPED_FILES = {ROADS: ("roads",), LANDMARKS: ("landmarks", "landmarks_osm")}


@dataclass(frozen=True)
class StreetMap:
    """The roads and landmarks there are (WGS84), whom to credit, and a checksum of it all."""

    roads: "GeoDataFrame"
    landmarks: "GeoDataFrame"
    credit: str
    checksum: str

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return self.roads.empty and self.landmarks.empty

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Named roads and landmarks as plain tables (geometry as WKB), which names of places are made from."""
        named = self.roads[self.roads["name"] != ""]
        return {
            "roads": pd.DataFrame({"name": named["name"], "geometry": named.geometry.to_wkb()}),
            "landmarks": pd.DataFrame(
                {
                    "name": self.landmarks["name"],
                    "kind": self.landmarks["kind"],
                    "geometry": self.landmarks.geometry.to_wkb(),
                }
            ),
        }


def street_map(store: Store, areas: pd.DataFrame, members: Sequence[str]) -> StreetMap:
    """The streets of the municipalities `members`: of each kind the set loaded last, else what is shipped, clipped.

    `areas` has `area_id` and `geometry` (WKB in WGS84), as a release and the loaded outlines have.
    """
    drawn = _drawn(areas, members)
    outlines = to_metres(list(shapely.from_wkb(drawn.to_numpy())))
    sets = {kind: newest(store.engine, kind) for kind in KINDS}
    parts = {kind: _of_kind(loaded, kind, outlines) for kind, loaded in sets.items()}
    credit = ". ".join(dict.fromkeys(credit_of for _, credit_of in parts.values() if credit_of))
    standing = {kind: loaded.checksum for kind, loaded in sets.items() if loaded is not None}
    return StreetMap(parts[ROADS][0], parts[LANDMARKS][0], credit, street_checksum(standing, areas, members))


def street_checksum(standing: Mapping[str, str], areas: pd.DataFrame, members: Sequence[str]) -> str:
    """What tells one street map from another, without reading it: which sets stand, and what they are clipped to.

    `standing` gives the checksum of the loaded set of each kind; of other kinds the shipped set stands.
    """
    told = "".join(standing.get(kind, kind) for kind in KINDS).encode() + b"".join(map(bytes, _drawn(areas, members)))
    return hashlib.sha256(told).hexdigest()


def _drawn(areas: pd.DataFrame, members: Sequence[str]) -> "pd.Series[bytes]":
    """The outlines of the municipalities, as far as they are known."""
    return areas.loc[areas["area_id"].isin(members) & areas["geometry"].notna(), "geometry"]


def _of_kind(loaded: StreetSet | None, kind: str, outlines: Sequence[shapely.Geometry]) -> "tuple[GeoDataFrame, str]":
    """The roads or landmarks that stand, and whom to credit."""
    if loaded is not None:
        return _read(loaded), loaded.credit
    from geo.streets import clip

    frames, credits_ = zip(*(_shipped(name) for name in SHIPPED_FILES[kind]), strict=True)
    clipped = clip(pd.concat(frames, ignore_index=True), outlines)
    return clipped, ". ".join(credits_) if len(clipped) else ""


@lru_cache(maxsize=4)
def _shipped(name: str) -> "tuple[GeoDataFrame, str]":
    from geo.road_files import read_landmarks, read_roads

    path = SHIPPED / f"{name}.geojson"
    credit = str(json.loads(path.read_text(encoding="utf-8"))["credit"])
    return (read_roads if name in SHIPPED_FILES[ROADS] else read_landmarks)(path), credit


def _read(loaded: StreetSet) -> "GeoDataFrame":
    import geopandas

    return geopandas.read_parquet(io.BytesIO(loaded.parquet))
