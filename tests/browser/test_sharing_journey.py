"""Four accounts and one link: the secretariat publishes, the leadership shares, the council opens it on a phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data.store import Store
from data.store.events import logged
from tests.browser.conftest import visitor
from tests.browser.identity import COUNCIL, LEADER, OFFICER, SECRETARIAT, sign_in, signing_in
from tests.browser.reader import choose, drawn, text, title, too_wide, visit
from tests.browser.server import Server

PATIENT = 60_000
ONE_RELEASE, ANOTHER = 1, 2


@pytest.fixture
def guarded(own_store: Store, tmp_path: Path) -> Iterator[Server]:
    with signing_in(str(own_store.engine.url), tmp_path) as server:
        yield server


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """The council's chairman, on a phone."""
    context = browser.new_context(locale="da-DK", viewport={"width": 390, "height": 844}, has_touch=True)
    context.set_default_timeout(PATIENT)
    yield context.new_page()
    context.close()


@pytest.fixture
def officers_page(browser: Browser) -> Iterator[Page]:
    context = visitor(browser)
    yield context.new_page()
    context.close()


def publish_again(page: Page, server: Server, release: int, becomes: int) -> None:
    """The secretariat publishes the figures of an earlier release as the newest."""
    visit(page, f"{server.address}/data")
    page.locator(f".st-key-line_release_{release}").get_by_role("button", name="Gå tilbage").click()
    page.get_by_role("button", name=f"Ja, gå tilbage til udgave {release}").click()
    told = f"Udgave {becomes} er udgivet"
    expect(page.get_by_test_id("stAlert").filter(has_text=told)).to_be_visible(timeout=PATIENT)


def share(page: Page, audience: str) -> str:
    """Share what one sees with an audience; the address of the link."""
    page.get_by_role("button", name="Del med …").click()
    page.get_by_role("button", name="Lav link").wait_for()
    choose(page, "Målgruppe", audience)
    drawn(page)
    page.get_by_role("button", name="Lav link").click()
    expect(page.get_by_text("Modtageren skal logge ind.")).to_be_visible()
    return page.get_by_test_id("stCode").inner_text().strip()


def open_live(page: Page, release: str) -> None:
    """From the document that a link opens, which needs no script, to the live view."""
    expect(page.get_by_text("Delt visning: Område · Værebro Park")).to_be_visible()
    expect(page.get_by_text(f"Delt · {release} · til")).to_be_visible()
    assert page.locator("script").count() == 0
    page.get_by_role("link", name="Åbn i Tryghedsoverblik").click()
    drawn(page)


def test_a_view_is_shared_kept_apart_kept_as_it_was_and_taken_back(
    page: Page, another_page: Page, phone: Page, officers_page: Page, guarded: Server, own_store: Store
) -> None:
    for each in (page, another_page, officers_page):
        each.set_default_timeout(PATIENT)
    secretariat, leader = page, another_page

    visit(secretariat, guarded.address)
    sign_in(secretariat, SECRETARIAT)
    publish_again(secretariat, guarded, ONE_RELEASE, becomes=3)

    visit(leader, f"{guarded.address}/omraade?omraade=vaerebro-park")
    sign_in(leader, LEADER)
    address = share(leader, "Lokalråd Gladsaxe")
    token = address.split("delt=")[1]

    # The council's chairman opens it on a phone, signs in on the way, and sees it as the council may.
    visit(phone, address)
    expect(title(phone)).to_have_text("Linket kan ikke åbnes")
    phone.get_by_role("button", name="Log ind").click()
    phone.get_by_role("button", name=COUNCIL).click()
    open_live(phone, "udgave 3")
    expect(title(phone)).to_contain_text("Værebro Park")
    expect(phone.get_by_text("Delt visning: Område · Værebro Park")).to_be_visible()
    expect(phone.get_by_text("Tallene er fra udgave 3")).to_be_visible()
    expect(phone.get_by_text("Tryghed i nabolaget, 2024")).to_be_visible()
    assert too_wide(phone) == 0

    # Herlev's area and Hotspots are there for the police, and for the council by no address.
    visit(officers_page, f"{guarded.address}/hotspots")
    sign_in(officers_page, OFFICER)
    expect(title(officers_page)).to_contain_text("Hotspots")
    visit(officers_page, f"{guarded.address}/omraade?omraade=hjortegaarden")
    expect(title(officers_page)).to_contain_text("Hjortegården")
    for way in (
        "omraade?omraade=hjortegaarden", "tryghedskort?omraade=hjortegaarden&udgave=2",
        f"omraade?omraade=hjortegaarden&delt={token}", f"udvikling?omraade=hjortegaarden&delt={token}&udgave=1",
        "hotspots", f"hotspots?delt={token}", "hotspots.py", "pages/hotspots", "pages/hotspots.py", "delte-links",
        "data", f"data?delt={token}",
    ):  # fmt: skip
        visit(phone, f"{guarded.address}/{way}")
        seen = text(phone)
        assert "Hjortegården" not in seen, way
        assert "Hotspots for" not in title(phone).inner_text(), way
        assert title(phone).inner_text() != "Data", way

    # New figures come; the link keeps to its own, and offers them.
    publish_again(secretariat, guarded, ANOTHER, becomes=4)
    phone.goto(address)
    open_live(phone, "udgave 3")
    expect(phone.get_by_text("Tallene er fra udgave 3")).to_be_visible()
    expect(phone.get_by_text("Tryghed i nabolaget, 2024")).to_be_visible()
    phone.get_by_role("button", name="Se nyeste tal").click()
    expect(phone.get_by_text("Tallene er fra udgave 4")).to_be_visible()
    expect(phone.get_by_text("Tryghed i nabolaget, 2025")).to_be_visible()
    assert "udgave=4" in phone.url

    # The leadership takes it back, and it is dead.
    visit(leader, f"{guarded.address}/delte-links")
    leader.get_by_role("button", name="Træk tilbage").click()
    expect(leader.get_by_text(re.compile("Trukket tilbage"))).to_be_visible()
    visit(phone, address)
    expect(title(phone)).to_have_text("Linket kan ikke åbnes")
    assert "Værebro" not in text(phone)

    told = [(event.what, event.account) for event in logged(own_store.engine, 100)]
    for line in (("share", LEADER), ("open", COUNCIL), ("revoke", LEADER), ("rollback", SECRETARIAT),
                 ("sign_in", OFFICER)):  # fmt: skip
        assert line in told
