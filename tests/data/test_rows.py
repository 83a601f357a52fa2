"""Rows made ready for screen and paper: which ones, in which order."""

import pytest

from components.session import Screen
from data import danish
from data.partnership import Partnership
from data.release import Release
from data.views.nearest import nearest
from data.views.rows import incident_rows, survey_rows
from data.views.view import View


@pytest.fixture
def context(shipped: Release, partnership: Partnership) -> Screen:
    view, _ = nearest(View(), shipped, partnership)
    return Screen(view, shipped, partnership, ())


def test_areas_stand_in_danish_order_and_their_waves_by_time(context: Screen) -> None:
    rows = survey_rows(context, level="municipality")
    order = list(zip(map(danish.sort_key, rows["name"]), rows["wave"], strict=True))
    assert order == sorted(order)
    assert list(rows["name"].unique())[-1] == "Vallensbæk"
    assert list(rows.index) == list(range(len(rows)))


def test_rows_of_some_areas_are_theirs_alone_in_whatever_order_they_are_asked_for(context: Screen) -> None:
    asked = survey_rows(context, areas=("herlev", "ballerup", "herlev"), wave="2019")
    assert list(asked["area_id"]) == ["ballerup", "herlev"]


def test_an_area_without_figures_gives_no_rows_with_their_columns(context: Screen) -> None:
    rows = survey_rows(context, areas=("ukendt",))
    assert rows.empty
    assert {"name", "hover", "level_sentence", "label"} <= set(rows.columns)


def test_quarters_and_years_are_never_mixed(context: Screen) -> None:
    quarters = incident_rows(context, areas=("herlev",))
    years = incident_rows(context, areas=("herlev",), years=True)
    assert set(quarters["period"].str.len()) == {6}
    assert set(years["period"].str.len()) == {4}


def test_no_areas_have_no_incidents(context: Screen) -> None:
    assert incident_rows(context, areas=()).empty


def test_a_period_asked_for_is_the_only_one(context: Screen) -> None:
    assert set(incident_rows(context, areas=("herlev", "gladsaxe"), period="2025K3")["period"]) == {"2025K3"}
