"""The figures an area sheet is drawn from, on the shipped data."""

import pandas as pd
import pytest

from components.area.figures import AreaFigures, area_figures
from components.session import Screen
from data.partnership import Partnership
from data.release import Release
from data.views.nearest import nearest
from data.views.row_words import answers_word, both_words
from data.views.rows import of_areas
from data.views.view import View
from drawings.model import Line, Symbol, Text
from drawings.quadrant import quadrant


@pytest.fixture
def hoeje_gladsaxe(screen: Screen) -> AreaFigures:
    return area_figures(screen, "hoeje-gladsaxe")


def test_the_newest_wave_and_the_newest_final_quarter_speak(hoeje_gladsaxe: AreaFigures) -> None:
    newest, year, quarter = (
        hoeje_gladsaxe.newest,
        hoeje_gladsaxe.newest_year,
        hoeje_gladsaxe.newest_final_quarter,
    )
    assert newest is not None
    assert year is not None
    assert quarter is not None
    assert (newest["wave"], year["period"], quarter["period"]) == ("2025", "2025", "2025K3")
    assert (year["state"], quarter["state"]) == ("provisional", "published")


def test_a_hidden_newest_wave_leaves_the_newest_one_that_is_shown(screen: Screen) -> None:
    figures = area_figures(screen, "lille-birkholm")
    assert figures.newest is not None
    assert figures.newest_shown is not None
    assert (figures.newest["state"], figures.newest["wave"]) == ("hidden", "2025")
    assert figures.newest_shown["wave"] == "2024"
    assert figures.against is not None
    assert figures.against["wave"] == "2024"


def test_an_area_stands_among_those_most_like_it_in_one_wave(hoeje_gladsaxe: AreaFigures) -> None:
    assert set(hoeje_gladsaxe.peers["area_id"]) == {"hoeje-gladsaxe", *hoeje_gladsaxe.alike}
    assert set(hoeje_gladsaxe.peers["wave"]) == {"2025"}


def test_the_area_itself_comes_before_its_neighbours(hoeje_gladsaxe: AreaFigures) -> None:
    assert list(hoeje_gladsaxe.around["area_id"]) == ["hoeje-gladsaxe", "moerkhoej-pileparken"]


def test_a_municipality_stands_among_all_the_others_and_holds_its_areas_initiatives(screen: Screen) -> None:
    figures = area_figures(screen, "gladsaxe")
    assert len(figures.peers) == 11
    assert "tryghedsvandringer" in set(figures.initiatives["initiative_id"])
    assert "brobyggere" not in set(figures.initiatives["initiative_id"])


def test_a_level_that_nothing_is_reported_for_has_no_counts(screen: Screen) -> None:
    figures = area_figures(screen, "sub-omraader")
    assert figures.newest_year is None
    assert figures.newest_final_quarter is None
    assert figures.newest is not None


def test_an_area_that_was_never_asked_has_no_newest_wave(shipped: Release, partnership: Partnership) -> None:
    view, _ = nearest(View(indicator="tillid_til_politiet"), shipped, partnership)
    figures = area_figures(Screen(view, shipped, partnership, ()), "herlev")
    assert figures.newest is None
    assert figures.newest_shown is None
    assert figures.span == (2016, 2025)


def test_invented_residents_are_cited_as_invented(hoeje_gladsaxe: AreaFigures) -> None:
    cited = hoeje_gladsaxe.cited
    assert ("official", "boligomraader") in set(cited.itertuples(index=False, name=None))
    assert hoeje_gladsaxe.area["residents_source_id"] in set(cited["source_id"])


def test_no_rows_at_all_stay_no_rows_with_their_columns() -> None:
    empty = pd.DataFrame({"area_ids": pd.Series(dtype=object), "title": pd.Series(dtype=object)})
    assert list(of_areas(empty, ("a",)).columns) == ["area_ids", "title"]


def test_rows_are_of_an_area_by_its_whole_id() -> None:
    rows = pd.DataFrame({"area_ids": ["a;b", "ab"]})
    assert list(of_areas(rows, ("a",))["area_ids"]) == ["a;b"]


def test_an_assumed_design_effect_is_said_beside_the_answers() -> None:
    assert answers_word({"n": 42000.0, "n_eff_basis": "assumed"}) == "42.000 (designeffekt antaget)"
    assert answers_word({"n": 305.0, "n_eff_basis": "deff"}) == "305"


def test_the_table_of_perceived_and_recorded_has_a_line_for_every_area(hoeje_gladsaxe: AreaFigures) -> None:
    table = both_words(hoeje_gladsaxe.level_shares, hoeje_gladsaxe.level_rates).set_index("Område")
    assert len(table) == 8
    assert table.at["Høje Gladsaxe (eksempeldata)", "Pr. 1.000 indbyggere"] == "60,0"
    assert table.at["Lille Birkholm (eksempeldata)", "Andel"] == "ikke vist"


def test_without_a_reference_the_areas_are_halved_and_the_chosen_one_stands_out(hoeje_gladsaxe: AreaFigures) -> None:
    picture = quadrant(hoeje_gladsaxe.level_shares, hoeje_gladsaxe.level_rates, selected="hoeje-gladsaxe", plot=280)
    points = [mark for mark in picture.marks if isinstance(mark, Symbol)]
    middle = next(mark for mark in picture.marks if mark.name == "midte").points[0][0]
    assert sum(point.x < middle for point in points) == sum(point.x > middle for point in points)
    (largest,) = [point for point in points if point.size == max(each.size for each in points)]
    assert [stop.area for stop in picture.stops if (stop.x, stop.y) == (largest.x, largest.y)] == ["hoeje-gladsaxe"]
    bold = [mark.lines for mark in picture.marks if isinstance(mark, Text) and mark.name == "navn" and mark.bold]
    assert bold == [("Høje Gladsaxe",)]
    crosses = [mark for mark in picture.marks if isinstance(mark, Line) and mark.name.startswith("interval, ")]
    assert [each.name for each in crosses] == ["interval, share", "interval, rate"]
    assert "Streger: 95 pct.-intervaller for Høje Gladsaxe" in picture.caption
