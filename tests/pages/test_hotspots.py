"""The page of hotspots as the police see it, and that it does not exist for anybody else."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components.hotspots import card, place_list
from components.navigation import PAGES
from data.partnership import our_partnership
from data.records import records
from data.release import Release
from data.sentences import hotspots as hotspot_sentences
from data.sentences import moves as move_sentences
from tests.pages.conftest import element_of, native_radios, pictures, seen_by, send, tables, words

Open = Callable[..., AppTest]
HOTSPOTS = next(entry for entry in PAGES if entry.needs_cells)
NOTICE = "Andet tyveri er ikke opgjort på felter. Viser »Voldsforbrydelser« i stedet."


@pytest.fixture
def open_hotspots(draw_shipped: None) -> Open:
    """Open the page as an audience, with the address's parameters as keywords."""

    def opened(audience: str = "politi", **parameters: str) -> AppTest:
        return seen_by(audience, HOTSPOTS, **parameters)

    return opened


def places(release: Release, category: str, year: str = "2025") -> pd.DataFrame:
    rows = release.tables["hotspots"]
    return rows[(rows["size"] == 250) & (rows["category"] == category) & (rows["year"] == year)]


def listed(page: AppTest) -> list[dict[str, Any]]:
    return list(element_of(page, place_list.NAME, place_list.KEY)[1]["places"])


def press(page: AppTest, cell: object) -> AppTest:
    return send(page, element_of(page, place_list.NAME, place_list.KEY)[0], "pressed", cell)


@pytest.mark.parametrize("audience", ["ledelse", "lokalraad-herlev", "offentlig"])
def test_for_others_the_page_does_not_exist(open_hotspots: Open, audience: str) -> None:
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_hotspots(audience)


def test_an_address_of_a_cell_tells_others_nothing(open_page: Open) -> None:
    page = open_page("Tryghedskort", felt="250m_618050_71625", felt_aar="2025")
    assert "250m" not in words(page)
    assert not [name for name in page.query_params if name.startswith("felt")]


def test_the_title_states_category_place_and_year(open_hotspots: Open) -> None:
    page = open_hotspots(art="1332")
    assert page.title[0].value == "Hotspots for butikstyverier mv. i Herlev, Ballerup og Gladsaxe, 2025"
    assert not page.exception
    assert not page.error


def test_a_category_without_cells_gives_way_to_one_that_has_them_and_says_so(open_hotspots: Open) -> None:
    page = open_hotspots(art="1336")
    assert NOTICE in words(page)
    assert page.query_params["art"] == "12"


def test_all_offences_together_give_way_without_a_word(open_hotspots: Open) -> None:
    page = open_hotspots(art="TOT")
    assert page.query_params["art"] == "12"
    assert not page.warning


@pytest.mark.parametrize("category", ["12", "1332", "3210"])
def test_every_place_is_listed_with_its_sentence_in_the_order_of_the_ranking(
    open_hotspots: Open, police: Release, category: str
) -> None:
    page = open_hotspots(art=category)
    expected = records(places(police, category).sort_values("rank"))
    assert [(each["title"], each["sentence"]) for each in listed(page)] == [
        (f"{row['rank']}. {row['where']}", hotspot_sentences.place_sentence(row)) for row in expected
    ]


def test_pressing_a_place_chooses_its_cell_and_pressing_it_again_gives_it_up(
    open_hotspots: Open, police: Release
) -> None:
    first = records(places(police, "12").sort_values("rank"))[0]
    page = open_hotspots(art="12")
    press(page, first["cell_id"])
    assert page.query_params["felt"] == first["cell_id"]
    assert f"Feltet hedder {first['cell_id']} i Det Danske Kvadratnet." in words(page)
    assert [each["cell"] for each in listed(page) if each["chosen"]] == [first["cell_id"]]
    press(page, first["cell_id"])
    assert "felt" not in page.query_params


@pytest.mark.parametrize("forged", ["250m_618050_71625", "", "<b>", None, 7])
def test_a_cell_that_is_in_neither_list_is_not_chosen(open_hotspots: Open, forged: object) -> None:
    page = press(open_hotspots(art="12"), forged)
    assert "felt" not in page.query_params
    assert not page.exception


def test_a_link_to_a_cell_opens_on_it(open_hotspots: Open, police: Release) -> None:
    rows = police.tables["cells"]
    quiet = rows[(rows["size"] == 250) & (rows["year"] == "2025") & (rows["category"] == "12") & ~rows["hotspot"]]
    few = quiet[quiet["window_count"] < 5].iloc[0]
    page = open_hotspots(art="12", felt=few["cell_id"])
    assert "For få hændelser til at sige noget" in words(page)
    assert few["cell_id"] in words(page)


def test_where_nothing_stands_out_the_page_says_so(open_hotspots: Open, police: Release) -> None:
    assert places(police, "3410").empty
    shown = words(open_hotspots(art="3410"))
    assert "Ingen steder skiller sig ud med statistisk sikkerhed" in shown


def test_a_municipality_narrows_the_list(open_hotspots: Open, police: Release) -> None:
    page = open_hotspots(art="12", omraade="ballerup")
    assert page.title[0].value == "Hotspots for voldsforbrydelser i Ballerup, 2025"
    own = places(police, "12")
    assert len(listed(page)) == (own["area_id"] == "ballerup").sum()


def test_a_housing_area_narrows_the_list_to_its_municipality(open_hotspots: Open) -> None:
    assert open_hotspots(art="12", omraade="grantoften").title[0].value.endswith("i Ballerup, 2025")


def test_two_years_are_held_against_each_other_in_a_sentence(open_hotspots: Open, police: Release) -> None:
    rows = police.tables["cells"]
    rows = rows[(rows["size"] == 250) & (rows["category"] == "12") & rows["hotspot"]]
    now, then = (set(rows.loc[rows["year"] == year, "cell_id"]) for year in ("2025", "2022"))
    shown = words(open_hotspots(art="12", felt_mod="2022"))
    assert f"er {len(now & then)} det begge år, {len(now - then)} kun i 2025 og {len(then - now)} kun i 2022." in shown


def test_a_mass_registration_is_noted_in_its_year_alone(open_hotspots: Open) -> None:
    note = "En masseregistrering indgår i anmeldte voldsforbrydelser i Gladsaxe i 2022."
    assert note in words(open_hotspots(art="12", felt_aar="2022"))
    assert note not in words(open_hotspots(art="12", felt_aar="2023"))


def test_the_back_test_is_printed_also_where_it_is_bad(open_hotspots: Open, police: Release) -> None:
    tests = police.tables["hotspot_backtest"]
    row = records(tests[(tests["size"] == 250) & (tests["category"] == "3210") & (tests["year"] == "2025")])[0]
    assert not row["beats_baseline"]
    shown = words(open_hotspots(art="3210"))
    assert hotspot_sentences.back_test_sentence(row) in shown
    assert "kortet var ikke bedre end det" in shown


def test_the_first_year_has_nothing_to_be_tried_on(open_hotspots: Open) -> None:
    assert "Der er intet tidligere år at prøve kortet på." in words(open_hotspots(art="12", felt_aar="2022"))


def test_the_box_says_what_a_hotspot_is_not(open_hotspots: Open) -> None:
    shown = words(open_hotspots())
    assert "Hvad et hotspot ikke er" in shown
    assert [title for title, text in hotspot_sentences.HONESTY if title not in shown or text not in shown] == []


def test_the_week_is_said_in_words_and_shown_with_alt_text(open_hotspots: Open, police: Release) -> None:
    hours = police.tables["hours"]
    week = hours[(hours["year"] == "2025") & (hours["category"] == "12") & (hours["area_id"] == "herlev")]
    page = open_hotspots(art="12", omraade="herlev")
    top = week.loc[week["count"].idxmax(), "count"]
    alts = [picture["sentence"] for picture in pictures(page)]
    assert any(f"{top} af {week['count'].sum()}." in alt for alt in alts)
    assert all(alts)


def test_invented_figures_are_marked(open_hotspots: Open) -> None:
    assert "eksempeldata" in words(open_hotspots())


def test_initiatives_and_unsafe_places_of_the_municipality_stand_beside(open_hotspots: Open) -> None:
    page = open_hotspots(art="12", omraade="herlev")
    shown = [table.reset_index() for table in tables(page)]
    titles = [table for table in shown if "Indsats" in table.columns]
    assert len(titles) == 1
    assert "Din betjent" in titles[0]["Indsats"].str.cat()
    unsafe = [table for table in shown if "Åben" in table.columns]
    assert {"Hjortegården", "Lille Birkholm"} & set(unsafe[0]["Område"])


@pytest.mark.parametrize(
    ("name", "value", "notice"),
    [
        ("felt_aar", "1999", "Der er ingen tal på felter i »1999«. Viser 2025 i stedet."),
        ("felt_m", "100", "Felter på »100« m findes ikke. Viser felter på 250 m i stedet."),
        ("felt_mod", "1999", "Der er ingen tal på felter i »1999«. Viser 2025 alene."),
        ("felt", "<b>her</b>", "Feltet »<b>her</b>« findes ikke. Det er valgt fra."),
    ],
)
def test_a_wrong_value_gives_way_and_says_so(open_hotspots: Open, name: str, value: str, notice: str) -> None:
    page = open_hotspots(art="12", **{name: value})
    assert notice in words(page)
    assert page.query_params.get(name, "") != value


def test_the_addresses_of_other_pages_know_nothing_of_cells(open_hotspots: Open) -> None:
    page = open_hotspots(art="12", felt_mod="2022")
    page.switch_page("../pages/trends.py").run()
    assert not [name for name in page.query_params if name.startswith("felt")]


def test_an_earlier_release_shows_its_own_newest_year(open_hotspots: Open) -> None:
    page = open_hotspots(art="12", udgave="1")
    assert page.title[0].value.endswith(", 2024")
    assert not page.exception


def test_cells_of_a_kilometre_can_be_chosen(open_hotspots: Open) -> None:
    page = open_hotspots(art="1332", felt_m="1000")
    assert "felt på 1 km og dets naboer" in listed(page)[0]["sentence"]
    assert not page.exception


def test_what_became_of_places_since_last_year_stands_with_its_days_sign_and_word(
    open_hotspots: Open, police: Release
) -> None:
    rows = police.tables["hotspot_moves"]
    told = rows[(rows["size"] == 250) & (rows["category"] == "12") & (rows["area_id"] == "ballerup")]
    page = open_hotspots(art="12", omraade="ballerup")
    shown = words(page)
    assert "De seneste 52 uger (30. december 2024–28. december 2025) er sat mod de 52 uger før" in shown
    for number, row in enumerate(records(told.sort_values("rank")), start=1):
        verdict = move_sentences.WORDS[row["verdict"]].capitalize()
        assert f"**{number}. {move_sentences.SIGNS[row['verdict']]} {verdict}:**" in shown
    assert {"kept", "unsure_gone"} <= set(told["verdict"])
    assert any("skiller sig ud i et af de to år" in picture["sentence"] for picture in pictures(page))


def test_the_shipped_data_has_a_place_that_is_new_one_that_has_moved_and_one_that_has_gone(police: Release) -> None:
    rows = police.tables["hotspot_moves"]
    told = rows[(rows["size"] == 250) & (rows["category"] == "1332")].set_index("verdict")
    assert {"new", "moved", "kept", "gone"} <= set(told.index)
    assert set(told["provenance"]) == {"example"}
    assert told.loc["new", "cell_id"] == "250m_618225_71225"
    assert told.loc["gone", "cell_id"] == "250m_618275_70825"
    assert told.loc["moved", "former_cell_id"] == "250m_618475_71650"


def test_where_there_are_whole_years_alone_the_newest_is_set_against_the_one_before_and_it_is_said(
    open_hotspots: Open,
) -> None:
    shown = words(open_hotspots(art="12", udgave="1"))
    assert "Der er kun tal for hele år: 2024 er sat mod 2023, begge fra 1. januar til 31. december." in shown


def test_the_police_copy_a_message_without_the_place_and_writers_go_to_the_log(
    open_hotspots: Open, police: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = records(places(police, "12").sort_values("rank"))[0]
    shown = words(open_hotspots(art="12", felt=first["cell_id"]))
    message = next(line for line in shown.splitlines() if line.startswith("Til sekretariatet"))
    assert "voldsforbrydelser" in message
    assert not re.search(r"250m|\d{5}", message)
    assert "Skriv, hvad vi gør her" not in shown
    writer = replace(our_partnership().audience("politi"), edits=True)
    monkeypatch.setattr(card, "audience", lambda: writer)
    page = open_hotspots(art="12", felt=first["cell_id"])
    assert "Til sekretariatet" not in words(page)
    links = [link for link in page.get("page_link") if "Skriv, hvad vi gør her" in str(link.proto.label)]
    assert len(links) == 1
    assert "250m" not in str(links[0].proto)


def test_a_category_that_no_one_has_chosen_stays_on_this_page(open_hotspots: Open) -> None:
    page = open_hotspots()
    page.run()
    assert page.query_params["art"] == "12"
    page.query_params.clear()
    page.switch_page("../pages/trends.py").run()
    assert page.query_params["art"] == "TOT"


def test_a_category_chosen_here_follows_to_other_pages(open_hotspots: Open) -> None:
    page = open_hotspots()
    native_radios(page, "segments_category").choose("1320")
    chosen = page.query_params["art"]
    assert chosen != "12"
    page.query_params.clear()
    page.switch_page("../pages/trends.py").run()
    assert page.query_params["art"] == chosen


def test_a_place_where_the_police_patrol_says_so_with_before_and_after(open_hotspots: Open) -> None:
    shown = words(open_hotspots(art="1332", felt="250m_618050_71350", felt_aar="2025"))
    assert "Patrulje ved butikkerne i åbningstiden" in shown
    assert "Det er klart færre end ventet." in shown
    assert "slår fejlagtigt ud på" in shown
    assert "eksempeldata" in shown
