"""What a map says of each area in each reading: its class, its way of drawing, its words and its legend."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from components import layers
from components.map import GeometryLayer, Legend, LegendRow, Style
from components.page import credit, is_example
from components.palette import palette
from components.pictures import dots_sentence
from components.rows import incident_rows, survey_words
from components.session import Screen
from data import danish, sentences
from data.release import records
from data.view import LEVELS, REFERENCES

Row = dict[str, Any]

CHANGE_WORDS = ("Sikkert bedre", "Ikke sikkert ændret", "Sikkert værre")
REFERENCE_WORDS = ("Sikkert over", "Ikke sikkert anderledes", "Sikkert under")
# Verdict → class. What cannot be compared is hatched in the colour of what is not surely different.
_CHANGE_CLASSES = {"better": 0, "unchanged": 1, "worse": 2, "": 1}
_REFERENCE_CLASSES = {"above": 0, "unchanged": 1, "below": 2, "": 1}
HATCHED_VERDICT = "Skraveret: kan ikke sammenlignes"
ALIKE_NOTE = "Lignende områder er bl.a. valgt efter niveau, så forskellene til dem er sjældent store."
HATCHED_MASS = "Skraveret: en masseregistrering indgår"


@dataclass(frozen=True)
class MapReading:
    """A map ready to be drawn live or written to a file: one class, style and text an area, in the layer's order.

    `title` names the figure, `sentence` says what it shows, `credit` where it comes from and in which release,
    `example` whether any of it is invented.
    """

    layer: GeometryLayer
    classes: tuple[int | None, ...]
    styles: tuple[Style, ...]
    texts: tuple[str, ...]
    legend: Legend
    title: str
    sentence: str
    credit: str
    example: bool
    file_name: str


def perceived(screen: Screen, rows: pd.DataFrame) -> MapReading:
    """The view's indicator, read as the view says; `rows` are the survey rows of its level and wave."""
    return _READINGS[screen.view.reading](screen, rows)


def _level(screen: Screen, rows: pd.DataFrame) -> MapReading:
    indicator = screen.partnership.indicator(screen.view.indicator)
    limits = [danish.number(100 * limit) for limit in indicator.breaks]
    better = "Mørkere er bedre." if indicator.direction == 1 else "Mørkere er værre."
    return _reading(
        screen,
        rows,
        class_of=lambda row: _class(row["share"], indicator.breaks),
        text_of=lambda row: row["hover"],
        hatched=lambda row: row["quality"] == "C",
        legend=Legend(indicator.title, _classes(limits, " pct.", palette().sequential_perceived), note=better),
        title=f"{indicator.title} i {LEVELS[screen.view.level].lower()}, {screen.view.period}",
        sentence=dots_sentence(screen, rows.sort_values("share", ascending=False, na_position="last")),
    )


def _change(screen: Screen, rows: pd.DataFrame) -> MapReading:
    indicator = screen.partnership.indicator(screen.view.indicator)
    words = ("sikkert bedre end ved forrige måling", "sikkert værre", "ikke sikkert ændret")
    return _reading(
        screen,
        rows,
        class_of=lambda row: _CHANGE_CLASSES[row["changed"]],
        text_of=_change_text,
        hatched=lambda row: row["changed"] == "",
        legend=Legend("Siden forrige måling", _verdict_rows(CHANGE_WORDS), hatched=HATCHED_VERDICT),
        title=f"Ændring i {_lower(indicator.title)} i {LEVELS[screen.view.level].lower()}, {screen.view.period}",
        sentence=sentences.verdict_counts(
            _counts(rows.loc[rows["state"] == "published", "changed"], _CHANGE_CLASSES), words
        ),
    )


def _change_text(row: Row) -> str:
    change = sentences.survey_change(row)
    if row["state"] == "published" and not change:
        change = "Der er ingen tidligere måling at sammenligne med."
    return f"{change}\n{row['level_sentence']}".strip()


def _reference(screen: Screen, rows: pd.DataFrame) -> MapReading:
    view = screen.view
    indicator = screen.partnership.indicator(view.indicator)
    held = reference_rows(screen)
    found = {row["area_id"]: row for row in records(held)}
    verdicts = {area: row["verdict"] for area, row in found.items()}
    name = _lower(REFERENCES[view.reference])
    order = (0, 1, 2) if indicator.direction == 1 else (2, 1, 0)
    words = (f"sikkert over {name}", "sikkert under", "ikke sikkert anderledes")

    def text_of(row: Row) -> str:
        against = found.get(row["area_id"])
        return f"{sentences.reference_figure(against) if against else _no_reference(row)}\n{row['level_sentence']}"

    return _reading(
        screen,
        rows,
        class_of=lambda row: _REFERENCE_CLASSES[verdicts.get(row["area_id"], "")],
        text_of=text_of,
        hatched=lambda row: not verdicts.get(row["area_id"]),
        legend=Legend(
            f"{indicator.title} mod {name}",
            _verdict_rows(REFERENCE_WORDS, order),
            hatched=HATCHED_VERDICT,
            note=ALIKE_NOTE if view.reference == "lignende" else "",
        ),
        title=f"{indicator.title} i {LEVELS[view.level].lower()} mod {name}, {view.period}",
        sentence=sentences.verdict_counts(_counts(held["verdict"], _REFERENCE_CLASSES), words),
        cited=cited(rows, held),
    )


def words(screen: Screen, rows: pd.DataFrame) -> pd.DataFrame:
    """The map's figures as a reader's table, with what they are held against where the map does so."""
    table = survey_words(rows, screen)
    if screen.view.reading != "reference":
        return table
    found = {row["area_id"]: sentences.reference_figure(row) for row in records(reference_rows(screen))}
    heading = f"Mod {_lower(REFERENCES[screen.view.reference])}"
    return table.assign(**{heading: [found.get(area, danish.MISSING) for area in rows["area_id"]]})


def cited(rows: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """The rows and their references as one list of what the map rests on."""
    sources = held.assign(source_id=held["source_id"].str.split(";")).explode("source_id")
    columns = ["provenance", "source_id"]
    return pd.concat([rows[columns], sources.loc[sources["source_id"] != "", columns]])


def _no_reference(row: Row) -> str:
    return "Der er ingen reference til området." if row["state"] == "published" else ""


def reference_rows(screen: Screen) -> pd.DataFrame:
    """The shares of the view held against its reference."""
    view, rows = screen.view, screen.release.references
    wanted = (rows["indicator"] == view.indicator) & (rows["wave"] == view.period) & (rows["level"] == view.level)
    return rows[wanted & (rows["reference"] == view.reference)]


_READINGS: dict[str, Callable[[Screen, pd.DataFrame], MapReading]] = {
    "niveau": _level,
    "aendring": _change,
    "reference": _reference,
}


def recorded(screen: Screen) -> MapReading:
    """What was reported in the areas of the view in the year of its wave, per 1,000 residents, in fixed classes."""
    category = screen.partnership.category(screen.view.category)
    rows = recorded_rows(screen)
    limits = [danish.decimal(limit, 1 if category.yearly_breaks[0] % 1 else 0) for limit in category.yearly_breaks]
    shown = rows[rows["state"].isin(["published", "provisional"]) & rows["rate"].notna()]
    where, when = LEVELS[screen.view.level].lower(), screen.view.period
    sentence = f"{category.title} i {where} i {when} er ikke indberettet."
    if len(shown) > 1:
        low, *_, high = records(shown.sort_values("rate"))
        sentence = (
            f"{category.title} pr. 1.000 indbyggere i {when}: fra {danish.decimal(low['rate'])} i {low['name']} "
            f"til {danish.decimal(high['rate'])} i {high['name']}."
        )
    return _reading(
        screen,
        rows,
        class_of=lambda row: None if pd.isna(row["rate"]) else _class(row["rate"], category.yearly_breaks),
        text_of=lambda row: sentences.incident_level(row, category),
        hatched=lambda row: bool(row["mass"]),
        shown_states=("published", "provisional"),
        missing=f"{category.title} er ikke indberettet for {when}.",
        legend=Legend(
            f"{category.title} pr. 1.000 indbyggere",
            _classes(limits, "", palette().sequential_recorded),
            hatched=HATCHED_MASS,
            note="Mørkere er flere anmeldelser.",
        ),
        title=f"{category.title} i {where}, {when}",
        sentence=sentence,
        file_name=f"anmeldelser_{category.id}_{screen.view.level}_{when}",
    )


def recorded_rows(screen: Screen) -> pd.DataFrame:
    """The yearly incident rows of the view's category, level and year."""
    layer = layers.level_layer(screen.release, screen.view.level)
    rows = incident_rows(screen, areas=layer.area_ids, years=True)
    return rows[rows["period"] == screen.view.period].reset_index(drop=True)


def _reading(
    screen: Screen,
    rows: pd.DataFrame,
    *,
    class_of: Callable[[Row], int | None],
    text_of: Callable[[Row], str],
    legend: Legend,
    title: str,
    sentence: str,
    hatched: Callable[[Row], bool] = lambda row: False,
    shown_states: Sequence[str] = ("published",),
    missing: str = "",
    file_name: str = "",
    cited: pd.DataFrame | None = None,
) -> MapReading:
    view = screen.view
    basis = rows if cited is None else cited
    layer = layers.level_layer(screen.release, view.level)
    by_area = {row["area_id"]: row for row in records(rows)}
    drawn = [by_area.get(area) for area in layer.area_ids]
    classes = tuple(class_of(row) if row and row["state"] in shown_states else None for row in drawn)
    styles = tuple(
        Style.OUTLINED if place is None else Style.HATCHED if row and hatched(row) else Style.NORMAL
        for row, place in zip(drawn, classes, strict=True)
    )
    return MapReading(
        layer=layer,
        classes=classes,
        styles=styles,
        texts=tuple(text_of(row) if row else missing or f"Ikke målt i {view.period}." for row in drawn),
        legend=legend,
        title=title,
        sentence=sentence,
        credit=credit(screen, basis),
        example=is_example(basis),
        file_name=file_name or f"{view.indicator}_{view.reading}_{view.level}_{view.period}",
    )


def _class(value: float, breaks: tuple[float, ...]) -> int:
    return sum(value >= limit for limit in breaks)


def _classes(limits: list[str], unit: str, colours: Sequence[str]) -> tuple[LegendRow, ...]:
    words = [
        f"under {limits[0]}{unit}",
        *(f"{low}–{high}{unit}" for low, high in pairwise(limits)),
        f"{limits[-1]}{unit} eller mere",
    ]
    return tuple(map(LegendRow, colours, words))


def _verdict_rows(words: Sequence[str], order: Sequence[int] = (0, 1, 2)) -> tuple[LegendRow, ...]:
    """The classes of a verdict in the map's colours: teal is better, brown is worse, grey is not surely either."""
    worse, *_, better = palette().diverging
    colours = (better, palette().faint, worse)
    return tuple(LegendRow(colours[place], word) for place, word in zip(order, words, strict=True))


def _counts(verdicts: pd.Series, classes: Mapping[str, int]) -> tuple[int, int, int, int]:
    """How many areas have each verdict, in the order of the classes, the ones that cannot be compared last."""
    first, unclear, last, impossible = (int((verdicts == each).sum()) for each in classes)
    return first, unclear, last, impossible


def _lower(title: str) -> str:
    return title[0].lower() + title[1:]
