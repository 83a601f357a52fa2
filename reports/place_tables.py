"""The tables of Hotspots as files: places, their back-test, the week, what became of them, and alarms."""

import pandas as pd

from data.calendar import Period
from data.contracts.definitions import BANDS, WEEKDAYS
from data.records import records
from data.sentences.clusters import OUTCOMES
from data.sentences.hotspots import lasting
from data.sentences.moves import WORDS
from data.views.rows import ViewContext
from reports.data_files import (
    STATES,
)
from reports.page_tables import shown, state_words, table_csv


def places_csv(context: ViewContext, rows: pd.DataFrame) -> bytes:
    """Hotspots, the clearest first: what happened, what was expected and how likely chance alone is."""
    table = pd.DataFrame(
        {
            "Kategori": context.partnership.category(context.view.category).title,
            "År": rows["year"].to_numpy(),
            "Feltstørrelse i meter": rows["size"].to_numpy(),
            "Nummer": rows["rank"].to_numpy(),
            "Sted": rows["where"].to_numpy(),
            "Stærkeste felt": rows["cell_id"].to_numpy(),
            "Felter": [len(each.split(";")) for each in rows["cells"]],
            "Varighed": [lasting(row) for row in records(rows)],
            "Hændelser, felt og naboer": shown(rows, "window_count").to_numpy(),
            "Forventet": shown(rows, "window_expected").to_numpy(),
            "Sandsynlighed for tilfælde": shown(rows, "p_value").to_numpy(),
            "Tilstand": state_words(rows),
        }
    )
    return table_csv(table, rows, context)


def back_test_csv(context: ViewContext, rows: pd.DataFrame, cells: pd.DataFrame) -> bytes:
    """What each year's map foretold of the next, as parts (0–1) and indices; `cells` say where they come from."""
    columns = {
        "Felter": "cells", "Del af arealet": "area_share", "Del af hændelserne": "hit_rate", "PAI": "pai", "PEI": "pei",
        "Flest året før: del": "base_hit_rate", "Flest året før: PAI": "base_pai", "Flest året før: PEI": "base_pei",
    }  # fmt: skip
    rows = rows.sort_values("year", ascending=False)
    table = pd.DataFrame(
        {
            "Kategori": context.partnership.category(context.view.category).title,
            "Feltstørrelse i meter": rows["size"].to_numpy(),
            "År": rows["year"].to_numpy(),
            **{title: rows[column].astype(float).to_numpy() for title, column in columns.items()},
        }
    )
    origin = cells[["provenance", "source_id"]].head(1)
    return table_csv(table, origin.loc[origin.index.repeat(len(rows))] if len(origin) else _nowhere(rows), context)


def _nowhere(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"provenance": [""] * len(rows), "source_id": [""] * len(rows)})


def week_csv(context: ViewContext, week: pd.DataFrame, where: str) -> bytes:
    """The week of a category, one time of one day a row; `where` is the area or what the areas are together."""
    missing = week["count"].isna()
    table = pd.DataFrame(
        {
            "Kategori": context.partnership.category(context.view.category).title,
            "Område": where,
            "År": context.view.cell_year,
            "Ugedag": [WEEKDAYS[str(each)] for each in week["weekday"]],
            "Tidsrum": [BANDS[str(each)] for each in week["band"]],
            "Antal": week["count"].astype(float).to_numpy(),
            "Tilstand": [STATES["missing" if each else "published"] for each in missing],
        }
    )
    return table_csv(table, week, context)


def moves_csv(context: ViewContext, rows: pd.DataFrame) -> bytes:
    """What became of places since the year before, with the counts of both; one not judged has an empty cell."""
    moved = rows["verdict"] == "moved"
    table = pd.DataFrame(
        {
            "Kategori": context.partnership.category(context.view.category).title,
            "Feltstørrelse i meter": rows["size"].to_numpy(),
            "Nummer": rows["number"].to_numpy(),
            "Hvad": [WORDS[each] for each in rows["verdict"]],
            "Sted": rows["where"].to_numpy(),
            "Felter": [len(each.split(";")) for each in rows["cells"]],
            "Antal nu": rows["count"].astype(float).to_numpy(),
            "Antal året før": rows["then_count"].astype(float).to_numpy(),
            "Var før": rows["former_where"].where(moved, "").to_numpy(),
            "Meter fra det gamle sted": rows["distance"].astype(float).where(moved).to_numpy(),
        }
    )
    return table_csv(table, rows, context)


def alarms_csv(context: ViewContext, log: pd.DataFrame) -> bytes:
    """Every alarm of the looks for clusters, with what came of it."""
    table = pd.DataFrame(
        {
            "Eftersyn": [Period.parse(str(each)).words for each in log["look"]],
            "Kategori": [context.partnership.category(each).title for each in log["category"]],
            "Sted": log["where"].to_numpy(),
            "Antal": log["observed"].astype(float).to_numpy(),
            "Forventet": log["expected"].astype(float).to_numpy(),
            "Dage": log["days"].astype(float).to_numpy(),
            "Dage mellem så tætte klynger ved et tilfælde": log["recurrence_days"].astype(float).to_numpy(),
            "Siden da": [OUTCOMES[each] for each in log["outcome"]],
        }
    )
    return table_csv(table, log, context)
