"""What publishing would change: figures that are new, revised or gone, and verdicts, criteria and hidden figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from data.partnership import Audience, Partnership
from data.progress import ProgressCallback, silently
from data.publishing.prepared import Prepared, prepare
from data.release import Release
from data.release.audiences import for_audience
from data.release.earlier import CELL
from data.release.protect import Protected
from data.release.shelf import NO_SHELF, Shelf
from data.store import Incoming, Store, StoreError

Tables = Mapping[str, pd.DataFrame]
NEW, REVISED, GONE = "new", "revised", "gone"
HIDDEN, SHOWN, WAITS, NEVER = "hidden", "published", "waits", "never"
COLUMNS = ["table", "area_id", "subject", "period", "before", "after"]


@dataclass(frozen=True)
class Figures:
    """Where a release table has its figures: what it speaks of, when, and the figure itself."""

    table: str
    subject: str
    period: str
    figure: str
    also: tuple[str, ...] = ()

    @property
    def key(self) -> list[str]:
        """The columns that name a row."""
        return ["area_id", self.subject, self.period, *self.also]


FIGURES = (
    Figures("survey", "indicator", "wave", "share", ("series",)),
    Figures("incidents", "category", "period", "count"),
)


@dataclass(frozen=True)
class Preview:
    """Everything that would change. The tables have the columns `table, area_id, subject, period, before, after`.

    `figures` has `change` too: "new", "revised" or "gone". `verdicts` are rows whose change counts as another one
    ("better", "worse", "unclear" or ""), `hidden` those that become hidden or visible (`before` and `after` are
    states, NEVER where there was no such figure, WAITS where a correction has to wait; with `audience`, whom they are
    hidden from, where several are compared), `criteria` those whose status becomes another one (subject: criterion_id;
    "" for a new or dropped one). `first` says that nothing has been published before.
    """

    figures: pd.DataFrame
    verdicts: pd.DataFrame
    hidden: pd.DataFrame
    criteria: pd.DataFrame
    first: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether publishing would change nothing that is listed here."""
        return all(table.empty for table in (self.figures, self.verdicts, self.hidden, self.criteria))

    def count(self, change: str) -> int:
        """How many figures are "new", "revised" or "gone"."""
        return int((self.figures["change"] == change).sum())


def preview(
    store: Store,
    partnership: Partnership,
    incoming: Sequence[Incoming] = (),
    progress: ProgressCallback = silently,
    prepared: Prepared | None = None,
    shelf: Shelf = NO_SHELF,
) -> Preview:
    """What would change for the secretariat, and be hidden from others, if these tables were loaded and all published.

    Nothing is loaded; what was worked out is put on the `shelf`, where the publication after it finds it. Raises
    StoreError where it could not be published: a hidden count could be worked out too closely.
    """
    # All the statistics come with these: for those who ask for a preview, not for everyone who opens the page Data.
    from data.release.build import build_figures

    ready = prepare(store, partnership, incoming, progress, prepared, shelf)
    loaded, protected = ready.loaded, ready.protected
    progress(0.5, "Regner tallene ud")
    reader = fullest(partnership)
    seen = for_audience(loaded, reader, partnership, protected.get(reader.threshold))
    after = build_figures(seen, partnership, shelf=shelf)
    progress(0.8, "Sammenligner med den nyeste udgave")
    before = _newest(store, reader)
    hidden = [
        _newly_hidden(audience, _newest(store, audience), *_hidden_cells(loaded, audience, partnership, protected))
        for audience in guarded(partnership)
    ]
    return replace(compare(before.tables if before else None, after), hidden=_of_all(hidden))


def between(store: Store, partnership: Partnership, older: int, newer: int) -> Preview:
    """What differs between two releases; drafts may be among them. Raises StoreError where one is not there."""

    def seen_by(audience: Audience) -> tuple[Release, Release]:
        then, now = (store.release(number, audience=audience.id, drafts=True) for number in (older, newer))
        return then, now

    then, now = seen_by(fullest(partnership))
    hidden = [
        _newly_hidden(audience, before, after, _waiting(after))
        for audience in guarded(partnership)
        for before, after in [seen_by(audience)]
    ]
    return replace(compare(then.tables, now.tables), hidden=_of_all(hidden))


def fullest(partnership: Partnership) -> Audience:
    """The audience that publishes, whose tables hold most; the first where none does."""
    return next((audience for audience in partnership.audiences if audience.publishes), partnership.audiences[0])


def guarded(partnership: Partnership) -> list[Audience]:
    """The audiences from whom counts of housing areas are hidden."""
    return [audience for audience in partnership.audiences if audience.threshold and audience.sees]


def compare(before: Tables | None, after: Tables) -> Preview:
    """What differs between two sets of release tables; without a release before, every figure is new."""
    figures, verdicts, hidden = [], [], []
    for kind in FIGURES:
        pairs = _pairs(kind, None if before is None else before[kind.table], after[kind.table])
        figures.append(_figures(kind, pairs))
        standing = pairs[pairs["_merge"] == "both"]
        verdicts.append(_differing(kind, standing, "changed"))
        was_or_is_hidden = (standing["state_before"] == HIDDEN) | (standing["state_after"] == HIDDEN)
        hidden.append(_differing(kind, standing[was_or_is_hidden], "state"))
    return Preview(
        pd.concat(figures, ignore_index=True),
        pd.concat(verdicts, ignore_index=True),
        pd.concat(hidden, ignore_index=True),
        _criteria(None if before is None else before["criteria"], after["criteria"]),
        first=before is None,
    )


def _newest(store: Store, audience: Audience) -> Release | None:
    """The newest release as an audience sees it; None before the first, and where the audience is newer than that."""
    head = store.newest()
    try:
        return store.release(head.id, audience=audience.id) if head else None
    except StoreError:
        return None


# Hidden counts ----------------------------------------------------------------------------------------------------


def _hidden_cells(
    loaded: Tables, audience: Audience, partnership: Partnership, protected: Mapping[int, Protected]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The counts that would be hidden from an audience, quarters and years, and those of them that wait."""
    seen = for_audience(loaded, audience, partnership, protected[audience.threshold])
    counts = pd.concat([seen["incidents"], seen["incident_years"]], ignore_index=True)
    return counts.loc[counts["hidden"].astype(bool), CELL], seen["waiting"]


def _waiting(release: Release) -> pd.DataFrame:
    """The figures of a release whose correction waits; a release made before there were such has none."""
    rows = release.incidents
    return rows.loc[rows["waits"].astype(bool), CELL] if "waits" in rows else rows.iloc[:0][CELL]


def _newly_hidden(
    audience: Audience, before: Release | None, after: Release | pd.DataFrame, waiting: pd.DataFrame
) -> pd.DataFrame:
    """The counts that are hidden from an audience on one side only, told apart from those whose correction waits."""
    then, now = (_index(side) for side in (before, after))
    rows = [
        pd.DataFrame({"before": was, "after": becomes}, index=cells)
        for cells, was, becomes in ((now.difference(then), SHOWN, HIDDEN), (then.difference(now), HIDDEN, SHOWN))
    ]
    told = pd.DataFrame(columns=CELL) if before is None else before.incidents[CELL]
    rows[0].loc[~rows[0].index.isin(pd.MultiIndex.from_frame(told)), "before"] = NEVER
    rows[0].loc[rows[0].index.isin(_index(waiting)), "after"] = WAITS
    hidden = pd.concat(rows).reset_index().rename(columns={"category": "subject"})
    return hidden.assign(table="incidents", audience=audience.id)[[*COLUMNS, "audience"]]


def _index(side: Release | pd.DataFrame | None) -> pd.MultiIndex:
    if isinstance(side, Release):
        side = side.incidents[side.incidents["state"] == HIDDEN]
    return pd.MultiIndex.from_frame(pd.DataFrame(columns=CELL, dtype="str") if side is None else side[CELL])


def _of_all(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=[*COLUMNS, "audience"])


# Figures, verdicts and criteria -----------------------------------------------------------------------------------


def _pairs(kind: Figures, before: pd.DataFrame | None, after: pd.DataFrame) -> pd.DataFrame:
    """Each figure of either side with both its values; `_merge` says on which side it stands."""
    columns = [*kind.key, kind.figure, "changed", "state"]
    then = after.iloc[:0][columns] if before is None else before[columns]
    return then.merge(
        after[columns], how="outer", on=kind.key, suffixes=("_before", "_after"), indicator=True, validate="one_to_one"
    )


def _figures(kind: Figures, pairs: pd.DataFrame) -> pd.DataFrame:
    old, new = pairs[f"{kind.figure}_before"], pairs[f"{kind.figure}_after"]
    change = pairs["_merge"].astype(str).map({"left_only": GONE, "right_only": NEW, "both": REVISED})
    differs = (change != REVISED) | ~((old == new) | (old.isna() & new.isna()))
    return _rows(kind, pairs, old, new).assign(change=change)[differs]


def _differing(kind: Figures, pairs: pd.DataFrame, column: str) -> pd.DataFrame:
    old, new = pairs[f"{column}_before"], pairs[f"{column}_after"]
    return _rows(kind, pairs, old, new)[old.astype(object).fillna("") != new.astype(object).fillna("")]


def _rows(kind: Figures, pairs: pd.DataFrame, old: pd.Series, new: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "table": kind.table,
            "area_id": pairs["area_id"],
            "subject": pairs[kind.subject],
            "period": pairs[kind.period],
            "before": old,
            "after": new,
        },
        columns=COLUMNS,
    )


def _criteria(before: pd.DataFrame | None, after: pd.DataFrame) -> pd.DataFrame:
    columns = ["criterion_id", "area_ids", "status", "value_period"]
    then = after.iloc[:0][columns] if before is None else before[columns]
    pairs = then.merge(after[columns], how="outer", on="criterion_id", suffixes=("_before", "_after"))
    old, new = pairs["status_before"].astype(object).fillna(""), pairs["status_after"].astype(object).fillna("")
    changes = pd.DataFrame(
        {
            "table": "criteria",
            "area_id": pairs["area_ids_after"].fillna(pairs["area_ids_before"]),
            "subject": pairs["criterion_id"],
            "period": pairs["value_period_after"].fillna(pairs["value_period_before"]),
            "before": old,
            "after": new,
        },
        columns=COLUMNS,
    )
    return changes[old != new].reset_index(drop=True)
