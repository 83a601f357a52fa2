"""The map in a window that changes its size: whole as long as the reader has not gone elsewhere on it."""

from playwright.sync_api import Page, expect

from tests.browser.reader import visit
from tests.browser.server import Server

MARKS = ".stage path.leaflet-interactive"
OUTSIDE = """marks => {
    const stage = marks[0].closest('.stage').getBoundingClientRect();
    return marks.map(mark => mark.getBoundingClientRect()).filter(({left, right, top, bottom}) =>
        left < stage.left || right > stage.right || top < stage.top || bottom > stage.bottom).length;
}"""


def test_a_window_made_narrower_and_wider_again_shows_every_area(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    visit(page, f"{server.address}/tryghedskort")
    for width in (700, 390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(400)
        marks = page.locator(MARKS)
        expect(marks.first).to_be_attached()
        assert (width, marks.evaluate_all(OUTSIDE)) == (width, 0)


def test_where_the_reader_has_zoomed_in_the_map_stays_there(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    visit(page, f"{server.address}/tryghedskort")
    near = page.get_by_role("button", name="Zoom ind")
    for _ in range(4):
        near.click()
        page.wait_for_timeout(400)
    assert page.locator(MARKS).evaluate_all(OUTSIDE) > 0
    page.set_viewport_size({"width": 1000, "height": 900})
    page.wait_for_timeout(400)
    assert page.locator(MARKS).evaluate_all(OUTSIDE) > 0
