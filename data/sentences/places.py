"""Places in plain Danish: how they were ranked, what a place to watch lacks, and where exactly one goes.

Rows are mappings with the columns of the release tables "hotspot_ranking" and "hotspot_watch".
"""

import pandas as pd

from data import danish
from data.records import Row
from geo.grid import polygon
from geo.projection import to_degrees


def ranking_sentence(row: Row, cells: int) -> str:
    """How the list is ordered, and what that order was worth; `cells` is how many cells there are."""
    if not row["tested"]:
        return "Rækkefølgen er efter antal anmeldelser; der er ingen tidligere år at prøve en anden på."
    first = f"Rækkefølgen er den, der har ramt bedst i tidligere år: {_rule(row)}".removesuffix(".") + "."
    if pd.isna(row["hit_rate"]):
        return first
    part = danish.percent(row["cells"] / cells, 0) if cells else ""
    before = danish.percent(row["last_year"], 0)
    return (
        f"{first} Valgt uden at kende {row['year']} ramte den {danish.percent(row['hit_rate'], 0)} af anmeldelserne i "
        f"{row['year']} med {danish.number(row['cells'])} felter ({part} af arealet); de felter, der blot havde flest "
        f"året før, ramte {before}"
    )


def _rule(row: Row) -> str:
    years = (
        "det seneste år alene"
        if row["decay"] == 0
        else "alle år tæller lige meget"
        if row["decay"] == 1
        else f"hvert år tæller {danish.percent(row['decay'], 0)} af året efter"
    )
    return f"{years}, og nabofelter tæller {danish.percent(row['spill'], 0)}" if row["spill"] else years


def watch_sentence(row: Row) -> str:
    """What a place to watch holds, and what it lacks to stand out for certain."""
    lacks = row["needed"] - row["window_count"]
    happened = danish.plural(row["window_count"], "hændelse", "hændelser")
    more = danish.plural(lacks, "hændelse", "hændelser")
    return (
        f"{happened} i feltet og dets naboer mod {danish.decimal(row['window_expected'])} forventet. Det kan være "
        f"tilfældigt; der mangler {more}, før stedet skiller sig ud."
    )


def coordinates(cell_id: str) -> tuple[float, float]:
    """Latitude and longitude (WGS84) of the middle of a cell, with five decimals."""
    middle = to_degrees([polygon(cell_id).centroid])[0]
    return round(middle.y, 5), round(middle.x, 5)


def coordinates_said(cell_id: str) -> str:
    """The middle of a cell as one copies it: "UTM 32: 710875 Ø, 6181125 N · 55.72981, 12.35914"."""
    middle = polygon(cell_id).centroid
    north, east = coordinates(cell_id)
    return f"UTM 32: {middle.x:.0f} Ø, {middle.y:.0f} N · {north:.5f}, {east:.5f}"


def geo_link(cell_id: str) -> str:
    """An address that opens the middle of a cell in a phone's own map (RFC 5870)."""
    north, east = coordinates(cell_id)
    return f"geo:{north:.5f},{east:.5f}?q={north:.5f},{east:.5f}"


def message_to_secretariat(area: str, title: str) -> str:
    """What the police may send to who keeps the log: the area and the kind of offence, never the place."""
    return (
        f"Til sekretariatet: Politiet sætter ind i {area} ({danish.inside(title)}). Før det i loggen "
        "»Det gjorde vi« på indsatsen dér: dato, hvad der blev gjort, og hvor mange gange."
    )
