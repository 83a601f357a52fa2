"""Which column of a partner's file holds what: guessed from the headings, corrected once, and remembered.

The mapping is a small TOML file on the partner's own machine. It holds headings and codes, never a row.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from data.aggregate.errors import AggregateError
from data.aggregate.raw_rows import RawRows, listed
from data.contracts.columns import same_heading

REMEMBERED = Path("var") / "aggregate.toml"
"""Where the mapping is remembered unless another file is named."""

CASES: Mapping[str, tuple[str, ...]] = {
    "date": ("gerningsdato", "gerningstidspunkt", "hændelsesdato", "anmeldelsesdato", "dato", "tidspunkt", "date"),
    "hour": ("gerningstime", "klokkeslæt", "time", "kl", "kl.", "klokken", "tid", "hour"),
    "offence": (
        "gerningskode", "overtrædelse", "overtrædelsens art", "lovovertrædelse", "kategori", "forbrydelse", "offence",
    ),
    "easting": (
        "x", "x koordinat", "utm x", "etrs89 x", "øst", "easting", "længdegrad", "lon", "lng", "longitude", "long",
    ),
    "northing": (
        "y", "y koordinat", "utm y", "etrs89 y", "nord", "northing", "breddegrad", "lat", "latitude",
    ),
    "point": ("adgangspunkt", "adressepunkt", "adressepunkt id", "adgangsadresse id", "adresse id", "point"),
}  # fmt: skip
"""Part of a case → the headings it is known by, the likeliest first."""
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "wave": ("måling", "år", "bølge", "årgang", "wave", "year", "aar", "maaling", "boelge"),
    "area": ("område", "boligområde", "kommune", "area", "omraade", "boligomraade", "kommunekode", "komnr"),
    "weight": ("vægt", "vægtning", "weight", "vaegt", "w", "vgt"),
}
"""Part of an answer → the headings it is known by."""
DANISH: Mapping[str, str] = {
    "date": "dato", "hour": "time", "offence": "overtrædelse", "easting": "x", "northing": "y", "point": "adressepunkt",
    "wave": "måling", "area": "område", "weight": "vægt",
}  # fmt: skip
"""What a part is called in a message and after --column."""


@dataclass
class Remembered:
    """What is known of one kind of file (`incidents` or `survey`).

    `columns` maps parts to headings, `items` indicators to the headings of their questions, `areas` what the file calls
    an area to its area_id, `settings` all else that was once said.
    """

    columns: dict[str, str] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)


def read_mapping(path: Path, kind: str) -> Remembered:
    """What the file remembers of a kind; nothing where there is no file. Raises AggregateError for a broken one."""
    if not path.is_file():
        return Remembered()
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8")).get(kind, {})
        parts = {name: {str(key): str(value) for key, value in held.get(name, {}).items()} for name in _SECTIONS}
    except (OSError, ValueError, AttributeError) as error:
        raise AggregateError(f"{path} kan ikke læses ({error}). Ret filen, eller slet den og begynd forfra.") from error
    return Remembered(**parts)


_SECTIONS = ("columns", "items", "areas", "settings")


def write_mapping(path: Path, kind: str, known: Remembered) -> None:
    """Remember a kind in the file, beside what it holds of the other kinds."""
    held = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    held[kind] = {name: getattr(known, name) for name in _SECTIONS}
    lines = ["# Hvilke kolonner der er hvad. Filen må gerne rettes i hånden; den rummer ingen rækker.", ""]
    for each, sections in held.items():
        for name, pairs in sections.items():
            if pairs:
                lines.append(f"[{each}.{name}]")
                lines += [f"{_quoted(key)} = {_quoted(value)}" for key, value in pairs.items()]
                lines.append("")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")


def _quoted(text: object) -> str:
    return json.dumps(str(text), ensure_ascii=False)


def understood(
    rows: RawRows, known: Remembered, parts: Mapping[str, tuple[str, ...]], needed: Iterable[str]
) -> dict[str, str]:
    """Part → heading for every part the file has: what is remembered first, then the likeliest heading.

    Raises AggregateError where a remembered heading is gone, and where a needed part has no heading, with the headings
    that there are.
    """
    matches: dict[str, str] = {}
    headings = {same_heading(heading): heading for heading in reversed(rows.headings)}
    for part, heading in known.columns.items():
        if part in parts and heading:
            if same_heading(heading) not in headings:
                raise AggregateError(
                    f"Filen har ikke længere kolonnen »{heading}«. Den har {listed(rows.headings)}. "
                    f"Skriv --column {DANISH[part]}=OVERSKRIFT."
                )
            matches[part] = headings[same_heading(heading)]
    for part, words in parts.items():
        if part not in matches and known.columns.get(part) != "":
            free = [headings[word] for word in words if word in headings and headings[word] not in matches.values()]
            matches |= {part: free[0]} if free else {}
    missing = [part for part in needed if part not in matches]
    if missing:
        asked = " ".join(f"--column {DANISH[part]}=OVERSKRIFT" for part in missing)
        raise AggregateError(
            f"Det kan ikke ses, hvilken kolonne der er {', '.join(DANISH[part] for part in missing)}. "
            f"Filen har {listed(rows.headings)}. Skriv {asked}."
        )
    return matches


def part_of(word: str) -> str:
    """The part that a Danish (or English) word after --column stands for; raises AggregateError for another word."""
    words = {danish_word: part for part, danish_word in DANISH.items()} | {part: part for part in DANISH}
    part = words.get(word.strip().casefold())
    if part is None:
        raise AggregateError(f"»{word}« er ikke en slags kolonne. Skriv {', '.join(DANISH.values())}.")
    return part
