"""Whom a release gives credit to: the licences of its own sources, and outlines where the authority's are drawn."""

import pandas as pd

from data import danish
from data.records import records
from data.release import Release

OUTLINES = "Klimadatastyrelsen, DAGI, CC BY 4.0"
_OPEN_LICENCES = "CC "
"""What the name of a licence that asks for credit begins with."""


def credits_of(release: Release) -> str:
    """ "Indeholder data fra …": each publisher whose licence asks for it, as the release's sources say; "" for none."""
    return release.get_or_make("credits", lambda: _credits(release.areas, release.sources))


def _credits(areas: pd.DataFrame, sources: pd.DataFrame) -> str:
    named = [OUTLINES] if (areas["outline"] == "official").any() else []
    for row in records(sources):
        if row["provenance"] == "official" and str(row["licence"]).startswith(_OPEN_LICENCES):
            named.append(f"{row['publisher']}, {row['licence']}")
    given = list(dict.fromkeys(named))
    return f"Indeholder data fra {danish.join(given, ', og').replace(' , og', ', og')}" if given else ""
