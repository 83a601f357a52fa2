"""Whose the figures, the maps and the program's parts are, and on which terms: the page /kilder."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from data.records import Row
from data.sentences.sources import UNKNOWN, day_or
from reports.document import Document, Line, Lines, Section, Table, Text
from reports.html import Banner, body, page

NOTHING = "Der er endnu ikke udgivet nogen tal."


@dataclass(frozen=True)
class Part:
    """A part of the program that others have made: its name, whose it is, and its licence."""

    name: str
    whose: str
    licence: str


PARTS: tuple[Part, ...] = (
    Part("Streamlit", "Snowflake Inc.", "Apache 2.0"),
    Part("Leaflet", "Volodymyr Agafonkin m.fl.", "BSD 2-Clause"),
    Part("Plotly.js", "Plotly Technologies Inc.", "MIT"),
    Part("Inter", "The Inter Project Authors", "SIL Open Font License 1.1"),
    Part("Material Symbols", "Google", "Apache 2.0"),
)
"""What the browser is sent of others' work; the server's own libraries stand in requirements.txt."""


def credits_html(sources: Sequence[Row], maps: Sequence[str], organisation: str, home: str) -> tuple[str, str]:
    """The page and the policy it stands under.

    `sources` are the rows of the release's table, `maps` the credit of what lies beneath the maps, `home` the address
    of the app.
    """
    entries = Lines(tuple(_entry(row) for row in sources), apart=True)
    parts = Table("Programmets dele", ("Del", "Ophav", "Licens"),
                  tuple((part.name, part.whose, part.licence) for part in PARTS), (1.0, 2.0, 1.5))  # fmt: skip
    ground = tuple(Text(each) for each in maps) or (Text("Kortene har ingen veje eller steder under sig."),)
    sections = (
        Section("Hvor tallene kommer fra", (entries,) if sources else (Text(NOTHING),), level=2),
        Section("Hvad kortene er tegnet af", ground, level=2),
        Section("Hvad andre har lavet", (parts,), level=2),
    )
    document = Document("Kilder", "Kilder og rettigheder", (), (), sections, "", organisation, False, organisation)
    banner = Banner("Kilder og rettigheder", (f"Hvem der har ophavet, og på hvilke vilkår: {home}.",),
                    (("Til forsiden", home), ("Tilgængelighed", f"{home}was")))  # fmt: skip
    return page(body(document), banner, organisation)


def _entry(row: Row) -> Line:
    """A source's title, and under it whose it is, its licence, its days and its address."""
    example = " (eksempeldata)" if row["provenance"] == "example" else ""
    facts = (
        row["publisher"] or f"udgiver {UNKNOWN}",
        row["licence"] or f"licens {UNKNOWN}",
        f"dækker {row['coverage'] or UNKNOWN}",
        f"hentet {day_or(row['retrieved'])}",
        f"næste tal {day_or(row.get('next_figures'))}",
        urlsplit(row["url"] or "").netloc,
    )
    return Line("", "", " · ".join(each for each in facts if each), f"{row['title']}{example}")
