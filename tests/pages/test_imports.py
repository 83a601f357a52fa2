"""What opening a page brings into the process: nothing that only files to take along, publishing and checking need."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from components.map.streets import streets_written
from components.navigation import PAGES
from data.partnership import read_partnership
from data.release import Release
from data.store import open_store
from data.streets import street_checksum, street_map

ROOT = Path(__file__).parents[2]
# Each takes a tenth of a second or more to import and tens of megabytes, and no page needs it to be shown.
HEAVY = ("typst", "geopandas", "matplotlib", "pptx", "openpyxl", "scipy", "statsmodels", "folium", "pandera")
# The form says while one writes whether a criterion can ever be decided, which takes statistics.
NEEDED = {"criterion.py": ["scipy"]}
# Opens the pages one after the other in a process that has done nothing else; says what each brought in first.
VISIT = """
import json, sys
import app
from streamlit.testing.v1 import AppTest
heavy, pages = json.loads(sys.argv[1]), json.loads(sys.argv[2])
seen, brought = set(), {"app.py": sorted({*heavy} & {*sys.modules})}
seen |= {*brought["app.py"]}
for file, audience in pages:
    page = AppTest.from_file("components/frame.py", default_timeout=120)
    page.session_state["audience"] = audience
    page.run()
    page.switch_page(f"../pages/{file}").run()
    assert page.title and not page.exception, file
    brought[file] = sorted({*heavy} & {*sys.modules} - seen)
    seen |= {*brought[file]}
print(json.dumps(brought))
"""


@pytest.fixture(scope="module")
def streets_are_written(shipped: Release, shipped_database: str) -> None:
    """The street map lies in static/geo, as it does from the first map on."""
    store, members = open_store(shipped_database), read_partnership().members
    checksum = street_checksum({}, shipped.areas, members)
    assert streets_written(lambda: street_map(store, shipped.areas, members), checksum) is not None
    store.engine.dispose()


@pytest.fixture(scope="module")
def brought(shipped_database: str, streets_are_written: None) -> dict[str, list[str]]:
    """The heavy modules that the entry and each page have brought in."""
    visits = [(entry.file, "politi" if entry.needs_cells else "sekretariat") for entry in PAGES]
    done = subprocess.run(
        [sys.executable, "-c", VISIT, json.dumps(HEAVY), json.dumps(visits)],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": shipped_database},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_entry_brings_in_nothing_that_the_pages_do_not_need(brought: dict[str, list[str]]) -> None:
    assert brought["app.py"] == []


@pytest.mark.parametrize("page", [entry.file for entry in PAGES])
def test_a_page_brings_in_nothing_that_it_does_not_need(brought: dict[str, list[str]], page: str) -> None:
    assert brought[page] == NEEDED.get(page, [])
