"""How soon a choice is answered on a phone whose processor is a quarter as fast: python -m benchmarks.interaction.

At most 200 ms of script and paint may go from the tap to the frame that shows it was taken: interaction to next paint,
as browsers measure it, the slowest of several choices on a page.
"""

import sys

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.chromium import FLAGS, PATIENCE, RESTING, program
from benchmarks.results import Figure, Results
from benchmarks.serving import serving, shipped_database

ANSWERED = 0.2
SLOWER = 4
PHONE = {"width": 390, "height": 844}
SETTLED = 500
"""Milliseconds after a choice in which the browser tells how long its events took."""
UNDRAWN = '[data-testid="stSkeleton"], .stBidiComponent:not(:has([data-drawn]))'
CHOICES = {
    "tryghedskort": [("Niveau", "Kommuner"), ("Niveau", "Boligområder"), ("Emne", "Tillid til politiet")],
    "omraade": [("Område", "Grantoften"), ("Område", "Hjortegården"), ("Emne", "Tillid til politiet")],
}
"""What is chosen on each page, by label and option."""
# Each interaction's longest event, by the number the browser gives the interaction.
WATCH = """() => {
    window.answered = new Map();
    new PerformanceObserver((list) => list.getEntries().forEach((each) => {
        if (each.interactionId)
            answered.set(each.interactionId, Math.max(answered.get(each.interactionId) ?? 0, each.duration));
    })).observe({ type: 'event', durationThreshold: 16 });
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
        page.get_by_role("combobox", name=label).first.click()
        page.get_by_role("option", name=option, exact=True).click()
        page.wait_for_timeout(SETTLED)
        _drawn(page)
    took = max(page.evaluate("() => [...answered.values()]"), default=float("nan")) / 1000
    context.close()
    return float(took)


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
