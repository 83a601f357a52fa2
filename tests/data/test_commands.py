"""The secretariat's commands that bring figures in, take them out, and keep them."""

from pathlib import Path

import pandas as pd
import pytest

from data.__main__ import main
from data.publishing.package import KEY
from data.store import Publication, Store, migrate, open_store
from tests.statbank import Statbank
from tests.statbank import statbank as statbank

TABLES = {
    audience: {
        "areas": pd.DataFrame({"area_id": ["herlev"], "geometry": [b"\x01\x01\0\0\0" + b"\0" * 16]}),
        "sources": pd.DataFrame({"source_id": ["dst"], "title": ["STRAF11"], "url": [""]}),
    }
    for audience in ("ledelse", "politi")
}


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with one release, which DATABASE_URL points to."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    store = open_store(url)
    migrate(store)
    store.publish(TABLES, Publication(by="sekretariat", note="Første"))
    store.engine.dispose()
    return store


def test_backup_and_restore_are_one_command_each(published: Store, tmp_path: Path) -> None:
    before = published.documents(1)
    assert main(["backup", str(tmp_path / "kopi.db")]) == 0
    published.publish(TABLES, Publication(by="sekretariat", after=1))
    assert main(["restore", str(tmp_path / "kopi.db"), "--overwrite"]) == 0
    assert ([head.id for head in published.releases()], published.documents(1)) == ([1], before)
    published.engine.dispose()


def test_restore_refuses_to_overwrite_unasked(
    published: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path / "kopi.db")]) == 0
    assert main(["restore", str(tmp_path / "kopi.db")]) == 1
    assert "Skriv --overwrite" in capsys.readouterr().err


def test_export_and_import_are_one_command_each(
    published: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(KEY, "a-key-for-tests-that-is-long-enough-000")  # ready-made tables need a signature
    assert main(["export", "1", "-o", str(tmp_path / "udgave.zip")]) == 0
    assert "rummer udgave 1, som den ses af ledelse og lokalpoliti." in capsys.readouterr().out
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    monkeypatch.setenv("DATABASE_URL", elsewhere)
    assert main(["import", str(tmp_path / "udgave.zip")]) == 0
    opened = open_store(elsewhere)
    assert opened.documents(1) == published.documents(1)
    opened.engine.dispose()
    published.engine.dispose()


def test_a_draft_is_listed_as_one_and_can_be_published(published: Store, capsys: pytest.CaptureFixture[str]) -> None:
    published.publish(TABLES, Publication(by="sekretariat", after=1, draft=True, note="Til mødet"))
    published.engine.dispose()
    assert main(["releases"]) == 0
    assert capsys.readouterr().out.startswith("Kladde 2 lavet ")
    assert main(["publish-draft", "2"]) == 0
    assert capsys.readouterr().out.startswith("Udgave 2 udgivet ")


def test_statbank_without_areas_is_refused_in_one_sentence(
    published: Store, statbank: Statbank, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["statbank"]) == 1
    assert capsys.readouterr().err == "Der er ingen kommuner med en kommunekode. Indlæs områderne først.\n"
