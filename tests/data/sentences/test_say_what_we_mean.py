"""What the screen once said and what it says now: every sentence that meant something else in Danish than we mean.

"Sikkert bedre" means probably better, and "de sikreste steder" are the safest places. A word that is banned here must
stand in no text of the program again.
"""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDERS = ("components", "data", "drawings", "pages", "reports", "server")
# (what was said, what is said now)
SAID = (
    ("Sikkert bedre", "Klart bedre"),
    ("Det er sikkert {", "Det er med statistisk sikkerhed {"),
    ("Det er ikke sikkert anderledes", "Der er ingen klar forskel"),
    ("Steder, de sikreste først", "Tydeligste hotspots først"),
    ("Det sikreste:", "Det tydeligste:"),
    ("Hvad er over tiden?", "Hvad er forsinket?"),
    ("Udviklingen er sikkert bagud", "Halter klart efter {"),
    ("Ikke sikkert", "Ingen klar ændring"),
    ("Kun over en grænse", "Ny status, samme tal"),
    ("på ét ark", "Se området"),
    ("i forhold til samme periode året før", "på et år"),
    ("Handlinger", "Opgaver"),
    ("Ny læsning", "Ny fælles tolkning"),
    ("Aftalt læsning", "Fælles tolkning"),
    ("Planlagt, ikke ført", "Referat mangler"),
    ("Luk det delte", "Luk visningen"),
    ("Skriv en dialog ind", "Registrér møde eller vandring"),
    ('"Nået", "integer"', "Deltagere"),
    ("ikke talt", "ikke opgjort"),
    ("Pegede stedet ud", "Udpeget ved"),
    ("Begynd en indsats ud fra et hul", "Opret indsats her"),
    ("Indsatser, der arbejder her", "Indsatser i området"),
    ("Dagens mennesker er ikke med", "Besøgende tæller ikke med"),
    ("Andre prøver", "Nye beregninger, uændret konklusion"),
    ("Mod reference", "Sammenlignet med"),
    ("Tag med", "Hent"),
    ("Tom log", "Log mangler"),
    ("sikker ændring", "klar ændring"),
    ("for få svar)", "for stor usikkerhed"),
    ("åviselig", "Ingen klar ændring"),
    ("Bevæger det sig?", "Flytter det sig?"),
    ("senest {danish.date(latest)}", "sidst aktiv {"),
    ("Holder det?", "Efter fristen: {"),
    ("læner sig", "Den bygger {"),
    ("hvis frist er nået", "Mål med udløbet frist"),
    ("flere (se Om tallene)", "mere (se Om tallene)"),
    ("erklæres forkert", "fejlagtigt at kalde et mål nået"),
    ("én familie", "vurderes alle områder"),
    ("Ved tilfælde alene", "Var alt tilfældigt"),
)


@cache
def texts() -> str:
    """All code of the program in one, without the documentation of modules and functions."""
    files = (file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py")))
    return "\n".join(re.sub(r'"""[\s\S]*?"""', "", file.read_text("utf-8")) for file in files)


@pytest.mark.parametrize(("old", "new"), SAID)
def test_it_is_said_as_we_mean_it(old: str, new: str) -> None:
    assert old not in texts()
    assert new in texts()


def test_nothing_is_sikkert_better_worse_higher_or_lower() -> None:
    """»Sikkert« before a comparison means "probably"; only figures may be uncertain (»usikker«)."""
    verdicts = r"\b[Ss]ikkert (bedre|værre|højere|lavere|over|under|bagud|ændret|anderledes|dårligere|ud\b|ikke)"
    assert re.findall(verdicts, texts()) == []
