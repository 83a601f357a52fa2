"""Kinds of file that partners have: old Excel, SPSS, Excel's Unicode text, and maps of every kind, are simply read."""

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from openpyxl import Workbook

from data.contracts.problems import ContractError
from data.intake.examination import check_files, examine_files
from data.partnership import our_partnership
from data.store import Store
from geo.boundaries import BoundaryError
from geo.boundaries import read as read_outlines
from tests.data.test_wrong_in_silence import FILES, INCIDENTS, SURVEY, csv, refusal
from tests.data.test_wrong_in_silence import shipped as shipped

HEADINGS = SURVEY.strip().split(";")


# Tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["tal.xls", "tal.xlsx"])
def test_an_old_workbook_is_read_whatever_it_is_called(shipped: Store, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes((FILES / "10-to-ark.xls").read_bytes())
    examined = examine_files([tmp_path / name], shipped, our_partnership())
    assert [table.frame["count"].tolist() for table in examined.incoming] == [[541]]
    assert f"{name}, ark »Gammelt«: arket er skjult og er ikke læst." in examined.remarks
    assert any("kan ikke ses i denne slags fil" in remark for remark in examined.remarks)


def test_text_that_excel_saves_as_unicode_is_read(shipped: Store, tmp_path: Path) -> None:
    text = INCIDENTS.replace(";", "\t") + "2025K4\tHøje-Taastrup\tTOT\t541\tofficiel\tdst-straf11\n"
    (table,) = check_files([csv(tmp_path, text, "tal.txt", "utf-16")], shipped, our_partnership())
    assert table.frame["area_id"].tolist() == ["hoeje-taastrup"]


def test_aggregates_from_spss_are_read_by_their_labels(shipped: Store, tmp_path: Path) -> None:
    row = ["2026", 1.0, "tryg_i_nabolag", "jm", 0.81, 400.0, 193.5, 0.0, "example", "eksempeldata"]
    names = ["wave", "omr", "indicator", "series", "share", "n", "neff", "rounded", "provenance", "source_id"]
    pyreadstat.write_sav(
        pd.DataFrame([row], columns=names), str(tmp_path / "tal.sav"), column_labels=HEADINGS,
        variable_value_labels={"omr": {1.0: "Høje Gladsaxe"}},
    )  # fmt: skip
    (table,) = check_files([tmp_path / "tal.sav"], shipped, our_partnership())
    assert table.frame[["area_id", "share", "n", "n_eff"]].values.tolist() == [["hoeje-gladsaxe", 0.81, 400, 193.5]]


def test_answers_of_persons_from_spss_are_refused_with_how_to_count_them(shipped: Store, tmp_path: Path) -> None:
    pyreadstat.write_sav(pd.DataFrame({"q1": [1.0, 2.0], "vaegt": [0.9, 1.1]}), str(tmp_path / "svar.sav"))
    assert "python -m data aggregate survey" in refusal(shipped, tmp_path / "svar.sav")


@pytest.mark.parametrize("name", ["tal.sav", "tal.zsav", "tal.xls", "tal.xlsb"])
def test_what_only_claims_to_be_such_a_file_is_refused(shipped: Store, tmp_path: Path, name: str) -> None:
    for start in (b"$FL2", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"a;b\n"):
        (tmp_path / name).write_bytes(start + b"x" * 500)
        assert "em" in refusal(shipped, tmp_path / name)  # gem, Gem: what to do


def test_a_per_cent_sign_that_only_the_format_writes_is_read_as_excel_shows_it(shipped: Store, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append(["2026", "Grantoften", "utryg_i_nabolag", "jm", 0.9, 400, None, 0, "eksempel", "eksempeldata"])
    book.active["E2"].number_format = '0.0"%"'
    book.save(tmp_path / "tal.xlsx")
    assert "andelen er skrevet i procent (der står »0.9 %«)" in refusal(shipped, tmp_path / "tal.xlsx")
    book.active["E2"].number_format = "0.0%"
    book.save(tmp_path / "tal.xlsx")
    (table,) = check_files([tmp_path / "tal.xlsx"], shipped, our_partnership())
    assert table.frame["share"].tolist() == [0.9]  # Excel shows 90 %


# Code against name ------------------------------------------------------------------------------------------------


def test_a_code_that_nobody_reads_must_not_be_that_of_another_area(shipped: Store, tmp_path: Path) -> None:
    text = INCIDENTS.replace("Område", "Kommunekode;Område") + "2025K4;163;Ballerup;TOT;541;officiel;dst-straf11\n"
    assert "»Kommunekode« er Herlev, men rækken hører til Ballerup" in refusal(shipped, csv(tmp_path, text))
    (table,) = check_files([csv(tmp_path, text.replace("163", "0151"))], shipped, our_partnership())
    assert table.frame["area_id"].tolist() == ["ballerup"]


def test_the_municipality_that_an_area_lies_in_is_no_other(shipped: Store, tmp_path: Path) -> None:
    text = INCIDENTS.replace("Område", "Kommune;Område") + "2025K4;Gladsaxe;Høje Gladsaxe;TOT;5;officiel;dst-straf11\n"
    assert len(check_files([csv(tmp_path, text)], shipped, our_partnership())) == 1


# Outlines ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["10-herlev.kml", "10-herlev.kmz", "10-dagi.gml", "10-herlev.topojson", "10-adresse.geojson"]
)
def test_outlines_of_every_kind_become_those_of_their_area(shipped: Store, name: str) -> None:
    (table,) = check_files([FILES / name], shipped, our_partnership())
    assert table.frame["area_id"].tolist() == ["herlev"]
    (shape,) = read_outlines(FILES / name).to_crs(25832).area
    assert shape == pytest.approx(12_067_000, rel=0.02)


def test_municipalities_that_are_not_ours_are_left_out_and_said_so(shipped: Store) -> None:
    examined = examine_files([FILES / "11-kommuner.geojson"], shipped, our_partnership())
    assert [table.frame["area_id"].tolist() for table in examined.incoming] == [["herlev", "ballerup", "gladsaxe"]]
    assert "11-kommuner.geojson: 1 område, som ikke er vores, er sprunget over." in examined.remarks


@pytest.mark.parametrize(
    "text",
    [
        "<OGRVRTDataSource><OGRVRTLayer><SrcDataSource>/etc/hosts</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        "<!DOCTYPE kml [<!ENTITY x SYSTEM 'file:///etc/hosts'>]><kml xmlns='http://www.opengis.net/kml/2.2'>&x;</kml>",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "<kml><Document><Placemark>",
    ],
)
def test_xml_that_is_something_else_or_reaches_outside_is_not_opened(text: str) -> None:
    with pytest.raises(BoundaryError):
        read_outlines(text.encode(), "omrids.kml")


def test_unreadable_outlines_are_a_contract_error_like_any_other(shipped: Store, tmp_path: Path) -> None:
    (tmp_path / "omrids.gml").write_text("<html/>", encoding="utf-8")
    with pytest.raises(ContractError, match="hverken KML eller GML"):
        check_files([tmp_path / "omrids.gml"], shipped, our_partnership())
