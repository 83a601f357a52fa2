"""Finds the line of a settings file where a setting stands, for those who are to put it right."""

import re

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\-\"' ]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_\-]+|\"[^\"]*\"|'[^']*')\s*=")
_TRIPLE = re.compile(r'"""|\'\'\'')


class Lines:
    """The lines of a settings file: of each section, in its number among those of its name, and of each setting."""

    def __init__(self, text: str) -> None:
        """Read through the text once; what stands inside a text of several lines is nobody's setting."""
        self._sections: dict[tuple[str, int], int] = {}
        self._settings: dict[tuple[str, int, str], int] = {}
        self._texts = text.splitlines()
        section, number, many = "", 0, dict[str, int]()
        inside = False
        for line, line_text in enumerate(self._texts, start=1):
            quotes = len(_TRIPLE.findall(line_text))
            if not inside:
                if header := _HEADER.match(line_text):
                    section = header[2].replace('"', "").replace("'", "").replace(" ", "")
                    number = many.get(section, 0)
                    many[section] = number + 1
                    self._sections.setdefault((section, number), line)
                elif key := _KEY.match(line_text):
                    self._settings.setdefault((section, number, key[1].strip("\"'")), line)
            inside ^= quotes % 2 == 1

    def of(self, section: str, number: int = 0, setting: str = "") -> int | None:
        """The line of a setting, else of its section; None where neither is in the file."""
        line = self._settings.get((section, number, setting)) or self._settings.get(("", 0, section))
        return line or self._sections.get((section, number))

    def text(self, line: int) -> str:
        """What stands in a line, counted from 1; "" beyond the end."""
        return self._texts[line - 1].strip() if 0 < line <= len(self._texts) else ""
