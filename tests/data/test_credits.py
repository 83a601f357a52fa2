"""Credit goes to those whose data are drawn, as the table of sources says, and to nobody else."""

import pandas as pd

from data.views.credits import _credits, outline_credit
from geo import dagi

SOURCES = pd.DataFrame(
    [
        ("Danmarks Statistik", "CC BY 4.0", "official"),
        ("Danmarks Statistik", "CC BY 4.0", "official"),
        ("Fjordby Kommune", "", "official"),
        ("Opdigtet", "CC BY 4.0", "example"),
    ],
    columns=["publisher", "licence", "provenance"],
)


def outlined(*outlines: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"outline": list(outlines), "outline_credit": [dagi.CREDIT if each == "official" else "" for each in outlines]}
    )


def test_publishers_whose_licence_asks_for_it_are_credited_once() -> None:
    assert _credits(outlined("official", "none"), SOURCES) == (
        "Indeholder data fra Klimadatastyrelsen, DAGI, CC BY 4.0, og Danmarks Statistik, CC BY 4.0"
    )


def test_outlines_drawn_by_hand_are_nobodys() -> None:
    assert _credits(outlined("approximate"), SOURCES) == "Indeholder data fra Danmarks Statistik, CC BY 4.0"
    assert _credits(outlined("none"), SOURCES.iloc[2:]) == ""


def test_outlines_are_credited_to_whom_their_file_names() -> None:
    areas = outlined("official", "official", "approximate").assign(outline_credit=["Fjordby Kommune", "", ""])
    assert outline_credit(areas) == "Indeholder data fra Fjordby Kommune"


def test_a_release_from_before_files_could_say_so_credits_the_authority() -> None:
    areas = outlined("official", "approximate").drop(columns="outline_credit")
    assert outline_credit(areas) == f"Indeholder data fra {dagi.CREDIT}"
