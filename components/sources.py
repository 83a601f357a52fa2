"""Where the figures come from: sources, releases and the words used, as tables for Om tallene."""

from urllib.parse import urlsplit

import pandas as pd

from components.session import Screen, our_store
from components.tables import Link, plain_table
from data import danish
from data.views.provenance import example_note

WORDS = {
    "Andel": "Hvor mange af de adspurgte der svarer sådan, i procent.",
    "Anmeldelse": "En lovovertrædelse, som er anmeldt til politiet. Det, der ikke anmeldes, er ikke med.",
    "Foreløbigt tal": "Et nyt tal, som kan ændre sig, når flere anmeldelser er registreret; oftest det nyeste kvartal.",
    "Måling": "Én spørgeskemaundersøgelse: et års, et halvårs, et kvartals eller en dags.",
    "Svar": "Antallet af beboere, der har svaret, uden vægte.",
    "Udgave": "Alle tal, som de blev udgivet på én gang. En udgave ændres aldrig.",
    "Usikkerhed": "Hvor meget tallet kunne have været anderledes, fordi kun nogle er spurgt, eller ved et tilfælde.",
}

USUAL_AREA = "Et afgrænset, oftest alment, boligområde, som partnerskabet følger."
OWN_AREA = "Et afgrænset område i en kommune, som partnerskabet følger."
LISTED = {
    "Forebyggelsesområde": "Et område på ministeriets årlige liste pr. 1. december.",
    "SUB-område": "Et særligt udsat boligområde på politikredsenes egen liste; ikke det samme som ministeriets lister.",
}
"""Words of lists that areas stand on, for those whose areas stand on any."""


def link(url: object) -> Link | str:
    """An address as a link that shows its host; anything else than an address of the web as the text it is."""
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        return url if isinstance(url, str) else ""
    return Link(url, urlsplit(url).netloc.removeprefix("www."))


def sources_table(screen: Screen) -> None:
    """Every source of the release with publisher, licence and when it was read."""
    rows = screen.release.sources
    plain_table(
        pd.DataFrame(
            {
                "Kilde": [
                    f"{title}{example_note(provenance)}"
                    for title, provenance in zip(rows["title"], rows["provenance"], strict=True)
                ],
                "Udgiver": rows["publisher"].to_numpy(),
                "Licens": rows["licence"].to_numpy(),
                "Hentet": [danish.date(day) for day in rows["retrieved"]],
                "Adresse": [link(url) for url in rows["url"]],
            }
        )
    )


def releases_table() -> None:
    """Every release, newest first."""
    heads = our_store().releases()
    plain_table(
        pd.DataFrame(
            {
                "Udgave": [head.id for head in heads],
                "Udgivet": [danish.date(head.published_at) for head in heads],
                "Til mødet": [danish.date(head.meeting_date) for head in heads],
                "Bemærkning": [head.note for head in heads],
            }
        )
    )


def glossary(screen: Screen) -> None:
    """The words a reader meets, explained."""
    told = explained(screen.partnership.level("housing_area").one, any_listed(screen.release.areas))
    plain_table(pd.DataFrame({"Ord": told.keys(), "Betydning": told.values()}))


def explained(area_word: str, lists: bool) -> dict[str, str]:
    """The words and what they mean in order: what an area is called here, and words of `lists` where there are any."""
    area = {danish.opening(area_word): USUAL_AREA if area_word == "boligområde" else OWN_AREA}
    told = WORDS | area | (LISTED if lists else {})
    return {word: told[word] for word in danish.in_order(told)}


def any_listed(areas: pd.DataFrame) -> bool:
    """Whether any of some areas stands on a list."""
    return bool((areas["lists"].fillna("") != "").any())
