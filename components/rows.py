"""Release rows made ready to draw and to read: with the area's name, the value as text and the sentence to hover."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from components.page import source_titles
from components.session import Screen
from data import danish, sentences
from data.release import records

SURVEY_HEADINGS = ["Område", "Måling", "Andel", "95 pct.-interval", "Svar", "Sikkerhed", "Siden sidst", "Kilde"]
INCIDENT_HEADINGS = ["Område", "Periode", "Antal", "Pr. 1.000 indbyggere", "95 pct.-interval", "Året før", "Kilde"]
BOTH_HEADINGS = ["Område", "Andel", "95 pct.-interval for andelen", "Pr. 1.000 indbyggere", "95 pct.-interval"]
MOST_PANELS = 24
_STATE_WORDS = {"hidden": danish.HIDDEN, "missing": "ikke målt"}
_COUNT_WORDS = {"hidden": sentences.HIDDEN_COUNT, "missing": danish.NOT_REPORTED}
_CHANGE_WORDS = {"better": "sikkert bedre", "worse": "sikkert værre", "unchanged": "ikke sikkert ændret", "": ""}


def survey_rows(
    screen: Screen, *, level: str | None = None, wave: str | None = None, areas: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Survey rows of the view's indicator, of a level, a wave or some areas, in Danish alphabetical order of area."""
    rows = screen.release.survey
    rows = rows[rows["indicator"] == screen.view.indicator]
    if level:
        rows = rows[rows["level"] == level]
    if wave:
        rows = rows[rows["wave"] == wave]
    if areas:
        rows = rows[rows["area_id"].isin(areas)]
    rows = _named(rows, screen, "wave")
    indicator = screen.partnership.indicator(screen.view.indicator)
    drawn = records(rows)
    return rows.assign(
        hover=[sentences.survey_figure(row, indicator) for row in drawn],
        level_sentence=[sentences.survey_level(row, indicator) for row in drawn],
        label=[sentences.share(row) if row["state"] == "published" else "" for row in drawn],
    )


def incident_rows(screen: Screen, *, areas: tuple[str, ...], years: bool = False, period: str = "") -> pd.DataFrame:
    """Quarterly (or yearly) incident rows of the view's category for some areas, of one period or all."""
    rows = screen.release.incidents
    rows = rows[(rows["category"] == screen.view.category) & rows["area_id"].isin(areas)]
    if period:
        rows = rows[rows["period"] == period]
    rows = _named(rows[rows["period"].str.len().eq(4) == years], screen, "period")
    category = screen.partnership.category(screen.view.category)
    return rows.assign(hover=[sentences.incident_figure(row, category) for row in records(rows)])


def _named(rows: pd.DataFrame, screen: Screen, time: str) -> pd.DataFrame:
    names = screen.release.areas.set_index("area_id")["name"]
    rows = rows.assign(name=rows["area_id"].map(names))
    return rows.sort_values(["name", time], key=lambda column: column.map(danish.sort_key), ignore_index=True)


def telling_area(screen: Screen) -> str:
    """The housing area to show before anyone has chosen: the one with most official waves, then most waves."""
    rows = screen.release.survey
    rows = rows[(rows["indicator"] == screen.view.indicator) & (rows["level"] == screen.view.level)]
    counts = rows.assign(official=rows["provenance"] == "official").groupby("area_id")["official"].agg(["sum", "size"])
    return str(counts.sort_values(["sum", "size"], ascending=False, kind="stable").index[0])


def sheet_area(screen: Screen) -> str:
    """The one area of an area sheet: the first chosen, or the telling one before anyone has chosen."""
    return screen.view.areas[0] if screen.view.areas else telling_area(screen)


def comparable_areas(screen: Screen, area: str) -> tuple[tuple[str, ...], bool]:
    """The areas most like a housing area, the nearest first, and whether they are fewer than a comparison needs."""
    rows = screen.release.similar
    rows = rows[(rows["indicator"] == screen.view.indicator) & (rows["area_id"] == area)]
    return similar_to(screen, (area,)), bool(rows["too_few"].any())


def compared_with(screen: Screen, areas: tuple[str, ...]) -> tuple[str, ...]:
    """The areas that the given ones are held against in this view, without the given ones themselves."""
    found = similar_to(screen, areas) if screen.view.comparison == "lignende" else surroundings(screen, areas)
    return tuple(area for area in found if area not in areas)


def similar_to(screen: Screen, areas: tuple[str, ...]) -> tuple[str, ...]:
    """The areas most like the given ones; none for areas that are no housing areas."""
    rows = screen.release.similar
    rows = rows[(rows["indicator"] == screen.view.indicator) & rows["area_id"].isin(areas)]
    return tuple(dict.fromkeys(area for listed in rows["similar"] for area in listed.split(";") if area))


def neighbours_of(screen: Screen, area: str) -> tuple[str, ...]:
    """The areas of the same level that touch an area or lie close by."""
    rows = screen.release.tables["neighbours"]
    return tuple(rows.loc[rows["area_id"] == area, "neighbour_id"])


def within(screen: Screen, area: str) -> tuple[str, ...]:
    """An area and the areas that lie directly in it."""
    rows = screen.release.areas
    return (area, *rows.loc[rows["parent_id"] == area, "area_id"])


def initiatives_in(screen: Screen, areas: tuple[str, ...]) -> pd.DataFrame:
    """The initiatives that name one of the areas, the oldest first."""
    return of_areas(screen.release.initiatives, areas).sort_values("start", kind="stable")


def of_areas(rows: pd.DataFrame, areas: tuple[str, ...]) -> pd.DataFrame:
    """The rows whose list of areas (";"-joined `area_ids`) has one of the areas in it."""
    wanted = set(areas)
    return rows[rows["area_ids"].map(lambda listed: not wanted.isdisjoint(listed.split(";"))).astype(bool)]


def panel_areas(screen: Screen) -> tuple[str, ...]:
    """The areas of the view's level to set beside each other: all, or as many as one can take in, chosen ones first."""
    rows = screen.release.survey
    rows = rows[(rows["indicator"] == screen.view.indicator) & (rows["level"] == screen.view.level)]
    of_level = tuple(rows["area_id"].unique())
    chosen = tuple(area for area in screen.view.areas if area in of_level)
    return (*chosen, *(area for area in of_level if area not in chosen))[:MOST_PANELS]


def surroundings(screen: Screen, areas: tuple[str, ...]) -> tuple[str, ...]:
    """The areas that the given ones lie in, from the municipality up to the country, nearest first."""
    parents = screen.release.areas.set_index("area_id")["parent_id"].to_dict()
    found: dict[str, None] = {}
    for area in areas:
        parent = parents.get(area)
        while parent:
            found[parent] = None
            parent = parents.get(parent)
    return tuple(found)


def comparison_note(screen: Screen, areas: tuple[str, ...]) -> str:
    """What the areas are held against, by name, and whether there are too few that are like them."""
    found = danish.join(screen.release.name_of(area) for area in compared_with(screen, areas))
    if screen.view.comparison != "lignende":
        return f"Grå linjer: {found}." if found else ""
    rows = screen.release.similar
    rows = rows[(rows["indicator"] == screen.view.indicator) & rows["area_id"].isin(areas)]
    if rows["too_few"].any() or not found:
        few = "Der er for få områder, der ligner, til en god sammenligning."
        return f"{few} Grå linjer: {found}." if found else few
    return f"Grå linjer: de områder, der ligner mest i niveau, størrelse og kommunetype ({found})."


def survey_words(rows: pd.DataFrame, screen: Screen) -> pd.DataFrame:
    """Survey rows as a reader's table: every figure in words, a missing or hidden one as the word for it."""
    titles = source_titles(screen)
    table = [
        [
            row["name"],
            row["wave"],
            row["label"] or _STATE_WORDS[row["state"]],
            sentences.interval(row["low"], row["high"]) if pd.notna(row["low"]) else "kendes ikke",
            answers_word(row),
            sentences.QUALITY_WORDS.get(row["quality"], "kendes ikke"),
            _CHANGE_WORDS[row["changed"]],
            titles.get(row["source_id"], row["source_id"]) + example_note(row["provenance"]),
        ]
        for row in records(rows)
    ]
    return pd.DataFrame(table, columns=SURVEY_HEADINGS)


def answers_word(row: Mapping[str, Any]) -> str:
    """The number of answers, and that the design effect is assumed where it is."""
    if pd.isna(row["n"]):
        return "ikke offentliggjort"
    assumed = " (designeffekt antaget)" if row["n_eff_basis"] == "assumed" else ""
    return f"{danish.number(row['n'])}{assumed}"


def incident_words(rows: pd.DataFrame, screen: Screen) -> pd.DataFrame:
    """Incident rows as a reader's table, newest first."""
    titles = source_titles(screen)
    table = [
        [
            row["name"],
            danish.period(row["period"]) + (" (foreløbig)" if row["state"] == "provisional" else ""),
            _COUNT_WORDS.get(row["state"]) or danish.number(row["count"]),
            danish.decimal(row["rate"]),
            _rate_interval(row),
            danish.number(row["last_year"]),
            titles.get(row["source_id"], row["source_id"]) + example_note(row["provenance"]),
        ]
        for row in records(rows.iloc[::-1])
    ]
    return pd.DataFrame(table, columns=INCIDENT_HEADINGS)


def both_words(shares: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Perceived and recorded of the same areas as one reader's table; `shares` of one wave, `rates` of one year."""
    recorded = {row["area_id"]: row for row in records(rates)}
    table = []
    for row in records(shares):
        count = recorded.get(row["area_id"], {"rate": None, "low": None, "high": None, "provenance": ""})
        example = "example" in (row["provenance"], count["provenance"])
        table.append(
            [
                row["name"] + (example_note("example") if example else ""),
                row["label"] or _STATE_WORDS[row["state"]],
                sentences.interval(row["low"], row["high"]) if pd.notna(row["low"]) else "kendes ikke",
                danish.decimal(count["rate"]),
                _rate_interval(count),
            ]
        )
    return pd.DataFrame(table, columns=BOTH_HEADINGS)


def _rate_interval(row: Mapping[str, Any]) -> str:
    if pd.isna(row["low"]):
        return danish.MISSING
    return f"{danish.decimal(row['low'])}–{danish.decimal(row['high'])}"


def example_note(provenance: str) -> str:
    """What stands after the source of an invented figure."""
    return " (eksempeldata)" if provenance == "example" else ""
