"""One command opens all partnerships behind one address; one that ends is begun again, one that fails stops no other.

The command is the very one that README names, with an nginx of its own.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil
import pytest

from benchmarks.instances import NGINX, status, until
from benchmarks.serving import ROOT, free_port
from benchmarks.visitor import Visitor
from data.intake.examination import check_files
from data.partnership import read_partnership
from data.publishing.publish import publish
from data.settings import several
from data.store import migrate, open_store
from tests.journeys.fjordby import SETTINGS, files

MUST = "nginx is missing: 'sudo apt-get install nginx' or 'brew install nginx' brings these tests in"


@dataclass(frozen=True)
class Installation:
    """A running installation: its address, its first process, and what it says."""

    address: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def has_said(self, words: str) -> bool:
        return words in self.said()

    def started(self, name: str) -> str:
        """When the process of a partnership began, as it says itself."""
        with urllib.request.urlopen(f"{self.address}/{name}/sundhed", timeout=10) as answer:
            return str(json.loads(answer.read())["startet"])

    def begun(self) -> list[psutil.Process]:
        """Every process that it has begun."""
        return psutil.Process(self.process.pid).children(recursive=True)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A partnership with a release, one without, and one whose settings are wrong."""
    if NGINX is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MUST)
    folder = tmp_path_factory.mktemp("partnerships")
    for name in ("fjordby", "helt-ny", "skaev"):
        (folder / name).mkdir()
        text = "[partnership" if name == "skaev" else SETTINGS.replace("Trygt Fjordby", f"Trygt {name}")
        (folder / name / "partnership.toml").write_text(text, encoding="utf-8")
    for name, content in files(["survey"]).items():
        (folder / name).write_bytes(content)
    partnership = read_partnership(folder / "fjordby" / "partnership.toml")
    store = open_store(f"sqlite:///{folder / 'fjordby' / 'tryghedsoverblik.db'}")
    migrate(store)
    store.load(check_files(sorted(folder.glob("*.csv")), store, partnership), by="test")
    publish(store, partnership, by="test")
    store.engine.dispose()
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "TRYGHED_PARTNERSHIP")}
    log = folder / "log"
    port = free_port()
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "server.partnerships", "--port", str(port)],
            cwd=ROOT, env=kept | {several.FOLDER: str(folder)}, stdout=file, stderr=subprocess.STDOUT,
        )  # fmt: skip
    installation = Installation(f"http://127.0.0.1:{port}", process, log)
    try:
        for said in ("Trygt fjordby:", "Trygt helt-ny:", "Alle partnerskaber:"):  # begun one after another
            until(partial(installation.has_said, said), installation.said)
        until(lambda: status(f"{installation.address}/helt-ny/sundhed") == 200, installation.said)
        yield installation
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


async def read(address: str) -> tuple[str, set[str]]:
    """What the front page of a partnership says, and the cookies one is given there."""
    async with Visitor(address) as visitor:
        answer = await visitor.open("")
        assert answer.errors == []
        return " ".join(answer.texts), set(visitor.cookies)


def test_each_path_leads_to_its_own_partnership(running: Installation) -> None:
    published, _ = asyncio.run(read(f"{running.address}/fjordby"))
    empty, _ = asyncio.run(read(f"{running.address}/helt-ny"))
    assert ("Trygt fjordby" in published, "Trygt helt-ny" in published) == (True, False)
    assert ("Trygt helt-ny" in empty, "Trygt fjordby" in empty) == (True, False)
    assert [status(f"{running.address}/{path}") for path in ("fjordby", "fjordby/klar", "helt-ny/klar")] == [
        200,
        200,
        503,
    ]


def test_the_page_in_front_lists_them_and_nothing_else_is_there(running: Installation) -> None:
    with urllib.request.urlopen(f"{running.address}/", timeout=10) as answer:
        page = answer.read().decode()
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert ['href="/fjordby/"' in page, 'href="/helt-ny/"' in page] == [True, True]
    hidden = ("fjordby/maalinger", "fjordby/_stcore/metrics", "maalinger", "partnership.toml", "access.toml")
    assert {status(f"{running.address}/{path}") for path in hidden} == {404}


def test_one_whose_settings_are_wrong_says_so_and_stops_no_other(running: Installation) -> None:
    assert status(f"{running.address}/skaev/") == 503
    assert "partnership.toml" in running.said()
    assert "Traceback" not in running.said()


def test_one_that_ends_is_begun_again_and_the_others_go_on(running: Installation) -> None:
    before = {name: running.started(name) for name in ("fjordby", "helt-ny")}
    port = int((running.log.parent / "fjordby" / "port").read_text())
    (process,) = (
        each for each in running.begun()
        if any(line.laddr.port == port and line.status == psutil.CONN_LISTEN for line in each.net_connections())
    )  # fmt: skip
    process.kill()
    until(lambda: status(f"{running.address}/fjordby/sundhed") == 200 and
          running.started("fjordby") != before["fjordby"], running.said)  # fmt: skip
    assert running.started("helt-ny") == before["helt-ny"]


def test_all_of_them_end_with_it(running: Installation) -> None:
    begun = running.begun()
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(timeout=60) == 0
    _, left = psutil.wait_procs(begun, timeout=20)
    assert left == []
