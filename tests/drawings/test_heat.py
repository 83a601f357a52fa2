"""The picture of the week: where each figure stands, and what is not there."""

import pandas as pd

from drawings.heat import heat
from tests.drawings.looks import bars, marks, words

DAYS = ("man", "tir", "ons", "tor", "fre", "lør", "søn")
BANDS = ("0–4", "4–8", "8–12", "12–16", "16–20", "20–24")


def week() -> pd.DataFrame:
    rows = [{"weekday": day, "band": band, "count": float(10 * day + band)} for day in range(1, 8) for band in range(6)]
    return pd.DataFrame(rows).sample(frac=1, random_state=1, ignore_index=True)


def test_monday_stands_to_the_left_and_midnight_at_the_top() -> None:
    picture = heat(week(), days=DAYS, bands=BANDS)
    figures = {mark.lines[0]: (mark.x, mark.y) for mark in marks(picture, "tal")}
    assert figures["10"] < figures["75"]
    assert figures["10"][1] < figures["75"][1]
    assert (marks(picture, "dag")[0].lines, marks(picture, "tid")[0].lines) == (("man",), ("0–4",))


def test_every_figure_is_written_in_its_square() -> None:
    picture = heat(week(), days=DAYS, bands=BANDS)
    assert len(marks(picture, "tal")) == len(bars(picture, "felt")) == 42


def test_a_time_that_is_not_reported_is_an_empty_square_and_no_zero() -> None:
    rows = week()
    rows.loc[(rows["weekday"] == 2) & (rows["band"] == 3), "count"] = float("nan")
    picture = heat(rows, days=DAYS, bands=BANDS)
    assert len(bars(picture, "felt")) == 41
    assert picture.twin is not None
    assert picture.twin.rows[3][2] == "–"


def test_no_rows_give_a_sentence_instead_of_a_frame() -> None:
    assert words(heat(week().iloc[:0], days=DAYS, bands=BANDS)) == "Der er ingen tal at vise."


def test_what_a_square_says_follows_it() -> None:
    rows = week()
    texts = [f"{row.weekday}-{row.band}" for row in rows.itertuples()]
    stops = {stop.text: (stop.x, stop.y) for stop in heat(rows, days=DAYS, bands=BANDS, hover=texts).stops}
    assert stops["2-3"] == (1.5 / 7, 3.5 * 34)
