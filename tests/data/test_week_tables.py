"""Tables of weekdays and times of day as the police make them: read with years on top, or told how they have to lie."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from data.contracts.problems import ContractError
from data.intake.examination import Shapes, examine_files
from data.intake.week_hours import band, weekday
from data.intake.wide import Answer
from data.partnership import our_partnership
from data.store import Store
from tests.data.test_wrong_in_silence import refusal
from tests.data.test_wrong_in_silence import shipped as shipped

Cell = str | int
DAYS = ("Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag", "Lørdag", "Søndag")
BANDS = ("00-04", "04-08", "08-12", "12-16", "16-20", "20-24")
FRIDAY_NIGHT = ("Fredag", "20-24")


def count(day: str, time: str, year: int) -> int:
    return 40 if (day, time) == FRIDAY_NIGHT else year - 2020


def sheet(tmp_path: Path, *rows: list[Cell]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "uge.xlsx")
    return tmp_path / "uge.xlsx"


def with_years(tmp_path: Path) -> Path:
    rows: list[list[Cell]] = [
        ["Herlev", "TOT", day, time, count(day, time, 2024), count(day, time, 2025)] for day in DAYS for time in BANDS
    ]
    return sheet(tmp_path, ["Område", "Kategori", "Ugedag", "Tidsrum", 2024, 2025], *rows)


def read(store: Store, path: Path) -> tuple[dict[tuple[str, int, int], int], str]:
    """What was counted in each year, weekday and band once it is confirmed, and what is said of the file."""
    answer = Answer("hours", {"category": "TOT", "source_id": "eksempeldata"})
    shapes = Shapes(wide={(path.name, "Sheet"): answer})
    examined = examine_files([path], store, our_partnership(), shapes)
    rows = [row for table in examined.incoming for row in table.frame.itertuples()]
    assert {(row.area_id, row.category, row.source_id) for row in rows} == {("herlev", "TOT", "eksempeldata")}
    return {(row.year, row.weekday, row.band): row.count for row in rows}, " ".join(examined.remarks)


def test_a_table_with_years_on_top_is_asked_about(shipped: Store, tmp_path: Path) -> None:
    said = refusal(shipped, with_years(tmp_path))
    assert "tabellen har år på tværs. Bekræft kilde, og at tabellen skal vendes" in said
    assert "--wide hours --source" in said


def test_it_is_read_once_that_is_confirmed(shipped: Store, tmp_path: Path) -> None:
    figures, _ = read(shipped, with_years(tmp_path))
    assert len(figures) == 2 * 7 * 6
    assert (figures["2025", 1, 0], figures["2024", 7, 5], figures["2025", 5, 5]) == (5, 4, 40)


def test_a_pivot_table_with_totals_is_read_without_them(shipped: Store, tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["Antal af Journalnr", "", "", "Kolonnenavne"]]
    rows.append(["Område", "Ugedag", "Tidsrum", 2024, 2025, "Hovedtotal"])
    for day in DAYS:
        for time in BANDS:
            labels = ["Herlev" if (day, time) == (DAYS[0], BANDS[0]) else "", day if time == BANDS[0] else "", time]
            rows.append([*labels, count(day, time, 2024), count(day, time, 2025), 99])
        rows.append(["", f"{day} Total", "", 999, 999, 1998])
    rows.append(["Hovedtotal", "", "", 9999, 9999, 19998])
    figures, said = read(shipped, sheet(tmp_path, *rows))
    assert len(figures) == 2 * 7 * 6
    assert figures["2025", 5, 5] == 40
    assert max(figures.values()) == 40
    assert "7 rækker med »Mandag Total«, »Tirsdag Total« og »Onsdag Total« er læst som summer" in said


@pytest.mark.parametrize("heading", ["Time", "Tidsrum", "Klokkeslæt"])
def test_single_hours_are_added_up_four_by_four(shipped: Store, tmp_path: Path, heading: str) -> None:
    rows: list[list[Cell]] = [["Herlev", "TOT", day, hour, 1, hour] for day in DAYS for hour in range(24)]
    path = sheet(tmp_path, ["Område", "Kategori", "Ugedag", heading, 2024, 2025], *rows)
    figures, said = read(shipped, path)
    assert [figures["2024", 1, each] for each in range(6)] == [4] * 6
    assert [figures["2025", 7, each] for each in range(6)] == [6, 22, 38, 54, 70, 86]
    assert "timerne er lagt sammen til tidsrum på fire timer" in said


def test_an_hour_that_is_hidden_or_stands_twice_is_not_added_up(shipped: Store, tmp_path: Path) -> None:
    heads: list[Cell] = ["År", "Område", "Kategori", "Ugedag", "Tidsrum", "Antal", "Oprindelse", "Kilde-id"]

    def of(hour: int, figure: Cell) -> list[Cell]:
        return [2025, "Herlev", "TOT", "Mandag", hour, figure, "eksempel", "eksempeldata"]

    assert "tallet er skjult i filen" in refusal(shipped, sheet(tmp_path, heads, of(7, "<5"), of(8, 5)))
    assert "Tidsrum" in refusal(shipped, sheet(tmp_path, heads, of(8, 5), of(8, 6)))


@pytest.mark.parametrize("over", ["weekday", "band"])
def test_weekdays_or_times_may_stand_on_top_instead(shipped: Store, tmp_path: Path, over: str) -> None:
    top, side, heading = (DAYS, BANDS, "Tidsrum") if over == "weekday" else (BANDS, DAYS, "Ugedag")
    rows: list[list[Cell]] = [
        ["Herlev", 2025, each, *(count(*((on, each) if over == "weekday" else (each, on)), 2025) for on in top)]
        for each in side
    ]
    figures, _ = read(shipped, sheet(tmp_path, ["Område", "År", heading, *top], *rows))
    assert len(figures) == 7 * 6
    assert {place for place, figure in figures.items() if figure == 40} == {("2025", 5, 5)}


@pytest.mark.parametrize(
    ("rows", "lacks"),
    [
        ([["Ugedag", *BANDS], *([day, 3, 3, 3, 3, 3, 3] for day in DAYS)], "siger ikke område og år"),
        ([["Område", "Ugedag", 2024, 2025], *(["Herlev", day, 3, 4] for day in DAYS)], "siger ikke tidsrum"),
        ([["Ugedag", "Tidsrum", 2024, 2025], *([day, time, 3, 4] for day in DAYS for time in BANDS)],
         "siger ikke område."),
        ([["Område", "Tidsrum", *(f"2024 {day}" for day in DAYS)], *(["Herlev", time, *[3] * 7] for time in BANDS)],
         "har dem ikke, som de kan læses"),
    ],
    ids=["a matrix of one place", "weekdays only", "no area", "years and weekdays on top"],
)  # fmt: skip
def test_a_table_that_cannot_be_read_is_told_how_it_has_to_lie(
    shipped: Store, tmp_path: Path, rows: list[list[Cell]], lacks: str
) -> None:
    said = refusal(shipped, sheet(tmp_path, *rows))
    assert f"tabellen tæller op på ugedage eller tidsrum, men {lacks}" in said
    assert "med kolonnerne »Område«, »Ugedag« og »Tidsrum« og årene på tværs" in said


def test_a_word_that_is_no_weekday_is_refused_where_it_stands(shipped: Store, tmp_path: Path) -> None:
    path = sheet(
        tmp_path, ["År", "Område", "Kategori", "Ugedag", "Tidsrum", "Antal", "Oprindelse", "Kilde-id"],
        [2025, "Herlev", "TOT", "Mandag", "00-04", 3, "eksempel", "eksempeldata"],
        [2025, "Herlev", "TOT", "Helligdag", "00-04", 3, "eksempel", "eksempeldata"],
    )  # fmt: skip
    with pytest.raises(ContractError) as refused:
        examine_files([path], shipped, our_partnership())
    assert (refused.value.problems[-1].row, refused.value.problems[-1].value) == (3, "Helligdag")


@pytest.mark.parametrize("word", ["Mandag", "mandag", "man.", "Man", "1. mandag", "1"])
def test_a_weekday_is_read_as_people_write_it(word: str) -> None:
    assert weekday(word) == "1"


@pytest.mark.parametrize(
    "word", ["4-8", "04–08", "kl. 4-8", "04:00-08:00", "04.00-07.59", "04-07", "kl. 4 til kl. 8", "1"]
)
def test_a_time_of_day_is_read_as_people_write_it(word: str) -> None:
    assert band(word) == "1"


@pytest.mark.parametrize("word", ["3-6", "00-06", "22-02", "morgen", "6", "04-24"])
def test_another_time_of_day_is_not_guessed_at(word: str) -> None:
    assert band(word) == ""
