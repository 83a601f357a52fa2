"""Builds the release's matrix of risk profiles and initiatives by area, whose empty cells are the agreement's holes."""

import datetime as dt

import pandas as pd

from data.records import records
from data.release.tables import GAPS
from data.sentences.cooperation import hole_sentence

COVERED, ENDED, OFFERED, NONE = "covered", "ended", "offered", "none"
"""An initiative covers the profile there · did, but has ended · runs there, but for others · none of these."""


def gap_table(
    profiles: pd.DataFrame,
    coverage: pd.DataFrame,
    initiatives: pd.DataFrame,
    effects: pd.DataFrame,
    areas: pd.DataFrame,
    today: dt.date,
) -> pd.DataFrame:
    """One row per risk profile, initiative and area that any initiative runs in; all are release tables.

    `state` is `COVERED`, `ENDED`, `OFFERED` or `NONE` on the day the figures speak of. `evidence_level` is the highest
    that any figure beside the initiative reaches (0: none), whatever it shows. `hole` is true where no running
    initiative covers the profile in the area; it is the same in every row of profile and area, and `sentence` then says
    so, else "".
    """
    covered = {(row["profile_id"], row["initiative_id"], row["area_id"]): row["how"] for row in records(coverage)}
    level = effects.groupby("initiative_id")["evidence_level"].max().to_dict() if len(effects) else {}
    running = {row["initiative_id"]: _runs(row, today) for row in records(initiatives)}
    places = {row["initiative_id"]: set(row["area_ids"].split(";")) for row in records(initiatives)}
    names = areas.set_index("area_id")["name"]
    named = sorted({area for listed in places.values() for area in listed} | {area for _, _, area in covered})
    rows = []
    for profile in records(profiles):
        for area in named:
            hole = not any(
                running.get(initiative, False)
                for owner, initiative, place in covered
                if (owner, place) == (profile["profile_id"], area)
            )
            for initiative, areas_of in places.items():
                key = (profile["profile_id"], initiative, area)
                if key in covered:
                    state = COVERED if running[initiative] else ENDED
                else:
                    state = OFFERED if running[initiative] and area in areas_of else NONE
                rows.append(
                    {
                        "profile_id": profile["profile_id"],
                        "initiative_id": initiative,
                        "area_id": area,
                        "state": state,
                        "how": covered.get(key, ""),
                        "evidence_level": int(level.get(initiative, 0)),
                        "hole": hole,
                        "sentence": hole_sentence(profile["title"], names[area]) if hole else "",
                        "provenance": profile["provenance"],
                        "source_id": profile["source_id"],
                    }
                )
    return pd.DataFrame(rows, columns=list(GAPS))


def holes(gaps: pd.DataFrame) -> pd.DataFrame:
    """The holes of a gap table, one row per profile and area: profile_id, area_id, sentence."""
    unmet = gaps[gaps["hole"]]
    return unmet[["profile_id", "area_id", "sentence"]].drop_duplicates(ignore_index=True)


def _runs(initiative: dict[str, object], today: dt.date) -> bool:
    day, end = pd.Timestamp(today), initiative["end"]
    begun = pd.Timestamp(initiative["start"]) <= day  # type: ignore[arg-type]
    return bool(begun and (pd.isna(end) or pd.Timestamp(end) >= day))  # type: ignore[call-overload,arg-type]
