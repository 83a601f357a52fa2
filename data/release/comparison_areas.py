"""Finds what an initiative's areas are held against: areas that are alike, or the others of their level."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis import effects


@dataclass(frozen=True)
class Places:
    """Where an initiative runs, what it is held against, and what lies next to it."""

    treated: tuple[str, ...]
    compared: tuple[str, ...]
    kind: str
    near: tuple[str, ...]


def places_of(initiative: Mapping[str, Any], tables: Mapping[str, pd.DataFrame], indicator: str) -> Places:
    """What an initiative is held against: areas that are alike, or else the others of its level; never neighbours."""
    treated = tuple(initiative["area_ids"].split(";"))
    areas = tables["areas"].set_index("area_id")
    level = areas["level"].get(treated[0], "")
    near = tables["neighbours"]
    nearby = tuple(sorted(set(near.loc[near["area_id"].isin(treated), "neighbour_id"]) - set(treated)))
    others = [area for area in areas.index[areas["level"] == level] if area not in {*treated, *nearby}]
    alike = tables["similar"]
    chosen = alike[alike["area_id"].isin(treated) & (alike["indicator"] == indicator)]["similar"]
    named = {area for listed in chosen for area in listed.split(";")}
    similar = tuple(area for area in others if area in named)
    if len(similar) >= effects.FEWEST_COMPARISON_AREAS:
        return Places(treated, similar, "similar", nearby)
    return Places(treated, tuple(others), "other", nearby)
