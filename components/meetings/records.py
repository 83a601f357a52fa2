"""The one place where pages read what is written down at meetings, as the audience may see it now."""

import datetime as dt

import pandas as pd

from components.page import example_badge
from components.session import Screen, audience, our_store
from data import clock, danish
from data.entries import new_id
from data.partnership import our_partnership
from data.records import Row
from data.views.minutes import Minutes, minutes


def our_minutes() -> Minutes:
    """Meetings, decisions and proposals as they stand."""
    return minutes(our_store(), audience(), our_partnership())


def today() -> dt.date:
    """The day it is."""
    return clock.today()


def may_write(kind: str) -> bool:
    """Whether the one who looks may write rows of a kind."""
    return audience().may_write(kind)


def area_names(screen: Screen) -> dict[str, str]:
    """The name of every area the audience knows, and of every municipality."""
    areas = screen.release.areas
    return dict(zip(areas["area_id"], areas["name"], strict=True))


def member_names(screen: Screen) -> dict[str, str]:
    """The member municipalities, in the partnership's order."""
    names = area_names(screen)
    return {member: names[member] for member in screen.partnership.members}


def releases() -> dict[int | None, str]:
    """The releases figures can be frozen to, the newest first, as one chooses them."""
    heads = our_store().releases()
    return {None: "Ikke låst"} | {head.id: f"Udgave {head.id} fra {danish.date(head.published_at)}" for head in heads}


def list_badge(rows: pd.DataFrame) -> str:
    """The badge of a whole list, where every row of it is invented."""
    return example_badge(rows) if _all_alike(rows) else ""


def row_badge(row: Row, rows: pd.DataFrame) -> str:
    """The badge of one row of a list that has no badge as a whole."""
    return "" if _all_alike(rows) else example_badge(pd.DataFrame([row]))


def _all_alike(rows: pd.DataFrame) -> bool:
    return rows["provenance"].nunique() < 2


def fresh_id(kind: str, words: str) -> str:
    """An id that no row of the kind has or ever had."""
    return new_id(our_store(), kind, words)
