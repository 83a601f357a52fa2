"""Tables as municipalities, police, bureaus and StatBank send them: each read right, or refused with what mends it."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from data.intake.examination import Examined
from data.intake.heading_periods import is_period, month, quarter
from data.intake.wide import Answer
from data.store import Store
from tests.data.test_wide import OFFENCES, examined
from tests.data.test_wrong_in_silence import csv
from tests.data.test_wrong_in_silence import shipped as shipped

ROWS = "Oprindelse;Kilde-id\n"
Cells = list[object]


def book(tmp_path: Path, rows: list[Cells], merged: tuple[str, ...] = (), corner: tuple[int, int] = (1, 1)) -> Path:
    made = Workbook()
    for down, row in enumerate(rows, corner[0]):
        for across, cell in enumerate(row, corner[1]):
            if cell is not None:
                made.active.cell(down, across, cell)
    for block in merged:
        made.active.merge_cells(block)
    made.save(tmp_path / "bog.xlsx")
    return tmp_path / "bog.xlsx"


def counts(found: Examined, *columns: str) -> dict[tuple[str, ...], int]:
    assert found.problems == ()
    (table,) = found.incoming
    rows = table.frame
    keys = zip(*(rows[name] for name in columns or ("area_id", "period")), strict=True)
    return dict(zip(keys, rows["count" if "count" in rows else "residents"], strict=True))


def refusal(found: Examined) -> tuple[str, str]:
    return found.problems[0].message, found.problems[0].remedy


TWO = {("herlev", "2025K3"): 530, ("herlev", "2025K4"): 541, ("ballerup", "2025K3"): 401, ("ballerup", "2025K4"): 410}


# Year and part of the year in two columns --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "cells", "codes"),
    [
        ("Kvartal", ("3", "4"), ("2025K3", "2025K4")),
        ("Kvartal", ("3. kvartal", "4. kvartal"), ("2025K3", "2025K4")),
        ("Kvartal", ("K3", "K4"), ("2025K3", "2025K4")),
        ("Måned", ("1", "12"), ("2025M01", "2025M12")),
        ("Måned", ("januar", "dec."), ("2025M01", "2025M12")),
        ("Halvår", ("1. halvår", "2. halvår"), ("2025H1", "2025H2")),
    ],
)
def test_year_and_part_of_the_year_in_two_columns_are_one_period(
    shipped: Store, tmp_path: Path, part: str, cells: tuple[str, str], codes: tuple[str, str]
) -> None:
    rows = "".join(f"2025;{cell};Herlev;TOT;{541 + n};officiel;dst-straf11\n" for n, cell in enumerate(cells))
    found = examined(shipped, csv(tmp_path, f"År;{part};Område;Kategori;Antal;{ROWS}{rows}"))
    assert counts(found) == {("herlev", codes[0]): 541, ("herlev", codes[1]): 542}
    assert any(f"»År« og »{part}« er læst som én periode" in said for said in found.remarks)


def test_the_quarter_of_a_square_is_not_lost_beside_its_year(shipped: Store, tmp_path: Path) -> None:
    text = f"År;Kvartal;Felt;Område;Kategori;Antal;Husstande;{ROWS}2025;1;250m_617775_71225;Ballerup;12;3;;eksempel;"
    found = examined(shipped, csv(tmp_path, f"{text}dst-straf11\n"))
    assert [table.kind for table in found.incoming] == ["cells"]
    assert counts(found, "year") == {("2025K1",): 3}


def test_a_sum_among_the_parts_of_a_year_is_refused_where_it_stands(shipped: Store, tmp_path: Path) -> None:
    text = f"År;Kvartal;Område;Kategori;Antal;{ROWS}2025;1;Herlev;TOT;541;officiel;dst-straf11\n"
    found = examined(
        shipped, csv(tmp_path, f"{text}2025;4;Herlev;TOT;9;officiel;dst-straf11\n2025;I alt;Herlev;TOT;9;;\n")
    )
    assert (found.problems[0].row, found.problems[0].value) == (4, "2025 I alt")


def test_year_and_quarter_down_the_side_of_a_wide_table_are_one_period(shipped: Store, tmp_path: Path) -> None:
    rows: list[Cells] = [["År", "Kvartal", "Herlev", "Ballerup"], [2025, "K3", 530, 401], [None, "K4", 541, 410]]
    assert counts(examined(shipped, book(tmp_path, rows, ("A2:A3",)), OFFENCES)) == TWO


def test_a_long_table_with_one_figure_a_row_is_asked_what_it_does_not_say(shipped: Store, tmp_path: Path) -> None:
    rows = "Herlev;2025;3;530\nHerlev;2025;4;541\nBallerup;2025;3;401\nBallerup;2025;4;410\n"
    path = csv(tmp_path, f"Kommune;År;Kvartal;Anmeldelser\n{rows}")
    assert refusal(examined(shipped, path))[0] == "tabellen siger ikke alt om sine tal"
    assert counts(examined(shipped, path, OFFENCES)) == TWO


# Several rows of headings ------------------------------------------------------------------------------------------

HEADS: dict[str, tuple[list[Cells], tuple[str, ...]]] = {
    "numbers under a year": ([["Område", 2025, None, None, None], [None, 1, 2, 3, 4]], ("B1:E1",)),
    "year and quarter say what they are": ([["År", 2025, None], ["Kvartal", "3. kvt.", "4. kvt."]], ("B1:C1",)),
    "numbers that say they are quarters": ([["År", 2025, None], ["Kvartal", 3, 4]], ("B1:C1",)),
    "a sum among the quarters": ([["Område", 2025, None, None], [None, "K3", "K4", "I alt"]], ("B1:D1",)),
    "counts and rates": ([["Område", "2025K3", None, "2025K4", None], [None, *["Antal", "Pr. 1.000"] * 2]], ()),
    "three rows": ([["Område", 2025, None], [None, "K3", "K4"], [None, "Antal", "Antal"]], ("B1:C1",)),
    "a pivot": ([["Sum af Antal", "År"], [None, 2025, None, "2025 Total"], ["Rækkeetiketter", "K3", "K4"]], ()),
}  # fmt: skip
FIGURES: dict[str, tuple[Cells, Cells]] = {
    "numbers under a year": (["Herlev", 501, 511, 530, 541], ["Ballerup", 381, 391, 401, 410]),
    "a sum among the quarters": (["Herlev", 530, 541, 1071], ["Ballerup", 401, 410, 811]),
    "counts and rates": (["Herlev", 530, 17.9, 541, 18.3], ["Ballerup", 401, 7.7, 410, 7.9]),
    "a pivot": (["Herlev", 530, 541, 1071], ["Ballerup", 401, 410, 811]),
}


@pytest.mark.parametrize("name", list(HEADS))
def test_several_rows_of_headings_are_one(shipped: Store, tmp_path: Path, name: str) -> None:
    heads, merged = HEADS[name]
    rows = FIGURES.get(name, (["Herlev", 530, 541], ["Ballerup", 401, 410]))
    found = counts(examined(shipped, book(tmp_path, [*heads, *rows], merged), OFFENCES))
    assert {key: found[key] for key in TWO} == TWO
    assert len(found) == (8 if name == "numbers under a year" else 4)


def test_small_counts_under_years_are_no_second_row_of_headings(shipped: Store, tmp_path: Path) -> None:
    answer = Answer("incidents", {"category": "3410", "source_id": "dst-straf11"})
    found = examined(shipped, csv(tmp_path, "Område;2024;2025\nHerlev;3;4\nBallerup;1;2\n"), answer)
    assert counts(found) == {
        ("herlev", "2024"): 3, ("herlev", "2025"): 4, ("ballerup", "2024"): 1, ("ballerup", "2025"): 2,
    }  # fmt: skip


def test_a_table_that_begins_further_in_is_found(shipped: Store, tmp_path: Path) -> None:
    rows: list[Cells] = [["Område", "2025K3", "2025K4"], ["Herlev", 530, 541], ["Ballerup", 401, 410]]
    assert counts(examined(shipped, book(tmp_path, rows, corner=(7, 3)), OFFENCES)) == TWO


@pytest.mark.parametrize(
    ("heading", "code"),
    [("1Q25", "2025K1"), ("K1-25", "2025K1"), ("1. kv. 25", "2025K1"), ("2025K1, antal", "2025K1"),
     ("Q1 2025*", "2025K1"), ("2025K1 2025K1", "2025K1"), ("1Q", ""), ("K5-25", ""), ("2025 antal", "")],
)  # fmt: skip
def test_quarters_are_read_as_people_write_them(heading: str, code: str) -> None:
    assert quarter(heading) == code


def test_months_beside_a_year_are_read() -> None:
    assert [month(text) for text in ("2025 januar", "2025 M1", "maj-25", "2025 M13")] == [
        "2025M01",
        "2025M01",
        "2025M05",
        "",
    ]
    assert not is_period("april")


# More than one table ------------------------------------------------------------------------------------------------

AREAS = "Område;2025K3;2025K4\nHerlev;530;541\nBallerup;401;410\n"
OURS = f"Periode;Område;Kategori;Antal;{ROWS}2025K4;Herlev;TOT;541;officiel;dst-straf11\n"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (f"{AREAS}\nVåbenloven\n{AREAS}", 6),
        (f"{AREAS}\n{AREAS.replace('K3', 'K1').replace('K4', 'K2')}", 5),
        (f"{OURS}{OURS}", 3),
        (f"{OURS}\nPeriode;Område;Indbyggere;{ROWS}2025K4;Herlev;29000;officiel;dst-folk1a\n", 4),
    ],
    ids=["with a title", "other quarters", "the same headings", "another kind"],
)
def test_a_second_table_below_the_first_is_refused_and_apart_both_are_read(
    shipped: Store, tmp_path: Path, text: str, row: int
) -> None:
    found = examined(shipped, csv(tmp_path, text), OFFENCES)
    assert (found.problems[0].row, found.problems[0].remedy) == (row, "Gem hver tabel som sin egen fil")
    assert found.incoming == ()
    lines = text.splitlines(keepends=True)
    first = lines[: row - 1]
    assert examined(shipped, csv(tmp_path, "".join(lines[row - 1 :])), OFFENCES).problems == ()
    assert examined(shipped, csv(tmp_path, "".join(first).removesuffix("Våbenloven\n")), OFFENCES).problems == ()


# Two columns that name the area or the offence ---------------------------------------------------------------------


def test_of_two_columns_of_areas_the_finer_one_is_read(shipped: Store, tmp_path: Path) -> None:
    text = "Kommune;Boligområde;2025K3\nBallerup;Grantoften;30\nHerlev;Hjortegården;20\n"
    found = counts(examined(shipped, csv(tmp_path, text), OFFENCES))
    assert found == {("grantoften", "2025K3"): 30, ("hjortegaarden", "2025K3"): 20}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kommunekode;Kommune;2025K3\n163;Herlev;530\n159;Ballerup;401\n",
         "»Kommune« er Ballerup, men rækken hører til 159"),
        ("Kode;Art;Område;2025K3\n12;Voldsforbrydelser;Herlev;20\n1320;Våbenloven;Herlev;3\n",
         "»Art« er Våbenloven, men rækken er om 1320"),
    ],
)  # fmt: skip
def test_a_code_that_is_not_its_names_is_refused_in_a_wide_table_too(
    shipped: Store, tmp_path: Path, text: str, said: str
) -> None:
    assert refusal(examined(shipped, csv(tmp_path, text), OFFENCES))[0] == said


# Sums, periods and marks -------------------------------------------------------------------------------------------


def test_sums_of_rows_are_left_out_and_said(shipped: Store, tmp_path: Path) -> None:
    rows: list[Cells] = [
        ["Sum af Antal", None, "Periode"], ["Område", "Kategori", "2025K3", "2025K4", "Hovedtotal"],
        ["Herlev", "TOT", 530, 541, 1071], ["Herlev Total", None, 530, 541, 1071],
        ["Ballerup", "TOT", 401, 410, 811], ["Ballerup Total", None, 401, 410, 811],
        ["Hovedtotal", None, 931, 951, 1882],
    ]  # fmt: skip
    found = examined(shipped, book(tmp_path, rows, corner=(3, 1)), OFFENCES)
    assert counts(found) == TWO
    assert any(
        "3 rækker med »Herlev Total«, »Ballerup Total« og »Hovedtotal« er læst som summer" in s for s in found.remarks
    )


def test_a_total_of_offences_that_is_left_out_is_said_with_how_to_keep_it(shipped: Store, tmp_path: Path) -> None:
    text = "Område;Kategori;2025K3\nHerlev;I alt;530\nHerlev;3410;3\n"
    found = examined(shipped, csv(tmp_path, text), OFFENCES)
    assert counts(found, "category") == {("3410",): 3}
    assert any("er det alle anmeldelser, så skriv TOT i stedet" in said for said in found.remarks)
    kept = examined(shipped, csv(tmp_path, text.replace("I alt", "TOT")), OFFENCES)
    assert counts(kept, "category") == {("TOT",): 530, ("3410",): 3}


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Område;2024;2025\nHerlev;2150;2083\n", {"2024": 2150, "2025": 2083}),
        ("Område;1. halvår 2025;2. halvår 2025;2025\nHerlev;1012;1071;2083\n", {"2025H1": 1012, "2025H2": 1071}),
        ("År;Herlev\n2024;2150\n2025;2083\n", {"2024": 2150, "2025": 2083}),
        ("Område;2025K4\nHerlev;541\n", {"2025K4": 541}),
    ],
    ids=["years", "half-years and their sum", "years down the side", "one quarter"],
)
def test_offences_of_any_period_are_turned(shipped: Store, tmp_path: Path, text: str, periods: dict[str, int]) -> None:
    found = counts(examined(shipped, csv(tmp_path, text), OFFENCES))
    assert found == {("herlev", period): number for period, number in periods.items()}


def test_whole_numbers_under_years_are_counts_where_one_says_so(shipped: Store, tmp_path: Path) -> None:
    found = examined(shipped, csv(tmp_path, "Område;2024;2025\nGrantoften;81;80\n"), OFFENCES)
    assert counts(found) == {("grantoften", "2024"): 81, ("grantoften", "2025"): 80}


@pytest.mark.parametrize(
    ("mark", "message", "mended"),
    [
        ("<5", "tallet er skjult i filen, så det kan ikke læses", ""),
        ("*", "tallet er skjult i filen, så det kan ikke læses", ""),
        ("-", "tegnet kan betyde både 0 og ikke oplyst", "0"),
        ("–", "tegnet kan betyde både 0 og ikke oplyst", "0"),
        ("401 1)", "der står et notetegn efter tallet", "401"),
        ("401*", "der står et notetegn efter tallet", "401"),
    ],
)
def test_a_mark_in_the_place_of_a_figure_is_refused_in_its_cell_and_mended_as_said(
    shipped: Store, tmp_path: Path, mark: str, message: str, mended: str
) -> None:
    text = f"Område;2025K3;2025K4\nHerlev;530;541\nBallerup;{mark};410\n"
    (problem,) = examined(shipped, csv(tmp_path, text), OFFENCES).problems
    assert (problem.row, problem.column, problem.message) == (3, "2025K3", message)
    assert (f"fx {mended}" if mended == "401" else "lad cellen være tom (ikke indberettet)") in problem.remedy
    assert examined(shipped, csv(tmp_path, text.replace(mark, mended)), OFFENCES).problems == ()


def test_a_missing_period_is_told_and_a_column_of_it_mends_the_table(shipped: Store, tmp_path: Path) -> None:
    message, remedy = refusal(examined(shipped, csv(tmp_path, "Område;TOT;3410\nHerlev;541;4\n")))
    assert message == "tabellen siger ikke, hvilken periode tallene er for"
    assert "Tilføj en kolonne med overskriften »Periode«" in remedy
    found = examined(shipped, csv(tmp_path, "Periode;Område;TOT;3410\n2025K4;Herlev;541;4\n"), OFFENCES)
    assert counts(found, "category") == {("TOT",): 541, ("3410",): 4}


@pytest.mark.parametrize("cell", ["45658", "2025-01-01"])
def test_a_date_where_a_period_belongs_is_told_as_the_day_it_is(shipped: Store, tmp_path: Path, cell: str) -> None:
    message, remedy = refusal(examined(shipped, csv(tmp_path, OURS.replace("2025K4", cell))))
    assert message == "cellen er en dato (1. januar 2025), ikke en periode"
    assert "et kvartal, fx 2025K4" in remedy


# Bureaus, StatBank and what is none of ours ------------------------------------------------------------------------


@pytest.mark.parametrize("answers", [290, 90], ids=["above a hundred", "that could be per cents"])
def test_the_row_of_answers_below_shares_is_read_as_such(shipped: Store, tmp_path: Path, answers: int) -> None:
    rows: list[Cells] = [
        ["Tryghedsmåling 2025, pct."], [None, "Grantoften", "Hjortegården", "I alt"],
        ["Tryghed i nabolaget", 79, 72, 75], ["Tillid til politiet", 81, 70, 76],
        ["Antal svar", answers, 85, answers + 85],
    ]  # fmt: skip
    said = {"wave": "2025", "unit": "percent", "series": "jm", "source_id": "rnn-2020"}
    found = examined(shipped, book(tmp_path, rows), Answer("survey", said))
    assert found.problems == ()
    frame = found.incoming[0].frame
    assert set(zip(frame["area_id"], frame["indicator"], frame["share"], frame["n"], strict=True)) == {
        ("grantoften", "tryg_i_nabolag", 0.79, answers), ("grantoften", "tillid_til_politiet", 0.81, answers),
        ("hjortegaarden", "tryg_i_nabolag", 0.72, 85), ("hjortegaarden", "tillid_til_politiet", 0.70, 85),
    }  # fmt: skip


def test_a_municipality_may_be_called_one(shipped: Store, tmp_path: Path) -> None:
    found = examined(shipped, csv(tmp_path, OURS.replace("Herlev", "Herlev Kommune")))
    assert counts(found) == {("herlev", "2025K4"): 541}


@pytest.mark.parametrize(
    "text",
    [
        "OMRÅDE;OVERTRÆD;TID;INDHOLD\n163 Herlev;TOT Art i alt;2025K4 2025K4;541\n999 Andet;TOT;2025K4;7\n",
        "OMRÅDE;OVERTRÆD;TID;INDHOLD\n163;TOT;2025K4;541\n",
    ],
)
def test_straf11_from_the_api_is_read_with_codes_labels_or_both(shipped: Store, tmp_path: Path, text: str) -> None:
    assert counts(examined(shipped, csv(tmp_path, text))) == {("herlev", "2025K4"): 541}


def test_folk1a_from_the_api_is_read_and_its_parts_are_not_taken_for_all(shipped: Store, tmp_path: Path) -> None:
    text = "OMRÅDE;KØN;TID;INDHOLD\nHerlev;{};2025K4;29500\nHerlev;Mænd;2025K4;14500\n"
    assert counts(examined(shipped, csv(tmp_path, text.format("I alt")))) == {("herlev", "2025K4"): 29_500}
    assert examined(shipped, csv(tmp_path, text.format("Kvinder"))).incoming == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sagsnr;Dato;Klokkeslæt;Gerning;X;Y\n0700-1;2025-01-03;22:15;Tyveri;712250;6177750\n", "incidents"),
        ("id;vaegt;omraade;spm1\n1;0,9;Grantoften;2\n2;1,1;Grantoften;5\n", "survey"),
    ],
)
def test_rows_of_cases_and_answers_are_refused_with_how_to_count_them(
    shipped: Store, tmp_path: Path, text: str, kind: str
) -> None:
    message, remedy = refusal(examined(shipped, csv(tmp_path, text)))
    assert "indlæses aldrig" in message
    assert f"python -m data aggregate {kind} FIL.csv -o tal.xlsx" in remedy


def test_a_compact_pivot_is_refused_with_how_to_lay_it_out(shipped: Store, tmp_path: Path) -> None:
    rows: list[Cells] = [
        ["Sum af Antal", "Kolonneetiketter"], ["Rækkeetiketter", "2025K3", "2025K4"],
        ["Herlev", 530, 541], ["Voldsforbrydelser", 20, 21], ["Våbenloven", 3, 4], ["Ballerup", 401, 410],
    ]  # fmt: skip
    assert "Vis i tabelformat" in refusal(examined(shipped, book(tmp_path, rows)))[1]


def test_a_table_in_json_is_not_taken_for_outlines(shipped: Store, tmp_path: Path) -> None:
    path = csv(tmp_path, '{"version": "2.0", "class": "dataset", "value": [541]}', "straf11.json")
    assert refusal(examined(shipped, path)) == (
        "Filen er en tabel i JSON-stat og ikke flader på et kort", "Vælg Excel (.xlsx) eller CSV, hvor tabellen hentes",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Indeks 2020K1=100", ""),
        ("Løbende 4 kvartaler", ""),
        ("Anmeldelser, år til dato", ""),
        ("Sæsonkorrigerede anmeldelser", ""),
        ("Antal i 1.000", ""),
        ("", "Tallene er pr. 10.000 indbyggere"),
    ],
)
def test_a_title_or_note_that_says_the_figures_are_no_counts_is_told(
    shipped: Store, tmp_path: Path, above: str, below: str
) -> None:
    text = "\n".join(filter(None, (above, "Område;2025K3;2025K4\nHerlev;530;541\nBallerup;401;410", below)))
    path = csv(tmp_path, f"{text}\n")

    asked = examined(shipped, path)
    turned = examined(shipped, path, OFFENCES)

    assert asked.sheets[0].wide is not None
    assert not (above and asked.sheets[0].wide.guess.values["source_id"])
    assert any(f"der står »{above or below}« ved tabellen" in remark for remark in turned.remarks)


@pytest.mark.parametrize("title", ["Anmeldelser i kommunerne", "Tyveri fra ejendomme", "Opdateres løbende"])
def test_an_ordinary_title_is_no_reason_to_doubt_the_figures(shipped: Store, tmp_path: Path, title: str) -> None:
    path = csv(tmp_path, f"{title}\nOmråde;2025K3;2025K4\nHerlev;530;541\nBallerup;401;410\n")

    assert not any("ved tabellen" in remark for remark in examined(shipped, path, OFFENCES).remarks)


def test_a_sum_among_the_areas_of_a_long_table_is_told_as_one(shipped: Store, tmp_path: Path) -> None:
    rows = "Periode;Område;Kategori;Antal;Oprindelse;Kilde-id\n2025K4;I alt;TOT;5410;officiel;dst-straf11\n"

    message, remedy = refusal(examined(shipped, csv(tmp_path, rows)))

    assert (message, remedy) == ("rækken er en sum, ikke et område", "Slet rækken; summer regnes ud af de andre")
