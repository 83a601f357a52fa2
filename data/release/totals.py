"""Whether it is known which category is the sum of the others; without that a hidden count may be worked out.

A reader who sees a total and all parts but one knows the last. So small counts can only be protected where the settings
say which category is the total, or that none is, and the counts agree.
"""

import pandas as pd

from data import danish
from data.partnership import Partnership

FEWEST_ROWS = 4
"""Areas and periods that must agree before a category is taken for the sum of the others."""
_WHERE = "indstillingerne under [partnership]"


def unknown_total(incidents: pd.DataFrame, areas: pd.DataFrame, partnership: Partnership) -> str:
    """Why counts cannot be protected, as one Danish sentence with what to do; "" where they can.

    `incidents` and `areas` have the columns of their contracts. Only counts of housing areas are looked at: those above
    are not hidden from anyone.
    """
    local = set(areas.loc[areas["level"] == "housing_area", "area_id"])
    rows = incidents[incidents["area_id"].isin(local)]
    if rows.empty or all(audience.threshold == 0 for audience in partnership.audiences):
        return ""
    names = {each.id: each.title for each in partnership.categories}
    if not partnership.knows_total:
        listed = danish.join([f'"{each.id}"' for each in partnership.categories], "eller")
        return (
            f"Tallene kan ikke udgives: Små tal kan kun skjules, når det er kendt, om en af kategorierne er summen af "
            f'de andre. Skriv total_category = {listed} i {_WHERE}, eller total_category = "", hvis ingen er det.'
        )
    wide = rows.pivot_table(index=["area_id", "period"], columns="category", values="count", aggfunc="sum", min_count=1)
    if partnership.total:
        return _too_small(wide, partnership.total, names, dict(zip(areas["area_id"], areas["name"], strict=True)))
    total = next((category for category in wide.columns if _is_sum(wide, category)), None)
    if total is None:
        return ""
    return (
        f"Tallene kan ikke udgives: »{names.get(total, total)}« ser ud til at være summen af de andre kategorier, men "
        f'indstillingerne siger, at ingen er det. Skriv total_category = "{total}" i {_WHERE}.'
    )


def _is_sum(wide: pd.DataFrame, category: str) -> bool:
    """Whether a category is at least the sum of two or more others wherever all are counted."""
    others = wide.drop(columns=category)
    whole = wide.notna().all(axis=1)
    if others.shape[1] < 2 or whole.sum() < FEWEST_ROWS:
        return False
    parts = others[whole].sum(axis=1)
    return bool((wide.loc[whole, category] >= parts).all() and parts.sum() > 0)


def _too_small(wide: pd.DataFrame, total: str, names: dict[str, str], areas: dict[str, str]) -> str:
    """The first place where what is called the total is less than its parts."""
    if total not in wide:
        return ""
    short = wide.index[wide[total] < wide.drop(columns=total).sum(axis=1)]
    if short.empty:
        return ""
    area, period = short[0]
    return (
        f"Tallene kan ikke udgives: »{names.get(total, total)}« skal være summen af alle andre kategorier, men er "
        f"mindre end dem i {areas[area]} i {danish.period(period)}. Ret tallene eller total_category i {_WHERE}."
    )
