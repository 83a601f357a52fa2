"""README's "Your own partnership", walked word by word: its commands, its answers, and files filled in as it says."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.split("## Your own partnership")[1].split("\n## ")[0]
FOLDER = "partnerships/nordby"
DISTRICTS = ("havnen", "skovparken", "midtbyen")
MOST_COMMANDS = 10


def blocks(language: str) -> list[str]:
    """The code blocks of the section in a language."""
    found = re.findall(r"```(\w*)\n(.*?)```", SECTION, flags=re.DOTALL)
    return [block for of, block in found if of == language]


def commands() -> list[str]:
    """Every command of the section, in order."""
    return [line for block in blocks("sh") for line in block.splitlines()]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the installation where nobody has begun a partnership; its files are links to ours."""
    for each in ROOT.iterdir():
        if each.name not in ("var", "partnerships", ".git"):
            (tmp_path / each.name).symlink_to(each)
    return tmp_path


def run(house: Path, command: str, typed: str = "", *, fails: bool = False) -> str:
    """What a command of README says, run where a reader would run it; `make` does no more than is written here."""
    command = command.replace("make new NAME=nordby", f".venv/bin/python -m data new {FOLDER} --use")
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "TRYGHED_PARTNERSHIP")}
    done = subprocess.run(
        command, cwd=house, shell=True, input=typed, capture_output=True, text=True, env=kept, timeout=120, check=False
    )
    assert (done.returncode != 0) == fails, f"{command}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stderr if fails else done.stdout


def fill(file: Path, rows: list[dict[str, object]], keep: int = 1) -> None:
    """Write rows into a file as one does in Excel, by heading, below the first `keep` rows."""
    book = load_workbook(file)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    sheet.delete_rows(keep + 1, sheet.max_row)
    for row in rows:
        sheet.append([row.get(heading) for heading in headings])
    book.save(file)


def test_the_section_takes_few_commands() -> None:
    assert len(commands()) <= MOST_COMMANDS


def test_make_new_is_what_this_test_runs_in_its_place() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "python -m data new partnerships/$(NAME) --use" in makefile


def test_a_new_user_gets_from_nothing_to_a_release_by_readme_alone(house: Path) -> None:
    begin, check, coming, load_places, load_figures, publish, _ = commands()
    (answers,) = blocks("")
    asked = run(house, begin, answers)
    assert asked.count("/6") == 6
    assert check in asked  # the command that is told is the one that works here
    folder = house / FOLDER
    assert run(house, check).strip().endswith("partnership.toml er i orden: Trygt Nordby.")
    assert "→ Kilder" in run(house, coming)
    assert "ingen områder er indlæst" in run(house, publish, fails=True)

    origin = {"Oprindelse": "eksempel", "Kilde-id": "egne-tal"}
    area = {"Niveau": "bydel", "Hører under": "nordby", "Omrids": "intet", **origin}
    fill(folder / "2-omraader.xlsx", [{"Område-id": each, "Navn": each.title(), **area} for each in DISTRICTS], keep=2)
    fill(
        folder / "4-maalinger.xlsx",
        [
            {"Måling": year, "Område": each, "Indikator": "utryghed-om-aftenen", "Serie": "maaling",
             "Andel": 0.2 + place / 20, "Antal svar": 300, "Afrundet": 0, **origin}
            for year in ("2024", "2025")
            for place, each in enumerate(DISTRICTS)
        ],
    )  # fmt: skip
    fill(
        folder / "5-anmeldelser.xlsx",
        [
            {"Periode": f"2025K{quarter}", "Område": each, "Kategori": category, "Antal": count + quarter, **origin}
            for quarter in (1, 2, 3, 4)
            for each in DISTRICTS
            for category, count in (("ALLE-ANMELDELSER", 60), ("TYVERI", 30), ("VOLD", 2))
        ],
    )
    run(house, load_places)
    run(house, load_figures)
    assert "→ Første udgave" in run(house, coming)
    assert run(house, publish).startswith("Udgave 1 udgivet")
    assert "✓ Første udgave" in run(house, coming)
    assert not (house / "var").exists()
