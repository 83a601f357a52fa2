"""Cells whose value the sheet itself takes back: crossed out, not to be seen, or shown as something else."""

from collections.abc import Iterator
from itertools import islice

import pandas as pd

from data import danish
from data.contracts.problems import Problem
from data.intake.conditional_formats import Change
from data.intake.delimited import PLACES, letters
from data.intake.number_formats import OTHER
from data.intake.rich_text import RAISED, STRUCK, Part
from data.intake.workbook_facts import MOST_CELLS, Place, SheetFacts

STRUCK_ROW, STRUCK_CELL = "rækken er streget over", "cellen er streget over"
STRUCK_REMEDY = (
    "Slet det overstregede, hvis det ikke gælder; ellers fjern overstregningen (Ctrl+5 i Excel), og læg filen ind igen"
)
OTHERWISE = "talformatet viser noget andet end det tal, der er gemt i cellen"
OTHERWISE_REMEDY = "Skriv i cellen det tal, der skal læses, og vælg talformatet Standard"
UNSEEN = "det, der står, kan ikke ses: skriften har samme farve som baggrunden"
UNSEEN_REMEDY = "Slet det, hvis det ikke skal læses; ellers giv skriften en farve, der kan ses"
LIFTED_REMEDY = "Slet det i cellen; er det en note, så skriv den under tabellen"
BY_CONDITION = "en betinget formatering {does}"
CONDITION_REMEDY = (
    "Slet tallet, hvis det ikke skal læses; ellers fjern reglen (Hjem → Betinget formatering → Ryd regler i Excel)"
)


def taken_back(facts: SheetFacts, frame: pd.DataFrame, file: str, sheet: str) -> Iterator[Problem]:
    """The cells of a table's rows that the sheet takes back; a row crossed out or unseen as a whole is told once."""
    rows = frozenset(map(int, frame.index))
    yield from _by_row(facts.struck, rows, file, sheet, (STRUCK_ROW, STRUCK_CELL), STRUCK_REMEDY)
    yield from _by_row(facts.unseen, rows, file, sheet, (UNSEEN, UNSEEN), UNSEEN_REMEDY)
    other = ((place, shown) for place, shown in facts.altered if shown.way == OTHER and place[1] in rows)
    for (column, row), shown in islice(other, MOST_CELLS):
        yield Problem(file, sheet, row, column, shown.text, OTHERWISE, OTHERWISE_REMEDY)
    for (column, row), part in islice((each for each in facts.parts if each[0][1] in rows), MOST_CELLS):
        yield Problem(file, sheet, row, column, part.whole, *_of_part(part))
    yield from islice(_by_condition(facts, frame, file, sheet), MOST_CELLS)


def at_row(problem: Problem) -> int:
    """The row of a problem, to put several in order."""
    return problem.row or 0


def conditions_said(facts: SheetFacts) -> Iterator[str]:
    """A Danish clause on conditional formats of which nobody can say here where they hold."""
    cells = list(dict.fromkeys(each.cells for each in facts.conditional if each.holds is None))
    if cells:
        yield (
            f"en betinget formatering kan skjule eller ændre, hvad der vises i {danish.join(cells[:3])}; "
            "tallene er læst, som de er gemt"
        )


def _by_row(
    places: list[Place], rows: frozenset[int], file: str, sheet: str, messages: tuple[str, str], remedy: str
) -> Iterator[Problem]:
    found: dict[int, list[str]] = {}
    for column, row in places:
        if row in rows:
            found.setdefault(row, []).append(column)
    for row, columns in islice(sorted(found.items()), MOST_CELLS):
        one = len(columns) == 1
        yield Problem(file, sheet, row, columns[0] if one else "", "", messages[1] if one else messages[0], remedy)


def _of_part(part: Part) -> tuple[str, str]:
    if part.way == STRUCK:
        return f"en del af cellen er streget over (»{part.text}«), men læses sammen med resten", STRUCK_REMEDY
    if part.way == RAISED:
        return f"»{part.text}« er hævet eller sænket skrift, men læses som en del af tallet", LIFTED_REMEDY
    return f"en del af cellen (»{part.text}«) er hvid skrift, som ikke kan ses", UNSEEN_REMEDY


def _by_condition(facts: SheetFacts, frame: pd.DataFrame, file: str, sheet: str) -> Iterator[Problem]:
    places = frame.attrs.get(PLACES, range(frame.shape[1]))
    told: set[Place] = {*facts.unseen, *facts.struck}
    for each in facts.conditional:
        for left, right, top, low in each.ranges if each.holds else ():
            rows = frame[(frame.index >= top) & (frame.index <= low)]
            for at, place in enumerate(places):
                if left <= place <= right and each.holds is not None:
                    numbers = pd.to_numeric(rows.iloc[:, at], errors="coerce").dropna()
                    hits = numbers[each.holds(numbers)]
                    yield from _changed(each.change, hits, letters(place), told, file, sheet)


def _changed(
    change: Change, hits: "pd.Series[float]", column: str, told: set[Place], file: str, sheet: str
) -> Iterator[Problem]:
    """The cells that a change shows otherwise, each for the first condition that does."""
    for row, number in hits.items():
        place, shown = (column, int(str(row))), change.shown(float(number))
        if shown is not None and place not in told:
            told.add(place)
            does = "viser noget andet end det tal, der er gemt" if shown else "skjuler tallet eller streger det over"
            yield Problem(file, sheet, place[1], column, shown, BY_CONDITION.format(does=does), CONDITION_REMEDY)
