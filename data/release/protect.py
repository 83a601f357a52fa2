"""Protects the counts of housing areas: which of them a reader with a threshold may see, and how surely.

The counts of a municipality per quarter are published nationally and stay, but for a correction that would give a small
count away: it waits. A housing area is a part of one municipality and no agreed figure spans two years but by its
quarters, so each municipality's year is protected on its own, over all releases: nothing known of one says anything of
another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis import disclosure
from analysis.disclosure import Cube, Sum
from data.partnership import USUAL_TOTAL
from data.release.area_lattice import above, families, judged_by_counts
from data.release.earlier import CELL, HIDDEN
from data.release.kept_protection import as_cube, as_tables
from data.release.shelf import NO_SHELF, Shelf

QUARTERS = 4
CELL_COLUMNS = ["count", "state", "reason", "waits"]


@dataclass(frozen=True)
class Protected:
    """The protected counts of all housing areas, a cube for each municipality's year."""

    threshold: int
    cubes: tuple[Cube, ...]

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Every quarterly and yearly count of a housing area, and those above it that wait, one row each.

        area_id, period, category, count, state, reason, and `waits`: a number has been shown, and the corrected one
        cannot be, since the difference would tell a hidden count. For the one who publishes only: the counts are the
        true ones, and `reason` tells small counts from large.
        """
        tables = [
            each.cells[each.cells["asked"] & (~each.cells["public"] | (each.cells["state"] == HIDDEN))]
            for each in self.cubes
        ]
        # An area above several families waits where it waits in one of them.
        return _together(tables, CELL_COLUMNS).astype({"waits": bool}).drop_duplicates(CELL, ignore_index=True)

    def audit(self, *, exact: bool = False) -> pd.DataFrame:
        """How far each hidden cell can be narrowed down (`analysis.disclosure.audit`), remainders included.

        Unless `exact`, a range that is seen to be wide enough is not followed to its end.
        """
        enough = None if exact else float(self.threshold - 1)
        tables = [disclosure.audit(each, enough=enough) for each in self.cubes]
        columns = ["asked", "count", "reason", "low", "high", "exact", "wanted", "safe"]
        return _together(tables, columns).astype({"asked": bool, "exact": bool, "safe": bool})


def protect_incidents(
    incidents: pd.DataFrame,
    areas: pd.DataFrame,
    threshold: int,
    earlier: Sequence[pd.DataFrame] = (),
    *,
    outlines: pd.DataFrame | None = None,
    declared: Mapping[str, Sequence[str]] | None = None,
    total: str = USUAL_TOTAL,
    shelf: Shelf = NO_SHELF,
) -> Protected:
    """Protect the incident counts of all housing areas at a threshold.

    `incidents` and `areas` have the columns of their contracts. `earlier` are the earlier releases, oldest first, as
    readers at this threshold or a stricter one know them (`data.release.earlier`; `stood` may be left out): what they
    have hidden stays hidden, and every number they have told is an equation about the counts of its release. `outlines`
    and `declared` tell which areas are made of others, as `families` takes them. `total` is the category that the
    others are parts of ("" where none is). A municipality's year that `shelf` has from an earlier publication, with the
    same counts and the same earlier releases, is not worked out again.
    """
    counts = incidents.assign(count=incidents["count"].astype(float))[[*CELL, "count"]]
    before = [_remembered(table) for table in earlier if len(table)]
    everything = pd.concat([counts, *(table[[*CELL, "count"]] for table in before)], ignore_index=True)
    counts["year"] = counts["period"].str[:4]
    years = [dict(iter(table.groupby(table["period"].str[:4]))) for table in (counts, everything, *before)]
    upper = above(areas)
    cubes = []
    for family in families(areas, outlines, declared):
        own, local = {family.whole, *family.members}, set(family.members)
        wider = _above(family.whole, upper)
        for year in sorted(set(counts.loc[counts["area_id"].isin(own), "year"])):
            now, then = (_of_year(table, year) for table in years[:2])
            past = [_of_year(table, year) for table in years[2:]]
            done = _protected(now, then, past, own, local, family.sums, year, threshold, total, shelf)
            if _holds_back(done) and wider:
                # What stands above would tell what waits: it is looked at too.
                sums = (*family.sums, *wider)
                named = own | {name for each in wider for name in (each.total, *each.parts)}
                done = _protected(now, then, past, named, local, sums, year, threshold, total, shelf)
            cubes.append(done)
    return Protected(threshold, tuple(cubes))


def _protected(
    now: pd.DataFrame,
    everything: pd.DataFrame,
    past: Sequence[pd.DataFrame],
    areas: set[str],
    local: set[str],
    sums: Sequence[Sum],
    year: str,
    threshold: int,
    total: str,
    shelf: Shelf,
) -> Cube:
    """The protected counts of some areas, of which those not `local` are published elsewhere, in one year."""
    cells = _with_year(now.loc[now["area_id"].isin(areas), [*CELL, "count"]], year)
    cells["public"] = ~cells["area_id"].isin(local)
    releases = [each for each in _differing([table[table["area_id"].isin(areas)] for table in past]) if len(each)]
    lattice = _lattice(everything[everything["area_id"].isin(areas)], judged_by_counts(sums, now), year, total)
    kept = shelf.tables(
        "protected",
        lambda: as_tables(disclosure.protect(disclosure.cube(cells, lattice, releases), threshold)),
        cells, lattice, threshold, *releases,
    )  # fmt: skip
    done = as_cube(kept)
    shown = [each.loc[each["shown"].notna(), CELL] for each in releases]
    told = pd.MultiIndex.from_frame(pd.concat([cells.iloc[:0][CELL], *shown], ignore_index=True))
    done.cells["waits"] = (
        (done.cells["state"] == HIDDEN) & done.cells["asked"] & pd.MultiIndex.from_frame(done.cells[CELL]).isin(told)
    )
    return done


def _differing(releases: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """The earlier releases without those that say of these areas and this year what the one before them said."""
    kept: list[pd.DataFrame] = []
    for each in releases:
        ordered = each.reset_index(drop=True)
        if not kept or not ordered.equals(kept[-1]):
            kept.append(ordered)
    return kept


def _holds_back(cube: Cube) -> bool:
    return bool((cube.cells["asked"] & cube.cells["public"] & (cube.cells["state"] == HIDDEN)).any())


def _above(whole: str, upper: Sequence[Sum]) -> list[Sum]:
    """The sums that a whole is a part of, and those that these are parts of."""
    sums: list[Sum] = []
    while each := next((each for each in upper if whole in each.parts and each not in sums), None):
        sums.append(each)
        whole = each.total
    return sums


def _remembered(table: pd.DataFrame) -> pd.DataFrame:
    """An earlier release as `analysis.disclosure.cube` takes it."""
    stood = table["stood"] if "stood" in table else table["count"]
    return table[CELL].assign(
        count=stood.astype(float), shown=table["count"].astype(float), hidden=table["state"] == HIDDEN
    )  # fmt: skip


def _of_year(table: Mapping[str, pd.DataFrame], year: str) -> pd.DataFrame:
    return table[year] if year in table else next(iter(table.values())).iloc[:0]


def _together(tables: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    wanted = [*CELL, *columns]
    return pd.concat([table[wanted] for table in tables], ignore_index=True) if tables else pd.DataFrame(columns=wanted)


def _with_year(quarters: pd.DataFrame, year: str) -> pd.DataFrame:
    """The quarters of a year and, once all four are there, their sum; it is missing where one is not reported.

    A year that came as a year stands as it is.
    """
    parts = quarters[quarters["period"] != year]
    if parts["period"].nunique() < QUARTERS:
        return quarters.copy()
    sums = parts.groupby(["area_id", "category"])["count"].sum(min_count=QUARTERS).reset_index()
    return pd.concat([quarters, sums.assign(period=year)], ignore_index=True)


def _lattice(cells: pd.DataFrame, sums: Sequence[Sum], year: str, total: str) -> dict[str, list[Sum]]:
    """How the areas, periods and categories that there are figures of, now or earlier, are made of each other."""
    quarters = tuple(sorted(period for period in cells["period"].unique() if period != year))
    followed = tuple(sorted(category for category in cells["category"].unique() if category != total))
    return {
        "area_id": list(_present(sums, set(cells["area_id"]))),
        "period": [Sum(year, quarters)] if len(quarters) == QUARTERS else [],
        "category": [Sum(total, followed, complete=False)] if (cells["category"] == total).any() else [],
    }


def _present(sums: Sequence[Sum], present: set[str]) -> Iterator[Sum]:
    """The sums of areas that there are figures of; an area between that nobody has figures of stands as its parts."""
    within = {each.total: each for each in sums}
    for each in sums:
        parts, whole = _counted(each, within, present)
        if each.total in present and parts:
            yield Sum(each.total, parts, whole)


def _counted(
    area: Sum, within: Mapping[str, Sum], present: set[str], around: frozenset[str] = frozenset()
) -> tuple[tuple[str, ...], bool]:
    """The parts of an area that there are figures of, and if nothing else goes into it; `around` are gone through."""
    parts: list[str] = []
    whole = area.complete
    for part in area.parts:
        if part in present or disclosure.is_unseen(part):
            parts.append(part)
        elif part in within and part not in around:
            inner, filled = _counted(within[part], within, present, around | {area.total})
            parts += [each for each in inner if each not in parts]
            whole &= filled
        else:
            whole = False
    return tuple(parts), whole
