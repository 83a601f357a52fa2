"""One bad thing, one line: the same fault in many rows is told once, with a count and the first of them."""

from data.contracts.problems import AlikeProblems, ContractError, Problem, alike


def unknown(row: int, value: str = "grantofte", column: str = "Område") -> Problem:
    return Problem("tal.csv", "", row, column, value, "området kendes ikke", "Ret stavemåden")


def test_a_fault_alone_is_told_as_it_is() -> None:
    problem = unknown(2)
    assert str(ContractError([problem])) == problem.sentence


def test_the_same_fault_in_many_rows_is_one_sentence_with_the_first_rows_and_a_count() -> None:
    said = str(ContractError(unknown(row) for row in range(2, 228)))
    assert said == (
        "Filen »tal.csv«, kolonne »Område«, række 2, 3, 4 og 223 til: området kendes ikke (der står »grantofte«). "
        "Ret stavemåden."
    )


def test_different_values_of_one_fault_are_named_as_far_as_the_first_three() -> None:
    (told,) = alike(unknown(row, value) for row, value in enumerate("abcde", start=2))
    assert told.values_said == ("a", "b", "c")
    assert "(der står »a«, »b«, »c« …)" in told.sentence


def test_faults_of_two_columns_are_two_lines() -> None:
    assert len(str(ContractError([unknown(2), unknown(3), unknown(2, column="Kommune")])).splitlines()) == 2


def test_four_rows_are_all_named() -> None:
    assert AlikeProblems(unknown(2), (2, 3, 4, 5), ()).rows_said == "2, 3, 4 og 5"


def test_every_problem_is_kept_for_those_who_mark_the_cells() -> None:
    assert len(ContractError(unknown(row) for row in range(2, 228)).problems) == 226
