"""The accessibility statement: what the law asks for, and no more and no less than what is known to fail."""

import datetime as dt
from pathlib import Path

from data.partnership import Statement
from reports.statement import AUTHORITY, NOT_FILLED_IN, SHORTCOMINGS, statement_html

ROOT = Path(__file__).parents[2]
FILLED = Statement("Gladsaxe Kommune", "tilgaengelighed@gladsaxe.example", dt.date(2026, 3, 4))


def html(statement: Statement = FILLED) -> str:
    return statement_html(statement, "Tryghedspartnerskabet", "https://tryghed.example/")[0]


def test_it_names_the_body_the_contact_the_day_the_authority_and_where_the_sources_are() -> None:
    said = html()
    for part in ("Gladsaxe Kommune", "tilgaengelighed@gladsaxe.example", "4. marts 2026", AUTHORITY, "lov nr. 692",
                 "overholder delvist", "https://tryghed.example/kilder"):  # fmt: skip
        assert part in said
    assert NOT_FILLED_IN not in said


def test_a_statement_that_is_not_filled_in_says_so() -> None:
    assert NOT_FILLED_IN in html(Statement())
    assert NOT_FILLED_IN in html(Statement("Gladsaxe Kommune"))


def test_every_part_that_is_known_to_fail_is_named_and_no_other() -> None:
    told = (ROOT / "docs" / "accessibility.md").read_text("utf-8").split("| what remains |")[1].split("\n## ")[0]
    known = [line for line in told.splitlines()[2:] if line.startswith("|")]
    assert len(SHORTCOMINGS) == len(known)
    for shortcoming in SHORTCOMINGS:
        assert shortcoming.what in html()
        assert shortcoming.criterion in html()
