"""The picture of the week: where each figure stands, and what is not there."""

import pandas as pd

from components.charts.heat import heat

DAYS = ("man", "tir", "ons", "tor", "fre", "lør", "søn")
BANDS = ("0–4", "4–8", "8–12", "12–16", "16–20", "20–24")


def week() -> pd.DataFrame:
    rows = [{"weekday": day, "band": band, "count": float(10 * day + band)} for day in range(1, 8) for band in range(6)]
    return pd.DataFrame(rows).sample(frac=1, random_state=1, ignore_index=True)


def test_monday_stands_to_the_left_and_midnight_at_the_top() -> None:
    figure = heat(week(), days=DAYS, bands=BANDS)
    assert figure.data[0].z[0][0] == 10
    assert figure.data[0].z[5][6] == 75
    assert figure.layout.yaxis.autorange == "reversed"
    assert (figure.layout.xaxis.ticktext[0], figure.layout.yaxis.ticktext[0]) == ("man", "0–4")


def test_every_figure_is_written_in_its_square() -> None:
    figure = heat(week(), days=DAYS, bands=BANDS)
    written = {(note.x, note.y): note.text for note in figure.layout.annotations if note.xref != "paper"}
    assert written[0, 0] == "10"
    assert written[6, 5] == "75"
    assert len(written) == 42


def test_a_time_that_is_not_reported_is_an_empty_square_and_no_zero() -> None:
    rows = week()
    rows.loc[(rows["weekday"] == 2) & (rows["band"] == 3), "count"] = float("nan")
    figure = heat(rows, days=DAYS, bands=BANDS)
    assert len([note for note in figure.layout.annotations if note.xref != "paper"]) == 41


def test_no_rows_give_a_sentence_instead_of_a_frame() -> None:
    figure = heat(week().iloc[:0], days=DAYS, bands=BANDS)
    assert figure.layout.annotations[0].text == "Der er ingen tal at vise."


def test_hover_texts_follow_their_square_and_are_made_safe() -> None:
    rows = week()
    texts = [f"<b>{row.weekday}-{row.band}" for row in rows.itertuples()]
    figure = heat(rows, days=DAYS, bands=BANDS, hover=texts)
    assert figure.data[0].text[3][1] == "&lt;b&gt;2-3"
