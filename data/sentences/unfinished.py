"""Counts that have come, and wait for the rest of their quarter or year, in plain Danish."""

from collections.abc import Iterable, Mapping

from data import danish
from data.calendar import MANY, Period
from data.records import Row

MOST_NAMES = 4
"""So many areas are named; more are counted."""


def unfinished_sentences(rows: Iterable[Row], names: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence for each quarter or year that lacks the same parts: which figures wait, for what and why.

    `rows` have the columns of the release table "unfinished", `names` the name of each area.
    """
    waits: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for row in rows:
        periods, areas = waits.setdefault((str(row["whole"]), str(row["lacks"])), (set(), set()))
        periods.add(str(row["period"]))
        areas.add(str(row["area_id"]))
    return tuple(
        _sentence(whole, sorted(periods), lacks.split(";"), danish.in_order(names.get(each, each) for each in areas))
        for (whole, lacks), (periods, areas) in sorted(waits.items())
    )


def _sentence(whole: str, periods: list[str], lacks: list[str], names: list[str]) -> str:
    where = danish.join(names) if len(names) <= MOST_NAMES else f"{danish.number(len(names))} områder"
    came, awaited = (danish.join(map(danish.period, codes)) for codes in (periods, lacks))
    counted, told = _ONE[Period.parse(periods[0]).span], MANY[Period.parse(whole).span]
    return (
        f"Anmeldelser fra {came} er modtaget for {where}, men vises først, når {awaited} også er modtaget. "
        f"Det, der er opgjort pr. {counted}, vises kun som hele {told}."
    )


_ONE = {"month": "måned", "half_year": "halvår", "four_months": "tertial"}
