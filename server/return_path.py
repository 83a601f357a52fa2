"""The page of ours that somebody comes back to after signing in, and no other address."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from server.base_path import below

LONGEST = 2_000
"""Characters of a path that is remembered while somebody signs in."""


def return_path_of(headers: Mapping[str, str], start_pages: frozenset[str], base: str = "") -> str:
    """The page of ours that a sign-in was begun from, as path and query; "" when it was begun elsewhere."""
    came_from = urlsplit(headers.get("referer", ""))
    if came_from.netloc != headers.get("host"):
        return ""
    path = f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path
    return path if len(path) <= LONGEST and safe_return_path(path, start_pages, base) == path else ""


def safe_return_path(path: str, start_pages: frozenset[str], base: str = "") -> str:
    """The path itself where it is a page of ours, else the front page: nobody is led elsewhere, or in a circle."""
    page = below(urlsplit(path).path, base).rstrip("/") or "/"
    plain = path.isascii() and path.isprintable() and "\\" not in path and not path.startswith("//")
    return path if plain and path.startswith("/") and page in start_pages else f"{base}/"
