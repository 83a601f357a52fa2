"""Which areas came after which, as the table of areas declares it (`data.contracts.area_life`).

A table from before there were such columns has areas that have always been and still are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

SAME = "renamed"
"""The one kind of succession in which the successor is the same area."""


@dataclass(frozen=True)
class Succession:
    """One area that ended and what took its place; `how` is renamed, split, merged or redrawn."""

    area_id: str
    successors: tuple[str, ...]
    how: str
    last_day: pd.Timestamp


def successions(areas: pd.DataFrame) -> Iterator[Succession]:
    """Every ended area with successors, in the order of the table."""
    if "successors" not in areas:
        return
    ended = areas[areas["successors"].fillna("") != ""]
    columns = (ended[name] for name in ("area_id", "successors", "succession", "last_day"))
    for area, listed, how, last in zip(*columns, strict=True):
        yield Succession(str(area), tuple(str(listed).split(";")), str(how), pd.Timestamp(last))


def declared_sums(areas: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Area → the areas it is the sum of by declaration, one generation at a time.

    A renamed area is its successor, a split one the sum of its successors, and a merged one the sum of all that name
    it. An area whose border was moved is the sum of nothing (`redrawn_pairs`).
    """
    found: dict[str, tuple[str, ...]] = {}
    for each in successions(areas):
        if each.how in (SAME, "split"):
            found[each.area_id] = each.successors
        elif each.how == "merged":
            (into,) = each.successors
            found[into] = (*found.get(into, ()), each.area_id)
    return found


def redrawn_pairs(areas: pd.DataFrame) -> list[tuple[str, str]]:
    """Old and new areas that have ground in common because a border was moved."""
    return [
        (each.area_id, successor)
        for each in successions(areas)
        if each.how == "redrawn"
        for successor in each.successors
    ]


def same_area(areas: pd.DataFrame) -> Mapping[str, str]:
    """Area → the newest area that is the same by declaration, for areas that were renamed."""
    to = {each.area_id: each.successors[0] for each in successions(areas) if each.how == SAME}
    return {area: _last(area, to) for area in to}


def _last(area: str, to: Mapping[str, str]) -> str:
    seen: set[str] = set()
    while area in to and area not in seen:
        seen.add(area)
        area = to[area]
    return area


def heirs(areas: pd.DataFrame, area_id: str) -> tuple[str, ...]:
    """The areas that now stand where an area stood, over all generations; () for one that still is."""
    followed = {each.area_id: each.successors for each in successions(areas)}
    found: dict[str, None] = {}
    waiting, seen = list(followed.get(area_id, ())), {area_id}
    while waiting:
        area = waiting.pop(0)
        if area in seen:
            continue
        seen.add(area)
        if area in followed:
            waiting += followed[area]
        else:
            found[area] = None
    return tuple(found)
