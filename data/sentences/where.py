"""Where a figure is of, as every sentence says it."""

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]
"""A row of a release table, with the columns of the table plus `name` (the area's name)."""


def place(name: str, level: str) -> str:
    """Where: "i Gladsaxe", "i hele landet", "i politikredsen Københavns Vestegn"."""
    if level == "country":
        return f"i {name[0].lower()}{name[1:]}"
    if level == "police_district":
        return f"i politikredsen {name}"
    return f"i {name}"
