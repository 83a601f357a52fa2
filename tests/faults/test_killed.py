"""kill -9 at a random moment: the store opens, the last release is whole, the next publish works."""

import multiprocessing
import os
import random
import select
import time
from collections.abc import Callable
from contextlib import closing

import sqlalchemy as sa

from data.store import Publication, Store, migrate, open_store
from data.store.schema import documents, loads, source_tables
from tests.faults import ill_fated

SEED = 20260304
PATIENCE = 120
# Each child is forked from a process that has imported everything, so that it dies at work and not while importing.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.faults.ill_fated"])


def kill_after(work: Callable[[str, int], None], url: str, seconds: float) -> None:
    """Start the work in a process of its own and kill it so long after it said that it began."""
    read_end, write_end = os.pipe()
    process = CONTEXT.Process(target=_inherit, args=(work, url, multiprocessing.reduction.DupFd(write_end)))
    process.start()
    os.close(write_end)
    begun, _, _ = select.select([read_end], [], [], PATIENCE)
    os.close(read_end)
    assert begun, "the process never began"
    time.sleep(seconds)
    process.kill()
    process.join()
    process.close()


def _inherit(work: Callable[[str, int], None], url: str, ready: "multiprocessing.reduction.DupFd") -> None:
    work(url, ready.detach())


def check_whole(store: Store) -> None:
    """Every load has all its rows, every release all its tables, and the newest can be read."""
    population = source_tables["population"]
    with store.engine.connect() as connection:
        stated = dict(connection.execute(sa.select(loads.c.id, loads.c.rows)).all())
        counted = dict(
            connection.execute(sa.select(population.c.load_id, sa.func.count()).group_by(population.c.load_id)).all()
        )
        tables = dict(
            connection.execute(
                sa.select(documents.c.release_id, sa.func.count()).group_by(documents.c.release_id)
            ).all()
        )
    assert counted == stated
    assert len(stated) % 2 == 0, "files loaded together are loaded all or none"
    heads = store.releases()
    assert tables == {head.id: len(ill_fated.PARTS) for head in heads}
    if heads:
        release = store.release(audience="ledelse")
        assert (release.head.id, release.alarm) == (heads[0].id, "")
        assert {int(table["number"].iloc[-1]) for table in release.tables.values()} == {heads[0].id}


def test_killed_while_loading_and_publishing(empty_database: str, rounds: int) -> None:
    chance = random.Random(SEED)
    for _ in range(rounds):
        kill_after(ill_fated.load_and_publish, empty_database, chance.uniform(0, 0.4))
        store = open_store(empty_database)
        with closing(store.engine.raw_connection()):
            check_whole(store)
        store.engine.dispose()
    store = open_store(empty_database)
    for grace in (0.8, 1.6, 3.2, 6.4):  # a busy machine may have published nothing before the kills
        if store.newest() is None:
            kill_after(ill_fated.load_and_publish, empty_database, grace)
            check_whole(store)
    newest = store.newest()
    assert newest is not None, "at least one release was published before a kill"
    tables = store.release(audience="ledelse").tables
    assert store.publish({"ledelse": tables}, Publication(by="afterwards", after=newest.id)).id == newest.id + 1
    store.engine.dispose()


def test_killed_while_making_its_tables(empty_database: str, rounds: int) -> None:
    chance = random.Random(SEED)
    for _ in range(max(rounds // 4, 1)):
        kill_after(ill_fated.begin, empty_database, chance.uniform(0, 0.15))
    store = open_store(empty_database)
    migrate(store)
    assert store.newest() is None
    store.engine.dispose()
