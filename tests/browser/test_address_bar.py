"""The address bar states the view: it follows each choice, brings the view back, and bears with wrong values."""

import re

from playwright.sync_api import Page, expect

from data.partnership import Partnership
from data.release import Release
from data.views.nearest import nearest
from data.views.view import View
from tests.browser.reader import (
    address_says,
    choose,
    chosen,
    current,
    drawn,
    map_keys,
    notices,
    open_page,
    parameters,
    text,
    title,
    visit,
)
from tests.browser.server import Server

TRUST_2023 = "Tillid til politiet i boligområder, 2023"
WRONG = {"emne": "vejret", "niveau": "gade", "aar": "1900", "art": "9999", "omraade": "atlantis"}


def choose_trust_2023(page: Page) -> None:
    choose(page, "Emne", "Tillid til politiet")
    expect(title(page)).to_have_text(re.compile("^Tillid til politiet"))
    choose(page, "Måling", "2023")
    expect(title(page)).to_have_text(TRUST_2023)
    drawn(page)


def test_the_address_follows_each_choice(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort")
    choose_trust_2023(page)
    said = parameters(page)
    assert (said["emne"], said["niveau"], said["aar"]) == (["tillid_til_politiet"], ["housing_area"], ["2023"])


def test_a_reload_brings_the_view_back(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort")
    choose_trust_2023(page)
    before, address = text(page), page.url
    page.reload()
    drawn(page)
    assert (text(page), page.url) == (before, address)


def test_a_pasted_link_shows_somebody_else_the_same(page: Page, another_page: Page, server: Server) -> None:
    visit(page, f"{server.address}/udvikling?omraade=vaerebro-park&omraade=herlev&art=1320")
    visit(another_page, page.url)
    assert text(another_page) == text(page)
    assert "Værebro Park og Herlev" in title(another_page).inner_text()


def test_the_choice_follows_to_the_next_page(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort")
    choose_trust_2023(page)
    open_page(page, "Udvikling")
    expect(chosen(page, "Emne")).to_have_text("Tillid til politiet")
    address_says(page, emne="tillid_til_politiet")


def test_wrong_values_give_messages_and_the_nearest_view(
    page: Page, server: Server, shipped: Release, partnership: Partnership
) -> None:
    view, messages = nearest(View.from_query(WRONG), shipped, partnership)
    visit(page, f"{server.address}/tryghedskort?" + "&".join(f"{name}={value}" for name, value in WRONG.items()))
    assert [notice.split("\n")[-1] for notice in notices(page)] == list(messages)
    assert len(messages) == len(WRONG)
    assert {name: values[0] for name, values in parameters(page).items()} == view.to_query()
    assert page.get_by_test_id("stException").count() == 0


def test_a_release_that_does_not_exist_gives_the_newest_and_a_message(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort?udgave=999")
    expect(page.get_by_test_id("stAlert")).to_contain_text("Den udgave findes ikke. Viser de nyeste tal i stedet.")
    assert "udgave" not in parameters(page)


def test_an_earlier_release_is_shown_and_named(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort?udgave=1")
    expect(page.get_by_test_id("stAlert")).to_contain_text("Du ser udgave 1 fra")
    expect(title(page)).to_contain_text("2024")
    address_says(page, udgave="1")


def test_markup_in_the_address_is_shown_as_text(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort?omraade=<img src=x onerror=alert(1)>&emne=[her](http://ond.example)")
    alerts = page.get_by_test_id("stAlert")
    # A word joiner, which nobody sees, keeps the browser from making the address a link.
    expect(alerts.filter(has_text="»[her](http:\u2060//ond.example)«")).to_have_count(1)
    expect(alerts.filter(has_text="»<img src=x onerror=alert(1)>«")).to_have_count(1)
    assert alerts.locator("a, img").count() == 0


def test_three_quick_choices_all_count(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/udvikling")
    choose(page, "Emne", "Tillid til politiet")
    choose(page, "Anmeldelser", "Voldsforbrydelser")
    choose(page, "Emne", "Utryghed i nabolaget")
    expect(page).to_have_url(re.compile("emne=utryg_i_nabolag.*art=12"))
    drawn(page)
    expect(chosen(page, "Emne")).to_have_text("Utryghed i nabolaget")
    expect(chosen(page, "Anmeldelser")).to_have_text("Voldsforbrydelser")


def test_back_returns_to_the_view_before_and_forward_to_the_one_after(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort")
    before = title(page).inner_text()
    choose(page, "Emne", "Tillid til politiet")
    expect(page).to_have_url(re.compile("emne=tillid_til_politiet"))
    drawn(page)
    after = title(page).inner_text()
    page.go_back()
    expect(title(page)).to_have_text(before)
    drawn(page)
    page.go_forward()
    expect(title(page)).to_have_text(after)


def test_back_gives_up_an_area_that_was_just_chosen(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort")
    map_keys(page).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("omraade="))
    drawn(page)
    page.go_back()
    expect(page.get_by_test_id("stMain")).to_contain_text("Vælg et område på kortet")
    expect(page).to_have_url(re.compile("^(?!.*omraade=)"))


def test_back_returns_to_the_page_before(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort?emne=tillid_til_politiet&aar=2023")
    open_page(page, "Udvikling")
    page.go_back()
    # The navigation first goes to the bare address. The Back button of a browser passes over it, this call does not.
    if current(page).inner_text().strip() == "Udvikling":
        page.go_back()
    expect(current(page)).to_have_text("Tryghedskort")
    expect(title(page)).to_have_text(TRUST_2023)
