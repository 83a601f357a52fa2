"""What the first words of every page are made from: who asks, the address of another page, and their common parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from components.hints import HINTS
from components.navigation import PageEntry
from components.session import Screen
from data import clock
from data.partnership import Audience
from data.share_token import SHARED_PARAMETER
from data.views.minutes import Minutes
from data.views.provenance import credit, is_example
from data.views.rows import survey_rows
from data.views.view import View
from reports.document import Beside, Block, Line, Section, Subject, Table, Text
from reports.first_response import Markup, Said
from reports.sections import since


@dataclass(frozen=True)
class Reader:
    """Who asks: the audience, and by a link its token, its view and the release it begins at.

    `hidden_hints` are the hints that this browser has put away.
    """

    audience: Audience
    token: str = ""
    view: View = field(default_factory=View)
    release: int = 0
    hidden_hints: frozenset[str] = frozenset()

    def hint(self, page: str) -> str:
        """The hint of a page of `HINTS`; "" where it was put away."""
        return "" if page in self.hidden_hints else HINTS[page]


def address(entry: PageEntry, reader: Reader, fields: Mapping[str, Any]) -> str:
    """The address of a page for who asks, with query parameters."""
    query = {**fields, **({SHARED_PARAMETER: reader.token} if reader.token else {})}
    return f"./{entry.address}" + (f"?{urlencode(query, doseq=True)}" if query else "")


def subject(screen: Screen, about: str = "", minutes: Minutes | None = None) -> Subject:
    """What the page is about, as documents take it."""
    return Subject(screen.view, screen.release, screen.partnership, minutes, clock.today(), about=about)


def choices(about: Subject) -> Text:
    """Every choice of the view by its value, where the live page has them to change."""
    return Text(" · ".join(f"{label}: {value}" for label, value in since.filters(about)), quiet=True)


def heading(words: str) -> Text:
    """A heading inside a column."""
    return Text("", words)


def plain_line(text: str, strong: str = "") -> Line:
    """A line without a mark."""
    return Line("", "neutral", text, strong)


def words_table(title: str, words: pd.DataFrame) -> Table:
    """A reader's table as a document has it, its columns alike."""
    return Table(title, tuple(words.columns), tuple(map(tuple, words.to_numpy())), (1.0,) * len(words.columns))


def of_figures(screen: Screen, title: str, blocks: tuple[Block | Beside | Section, ...], lead: str = "", *,
               hint: str = "", made: Markup | None = None) -> Said:  # fmt: skip
    """A page of survey figures with their source, which a picture says itself."""
    rows = survey_rows(screen, level=screen.view.level, wave=screen.view.period)
    credited = "" if any(isinstance(block, Beside) for block in blocks) else credit(screen, rows)
    return Said(title, lead, screen.notices, blocks=blocks, credit=credited, example=is_example(rows), hint=hint,
                made=made)  # fmt: skip
