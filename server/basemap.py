"""Serves a background map of our own from one file of tiles (PMTiles), read by range: nobody else is asked."""

import gzip
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression, TileType
from starlette.requests import Request
from starlette.responses import Response

ADDRESS = "TRYGHED_BASEMAP"
PATH = "app/basemap/{z}/{x}/{y}"
"""Where a browser finds a tile, below the app's own address; a template for the map library."""
KINDS = {
    TileType.PNG: "image/png", TileType.JPEG: "image/jpeg", TileType.WEBP: "image/webp",
    TileType.MVT: "application/vnd.mapbox-vector-tile",
}  # fmt: skip
DEEPEST = 24
"""No zoom is closer."""
KEPT = "private, max-age=86400"
_TAG = re.compile(r"<[^>]*>")


class BasemapError(ValueError):
    """The file cannot be used; the message says why, in Danish."""


@dataclass(frozen=True)
class Basemap:
    """An open file of tiles: what they are, the credit that its owner asks for (plain text), and the deepest zoom."""

    reader: Reader
    media_type: str
    credit: str
    deepest: int
    gzipped: bool = False

    @property
    def is_vector(self) -> bool:
        """Whether its tiles are vectors, which the browser draws, rather than pictures."""
        return self.media_type == KINDS[TileType.MVT]

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """One tile, unpacked; None where the file has none there."""
        if z > DEEPEST or max(x, y) >= 2**z:
            return None
        found: bytes | None = self.reader.get(z, x, y)
        return gzip.decompress(found) if found and self.gzipped else found


def basemap_from_environment(environment: Mapping[str, str] = os.environ) -> Basemap | None:
    """The file that TRYGHED_BASEMAP names, opened; None where it names none. Raises BasemapError."""
    path = environment.get(ADDRESS, "").strip()
    return opened(path) if path else None


@lru_cache(maxsize=2)
def opened(path: str) -> Basemap:
    """Open a file of tiles; it is read where it lies, a tile at a time. Raises BasemapError where it cannot be used."""
    try:
        with Path(path).open("rb") as file:
            reader = Reader(MmapSource(file))
            header, metadata = reader.header(), reader.metadata()
    except Exception as error:  # the library has an error class for each way in which a file can be wrong
        raise BasemapError(f"{ADDRESS}: filen {path} kan ikke læses som PMTiles.") from error
    kind, packing = KINDS.get(header["tile_type"]), header["tile_compression"]
    if kind is None or packing not in (Compression.NONE, Compression.GZIP):
        raise BasemapError(f"{ADDRESS}: {path} rummer hverken billeder (PNG, JPEG, WebP) eller vektorer (MVT).")
    credit = _TAG.sub("", str(metadata.get("attribution", ""))).strip()
    return Basemap(reader, kind, credit, int(header["max_zoom"]), packing == Compression.GZIP)


async def tile(request: Request) -> Response:
    """Answer with one tile; 404 where there is no background map or no such tile."""
    basemap = basemap_from_environment()
    numbers = [request.path_params[name] for name in ("z", "x", "y")]
    picture = basemap.tile(*numbers) if basemap else None
    if basemap is None or picture is None:
        return Response(status_code=404)
    return Response(picture, media_type=basemap.media_type, headers={"Cache-Control": KEPT})
