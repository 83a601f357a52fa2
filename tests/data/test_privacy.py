"""What counts as personal data, and that it is never repeated."""

import pandas as pd
import pytest

from data.contracts.problems import Problem
from data.contracts.validation import CONTRACTS
from data.intake.privacy import find_personal_data
from data.intake.tables import Table


def found(text: str, heading: str = "Bemærkning", file: str = "tal.csv", sheet: str = "") -> tuple[Problem, ...]:
    frame = pd.DataFrame({"Område": ["Høje Gladsaxe", "Herlev"], heading: ["ingen", text]}, index=[2, 3], dtype="str")
    return find_personal_data([Table(file, sheet, frame)])


@pytest.mark.parametrize(
    "text",
    [
        "010190-1234",
        "0101901234",
        "010190 1234",
        "010190\u00a01234",
        "010190 - 1234",
        "010190‐1234",
        "010190.1234",
        "101901234",  # Excel has dropped the leading zero
        "101901234.0",
        "Ring til beboeren, 311299-4321.",
        "cpr:290200-1234",
        "610190-1234",  # a replacement number: the day is 60 too high
    ],
)
def test_a_cpr_number_is_found_however_it_is_written(text: str) -> None:
    (problem,) = found(text)
    assert (problem.row, problem.column, problem.value) == (3, "Bemærkning", "······-····")


@pytest.mark.parametrize("heading", ["Antal", "Midler (kr.)", "Webadresse"])
def test_a_cpr_number_is_found_in_every_kind_of_column(heading: str) -> None:
    (problem,) = found("0101901234", heading)
    assert (problem.column, "CPR" in problem.message) == (heading, True)


@pytest.mark.parametrize(
    "text",
    [
        "1234567890",  # no 34th month
        "3002901234",  # no 30 February
        "991399-1234",
        "250m_618125_71925",
        "0.1234567890",
        "123456.7891",
        "1.234.567",
        "250000000",
        "2016-2019",
        "20190101",
        "2025K4",
        "",
    ],
)
def test_figures_cells_and_periods_are_no_cpr_numbers(text: str) -> None:
    assert found(text) == ()


def test_the_message_says_where_but_never_repeats_the_number() -> None:
    (problem,) = found("Se 010190-1234")
    assert problem.sentence == (
        "Filen »tal.csv«, række 3, kolonne »Bemærkning«: cellen ser ud til at indeholde et CPR-nummer "
        "(der står »······-····«). Slet det, også i den fil, du har gemt."
    )


@pytest.mark.parametrize(
    ("file", "sheet", "heading"),
    [("010190-1234.csv", "", "Note"), ("tal.xlsx", "010190-1234", "Note"), ("tal.csv", "", "010190-1234")],
    ids=["file", "sheet", "heading"],
)
def test_a_cpr_number_in_a_name_is_found_and_not_repeated(file: str, sheet: str, heading: str) -> None:
    problems = found("010190-1234", heading, file, sheet)
    assert len(problems) == 2
    assert not any("010190" in problem.sentence for problem in problems)


@pytest.mark.parametrize("text", ["ole.hansen@herlev.dk", "Skriv til ole@example.org."])
def test_e_mail_addresses_are_found(text: str) -> None:
    assert [problem.value for problem in found(text)] == ["···@···"]


@pytest.mark.parametrize(
    "text",
    [
        "12 34 56 78",
        "+45 12345678",
        "+4512345678",
        "tlf. 12345678",
        "mobil: 12 34 56 78",
        "Telefon 1234 5678",
        "Ole 20304050",
    ],
)
def test_danish_phone_numbers_are_found(text: str) -> None:
    assert [problem.message for problem in found(text)] == ["cellen ser ud til at indeholde et telefonnummer"]


@pytest.mark.parametrize(
    "text",
    [
        "Rådhusvej 12",
        "Bøgevej 12B",
        "Herlev Hovedgade 17",
        "Høje Gladsaxe Vej 12, 3. tv",
        "Høje Gladsaxe 23, 4. tv",
        "Ringvej 3, 2730 Herlev",
        "Kagsaavej 5, st. th",
    ],
)
def test_street_addresses_are_found(text: str) -> None:
    assert [problem.message for problem in found(text)] == ["cellen ser ud til at indeholde en adresse"]


@pytest.mark.parametrize(
    "text",
    [
        "Vandring på Herlev Hovedgade, 24 deltagere",
        "Tryghedsvandring på Herlev Hovedgade 17 deltagere",
        "Hede-Magleparken 2 gange om ugen",
        "Nye regler om parken i 2024",
        "SUB 2014–2018",
        "Værebro Park",
        "250.000 kr. i 2025",
        "2019 2020 2021 2022",
        "kl. 14-16",
        "https://www.dst.dk/straf11",
    ],
)
def test_what_one_writes_about_areas_and_initiatives_is_not_taken_for_personal_data(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    "heading",
    ["CPR", "CPR-nummer", "Fornavn", "Efternavn", "Fulde navn", "Adresse", "Privatadresse", "E-mail", "Telefonnr.",
     "Borgers navn", "Kontaktperson", "Fødselsdato", "Navn", "name"],
)  # fmt: skip
def test_headings_that_name_persons_or_ways_to_reach_them_are_found(heading: str) -> None:
    (problem,) = found("x", heading)
    assert (problem.row, problem.column) == (1, heading)


@pytest.mark.parametrize("kind", list(CONTRACTS))
def test_no_heading_or_example_of_our_own_contracts_is_taken_for_personal_data(kind: str) -> None:
    columns = CONTRACTS[kind].columns
    for words in ([column.name for column in columns], [column.heading for column in columns]):
        frame = pd.DataFrame([[column.example for column in columns]], columns=words, dtype="str")
        assert find_personal_data([Table("tal.csv", "", frame)]) == ()


def test_all_cells_of_all_tables_are_told_and_many_are_counted() -> None:
    many = pd.DataFrame({"a": ["010190-1234"] * 1500, "b": ["x"] * 1500}, index=range(2, 1502), dtype="str")
    problems = find_personal_data([Table("x.csv", "", many.iloc[:2]), Table("y.csv", "", many)])
    assert (len(problems), problems[-1].message) == (2 + 1001, "500 andre celler i kolonnen ligner personoplysninger")
