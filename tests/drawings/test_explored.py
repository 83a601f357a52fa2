"""The picture one explores: the same rules as every other figure, and no text from data that Plotly would obey."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from drawings.explored import MOST_EXPLORED, NOT_SHOWN, explored
from drawings.palette import DARK, LIGHT

SHARE = {"area_id": "a", "name": "Ager", "share": 0.7, "low": 0.6, "high": 0.8, "state": "published", "quality": "B",
         "series": "1", "comparable": True, "hover": "Ager 2019: 70 pct."}  # fmt: skip


def survey(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([SHARE | {"wave": "2019"} | row for row in rows])


def quarters(*rows: dict[str, Any]) -> pd.DataFrame:
    first = {"area_id": "a", "name": "Ager", "period": "2019K1", "rate": 4.0, "low": 3.0, "high": 5.0,
             "state": "published", "hover": "Ager: 4 pr. 1.000"}  # fmt: skip
    return pd.DataFrame([first | row for row in rows])


def figure(shares: pd.DataFrame, counts: pd.DataFrame, **options: Any) -> dict[str, Any]:
    titles = ("Andel", "Pr. 1.000")
    return explored(shares, counts, **{"titles": titles, "time": (2019, 2022), "colours": LIGHT} | options).figure


def traces(made: dict[str, Any], axis: str) -> list[dict[str, Any]]:
    return [trace for trace in made["data"] if trace["yaxis"] == axis]


def test_an_area_has_one_colour_in_both_panels_and_one_name_in_the_legend() -> None:
    made = figure(survey({}, {"wave": "2021"}), quarters({}))
    assert {trace["line"]["color"] for trace in made["data"]} == {LIGHT.series[0]}
    assert [trace["showlegend"] for trace in made["data"]] == [True, False]
    assert traces(made, "y")[0]["y"] == pytest.approx([70, 70])
    assert traces(made, "y2")[0]["y"] == [4.0]


def test_a_line_ends_where_figures_may_not_be_compared_and_the_place_is_marked() -> None:
    made = figure(survey({}, {"wave": "2021", "series": "2"}), quarters({}))
    assert [trace["x"] for trace in traces(made, "y")] == [[2019.5], [2021.5]]
    assert [shape["x0"] for shape in made["layout"]["shapes"]] == [2020.5]


def test_a_very_uncertain_figure_is_hollow_and_one_of_unknown_uncertainty_a_diamond_without_an_interval() -> None:
    made = figure(survey({"quality": "C"}, {"wave": "2021", "low": None, "high": None, "quality": ""}), quarters({}))
    marker, interval = traces(made, "y")[0]["marker"], traces(made, "y")[0]["error_y"]
    assert marker["color"] == [LIGHT.paper, LIGHT.paper]
    assert marker["symbol"] == ["circle", "diamond"]
    assert interval["array"] == pytest.approx([10, 0])
    assert interval["arrayminus"] == pytest.approx([10, 0])


def test_a_hidden_count_is_a_cross_on_an_axis_of_its_own_and_no_value() -> None:
    hidden = {"period": "2019K2", "rate": None, "state": "hidden", "hover": "skjules (få hændelser)"}
    drawn = explored(survey({}), quarters({}, hidden), titles=("", ""), time=(2019, 2022), colours=LIGHT)
    (cross,) = traces(drawn.figure, "y4")
    assert cross["hovertext"] == ["skjules (få hændelser)"]
    assert traces(drawn.figure, "y2")[0]["y"] == [4.0]
    assert NOT_SHOWN in drawn.caption


def test_the_years_are_the_ends_of_the_axis() -> None:
    assert figure(survey({}), quarters({}), time=(2018, 2026))["layout"]["xaxis"]["range"] == [2018, 2026]


def test_a_sixth_area_has_the_first_colour_dashed_and_an_eleventh_no_place() -> None:
    many = [{"area_id": f"a{number}"} for number in range(MOST_EXPLORED + 1)]
    none = quarters({}).iloc[:0]
    made = figure(survey(*many[:6]), none)
    assert [trace["line"]["dash"] for trace in made["data"]] == ["solid"] * 5 + ["dash"]
    with pytest.raises(ValueError, match="11 areas"):
        figure(survey(*many), none)


def test_text_from_data_is_no_markup_of_plotlys() -> None:
    made = figure(survey({"name": "<b>Ager</b>", "hover": '<a href="http://ond">Ager</a> 70 pct.'}), quarters({}))
    trace = traces(made, "y")[0]
    assert trace["name"] == "&lt;b&gt;Ager&lt;/b&gt;"
    assert "<a" not in trace["hovertext"][0]


def test_plotly_takes_the_figure_in_light_and_dark() -> None:
    for colours in (LIGHT, DARK):
        made = go.Figure(**figure(survey({}, {"wave": "2021"}), quarters({}), colours=colours))
        assert len(made.data) == 2


def test_the_quarters_of_a_short_time_are_named() -> None:
    axis = figure(survey({}), quarters({}), time=(2024.25, 2025.5))["layout"]["xaxis"]
    assert axis["ticktext"] == ["K2<br>2024", "K3", "K4", "K1<br>2025", "K2"]
    assert axis["tickvals"] == [2024.375, 2024.625, 2024.875, 2025.125, 2025.375]
