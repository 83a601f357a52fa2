"""Where a figure is of, as every sentence says it."""

from data import danish


def place(name: str, level: str) -> str:
    """Where: "i Gladsaxe", "i hele landet", "i politikredsen Københavns Vestegn"."""
    if level == "country":
        return f"i {danish.inside(name)}"
    if level == "police_district":
        return f"i politikredsen {name}"
    return f"i {name}"
