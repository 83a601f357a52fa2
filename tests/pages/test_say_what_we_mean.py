"""Every sentence that meant something else than we mean, on the pages as they are drawn.

The old words stand on no page and in no tab; the new ones stand where a reader meets them.
"""

import re
from collections.abc import Iterator

import pytest
import streamlit as st
from google.protobuf.text_format import MessageToString
from streamlit.testing.v1 import AppTest

from components.navigation import PAGES
from data.release import Release
from tests.pages.conftest import seen, seen_by

# (what was said, as a pattern; what is said now, "" where the shipped data give no occasion for it)
SAID = (
    (r"[Ss]ikkert (bedre|værre|højere|lavere|bagud|nyt|væk)", "Klart bedre"),
    (r"Det er sikkert ", "med statistisk sikkerhed"),
    (r"de sikreste først|Det sikreste:", "Tydeligste hotspots først"),
    (r"Hvad er over tiden", "Hvad er forsinket?"),
    (r"sikkert bagud", "Halter klart efter planen"),
    (r"\bIkke sikkert", "Ingen klar ændring"),
    (r"Bevæger.det.sig", "Flytter.det.sig"),
    (r"Jo stærkere farve", "Farverne går fra dårligst til bedst"),
    (r"Kun over en grænse", "Ny status, samme tal"),
    (r"på ét ark", "Se området"),
    (r"Anmeldelser gik fra|i forhold til samme periode", r"faldt fra [\d.]+ til [\d.]+ \(−\d+ pct\.\) på et år"),
    (r"\bHandlinger\b", "Opgaver"),
    (r"[Nn]y læsning|[Aa]ftalt læsning", "fælles tolkning"),
    (r"Planlagt, ikke ført", ""),
    (r"Luk det delte", ""),
    (r"Skriv en dialog ind", "Registrér møde eller vandring"),
    (r"\bNået\b(?!,)|ikke talt", "Deltagere"),
    (r"Pegede stedet ud", ""),
    (r"ud fra et hul", "Opret indsats her"),
    (r"der arbejder her", "Indsatser i området"),
    (r"Dagens mennesker", "Besøgende tæller ikke med"),
    (r"Andre prøver", ""),
    (r"Mod reference", "Sammenlignet med"),
    (r"\bTag med\b", "Hent"),
    (r"Én kriterium", ""),
    (r"I \d\. kvartal \d{4}: \d+ tryghedsvandringer", r"I alt \d+ (tryghedsvandringer )?ved udgangen af 2025"),
)
PARTS = {
    "overview.py": ({},),
    "meeting.py": ({}, {"del": "handlinger"}, {"del": "kalender"}, {"del": "forslag"}, {"del": "evaluering"}),
    "safety_map.py": ({}, {"visning": "aendring"}, {"visning": "reference"}),
    "trends.py": ({"omraade": "hoeje-gladsaxe"},),
    "area.py": ({"omraade": "vaerebro-park"},),
    "initiatives.py": ({}, {"fane": "logbog"}, {"fane": "vandringer"}, {"fane": "hvem"}),
    "methods.py": ({},),
}


def everything(page: AppTest) -> str:
    """Every word that a page sends: texts, labels, help, options, tables and what its components draw."""
    parts: list[str] = []
    for node in page.main:
        proto = getattr(node, "proto", None)
        if proto is not None:
            parts.append(MessageToString(proto, as_utf8=True))
            parts.append(getattr(proto, "bytes", b"").decode("utf-8", "ignore"))
    parts += [table.value.to_string() for table in (*page.dataframe, *page.table)]
    return seen("\n".join(parts))


@pytest.fixture(scope="module")
def told(shipped_database: str, shipped: Release) -> Iterator[str]:
    """All that the pages say to the leadership, the local police and the secretariat, with every row open."""
    patch = pytest.MonkeyPatch()
    patch.setenv("DATABASE_URL", shipped_database)
    st.cache_resource.clear()
    parts = []
    by_file = {entry.file: entry for entry in PAGES}
    for file, addresses in PARTS.items():
        parts += [everything(seen_by("ledelse", by_file[file], **address)) for address in addresses]
    rows = seen_by("ledelse", by_file["initiatives.py"])
    for initiative in shipped.initiatives["initiative_id"]:
        rows.session_state[f"row_{initiative}"] = True
    parts.append(everything(rows.run()))
    parts.append(everything(seen_by("politi", by_file["hotspots.py"])))
    parts.append(everything(seen_by("sekretariat", by_file["data.py"])))
    yield "\n".join(parts)
    patch.undo()
    st.cache_resource.clear()


@pytest.mark.parametrize(("old", "new"), SAID, ids=[old for old, _ in SAID])
def test_the_pages_say_what_we_mean(told: str, old: str, new: str) -> None:
    assert not re.search(old, told)
    assert re.search(new, told)
