"""Says in Danish which cells break a contract and how to mend them."""

from collections.abc import Hashable, Mapping
from difflib import get_close_matches

import pandas as pd

from data import danish
from data.contracts.columns import Column, Contract, same_heading
from data.contracts.look_alikes import SUMS, alike
from data.contracts.problems import Problem
from data.contracts.turned_cells import heading_in_sheet, row_in_sheet
from data.contracts.values import comma, items, share_remedy

MISSING_COLUMN = "kolonnen mangler"
MAX_ALIKE = 1000
"""Problems listed for one fault in one column; how many more there are is told in one further problem."""
ALMOST = 0.75
"""How alike an unknown word must be to a known one for it to be suggested: »København« is not »Københavns Vestegn«."""
MAX_SUGGESTIONS = 50
"""Different unknown words in one column that are compared with the known ones."""

UNKNOWN: dict[str, tuple[str, str]] = {
    "areas": ("området kendes ikke", "i tabellen over områder"),
    "indicators": ("indikatoren kendes ikke", "i partnerskabets opsætning"),
    "categories": ("kategorien kendes ikke", "i partnerskabets opsætning"),
    "series": ("serien kendes ikke", "i partnerskabets opsætning"),
    "sources": ("kilden kendes ikke", "i tabellen over kilder"),
    "initiatives": ("indsatsen kendes ikke", "i tabellen over indsatser"),
    "purposes": ("formålet kendes ikke", "i partnerskabets opsætning"),
    "principles": ("princippet kendes ikke", "i partnerskabets opsætning"),
    "meetings": ("mødet kendes ikke", "i tabellen over møder"),
    "dialogues": ("dialogen kendes ikke", "i tabellen over dialog"),
    "focus_areas": ("indsatsområdet kendes ikke", "i partnerskabets opsætning"),
    "forums": ("forummet kendes ikke", "i partnerskabets opsætning"),
    "profiles": ("risikoprofilen kendes ikke", "i tabellen over risikoprofiler"),
}


def table_problem(file: str, sheet: str) -> Problem:
    """The problem of a table without rows."""
    return Problem(
        file, sheet, message="tabellen har ingen rækker", remedy="Tilføj mindst én række under overskrifterne"
    )


class Faults:
    """Collects the problems of one table while it is checked; a cell is named once, for its first fault."""

    def __init__(
        self, contract: Contract, file: str, sheet: str, headings: Mapping[str, str], frame: pd.DataFrame
    ) -> None:
        """`headings` maps column ids to the headings of `frame`, the table as it was read."""
        self.contract, self.file, self.sheet = contract, file, sheet
        self.headings, self.frame = headings, frame
        self.problems: list[Problem] = []
        self._named: dict[str, pd.Index] = {}

    def in_order(self) -> list[Problem]:
        """The problems from the top of the sheet down, those of the whole table first."""
        places = {heading: index for index, heading in enumerate(self.frame.columns)}
        return sorted(self.problems, key=lambda problem: (problem.row or 0, places.get(problem.column, -1)))

    def _heading(self, name: str) -> str:
        return str(self.headings.get(name, self.contract.column(name).heading))

    def _cells(self, name: str) -> "pd.Series[str]":
        if name not in self.headings:
            return pd.Series("", index=self.frame.index)
        return self.frame.iloc[:, list(self.frame.columns).index(self.headings[name])]

    def _fresh(self, name: str, rows: pd.Index) -> tuple[pd.Index, int]:
        """The rows whose cell has not been named yet, at most `MAX_ALIKE`, and how many more there are."""
        named = self._named.get(name)
        fresh = rows if named is None else rows.difference(named, sort=False)
        self._named[name] = fresh if named is None else named.union(fresh, sort=False)
        return fresh[:MAX_ALIKE], max(0, len(fresh) - MAX_ALIKE)

    def _add_one(self, name: str, row: Hashable, value: object, message: str, remedy: str) -> None:
        shown = "" if pd.isna(value) else str(value).strip()  # type: ignore[call-overload]
        number = row_in_sheet(self.frame, row)
        heading = heading_in_sheet(self.frame, row, name, self._heading(name))
        self.problems.append(Problem(self.file, self.sheet, number, heading, shown, message, remedy))

    def _add_rest(self, name: str, more: int, message: str) -> None:
        if more:
            self.problems.append(
                Problem(
                    self.file, self.sheet, None, self._heading(name), "",
                    f"{danish.number(more)} andre celler har samme fejl: {message}", "Ret hele kolonnen",
                )
            )  # fmt: skip

    def add(self, name: str, rows: pd.Index, message: str, remedy: str) -> None:
        """The same fault and remedy for one column in several rows."""
        listed, more = self._fresh(name, rows)
        for row, value in self._cells(name).loc[listed].items():
            self._add_one(name, row, value, message, remedy)
        self._add_rest(name, more, message)

    def broken(self, column: Column, rule: str, rows: "pd.Series[int]", spellings: Mapping[str, str]) -> None:
        """Cells that break a rule of their own column: each gets the remedy that suits its value."""
        listed, more = self._fresh(column.name, pd.Index(rows))
        first: dict[str, tuple[str, str]] = {}
        for row, value in self._cells(column.name).loc[listed].items():
            text = "" if pd.isna(value) else str(value).strip()
            if text not in first:
                suggest = spellings if len(first) < MAX_SUGGESTIONS else {}
                first[text] = _explain(column, rule, text, spellings, suggest)
            self._add_one(column.name, row, text, *first[text])
        if more:
            self._add_rest(column.name, more, next(iter(first.values()))[0])

    def missing_column(self, column: Column) -> None:
        """A required column that the table lacks, with the heading that may have been meant."""
        headings = [str(heading) for heading in self.frame.columns if str(heading)]
        free = {same_heading(heading): heading for heading in headings if heading not in self.headings.values()}
        wanted = (same_heading(column.heading), same_heading(column.name))
        near = [match for word in wanted for match in get_close_matches(word, free, 1, 0.7)]
        meant = f"; skal »{free[near[0]]}« omdøbes?" if near else "."
        self.problems.append(
            Problem(
                self.file, self.sheet, None, column.heading, "", MISSING_COLUMN,
                f"Tilføj en kolonne med overskriften »{column.heading}« eller »{column.name}«{meant} "
                f"Filen har kolonnerne {danish.join(f'»{heading}«' for heading in headings)}",
            )
        )  # fmt: skip

    def nearly_columns(self, resembling: Mapping[str, str]) -> None:
        """Headings that no column has, but that resemble one: what stands there would be lost without a word."""
        for heading, name in resembling.items():
            wanted = self.contract.column(name).heading
            self.problems.append(
                Problem(
                    self.file, self.sheet, None, heading, "", f"kolonnen ligner »{wanted}«, men hedder noget andet",
                    f"Kald den »{wanted}«, hvis det er den; ellers slet kolonnen",
                )
            )  # fmt: skip

    def repeated_columns(self, headings: Mapping[str, list[str]]) -> None:
        """Two headings for the same column."""
        for repeated in headings.values():
            if len(repeated) > 1:
                self.problems.append(
                    Problem(
                        self.file, self.sheet, None, str(repeated[1]), "",
                        f"kolonnen findes allerede som »{repeated[0]}«", "Behold kun den ene",
                    )
                )  # fmt: skip

    def repeated_keys(self, typed: pd.DataFrame) -> None:
        """Rows whose key stands in an earlier row; the problem names both rows."""
        key = list(self.contract.key)
        unreadable = [rows for name in key if (rows := self._named.get(name)) is not None]
        readable = typed[key]
        for rows in unreadable:  # what could not be read is not known to be the same
            readable = readable.drop(index=rows.intersection(readable.index))
        later = readable.index[readable.duplicated()]
        shown = later[:MAX_ALIKE]
        again = readable.loc[shown]
        originals = readable.drop_duplicates().reset_index(names="_row").merge(again.drop_duplicates(), on=key)
        firsts = dict(zip(originals[key].itertuples(index=False, name=None), originals["_row"], strict=True))
        words = danish.join(f"»{self._heading(name)}«" for name in key)
        for row, values in zip(shown, again.itertuples(index=False, name=None), strict=True):
            sentence = ", ".join(str(value.date() if isinstance(value, pd.Timestamp) else value) for value in values)
            self._add_one(
                key[0], row, sentence,
                f"rækken har samme {words} som række {row_in_sheet(self.frame, firsts[values])}",
                "Slet den ene af de to rækker, eller ret den",
            )  # fmt: skip
        self._add_rest(key[0], len(later) - len(shown), "rækken gentager en tidligere række")


def _explain(
    column: Column, rule: str, text: str, spellings: Mapping[str, str], suggest: Mapping[str, str]
) -> tuple[str, str]:
    """What is wrong with a value and what to write instead."""
    number = text.replace(",", ".").replace("−", "-").replace(" ", "")
    if rule == "empty":
        return "cellen er tom", f"Udfyld den ({danish.inside(column.meaning)})"
    if rule == "minimum" and column.minimum is not None:
        wrong = "tallet er negativt" if number.startswith("-") else "tallet er for lille"
        return wrong, f"Skriv et tal på mindst {comma(column.minimum)}"
    if rule == "maximum" and column.kind == "share" and _number(number) > 1:
        return "andelen er over 1", share_remedy(_number(number))
    if rule == "maximum" and column.maximum is not None:
        return "tallet er for stort", f"Skriv et tal på højst {comma(column.maximum)}"
    if rule == "choice":
        words = list(column.choices) if column.kind == "integer" else list(column.choices.values())
        near = get_close_matches(text.casefold(), words, 1)
        meant = f"Mente du »{near[0]}«? " if near else ""
        return "ordet er ikke et af de tilladte", f"{meant}Skriv {danish.join(words, 'eller')}"
    if rule == "pattern":
        return "værdien har ikke den rette form", f"Skriv {column.form}"
    if rule == "future":
        if column.kind == "date":
            return "datoen ligger i fremtiden", "Ret datoen"
        return "perioden ligger i fremtiden", "Ret perioden; der kan endnu ikke være tal for den"
    message, where = UNKNOWN[str(column.refers)]
    if column.refers == "areas" and alike(text) in SUMS and alike(text) not in spellings:
        return "rækken er en sum, ikke et område", "Slet rækken; summer regnes ud af de andre"
    unknown = [word for word in items(text) if alike(word) not in spellings] if column.kind == "list" else [text]
    close = [match for word in unknown for match in get_close_matches(alike(word), suggest, 1, ALMOST)]
    if close:
        meant = " og ".join(f"»{suggest[match]}«" for match in dict.fromkeys(close))
        return message, f"Mente du {meant}? Ellers skal det først stå {where}"
    ids = sorted(set(spellings.values()))
    if 0 < len(ids) <= 10:
        return message, f"Skriv {danish.join(ids, 'eller')}"
    return message, f"Ret det, eller sørg for, at det først står {where}"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
