"""What lies beneath the areas: streets of our own, and tiles where the administrator names a server of them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

ADDRESS = "TRYGHED_TILES_URL"
CREDIT = "TRYGHED_TILES_ATTRIBUTION"


@dataclass(frozen=True)
class Tiles:
    """A tile server: `url` with {z}, {x} and {y}, and the credit its owner asks for (plain text)."""

    url: str
    attribution: str

    @property
    def origin(self) -> str:
        """The scheme and host pictures come from, for the content security policy."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class Streets:
    """Where the browser finds the streets (relative to the app's own address), and whom to credit for them."""

    url: str
    credit: str


def tiles_from_environment(environment: Mapping[str, str] = os.environ) -> Tiles | None:
    """Return the tile server of TRYGHED_TILES_URL and TRYGHED_TILES_ATTRIBUTION, or None where none is named.

    Raises ValueError where the address is not https (or http on this machine) or lacks {z}, {x} or {y}.
    """
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
