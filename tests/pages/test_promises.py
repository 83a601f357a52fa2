"""Vandringer: what was promised about each insecure place, by whom and by when, as a list one follows up."""

import datetime as dt
import json

import lxml.html
from streamlit.testing.v1 import AppTest

from components.navigation import PAGES
from data.contracts.cooperation import PLACE_TYPES
from data.entries import standing
from data.records import records
from data.store import Store
from data.views.promises import promises
from tests.pages.conftest import FRAME, Open, seen_by, words


def walks(**address: str) -> AppTest:
    """The tab Vandringer, as an address opens it."""
    app = AppTest.from_file(FRAME, default_timeout=30)
    app.query_params.update({"fane": "vandringer"} | address)
    return app.run().switch_page("../pages/initiatives.py").run()


def listed(app: AppTest) -> dict[str, str]:
    """What the list says of each place, by its id."""
    sent = [each.proto for each in app.get("bidi_component")]
    html = next(json.loads(each.json)["html"] for each in sent if each.component_name == "tryghedsoverblik_loefter")
    items = lxml.html.fromstring(f"<div>{html}</div>").findall(".//li")
    return {item.find("button").get("data-place"): item.text_content() for item in items}


def an_open_place(store: Store) -> str:
    places = standing(store, "insecure_places")
    return str(places.loc[places["status"] == "åben", "place_id"].iloc[0])


def test_the_list_says_what_where_who_and_how_far_of_every_place(own_store: Store) -> None:
    release = own_store.release(audience="ledelse")
    places = standing(own_store, "insecure_places")
    said = listed(walks())
    assert len(said) == len(places)
    for row in records(places[places["status"] != "udført"]):
        told = said[row["place_id"]]
        assert PLACE_TYPES[row["place_type"]].capitalize() in told
        assert release.name_of(row["area_id"]) in told
        assert row["follow_up"] in told
        assert row["owner"] in told
        assert row["status"].capitalize() in told


def test_the_list_is_narrowed_by_owner_and_by_what_is_over_its_date(own_store: Store) -> None:
    places = promises(standing(own_store, "insecure_places"), dt.date.today())
    late = places[places["late"] & (places["owner"] == "Trafikselskabet")]
    page = walks(tilstand="over fristen", ansvarlig="Trafikselskabet")
    assert set(listed(page)) == set(late["place_id"])
    assert len(late)
    assert page.title[0].value == "Vandringer, møder og utrygge steder · over fristen · Trafikselskabet"


def test_a_state_and_an_owner_that_are_not_there_give_way_with_a_word(own_store: Store) -> None:
    page = walks(tilstand="glemt", ansvarlig="Ingen")
    assert len(listed(page)) == len(standing(own_store, "insecure_places"))
    assert "Tilstanden »glemt« findes ikke her" in words(page)
    assert "Den ansvarlige »Ingen« findes ikke her" in words(page)


def test_a_place_that_is_followed_up_changes_status(own_store: Store) -> None:
    places = standing(own_store, "insecure_places")
    place = places[places["status"] != "udført"]["place_id"].iloc[0]
    app = walks()
    app.selectbox(key="place_to_follow_up").set_value(place).run()
    app.button(key=f"place_udført_{place}").click().run()
    now = standing(own_store, "insecure_places").set_index("place_id")
    assert now.loc[place, "status"] == "udført"


def test_what_is_promised_about_a_place_is_written_with_who_and_when(own_store: Store) -> None:
    place = an_open_place(own_store)
    app = walks()
    app.selectbox(key="place_to_follow_up").set_value(place).run()
    next(field for field in app.date_input if field.label == "Frist").set_value(dt.date(2027, 3, 2))
    app.button(key=f"save_promise_{place}").click().run()
    assert "Fristen mangler en ansvarlig" in words(app)
    next(field for field in app.text_input if field.label == "Ansvarlig rolle").set_value("Teknik og Miljø")
    app.button(key=f"save_promise_{place}").click().run()
    now = standing(own_store, "insecure_places").set_index("place_id").loc[place]
    assert (now["owner"], now["due"], now["status"]) == ("Teknik og Miljø", dt.date(2027, 3, 2), "åben")


def test_a_telephone_number_is_refused_in_a_promise(own_store: Store) -> None:
    place = an_open_place(own_store)
    app = walks()
    app.selectbox(key="place_to_follow_up").set_value(place).run()
    next(field for field in app.text_area if field.label == "Det har vi lovet").set_value("Ring på 22 33 44 55").run()
    app.button(key=f"save_promise_{place}").click().run()
    assert standing(own_store, "insecure_places").set_index("place_id").loc[place, "follow_up"] == ""
    assert "telefonnummer" in words(app)


def test_what_is_over_its_date_stands_on_overblik_and_under_its_owner_among_the_tasks(open_page: Open) -> None:
    front = open_page("Overblik")
    front.session_state["more_overdue"] = True
    assert "skulle være ordnet" in words(front.run())
    tasks = words(open_page("Møde", **{"del": "handlinger"}))
    assert "Løfter om utrygge steder, over fristen" in tasks
    assert "Trafikselskabet" in tasks


def test_a_council_reads_the_promises_of_its_own_areas_and_changes_none(own_store: Store) -> None:
    entry = next(each for each in PAGES if each.file == "initiatives.py")
    page = seen_by("lokalraad-herlev", entry, fane="vandringer")
    assert not page.exception
    assert "utrygge steder er udpeget" in words(page)
    assert "place_to_follow_up" not in {box.key for box in page.selectbox}
