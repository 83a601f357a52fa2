"""Where the figures come from: sources, releases and the words used, as tables for Om tallene."""

import pandas as pd
import streamlit as st

from components.session import Screen, our_store
from components.tables import plain_table
from data import danish
from data.rows import example_note

WORDS = {
    "Andel": "Hvor mange af de adspurgte der svarer sådan, i procent.",
    "Anmeldelse": "En lovovertrædelse, som er anmeldt til politiet. Det, der ikke anmeldes, er ikke med.",
    "Boligområde": "Et afgrænset, oftest alment, boligområde, som partnerskabet følger.",
    "Forebyggelsesområde": "Et område på ministeriets årlige liste pr. 1. december.",
    "Foreløbigt tal": "Det nyeste kvartal. Det kan ændre sig, når flere anmeldelser er registreret.",
    "Måling": "Et års spørgeskemaundersøgelse.",
    "SUB-område": "Et særligt udsat boligområde på politikredsenes egen liste; ikke det samme som ministeriets lister.",
    "Svar": "Antallet af beboere, der har svaret, uden vægte.",
    "Udgave": "Alle tal, som de blev udgivet på én gang. En udgave ændres aldrig.",
    "Usikkerhed": "Hvor meget tallet kunne have været anderledes, fordi kun nogle er spurgt, eller ved et tilfælde.",
}


def sources_table(screen: Screen) -> None:
    """Every source of the release with publisher, licence and when it was read."""
    rows = screen.release.sources
    st.dataframe(
        pd.DataFrame(
            {
                "Kilde": [
                    f"{title}{example_note(provenance)}"
                    for title, provenance in zip(rows["title"], rows["provenance"], strict=True)
                ],
                "Udgiver": rows["publisher"].to_numpy(),
                "Licens": rows["licence"].to_numpy(),
                "Hentet": [danish.date(day) for day in rows["retrieved"]],
                "Adresse": rows["url"].to_numpy(),
            }
        ),
        hide_index=True,
        width="stretch",
        column_config={"Adresse": st.column_config.LinkColumn()},
        alt="Kilder med udgiver, licens og dato",
    )


def releases_table() -> None:
    """Every release, newest first."""
    heads = our_store().releases()
    plain_table(
        pd.DataFrame(
            {
                "Udgave": [head.id for head in heads],
                "Udgivet": [danish.date(head.published_at.date()) for head in heads],
                "Til mødet": [danish.date(head.meeting_date) for head in heads],
                "Bemærkning": [head.note for head in heads],
            }
        )
    )


def glossary() -> None:
    """The words a reader meets, explained."""
    plain_table(pd.DataFrame({"Ord": WORDS.keys(), "Betydning": WORDS.values()}))
