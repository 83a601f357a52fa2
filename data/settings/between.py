"""What must hold between the settings of a file: what is referred to is there, and no two contradict each other."""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from data import danish
from data.records import Row
from data.settings.definitions import ABSENT, SECTIONS, USUAL_LEVEL_WORDS, Section, Setting

Add = Callable[[str, int, str, object, str, str], None]
"""Tells one fault: section, number among those of its name, setting, value, message, remedy."""
Settings = Mapping[str, Any]
TITLED = ("purposes", "focus_areas", "principles", "indicators", "series", "categories", "lists", "forums", "audiences")
"""The sections whose titles are chosen from on the screen, so that two cannot be alike."""
SMALLEST_THRESHOLD = 3
"""A threshold of 1 hides nothing, and one of 2 only ones: whatever is hidden is then known to be 1."""


def between_sections(settings: Settings, add: Add, folder: Path | None, refused: frozenset[str] = frozenset()) -> None:
    """Tell whatever sections have against each other; `refused` are the sections that have faults of their own.

    What refers to a refused section waits: its names are not known yet.
    """
    ids: dict[str, list[Any]] = {
        section.name: [row[section.key] for row in settings[section.name] if section.key in row]
        for section in SECTIONS
        if section.several
    }
    ids["members"] = settings["partnership"].get("members", [])
    for section in SECTIONS:
        rows = settings[section.name] if section.several else [settings[section.name]]
        for setting in section.settings:
            if setting.refers and setting.refers not in refused:
                _references(section, setting, rows, ids[setting.refers], add)
    for name in TITLED:
        _alike(name, "title", settings[name], add)
    for name in ("categories", "indicators", "activity_kinds"):
        _alike(name, "id", settings[name], add)
    if refused.isdisjoint(("indicators", "categories", "series")):
        _something_to_follow(settings, add)
    _readers(settings, add, refused)
    _answers(settings["indicators"], add)
    _words(settings, add)
    _template(settings["reports"].get("template", ""), add, folder)


def _references(section: Section, setting: Setting, rows: list[Row], ids: list[Any], add: Add) -> None:
    for number, row in enumerate(rows):
        given = row.get(setting.name)
        if not given:
            continue
        for value in given if isinstance(given, list) else [given]:
            if value not in ids:
                of_members = setting.refers == "members"
                where = "partnerskabets medlemmer (members)" if of_members else f"[[{setting.refers}]]"
                may = f"Skriv {danish.join(map(str, ids), 'eller')}" if ids else f"Tilføj det under {where}"
                add(section.name, number, setting.name, value, f"navnet står ikke blandt {where}", may)


def _alike(section: str, setting: str, rows: list[Row], add: Add) -> None:
    """Two that differ in capitals at most, and so cannot be told apart; ids that are the very same are told already."""
    first: dict[str, str] = {}
    for number, row in enumerate(rows):
        value = row.get(setting)
        if not isinstance(value, str):
            continue
        earlier = first.setdefault(value.casefold(), value)
        seen = any(other.get(setting) == value for other in rows[:number])
        if (seen and setting != "id") or (not seen and earlier != value):
            message = f"to [[{section}]] hedder det samme" if setting == "title" else f"ligner »{earlier}« for meget"
            add(section, number, setting, value, message, "Giv den et andet navn, så de kan kendes fra hinanden")


def _something_to_follow(settings: Settings, add: Add) -> None:
    if not settings["indicators"] and not settings["categories"]:
        remedy = "Tilføj mindst ét [[indicators]] (målinger) eller ét [[categories]] (anmeldelser)"
        add("partnership", 0, "", ABSENT, "der er intet at følge", remedy)
    if settings["indicators"] and not settings["series"]:
        remedy = 'Tilføj [[series]] med id og title, fx id = "panel"'
        add("indicators", 0, "", ABSENT, "der er indikatorer, men ingen serie af målinger", remedy)


# Who reads ----------------------------------------------------------------------------------------------------------


def _readers(settings: Settings, add: Add, refused: frozenset[str]) -> None:
    """Rights that undo each other: what is hidden from a reader must not be open to it by another way."""
    members = set(settings["partnership"].get("members", []))
    district = settings["partnership"].get("police_district")
    if district and district in members:
        remedy = "Skriv politikredsens eget område-id, eller lad den være tom"
        add("partnership", 0, "police_district", district, "politikredsen er en af kommunerne (members)", remedy)
    for number, row in enumerate(settings["audiences"]):
        if {"sees", "threshold"} <= row.keys():
            for setting, message, remedy in _contradictions(row, members if "partnership" not in refused else set()):
                add("audiences", number, setting, row[setting], message, remedy)


def _contradictions(row: Row, members: set[str]) -> Iterator[tuple[str, str, str]]:
    sees, threshold = set(row["sees"]), row["threshold"]
    if 0 < threshold < SMALLEST_THRESHOLD:
        yield "threshold", "så lille en grænse skjuler intet", f"Skriv 0, eller mindst {SMALLEST_THRESHOLD} (fx 5)"
    elif row.get("publishes") and (threshold > 0 or not members <= sees):
        yield (
            "publishes", "den, der udgiver, ser alle tal, inden de skjules",
            "Skriv threshold = 0 og alle kommuner i sees, eller publishes = false",
        )  # fmt: skip
    for right, what in (("edits", "skrive om"), ("proposes", "foreslå noget for"), ("sees_cells", "se felter i")):
        if row.get(right) and not sees:
            yield right, f"den ser ingen kommuner at {what}", f"Skriv kommunerne i sees, eller {right} = false"
    if row.get("open_links") and sees and (threshold == 0 or row.get("sees_cells")):
        yield (
            "open_links", "så kan enhver med et link se små tal uden konto",
            "Skriv threshold = 5 og sees_cells = false, eller open_links = false",
        )  # fmt: skip


# Words and answers --------------------------------------------------------------------------------------------------


def _answers(indicators: list[Row], add: Add) -> None:
    """How raw answers are counted: what counts is one of the valid answers, and "don't know" is none of them."""
    for number, row in enumerate(indicators):
        counts, of, unsure = (set(row.get(name) or ()) for name in ("counts", "of", "unsure"))
        remedy = "Skriv alle gyldige svar i of, også dem i counts"
        if counts - of:
            said = danish.join(sorted(counts - of))
            add("indicators", number, "counts", row["counts"], f"{said} står ikke blandt de gyldige svar (of)", remedy)
        elif of and counts in (set(), of):
            said = "alle gyldige svar tæller med" if counts else "ingen svar tæller med"
            add("indicators", number, "of", row["of"], f"{said}, så andelen er altid den samme", "Ret counts eller of")
        if unsure & of:
            said = danish.join(sorted(unsure & of))
            add("indicators", number, "unsure", row["unsure"], f"{said} er også et gyldigt svar (of)",
                "Lad hvert svar stå ét sted")  # fmt: skip
        if row.get("unsure_in_base") and not unsure:
            add("indicators", number, "unsure_in_base", True, "det er ikke sagt, hvilke svar der er »ved ikke«",
                "Skriv dem i unsure, eller unsure_in_base = false")  # fmt: skip


def _words(settings: Settings, add: Add) -> None:
    """Levels of areas and forums that could not be told apart on the screen."""
    taken = {many: level for level, many in USUAL_LEVEL_WORDS.items() if level not in settings["levels"]}
    for level, words in settings["levels"].items():
        many = words.get("many")
        if many in taken:
            add(f"levels.{level}", 0, "many", many, f"ordet bruges også om {taken[many]}", "Giv dem hver sit ord")
        elif many is not None:
            taken[many] = level
    forums = settings["forums"]
    if forums and all(row.get("local") for row in forums):
        remedy = "Tilføj et forum uden local = true: det, hele partnerskabet mødes i"
        add("forums", 0, "", ABSENT, "alle fora hører til én kommune", remedy)


def _template(named: str, add: Add, folder: Path | None) -> None:
    if not named or folder is None:
        return
    found = folder / named
    if found.suffix != ".pptx" or not found.is_file() or not zipfile.is_zipfile(found):
        remedy = "Læg en .pptx-fil ved siden af indstillingerne, og skriv dens navn, eller lad den være tom"
        add("reports", 0, "template", named, "filen findes ikke som PowerPoint-fil (.pptx)", remedy)
