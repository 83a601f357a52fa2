"""What happened to perceived safety beside an initiative: the wave before it began and the newest within two years."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from analysis import proportions
from data.calendar import Period
from data.records import Row, records
from data.release.comparison_areas import Places
from data.release.points import survey_points
from data.release.residents import ResidentsByArea, weights_of
from data.sentences.cooperation import REGRESSION_SURVEY
from data.states import FEW_ANSWERS, GUARDS_ANOTHER, TOO_UNCERTAIN, first_reason

MOST_YEARS = 2
WHY_NO_SURVEY = {
    "": "Der er ikke en måling både før og efter, at indsatsen begyndte.",
    FEW_ANSWERS: "Der er for få svar.",
    TOO_UNCERTAIN: "Usikkerheden er for stor.",
    GUARDS_ANOTHER: "En af andelene vises ikke, for den ville røbe en, der er skjult.",
}


def survey_effects(
    initiative: Row, places: Places, survey: pd.DataFrame, direction: int, names: pd.Series, residents: ResidentsByArea
) -> Iterator[Row]:
    """One row: before and after, or a Danish `reason` why there is none.

    `survey` are the release's rows of one indicator in all the places; `names` maps area_id to name; `residents` are
    what several areas are weighted by.
    """
    year = int(pd.Timestamp(initiative["start"]).year)
    weights = weights_of(places.treated, residents, str(year))
    treated = survey[survey["area_id"].isin(places.treated)]
    points = {row["period"]: row for row in records(survey_points(treated, len(places.treated), weights=weights))}
    end: int = pd.Timestamp(initiative["end"]).year if pd.notna(initiative["end"]) else year + MOST_YEARS
    start, waves = pd.Timestamp(initiative["start"]).date(), {wave: Period.parse(wave) for wave in points}
    earlier = [wave for wave, period in waves.items() if period.last < start]
    later = [w for w, period in waves.items() if start < period.first and period.year <= min(end, year + MOST_YEARS)]
    reason = _no_survey(points, earlier, later)
    if reason:
        yield {"reason": reason}
        return
    then, now = points[max(earlier)], points[max(later)]
    difference, low, high = proportions.difference(now["value"], now["n_eff"], then["value"], then["n_eff"])
    yield {
        "method": "before_after", "before_from": max(earlier), "before_to": max(earlier), "after_from": max(later),
        "after_to": max(later), "before": then["value"], "after": now["value"], "effect": float(difference),
        "low": float(low), "high": float(high), "evidence_level": 1,
        "p_value": float(proportions.difference_p_value(now["value"], now["n_eff"], then["value"], then["n_eff"])),
        "note": _regression(survey, places, max(earlier), direction, names),
    }  # fmt: skip


def _no_survey(points: Mapping[str, Row], earlier: list[str], later: list[str]) -> str:
    if not earlier or not later:
        return WHY_NO_SURVEY[""]
    then, now = points[max(earlier)], points[max(later)]
    if "hidden" in (then["state"], now["state"]):
        return WHY_NO_SURVEY[first_reason((then["why_hidden"], now["why_hidden"]))]
    if then["series"] != now["series"]:
        return "Der er spurgt på en anden måde før end efter."
    if np.isfinite(then["n_eff"] + now["n_eff"]):
        return ""
    known = np.isfinite(then["n"] + now["n"])
    return "Antallet af beboere er ukendt." if known else "Antallet af svar er ikke offentliggjort."


def _regression(survey: pd.DataFrame, places: Places, wave: str, direction: int, names: pd.Series) -> str:
    """A warning where one of the areas was worst of all when the initiative began."""
    if not places.compared and not places.near:
        return ""
    shares = (survey[survey["wave"] == wave].set_index("area_id")["share"] * direction).dropna()
    worst = "" if shares.empty else str(shares.idxmin())
    return REGRESSION_SURVEY.format(area=names[worst]) if worst in places.treated else ""
