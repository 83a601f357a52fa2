"""What a table must be to be taken in, and what is said about one that is not."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pandera.pandas as pa
import pytest

from data.contracts.area_life import LIFE
from data.contracts.schemas import schema
from data.contracts.validation import (
    CONTRACTS,
    ContractError,
    Known,
    Problem,
    area_spellings,
    check,
    guide,
    headings_of,
    recognise,
)

TODAY = dt.date(2026, 3, 1)
AREAS = pd.DataFrame(
    {
        "area_id": ["gladsaxe", "herlev", "hoeje-gladsaxe"],
        "code": ["159", "163", ""],
        "name": ["Gladsaxe", "Herlev", "Høje Gladsaxe"],
    }
)
KNOWN = Known(
    areas=area_spellings(AREAS),
    indicators=frozenset({"tryg_i_nabolag"}),
    categories=frozenset({"TOT", "12", "1320"}),
    series=frozenset({"pt", "jm"}),
    sources=frozenset({"dst", "eksempeldata"}),
    initiatives=frozenset({"din-betjent"}),
    purposes=frozenset({"tryghed"}),
    principles=frozenset({"synlighed"}),
)


def incidents(**columns: list[str]) -> pd.DataFrame:
    """Incidents as read from a spreadsheet: row 2 is good, and further rows repeat it in the following quarters."""
    rows = len(next(iter(columns.values()), ["one"]))
    good = {
        "Periode": [f"202{number // 4}K{number % 4 + 1}" for number in range(rows)],
        "Område": ["gladsaxe"] * rows,
        "Kategori": ["TOT"] * rows,
        "Antal": ["541"] * rows,
        "Oprindelse": ["officiel"] * rows,
        "Kilde-id": ["dst"] * rows,
    }
    return pd.DataFrame(good | columns, index=range(2, rows + 2), dtype="str")


def survey(**cells: str) -> pd.DataFrame:
    """One row of survey figures."""
    good = {
        "wave": "2025", "area_id": "gladsaxe", "indicator": "tryg_i_nabolag", "series": "jm",
        "share": "0,793", "n": "290",
        "n_eff": "", "deff": "1,5", "half_width": "", "rounded": "0", "provenance": "example",
        "source_id": "eksempeldata", "note": "",
    }  # fmt: skip
    return pd.DataFrame(good | cells, index=[2], dtype="str")


def criterion(**cells: str) -> pd.DataFrame:
    """One criterion about a share."""
    good = {
        "criterion_id": "k1", "version": "1", "initiative_id": "din-betjent", "measure": "survey",
        "indicator": "tryg_i_nabolag", "area_ids": "hoeje-gladsaxe", "baseline_period": "2021", "target": "0,85",
        "direction": "1", "deadline": "2027", "margin": "0,02", "purpose_id": "tryghed", "author": "Sekretariatet",
        "adopted": "2022-01-31", "reason": "", "provenance": "example", "source_id": "eksempeldata",
    }  # fmt: skip
    return pd.DataFrame(good | cells, index=[2], dtype="str")


def checked(frame: pd.DataFrame, kind: str = "incidents") -> pd.DataFrame:
    return check(frame, kind, KNOWN, "tal.csv", "Ark1", TODAY)


def problems(frame: pd.DataFrame, kind: str = "incidents") -> tuple[Problem, ...]:
    with pytest.raises(ContractError) as refused:
        checked(frame, kind)
    return refused.value.problems


def only(frame: pd.DataFrame, kind: str = "incidents") -> Problem:
    (problem,) = problems(frame, kind)
    return problem


# What is accepted --------------------------------------------------------------------------------------------


def test_a_good_table_comes_back_typed_with_the_contract_s_columns_in_order() -> None:
    frame = checked(incidents()[["Antal", "Periode", "Område", "Kategori", "Oprindelse", "Kilde-id"]])
    assert frame.to_dict("list") == {
        "period": ["2020K1"],
        "area_id": ["gladsaxe"],
        "category": ["TOT"],
        "count": [541],
        "provenance": ["official"],
        "source_id": ["dst"],
    }


def test_the_row_numbers_of_the_spreadsheet_are_kept() -> None:
    assert checked(incidents(Antal=["1", "2"])).index.tolist() == [2, 3]


def test_a_heading_of_an_earlier_template_is_still_read() -> None:
    assert headings_of(pd.DataFrame(columns=["Nået"]), "dialogues") == {"reach": ["Nået"]}
    assert headings_of(pd.DataFrame(columns=["Deltagere"]), "dialogues") == {"reach": ["Deltagere"]}


def test_headings_may_be_ids_or_danish_in_any_case_with_blanks_around() -> None:
    frame = incidents().rename(
        columns={"Periode": " PERIODE ", "Område": "Area_ID", "Antal": "count", "Kilde-id": "KILDE ID"}
    )
    assert checked(frame)["count"].tolist() == [541]


@pytest.mark.parametrize("spelling", ["gladsaxe", "Gladsaxe", "GLADSAXE ", "159", "0159"])
def test_an_area_may_be_given_as_id_name_or_code(spelling: str) -> None:
    assert checked(incidents(Område=[spelling]))["area_id"].tolist() == ["gladsaxe"]


def test_a_name_that_two_areas_share_stands_for_neither() -> None:
    areas = pd.DataFrame({"area_id": ["a", "b"], "name": ["Parken", "Parken"]})
    assert area_spellings(areas) == {"a": "a", "b": "b"}


def test_an_area_that_is_loaded_twice_keeps_its_spellings() -> None:
    assert area_spellings(pd.concat([AREAS, AREAS]))["0159"] == "gladsaxe"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2025K4", "2025K4"),
        ("2025k4", "2025K4"),
        ("2025Q4", "2025K4"),
        ("K4 2025", "2025K4"),
        ("4. kvartal 2025", "2025K4"),
    ],
)
def test_a_quarter_may_be_written_in_several_ways(text: str, period: str) -> None:
    assert checked(incidents(Periode=[text]))["period"].tolist() == [period]


@pytest.mark.parametrize(
    ("text", "wave"),
    [
        ("2025", "2025"),
        ("1. halvår 2025", "2025H1"),
        ("april 2025", "2025M04"),
        ("15-04-2025", "2025-04-15"),
        ("2025-04-15  forår 2025", "2025-04-15 forår 2025"),
        ("forår 2025 (15-04-2025)", "2025-04-15 forår 2025"),
    ],
)
def test_a_wave_may_be_part_of_a_year_or_a_day_with_a_name(text: str, wave: str) -> None:
    assert checked(survey(wave=text), "survey")["wave"].tolist() == [wave]


@pytest.mark.parametrize("text", ["forår 2025", "2025-04-31", "2025-04-15 *fed*", "2025-04-15 =1+1", "uge 7, 2025"])
def test_a_wave_that_is_no_time_or_badly_named_is_refused(text: str) -> None:
    with pytest.raises(ContractError):
        checked(survey(wave=text), "survey")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1.234", 1234),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("12.345.678", 12345678),
        ("159.0", 159),
        ("1,234,567", 1234567),
    ],
)
def test_whole_numbers_may_have_marks_between_thousands(text: str, count: int) -> None:
    assert checked(incidents(Antal=[text]))["count"].tolist() == [count]


@pytest.mark.parametrize("text", ["0,793", "0.793", ",793", "7.93e-1"])
def test_decimals_may_have_a_comma_or_a_point(text: str) -> None:
    assert checked(survey(share=text), "survey")["share"].tolist() == [0.793]


@pytest.mark.parametrize(("text", "value"), [("1.234,5", 1234.5), ("1,234.5", 1234.5), ("1 234,5", 1234.5)])
def test_a_number_with_both_marks_is_read_by_the_last_of_them(text: str, value: float) -> None:
    assert checked(survey(n="2000", n_eff=text), "survey")["n_eff"].tolist() == [value]


def test_a_point_before_three_digits_is_a_decimal_point_where_thousands_are_impossible() -> None:
    assert checked(survey(deff="1.234"), "survey")["deff"].tolist() == [1.234]


@pytest.mark.parametrize("text", ["2022-01-31", "31-01-2022", "31.1.2022", "2022-01-31 00:00:00"])
def test_dates_may_be_iso_or_danish(text: str) -> None:
    assert checked(criterion(adopted=text), "criteria")["adopted"].tolist() == [pd.Timestamp("2022-01-31")]


@pytest.mark.parametrize("text", ["", "  ", ".."])
def test_an_empty_count_and_statistics_denmark_s_two_points_mean_not_reported(text: str) -> None:
    assert checked(incidents(Antal=[text]))["count"].isna().tolist() == [True]


def test_zero_is_a_figure() -> None:
    assert checked(incidents(Antal=["0"]))["count"].tolist() == [0]


def test_lists_are_tidied_and_their_words_resolved() -> None:
    frame = checked(criterion(area_ids=" Høje Gladsaxe ; 0163;herlev;"), "criteria")
    assert frame["area_ids"].tolist() == ["hoeje-gladsaxe;herlev"]


def test_an_optional_column_may_be_absent_and_is_then_empty() -> None:
    frame = checked(survey().drop(columns=["n_eff", "note"]), "survey")
    assert (frame["n_eff"].isna().all(), frame["note"].tolist()) == (True, [""])


def test_columns_the_contract_does_not_know_are_left_out_and_named() -> None:
    frame = checked(incidents().assign(Kommentar="ny", Rettet="nej"))
    assert frame.attrs["ignored_columns"] == ("Kommentar", "Rettet")


@pytest.mark.parametrize("kind", ["survey", "criteria"])
def test_a_checked_table_passes_again_unchanged(kind: str) -> None:
    once = checked(survey() if kind == "survey" else criterion(), kind)
    pd.testing.assert_frame_equal(checked(once, kind), once)


def test_typed_numbers_are_taken_as_they_are() -> None:
    frame = survey().assign(share=0.793, n=1234, deff=1.234, wave=2025)
    typed = checked(frame, "survey")
    assert typed[["share", "n", "deff", "wave"]].to_numpy().tolist() == [[0.793, 1234, 1.234, "2025"]]


def test_years_that_became_decimals_beside_a_gap_are_years_again() -> None:
    frame = pd.concat([criterion(), criterion(criterion_id="k2", measure="activity", indicator="tur", margin="")])
    frame = frame.set_axis([2, 3]).assign(baseline_period=[2021.0, float("nan")])
    assert checked(frame, "criteria")["baseline_period"].tolist() == ["2021", ""]


def test_a_table_that_counts_from_nought_has_its_first_row_in_row_2() -> None:
    assert only(incidents(Antal=["-1"]).reset_index(drop=True)).row == 2


def test_without_known_words_none_are_checked() -> None:
    assert check(incidents(Område=["ukendt"]), "incidents", today=TODAY)["area_id"].tolist() == ["ukendt"]


# What is refused ---------------------------------------------------------------------------------------------


def test_a_problem_names_file_sheet_row_column_value_and_remedy_in_one_text() -> None:
    assert only(incidents(Antal=["12", "abc"])).sentence == (
        "Filen »tal.csv«, ark »Ark1«, række 3, kolonne »Antal«: der skal stå et helt tal (der står »abc«). "
        "Skriv kun tallet med cifre, fx 541, eller lad cellen være tom (ikke indberettet)."
    )


def test_all_problems_come_at_once_from_the_top_down() -> None:
    frame = incidents(Antal=["-1", "abc", "5"], Kategori=["TOT", "TOT", "99"])
    assert [(problem.row, problem.column) for problem in problems(frame)] == [
        (2, "Antal"), (3, "Antal"), (4, "Kategori"),
    ]  # fmt: skip


def test_the_text_of_the_error_is_all_the_sentences() -> None:
    with pytest.raises(ContractError) as refused:
        checked(incidents(Antal=["-1", "abc"]))
    assert str(refused.value) == "\n".join(problem.sentence for problem in refused.value.problems)


def test_a_missing_column_is_named_with_its_headings_the_file_s_columns_and_the_near_miss() -> None:
    problem = only(incidents().rename(columns={"Kategori": "Katagori"}))
    assert (problem.column, problem.message, problem.remedy) == (
        "Kategori",
        "kolonnen mangler",
        "Tilføj en kolonne med overskriften »Kategori« eller »category«; skal »Katagori« omdøbes? "
        "Filen har kolonnerne »Periode«, »Område«, »Katagori«, »Antal«, »Oprindelse« og »Kilde-id«",
    )


def test_a_missing_column_does_not_hide_other_problems() -> None:
    frame = incidents(Antal=["-1"]).drop(columns="Kategori")
    assert [problem.message for problem in problems(frame)] == ["kolonnen mangler", "tallet er negativt"]


def test_a_column_given_twice_is_refused() -> None:
    assert only(incidents().assign(count="541")).message == "kolonnen findes allerede som »Antal«"


def test_a_duplicate_key_names_both_rows() -> None:
    frame = incidents(Periode=["2020K1", "2020K2", "2020Q1"], Område=["gladsaxe", "gladsaxe", "0159"])
    problem = only(frame)
    assert (problem.row, problem.message) == (
        4, "rækken har samme »Periode«, »Område« og »Kategori« som række 2",
    )  # fmt: skip


def test_rows_whose_key_cannot_be_read_are_not_called_duplicates() -> None:
    found = problems(incidents(Periode=["engang", "engang"]))
    assert {problem.message for problem in found} == {"perioden kan ikke læses"}


def test_an_unknown_area_is_refused_with_the_nearest_one() -> None:
    problem = only(incidents(Område=["Gladsakse"]))
    assert (problem.message, problem.remedy) == (
        "området kendes ikke",
        "Mente du »gladsaxe«? Ellers skal det først stå i tabellen over områder",
    )


def test_an_unknown_category_is_refused_with_the_known_ones() -> None:
    problem = only(incidents(Kategori=["röveri"]))
    assert (problem.message, problem.remedy) == ("kategorien kendes ikke", "Skriv 12, 1320 eller TOT")


def test_an_unknown_indicator_is_refused_with_the_nearest_one() -> None:
    assert "Mente du »tryg_i_nabolag«?" in only(survey(indicator="tryg_i_nabolaget"), "survey").remedy


def test_an_unknown_word_in_a_list_is_refused() -> None:
    problem = only(criterion(area_ids="herlev;herlef"), "criteria")
    assert (problem.column, problem.message) == ("area_ids", "området kendes ikke")


@pytest.mark.parametrize("text", ["83 %", "83%", "83 pct."])
def test_a_share_with_a_percent_sign_is_refused_with_the_share_to_write(text: str) -> None:
    problem = only(survey(share=text), "survey")
    assert (problem.message, problem.remedy) == (
        "andelen er skrevet i procent",
        "Skriv andelen som et tal mellem 0 og 1, fx 0,83 i stedet for 83",
    )


@pytest.mark.parametrize(("text", "remedy"), [("83", "0,83"), ("79,3", "0,793"), ("79.3", "0,793")])
def test_a_share_given_in_percent_is_refused_with_the_remedy(text: str, remedy: str) -> None:
    problem = only(survey(share=text), "survey")
    assert (problem.message, f"fx {remedy} i stedet for" in problem.remedy) == ("andelen er over 1", True)


def test_a_negative_count_is_refused() -> None:
    problem = only(incidents(Antal=["-3"]))
    assert (problem.value, problem.message, problem.remedy) == (
        "-3", "tallet er negativt", "Skriv et tal på mindst 0",
    )  # fmt: skip


def test_a_whole_number_with_a_comma_before_three_digits_is_refused_as_ambiguous() -> None:
    problem = only(incidents(Antal=["1,234"]))
    assert problem.message.startswith("tallet er tvetydigt: kommaet")


def test_a_decimal_with_a_point_before_three_digits_is_refused_where_both_readings_are_possible() -> None:
    problem = only(survey(n="2000", deff="", n_eff="1.234"), "survey")
    assert (problem.message.split(":")[0], problem.remedy) == ("tallet er tvetydigt", "Skriv 1234 eller 1,234")


@pytest.mark.parametrize("text", ["12,5", "12.5", "1e3"])
def test_decimals_in_a_count_are_refused(text: str) -> None:
    assert only(incidents(Antal=[text])).message == "der skal stå et helt tal"


@pytest.mark.parametrize("text", ["abc", "12 stk.", "nan", "inf", "1.23.4", "12-13", "9" * 16, "5 %"])
def test_text_in_a_number_is_refused(text: str) -> None:
    assert only(incidents(Antal=[text])).message == "der skal stå et helt tal"


def test_a_typed_count_with_decimals_is_refused() -> None:
    assert only(incidents().assign(Antal=1.5)).message == "der skal stå et helt tal"


def test_a_number_beyond_all_reason_is_refused() -> None:
    assert only(incidents(Antal=["999999999999999"])).message == "tallet er for stort"


def test_the_quarter_that_has_begun_is_accepted_and_the_next_is_refused() -> None:
    assert only(incidents(Periode=["2026K1", "2026K2"])).row == 3


def test_a_future_wave_is_refused() -> None:
    assert only(survey(wave="2027"), "survey").message == "perioden ligger i fremtiden"


def test_a_deadline_may_lie_in_the_future() -> None:
    assert checked(criterion(deadline="2029"), "criteria")["deadline"].tolist() == ["2029"]


@pytest.mark.parametrize("text", ["2025K5", "2025-13", "K5 2025", "engang", "1825K1", "20254"])
def test_an_impossible_period_is_refused_with_examples(text: str) -> None:
    problem = only(incidents(Periode=[text]))
    assert (problem.message, problem.remedy) == (
        "perioden kan ikke læses",
        "Skriv et årstal, fx 2025, et halvår, fx 2025H1, et tertial (fire måneder), fx 2025T1, et kvartal, fx 2025K4 "
        "eller en måned, fx 2025M03",
    )


@pytest.mark.parametrize("text", ["31/1-2022", "01/02/2022", "2022", "i går", "2022-01-31 12:30:00"])
def test_a_date_that_could_be_misread_is_refused(text: str) -> None:
    assert only(criterion(adopted=text), "criteria").message == "datoen kan ikke læses"


@pytest.mark.parametrize("text", ["30-02-2022", "2022-13-01"])
def test_a_date_that_does_not_exist_is_refused(text: str) -> None:
    assert only(criterion(adopted=text), "criteria").message == "datoen findes ikke i kalenderen"


def test_a_word_outside_the_choices_is_refused_with_them() -> None:
    problem = only(incidents(Oprindelse=["officiell"]))
    assert problem.remedy == "Mente du »officiel«? Skriv officiel eller eksempel"


def test_an_empty_required_cell_is_refused() -> None:
    assert only(incidents(**{"Kilde-id": [" "]})).message == "cellen er tom"


def test_a_table_without_rows_is_refused() -> None:
    assert only(incidents().iloc[:0]).message == "tabellen har ingen rækker"


def test_more_effective_answers_than_answers_are_refused() -> None:
    problem = only(survey(n="290", n_eff="291"), "survey")
    assert problem.message == "det effektive antal svar er større end antallet af svar"


@pytest.mark.parametrize("cells", [{"n_eff": "0"}, {"deff": "", "half_width": "0"}], ids=["n_eff", "half_width"])
def test_a_share_that_would_rest_on_nothing_or_be_certain_is_refused(cells: dict[str, str]) -> None:
    problem = only(survey(**cells), "survey")
    assert (problem.column, problem.value) == (list(cells)[-1], "0")
    assert "lad cellen være tom" in problem.remedy


def test_an_end_before_the_start_is_refused() -> None:
    example = {column.name: [column.example] for column in CONTRACTS["initiatives"].columns}
    frame = pd.DataFrame(example | {"start": ["2025-02-01"], "end": ["2025-01-31"]}, index=[2])
    with pytest.raises(ContractError, match="slutdatoen ligger før startdatoen"):
        check(frame, "initiatives", today=TODAY)


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"target": "85"}, "target", "målet for en måling skal være en andel mellem 0 og 1"),
        ({"baseline_period": ""}, "baseline_period", "kriteriet mangler et udgangspunkt"),
        ({"deadline": "2021"}, "deadline", "fristen ligger ikke efter udgangspunktet"),
        ({"indicator": "TOT"}, "indicator", "indikatoren kendes ikke"),
        ({"measure": "incidents", "direction": "-1", "margin": ""}, "indicator", "kategorien kendes ikke"),
        (
            {"measure": "incidents", "indicator": "TOT", "target": "400", "direction": "-1"},
            "margin",
            "kun kriterier, der måles med en måling, har en margen",
        ),
        (
            {"measure": "incidents", "indicator": "TOT", "target": "400", "margin": ""},
            "direction",
            "færre anmeldelser er bedre, så et mål for dem kan ikke have retningen 1",
        ),
        ({"direction": "0"}, "direction", "ordet er ikke et af de tilladte"),
    ],
)
def test_a_criterion_that_could_never_be_judged_is_refused(cells: dict[str, str], column: str, message: str) -> None:
    problem = only(criterion(**cells), "criteria")
    assert (problem.column, problem.message) == (column, message)


def test_an_area_may_lie_in_one_that_the_same_file_brings_and_in_no_other() -> None:
    columns = [column.name for column in CONTRACTS["areas"].columns if column not in LIFE]
    rows = [
        ["ballerup", "0151", "Ballerup", "kommune", "", "", "", "", "officiel", "officiel", "dst"],
        ["grantoften", "", "Grantoften", "boligområde", "151", "", "", "", "anslået", "officiel", "dst"],
        ["x", "", "X", "boligområde", "ukendt", "", "", "", "anslået", "officiel", "dst"],
    ]
    frame = pd.DataFrame(rows, columns=columns, index=[2, 3, 4], dtype="str")
    assert (checked(frame.iloc[:2], "areas")["parent_id"].tolist(), only(frame, "areas").row) == (["", "ballerup"], 4)


def test_codes_get_their_three_digits() -> None:
    example = {column.name: [column.example] for column in CONTRACTS["areas"].columns}
    frames = [pd.DataFrame(example | {"code": [code]}, index=[2], dtype="str") for code in ("0159", "159", "0")]
    assert [check(frame, "areas", today=TODAY)["code"].item() for frame in frames] == ["159", "159", "000"]


def test_a_fault_in_a_whole_column_is_listed_a_thousand_times_and_then_counted() -> None:
    many = pd.concat([incidents()] * 1200, ignore_index=True).set_axis(range(2, 1202))
    many["Periode"] = [f"{1900 + number // 4}K{number % 4 + 1}" for number in range(800)] + ["2020K1"] * 400
    many["Antal"] = "-1"
    found = [problem for problem in problems(many) if problem.column == "Antal"]
    assert (len(found), found[0].message) == (1001, "200 andre celler har samme fejl: tallet er negativt")


# Finding and explaining contracts ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(CONTRACTS))
def test_a_table_is_recognised_by_its_headings_even_when_one_is_missing(kind: str) -> None:
    headings = [column.heading for column in CONTRACTS[kind].columns]
    found = {
        recognise(pd.DataFrame(columns=[word for word in headings if word != left_out])) for left_out in (*headings, "")
    }
    assert found == {kind}


def test_an_unknown_table_is_not_recognised() -> None:
    assert recognise(pd.DataFrame(columns=["Dato", "Temperatur", "Antal"])) is None


@pytest.mark.parametrize("kind", list(CONTRACTS))
def test_the_guide_explains_every_column_in_words(kind: str) -> None:
    rows = guide(kind)
    named = [row["Kan også hedde"] for row in rows]
    assert named == [column.name for column in CONTRACTS[kind].columns]
    assert all(
        row["Betydning"] and row["Indhold"] and (row["Skal udfyldes"] == "ja") != bool(row["Tom celle betyder"])
        for row in rows
    )


@pytest.mark.parametrize("kind", list(CONTRACTS))
def test_the_examples_of_a_contract_keep_it(kind: str) -> None:
    frame = pd.DataFrame({column.heading: [column.example] for column in CONTRACTS[kind].columns}, dtype="str")
    assert len(check(frame, kind, today=dt.date(2026, 12, 31))) == 1


@pytest.mark.parametrize("kind", list(CONTRACTS))
def test_every_row_of_every_contract_says_whether_it_is_real_and_where_it_is_from(kind: str) -> None:
    required = {column.name for column in CONTRACTS[kind].columns if column.empty_means is None}
    assert required >= {"provenance", "source_id"}


def test_the_schema_is_the_same_contract_for_typed_tables() -> None:
    frame = checked(incidents())
    asked = schema(CONTRACTS["incidents"], Known(), None, frame.columns)
    assert asked.validate(frame) is not None
    with pytest.raises(pa.errors.SchemaError):
        asked.validate(frame.assign(count=pd.array([-1], dtype="Int64")))


def test_signs_that_cannot_be_seen_are_refused() -> None:
    frame = pd.DataFrame({"Kilde-id": ["a"], "Titel": ["Pæn\x00 titel"]}, dtype="str")
    with pytest.raises(ContractError, match="tegn, der ikke kan vises"):
        check(frame, "sources")


# Names of the settings ----------------------------------------------------------------------------------------


def meeting(**cells: str) -> pd.DataFrame:
    good = {
        "meeting_id": "m1", "date": "2026-03-04", "forum": "styregruppe", "area_id": "", "chair_id": "herlev",
        "title": "Møde", "agenda": "", "status": "afholdt", "provenance": "example", "source_id": "dst",
    }  # fmt: skip
    return pd.DataFrame(good | cells, index=[2], dtype="str")


@pytest.mark.parametrize(
    ("cells", "message", "remedy"),
    [
        ({"forum": "lokalraad"}, "forummet kendes ikke", "Skriv borgerraad eller styregruppe"),
        (
            {"forum": "borgerraad"}, "et forum for én kommune skal have sin kommune, og det fælles har ingen",
            "Skriv kommunen for borgerraad, eller lad cellen være tom for styregruppe",
        ),
        (
            {"area_id": "herlev"}, "et forum for én kommune skal have sin kommune, og det fælles har ingen",
            "Skriv kommunen for borgerraad, eller lad cellen være tom for styregruppe",
        ),
    ],
)  # fmt: skip
def test_meetings_are_of_the_forums_of_the_settings(cells: dict[str, str], message: str, remedy: str) -> None:
    known = replace(KNOWN, forums={"styregruppe": False, "borgerraad": True})
    assert len(check(meeting(), "meetings", known=known, today=TODAY)) == 1
    with pytest.raises(ContractError) as refused:
        check(meeting(**cells), "meetings", known=known, today=TODAY)
    assert [(each.message, each.remedy) for each in refused.value.problems] == [(message, remedy)]


def test_an_initiative_belongs_to_a_focus_area_of_the_settings() -> None:
    example = {column.name: [column.example] for column in CONTRACTS["initiatives"].columns}
    known = Known(focus_areas=frozenset({"1", "7"}))
    for number, fits in (("7", True), ("2", False)):
        frame = pd.DataFrame(example | {"focus_area": [number]}, index=[2], dtype="str")
        if fits:
            assert check(frame, "initiatives", known=known, today=TODAY)["focus_area"].item() == 7
            continue
        with pytest.raises(ContractError) as refused:
            check(frame, "initiatives", known=known, today=TODAY)
        assert [(each.message, each.remedy) for each in refused.value.problems] == [
            ("indsatsområdet kendes ikke", "Skriv 1 eller 7")
        ]
