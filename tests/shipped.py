"""The shipped data as tests have them: whole, and cut down to few periods, subjects and places.

Those cut down have the same kinds, areas, audiences and two meetings, for tests that publish and look at something else
than the figures themselves.
"""

from dataclasses import replace

import pandas as pd

from data.intake.examination import check_files
from data.partnership import read_partnership
from data.publishing.bootstrap import bootstrap, publish_meetings, shipped_files
from data.store import Incoming, open_store
from tests.postgres import migrated

CATEGORIES = ("TOT", "12")
FIRST_YEAR = "2024"
INDICATORS = ("tryg_i_nabolag", "utryg_i_nabolag")
INITIATIVES = ("tryghedsvandringer", "hotspotpatrulje")
CELLS_OF = "herlev"


def all_shipped(url: str) -> None:
    """Make a database at an address as a fresh installation does, with all the shipped data."""
    store = open_store(url)
    bootstrap(store, read_partnership())
    store.engine.dispose()


def small_shipped(url: str) -> None:
    """Make a database at an address, load the cut-down data and publish them as two meetings saw them."""
    migrated(url)
    store, partnership = open_store(url), read_partnership()
    publish_meetings(store, partnership, [cut(table) for table in check_files(shipped_files(), store, partnership)])
    store.engine.dispose()


def cut(table: Incoming) -> Incoming:
    """The rows of a shipped table that are kept where it is cut down."""
    rows = table.frame
    kept = pd.Series(True, index=rows.index)
    if table.kind == "incidents":
        kept = rows["category"].isin(CATEGORIES) & (rows["period"] >= FIRST_YEAR)
    if table.kind in ("cells", "hours"):
        kept = (rows["category"] == "12") & (rows["year"] >= FIRST_YEAR) & (rows["area_id"] == CELLS_OF)
    if table.kind == "survey":
        kept = rows["indicator"].isin(INDICATORS)
    if "initiative_id" in rows:
        kept = rows["initiative_id"].isin(INITIATIVES)
    return replace(table, frame=rows[kept].reset_index(drop=True))
