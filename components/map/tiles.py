"""What lies beneath the areas: streets of our own, and tiles where the administrator names a server of them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from server.basemap import PATH, basemap_from_environment

ADDRESS = "TRYGHED_TILES_URL"
CREDIT = "TRYGHED_TILES_ATTRIBUTION"


@dataclass(frozen=True)
class Tiles:
    """Tiles: `url` with {z}, {x} and {y}, and the credit their owner asks for (plain text).

    The address of our own is relative to the app's. `vector` is the deepest zoom of tiles of vectors, 0 for pictures.
    """

    url: str
    attribution: str
    vector: int = 0

    @property
    def origin(self) -> str:
        """The scheme and host pictures come from, for the content security policy; "" for tiles of our own."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


@dataclass(frozen=True)
class Streets:
    """Where the browser finds the streets (relative to the app's own address), and whom to credit for them."""

    url: str
    credit: str


def tiles_from_environment(environment: Mapping[str, str] = os.environ) -> Tiles | None:
    """Return our own tiles (TRYGHED_BASEMAP), else the server of TRYGHED_TILES_URL, or None where neither is named.

    TRYGHED_TILES_ATTRIBUTION is the credit, for our own unless the file states one. Raises BasemapError where the file
    cannot be used, and ValueError where the address is not https (or http on this machine) or lacks {z}, {x} or {y}.
    """
    own = basemap_from_environment(environment)
    if own is not None:
        credit = own.credit or environment.get(CREDIT, "").strip()
        return Tiles(PATH, credit, own.deepest if own.is_vector else 0)
    url = environment.get(ADDRESS, "").strip()
    if not url:
        return None
    parts = urlsplit(url)
    local = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")
    if not (parts.scheme == "https" or local) or any(mark in parts.netloc for mark in "{}*; ,'"):
        raise ValueError(f"{ADDRESS} skal være en https-adresse med fast værtsnavn, ikke »{url}«.")
    if not all(mark in url for mark in ("{z}", "{x}", "{y}")):
        raise ValueError(f"{ADDRESS} skal indeholde {{z}}, {{x}} og {{y}}: »{url}«.")
    return Tiles(url, environment.get(CREDIT, "").strip())


@cache
def our_tiles() -> Tiles | None:
    """The tiles of this installation, as its settings name them."""
    return tiles_from_environment()
