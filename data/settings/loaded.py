"""Holds the settings against what is loaded: every name that rows use must still stand in the settings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from data import danish
from data.partnership import Partnership

Loaded = Mapping[str, pd.DataFrame]

_NOUNS = {
    "indicators": ("emnet", "emner"), "series": ("serien", "serier"), "categories": ("kategorien", "kategorier"),
    "focus_areas": ("indsatsområdet", "indsatsområder"), "principles": ("princippet", "principper"),
    "purposes": ("formålet", "formål"), "forums": ("mødeslagsen", "slags møder"),
}  # fmt: skip
# Table, column and the section of the settings that its values are ids of.
_USES = (
    ("survey", "indicator", "indicators"),
    ("survey", "series", "series"),
    ("incidents", "category", "categories"),
    ("cells", "category", "categories"),
    ("hours", "category", "categories"),
    ("initiatives", "focus_area", "focus_areas"),
    ("initiatives", "principles", "principles"),
    ("initiatives", "purpose_id", "purposes"),
    ("criteria", "purpose_id", "purposes"),
    ("meetings", "forum", "forums"),
)


def unsettled(loaded: Loaded, partnership: Partnership) -> list[str]:
    """One Danish sentence for each name that loaded rows use and the settings lack, or the reverse for municipalities.

    `loaded` maps kinds to the rows that stand; kinds that are not there are not looked at.
    """
    used: dict[tuple[str, str], int] = {}
    for section, values in _used(loaded):
        for value, rows in Counter(values).items():
            used[section, value] = used.get((section, value), 0) + rows
    sentences = []
    for (section, value), rows in used.items():
        known = [str(each) for each in _ids(partnership, section)]
        if value not in known:
            noun, many = _NOUNS[section]
            listed = f" Der står {danish.join(known)}." if known else f" Der står ingen {many}."
            sentences.append(
                f"{danish.opening(noun)} »{value}« bruges af {danish.plural(rows, 'række', 'rækker')}, "
                f"men står ikke i indstillingerne under [[{section}]].{listed}"
            )
    return sentences + list(_strangers(loaded, partnership))


def _used(loaded: Loaded) -> Iterator[tuple[str, Iterable[str]]]:
    for kind, column, section in _USES:
        rows = loaded.get(kind)
        if rows is not None and len(rows) and column in rows:
            values = rows[column].dropna().astype(str).str.split(";").explode()
            yield section, values[values != ""]
    criteria = loaded.get("criteria")
    if criteria is not None and len(criteria):
        for measure, section in (("survey", "indicators"), ("incidents", "categories")):
            yield section, criteria.loc[criteria["measure"] == measure, "indicator"].astype(str)


def _ids(partnership: Partnership, section: str) -> list[object]:
    return [each.id for each in getattr(partnership, section)]


def _strangers(loaded: Loaded, partnership: Partnership) -> Iterator[str]:
    """Municipalities of the settings that no loaded area is."""
    areas = loaded.get("areas")
    if areas is None or areas.empty:
        return
    levels = dict(zip(areas["area_id"], areas["level"], strict=True))
    there = sorted(area for area, level in levels.items() if level == "municipality")
    for member in partnership.members:
        if levels.get(member) != "municipality":
            listed = f" Der står {danish.join(there)}." if 0 < len(there) <= 12 else ""
            yield (
                f"Kommunen »{member}« står i indstillingerne (members), men ikke som kommune i tabellen over områder."
                f"{listed}"
            )
