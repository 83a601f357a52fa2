"""What the documents promise of the code stands in the code, and the other way round."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("analysis", "components", "data", "drawings", "geo", "pages", "reports", "server")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def sources() -> str:
    files = [ROOT / "app.py", *(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_every_variable_of_ours_that_the_code_reads_stands_in_the_table_of_settings_and_no_other() -> None:
    table = (ROOT / "docs" / "running.md").read_text(encoding="utf-8").split("## Settings")[1].split("\n## ")[0]
    told = set(re.findall(r"^\| `(TRYGHED_\w+)` \|", table, re.MULTILINE))
    assert told == set(re.findall(r"\"(TRYGHED_[A-Z_]+)\"", sources()))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_a_document_points_to_is_there(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_make_target_a_document_names_is_there() -> None:
    rules = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        name
        for document in DOCUMENTS
        for name in re.findall(r"`make ([a-z][a-z-]*)", document.read_text(encoding="utf-8"))
    }
    assert named - rules == set()


def test_every_kind_of_file_that_is_read_or_has_a_remedy_stands_in_the_table_of_files() -> None:
    from data.intake import recognition, sheets, tables

    read = {*sheets.WORKBOOKS, *sheets.STATISTICS, *recognition.BOUNDARY_SUFFIXES}
    table = (ROOT / "docs" / "files.md").read_text(encoding="utf-8").lower()
    named = {"." + word for word in re.findall(r"\w+", table)} | {".geojson", ".json", ".gpkg", ".zip", ".shp"}
    assert {each for each in read | set(tables.REMEDIES) if each not in named} == set()
    assert not read & set(tables.REMEDIES)


@pytest.mark.parametrize(
    "said", re.findall(r"»([^«»…]+)[«…]", (ROOT / "docs" / "files.md").read_text(encoding="utf-8"))
)
def test_what_the_table_of_files_says_is_said_stands_in_the_code(said: str) -> None:
    spoken = re.sub(r"\"\s*\n?\s*f?\"", "", sources())  # strings that go on in the next line
    words = re.sub(r"\{[^{}]*\}", "§", spoken)
    assert said.strip() in words or said.strip() in SHOWN


SHOWN = {"Kommunekode", "Område", "2025 K1", "Refused"}
"""What the table quotes from partners' files, and its own word."""
