"""What nobody foresaw is told in Danish under a number that stands in the log, on page and command line alike."""

import logging
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import __main__, unforeseen
from tests.pages.conftest import seen


def shows(kind: str) -> AppTest:
    def script(kind: str) -> None:
        from components.unforeseen import unforeseen
        from data.store import StoreError

        assert unforeseen({"unforeseen": ValueError("cell_id is wrong"), "refused": StoreError("Læg filen ind.")}[kind])

    return AppTest.from_function(script, args=(kind,)).run()


def test_a_fault_is_told_in_danish_with_a_number_that_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        app = shows("unforeseen")
    (said,) = [seen(each.value) for each in app.error]
    number = re.search(r"fejlnummeret (\w{4}-\w{4})\.", said)
    assert number is not None
    assert "cell_id" not in said
    (logged,) = [record for record in caplog.records if record.name == "tryghed.fejl"]
    assert vars(logged)["error_number"] == number[1]
    assert logged.exc_info is not None


def test_what_is_refused_says_why_and_has_no_number() -> None:
    assert [seen(each.value) for each in shows("refused").error] == ["Læg filen ind."]


def test_the_app_asks_it_for_every_script_and_callback() -> None:
    assert "on_script_error=unforeseen" in (Path(__file__).parents[2] / "app.py").read_text(encoding="utf-8")


def failing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    def fails(_arguments: object) -> int:
        raise ValueError("010190-1234")

    monkeypatch.setattr(__main__, "main", fails)
    monkeypatch.setattr(unforeseen, "LOG", tmp_path / "var" / "fejl.log")
    return tmp_path / "var" / "fejl.log"


def test_the_command_line_tells_it_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = failing(monkeypatch, tmp_path)
    assert __main__.guarded(["check", "fil.csv"]) == 1
    said = capsys.readouterr().err
    number = re.search(r"Fejlnummer (\w{4}-\w{4})\.", said)
    assert number is not None
    assert "Traceback" not in said
    assert f"fejl {number[1]}" in log.read_text(encoding="utf-8")


def test_a_fault_among_rows_of_persons_is_written_nowhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = failing(monkeypatch, tmp_path)
    assert __main__.guarded(["aggregate", "survey", "svar.sav"]) == 1
    assert "010190" not in capsys.readouterr().err
    assert not log.exists()
