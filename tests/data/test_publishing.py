"""Loading and publishing are one: both are done or neither, and what others write meanwhile is seen to be waiting."""

import pandas as pd
import pytest

from data.store import Incoming, Publication, PublishConflictError, Store, open_store

TABLES = {"ledelse": {"areas": pd.DataFrame({"area_id": ["herlev"]})}}


def population(residents: int) -> Incoming:
    frame = pd.DataFrame({"period": ["2026K1"], "area_id": ["herlev"], "residents": [residents]})
    return Incoming("population", frame, "folketal.csv", "0" * 64)


def test_what_comes_with_a_release_is_loaded_with_it(store: Store) -> None:
    head = store.publish(TABLES, Publication(by="sekretariat", incoming=[population(1)], read_until=0))
    assert (store.loaded("population")["residents"].tolist(), head.newest_load) == ([1], 1)
    assert store.loads()[0].loaded_by == "sekretariat"


def test_when_another_has_published_meanwhile_nothing_is_loaded(store: Store) -> None:
    store.publish(TABLES, Publication(by="en anden"))
    with pytest.raises(PublishConflictError):
        store.publish(TABLES, Publication(by="sekretariat", after=None, incoming=[population(1)]))
    assert store.loads() == []


def test_what_others_load_meanwhile_is_not_counted_as_part_of_the_release(store: Store) -> None:
    read_until, _ = store.trial([population(1)])
    store.load(
        [Incoming("proposals", pd.DataFrame({"proposal_id": ["tryg-vej"]}), "indtastning", "0" * 64)], by="en anden"
    )
    head = store.publish(TABLES, Publication(by="sekretariat", incoming=[population(1)], read_until=read_until))
    assert head.newest_load == 0


def test_audiences_that_see_the_same_are_given_the_very_same_tables(shipped_database: str) -> None:
    store = open_store(shipped_database)
    documents = store.documents(2)
    store.engine.dispose()
    by_audience: dict[str, dict[str, bytes]] = {}
    for (audience, name), content in documents.items():
        by_audience.setdefault(audience, {})[name] = content
    assert by_audience["sekretariat"] == by_audience["ledelse"]
    cells = by_audience["politi"].keys() - by_audience["ledelse"].keys()
    assert cells == {
        "cells", "cell_names", "hotspots", "hotspot_backtest", "hotspot_scan", "hotspot_ranking", "hotspot_watch",
        "hotspot_moves", "hotspot_windows", "clusters", "cluster_looks", "cluster_log", "place_effects", "hours",
    }  # fmt: skip
