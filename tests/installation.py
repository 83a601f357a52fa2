"""Two partnerships of one installation, each in a file or a schema of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.settings import several
from data.store import Store, migrate, open_store
from tests.journeys.fjordby import SETTINGS
from tests.postgres import PostgresServer

PAIR = ("nordby", "syd-by")
Open = Callable[[str], Store]


def begin_pair(folder: Path) -> None:
    """A folder with the same settings for each of the two."""
    for name in PAIR:
        (folder / name).mkdir(parents=True)
        (folder / name / "partnership.toml").write_text(SETTINGS, encoding="utf-8")


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens each of the two by its name, on each kind of server; whoever is opened last is the one served."""
    begin_pair(tmp_path)
    monkeypatch.setenv(several.FOLDER, str(tmp_path))
    monkeypatch.delenv("TRYGHED_PARTNERSHIP", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    server: PostgresServer | None = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        assert server is not None
        url = server.new_database()
        monkeypatch.setenv("DATABASE_URL", url)
    opened: list[Store] = []

    def open_named(name: str) -> Store:
        monkeypatch.setenv(several.NAME, name)
        opened.append(open_store())
        migrate(opened[-1])
        return opened[-1]

    yield open_named
    for store in opened:
        store.engine.dispose()
    if server is not None:
        server.give_back(url)
