"""How soon a choice is answered on a phone whose processor is a quarter as fast: python -m benchmarks.interaction.

At most 200 ms of script and paint may go from the tap to the frame that shows it was taken: interaction to next paint,
as browsers measure it, the slowest of several choices on a page. A finger taps where the thing stands, and nobody asks
the page for anything until the answer is painted: Playwright's own search for the next thing to press runs on the same
slowed processor, and would be counted as ours.

A list that folds out is the browser's own, and a phone draws it outside the page. This machine's Chromium draws it as a
page of its own on the slowed processor, which no phone does, so it is kept closed; all else that a tap sets going is
counted. What is chosen in it is no event that browsers count: the time from it to the next frame is taken here.
"""

import sys
import time

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from benchmarks.chromium import FLAGS, PATIENCE, RESTING, program
from benchmarks.results import Figure, Results
from benchmarks.serving import serving, shipped_database

ANSWERED = 0.2
SLOWER = 4
PHONE = {"width": 390, "height": 844}
SETTLED = 500
"""Milliseconds that a page is left alone before a tap."""
ANSWERING = 2.0
"""Seconds in which a page answers a tap and the browser tells how long it took."""
UNDRAWN = '[data-testid="stSkeleton"], .stBidiComponent:not(:has([data-drawn]))'
CHOICES = {
    "tryghedskort": [
        ("Niveau", "Kommuner"),
        ("Niveau", "Boligområder"),
        ("Emne", "Tillid til politiet"),
        ("Kortet viser", "Ændring"),
        ("Kortet viser", "Niveau"),
    ],
    "omraade": [("Område", "Grantoften"), ("Område", "Hjortegården"), ("Emne", "Tillid til politiet")],
}
"""What is chosen on each page, by label and option: from a list, or side by side where there is none of that name."""
# Each interaction's longest event, by the number the browser gives the interaction.
WATCH = """() => {
    window.answered = new Map();
    new PerformanceObserver((list) => list.getEntries().forEach((each) => {
        if (each.interactionId)
            answered.set(each.interactionId, Math.max(answered.get(each.interactionId) ?? 0, each.duration));
    })).observe({ type: 'event', durationThreshold: 16 });
    const frame = new MessageChannel();
    let chosen = 0;
    frame.port1.onmessage = () => answered.set(`chosen at ${chosen}`, performance.now() - chosen);
    document.addEventListener('mousedown', (event) => {
        if (event.composedPath()[0].matches('select')) event.preventDefault();
    }, true);
    document.addEventListener('input', () => {
        chosen = performance.now();
        requestAnimationFrame(() => frame.port2.postMessage(''));
    }, true);
}"""


def slowest_answer(browser: Browser, address: str, path: str) -> float:
    """Seconds of the slowest interaction among the choices on a page."""
    context = browser.new_context(viewport=PHONE, locale="da-DK", has_touch=True)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{address}/{path}")
    _drawn(page)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.evaluate(WATCH)
    for label, option in CHOICES[path]:
        listed = page.get_by_role("combobox", name=label).first
        if listed.count():
            _tap(page, listed)
            listed.select_option(label=option)
            time.sleep(ANSWERING)
        else:
            _tap(page, page.get_by_role("group", name=label).get_by_role("radio", name=option, exact=True))
        _drawn(page)
    took = max(page.evaluate("() => [...answered.values()]"), default=float("nan")) / 1000
    context.close()
    return float(took)


def _tap(page: Page, wanted: Locator) -> None:
    """Tap the middle of what is wanted, and leave the page alone until it has answered."""
    wanted.scroll_into_view_if_needed()
    page.wait_for_timeout(SETTLED)
    box = wanted.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    time.sleep(ANSWERING)


def _drawn(page: Page) -> None:
    page.wait_for_selector(RESTING)
    page.locator(UNDRAWN).first.wait_for(state="detached")


def main() -> int:
    """Measure, tell and keep; returns how many promises are broken."""
    results = Results("interaction")
    with serving(shipped_database()) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        for path in CHOICES:
            taken = slowest_answer(browser, served.address, path)
            results.add(Figure(f"interaction/{path}, slowest answer, slow phone", taken, "s", ANSWERED))
        browser.close()
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
