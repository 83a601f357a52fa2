"""What is told single readers of a country: what they were told of shares before, and what they alone are told."""

from dataclasses import replace

import pandas as pd

from data.partnership import Audience, Partnership
from data.publishing.country.pieces import Packed, Piece, packed
from data.publishing.publish import overdue_for, statuses_seen
from data.release import ReleaseHead, table_from_parquet
from data.release.audiences import SHARES_BEFORE
from data.release.share_guard import ONE_SURVEY
from data.store import Store

_SHARE = [*ONE_SURVEY, "area_id"]
_SHOWN = ("n", "share", "state")


def knowing_shares(piece: Piece, before: pd.DataFrame, answer: Packed | None) -> Piece:
    """The piece with what earlier releases showed of shares; as it is where its `answer` shows just that of all.

    `before` is what was shown (`data.publishing.told_before`), `answer` what the piece came to without, if it is known.
    """
    if before.empty or (answer and _shows(answer, before)):
        return piece
    return replace(piece, inputs={**piece.inputs, **packed({SHARES_BEFORE: before})})


def _shows(answer: Packed, before: pd.DataFrame) -> bool:
    """Whether an answer shows and hides of every share what has been shown and hidden before."""
    now = table_from_parquet(answer["survey"])[[*_SHARE, *_SHOWN]]
    both = before[[*_SHARE, *_SHOWN]].merge(now, on=_SHARE, suffixes=("", "_now"), how="left")
    alike = [both[name].eq(both[f"{name}_now"]) | (both[name].isna() & both[f"{name}_now"].isna()) for name in _SHOWN]
    return bool(pd.concat(alike, axis=1).fillna(False).all(axis=None))


def overdue_of(partnership: Partnership, audience: Audience, figures: Packed) -> dict[str, bytes]:
    """What is overdue, as a reader may know it."""
    return packed({"overdue": overdue_for(partnership, audience, table_from_parquet(figures["overdue"]))})


def statuses_of(store: Store, reader: str, tables: Packed, newest: ReleaseHead | None) -> dict[str, bytes]:
    """The statuses that a reader has seen, those of the tables that are published now included."""
    criteria = table_from_parquet(tables["criteria"])
    return packed({"status_history": statuses_seen(store, reader, criteria, newest, None)})
