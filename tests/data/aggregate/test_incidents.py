"""Raw cases become counts by area, cell and time; every row is accounted for, and none is kept."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from data.__main__ import main
from data.intake.tables import read
from tests.data.aggregate.conftest import HEADINGS

ROOT = Path(__file__).parents[3]


def counted(cases: Path, *more: str, mapping: str = "husk.toml") -> dict[str, pd.DataFrame]:
    """The sheets of the workbook that the command makes of a file of cases."""
    out = cases.with_name("ud.xlsx")
    assert (
        main(["aggregate", "incidents", str(cases), "-o", str(out), "--mapping", str(cases.with_name(mapping)), *more])
        == 0
    )
    return {table.sheet: table.frame for table in read(out, out.name)}


def account(sheets: dict[str, pd.DataFrame]) -> dict[str, int]:
    rows = sheets["Optælling"]
    return {said: int(number) for said, number in zip(rows["Hvad"], rows["Rækker"], strict=True) if number}


def test_cases_are_counted_by_housing_area_and_quarter_with_zeros_where_there_are_none(cases: Path) -> None:
    lines = cases.read_text(encoding="utf-8").replace("715336,5;6181705,0", "715001,0;6182624,0", 40)
    cases.write_text(lines, encoding="utf-8")
    rows = counted(cases)["Anmeldelser"].query("Kategori == '1320'").set_index(["Område", "Periode"])["Antal"]
    assert rows["hjortegaarden"].to_dict() == {"2024K1": "31", "2024K2": "9", "2024K3": "0", "2024K4": "0"}
    assert set(rows["lille-birkholm"]) == {"0"}
    assert "hoeje-gladsaxe" not in rows.index.get_level_values(0)  # the file holds no case of Gladsaxe


def test_a_category_that_the_file_has_no_case_of_is_not_said_to_be_zero(cases: Path) -> None:
    assert set(counted(cases)["Anmeldelser"]["Kategori"]) == {"1320", "12"}


def test_all_offences_are_counted_only_where_the_file_is_said_to_hold_them_all(cases: Path) -> None:
    hours = counted(cases, "--all-offences")["Ugens timer"].query("Område == 'herlev' and Kategori == 'TOT'")
    assert hours["Antal"].astype(int).sum() == 125


def test_hours_are_told_by_weekday_and_four_hours_at_a_time(cases: Path) -> None:
    rows = counted(cases)["Ugens timer"].query("Område == 'herlev' and Kategori == '12' and Antal != '0'")
    # 20 December 2024 was a Friday; one o'clock lies in the first band.
    assert rows[["År", "Ugedag", "Tidsrum", "Antal"]].to_numpy().tolist() == [["2024", "5", "0", "3"]]


def test_cells_cover_the_municipality_and_hold_every_case(cases: Path) -> None:
    rows = counted(cases)["Kvadratnet"].query("Kategori == '1320'")
    assert rows["Antal"].astype(int).sum() == 122
    assert rows.loc[rows["Antal"] == "122", "Felt"].tolist() == ["250m_618150_71525"]
    assert len(rows) > 150  # Herlev is 12 square kilometres
    assert set(rows["Område"]) == {"herlev"}


def test_households_go_with_the_cells_where_they_are_given(cases: Path) -> None:
    homes = cases.with_name("husstande.csv")
    homes.write_text("Felt;Husstande\n250m_618150_71525;1.204\n", encoding="utf-8")
    rows = counted(cases, "--households", str(homes))["Kvadratnet"].set_index("Felt")["Husstande"]
    assert rows.loc["250m_618150_71525"].unique().tolist() == ["1204"]
    assert set(rows) == {"1204", "0"}


def test_a_quarter_that_the_file_covers_in_part_is_left_out_and_said_so(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = cases.read_text(encoding="utf-8").splitlines(keepends=True)
    cases.write_text("".join(lines[:60]), encoding="utf-8")  # to 26 June
    rows = counted(cases)["Anmeldelser"]
    assert set(rows["Periode"]) == {"2024K1"}
    assert "28 sager ligger i et kvartal, som filen kun dækker en del af" in capsys.readouterr().out
    assert set(counted(cases, "--to", "2024-06-30")["Anmeldelser"]["Periode"]) == {"2024K1", "2024K2"}


def test_each_table_that_is_left_out_is_named_and_a_file_without_figures_is_not_called_ready(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = cases.read_text(encoding="utf-8").splitlines(keepends=True)
    cases.write_text("".join(lines[:11]), encoding="utf-8")  # January only
    assert set(counted(cases)) == {"Kilder", "Optælling", "Måneder"}
    said = capsys.readouterr().out
    assert "Der er intet helt kvartal, så »Anmeldelser« er udeladt." in said
    assert "Der er intet helt år, så »Ugens timer« er udeladt." in said
    assert "ud.xlsx er skrevet, men har kun kilden og ingen tal. Ingen sag" in said


def test_the_hour_may_stand_under_tid(cases: Path) -> None:
    cases.write_text(cases.read_text(encoding="utf-8").replace(";Time;", ";Tid;"), encoding="utf-8")
    assert counted(cases)["Ugens timer"]["Antal"].astype(int).sum() > 0


def test_what_cannot_be_placed_is_counted_by_its_reason_and_adds_up(cases: Path) -> None:
    with cases.open("a", encoding="utf-8") as file:
        file.write("1;;10:00;1320;715336,5;6181705,0\n")
        file.write("2;31-02-2024;10:00;1320;715336,5;6181705,0\n")
        file.write("3;01-02-2999;10:00;1320;715336,5;6181705,0\n")
        file.write("4;01-02-2024;10:00;1320;;\n")
        file.write("5;01-02-2024;10:00;1320;vej;6181705,0\n")
        file.write("6;01-02-2024;10:00;1320;0;0\n")
        file.write("7;01-02-2024;10:00;1320;600000;6181705,0\n")
        file.write("8;01-02-1987;10:00;1320;715336,5;6181705,0\n")
        file.write("9;01-02-2024;10:00;1320\n")
    said = account(counted(cases))
    assert said.pop("Rækker i filen") == 134 == sum(said.values())
    assert {reason.removeprefix("Ikke med: "): number for reason, number in said.items()} == {
        "Talt med i en kommune": 125,
        "sagen har ingen dato": 1,
        "datoen kan ikke læses": 1,
        "datoen ligger i fremtiden": 1,
        "sagen har intet sted": 1,
        "koordinaterne kan ikke læses som tal": 1,
        "koordinaterne ligger uden for Danmark": 1,
        "stedet ligger uden for kommunerne i omridsene": 1,
        "dagen ligger uden for den tid, filen dækker (1. januar 2024 til 29. december 2024)": 1,
        "rækken har ikke lige så mange felter som overskriften": 1,
    }


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ("12.429842", "55.733108"),
        ("55.733108", "12.429842"),
        ("6181705.0", "715336.5"),
        ("715.336,5", "6.181.705,0"),
    ],
)
def test_coordinates_are_read_in_degrees_and_metres_in_either_order(cases: Path, x: str, y: str) -> None:
    cases.write_text(cases.read_text(encoding="utf-8").replace("715336,5;6181705,0", f"{x};{y}"), encoding="utf-8")
    rows = counted(cases)["Kvadratnet"]
    assert rows.loc[rows["Antal"] == "122", "Felt"].tolist() == ["250m_618150_71525"]


def test_words_for_an_offence_that_nobody_knows_are_named_with_row_and_count(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = cases.read_text(encoding="utf-8").splitlines(keepends=True)
    for row, word in ((5, "indbrud i bebolese"), (9, "Hensynsløs kørsel"), *((k, "Andet") for k in range(20, 32))):
        lines[row - 1] = lines[row - 1].replace(";1320;", f"; {word};")
    cases.write_text("".join(lines), encoding="utf-8")
    accounted = counted(cases)["Optælling"]["Hvad"].str.cat(sep=" ")
    said = capsys.readouterr().out
    assert "»Andet« (12 sager, første gang i række 20)" in said
    assert "»indbrud i bebolese« (1 sag, første gang i række 5; ligner »Indbrud i beboelser«)" in said
    assert "»Hensynsløs kørsel« (1 sag, første gang i række 9)" in said
    assert "Skriv ordene under offences ved den rette kategori i partnership.toml" in said
    # What a case says may tell of a person: the workbook, which is sent on, has the number alone.
    assert "14 sager har en overtrædelse med ord, som ingen kategori kender." in accounted
    assert "Andet" not in accounted


@pytest.mark.parametrize("word", ["hans@eksempel.dk", "Sag K12-88", "0101011234567", "Herlev Hovedgade 12, 2. tv."])
def test_a_word_of_an_offence_that_may_be_a_persons_is_never_shown(
    cases: Path, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    lines = cases.read_text(encoding="utf-8").replace(";1320;", f";{word};", 20)
    cases.write_text(lines, encoding="utf-8")
    accounted = counted(cases)["Optælling"]["Hvad"].str.cat(sep=" ")
    said = capsys.readouterr().out
    assert "(20 sager, første gang i række 2)" in said
    assert word[:9] not in said + accounted


def test_rows_without_anything_are_counted_apart_and_the_rows_named_are_those_of_the_file(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = cases.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[8] = lines[8].replace(";1320;", ";Andet;")
    cases.write_text("".join([lines[0], "\n", ";;;;;\n", *lines[1:]]), encoding="utf-8")
    said = account(counted(cases))
    assert said["Ikke med: rækken er tom"] == 2
    assert said["Rækker i filen"] == 127
    assert "»Andet« (1 sag, første gang i række 11)" in capsys.readouterr().out


@pytest.mark.parametrize(
    "title", ["Udtræk af sager 2024\n", "Udtræk af sager 2024;;;;;\n;;;;;\n", "Udtræk\n\nalle kredse\n"]
)
@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_title_above_the_cases_is_read_past(
    cases: Path, capsys: pytest.CaptureFixture[str], title: str, mark: str
) -> None:
    lines = cases.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[8] = lines[8].replace(";1320;", ";Andet;")
    above = title.count("\n")
    cases.write_text((title + "".join(lines)).replace(";", mark), encoding="utf-8")
    assert account(counted(cases))["Rækker i filen"] == 125
    assert f"»Andet« (1 sag, første gang i række {9 + above})" in capsys.readouterr().out


def test_coordinates_outside_denmark_are_refused_with_what_to_do(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases.write_text(cases.read_text(encoding="utf-8").replace("6181705,0", "7550000"), encoding="utf-8")
    assert main(["aggregate", "incidents", str(cases), "-o", str(cases.with_name("ud.xlsx"))]) == 1
    assert "omregn dem til EPSG:25832" in capsys.readouterr().err


def test_a_case_may_name_an_address_point(cases: Path) -> None:
    points = cases.with_name("punkter.csv")
    points.write_text("id;x;y\na1;715336,5;6181705,0\n", encoding="utf-8")
    lines = cases.read_text(encoding="utf-8").replace("715336,5;6181705,0", "a1").replace("X;Y", "Adressepunkt")
    cases.write_text(lines.replace(";a1", ";findes-ikke", 1), encoding="utf-8")
    said = account(counted(cases, "--points", str(points)))
    assert said["Talt med i en kommune"] == 124
    assert said["Ikke med: adressepunktet står ikke i filen med adressepunkter"] == 1


def test_day_and_month_that_may_be_swapped_are_asked_about(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases.write_text(f"{HEADINGS}\n1;03/04/2024;14;1320;715336,5;6181705,0\n", encoding="utf-8")
    out = str(cases.with_name("ud.xlsx"))
    assert main(["aggregate", "incidents", str(cases), "-o", out]) == 1
    assert "--date-format %d/%m/%Y" in capsys.readouterr().err


def test_columns_are_said_once_and_remembered(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases.write_text(cases.read_text(encoding="utf-8").replace("Gerningskode", "Forhold"), encoding="utf-8")
    mapping = cases.with_name("husk.toml")
    run = ["aggregate", "incidents", str(cases), "-o", str(cases.with_name("ud.xlsx")), "--mapping", str(mapping)]
    assert main(run) == 1
    assert "Skriv --column overtrædelse=OVERSKRIFT" in capsys.readouterr().err
    assert main([*run, "--column", "overtrædelse=Forhold"]) == 0
    assert main(run) == 0
    assert '"offence" = "Forhold"' in mapping.read_text(encoding="utf-8")


def test_the_workbook_passes_the_check_of_the_secretariat(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    counted(cases, "--all-offences", "--municipalities")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    assert (
        main(["load", str(ROOT / "data" / "example" / "sources.csv"), str(ROOT / "data" / "example" / "areas.csv")])
        == 0
    )
    assert main(["check", str(cases.with_name("ud.xlsx"))]) == 0
    assert "kontrolleret uden fejl (kvadratnet)" in capsys.readouterr().out


def test_no_row_is_written_anywhere(cases: Path, tmp_path: Path) -> None:
    """Everything the command can write to is searched: its folder, the home, the temporary folder, and what it made."""
    secret = "K4N4R1E"
    place = tmp_path / "sted"
    (place / "tmp").mkdir(parents=True)
    lines = cases.read_text(encoding="utf-8").replace(";14:30;", f" ;14:30;{secret}").splitlines()
    outside = tmp_path / "sager.csv"
    outside.write_text("\n".join([lines[0], *lines[1:] * 300]), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "data", "aggregate", "incidents", str(outside), "-o", "ud.xlsx", "--all-offences"],
        cwd=place, capture_output=True, check=False,
        env=os.environ | {"HOME": str(place), "TMPDIR": str(place / "tmp"), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr.decode()
    written = [file for file in place.rglob("*") if file.is_file()]
    assert {file.name for file in written} == {"ud.xlsx", "aggregate.toml"}
    with zipfile.ZipFile(io.BytesIO((place / "ud.xlsx").read_bytes())) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    held += b"".join(file.read_bytes() for file in written) + run.stdout + run.stderr
    assert secret.encode() not in held
    assert b"6181705" not in held
