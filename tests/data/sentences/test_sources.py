"""How new a source is in words, and when its next figures are awaited."""

import datetime as dt

import pandas as pd

from data.sentences.sources import UNKNOWN, day_or, next_figures

TODAY = dt.date(2026, 3, 4)
STRAF = {"source_id": "straf11", "title": "Danmarks Statistik, STRAF11: Anmeldte forbrydelser"}


def test_the_nearest_day_is_said_with_its_source() -> None:
    sources = [
        STRAF | {"next_figures": dt.date(2026, 5, 20)},
        {"source_id": "b", "title": "Måling", "next_figures": dt.date(2026, 9, 1)},
        {"source_id": "c", "title": "Uden dag", "next_figures": pd.NaT},
    ]
    assert next_figures(sources, TODAY) == "Næste tal ventes 20. maj 2026 (Danmarks Statistik, STRAF11)"


def test_figures_that_should_have_been_here_are_said_to_be_awaited_since() -> None:
    said = next_figures([STRAF | {"next_figures": dt.date(2026, 2, 20)}], TODAY)
    assert said == "Nye tal har været ventet siden 20. februar 2026 (Danmarks Statistik, STRAF11)"


def test_where_no_source_says_nothing_is_said_also_in_an_older_release() -> None:
    assert next_figures([STRAF, STRAF | {"next_figures": None}], TODAY) == ""
    assert day_or(STRAF.get("next_figures")) == UNKNOWN
