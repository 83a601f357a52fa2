"""Reads what readers have been told in all earlier releases, and what counts stood then."""

from collections.abc import Mapping, Sequence

import pandas as pd

from data.calendar import is_year
from data.release.earlier import CELL, HIDDEN, differing, stood_in, together
from data.release.share_guard import ONE_SURVEY
from data.release.shares_over_time import COLUMNS, distinct, nothing
from data.release.spans import settled
from data.store import Store
from data.store.history import by_release

SHOWN = [*CELL, "count", "state"]


def told_before(store: Store, readers: Sequence[str], others: Sequence[str] = ()) -> list[pd.DataFrame]:
    """The earlier releases, drafts included, as `readers` together know them, oldest first (`data.release.earlier`).

    `others` are the audiences that less is hidden from: what they were told is what stood. What nobody was told is
    looked up among the rows that had been loaded when the release was made.
    """
    given = {
        reader: by_release(store.engine, reader, "incidents", SHOWN) for reader in dict.fromkeys([*readers, *others])
    }
    loads = {head.id: head.newest_load for head in store.releases(drafts=True)}
    frames = []
    before: tuple[object, ...] = ()
    for number in sorted({number for tables in given.values() for number in tables}):
        # Releases that gave the very same tables share them (by_release), and then say no more than the one before.
        same = tuple((reader, id(tables[number])) for reader, tables in given.items() if number in tables)
        if before in ((same, None), (same, loads.get(number))):
            continue
        own = [given[reader][number] for reader in readers if number in given[reader]]
        stood = stood_in({reader: tables[number] for reader, tables in given.items() if number in tables})
        release = together(own, stood)
        unknown = release[(release["state"] == HIDDEN) & release["stood"].isna()]
        before = (same, loads.get(number) if len(unknown) else None)
        if len(unknown) and number in loads:
            release = together(own, pd.concat([stood, _loaded_then(store, loads[number])]))
        frames.append(release)
    return differing(frames)


def shares_before(store: Store, readers: Sequence[str], newest: Mapping[str, str]) -> pd.DataFrame:
    """What earlier releases, drafts included, showed of shares to `readers` together (`data.release.shares_over_time`).

    `newest` maps areas that were renamed to the ids they have now. A release that says what the one before said is left
    out.
    """
    given = {reader: by_release(store.engine, reader, "survey") for reader in readers}
    kept = [nothing()]
    before: tuple[int, ...] = ()
    for number in sorted({number for tables in given.values() for number in tables}):
        own = [tables[number] for tables in given.values() if number in tables]
        same = tuple(map(id, own))
        if same != before:
            rows = pd.concat(own, ignore_index=True).reindex(columns=COLUMNS)
            rows["area_id"] = rows["area_id"].replace(dict(newest))
            # What one reader is told, all may come to know.
            rows = rows.sort_values("share", na_position="last", kind="stable")
            kept.append(rows.drop_duplicates([*ONE_SURVEY, "area_id"]).assign(release=number))
        before = same
    return distinct(pd.concat(kept, ignore_index=True))


def _loaded_then(store: Store, load: int) -> pd.DataFrame:
    """The quarterly counts that stood after a load, and the sums of whole years."""
    rows = settled(store.loaded("incidents", load))
    rows = rows.assign(count=rows["count"].astype(float))[[*CELL, "count"]]
    quarters = rows[~is_year(rows["period"])]
    years = quarters.assign(period=quarters["period"].str[:4]).groupby(CELL)["count"]
    sums = years.agg(lambda each: each.sum(min_count=4))
    return pd.concat([rows, sums.reset_index()], ignore_index=True)
