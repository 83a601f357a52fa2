"""What each page says: the release's own sentences, word for word, and when figures are invented."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import PAGES, PageEntry
from data import danish, sentences
from data.partnership import Partnership
from data.records import records
from data.release import Release
from data.views.view import LEVELS
from tests.pages.conftest import Open, pictures, seen, tables, words

TRYG = "tryg_i_nabolag"
OPEN_PAGES = [entry.title for entry in PAGES if not (entry.needs_cells or entry.needs_publishing)]


def survey_sentence(release: Release, partnership: Partnership, area: str, wave: str, indicator: str = TRYG) -> str:
    rows = release.survey
    row = records(rows[(rows["area_id"] == area) & (rows["wave"] == wave) & (rows["indicator"] == indicator)])[0]
    return sentences.survey_figure(row | {"name": release.name_of(area)}, partnership.indicator(indicator))


def incident_sentence(release: Release, partnership: Partnership, area: str, period: str, category: str) -> str:
    rows = release.incidents
    row = records(rows[(rows["area_id"] == area) & (rows["period"] == period) & (rows["category"] == category)])[0]
    return sentences.incident_figure(row | {"name": release.name_of(area)}, partnership.category(category))


@pytest.mark.parametrize("title", OPEN_PAGES)
def test_a_page_runs_without_error_and_has_one_title(open_page: Open, title: str) -> None:
    page = open_page(title)
    assert not page.exception
    assert not page.error
    assert len(page.title) == 1


@pytest.mark.parametrize("title", [title for title in OPEN_PAGES if title != "Delte links"])  # which shows no figures
def test_a_page_says_when_it_shows_example_rows(open_page: Open, title: str) -> None:
    assert "eksempeldata" in words(open_page(title))


@pytest.mark.parametrize("title", ["Tryghedskort", "Udvikling"])
def test_a_page_of_official_figures_alone_is_not_marked_as_example(open_page: Open, title: str) -> None:
    page = open_page(title, niveau="municipality", aar="2019", omraade="gladsaxe", sammenlign="omgivelser")
    assert "eksempeldata" not in words(page)


@pytest.mark.parametrize("title", OPEN_PAGES)
def test_a_page_draws_at_every_release(open_page: Open, title: str, shipped: Release) -> None:
    assert shipped.head.id == 2
    page = open_page(title, udgave="1")
    assert not page.exception
    assert "Du ser udgave 1 fra" in words(page)


def test_overblik_counts_what_has_changed(open_page: Open, shipped: Release) -> None:
    criteria = int((shipped.changes["kind"] == "criterion").sum())
    moved = len(shipped.changes) - criteria
    assert (moved, criteria) == (1, 4)
    assert open_page("Overblik").title[0].value.startswith("Én klar ændring og fire kriterier med ny status siden ")


def test_overblik_says_each_change_in_its_own_sentence(open_page: Open, shipped: Release) -> None:
    shown = words(open_page("Overblik"))
    assert [sentence for sentence in shipped.changes["sentence"] if sentence not in shown] == []


def test_overblik_shows_every_criterion_that_calls_for_a_decision(open_page: Open, shipped: Release) -> None:
    pressing = shipped.criteria[shipped.criteria["status"].isin(["worsening", "not_met", "behind"])]
    assert f"Kræver en beslutning ({len(pressing)})" in words(open_page("Overblik"))


def test_overblik_counts_the_criteria_of_each_status(open_page: Open, shipped: Release) -> None:
    shown = words(open_page("Overblik"))
    for status, count in shipped.criteria["status"].value_counts().items():
        assert f"{sentences.STATUS_WORDS[str(status)]}] {count}" in shown


def test_tryghedskort_states_every_filter_in_its_title(open_page: Open) -> None:
    page = open_page("Tryghedskort", emne="tillid_til_politiet", niveau="municipality", aar="2019")
    assert page.title[0].value == f"Tillid til politiet i {LEVELS['municipality'].lower()}, 2019"


def test_tryghedskort_says_the_chosen_area_in_its_own_sentence(
    open_page: Open, shipped: Release, partnership: Partnership
) -> None:
    page = open_page("Tryghedskort", niveau="municipality", aar="2019", omraade="gladsaxe")
    sentence = survey_sentence(shipped, partnership, "gladsaxe", "2019")
    assert sentence.startswith("79,3 pct. føler sig trygge i Gladsaxe")
    assert sentence in words(page)


def test_udvikling_says_the_newest_figures_of_its_area(
    open_page: Open, shipped: Release, partnership: Partnership
) -> None:
    shown = words(open_page("Udvikling", omraade="herlev"))
    recorded = incident_sentence(shipped, partnership, "herlev", "2025K4", "TOT")
    assert recorded.startswith("541 anmeldelser i Herlev i 4. kvartal 2025")
    assert recorded in shown
    assert survey_sentence(shipped, partnership, "herlev", "2019") in shown


def test_udvikling_listens_as_well_as_it_looks(open_page: Open, shipped: Release, partnership: Partnership) -> None:
    page = open_page("Udvikling", omraade="herlev", sammenlign="omgivelser")
    spoken = [picture["sentence"] for picture in pictures(page)]
    assert all(spoken)
    assert incident_sentence(shipped, partnership, "herlev", "2025K4", "TOT") in spoken


def rows_shown(page: AppTest) -> set[str]:
    """The titles of the initiatives that have a row."""
    labels = (fold.label for fold in page.expander if fold.label.startswith("**"))
    return {seen(label.removeprefix("**").split("**")[0]) for label in labels}


def unfolded(page: AppTest, release: Release) -> AppTest:
    """Indsatser with every row open."""
    for initiative in release.initiatives["initiative_id"]:
        page.session_state[f"row_{initiative}"] = True
    return page.run()


def test_indsatser_shows_every_initiative_with_its_dates(open_page: Open, shipped: Release) -> None:
    page = open_page("Indsatser")
    assert page.title[0].value == f"{len(shipped.initiatives)} indsatser og deres mål"
    assert rows_shown(page) == set(shipped.initiatives["title"])
    shown = words(unfolded(page, shipped))
    assert all(f"{danish.date(start)} – " in shown for start in shipped.initiatives["start"])


def test_indsatser_shows_each_criterion_with_goal_and_status(open_page: Open, shipped: Release) -> None:
    shown = words(unfolded(open_page("Indsatser"), shipped))
    for row in records(shipped.criteria):
        assert row["subject"] in shown
        assert sentences.criterion_goal(row) in shown
        assert row["sentence"].removeprefix(sentences.criterion_goal(row)).strip() in shown


def test_indsatser_can_be_narrowed_to_an_area_and_those_inside_it(open_page: Open, shipped: Release) -> None:
    page = open_page("Indsatser", omraade="herlev")
    inside = {"herlev", "hjortegaarden", "lille-birkholm", "hoejbjerg-vaenge"}
    touching = [inside & set(listed.split(";")) != set() for listed in shipped.initiatives["area_ids"]]
    assert 0 < sum(touching) < len(touching)
    assert rows_shown(page) == set(shipped.initiatives["title"][touching])
    assert page.title[0].value == f"{sum(touching)} indsatser i Herlev og deres mål"


def test_om_tallene_lists_every_source_and_release(open_page: Open, shipped: Release) -> None:
    page = open_page("Om tallene")
    cells = [cell for table in tables(page) for cell in table.reset_index().to_numpy().ravel()]
    assert [title for title in shipped.sources["title"] if not any(cell.startswith(title) for cell in cells)] == []
    assert {"Leverede data, første møde", "Leverede data, andet møde"} <= set(cells)


def test_om_tallene_asks_in_the_words_of_the_survey(open_page: Open, partnership: Partnership) -> None:
    shown = words(open_page("Om tallene"))
    assert [each.question for each in partnership.indicators if each.question not in shown] == []


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.title)
def test_every_page_names_the_browser_s_tab(entry: PageEntry) -> None:
    source = (Path("pages") / entry.file).read_text(encoding="utf-8")
    assert "heading(" in source or "name_tab(" in source
