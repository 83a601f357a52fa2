"""Takes in roads and landmarks: read from a file, clipped to our municipalities, kept beside all figures."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from data import danish
from data.partnership import Partnership
from data.store import Store, StoreError
from data.store.street_sets import LANDMARKS, ROADS, keep
from geo.problems import BoundaryError
from geo.projection import to_metres

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

CREDITS = {
    "osm": "© OpenStreetMap contributors, ODbL",
    "geodanmark": "Indeholder data fra GeoDanmark (Klimadatastyrelsen og danske kommuner)",
}
"""Credits by a word for those who ask for the usual ones."""


def load_streets(
    store: Store, partnership: Partnership, source: bytes | Path, name: str, *, credit: str, by: str
) -> str:
    """Read roads or landmarks from a file, clip them to the partnership and let them stand; returns a Danish sentence.

    `source` is the bytes of the file, or where it lies; `credit` is what its owner asks for, or a word of `CREDITS`.
    A file of lines is roads, one of points or areas landmarks. Raises StoreError where it can be neither.
    """
    if isinstance(source, Path) and not source.is_file():
        raise StoreError(f"Filen {source} findes ikke.")
    from geo.road_files import ROAD_LIMITS, read_landmarks, read_roads
    from geo.streets import clip

    limits = ROAD_LIMITS if isinstance(source, Path) else None
    kind, features = ROADS, None
    try:
        features = read_roads(source, name, limits)
    except BoundaryError as error:
        kind = LANDMARKS
        try:
            features = read_landmarks(source, name, limits)
        except BoundaryError:
            raise StoreError(str(error)) from error
    drawn = store.loaded("boundaries")
    ours = drawn.loc[drawn["area_id"].isin(partnership.members), "geometry"]
    clipped = clip(features, to_metres(list(shapely.from_wkb(ours.to_numpy()))))
    if clipped.empty:
        raise StoreError(f"{name} har ingen {'veje' if kind == ROADS else 'steder'} i vores kommuner.")
    keep(
        store.engine,
        kind,
        _parquet(clipped),
        file_name=name,
        credit=CREDITS.get(credit.casefold(), credit),
        rows=len(clipped),
        by=by,
    )
    if kind == LANDMARKS:
        return f"{name}: {danish.plural(len(clipped), 'sted', 'steder')} er indlæst."
    named = int((clipped["name"] != "").sum())
    without = "" if named else " Ingen af dem har navn, så steder nævnes efter stationer og andre kendetegn."
    return f"{name}: {danish.plural(len(clipped), 'vej', 'veje')} er indlæst, {danish.number(named)} med navn.{without}"


def _parquet(frame: "GeoDataFrame") -> bytes:
    content = io.BytesIO()
    frame.to_parquet(content, index=False)
    return content.getvalue()
