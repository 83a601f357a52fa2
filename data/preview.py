"""What publishing would change: figures that are new, revised or gone, and verdicts, criteria and hidden figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from data.partnership import Audience, Partnership
from data.publish import protections
from data.release.audiences import for_audience
from data.release.build import build_release
from data.store import Incoming, Store

Tables = Mapping[str, pd.DataFrame]
NEW, REVISED, GONE = "new", "revised", "gone"
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
    states), `criteria` those whose status becomes another one (subject: criterion_id; "" for a new or dropped one).
    """

    figures: pd.DataFrame
    verdicts: pd.DataFrame
    hidden: pd.DataFrame
    criteria: pd.DataFrame

    @property
    def is_empty(self) -> bool:
        """Whether publishing would change nothing that is listed here."""
        return all(table.empty for table in (self.figures, self.verdicts, self.hidden, self.criteria))

    def count(self, change: str) -> int:
        """How many figures are "new", "revised" or "gone"."""
        return int((self.figures["change"] == change).sum())


def compare(before: Tables | None, after: Tables) -> Preview:
    """What differs between two sets of release tables; without a release before, every figure is new."""
    figures, verdicts, hidden = [], [], []
    for kind in FIGURES:
        pairs = _pairs(kind, None if before is None else before[kind.table], after[kind.table])
        figures.append(_figures(kind, pairs))
        standing = pairs[pairs["_merge"] == "both"]
        verdicts.append(_differing(kind, standing, "changed"))
        was_or_is_hidden = (standing["state_before"] == "hidden") | (standing["state_after"] == "hidden")
        hidden.append(_differing(kind, standing[was_or_is_hidden], "state"))
    return Preview(
        pd.concat(figures, ignore_index=True),
        pd.concat(verdicts, ignore_index=True),
        pd.concat(hidden, ignore_index=True),
        _criteria(None if before is None else before["criteria"], after["criteria"]),
    )


def would_be(
    store: Store,
    partnership: Partnership,
    audience: Audience,
    incoming: Sequence[Incoming] = (),
) -> dict[str, pd.DataFrame]:
    """The tables that an audience would get if these tables were loaded and all were published now; nothing is kept."""
    loaded = store.trial(incoming)
    protected = protections(store, partnership, loaded)
    return build_release(for_audience(loaded, audience, partnership, protected.get(audience.threshold)), partnership)


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
    found = pd.DataFrame(
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
    return found[old != new].reset_index(drop=True)
