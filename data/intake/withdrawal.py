"""Takes a loaded file back: what stood before it stands again, and nothing is deleted."""

import pandas as pd

from data import danish
from data.intake.examination import OUTLINES, REFERRED
from data.store import Incoming, Load, Store, StoreError
from data.store.schema import source_keys

_HEAD = ["load_id", "loaded_at", "loaded_by", "came_from", "withdrawn"]


def take_back(store: Store, load_id: int, *, by: str) -> list[Load]:
    """Undo a load: of its rows that still stand, the version before stands again; a row that was new is withdrawn.

    Rows that a later load has changed since are left as they are. Raises StoreError where nothing of the load stands,
    or where rows that others may name would be gone, and PublishConflictError where somebody loads or types rows of the
    kind meanwhile.
    """
    newest = store.newest_load()
    load = next((each for each in store.loads() if each.id == load_id), None)
    if load is None:
        raise StoreError("Filen findes ikke.")
    key = list(source_keys[load.kind])
    standing = store.loaded(load.kind)
    mine = standing[standing["load_id"] == load_id].drop(columns="load_id")
    if mine.empty:
        raise StoreError(f"Intet i {load.file_name} gælder længere, så der er ikke noget at trække tilbage.")
    versions = store.versions(load.kind, {})
    earlier = versions[versions["load_id"] < load_id].drop_duplicates(key, keep="last")
    earlier = earlier[~earlier["withdrawn"].astype(bool)].drop(columns=_HEAD)
    ours = pd.MultiIndex.from_frame(mine[key].astype(str))
    back = earlier[pd.MultiIndex.from_frame(earlier[key].astype(str)).isin(ours)]
    was_there = ours.isin(pd.MultiIndex.from_frame(back[key].astype(str)))
    gone = mine[~was_there]
    if len(gone) and load.kind in (*REFERRED, OUTLINES):
        raise StoreError(
            f"{load.file_name} kan ikke trækkes tilbage: {danish.plural(len(gone), 'række', 'rækker')} var ny, og "
            "andre tabeller kan henvise til den. Indlæs en rettet fil i stedet."
        )
    name = f"{load.file_name}, trukket tilbage"
    incoming = [Incoming(load.kind, back.reset_index(drop=True), name, load.checksum)] if len(back) else []
    if len(gone):
        incoming.append(Incoming(load.kind, gone.reset_index(drop=True), name, load.checksum, withdraws=True))
    return store.load(incoming, by=by, read_until=newest)
