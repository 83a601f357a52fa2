"""Whom a release gives credit to: the licences of its own sources, and whoever its outlines come from."""

import pandas as pd

from data import danish
from data.records import records
from data.release import Release
from geo import dagi

_OPEN_LICENCES = "CC "
"""What the name of a licence that asks for credit begins with."""


def credits_of(release: Release) -> str:
    """ "Indeholder data fra …": each publisher whose licence asks for it, as the release's sources say; "" for none."""
    return release.get_or_make("credits", lambda: _credits(release.areas, release.sources))


def outline_credit(areas: pd.DataFrame) -> str:
    """ "Indeholder data fra …": whom the outlines of some areas of a release come from; "" for those drawn by hand."""
    return _said(_outlines(areas))


def _credits(areas: pd.DataFrame, sources: pd.DataFrame) -> str:
    named = _outlines(areas)
    for row in records(sources):
        if row["provenance"] == "official" and str(row["licence"]).startswith(_OPEN_LICENCES):
            named.append(f"{row['publisher']}, {row['licence']}")
    return _said(list(dict.fromkeys(named)))


def _outlines(areas: pd.DataFrame) -> list[str]:
    official = areas[areas["outline"] == "official"]
    if "outline_credit" not in official:  # a release of an older version, whose outlines were the authority's
        return [dagi.CREDIT] if len(official) else []
    return [str(each) for each in official["outline_credit"].unique() if each]


def _said(named: list[str]) -> str:
    return f"Indeholder data fra {danish.join(named, ', og').replace(' , og', ', og')}" if named else ""
