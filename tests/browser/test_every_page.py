"""What holds on every page: it draws alone, fits every width, speaks Danish and says when figures are invented."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Request, Route, WebSocket

from components.navigation import PageEntry
from tests.browser.conftest import visitor
from tests.browser.reader import OPEN_PAGES, WIDTHS, drawn, text, too_wide, unfold
from tests.browser.server import Server, watched

OWN_SCHEMES = ("data:", "blob:")


@dataclass(frozen=True)
class Seen:
    """What one saw on a page that was opened with everything but the app's own address blocked."""

    page: PageEntry
    fetched: tuple[str, ...]
    tried_elsewhere: tuple[str, ...]
    complaints: tuple[str, ...]
    text: str
    titles: tuple[str, ...]
    language: str
    errors_shown: int
    deploy_buttons: int
    typefaces: tuple[str, ...]
    maps: int
    too_wide: dict[int, int]
    too_wide_unfolded: int


@pytest.fixture(scope="module", params=OPEN_PAGES, ids=lambda page: page.title)
def seen(request: pytest.FixtureRequest, server: Server, browser: Browser) -> Seen:
    entry: PageEntry = request.param
    fetched: list[str] = []
    elsewhere: list[str] = []
    complaints: list[str] = []

    def ours(address: str) -> bool:
        return address.startswith((f"{server.address}/", f"{server.address.replace('http', 'ws')}/", *OWN_SCHEMES))

    def note_request(asked: Request) -> None:
        (fetched if ours(asked.url) else elsewhere).append(asked.url)

    def note_socket(socket: WebSocket) -> None:
        if not ours(socket.url):
            elsewhere.append(socket.url)

    def note_complaint(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"{message.text} ({message.location['url']})")

    def stop(route: Route) -> None:
        route.abort()

    context = visitor(browser)
    context.route(lambda address: not ours(address), stop)
    page = context.new_page()
    page.on("request", note_request)
    page.on("websocket", note_socket)
    page.on("console", note_complaint)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{server.address}/{entry.address}")
    drawn(page)
    facts: dict[str, Any] = {
        "text": text(page),
        "titles": tuple(page.locator("h1").all_inner_texts()),
        "language": page.locator("html").get_attribute("lang"),
        "errors_shown": page.get_by_test_id("stException").count(),
        "maps": page.locator(".stBidiComponent .map").count(),
        "deploy_buttons": page.get_by_text("Deploy").count(),
        "typefaces": tuple(page.evaluate("[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)")),
    }
    scroll = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        scroll[width] = too_wide(page)
    unfold(page)
    unfolded = too_wide(page)
    context.close()
    return Seen(
        entry,
        fetched=tuple(fetched),
        tried_elsewhere=tuple(elsewhere),
        complaints=tuple(complaints),
        too_wide=scroll,
        too_wide_unfolded=unfolded,
        **facts,
    )


def test_the_page_asks_nobody_but_the_app(seen: Seen) -> None:
    assert seen.tried_elsewhere == ()


def test_the_server_calls_nobody(seen: Seen, server: Server) -> None:
    assert seen.page.file in server.pages_run()
    assert server.hosts_called() == set()


def test_the_browser_has_nothing_to_complain_about(seen: Seen) -> None:
    assert seen.complaints == ()


def test_the_typeface_comes_from_us(seen: Seen) -> None:
    assert any("/app/static/vendor/inter/" in address for address in seen.fetched)
    assert any("Inter" in typeface for typeface in seen.typefaces)


def test_no_error_is_shown(seen: Seen) -> None:
    assert seen.errors_shown == 0


def test_there_is_one_title(seen: Seen) -> None:
    assert len(seen.titles) == 1
    assert seen.titles[0].strip()


def test_the_page_says_it_is_danish(seen: Seen) -> None:
    assert seen.language == "da"


def test_there_is_no_deploy_button(seen: Seen) -> None:
    assert seen.deploy_buttons == 0


def test_invented_figures_are_marked_as_such(seen: Seen) -> None:
    assert "eksempeldata" in seen.text


@pytest.mark.parametrize("width", WIDTHS)
def test_nobody_has_to_scroll_sideways(seen: Seen, width: int) -> None:
    assert seen.too_wide[width] == 0


def test_nobody_has_to_scroll_sideways_on_a_phone_when_all_is_unfolded(seen: Seen) -> None:
    assert seen.too_wide_unfolded == 0


def test_the_outlines_of_a_map_come_from_us(seen: Seen) -> None:
    outlines = [address for address in seen.fetched if "/app/static/geo/" in address]
    assert bool(outlines) == (seen.maps > 0)


def test_a_call_out_of_the_house_would_be_noticed(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    # A datagram socket is only pointed at this address, which is reserved for documentation; nothing is sent.
    call = "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"
    subprocess.run([sys.executable, "-c", call], env=watched(notes), check=False)
    assert Server("", notes, notes).hosts_called() == {"192.0.2.1"}
