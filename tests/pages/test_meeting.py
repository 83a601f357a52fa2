"""The meeting page and Overblik with people at them: they write, forget, disagree and change their minds."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.forms import changes
from components.meetings import agenda, figure_picker
from components.meetings.figures import OTHER_GOALS, PRESSING, SINCE
from components.meetings.parts import PARTS
from components.session import AUDIENCE
from components.text import plain
from data import entries
from data.partnership import Partnership
from data.records import records
from data.store import Store, StoreUnavailableError
from tests.pages.conftest import FRAME, element_of, send, tables, words

MARCH = "2026-03-04-partnerskab"
LATE = "2025-06-04-partnerskab-1"
Visit = Callable[..., AppTest]


@pytest.fixture
def visit(own_store: Store) -> Visit:
    """Somebody's session on the meeting page; each call is another person."""

    def visited(part: str = "moedet", audience: str = "ledelse", page: str = "meeting", **address: str) -> AppTest:
        app = AppTest.from_file(FRAME, default_timeout=30)
        app.session_state[AUDIENCE] = audience
        app.query_params.update({"del": part, **address} if page == "meeting" else address)
        app.run()
        return app.switch_page(f"../pages/{page}.py").run()

    return visited


def add_action(app: AppTest, text: str, owner: str, due: dt.date | None) -> AppTest:
    app.pills(key=f"add_{MARCH}").set_value("handling").run()
    field(app, "text").set_value(text)
    field(app, "owner").set_value(owner)
    field(app, "due").set_value(due)
    return app.button(key=f"save_handling_{MARCH}").click().run()


def field(app: AppTest, column: str) -> Any:
    every = [*app.text_area, *app.text_input, *app.date_input, *app.selectbox, *app.number_input]
    return next(
        widget for widget in every if str(widget.key).startswith("field_") and widget.key.endswith(f"_{column}")
    )


def decision(store: Store, name: str) -> dict[str, object]:
    rows = entries.standing(store, "decisions")
    return records(rows[rows["decision_id"] == name])[0]


# Every part -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("audience", ["ledelse", "politi", "lokalraad-herlev"])
def test_every_part_opens_for_everybody_who_has_the_page(visit: Visit, part: str, audience: str) -> None:
    page = visit(part, audience)
    assert not page.exception
    assert not page.error
    assert len(page.title) == 1
    assert page.query_params["del"] == part


def test_a_part_and_a_meeting_that_do_not_exist_give_way_with_a_word(visit: Visit) -> None:
    page = visit("regnskab", moede="1999-01-01-partnerskab")
    assert "Afsnittet »regnskab« findes ikke. Viser »Mødet« i stedet." in words(page)
    assert "Mødet »1999-01-01-partnerskab« findes ikke eller kan ikke vises for dig." in words(page)


def test_other_pages_leave_the_meeting_out_of_their_address(visit: Visit) -> None:
    page = visit("handlinger")
    page.switch_page("../pages/overview.py").run()
    assert not {"del", "moede"} & set(page.query_params)
    page.switch_page("../pages/meeting.py").run()
    assert page.query_params["del"] == "handlinger"


# Writing ----------------------------------------------------------------------------------------------------------


def test_an_action_that_is_saved_is_on_the_list_with_who_and_when(visit: Visit, own_store: Store) -> None:
    page = add_action(visit(moede=MARCH), "Lyset gennemgås", "Teknik og Miljø", dt.date(2030, 5, 1))
    assert not page.error
    assert "Opgave gemt] af Ledelse (demo)" in words(page)
    shown = words(visit("handlinger"))
    assert "Lyset gennemgås" in shown
    assert "Teknik og Miljø. Frist 1. maj 2030. Aftalt: Partnerskabsmøde 4. marts 2026." in shown


def test_what_was_typed_stays_when_something_is_missing_and_the_field_says_what(visit: Visit) -> None:
    page = add_action(visit(moede=MARCH), "Lyset gennemgås", "", None)
    assert field(page, "text").value == "Lyset gennemgås"
    shown = words(page)
    assert "Opgaven mangler en ansvarlig. Skriv en rolle eller organisation, aldrig en persons navn." in shown
    assert "Opgaven mangler en frist. Skriv en dato." in shown


def test_what_was_typed_stays_when_the_database_is_away_and_can_be_saved_afterwards(
    visit: Visit, own_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit(moede=MARCH)
    with monkeypatch.context() as away:
        away.setattr(changes.entries, "save", lambda *_args, **_kwargs: _raise_unavailable())
        page = add_action(page, "Lyset gennemgås", "Teknik", dt.date(2030, 5, 1))
    assert "Databasen svarer ikke lige nu. Prøv igen om lidt. Det, du har skrevet, står her stadig." in [
        error.value for error in page.error
    ]
    assert field(page, "text").value == "Lyset gennemgås"
    page.button(key=f"save_handling_{MARCH}").click().run()
    assert "Lyset gennemgås" in set(entries.standing(own_store, "decisions")["text"])


def _raise_unavailable() -> None:
    raise StoreUnavailableError("Databasen svarer ikke lige nu. Prøv igen om lidt.")


def test_a_name_or_telephone_number_is_refused_in_a_field(visit: Visit) -> None:
    page = add_action(visit(moede=MARCH), "Ring til 12 34 56 78", "Teknik", dt.date(2030, 5, 1))
    assert "Feltet ser ud til at indeholde et telefonnummer. Slet det." in words(page)


def test_text_is_shown_as_it_was_written(visit: Visit) -> None:
    page = add_action(visit(moede=MARCH), "**fed** [her](http://x.dk) <b>", "Teknik", dt.date(2030, 5, 1))
    assert any(plain("**fed** [her](http://x.dk) <b>") in text.value for text in page.markdown)


def test_a_saved_action_can_be_undone_and_brought_back(visit: Visit, own_store: Store) -> None:
    page = add_action(visit(moede=MARCH), "Lyset gennemgås", "Teknik", dt.date(2030, 5, 1))
    page.button(key="undo_last").click().run()
    assert "Lyset gennemgås" not in set(entries.standing(own_store, "decisions")["text"])
    page.button(key="undo_last").click().run()
    assert "Lyset gennemgås" in set(entries.standing(own_store, "decisions")["text"])


def test_an_action_is_marked_as_done_and_opened_again_by_undo(visit: Visit, own_store: Store) -> None:
    page = visit("handlinger")
    page.button(key=f"done_{LATE}").click().run()
    assert decision(own_store, LATE)["done"] is not None
    assert "Markeret som udført" in words(page)
    page.button(key="undo_last").click().run()
    assert decision(own_store, LATE)["done"] is None


# Two at once ------------------------------------------------------------------------------------------------------


def open_edit(app: AppTest, name: str) -> AppTest:
    app.session_state[f"open_edit_action_{name}"] = True
    return app.run()


@pytest.fixture
def two_editors(visit: Visit, own_store: Store, partnership: Partnership) -> AppTest:
    """A session with an unsaved change to an action that somebody else has changed meanwhile."""
    page = open_edit(visit("handlinger"), LATE)
    field(page, "text").set_value("Min tekst").run()
    row = decision(own_store, LATE)
    own = {name: row[name] for name in ("decision_id", "meeting_id", "kind", "due", "provenance", "source_id")}
    entries.save(
        own_store, partnership, "decisions", own | {"text": "Den andens tekst", "owner": "Driften"},
        by="Lokalpoliti (demo)", based_on=int(str(row["load_id"])),
    )  # fmt: skip
    return page.button(key=f"save_edit_action_{LATE}").click().run()


def test_two_who_change_the_same_action_get_a_choice_and_nothing_is_overwritten(
    two_editors: AppTest, own_store: Store
) -> None:
    assert "Beslutningen er ændret af Lokalpoliti (demo)" in words(two_editors)
    cells = tables(two_editors)[0].reset_index().to_numpy().ravel().tolist()
    assert {"Min tekst", "Den andens tekst"} <= set(cells)
    assert decision(own_store, LATE)["text"] == "Den andens tekst"


def test_keeping_mine_saves_it_over_the_other_and_the_history_has_both(two_editors: AppTest, own_store: Store) -> None:
    two_editors.button(key=f"mine_edit_action_{LATE}").click().run()
    assert decision(own_store, LATE)["text"] == "Min tekst"
    versions = entries.history(own_store, "decisions", {"decision_id": LATE})
    assert list(versions["text"])[-2:] == ["Den andens tekst", "Min tekst"]


def test_using_the_others_leaves_it_and_shows_it_in_the_form(two_editors: AppTest, own_store: Store) -> None:
    two_editors.button(key=f"theirs_edit_action_{LATE}").click().run()
    assert decision(own_store, LATE)["text"] == "Den andens tekst"
    assert field(two_editors, "text").value == "Den andens tekst"


def test_marking_as_done_what_somebody_else_has_changed_gives_the_choice_too(visit: Visit, own_store: Store) -> None:
    mine, theirs = visit("handlinger"), visit("handlinger")
    theirs.button(key=f"done_{LATE}").click().run()
    page = open_edit(visit("handlinger"), LATE)
    assert page.button(key=f"done_{LATE}").label == "Ikke udført alligevel"
    mine.button(key=f"done_{LATE}").click().run()
    assert "Beslutningen er ændret af Ledelse (demo)" in words(mine)
    mine.button(key="theirs_quick").click().run()
    assert not mine.warning


# Figures on the agenda --------------------------------------------------------------------------------------------


def figures_to_choose(page: AppTest) -> AppTest:
    page.session_state["choose_figures"] = True
    return page.run()


def put_on_agenda(page: AppTest, sentence: str) -> AppTest:
    figures_to_choose(page)
    return add(page, [next(each for each in on_offer(page) if sentence in each)])


def picker(page: AppTest) -> tuple[str, dict[str, Any]]:
    return element_of(page, figure_picker.NAME, figure_picker.KEY)


def on_offer(page: AppTest) -> list[str]:
    return [line["sentence"] for group in picker(page)[1]["groups"] for line in group["lines"]]


def add(page: AppTest, sentences: Any) -> AppTest:
    return send(page, picker(page)[0], "added", sentences)


def test_a_figure_is_put_on_the_agenda_in_the_release_that_is_shown(visit: Visit, own_store: Store) -> None:
    page = put_on_agenda(visit(moede=MARCH), "82 pct. føler sig trygge i Værebro Park")
    rows = entries.standing(own_store, "decisions")
    row = records(rows[rows["figure"].str.startswith("82 pct.")])[0]
    assert row["release_id"] == 2
    assert row["view"].startswith("udvikling?")
    assert "udgave=2" in row["view"]
    assert "omraade=vaerebro-park" in row["view"]
    assert row["text"] == ""
    assert "82 pct. føler sig trygge i Værebro Park" in words(page)


def test_the_agreed_reading_is_written_beside_its_figure(visit: Visit, own_store: Store) -> None:
    page = put_on_agenda(visit(moede=MARCH), "82 pct. føler sig trygge i Værebro Park")
    rows = entries.standing(own_store, "decisions")
    name = rows.loc[rows["figure"].str.startswith("82 pct."), "decision_id"].iloc[0]
    key = next(area.key for area in page.text_area if area.key.startswith(f"field_reading_{name}"))
    page.text_area(key=key).set_value("Det går bedre.")
    page.button(key=f"save_reading_{name}").click().run()
    assert decision(own_store, name)["text"] == "Det går bedre."
    assert "Fælles tolkning:** Det går bedre." in words(page)


def test_figures_put_on_the_agenda_together_are_undone_together(visit: Visit, own_store: Store) -> None:
    page = visit(moede=MARCH)
    before = len(entries.standing(own_store, "decisions"))
    add(page, on_offer(figures_to_choose(page))[:2])
    assert len(entries.standing(own_store, "decisions")) == before + 2
    page.button(key="undo_last").click().run()
    assert len(entries.standing(own_store, "decisions")) == before


def test_among_many_figures_one_searches_and_what_is_ticked_can_be_added_though_it_is_not_found(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, own_store: Store
) -> None:
    monkeypatch.setattr(agenda, "MOST_OFFERED", 3)
    page = figures_to_choose(visit(moede=MARCH))
    (many,) = [each for each in picker(page)[1]["groups"] if each["heading"] == OTHER_GOALS]
    assert many["found"].startswith("Viser 3 af ")
    assert many["search"].startswith("Søg blandt ")
    first = many["lines"][0]["sentence"]
    send(page, picker(page)[0], "searched", {"heading": OTHER_GOALS, "words": "ord der ikke findes"})
    (many,) = [each for each in picker(page)[1]["groups"] if each["heading"] == OTHER_GOALS]
    assert (many["found"], many["lines"]) == ("Ingen tal med de ord.", [])
    add(page, [first])
    assert first in set(entries.standing(own_store, "decisions")["figure"])
    assert first in picker(page)[1]["taken"]


@pytest.mark.parametrize("sent", [["aldrig sagt"], "82 pct.", {"a": 1}, None, [[]], [7]])
def test_what_was_not_offered_is_not_put_on_the_agenda(visit: Visit, own_store: Store, sent: Any) -> None:
    page = figures_to_choose(visit(moede=MARCH))
    before = len(entries.standing(own_store, "decisions"))
    add(page, sent)
    send(page, picker(page)[0], "searched", sent)
    assert not page.exception
    assert len(entries.standing(own_store, "decisions")) == before


def test_news_and_pressing_goals_are_chosen_beforehand_with_cards_and_other_goals_are_a_line_away(visit: Visit) -> None:
    groups = picker(visit())[1]["groups"]
    looks = {
        each["heading"]: (each["ticked"], each["folded"], all(line["card"] for line in each["lines"]))
        for each in groups
    }
    assert looks == {SINCE: (True, False, True), PRESSING: (True, False, True), OTHER_GOALS: (False, True, False)}


# The rest of the page ---------------------------------------------------------------------------------------------


def test_a_new_meeting_begins_with_the_chair_whose_turn_it_is(visit: Visit, own_store: Store) -> None:
    page = visit("kalender")
    assert field(page, "chair_id").value == "herlev"
    field(page, "date").set_value(dt.date(2031, 3, 5))
    page.button(key="save_new_meeting").click().run()
    assert not page.error
    rows = entries.standing(own_store, "meetings")
    assert "2031-03-05-partnerskab" in set(rows["meeting_id"])


def test_the_times_of_a_meeting_are_written_on_one_line_beside_its_day(visit: Visit, own_store: Store) -> None:
    page = visit(moede=MARCH)
    page.session_state["open_edit_meeting"] = True
    page.run()
    times = {each.label: each for each in page.text_input if each.label in ("Begynder", "Slutter")}
    assert set(times) == {"Begynder", "Slutter"}
    times["Begynder"].set_value("13:00")
    times["Slutter"].set_value("14:30")
    page = page.button(key=f"save_meeting_{MARCH}").click().run()
    now = entries.standing(own_store, "meetings").set_index("meeting_id").loc[MARCH]
    assert (now["begins"], now["ends"]) == ("13:00", "14:30")


def test_a_local_council_proposes_a_focus_area_and_the_partnership_answers(visit: Visit, own_store: Store) -> None:
    council = visit("forslag", "lokalraad-herlev")
    field(council, "title").set_value("Tryg skolevej")
    field(council, "text").set_value("Krydset ved skolen er mørkt.")
    council.button(key="save_new_proposal").click().run()
    assert not council.error
    proposals = entries.standing(own_store, "proposals")
    row = records(proposals[proposals["title"] == "Tryg skolevej"])[0]
    assert (row["from_area"], row["status"], row["loaded_by"]) == ("herlev", "ny", "Lokalråd Herlev (demo)")
    partnership = visit("forslag")
    partnership.session_state[f"open_{row['proposal_id']}"] = True
    partnership.run()
    field(partnership, "status").set_value("afvist")
    partnership.button(key=f"save_answer_{row['proposal_id']}").click().run()
    assert "Et forslag, der er afvist, mangler et svar. Skriv kort hvorfor." in words(partnership)
    field(partnership, "answer").set_value("Det hører under vejmyndigheden.")
    partnership.button(key=f"save_answer_{row['proposal_id']}").click().run()
    assert "Det hører under vejmyndigheden." in words(visit("forslag", "lokalraad-herlev"))


@pytest.mark.parametrize("part", PARTS)
def test_the_police_read_and_write_nothing(visit: Visit, part: str) -> None:
    page = visit(part, "politi")
    assert [
        button.key for button in page.button if str(button.key).startswith(("save_", "done_", "add_", "undo_"))
    ] == []


def test_a_local_council_sees_no_meeting_of_the_partnership(visit: Visit) -> None:
    shown = words(visit("kalender", "lokalraad-herlev"))
    assert "Lokalråd i Herlev" in shown
    assert "Lokalråd i Ballerup" not in shown
    assert "Partnerskabsmøde." not in shown


def test_the_evaluation_has_every_criterion_under_its_purpose_and_no_sum_of_them(
    visit: Visit, own_store: Store
) -> None:
    shown = words(visit("evaluering"))
    release = own_store.release(audience="ledelse")
    assert [subject for subject in release.criteria["subject"] if subject not in shown] == []
    assert "Formålene lægges ikke sammen til ét tal." in shown
    assert "Andre forklaringer er ikke udelukket." in shown


def test_the_evaluation_counts_every_answer_by_its_evidence_level(visit: Visit, own_store: Store) -> None:
    effects = own_store.release(audience="ledelse").tables["effects"]
    judged = effects[effects["main"] & (effects["method"] != "")]
    shown = words(visit("evaluering"))
    for level, count in judged["evidence_level"].value_counts().items():
        assert f"Evidens {level} af 3," in shown
        assert f": {count} tal, " in shown


def test_criteria_of_one_name_are_told_apart_by_target_and_deadline(visit: Visit) -> None:
    shown = words(visit("evaluering"))
    for target in ("mindst 78 pct. i 2026", "mindst 81 pct. i 2028"):
        assert f"Tryghed i nabolaget i Høje Gladsaxe ({target})" in shown
    assert "Tryghed i nabolaget i Grantoften (" not in shown


def test_agreed_readings_stand_with_day_and_release_the_newest_first(visit: Visit) -> None:
    shown = words(visit("evaluering"))
    told = ("- 4. marts 2026, udgave 2: Grantoften halter", "- 3. december 2025, udgave 1: Vi kan endnu ikke",
            "- 6. marts 2024: Tallene fra de tre")  # fmt: skip
    places = [shown.index(each) for each in told]
    assert places == sorted(places)


# Overblik ---------------------------------------------------------------------------------------------------------


def test_overblik_says_what_is_over_its_date_until_it_is_done(visit: Visit) -> None:
    late = "Forslaget om en tryg vej fra stationen undersøges sammen med trafikselskabet: skulle være udført 1. oktober"
    assert late in words(visit(page="overview"))
    visit("handlinger").button(key=f"done_{LATE}").click().run()
    assert late not in words(visit(page="overview"))


def test_overblik_of_an_earlier_release_tells_what_was_late_then(visit: Visit) -> None:
    late = "Forslaget om en tryg vej fra stationen undersøges"
    visit("handlinger").button(key=f"done_{LATE}").click().run()
    assert late in words(visit(page="overview", udgave="2"))


def test_overblik_says_which_criterion_only_crossed_a_line(visit: Visit, own_store: Store) -> None:
    changes = own_store.release(audience="ledelse").changes
    crossed = changes[changes["crossing"] == "chance"]
    shown = words(visit(page="overview"))
    assert len(crossed) > 0
    assert shown.count("Status er ny, men tallet selv har ikke flyttet sig") == len(crossed)


def test_overblik_is_calm_when_nothing_has_surely_changed(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.release.Release.changes", property(lambda self: self.tables["changes"].iloc[:0]))
    page = visit(page="overview")
    assert page.title[0].value == "Ingen klare ændringer siden mødet 3. december 2025"
    assert "Ingen tal har ændret sig mere end tilfældige udsving, og alle kriterier har samme status." in words(page)


def test_the_first_release_is_said_to_be_the_first(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.release.Release.changes", property(lambda self: self.tables["changes"].iloc[:0]))
    monkeypatch.setattr("data.views.news.is_first", lambda _context: True)
    page = visit(page="overview")
    assert page.title[0].value == "Det er den første udgave"
    assert "så der er ingen tidligere at sammenligne med" in words(page)


def test_overblik_tells_the_police_of_new_hotspots_and_nobody_else(visit: Visit, own_store: Store) -> None:
    places = own_store.release(audience="politi").tables["hotspots"]
    newest = places[(places["year"] == places["year"].max()) & (places["size"] == places["size"].min())]
    new = newest[newest["persistence"] == "new"].sort_values("p_value", kind="stable")
    assert len(new) > 0
    assert new["where"].iloc[0] in words(visit(page="overview", audience="politi"))
    assert "Nye hotspots" not in words(visit(page="overview"))


def test_news_and_decisions_are_chosen_beforehand_as_cards_with_figure_and_picture(visit: Visit) -> None:
    lines = [line for group in picker(visit())[1]["groups"] if group["ticked"] for line in group["lines"]]
    cards = [line["card"] for line in lines]
    assert len(cards) > 4
    assert all("<svg" in card and '<p class="now"><b>' in card for card in cards)
    assert any("Tryghed i nabolaget i Værebro Park" in card and "82 pct." in card for card in cards)


def test_what_is_both_news_and_up_for_decision_is_offered_once(visit: Visit) -> None:
    said = {group["heading"]: [line["sentence"] for line in group["lines"]] for group in picker(visit())[1]["groups"]}
    assert any(each.startswith("Tillid til politiet i Hede-Magleparken") for each in said[PRESSING])
    assert not any(each.startswith("Tillid til politiet i Hede-Magleparken") for each in said[SINCE])
