"""Tryghedstavlen: what each cell of the board says of the shipped release, and how it is drawn."""

import re
from dataclasses import replace

import pytest

from components.session import Screen
from data.partnership import Partnership
from data.release import Release
from data.store import open_store
from data.views.board import board, municipalities, nearest_municipality
from data.views.board_model import HIDDEN, MISSING, SHOWN, Board, BoardCell
from data.views.nearest import nearest
from data.views.view import View
from drawings.board_html import board_html, legend_html


def screen_of(release: Release, partnership: Partnership, **fields: str) -> Screen:
    view, _ = nearest(View(**fields), release, partnership)
    return Screen(view, release, partnership, ())


@pytest.fixture
def public(shipped_database: str, partnership: Partnership) -> Screen:
    store = open_store(shipped_database)
    try:
        return screen_of(store.release(audience="offentlig"), partnership)
    finally:
        store.engine.dispose()


def cell(shown: Board, area: str, column: str) -> BoardCell:
    row = next(row for row in shown.rows if row.area_id == area)
    return row.cells[[each.id for each in shown.columns].index(column)]


def test_every_housing_area_stands_on_the_board_in_danish_order(screen: Screen) -> None:
    assert [row.name for row in board(screen).rows] == [
        *("Grantoften", "Hede-Magleparken", "Hjortegården", "Højbjerg Vænge"),
        *("Høje Gladsaxe", "Lille Birkholm", "Mørkhøj/Pileparken", "Værebro Park"),
    ]


def test_the_measures_are_perceived_recorded_goals_and_what_was_done(screen: Screen) -> None:
    assert [column.kind for column in board(screen).columns] == ["share", "share", "rate", "chips", "count"]


def test_a_cell_is_the_release_s_own_figure_with_its_limits_and_its_sentence(screen: Screen) -> None:
    found = cell(board(screen), "vaerebro-park", "tryg_i_nabolag")
    assert (found.state, found.text, found.note) == (SHOWN, "82 pct.", "76–87 pct.")
    assert found.moving is not None
    assert (found.moving.kind, found.moving.points) == ("better", 1)
    assert "82 pct. føler sig trygge i Værebro Park (76–87 pct., 261 svar)." in found.says


def test_without_residents_the_board_heads_counts_as_counts(shipped: Release, partnership: Partnership) -> None:
    counted = shipped.incidents.assign(rate=float("nan"), low=float("nan"), high=float("nan"))
    bare = replace(shipped, tables={**shipped.tables, "incidents": counted})
    shown = board(screen_of(bare, partnership))
    column = next(each for each in shown.columns if each.kind == "rate")
    assert column.under.startswith("antal, 2025")
    found = cell(shown, "grantoften", column.id)
    assert (found.text, found.note) == ("228", "indbyggertal mangler")


def test_a_cell_says_both_what_moved_since_the_wave_before_and_what_moved_over_the_years(screen: Screen) -> None:
    once = cell(board(screen), "vaerebro-park", "tryg_i_nabolag").moving
    steadily = cell(board(screen), "grantoften", "tryg_i_nabolag").moving
    assert once is not None
    assert steadily is not None
    assert (once.kind, steadily.kind) == ("better", "worse_years")
    for sign in (once, steadily):
        assert "siden 2024" in sign.says or "end i 2024" in sign.says
        assert "om året over 5 målinger (2021–2025)." in sign.says


def test_a_hidden_figure_says_why_and_gives_no_value(screen: Screen) -> None:
    found = cell(board(screen), "lille-birkholm", "tryg_i_nabolag")
    assert (found.state, found.text, found.note, found.value) == (HIDDEN, "ikke vist", "for få svar", None)
    assert found.sort is None


def test_the_years_break_where_the_survey_changed(screen: Screen) -> None:
    points = cell(board(screen), "grantoften", "tryg_i_nabolag").spark
    assert [point.period for point in points if not point.joined] == ["2016", "2021"]


def test_the_goal_that_calls_for_a_decision_is_the_one_a_cell_tells(screen: Screen) -> None:
    goal = cell(board(screen), "grantoften", "tryg_i_nabolag").goal
    assert goal is not None
    assert goal.kind == "behind"


def test_a_municipality_narrows_the_board_to_its_own_areas(screen: Screen) -> None:
    assert [row.within for row in board(screen, "herlev").rows] == ["Herlev"] * 3
    assert list(municipalities(screen)) == ["ballerup", "gladsaxe", "herlev"]


def test_an_unknown_municipality_gives_way_with_a_notice(screen: Screen) -> None:
    wanted = replace(screen.view, municipality="aarhus")
    view, notices = nearest_municipality(wanted, screen.release, screen.partnership)
    assert view.municipality == ""
    assert notices == ("Kommunen »aarhus« står ikke på tavlen. Viser alle kommuner i stedet.",)


def test_the_public_is_shown_ten_years_of_offences_first_and_nothing_local(public: Screen) -> None:
    shown = board(public)
    assert [column.kind for column in shown.columns] == ["rate", "share", "share"]
    assert shown.columns[0].wide
    assert [len(row.cells[0].spark) for row in shown.rows] == [10, 10, 10]
    assert {row.within for row in shown.rows} == {""}


def test_missing_is_not_hidden(public: Screen) -> None:
    assert cell(board(public), "herlev", "tillid_til_politiet").state == MISSING


def test_the_table_has_a_heading_for_each_row_and_column_and_a_link_for_each_area(screen: Screen) -> None:
    html = board_html(board(screen), href=lambda area: f"omraade?omraade={area}", sortable=True)
    assert html.count('scope="row"') == 8
    assert html.count('scope="col"') == 6
    assert '<a href="omraade?omraade=vaerebro-park">Værebro Park</a>' in html
    assert "Bedre end sidst. Det er med statistisk sikkerhed bedre end i 2024" in html


def test_words_from_data_are_never_markup(screen: Screen) -> None:
    shown = board(screen)
    evil = '<img src=x onerror="alert(1)">'
    bad = replace(shown.rows[0], name=evil, within=evil, cells=tuple(
        replace(each, text=evil, note=evil, says=evil) for each in shown.rows[0].cells))  # fmt: skip
    html = board_html(replace(shown, rows=(bad,), title=evil), href=lambda _area: '"><script>')
    assert "<img" not in html
    assert "<script" not in html


def test_a_sign_is_form_and_word_and_not_colour_alone() -> None:
    entries = re.findall(r"<li><svg.*?</li>", legend_html())
    forms = [re.findall(r'class="mark" d="([^"]+)"', each) for each in entries]
    better, worse, *rest = forms
    assert better == worse  # the arrow goes with the figure; the ground and the word say better or worse
    assert len({form for each in forms for form in each}) == 11
    assert all(len(each) == 1 for each in rest)
