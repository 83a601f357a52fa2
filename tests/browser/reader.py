"""What a reader does in the browser and sees there, in the reader's words."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, TimeoutError, expect

from components.navigation import PAGES

# The pages everybody in the partnership has, the front page first.
OPEN_PAGES = tuple(entry for entry in PAGES if entry.in_menu and not entry.needs_cells and not entry.needs_publishing)
RESTING = '[data-testid="stApp"][data-test-script-state="notRunning"]'
# What stands on the page before it is drawn: the grey shape of anything, a chart and a map without their picture.
UNDRAWN = ", ".join(
    (
        '[data-testid="stSkeleton"]',
        ".stBidiComponent:not(:has([data-drawn]))",
    )
)
# How wide a desk, a tablet and a phone are, in pixels.
WIDTHS = (1440, 1024, 390)


def visit(page: Page, address: str) -> None:
    """Open an address and wait until everything on the page is drawn."""
    page.goto(address)
    drawn(page)


def drawn(page: Page) -> None:
    """Wait until the script rests, nothing is still to be drawn, and the answer of the first response has gone."""
    expect(page.locator("h1")).to_have_count(1)
    page.wait_for_selector(RESTING)
    expect(page.locator(UNDRAWN)).to_have_count(0)
    expect(page.locator("#first-response")).to_have_count(0)


def open_page(page: Page, title: str) -> None:
    """Go to another page by the navigation."""
    page.get_by_test_id("stTopNav").get_by_role("link", name=title).click()
    expect(current(page)).to_have_text(title)
    drawn(page)


def look_as(page: Page, audience: str, link: str) -> None:
    """Choose under »Vis som« whose tables to look at; `link` is a page that only they have."""
    page.get_by_test_id("stButtonGroup").get_by_text(audience, exact=True).click()
    expect(page.get_by_test_id("stTopNav").get_by_role("link", name=link)).to_be_visible()
    drawn(page)


def current(page: Page) -> Locator:
    """The name of the page one is on, as the navigation marks it."""
    return page.get_by_test_id("stTopNav").locator('[aria-current="page"] [data-testid="stMarkdownContainer"]')


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a list; returns at once, as a reader in a hurry does.

    A list of Streamlit's that the page drew away under the reader's hand, because an earlier choice was still being
    drawn, is opened once more.
    """
    field = page.get_by_role("combobox", name=label)
    if field.evaluate("each => each.matches('select')"):
        field.select_option(label=option)
        return
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(10):
        field.click()
        try:
            wanted.click(timeout=3_000)
        except TimeoutError:
            page.keyboard.press("Escape")
        else:
            return
    raise AssertionError(f"»{option}« cannot be chosen under »{label}«")


def chosen(page: Page, label: str) -> Locator:
    """What is chosen in a list."""
    return page.get_by_role("combobox", name=label).locator("option:checked")


def add(page: Page, label: str, option: str) -> None:
    """Add a choice to a list of several by typing its name, and close the list.

    What was typed while an earlier choice was still being drawn is lost with the list, and is typed once more.
    """
    field = page.get_by_role("combobox", name=label)
    for _ in range(10):
        field.fill(option)
        try:
            page.get_by_role("option", name=option, exact=True).click(timeout=3_000)
        except TimeoutError:
            page.keyboard.press("Escape")
        else:
            field.press("Escape")
            return
    raise AssertionError(f"»{option}« cannot be added under »{label}«")


def title(page: Page) -> Locator:
    """The title sentence of the page."""
    return page.locator("h1")


def parameters(page: Page) -> dict[str, list[str]]:
    """What the address bar says after the question mark."""
    return parse_qs(urlsplit(page.url).query)


def address_says(page: Page, **fields: str) -> None:
    """Wait until the address bar says that each field has this one value."""
    page.wait_for_url(
        lambda url: all(parse_qs(urlsplit(url).query).get(name) == [value] for name, value in fields.items())
    )


def text(page: Page) -> str:
    """Everything that stands on the page below the navigation."""
    return page.get_by_test_id("stMain").inner_text()


def notices(page: Page) -> list[str]:
    """The messages on the page."""
    return page.get_by_test_id("stAlert").all_inner_texts()


def map_keys(page: Page) -> Locator:
    """The map as the keyboard and the screen reader meet it: a list of areas."""
    return page.locator(".keys")


def name_on_map(page: Page, name: str) -> Locator:
    """Where the name of an area is written on the map."""
    return page.locator(".name", has_text=name)


def unfold(page: Page) -> None:
    """Open every folded part of the page."""
    page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true })")


def too_wide(page: Page) -> int:
    """How many pixels one can scroll sideways, once the page has settled at its width."""
    measure = """() => Math.max(...[...document.querySelectorAll('html, [data-testid="stMain"]')]
        .map((element) => element.scrollWidth - element.clientWidth))"""
    for _ in range(20):
        if page.evaluate(measure) == 0:
            return 0
        page.wait_for_timeout(100)
    return int(page.evaluate(measure))
