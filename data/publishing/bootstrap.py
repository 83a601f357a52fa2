"""Makes a fresh installation ready: database, shipped data, and the releases of the last two meetings."""

import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from data.contracts.problems import ContractError
from data.partnership import Partnership, our_partnership
from data.release import ReleaseHead
from data.settings.chosen import serves_example
from data.store import Incoming, PublishConflictError, Store, StoreError, migrate, open_store

SHIPPED = Path(__file__).parents[1] / "example"
OUTLINES = Path(__file__).parents[2] / "geo" / "boundaries"
# The shipped data are published as two meetings would have seen them, so that "since last" has something to tell.
FIRST_QUARTER, FIRST_WAVE = "2025K3", "2024"
FIRST_MEETING, SECOND_MEETING = dt.date(2025, 12, 3), dt.date(2026, 3, 4)
BY = "opstart"


def bootstrap(store: Store, partnership: Partnership) -> ReleaseHead | None:
    """Migrate the database and, where nothing has been published yet, load and publish the shipped data.

    Returns the newest release when something was published, None when all was in place already.
    """
    migrate(store)
    if store.newest() is not None:
        return None
    # Imported only here: a start with everything in place should not wait for the statistics libraries.
    from data.intake.examination import check_files

    return publish_meetings(store, partnership, check_files(shipped_files(), store, partnership))


def publish_meetings(store: Store, partnership: Partnership, incoming: Sequence[Incoming]) -> ReleaseHead:
    """Load checked tables and publish them as two meetings would have seen them; returns the second release."""
    from data.publishing.publish import publish

    store.load([_until_first_meeting(table) for table in incoming], by=BY)
    publish(store, partnership, by=BY, note="Leverede data, første møde", meeting_date=FIRST_MEETING)
    later = [_since_first_meeting(table) for table in incoming]
    store.load([table for table in later if len(table.frame)], by=BY)
    return publish(store, partnership, by=BY, note="Leverede data, andet møde", meeting_date=SECOND_MEETING)


def ready(store: Store, partnership: Partnership) -> str:
    """Make the installation ready, and say so in Danish; shipped data are loaded where the example is served."""
    if serves_example():
        try:
            return "Data er klar." if bootstrap(store, partnership) else "Alt er på plads i forvejen."
        except PublishConflictError:
            return "En anden opstart er ved at gøre data klar."
    migrate(store)
    waiting = "" if store.newest() else " Der er ikke udgivet noget endnu; forsiden viser, hvad der kommer nu."
    return f"{partnership.name} er klar.{waiting}"


def shipped_files() -> list[Path]:
    """The data files and outlines that come with the project."""
    return [*sorted(SHIPPED.glob("*.csv")), *sorted(OUTLINES.glob("*.geojson"))]


def _is_late(table: Incoming) -> "pd.Series[bool]":
    """Which rows came after the first of the two meetings."""
    if table.kind == "incidents":
        return table.frame["period"] > FIRST_QUARTER
    if table.kind == "survey":
        return table.frame["wave"] > FIRST_WAVE
    if table.kind in ("cells", "hours"):
        return table.frame["year"] > FIRST_WAVE
    return pd.Series(False, index=table.frame.index)


def _until_first_meeting(table: Incoming) -> Incoming:
    return replace(table, frame=table.frame[~_is_late(table)])


def _since_first_meeting(table: Incoming) -> Incoming:
    return replace(table, frame=table.frame[_is_late(table)])


if __name__ == "__main__":
    # What every start runs: `python -m data bootstrap` does the same, but waits for all that the other commands need.
    try:
        print(ready(open_store(), our_partnership()))
    except (ContractError, StoreError) as error:
        sys.exit(str(error))
