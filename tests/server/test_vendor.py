"""Browser files are put in place once, and again only when the lock or a file has changed."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from server import vendor


@pytest.fixture
def placed(tmp_path: Path) -> Path:
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "vendor" / "leaflet-0123456789ab").mkdir(parents=True)
    (tmp_path / "vendor" / "leaflet-0123456789ab" / "leaflet.js").write_text("")
    stamp = {
        "lock": vendor.lock_digest(tmp_path),
        "leaflet": "leaflet-0123456789ab",
        "files": ["leaflet-0123456789ab/leaflet.js"],
    }
    (tmp_path / "vendor" / "stamp.json").write_text(json.dumps(stamp))
    return tmp_path


def test_files_in_place_under_the_same_lock_are_left_alone(placed: Path) -> None:
    found = vendor.in_place(placed, placed / "vendor")
    assert found is not None
    assert found.leaflet == "leaflet-0123456789ab"


def test_a_changed_lock_asks_for_new_files(placed: Path) -> None:
    (placed / "package-lock.json").write_text('{"lockfileVersion": 3}')
    assert vendor.in_place(placed, placed / "vendor") is None


def test_a_missing_file_asks_for_new_files(placed: Path) -> None:
    (placed / "vendor" / "leaflet-0123456789ab" / "leaflet.js").unlink()
    assert vendor.in_place(placed, placed / "vendor") is None


def test_a_folder_name_follows_its_content(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("1")
    before = vendor.digest(tmp_path)
    (tmp_path / "a.js").write_text("2")
    assert vendor.digest(tmp_path) != before


def test_the_lock_names_no_registry() -> None:
    lock = (vendor.ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    assert not re.search(r"registry\.|//npm", lock)


def test_the_licences_come_with_the_files() -> None:
    found = vendor.in_place()
    assert found is not None
    assert "inter/LICENSE" in found.files
    assert f"{found.leaflet}/LICENSE" in found.files


def test_without_npm_and_without_pypi_one_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.vendor.shutil.which", lambda _name: None)
    monkeypatch.setattr("server.vendor.sys.executable", str(tmp_path / "python"))
    asked: list[list[str]] = []

    def unreachable(command: list[str], **_settings: object) -> "subprocess.CompletedProcess[str]":
        asked.append(command)
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr("server.vendor.subprocess.run", unreachable)
    with pytest.raises(vendor.VendorError, match=r"Installér Node\.js 18 eller nyere, og kør »make setup« igen"):
        vendor.npm_command()
    assert asked[0][1:4] == ["-m", "pip", "install"]
