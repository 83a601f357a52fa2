"""The browser that benchmarks look through, and what tells that a page rests."""

import shutil

FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")
PATIENCE = 120_000
"""Milliseconds that a benchmark waits for anything on a page."""
RESTING = '[data-testid="stApp"][data-test-script-state="notRunning"]'
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def program() -> str | None:
    """Where the browser of this machine is; None where there is none."""
    return next(filter(None, map(shutil.which, _NAMES)), None)
