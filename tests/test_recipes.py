"""The recipes of CONTRIBUTING.md, followed to the letter in a copy of the project."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```\w+ file=(\S+)(?: (append|before=[^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_OUT = shutil.ignore_patterns(
    ".*", "var", "node_modules", "tests", "benchmarks", "__pycache__", "docs", "deploy", "vendor"
)
FIRST_YEAR = "2024"
LOOK = """
import json, os, sys
from pathlib import Path
from streamlit.testing.v1 import AppTest
from data.partnership import read_partnership
from data.publishing.bootstrap import bootstrap
from data.store import open_store
from drawings.residents import residents
from drawings.paint import hex_paint
from drawings.palette import LIGHT
from drawings.svg import fixed

ours, store = read_partnership(), open_store()
bootstrap(store, ours)
release = store.release(audience="kredsraad")
areas = release.areas[release.areas["level"] == "municipality"]
page = AppTest.from_file("components/frame.py", default_timeout=60)
page.session_state["audience"] = "kredsraad"
page.run().switch_page("../pages/glossary.py").run()
print(json.dumps({
    "indicator": ours.indicator("tryg_om_aftenen").title,
    "category": ours.category("1430").title,
    "tables": sorted(release.tables),
    "picture": fixed(residents(areas), 600, paint=hex_paint(LIGHT)).count("<rect"),
    "municipalities": len(areas),
    "titles": [each.value for each in page.title],
    "errors": len(page.exception),
}))
"""


def recipes() -> list[tuple[str, str, str]]:
    """File, where in it, and text of each block, in the order they stand."""
    return BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8"))


def cut_down(examples: Path) -> None:
    """Leave of the shipped data what is soon published: no recipe is about grid cells or what happened years ago."""
    for kind in ("cells", "hours"):
        for file in examples.glob(f"{kind}_*.csv"):
            file.unlink()
    for file in examples.glob("incidents_*.csv"):
        heading, *rows = file.read_text("utf-8").splitlines(keepends=True)
        kept = [row for row in rows if row >= FIRST_YEAR and row.split(",")[2] in ("TOT", "12")]
        file.write_text("".join([heading, *kept]), "utf-8")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which every recipe has been followed."""
    copy = tmp_path_factory.mktemp("recipes") / "project"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    cut_down(copy / "data" / "example")
    shutil.copytree(ROOT / "static" / "vendor", copy / "static" / "vendor")
    shutil.copytree(ROOT / ".streamlit", copy / ".streamlit")
    for name, where, text in recipes():
        path = copy / name
        if not where:
            path.write_text(text, "utf-8")
        elif where == "append":
            path.write_text(path.read_text("utf-8") + "\n" + text, "utf-8")
        else:
            before = where.removeprefix("before=")
            whole = path.read_text("utf-8")
            assert whole.count(before) == 1, f"{name}: {before}"
            path.write_text(whole.replace(before, text.strip() + "\n    " + before), "utf-8")
    return copy


def test_every_recipe_has_a_block_to_follow() -> None:
    assert [name for name, _, _ in recipes()] == [
        "pages/glossary.py", "components/navigation.py", *["partnership.toml"] * 3, "drawings/residents.py",
    ]  # fmt: skip


def test_what_the_recipes_say_gives_what_they_promise(followed: Path) -> None:
    database = f"sqlite:///{followed.parent / 'recipes.db'}"
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=followed,
        env=environment(database),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["indicator"] == "Tryghed om aftenen"
    assert seen["category"] == "Hærværk"
    assert "incidents" in seen["tables"]
    assert "cells" not in seen["tables"]
    assert seen["picture"] >= seen["municipalities"] > 0
    assert "Ordliste" in seen["titles"]
    assert seen["errors"] == 0


def environment(database: str) -> dict[str, str]:
    """What the copy runs with: a database of its own, and nothing of this machine's settings."""
    return {**os.environ, "DATABASE_URL": database, "PYTHONPATH": "."}
