"""Two processes on one PostgreSQL behind nginx: visitors stay where they are, and a dead process costs a reconnect."""

import asyncio
import os
from collections.abc import Iterator

import pytest

from benchmarks.instances import NGINX, ONLY_B, Process, Proxy, proxied, status, until
from benchmarks.serving import free_port
from benchmarks.visitor import TurnedAwayError, Visitor
from data.backup import backup, restore
from data.store import open_store
from tests.postgres import PostgresServer

MUST = "nginx is missing: 'sudo apt-get install nginx' or 'brew install nginx' brings these tests in"


@pytest.fixture(scope="module")
def database(postgres: PostgresServer, shipped_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The shipped data on PostgreSQL, brought there as the runbook moves an installation: by backup and restore."""
    copy, url = tmp_path_factory.mktemp("copy") / "kopi.db", postgres.new_database()
    source, target = open_store(shipped_database), open_store(url)
    backup(source, copy)
    restore(target, copy)
    source.engine.dispose()
    target.engine.dispose()
    return url


@pytest.fixture(scope="module")
def instances(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Process, Process]]:
    """Both processes, ready."""
    if NGINX is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MUST)
    folder = tmp_path_factory.mktemp("instances")
    a, b = (Process(name, free_port(), database, folder / f"{name}.log") for name in ("a", "b"))
    try:
        a.start()
        b.start()
        yield a, b
    finally:
        a.stop()
        b.stop()


@pytest.fixture(scope="module")
def proxy(instances: tuple[Process, Process], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """nginx in front of them."""
    with proxied(*instances, tmp_path_factory.mktemp("nginx")) as running:
        yield running


def visit(proxy: Proxy, instance: str = "") -> Visitor:
    """A visitor, a new one or one who has been in a instance before."""
    visitor = Visitor(proxy.address, proxy.trust)
    if instance:
        visitor.cookies["tryghed_hus"] = instance
    return visitor


def test_newcomers_are_spread_over_both_processes_and_stay_there(
    proxy: Proxy, instances: tuple[Process, Process]
) -> None:
    async def twenty_four() -> None:
        visitors = [visit(proxy) for _ in range(24)]
        for visitor in visitors:
            await visitor.fetch("/")
            await visitor.connect()
        given = [visitor.cookies["tryghed_hus"] for visitor in visitors]
        inside = [instance.measure("tryghed_sessions") for instance in instances]
        assert inside == [given.count("a"), given.count("b")]
        assert min(inside) > 0
        for visitor in visitors:
            await visitor.fetch("/sundhed")
        assert [visitor.cookies["tryghed_hus"] for visitor in visitors] == given
        for visitor in visitors:
            await visitor.leave()

    asyncio.run(twenty_four())


def test_the_page_comes_over_https_with_what_browsers_need_to_keep_it_safe(proxy: Proxy) -> None:
    visitor = visit(proxy)
    asyncio.run(visitor.fetch("/"))
    assert set(visitor.cookies) >= {"tryghed_hus", "tryghed_plads"}
    assert proxy.status("/maalinger") == 404
    assert proxy.status("/_stcore/metrics") == 404


def test_a_killed_process_costs_its_visitors_a_reconnect_and_nothing_else(
    proxy: Proxy, instances: tuple[Process, Process]
) -> None:
    a, b = instances

    async def journey() -> None:
        async with visit(proxy, "a") as visitor:
            before = await visitor.open("udvikling", omraade="gladsaxe")
            assert not before.errors
            view, title = visitor.query, before.texts[0]
            assert "Gladsaxe" in title
            a.kill()
            with pytest.raises(TurnedAwayError):
                await visitor.rerun()
            await visitor.fetch("/_stcore/health")  # what browsers do before they connect again
            await visitor.connect()
            after = await visitor.rerun()
            assert (visitor.query, after.texts[0], after.errors) == (view, title, [])
            assert visitor.cookies["tryghed_hus"] == "b"
            assert b.measure("tryghed_sessions") == 1
            a.start()
            await visitor.fetch("/sundhed")
            assert visitor.cookies["tryghed_hus"] == "b"  # whoever was moved is not moved back

    asyncio.run(journey())


def test_a_process_is_emptied_for_an_upgrade_without_losing_anybody(
    proxy: Proxy, instances: tuple[Process, Process]
) -> None:
    a, _ = instances
    until(lambda: house_of_a_newcomer(proxy, "a") == "a", lambda: "nginx still takes a for dead")

    async def upgrade() -> None:
        async with visit(proxy, "a") as early:
            await early.open("")
            proxy.send_newcomers(ONLY_B)
            until(lambda: {house_of_a_newcomer(proxy) for _ in range(12)} == {"b"}, lambda: "newcomers still go to a")
            assert (await early.rerun()).errors == []
            await early.fetch("/sundhed")
            assert early.cookies["tryghed_hus"] == "a"
            assert a.measure("tryghed_sessions") == 1

    asyncio.run(upgrade())


def house_of_a_newcomer(proxy: Proxy, been_in: str = "") -> str:
    """The instance that answers somebody new, or somebody who has been in a instance before."""
    visitor = visit(proxy, been_in)
    visitor.get("/sundhed")
    return visitor.cookies["tryghed_hus"]


def test_no_line_of_the_logs_tells_who_looked_or_at_what(proxy: Proxy, instances: tuple[Process, Process]) -> None:
    asyncio.run(visit(proxy).fetch("/tryghedskort?indikator=hemmelig"))
    written = (proxy.folder / "access.log").read_text() + instances[0].said() + instances[1].said()
    assert '"path":"/tryghedskort"' in written
    assert "hemmelig" not in written
    assert '"GET /' not in written


def test_when_no_process_answers_a_polite_page_says_so(proxy: Proxy, instances: tuple[Process, Process]) -> None:
    for instance in instances:
        instance.stop()
    until(lambda: proxy.status("/") == 503, lambda: "nginx says something else")
    with pytest.raises(TurnedAwayError, match="er ved at starte igen"):
        asyncio.run(visit(proxy).fetch("/"))
    assert status(f"{instances[0].address}/klar") == 0
