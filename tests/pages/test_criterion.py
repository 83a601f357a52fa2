"""Writing a criterion: the warning while one types, the ways out of it, adoption, versions and who may."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from components.initiatives.criterion_row import OPENED
from data.entries import history, standing
from data.partnership import Partnership
from data.publishing.publish import publish
from data.records import records
from data.store import Store
from tests.pages.conftest import FRAME, DrawFrom, native_list, pictures, seen, tables, words

FIELD = "criterion_field_{}"


def form(criterion_id: str = "", initiative_id: str = "tryghedsvandringer") -> AppTest:
    """The form as the button on an initiative's card opens it."""
    app = AppTest.from_file(FRAME, default_timeout=30).run()
    app.session_state[OPENED] = {"criterion_id": criterion_id, "initiative_id": initiative_id}
    return app.switch_page("../pages/criterion.py").run()


def initiatives_page(**address: str) -> AppTest:
    """Indsatser, as an address opens it."""
    app = AppTest.from_file(FRAME, default_timeout=30)
    app.query_params.update(address)
    return app.run().switch_page("../pages/initiatives.py").run()


def typed(app: AppTest, target: float, area: str = "vaerebro-park") -> AppTest:
    """A goal for the share that feels safe in one housing area."""
    app.multiselect(key=FIELD.format("areas")).set_value([area])
    app.selectbox(key=FIELD.format("baseline_survey")).set_value("2025")
    app.selectbox(key=FIELD.format("deadline")).set_value("2030")
    return app.number_input(key=FIELD.format("target_survey_level")).set_value(target).run()


def share_now(store: Store, area: str = "vaerebro-park") -> float:
    rows = store.release(audience="ledelse").survey
    rows = rows[(rows["area_id"] == area) & (rows["indicator"] == "tryg_i_nabolag") & (rows["wave"] == "2025")]
    return round(100 * float(rows["share"].iloc[0]))


def area(app: AppTest, label: str) -> TextArea:
    """The field of several lines with that label."""
    return next(field for field in app.text_area if field.label == label)


def adopt(app: AppTest, author: str = "Arbejdsgruppen for trygge steder") -> AppTest:
    area(app, "Stillet af").set_value(author)
    return next(button for button in app.button if button.label == "Vedtag").click().run()


def test_nothing_is_said_before_there_is_something_to_judge(own_store: Store) -> None:
    app = form()
    assert not app.exception
    assert "Vælg områder og skriv et mål" in words(app)


def test_a_change_too_small_to_be_seen_is_warned_against_while_one_types(own_store: Store) -> None:
    app = typed(form(), share_now(own_store) + 2)
    warned = [seen(each.value) for each in app.warning]
    assert any(
        text.startswith("Kriteriet kan aldrig afgøres: ændringen er ") and " svar i hver måling" in text
        for text in warned
    )


def test_a_way_offered_puts_the_mended_criterion_into_the_form(own_store: Store) -> None:
    app = typed(form(), share_now(own_store) + 2)
    app.button(key="use_way_larger").click().run()
    assert app.number_input(key=FIELD.format("target_survey_level")).value > share_now(own_store) + 2
    assert not app.warning
    assert any(seen(each.value).startswith("Kriteriet kan afgøres: ") for each in app.success)


def test_adopting_locks_the_criterion_and_says_when_it_comes(own_store: Store) -> None:
    before = set(standing(own_store, "criteria")["criterion_id"])
    app = adopt(typed(form(), 99))
    rows = standing(own_store, "criteria")
    (row,) = records(rows[~rows["criterion_id"].isin(before)])
    told = (
        row["initiative_id"],
        row["area_ids"],
        row["target"],
        row["baseline_period"],
        row["deadline"],
        row["version"],
    )
    assert told == ("tryghedsvandringer", "vaerebro-park", 0.99, "2025", "2030", 1)
    assert (row["author"], row["provenance"]) == ("Arbejdsgruppen for trygge steder", "example")
    assert "Vedtaget. Kommer med i næste udgave" in words(app)


def test_an_adopted_criterion_is_not_left_in_the_form_to_be_adopted_twice(own_store: Store) -> None:
    app = adopt(typed(form(), 99))
    assert app.number_input(key=FIELD.format("target_survey_level")).value is None


def test_a_criterion_without_an_author_is_not_adopted_and_what_was_typed_stays(own_store: Store) -> None:
    count = len(standing(own_store, "criteria"))
    app = adopt(typed(form(), 99), author="")
    assert len(standing(own_store, "criteria")) == count
    assert app.number_input(key=FIELD.format("target_survey_level")).value == 99
    assert any(":red[" in each.value for each in app.markdown)


def test_an_improvement_is_locked_as_the_level_it_amounts_to(own_store: Store) -> None:
    app = typed(form(), 99)
    app.selectbox(key=FIELD.format("target_is_survey")).set_value("change").run()
    app.number_input(key=FIELD.format("target_survey_change")).set_value(12.0).run()
    adopt(app)
    rows = own_store.release(audience="ledelse").survey
    rows = rows[
        (rows["area_id"] == "vaerebro-park") & (rows["indicator"] == "tryg_i_nabolag") & (rows["wave"] == "2025")
    ]
    newest = standing(own_store, "criteria").sort_values("load_id").iloc[-1]
    assert newest["target"] == pytest.approx(round(float(rows["share"].iloc[0]) + 0.12, 3))


def test_a_missing_target_is_said_at_its_field(own_store: Store) -> None:
    app = form()
    app.multiselect(key=FIELD.format("areas")).set_value(["vaerebro-park"]).run()
    adopt(app)
    said = [seen(each.value) for each in app.markdown if each.value.startswith(":red[")]
    assert said == [":red[:material/error: Feltet er tomt. Udfyld det.]"]
    assert not app.error


def test_two_who_change_the_same_criterion_get_a_choice(own_store: Store) -> None:
    mine, theirs = form("vaerebro-tryg"), form("vaerebro-tryg")
    for app, target in ((theirs, 84.0), (mine, 86.0)):
        app.number_input(key=FIELD.format("target_survey_level")).set_value(target).run()
        area(app, "Begrundelse for ændringen").set_value("Målet var for tæt på")
        adopt(app)
    assert any("Kriteriet er ændret af Ledelse (demo)" in seen(each.value) for each in mine.warning)
    versions = history(own_store, "criteria", {"criterion_id": "vaerebro-tryg"})
    assert list(versions["target"]) == [0.70, 0.84]


def test_keeping_my_criterion_adopts_it_as_the_version_after_theirs(own_store: Store) -> None:
    mine, theirs = form("vaerebro-tryg"), form("vaerebro-tryg")
    for app, target in ((theirs, 84.0), (mine, 86.0)):
        app.number_input(key=FIELD.format("target_survey_level")).set_value(target).run()
        area(app, "Begrundelse for ændringen").set_value("Målet var for tæt på")
        adopt(app)
    next(button for button in mine.button if button.label == "Behold min udgave").click().run()
    versions = records(history(own_store, "criteria", {"criterion_id": "vaerebro-tryg"}))
    assert [(row["version"], row["target"]) for row in versions] == [(1, 0.70), (2, 0.84), (3, 0.86)]


def test_changing_a_criterion_makes_a_new_version_with_a_reason(own_store: Store) -> None:
    app = form("vaerebro-tryg")
    assert app.title[0].value == "Ret et kriterium"
    app.number_input(key=FIELD.format("target_survey_level")).set_value(85.0).run()
    area(app, "Begrundelse for ændringen").set_value("Målet var for tæt på")
    adopt(app)
    versions = records(history(own_store, "criteria", {"criterion_id": "vaerebro-tryg"}))
    assert [(row["version"], row["target"], row["reason"]) for row in versions] == [
        (1, 0.70, ""), (2, 0.85, "Målet var for tæt på"),
    ]  # fmt: skip


def test_what_is_adopted_waits_on_its_initiative_for_the_next_release(own_store: Store) -> None:
    app = adopt(typed(form(), 99))
    app.session_state["row_tryghedsvandringer"] = True
    app.switch_page("../pages/initiatives.py").run()
    assert not app.exception
    assert "Tryghed i nabolaget i Værebro Park** :blue-badge[:material/schedule: vedtaget, venter" in words(app)


def test_the_further_filters_narrow_the_initiatives(own_store: Store) -> None:
    app = unfolded("more_filters")
    every = len(rows_shown(app))
    native_list(app, "choice_principle").choose("mobilitet")
    release = own_store.release(audience="ledelse")
    wanted = release.initiatives[release.initiatives["principles"].str.contains("mobilitet")]["title"]
    assert 0 < len(wanted) < every
    assert set(wanted) == set(rows_shown(app))
    assert app.title[0].value == f"{len(wanted)} indsatser og deres mål · mobilitet"
    assert app.query_params["princip"] == "mobilitet"


def test_the_totals_follow_the_filters(own_store: Store) -> None:
    criteria, initiatives = (own_store.release(audience="ledelse").tables[name] for name in ("criteria", "initiatives"))
    own = set(initiatives.loc[initiatives["focus_area"] == 2, "initiative_id"])
    met = int(((criteria["status"] == "undecided") & criteria["initiative_id"].isin(own)).sum())
    said = words(initiatives_page(indsatsomraade="2"))
    assert f"Kan ikke afgøres] {met}" in said
    assert "Opfyldt]" not in said


def test_a_link_opens_the_very_criterion_also_where_a_filter_leaves_its_initiative_out(own_store: Store) -> None:
    app = initiatives_page(kriterium="vaerebro-tryg", indsatsomraade="1")
    assert "**Tryghed i nabolaget i Værebro Park**" in words(app)
    assert [fold.label for fold in app.expander if fold.proto.expanded and fold.label.startswith("**")]


def test_what_the_address_says_that_does_not_exist_is_said_and_left_out(own_store: Store) -> None:
    app = initiatives_page(fane="kaffe", kriterium="intet-saadant")
    assert [seen(notice.value) for notice in app.warning] == [
        "Fanen »kaffe« findes ikke. Viser »Status« i stedet.",
        "Målet »intet-saadant« findes ikke her. Det er valgt fra.",
    ]


def rows_shown(app: AppTest) -> list[str]:
    """The titles of the initiatives that have a row."""
    labels = (fold.label for fold in app.expander if fold.label.startswith("**"))
    return [seen(label.removeprefix("**").split("**")[0]) for label in labels]


def fill_a_hole(app: AppTest) -> AppTest:
    """Write an initiative that is to fill the first hole of the list."""
    app.selectbox(key="hole_to_fill").select_index(0).run()
    said = {
        "Titel": "Åben hal", "Arbejdsgruppe": "Arbejdsgruppen for fritid", "Ansvarlig": "Fritidschefen",
        "Formål": "Noget at gå til", "Metode": "Åben hal to aftener om ugen",
    }  # fmt: skip
    for field in [*app.text_input, *app.text_area]:
        if field.label in said:
            field.set_value(said[field.label])
    next(field for field in app.date_input if field.label == "Start").set_value("2025-09-01")
    app.run()
    return next(button for button in app.button if button.label == "Gem udkastet").click().run()


def first_hole(store: Store) -> dict[str, object]:
    return records(store.release(audience="ledelse").tables["gaps"].query("hole").head(1))[0]


def test_a_hole_begins_a_draft_initiative(own_store: Store) -> None:
    hole = first_hole(own_store)
    app = fill_a_hole(initiatives_page(fane="hvem"))
    rows = standing(own_store, "initiatives")
    (row,) = records(rows[rows["title"] == "Åben hal"])
    assert (row["focus_area"], row["area_ids"]) == (3, hole["area_id"])
    assert "**Åben hal**" in words(app)
    assert "udkast, venter på næste udgave" in words(app)


def test_the_draft_fills_its_hole_in_the_next_release(
    small_store: Store, partnership: Partnership, draw_from: DrawFrom
) -> None:
    draw_from(str(small_store.engine.url))
    hole = first_hole(small_store)
    app = fill_a_hole(initiatives_page(fane="hvem"))
    assert hole["sentence"] not in app.selectbox(key="hole_to_fill").options
    publish(small_store, partnership, by="test")
    gaps = small_store.release(audience="ledelse").tables["gaps"]
    filled = gaps[(gaps["profile_id"] == hole["profile_id"]) & (gaps["area_id"] == hole["area_id"])]
    assert not filled["hole"].any()


def test_undoing_a_draft_opens_its_hole_again(own_store: Store) -> None:
    hole = first_hole(own_store)
    app = fill_a_hole(initiatives_page(fane="hvem")).button(key="undo_last").click().run()
    assert hole["sentence"] in app.selectbox(key="hole_to_fill").options
    assert "Åben hal" not in set(standing(own_store, "initiatives")["title"])


def test_who_may_not_write_is_offered_nothing_to_write(own_store: Store) -> None:
    app = AppTest.from_file(FRAME, default_timeout=30)
    app.session_state["audience"] = "politi"
    app.run()
    app.switch_page("../pages/initiatives.py").run()
    assert not app.exception
    labels = {button.label for button in app.button}
    assert not labels & {"Nyt kriterium", "Ret kriteriet", "Gem udkastet", "Marker som udført"}


def test_the_dialogues_follow_the_chosen_area(own_store: Store) -> None:
    app = initiatives_page(omraade="herlev", fane="vandringer")
    shown = set(next(each for each in tables(app) if "Med hvem" in each)["Område"])
    areas = own_store.release(audience="ledelse").areas
    herlev = areas[(areas["area_id"] == "herlev") | (areas["parent_id"] == "herlev")]
    assert shown
    assert shown <= set(herlev["name"])


def unfolded(key: str, chosen: object = True, **address: str) -> AppTest:
    """Indsatser with one of its folds open, or one of its choices made; a part of an initiative with its row."""
    app = AppTest.from_file(FRAME, default_timeout=30)
    app.query_params.update(address)
    app.session_state[key] = chosen
    if key.startswith("part_"):
        app.session_state[key.replace("part_", "row_")] = True
    return app.run().switch_page("../pages/initiatives.py").run()


def test_what_was_done_is_written_in_the_log_of_its_initiative(own_store: Store) -> None:
    app = unfolded("part_tryghedsvandringer", "log")
    before = len(standing(own_store, "activities"))
    next(field for field in app.date_input if field.label == "Dato").set_value(dt.date(2026, 3, 2))
    next(field for field in app.number_input if field.label == "Gange").set_value(2)
    next(field for field in app.number_input if field.label == "Deltagere").set_value(14)
    area(app, "Det gjorde vi").set_value("Vandring ved stien")
    app.button(key="save_activity_tryghedsvandringer").click().run()
    rows = standing(own_store, "activities")
    newest = rows.sort_values("load_id").iloc[-1]
    assert len(rows) == before + 1
    assert (newest["initiative_id"], newest["kind"]) == ("tryghedsvandringer", "tryghedsvandring")
    assert (newest["times"], newest["participants"]) == (2, 14)
    assert (newest["text"], newest["provenance"]) == ("Vandring ved stien", "example")


def test_a_place_pointed_out_on_a_walk_begins_as_open_in_the_area_of_the_walk(own_store: Store) -> None:
    app = unfolded("new_place", fane="vandringer")
    walk = next(field for field in app.selectbox if field.label == "Udpeget ved").value
    next(field for field in app.selectbox if field.label == "Slags sted").set_value("torv")
    app.button(key="save_insecure_place").click().run()
    newest = standing(own_store, "insecure_places").sort_values("load_id").iloc[-1]
    walks = standing(own_store, "dialogues").set_index("dialogue_id")
    assert (newest["dialogue_id"], newest["place_type"], newest["status"]) == (walk, "torv", "åben")
    assert newest["area_id"] == walks.loc[walk, "area_id"]


def test_the_status_of_a_criterion_stands_release_by_release(own_store: Store) -> None:
    said = words(unfolded("behind_vaerebro-tryg", kriterium="vaerebro-tryg"))
    assert "Opfyldt] udgave 2, mødet 4. marts 2026" in said
    assert "Kan ikke afgøres] udgave 1, mødet 3. december 2025" in said


def test_the_figures_of_a_criterion_stand_as_a_table_behind_its_button(own_store: Store) -> None:
    points = own_store.release(audience="ledelse").tables["criterion_points"]
    app = unfolded("behind_vaerebro-tryg", kriterium="vaerebro-tryg")
    table = next(each for each in tables(app) if "Interval" in each)
    assert list(table.index) == list(points.loc[points["criterion_id"] == "vaerebro-tryg", "period"])
    assert app.get("download_button")[-1].proto.label == "Hent som CSV"


def test_the_chances_of_a_criterion_at_its_deadline_are_drawn_behind_its_button(own_store: Store) -> None:
    assert "**Svaret ved fristen**" in words(unfolded("behind_hoeje-gladsaxe-tryg", kriterium="hoeje-gladsaxe-tryg"))
    assert "Svaret ved fristen" not in words(unfolded("behind_vaerebro-tryg", kriterium="vaerebro-tryg"))


def test_a_picture_names_what_is_required_only_where_something_is(own_store: Store) -> None:
    app = AppTest.from_file(FRAME, default_timeout=30)
    for initiative in own_store.release(audience="ledelse").initiatives["initiative_id"]:
        app.session_state[f"row_{initiative}"] = True
    page = app.run().switch_page("../pages/initiatives.py").run()
    drawn = [ElementTree.fromstring(picture["html"]) for picture in pictures(page)]
    texts = ["".join(text.itertext()) for each in drawn for text in each.iter("{http://www.w3.org/2000/svg}text")]
    named = [text for text in texts if "Krævet" in text]
    required = own_store.release(audience="ledelse").criteria.dropna(subset=["value", "baseline", "required"])
    assert len(named) == len(required) > 0
    assert [text for text in named if "–" in text] == []


def test_a_criterion_is_changed_from_behind_its_button(own_store: Store) -> None:
    app = unfolded("behind_vaerebro-tryg", kriterium="vaerebro-tryg")
    app.button(key="open_criterion_shown_vaerebro-tryg").click().run()
    assert app.title[0].value == "Ret et kriterium"


def test_initiatives_that_have_promised_something_stand_first_in_their_focus_area(own_store: Store) -> None:
    release = own_store.release(audience="ledelse")
    with_criteria = set(release.criteria["initiative_id"])
    ids = dict(zip(release.initiatives["title"], release.initiatives["initiative_id"], strict=True))
    of_area = dict(zip(release.initiatives["title"], release.initiatives["focus_area"], strict=True))
    order = [(of_area[title], ids[title] not in with_criteria) for title in rows_shown(initiatives_page())]
    assert order == sorted(order)


def test_what_came_of_an_initiative_is_said_with_its_evidence_when_asked(own_store: Store) -> None:
    effects = own_store.release(audience="ledelse").effects
    expected = effects[effects["main"] & (effects["initiative_id"] == "tryghedsvandringer")]["sentence"]
    said = words(unfolded("part_tryghedsvandringer", "effects"))
    assert len(expected)
    assert [sentence for sentence in expected if sentence not in said] == []
    assert "Evidens " in said


def test_the_log_shows_the_latest_and_folds_the_rest_away(own_store: Store) -> None:
    done = own_store.release(audience="ledelse").activities
    count = int((done["initiative_id"] == "tryghedsvandringer").sum())
    app = unfolded("part_tryghedsvandringer", "log")
    table = next(each for each in tables(app) if "Aktivitet" in each)
    assert len(table) == 8
    assert f"Vis {count - 8} poster til" in {fold.label for fold in app.expander}


def test_a_dialogue_is_registered_on_its_tab(own_store: Store) -> None:
    count = len(standing(own_store, "dialogues"))
    app = AppTest.from_file(FRAME, default_timeout=30)
    app.query_params["fane"] = "vandringer"
    app.session_state["new_dialogue"] = True
    app.run().switch_page("../pages/initiatives.py").run()
    next(field for field in app.text_input if field.label == "Med hvem").set_value("Afdelingsbestyrelsen")
    next(field for field in app.number_input if field.label == "Deltagere").set_value(14)
    next(field for field in app.date_input if field.label == "Dato").set_value(dt.date(2026, 3, 2))
    area(app, "Indhold").set_value("Møde om stien")
    app.button(key="save_dialogue").click().run()
    rows = standing(own_store, "dialogues")
    newest = rows.sort_values("load_id").iloc[-1]
    assert len(rows) == count + 1
    assert (newest["counterpart"], newest["reach"], newest["text"]) == ("Afdelingsbestyrelsen", 14, "Møde om stien")


def test_the_three_chances_at_the_deadline_are_drawn_and_said_while_one_types(own_store: Store) -> None:
    app = typed(form(), 99)
    said = words(app)
    assert "Nås målet præcis, bliver det kun kaldt opfyldt i " in said or "bliver det også kaldt opfyldt i " in said


def test_the_tolerance_that_is_offered_fills_its_field_and_makes_an_exact_success_likely_to_show(
    own_store: Store,
) -> None:
    app = typed(form(), share_now(own_store) + 10)
    assert app.number_input(key=FIELD.format("tolerance_survey")).value == 0
    app.button(key="use_tolerance").click().run()
    tolerance = app.number_input(key=FIELD.format("tolerance_survey")).value
    assert tolerance > 0
    assert "bliver det også kaldt opfyldt i 8" in words(app)
    assert not [button for button in app.button if button.key == "use_tolerance"]
    adopt(app)
    newest = standing(own_store, "criteria").sort_values("load_id").iloc[-1]
    assert newest["tolerance"] == pytest.approx(tolerance / 100)


def test_the_answers_that_are_offered_fill_their_field_and_make_an_exact_success_likely_to_show(
    own_store: Store,
) -> None:
    app = typed(form(), share_now(own_store) + 10)
    offered = app.button(key="use_answers")
    assert offered.label.startswith("Regn med ")
    offered.click().run()
    assert app.number_input(key=FIELD.format("answers")).value > 100
    assert app.number_input(key=FIELD.format("tolerance_survey")).value > 0
    assert "bliver det også kaldt opfyldt i 8" in words(app)
    assert not [button for button in app.button if button.key == "use_answers"]


def test_the_nearer_goal_that_is_offered_is_written_as_the_level_without_a_tolerance(own_store: Store) -> None:
    goal = share_now(own_store) + 10
    app = typed(form(), goal)
    app.button(key="use_nearer_target").click().run()
    assert share_now(own_store) < app.number_input(key=FIELD.format("target_survey_level")).value < goal
    assert app.number_input(key=FIELD.format("tolerance_survey")).value == 0
