"""Tables of shares as bureaus send them, whole years and months: turned with one answer, the unit never guessed."""

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from data.__main__ import main
from data.intake.examination import Delivered, Examined, Shapes, examine
from data.intake.percents import PERCENT, SHARE
from data.intake.wide import Answer
from data.partnership import our_partnership
from data.store import Store
from tests.data.test_wide import examined
from tests.data.test_wrong_in_silence import SURVEY, csv
from tests.data.test_wrong_in_silence import shipped as shipped

EXPECTED = {("herlev", "2021"): 0.81, ("herlev", "2023"): 0.805, ("ballerup", "2021"): 0.79, ("ballerup", "2023"): 0.78}
SAFE = {"indicator": "tryg_i_nabolag", "series": "jm", "source_id": "rnn-2020"}


def answered(store: Store, path: Path, **said: str) -> Examined:
    """The file, its question answered as proposed, with what is `said` besides."""
    (sheet,) = examined(store, path).sheets
    assert sheet.wide is not None
    kind = sheet.wide.guess.kind or sheet.wide.kinds[0]
    return examined(store, path, Answer(kind, {**sheet.wide.guess.values, **SAFE, **said}))


def survey(found: Examined) -> pd.DataFrame:
    assert found.problems == ()
    (table,) = found.incoming
    assert table.kind == "survey"
    return table.frame


def shares(found: Examined) -> dict[tuple[str, str], float]:
    rows = survey(found)
    return dict(zip(zip(rows["area_id"], rows["wave"], strict=True), rows["share"], strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "Område;2021;2023\nHerlev;0,81;0,805\nBallerup;0,79;0,78\n",
        "Område;2021;2023\nHerlev;81;80,5\nBallerup;79;78\n",
        "Kommune;2021;2023\nHerlev;81 %;80,5 %\nBallerup;79 %;78 %\nI alt;80 %;79 %\n",
        "Tryghed i nabolaget\n\n;2021;2023\nHerlev;81 pct.;80,5 pct.\nBallerup;79 pct.;78 pct.\nNote: vægtet\n",
        "År;Herlev;Ballerup\n2021;81;79\n2023;80,5;78\n",
    ],
    ids=["shares", "per cents", "signs and a sum", "title and note", "areas along the top"],
)
def test_areas_and_waves_are_turned_whatever_the_unit(shipped: Store, tmp_path: Path, text: str) -> None:
    path = csv(tmp_path, text)
    asked = examined(shipped, path)
    assert asked.incoming == ()
    assert "på tværs" in asked.problems[0].message
    found = answered(shipped, path)
    assert shares(found) == EXPECTED
    assert survey(found)["n"].isna().all()
    assert any("antal svar er ikke med, så andelene vises uden usikkerhed" in said for said in found.remarks)


def test_answers_under_each_wave_come_with_its_share(shipped: Store, tmp_path: Path) -> None:
    book = Workbook()
    for row in (
        ["Tabel 3. Tryghed i nabolaget"], [None, 2024, None, 2025, None],
        ["Boligområde", "Andel trygge", "Antal svar", "Andel trygge", "Antal svar"],
        ["Høje Gladsaxe", "72 %", 290, "75 %", 310], ["Værebro Park", "61 %", 250, "63 %", 260],
        ["Total", "70 %", 540, "71 %", 570],
    ):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "tabel.xlsx")
    rows = survey(answered(shipped, tmp_path / "tabel.xlsx"))
    said = zip(rows["area_id"], rows["wave"], rows["share"], rows["n"], strict=True)
    assert set(said) == {
        ("hoeje-gladsaxe", "2024", 0.72, 290), ("hoeje-gladsaxe", "2025", 0.75, 310),
        ("vaerebro-park", "2024", 0.61, 250), ("vaerebro-park", "2025", 0.63, 260),
    }  # fmt: skip


def test_indicators_along_the_top_share_the_answers_of_their_row(shipped: Store, tmp_path: Path) -> None:
    text = "Område;År;Tryghed i nabolaget;Tillid til politiet;Antal svar\nHerlev;2025;0,81;0,7;300\n"
    rows = survey(answered(shipped, csv(tmp_path, text)))
    assert set(zip(rows["indicator"], rows["share"], rows["n"], strict=True)) == {
        ("tryg_i_nabolag", 0.81, 300), ("tillid_til_politiet", 0.7, 300),
    }  # fmt: skip


def test_each_wave_goes_to_the_series_that_its_year_belongs_to(shipped: Store, tmp_path: Path) -> None:
    waves = "2019;Herlev;tryg_i_nabolag;pt;0,8;300;;1;eksempel;eksempeldata\n" + (
        "2021;Herlev;tryg_i_nabolag;jm;0,8;300;;1;eksempel;eksempeldata\n"
    )
    known = examine([Delivered("kendt.csv", (SURVEY + waves).encode())], shipped, our_partnership()).incoming
    from data.intake.wide import words_of

    words = words_of({}, our_partnership(), {}, known[0].frame, {})
    assert [words.series_of(wave) for wave in ("2013", "2019", "2020", "2021", "2025")] == [
        "pt",
        "pt",
        "pt",
        "jm",
        "jm",
    ]


def test_figures_on_both_sides_of_1_must_be_said_to_be_per_cents(shipped: Store, tmp_path: Path) -> None:
    path = csv(tmp_path, "Område;2021;2023\nHerlev;0,9;80,5\nBallerup;79;78\n")
    (sheet,) = examined(shipped, path).sheets
    assert sheet.wide is not None
    assert "unit" in sheet.wide.asks
    assert shares(answered(shipped, path, unit=PERCENT))["herlev", "2021"] == 0.009
    assert answered(shipped, path, unit=SHARE).problems


def test_whole_numbers_under_years_may_be_counts_and_are_not_taken_for_shares(shipped: Store, tmp_path: Path) -> None:
    (sheet,) = examined(shipped, csv(tmp_path, "Område;2021;2023\nHerlev;81;80\nBallerup;79;78\n")).sheets
    assert sheet.wide is not None
    assert (sheet.wide.guess.kind, sheet.wide.kinds) == ("", ("survey", "incidents"))


def test_a_fault_in_a_turned_table_is_told_at_the_cell_it_stands_in(shipped: Store, tmp_path: Path) -> None:
    path = csv(tmp_path, "Område;2025K3;2025K4\nHerlev;530;541\nBallerup;4,5;410\nHerlev;530;541\n")
    found = examined(shipped, path, Answer("incidents", {"category": "TOT", "source_id": "dst-straf11"}))
    assert [(each.row, each.column, each.value) for each in found.problems[:1]] == [(3, "2025K3", "4,5")]
    assert "som række 2" in found.problems[1].message
    assert found.problems[1].row == 4


def test_residents_of_whole_years_are_those_of_the_first_of_january(shipped: Store, tmp_path: Path) -> None:
    path = csv(tmp_path, "Folketal 1. januar\n\nKommune;2023;2024\nHerlev;29.100;29.200\nBallerup;49.100;50.200\n")
    (table,) = answered(shipped, path, source_id="dst-folk1a").incoming
    rows = table.frame
    assert set(zip(rows["area_id"], rows["period"], rows["residents"], strict=True)) == {
        ("herlev", "2023K1", 29_100), ("herlev", "2024K1", 29_200),
        ("ballerup", "2023K1", 49_100), ("ballerup", "2024K1", 50_200),
    }  # fmt: skip


def test_squares_keep_their_whole_years(shipped: Store, tmp_path: Path) -> None:
    path = csv(tmp_path, "Felt;Område;Kategori;2023;2024\n250m_617775_71225;Ballerup;12;3;0\n")
    (table,) = answered(shipped, path, source_id="dst-straf11").incoming
    assert table.kind == "cells"
    assert dict(zip(table.frame["year"], table.frame["count"], strict=True)) == {"2023": 3, "2024": 0}
    assert table.frame["households"].isna().all()


@pytest.mark.parametrize(
    ("head", "cells", "count"),
    [
        ("2025M01;2025M02;2025M03", "100;110;90", 300),
        ("jan 2025;feb. 2025;marts 2025", "100;110;90", 300),
        ("2025M01;2025M02;2025M03;2025M04", "1.100;110;90;80", 1300),
        ("2025M01;2025M02;2025M03", "100;..;90", None),
    ],
)
def test_months_are_added_up_to_the_quarters_they_fill(
    shipped: Store, tmp_path: Path, head: str, cells: str, count: int | None
) -> None:
    (table,) = answered(shipped, csv(tmp_path, f"Område;{head}\nHerlev;{cells}\n"), category="TOT").incoming
    (row,) = table.frame.to_dict("records")
    assert row["period"] == "2025K1"
    assert (None if pd.isna(row["count"]) else row["count"]) == count


def test_columns_that_are_left_out_are_said(shipped: Store, tmp_path: Path) -> None:
    text = "Område;2024K4;2025K4;Ændring;2025\nHerlev;530;541;11;2100\n"
    found = answered(shipped, csv(tmp_path, text), category="TOT", source_id="dst-straf11")
    assert any("»Ændring« og »2025« er ikke læst" in said for said in found.remarks)


def test_a_table_of_something_else_gets_no_source_proposed(shipped: Store, tmp_path: Path) -> None:
    text = "Ofre for anmeldte forbrydelser\n\nOmråde;2025K3;2025K4\nHerlev;52;53\n"
    (sheet,) = examined(shipped, csv(tmp_path, text)).sheets
    assert sheet.wide is not None
    assert (sheet.wide.guess.values["source_id"], sheet.wide.above) == ("", "Ofre for anmeldte forbrydelser")


# Columns of per cents in a table of ours ---------------------------------------------------------------------------

ROW = "2025;{};tryg_i_nabolag;jm;{};300;;0;eksempel;eksempeldata\n"


def of_shares(*cells: str, heading: str = "Andel") -> str:
    areas = ("Herlev", "Ballerup", "Gladsaxe")
    rows = "".join(ROW.format(area, cell) for area, cell in zip(areas, cells, strict=False))
    return SURVEY.replace("Andel", heading) + rows


def in_unit(store: Store, path: Path, unit: str) -> Examined:
    shapes = Shapes(units={(path.name, ""): unit})
    return examine([Delivered(path.name, path)], store, our_partnership(), shapes=shapes)


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (("81", "79", "84,5"), [0.81, 0.79, 0.845]),
        (("81", "0,9", "84,5"), [0.81, 0.009, 0.845]),
        (("81 pct.", "0,9 %", "84,5 procent"), [0.81, 0.009, 0.845]),
    ],
)
def test_a_column_of_per_cents_is_asked_about_as_a_whole_and_read(
    shipped: Store, tmp_path: Path, cells: tuple[str, ...], read: list[float]
) -> None:
    path = csv(tmp_path, of_shares(*cells))
    asked = examine([Delivered(path.name, path)], shipped, our_partnership())
    assert asked.incoming == ()
    assert "sig i trin 2 på siden Data, at kolonnen er i procent" in asked.problems[0].remedy
    assert [each.guess for each in asked.sheets[0].doubts] == [PERCENT]
    found = in_unit(shipped, path, PERCENT)
    assert survey(found)["share"].tolist() == read
    assert any("»Andel« er læst som procent" in said for said in found.remarks)


def test_a_heading_that_says_per_cent_over_figures_below_1_is_asked_about(shipped: Store, tmp_path: Path) -> None:
    path = csv(tmp_path, of_shares("0,9", "0,8", "0,7", heading="Andel, %"))
    asked = examine([Delivered(path.name, path)], shipped, our_partnership())
    assert asked.problems
    assert "»Andel, %« siger procent, men har kun tal under 1" in asked.problems[0].message
    assert survey(in_unit(shipped, path, PERCENT))["share"].tolist() == [0.009, 0.008, 0.007]
    assert survey(in_unit(shipped, path, SHARE))["share"].tolist() == [0.9, 0.8, 0.7]


def test_shares_are_not_asked_about(shipped: Store, tmp_path: Path) -> None:
    path = csv(tmp_path, of_shares("0,81", "1", "0,5"))
    found = examine([Delivered(path.name, path)], shipped, our_partnership())
    assert found.sheets[0].doubts == ()
    assert survey(found)["share"].tolist() == [0.81, 1, 0.5]


def test_the_commands_take_the_same_answers(
    shipped: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", shipped.engine.url.render_as_string(hide_password=False))
    path = csv(tmp_path, of_shares("81", "79"))
    assert main(["check", str(path)]) == 1
    assert "--shares percent" in capsys.readouterr().err
    assert main(["check", str(path), "--shares", "percent"]) == 0
    capsys.readouterr()
    wide = csv(tmp_path, "Område;2021;2023\nHerlev;81;80,5\n", "bred.csv")
    assert main(["check", str(wide), "--wide", "survey", "--source", "rnn-2020"]) == 1
    assert "--indicator (indikator)" in capsys.readouterr().err
    told = ["--wide", "survey", "--source", "rnn-2020", "--indicator", "tryg_i_nabolag"]
    assert main(["check", str(wide), *told, "--series", "jm"]) == 0
    assert "vendt til tryghedsmåling, 2 tal" in capsys.readouterr().out


@pytest.mark.parametrize(
    "heads",
    [("2024H1", "2024H2"), ("1. halvår 2024", "2. halvår 2024"), ("1. halvår 2024, pct.", "2. halvår 2024, pct.")],
)
def test_waves_of_half_years_are_turned_as_years_are(shipped: Store, tmp_path: Path, heads: tuple[str, str]) -> None:
    path = csv(tmp_path, f"Område;{';'.join(heads)}\nHerlev;81 %;80,5 %\nBallerup;79 %;78 %\n")
    assert shares(answered(shipped, path)) == {
        ("herlev", "2024H1"): 0.81, ("herlev", "2024H2"): 0.805, ("ballerup", "2024H1"): 0.79,
        ("ballerup", "2024H2"): 0.78,
    }  # fmt: skip
