"""A walk noted on a phone in the rain: little signal, a connection that is cut twice, and no place lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from data.entries import standing
from data.store import Store
from tests.browser.conftest import PATIENCE
from tests.browser.reader import drawn
from tests.browser.server import Server

PHONE = {"width": 390, "height": 844}
KINDS = ("Sti", "Station", "Parkering", "Opgang", "Legeplads", "Torv", "Belysning", "Andet")
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 60_000, "uploadThroughput": 30_000}
"""A poor mobile connection: 300 ms each way, half a megabit down."""


class Line:
    """The connection of the page to the server, which the test can cut."""

    def __init__(self, page: Page) -> None:
        self.open: list[tuple[WebSocketRoute, WebSocketRoute]] = []
        page.route_web_socket("**/_stcore/stream", self._through)

    def _through(self, route: WebSocketRoute) -> None:
        self.open.append((route, route.connect_to_server()))

    def cut(self) -> None:
        """Close what is open, on both ends, as a lost signal does."""
        for ends in self.open:
            for end in ends:
                end.close()
        self.open.clear()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone that has never been here."""
    context = browser.new_context(locale="da-DK", viewport=PHONE, has_touch=True)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def note(page: Page, number: int, kind: str) -> None:
    """One more place of a kind, the `number`th from 0."""
    page.get_by_role("button", name="+ Første sted" if number == 0 else "+ Næste sted").click()
    page.locator(f"[data-row='{number}']").get_by_role("button", name=kind, exact=True).click()


def test_eight_places_reach_the_partnership_though_the_line_is_cut_twice_and_the_page_reloaded(
    phone: Page, own_server: Server, own_store: Store
) -> None:
    line = Line(phone)
    phone.goto(f"{own_server.address}/indsatser?fane=vandringer&omraade=hjortegaarden")
    drawn(phone)
    phone.context.new_cdp_session(phone).send("Network.emulateNetworkConditions", SLOW)
    phone.get_by_role("button", name="Ny tryghedsvandring").click()
    for number, kind in enumerate(KINDS[:4]):
        note(phone, number, kind)
    line.cut()
    for number, kind in enumerate(KINDS[4:6], 4):
        note(phone, number, kind)
    phone.reload()
    drawn(phone)
    phone.get_by_role("button", name="Fortsæt kladden: 6 steder").click()
    for number, kind in enumerate(KINDS[6:], 6):
        note(phone, number, kind)
    phone.get_by_role("button", name="Send vandringen").click()
    line.cut()
    expect(phone.get_by_text("Vandringen er modtaget med 8 steder")).to_be_visible(timeout=3 * PATIENCE)
    places = standing(own_store, "insecure_places")
    places = places[places["dialogue_id"].str.startswith("vandring-")]
    assert sorted(places["place_type"]) == sorted(kind.lower() for kind in KINDS)
    assert phone.evaluate("localStorage.getItem('tryghed_vandring')") is None


def test_a_name_is_refused_at_its_place_and_the_rest_of_the_draft_stays(phone: Page, own_server: Server) -> None:
    phone.goto(f"{own_server.address}/indsatser?fane=vandringer&omraade=hjortegaarden")
    drawn(phone)
    phone.get_by_role("button", name="Ny tryghedsvandring").click()
    note(phone, 0, "Sti")
    place = phone.locator("[data-row='0']")
    place.get_by_text("Er der lovet noget?").click()
    place.get_by_label("Det har vi lovet").fill("Jens Hansen ser på det")
    phone.get_by_role("button", name="Send vandringen").click()
    expect(place.get_by_role("alert")).to_contain_text("ser ud til at indeholde et navn")
    expect(place.get_by_label("Det har vi lovet")).to_have_value("Jens Hansen ser på det")
