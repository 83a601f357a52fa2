"""The example's actions in places: where the police patrol or come by, in places that held most the year before.

No count was made to fit them: what a release tells before and after is what the invented weeks happen to hold.
"""

from generate.example.tables import Row, marked_as_example
from geo.grid import Cell, parse

SIDE = 250
# (id, initiative, municipality, category, the place's middle cell, first day, last day, what is done)
_ACTIONS: tuple[tuple[str, ...], ...] = (
    ("hotspotpatrulje-soeborg-2025", "hotspotpatrulje", "gladsaxe", "12", "250m_618225_72025", "2025-05-05", "",
     "Patrulje til fods fredag og lørdag aften"),
    ("hotspotpatrulje-skovlunde-2025", "hotspotpatrulje", "ballerup", "1332", "250m_618050_71350", "2025-03-03",
     "2025-08-31", "Patrulje ved butikkerne i åbningstiden"),
    ("din-betjent-herlev-2026", "din-betjent", "herlev", "12", "250m_618050_71600", "2026-02-02", "",
     "Din betjent går runden onsdag og fredag aften"),
)  # fmt: skip


def action_rows() -> list[Row]:
    """One that may be chance, one whose place holds fewer than expected, and one too new to tell."""
    return marked_as_example(
        {
            "action_id": action, "initiative_id": initiative, "area_id": municipality, "category": category,
            "cells": ";".join(_around(cell)), "start": start, "end": end, "text": text,
        }
        for action, initiative, municipality, category, cell, start, end, text in _ACTIONS
    )  # fmt: skip


def _around(cell: str) -> list[str]:
    """A cell with its eight neighbours, as a place is told."""
    middle = parse(cell)
    steps = (-SIDE, 0, SIDE)
    return [Cell(SIDE, middle.northing + north, middle.easting + east).id for north in steps for east in steps]
