"""What pages need is there before the first visitor; what few need is not."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TELL = """
import sys
from components.navigation import visited_pages
from server.warm_up import warm_up
warm_up(visited_pages())
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def imported() -> set[str]:
    """What a new process has imported after warming up."""
    done = subprocess.run([sys.executable, "-c", TELL], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module", ["components.overview.front_page", "components.area.sheet", "components.hotspots.week"]
)
def test_what_a_page_is_drawn_with_is_imported(imported: set[str], module: str) -> None:
    assert module in imported


@pytest.mark.parametrize("module", ["components.data_page", "components.frame"])
def test_what_only_publishing_needs_and_what_draws_is_not(imported: set[str], module: str) -> None:
    assert module not in imported
