"""Takes in roads and landmarks: read from a file, clipped to our municipalities, kept beside all figures."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from data import danish
from data.partnership import Partnership
from data.store import Store, StoreError
from data.store.street_sets import LANDMARKS, ROADS, keep
from geo.problems import BoundaryError
from geo.projection import EPSG, to_metres

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

CREDITS = {
    "osm": "© OpenStreetMap contributors, ODbL",
    "geodanmark": "Indeholder data fra GeoDanmark (Klimadatastyrelsen og danske kommuner)",
}
"""Credits by a word for those who ask for the usual ones."""
NAMELESS = "Ingen af dem har navn, så steder nævnes efter stationer og andre kendetegn."
NAMES_SHOWN = 6


@dataclass(frozen=True)
class Streets:
    """Roads or landmarks of a file, clipped to the partnership and ready to stand; nothing is kept yet.

    `kind` is that of `data.store.street_sets`; `named` is how many have a name, `names` the most frequent of them, and
    `in_each` how many lie in each municipality of the partnership, by its name.
    """

    kind: str
    file_name: str
    parquet: bytes
    rows: int
    named: int
    names: tuple[str, ...]
    in_each: tuple[tuple[str, int], ...]

    @property
    def many(self) -> str:
        """How many there are, in words: "1.204 veje"."""
        return danish.plural(self.rows, *(("vej", "veje") if self.kind == ROADS else ("sted", "steder")))


def load_streets(
    store: Store, partnership: Partnership, source: bytes | Path, name: str, *, credit: str, by: str
) -> str:
    """Read roads or landmarks from a file, clip them to the partnership and let them stand; returns a Danish sentence.

    `source` is the bytes of the file, or where it lies; `credit` is what its owner asks for, or a word of `CREDITS`.
    A file of lines is roads, one of points or areas landmarks. Raises StoreError where it can be neither.
    """
    return keep_streets(store, examine_streets(store, partnership, source, name), credit=credit, by=by)


def keep_streets(store: Store, streets: Streets, *, credit: str, by: str) -> str:
    """Let examined roads or landmarks stand; returns a Danish sentence. Raises StoreError where nobody is credited."""
    if not credit.strip():
        raise StoreError("Skriv, hvem der skal krediteres for kortdataene.")
    keep(
        store.engine,
        streets.kind,
        streets.parquet,
        file_name=streets.file_name,
        credit=CREDITS.get(credit.casefold(), credit.strip()),
        rows=streets.rows,
        by=by,
    )
    if streets.kind == LANDMARKS:
        return f"{streets.file_name}: {streets.many} er indlæst."
    without = "" if streets.named else f" {NAMELESS}"
    return f"{streets.file_name}: {streets.many} er indlæst, {danish.number(streets.named)} med navn.{without}"


def examine_streets(store: Store, partnership: Partnership, source: bytes | Path, name: str) -> Streets:
    """Read roads or landmarks from a file and clip them to the partnership. Raises StoreError as `load_streets`."""
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
    ours = drawn.loc[drawn["area_id"].isin(partnership.members) & drawn["geometry"].notna()]
    if ours.empty:
        raise StoreError(
            "Kommunernes omrids er ikke indlæst endnu. Indlæs dem først, så veje og steder kan klippes til."
        )
    outlines = to_metres(list(shapely.from_wkb(ours["geometry"].to_numpy())))
    clipped = clip(features, outlines)
    if clipped.empty:
        raise StoreError(f"{name} har ingen {'veje' if kind == ROADS else 'steder'} i vores kommuner.")
    given_names = clipped.loc[clipped["name"] != "", "name"]
    areas = store.loaded("areas").set_index("area_id")["name"]
    middles = shapely.point_on_surface(clipped.to_crs(EPSG).geometry.to_numpy())
    inside = [int(shapely.contains(outline, middles).sum()) for outline in outlines]
    return Streets(
        kind,
        name,
        _parquet(clipped),
        len(clipped),
        len(given_names),
        tuple(map(str, given_names.value_counts().index[:NAMES_SHOWN])),
        tuple(zip((str(areas.get(area_id, area_id)) for area_id in ours["area_id"]), inside, strict=True)),
    )


def _parquet(frame: "GeoDataFrame") -> bytes:
    content = io.BytesIO()
    frame.to_parquet(content, index=False)
    return content.getvalue()
