"""Tryghedstavlen: areas by measures, each figure with its interval, years, movement and goal, as one table.

A pure function of a view: the screen, the meeting pack, the slides and a shared page draw the same board. Nothing is
computed here that the release does not say: values, verdicts and sentences are taken as they stand.
"""

from dataclasses import replace

import pandas as pd

from data import danish
from data.partnership import Partnership
from data.records import records
from data.release import Release
from data.views.board_figures import OtherView, perceived, recorded
from data.views.board_goals import done, goals
from data.views.board_model import Board, BoardRow
from data.views.memo import memoized_by_view
from data.views.provenance import is_example
from data.views.view import View, ViewContext

ALL_MUNICIPALITIES = ""


@memoized_by_view("indicator", "category", "level")
def board(context: ViewContext, municipality: str = ALL_MUNICIPALITIES) -> Board:
    """The board of the view's level; with a municipality (its area_id) only of that one and what lies in it."""
    areas = _areas(context, municipality)
    ids = tuple(str(area) for area in areas["area_id"])
    made = [*perceived(context, ids), recorded(context, ids)]
    if not _sees_local(context):  # The public has ten years of offences, and few years of shares.
        column, cells, used = made[-1]
        made = [(replace(column, wide=True), cells, used), *made[:-1]]
    if _sees_local(context):
        made += [each for each in (goals(context, ids), done(context, ids)) if each is not None]
    names = context.release.names
    rows = tuple(
        BoardRow(
            row["area_id"],
            row["name"],
            names.get(row["parent_id"], "") if row["level"] == "housing_area" else "",
            tuple(cells[row["area_id"]] for _, cells, _ in made),
        )
        for row in records(areas)
    )
    origin = ["provenance", "source_id"]
    parts = [used[origin] for _, _, used in made if len(used)]
    cited = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=origin)
    where = context.partnership.level(context.view.level).many
    return Board(f"Tryghedstavlen: {where}", tuple(column for column, _, _ in made), rows, is_example(cited), cited)


def municipalities(context: ViewContext) -> dict[str, str]:
    """The municipalities whose areas stand on the board of the view's level: area_id → name, by name."""
    areas = _areas(context, ALL_MUNICIPALITIES)
    ids = {row["parent_id"] if row["level"] == "housing_area" else row["area_id"] for row in records(areas)}
    names = context.release.names
    return {area: names[area] for area in sorted(ids, key=lambda area: danish.sort_key(names[area]))}


def nearest_municipality(view: View, release: Release, partnership: Partnership) -> tuple[View, tuple[str, ...]]:
    """The view with a municipality that the board has, and a plain Danish notice where the one wanted gave way."""
    if not view.municipality or view.municipality in municipalities(OtherView(view, release, partnership)):
        return view, ()
    sentence = f"Kommunen »{view.municipality}« står ikke på tavlen. Viser alle kommuner i stedet."
    return replace(view, municipality=""), (sentence,)


def _sees_local(context: ViewContext) -> bool:
    return context.partnership.audience(context.release.audience).sees_local


def _areas(context: ViewContext, municipality: str) -> pd.DataFrame:
    """The areas of the board: of the view's level, ours (a member or what lies in one) where any are."""
    areas = context.release.areas
    of_level = areas[areas["level"] == context.view.level]
    ours = set(context.partnership.members)
    mine = of_level[of_level["area_id"].isin(ours) | of_level["parent_id"].isin(ours)]
    of_level = mine if len(mine) else of_level
    if municipality:
        of_level = of_level[(of_level["area_id"] == municipality) | (of_level["parent_id"] == municipality)]
    order = of_level["name"].map(danish.sort_key).sort_values(kind="stable").index
    return of_level.loc[order]
