"""Builds the release's table of references: how surely each share lies above or below the country and its likes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis import comparisons, proportions
from data import danish
from data.records import records
from data.release.survey import TESTED_QUALITIES
from data.release.tables import REFERENCES

# What a share is held against → the level at which it is found above the area; none for areas that are alike.
REFERENCE_LEVELS = {"lignende": "", "kommune": "municipality", "politikreds": "police_district", "land": "country"}
FEWEST_ALIKE = 2
_VERDICTS = {"better": "above", "worse": "below", "unchanged": "unchanged", "": ""}

Key = tuple[str, str, str]


@dataclass(frozen=True)
class _Figure:
    """A share to compare with: of one area, or of several taken together. `reason` says why there is none."""

    share: float = np.nan
    n_eff: float = np.nan
    quality: str = ""
    provenance: str = ""
    source_id: str = ""
    reason: str = ""


def reference_table(survey: pd.DataFrame, areas: pd.DataFrame, similar: pd.DataFrame) -> pd.DataFrame:
    """One row per shown share and each reference there is for its area; all three tables are release tables.

    A share is only held against the same wave, asked in the same way (series). `difference` is the share minus the
    reference's, with Newcombe's interval (`low`, `high`) where both numbers of effective answers are known. Areas that
    are alike are taken together by residents. `verdict` is "above", "unchanged", "below" or "", then with the `reason`:
    "not_measured", "other_series", "unknown_answers", "unknown_residents", "very_uncertain" or "too_few_alike". The
    fixed family of tests is one wave x one
    indicator x one reference x one level, so no filter changes a verdict. A whole contains its parts; counting the two
    samples as independent makes the interval a little too wide, which errs towards "unchanged". `provenance` is
    "example" where either side is, and `source_id` names the reference's sources (";"-joined).
    """
    shown = survey[survey["state"] == "published"]
    known = {(row["wave"], row["indicator"], row["area_id"]): row for row in records(shown)}
    wholes = _wholes(areas)
    alike = {(row["area_id"], row["indicator"]): row["similar"].split(";") for row in records(similar)}
    names = areas.set_index("area_id")["name"].to_dict()
    residents = areas.set_index("area_id")["residents"].astype(float)
    weight = {str(area): float(number) for area, number in residents[residents > 0].items()}
    rows = []
    for key, row in known.items():
        wave, indicator, area = key
        for reference, others in _references(area, wholes, alike.get((area, indicator), [])):
            figure = _figure([(wave, indicator, other) for other in others], row["series"], known, weight)
            rows.append(
                {
                    "wave": wave,
                    "area_id": area,
                    "indicator": indicator,
                    "level": row["level"],
                    "reference": reference,
                    "reference_name": danish.join(names[other] for other in others),
                    "reference_share": figure.share,
                    "share": row["share"],
                    "n_eff": row["n_eff"],
                    "reference_n_eff": figure.n_eff,
                    "reason": figure.reason or _why_not(row["n_eff"], row["quality"], figure),
                    "provenance": "example" if "example" in (row["provenance"], figure.provenance) else "official",
                    "source_id": figure.source_id,
                }
            )
    return _judged(pd.DataFrame(rows))


def _wholes(areas: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Area → level → the area of that level it lies in."""
    parent = dict(zip(areas["area_id"], areas["parent_id"], strict=True))
    level = dict(zip(areas["area_id"], areas["level"], strict=True))
    wholes: dict[str, dict[str, str]] = {}
    for area in parent:
        wholes[area] = {}
        above = parent[area]
        while above in parent:
            wholes[area][level[above]] = above
            above = parent[above]
    return wholes


def _references(
    area: str, wholes: Mapping[str, Mapping[str, str]], alike: Sequence[str]
) -> Iterator[tuple[str, list[str]]]:
    """Each reference there is for an area, with the areas it consists of."""
    for reference, level in REFERENCE_LEVELS.items():
        others = [wholes[area][level]] if level in wholes[area] else []
        if reference == "lignende":
            others = [other for other in alike if other]
        if others:
            yield reference, others


def _figure(
    keys: list[Key], series: str, known: Mapping[Key, Mapping[str, Any]], weight: Mapping[str, float]
) -> _Figure:
    """The share of areas taken together by residents, from those that were asked in the same way in the same wave."""
    measured = [known[key] for key in keys if key in known]
    rows = [row for row in measured if row["series"] == series]
    if not rows:
        return _Figure(reason="other_series" if measured else "not_measured")
    provenance = "example" if any(row["provenance"] == "example" for row in rows) else "official"
    sources = ";".join(dict.fromkeys(row["source_id"] for row in rows))
    if len(keys) == 1:
        return _Figure(rows[0]["share"], rows[0]["n_eff"], rows[0]["quality"], provenance, sources)
    rows = [row for row in rows if pd.notna(row["n_eff"])]
    if len(rows) < FEWEST_ALIKE:
        return _Figure(provenance=provenance, source_id=sources, reason="too_few_alike")
    weights = [weight.get(row["area_id"], np.nan) for row in rows]
    if np.isnan(weights).any():
        return _Figure(provenance=provenance, source_id=sources, reason="unknown_residents")
    share, n_eff = proportions.weighted([row["share"] for row in rows], [row["n_eff"] for row in rows], weights)
    quality = proportions.quality(share, sum(row["n"] for row in rows), n_eff)
    return _Figure(float(share), float(n_eff), str(quality), provenance, sources)


def _why_not(n_eff: float, quality: str, figure: _Figure) -> str:
    """Why two shares cannot be told apart; empty where they can be tested."""
    if pd.isna(n_eff) or pd.isna(figure.n_eff):
        return "unknown_answers"
    tested = quality in TESTED_QUALITIES and figure.quality in TESTED_QUALITIES
    return "" if tested else "very_uncertain"


def _judged(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with difference, interval and the verdict of their family."""
    if rows.empty:
        return pd.DataFrame(columns=list(REFERENCES))
    share, n_eff = rows["share"].to_numpy(dtype=float), rows["n_eff"].to_numpy(dtype=float)
    other, other_n_eff = rows["reference_share"].to_numpy(dtype=float), rows["reference_n_eff"].to_numpy(dtype=float)
    rows["difference"], rows["low"], rows["high"] = proportions.difference(share, n_eff, other, other_n_eff)
    p_values = np.where(rows["reason"] == "", proportions.difference_p_value(share, n_eff, other, other_n_eff), np.nan)
    family = rows[["wave", "indicator", "reference", "level"]].agg("|".join, axis=1)
    verdicts = comparisons.verdicts(rows["difference"].to_numpy(), p_values, family.to_numpy())
    rows["verdict"] = [_VERDICTS[verdict] for verdict in verdicts]
    return rows[list(REFERENCES)]
