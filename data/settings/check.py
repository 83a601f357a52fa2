"""Checks a settings file against its contract: every fault at once, one Danish sentence each."""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any

from data import danish
from data.contracts.problems import ContractError, Problem
from data.records import Row
from data.settings.between import between_sections
from data.settings.definitions import ABSENT, SECTIONS, Section, Setting
from data.settings.lines import Lines
from data.settings.problems import SettingProblem

_AT_LINE = re.compile(r"at line (\d+)")
# Line ends, control characters and the few that turn the reading direction about.
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_WANTED = {
    "text": "en tekst i anførselstegn", "whole": "et helt tal", "decimal": "et tal",
    "date": "en dato uden anførselstegn", "flag": "true eller false", "texts": "en liste af tekster",
    "decimals": "en liste af tal",
}  # fmt: skip

Settings = dict[str, Any]


def check_settings(text: str, file: str = "partnership.toml", folder: Path | None = None) -> Settings:
    """The settings by section, with defaults filled in: a dict, a list of dicts where there may be several.

    `folder` is where files named in the settings are looked for. Raises ContractError with every fault found; each
    names its line, what stands there and what may stand.
    """
    text = text.removeprefix("\ufeff")  # as some editors begin a file
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ContractError([_unreadable(text, file, str(error))]) from error
    checker = _Checker(file, Lines(text))
    settings = checker.sections(raw)
    between_sections(settings, checker.add, folder, checker.refused)
    if checker.problems:
        raise ContractError(sorted(checker.problems, key=lambda each: each.row or 0))
    return settings


def _unreadable(text: str, file: str, fault: str) -> Problem:
    at_line = _AT_LINE.search(fault)
    line = int(at_line[1]) if at_line else None
    value = Lines(text).text(line) if line else ""
    remedy = 'Skriv navn = værdi, med tekst i anførselstegn og lister i kantede parenteser, fx name = "Trygt Nordby"'
    return SettingProblem(file, "", line, "", value, "linjen kan ikke læses", remedy)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(_shown(each) for each in value) + "]"
    return str(value)


class _Checker:
    """Goes through a settings file and collects what is wrong."""

    def __init__(self, file: str, lines: Lines) -> None:
        self.file, self.lines = file, lines
        self.problems: list[Problem] = []
        self._refused: set[str] = set()

    @property
    def refused(self) -> frozenset[str]:
        """The sections with a fault in what others refer to; "members" too."""
        return frozenset(self._refused)

    def add(self, section: str, number: int, setting: str, value: object, message: str, remedy: str) -> None:
        """One fault of a setting ("": of its section), with the line where it stands."""
        line = self.lines.of(section, number, setting)
        named = f"{section}.{setting}" if setting else section
        shown = "" if value is ABSENT else _shown(value) or '""'
        self.problems.append(SettingProblem(self.file, "", line, named, shown, message, remedy))
        if setting in ("", "id", "members"):
            self._refused |= {section, setting}

    # Each section alone -------------------------------------------------------------------------------------------

    def sections(self, raw: Mapping[str, Any]) -> Settings:
        """Every section with its settings read; what cannot be read is left out and told."""
        known = [each.name for each in SECTIONS]
        for name in raw:
            if name not in known:
                self.add(name, 0, "", ABSENT, f"afsnittet »{name}« findes ikke", _meant(name, known))
        return {section.name: self._section(section, raw.get(section.name)) for section in SECTIONS}

    def _section(self, section: Section, raw: object) -> Any:
        if section.several:
            return self._several(section, raw)
        if raw is None and section.at_least:
            self.add(section.name, 0, "", ABSENT, f"afsnittet [{section.name}] mangler", f"Skriv {section.meaning}")
            return {}
        rows = {} if raw is None else raw
        if not isinstance(rows, dict):
            self.add(section.name, 0, "", raw, "der skal stå et afsnit", f"Skriv [{section.name}] på sin egen linje")
            return {}
        if section.free:
            return {name: value for name, value in rows.items() if self._text(section.name, name, value)}
        if section.names:
            return self._named(section, rows)
        return self._row(section, 0, rows) if raw is not None or section.at_least else self._row(section, 0, {})

    def _named(self, section: Section, rows: Mapping[str, Any]) -> dict[str, Row]:
        by_id = {}
        for name, row in rows.items():
            setting = f"{section.name}.{name}"
            if name not in section.names:
                self.add(
                    setting, 0, "", ABSENT, f"afsnittet »{setting}« findes ikke", _meant(name, list(section.names))
                )
            elif isinstance(row, dict):
                by_id[name] = self._row(Section(setting, section.meaning, section.settings), 0, row)
            else:
                self.add(section.name, 0, name, row, "der skal stå et afsnit", f"Skriv [{setting}] på sin egen linje")
        return by_id

    def _several(self, section: Section, raw: object) -> list[Row]:
        rows = [] if raw is None else raw
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            remedy = f"Skriv [[{section.name}]] på en linje for sig foran hver"
            self.add(section.name, 0, "", ABSENT, "der kan være flere, og hver har sit eget afsnit", remedy)
            return []
        if len(rows) < section.at_least:
            remedy = f"Tilføj et afsnit [[{section.name}]]: {section.meaning}"
            self.add(section.name, 0, "", ABSENT, f"der skal være mindst ét [[{section.name}]]", remedy)
        checked = [self._row(section, number, row) for number, row in enumerate(rows)]
        first: dict[object, int] = {}
        for number, row in enumerate(checked):
            value = row.get(section.key)
            if section.key in row and value in first:
                earlier = self.lines.of(section.name, first[value], section.key)
                where = f"allerede i linje {earlier}" if earlier else "allerede"
                self.add(section.name, number, section.key, value, f"navnet bruges {where}", "Giv den et andet")
            first.setdefault(value, number)
        return checked

    def _row(self, section: Section, number: int, raw: Row) -> Row:
        known = {each.name: each for each in section.settings}
        for name, value in raw.items():
            if name not in known:
                self.add(section.name, number, name, value, "indstillingen findes ikke", _meant(name, list(known)))
        checked: Row = {}
        for setting in section.settings:
            if setting.name not in raw:
                if setting.default is ABSENT:
                    remedy = f"Skriv {setting.name} = {_example(setting)} ({setting.meaning})"
                    self.add(section.name, number, setting.name, ABSENT, "indstillingen mangler", remedy)
                else:
                    checked[setting.name] = setting.default
                continue
            value = raw[setting.name]
            fault = _fault(setting, value)
            if fault:
                self.add(section.name, number, setting.name, value, *fault)
            else:
                checked[setting.name] = value
        return checked

    def _text(self, section: str, name: str, value: object) -> bool:
        if isinstance(value, str) and value.strip():
            return True
        self.add(section, 0, name, value, f"der skal stå {_WANTED['text']}", f'Skriv fx {name} = "provinsby"')
        return False


# One value ----------------------------------------------------------------------------------------------------------


def _meant(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, 1, 0.6)
    return f"Mente du »{near[0]}«? Ellers slet den" if near else f"Slet den, eller skriv {danish.join(known, 'eller')}"


def _example(setting: Setting) -> str:
    if setting.kind == "text":
        return f'"{setting.example}"'
    if setting.kind == "texts":
        return "[" + ", ".join(f'"{each}"' for each in setting.example) + "]"
    return _shown(setting.example)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value and abs(value) < 1e15


def _of_kind(setting: Setting, value: object) -> bool:
    if setting.kind == "text":
        return isinstance(value, str)
    if setting.kind == "flag":
        return isinstance(value, bool)
    if setting.kind == "date":
        return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    if setting.kind == "whole":
        return isinstance(value, int) and not isinstance(value, bool)
    if setting.kind == "decimal":
        return _is_number(value)
    each_is = (lambda each: isinstance(each, str)) if setting.kind == "texts" else _is_number
    return isinstance(value, list) and all(each_is(each) for each in value)


def _fault(setting: Setting, value: Any) -> tuple[str, str] | None:
    """What is wrong with a value and what may stand instead; None where nothing is."""
    if not _of_kind(setting, value):
        return f"der skal stå {_WANTED[setting.kind]}", f"Skriv fx {setting.name} = {_example(setting)}"
    if setting.choices and value not in setting.choices:
        may = danish.join(map(_shown, setting.choices), "eller")
        return "værdien er ikke en af de tilladte", f"Skriv {may} ({setting.meaning})"
    if setting.kind in ("text", "texts"):
        return _text_fault(setting, [value] if setting.kind == "text" else value, value)
    if setting.kind in ("whole", "decimal", "decimals"):
        return _number_fault(setting, value)
    if setting.kind == "date" and not 1900 <= value.year <= 2100:
        return "årstallet er ikke muligt", "Skriv et årstal mellem 1900 og 2100"
    return None


def _text_fault(setting: Setting, texts: list[str], value: object) -> tuple[str, str] | None:
    if setting.between and not setting.between[0] <= len(texts) <= setting.between[1]:
        return f"listen har {len(texts)}", f"Skriv {setting.between[0]} til {setting.between[1]} ({setting.meaning})"
    if setting.kind == "texts" and len(set(texts)) < len(texts):
        return "det samme navn står to gange", "Behold kun det ene"
    for text in texts:
        if text == "" and setting.kind == "text" and setting.default in ("", None):
            continue
        if not text.strip():
            return "teksten er tom", f"Skriv {setting.meaning}, fx {_example(setting)}"
        if len(text) > setting.longest:
            return f"teksten er for lang ({len(text)} tegn)", f"Skriv højst {setting.longest} tegn"
        if _UNSHOWN.search(text):
            return "teksten indeholder linjeskift eller tegn, der ikke kan vises", "Skriv teksten igen på én linje"
        if setting.pattern and not re.fullmatch(setting.pattern, text):
            return "navnet har ikke den rette form", f"Skriv {setting.form}"
    return None


def _number_fault(setting: Setting, value: Any) -> tuple[str, str] | None:
    numbers = value if isinstance(value, list) else [value]
    if setting.between and not setting.between[0] <= len(numbers) <= setting.between[1]:
        few, most = setting.between
        return f"listen har {danish.plural(len(numbers), 'tal', 'tal')}", f"Skriv {few} til {most} stigende tal"
    if setting.kind == "decimals" and any(high <= low for low, high in pairwise(numbers)):
        return "tallene stiger ikke", f"Skriv dem fra mindst til størst, fx {_shown(sorted(set(numbers)))}"
    for number in numbers:
        if setting.below is not None and number >= setting.below:
            like = "; 60 pct. skrives 0.60" if setting.below == 1 else ""
            return f"{_shown(number)} er for stort", f"Skriv tal under {_shown(setting.below)}{like}"
        if setting.above is not None and number <= setting.above:
            return f"{_shown(number)} er for lille", f"Skriv tal over {_shown(setting.above)}"
        if setting.minimum is not None and number < setting.minimum:
            return "tallet er for lille", f"Skriv mindst {_shown(setting.minimum)}"
        if setting.maximum is not None and number > setting.maximum:
            return "tallet er for stort", f"Skriv højst {_shown(setting.maximum)}"
    return None
