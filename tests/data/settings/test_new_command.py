"""`make new` refuses at once, in one Danish sentence, what it cannot begin."""

from pathlib import Path

import pytest

from data.__main__ import main


def _ended() -> None:
    raise EOFError


def test_answers_that_end_early_are_one_sentence_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("data.settings_commands.ask", _ended)
    assert main(["new", str(tmp_path / "nordby")]) == 1
    assert capsys.readouterr().err == ("Svarene holdt op, før alle seks spørgsmål var besvaret. Intet er skrevet.\n")
    assert not (tmp_path / "nordby").exists()


def test_a_name_that_cannot_stand_in_an_address_is_refused_before_anything_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("data.settings_commands.ask", lambda: pytest.fail("asked"))
    assert main(["new", str(tmp_path / "fjordkøbing"), "--use"]) == 1
    assert "fx »fjordkoebing«: make new NAME=fjordkoebing" in capsys.readouterr().err
