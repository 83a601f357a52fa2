"""Builds the release's trends: which way each share has gone over all its comparable waves in a row."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis import comparisons, trends
from data.calendar import Period, alike_in_span
from data.records import Row, records
from data.release.tables import TRENDS
from data.sentences.trends import trend_sentence


def trend_table(survey: pd.DataFrame, directions: Mapping[str, int]) -> pd.DataFrame:
    """One row per area and indicator: the slope over its newest comparable waves in a row, and the family's verdict.

    `survey` is the release table, `directions` maps indicator to 1 where more is better, else -1. Waves in a row are
    those in which the indicator was measured at that level, of one length and one series, shown, and with a known
    number of answers; a wave missing or hidden in between ends the row. The fixed family is one indicator x one level;
    `slope`, `low` and `high` are share points a year. `verdict` is "better", "worse", "unchanged" or "", then with the
    `reason`: "too_few_waves" or "unknown_answers".
    """
    rows: list[Row] = []
    for (indicator, level), of_level in survey.groupby(["indicator", "level"]):
        calendar = sorted(of_level["wave"].unique())
        of_areas = [_in_a_row(records(of_area), calendar) for _, of_area in of_level.groupby("area_id")]
        waves = [each for each in of_areas if each]
        told = trends.trends(
            [
                (
                    [Period.parse(row["wave"]).end for row in each],
                    [row["share"] for row in each],
                    [row["n_eff"] for row in each],
                )
                for each in waves
            ]
        )
        p_values = [each.p_value for each in told]
        verdicts = comparisons.verdicts(
            [each.slope for each in told],
            p_values,
            np.zeros(len(told)),
            directions[str(indicator)],
        )
        rows += [_row(str(indicator), str(level), *each) for each in zip(waves, told, verdicts, strict=True)]
    return pd.DataFrame(rows, columns=list(TRENDS))


def _in_a_row(rows: list[Row], calendar: list[str]) -> list[Row]:
    """The newest comparable waves in a row of one area, oldest first."""
    by_wave: dict[str, Row] = {}
    for row in rows:
        if row["state"] == "published":
            by_wave[row["wave"]] = row
    if not by_wave:
        return []
    newest = by_wave[max(by_wave)]
    calendar = alike_in_span(calendar, newest["wave"])
    consecutive = [newest]
    for wave in reversed(calendar[: calendar.index(newest["wave"])]):
        earlier = by_wave.get(wave)
        if earlier is None or earlier["series"] != newest["series"] or pd.isna(earlier["n_eff"]):
            break
        consecutive.append(earlier)
    return consecutive[::-1]


def _row(indicator: str, level: str, waves: list[Row], trend: trends.Trend, verdict: str) -> Row:
    example = [row for row in waves if row["provenance"] == "example"]
    origin = (example or waves)[-1]
    row: Row = {
        "indicator": indicator,
        "area_id": waves[-1]["area_id"],
        "level": level,
        "series": waves[-1]["series"],
        "first_wave": waves[0]["wave"],
        "last_wave": waves[-1]["wave"],
        "waves": len(waves),
        "slope": trend.slope,
        "low": trend.low,
        "high": trend.high,
        "first_share": waves[0]["share"],
        "last_share": waves[-1]["share"],
        "dispersion": trend.dispersion,
        "verdict": verdict,
        "reason": "" if trend.enough else "unknown_answers" if pd.isna(waves[-1]["n_eff"]) else "too_few_waves",
        **{name: origin[name] for name in ("provenance", "source_id")},
    }
    return row | {"sentence": trend_sentence(row)}
