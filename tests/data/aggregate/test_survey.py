"""Weighted answers become shares by area and wave, with Kish's effective number of answers."""

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from data.__main__ import main
from data.intake.tables import read

HERLEV = [("1", 1.0), ("2", 1.0), ("3", 1.0), ("4", 1.0), ("7", 2.0)] * 4  # n 20, Σw 24, Σw² 32
DONT_KNOW = [("8", 5.0), ("", 1.0), ("99", 1.0)]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    rows = [f"2025;163;{answer};{str(weight).replace('.', ',')}" for answer, weight in [*HERLEV, *DONT_KNOW]]
    rows += (
        ["2025;Høje Gladsaxe;1;1"] * 12 + ["2025;Atlantis;1;1"] * 15 + ["2025;Grantoften;1;1"] * 3 + ["2025;163;1;0"]
    )
    file = tmp_path / "svar.csv"
    file.write_text("\n".join(["År;Område;q12;Vægt", *rows, ""]), encoding="cp1252")
    return file


def shares(file: Path, *more: str) -> pd.DataFrame:
    out = file.with_name("ud.xlsx")
    mapping = str(file.with_name("husk.toml"))
    items = ["--item", "tryg_i_nabolag=q12", "--item", "utryg_i_nabolag=q12"]
    assert main(["aggregate", "survey", str(file), "-o", str(out), "--mapping", mapping, *items, *more]) == 0
    found = {table.sheet: table.frame for table in read(out, out.name)}["Tryghedsmåling"]
    return found.set_index(["Indikator", "Område"])


def test_shares_are_weighted_and_carry_kishs_effective_answers(answers: Path) -> None:
    rows = shares(answers)
    safe, unsafe = rows.loc[("tryg_i_nabolag", "herlev")], rows.loc[("utryg_i_nabolag", "herlev")]
    assert float(safe["Andel"]) == pytest.approx(12 / 24)
    assert float(unsafe["Andel"]) == pytest.approx(8 / 24)
    assert (safe["Antal svar"], safe["Måling"], safe["Serie"]) == ("20", "2025", "jm")
    assert float(safe["Effektivt antal svar"]) == pytest.approx(24**2 / 32)
    assert float(safe["Designeffekt"]) == pytest.approx(20 * 32 / 24**2)


def test_equal_weights_make_every_answer_effective(answers: Path) -> None:
    row = shares(answers).loc[("tryg_i_nabolag", "hoeje-gladsaxe")]
    assert (row["Antal svar"], row["Effektivt antal svar"], row["Andel"]) == ("12", "12", "1")


def test_few_answers_do_not_leave_the_machine(answers: Path) -> None:
    assert "grantoften" not in shares(answers).index.get_level_values("Område")


def test_what_is_left_out_is_counted_and_a_strange_area_named(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shares(answers)
    said = capsys.readouterr().out
    for line in (
        "54  Rækker i filen",
        "38  Talt med",
        "15  Ikke med: området kendes ikke eller mangler",
        "1  Ikke med: vægten mangler, er 0 eller kan ikke læses",
        "3  Tryghed i nabolaget: intet gyldigt svar",
        "Områder, der ikke kendes: »Atlantis«",
    ):
        assert line in said


def test_an_area_that_is_called_something_else_is_said_once_and_remembered(answers: Path) -> None:
    assert ("tryg_i_nabolag", "ballerup") in shares(answers, "--area", "Atlantis=ballerup").index
    assert ("tryg_i_nabolag", "ballerup") in shares(answers).index


def test_dont_know_is_in_the_base_where_the_partnership_says_so(
    answers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Path("partnership.toml").read_text(encoding="utf-8")
    ours = tmp_path / "partnership.toml"
    ours.write_text(settings.replace("unsure = [", "unsure_in_base = true\nunsure = ["), encoding="utf-8")
    monkeypatch.setenv("TRYGHED_PARTNERSHIP", str(ours))
    from data.partnership import our_partnership

    our_partnership.cache_clear()
    try:
        assert float(shares(answers).loc[("tryg_i_nabolag", "herlev")]["Andel"]) == pytest.approx(12 / 29)
    finally:
        our_partnership.cache_clear()


def test_spss_answers_are_read_with_their_labels_and_missing_codes(tmp_path: Path) -> None:
    file = tmp_path / "svar.sav"
    frame = pd.DataFrame(
        {"aar": [2025.0] * 24, "omr": [1.0] * 24, "q12": [1.0] * 15 + [6.0] * 5 + [77.0] * 4, "w": 1.0}
    )
    pyreadstat.write_sav(
        frame, str(file), variable_value_labels={"omr": {1.0: "Værebro Park"}}, missing_ranges={"q12": [77.0]}
    )
    columns = ["--column", "måling=aar", "--column", "område=omr", "--column", "vægt=w"]
    row = shares(file, *columns).loc[("tryg_i_nabolag", "vaerebro-park")]
    assert (row["Antal svar"], float(row["Andel"])) == ("20", pytest.approx(0.75))


def test_a_question_whose_answers_are_none_of_its_own_is_refused(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(answers.with_name("ud.xlsx"))
    assert main(["aggregate", "survey", str(answers), "-o", out, "--item", "tryg_i_nabolag=År"]) == 1
    assert "Ret kolonnen med --item tryg_i_nabolag=OVERSKRIFT" in capsys.readouterr().err


def test_the_workbook_passes_the_check_of_the_secretariat(
    answers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares(answers)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    assert main(["load", "data/example/sources.csv", "data/example/areas.csv"]) == 0
    assert main(["check", str(answers.with_name("ud.xlsx"))]) == 0
