"""Where a figure is of, as every sentence says it."""


def place(name: str, level: str) -> str:
    """Where: "i Gladsaxe", "i hele landet", "i politikredsen Københavns Vestegn"."""
    if level == "country":
        return f"i {name[0].lower()}{name[1:]}"
    if level == "police_district":
        return f"i politikredsen {name}"
    return f"i {name}"
