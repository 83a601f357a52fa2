"""An example of each method from the release at hand, in the words that pages use."""

from collections.abc import Callable, Sequence

import pandas as pd

from components.session import Screen
from data import danish, sentences
from data.calendar import is_year, year_earlier
from data.records import Row, records
from data.release import records_of
from data.sentences.chances import deadline_sentence
from data.sentences.places import ranking_sentence
from data.sentences.trends import since_the_series_began

NONE = "Der er ikke et eksempel i denne udgave."


def _survey(screen: Screen) -> pd.DataFrame:
    names = screen.release.areas.set_index("area_id")["name"]
    rows = screen.release.survey
    rows = rows[rows["indicator"] == screen.partnership.first_indicator.id]
    return rows.assign(name=rows["area_id"].map(names)).sort_values("wave", ascending=False, kind="stable")


def _incidents(screen: Screen) -> pd.DataFrame:
    names = screen.release.areas.set_index("area_id")["name"]
    rows = screen.release.incidents
    rows = rows[~is_year(rows["period"])]
    return rows.assign(name=rows["area_id"].map(names)).sort_values("period", ascending=False, kind="stable")


def _first(rows: pd.DataFrame, say: Callable[[Row], str]) -> str:
    if rows.empty:
        return NONE
    row = records(rows.head(1))[0]
    return say(row) + (" (eksempeldata)" if row["provenance"] == "example" else "")


def interval_example(screen: Screen) -> str:
    """A share with its interval."""
    indicator = screen.partnership.first_indicator
    rows = _survey(screen)
    return _first(rows[rows["low"].notna() & rows["n_eff"].notna()], lambda row: sentences.survey_level(row, indicator))


def unknown_example(screen: Screen) -> str:
    """A share of which nobody knows how sure it is."""
    indicator = screen.partnership.first_indicator
    rows = _survey(screen)
    return _first(
        rows[rows["n_eff"].isna() & rows["share"].notna()], lambda row: sentences.survey_level(row, indicator)
    )


def change_example(screen: Screen) -> str:
    """A share with its change since the wave before."""
    indicator = screen.partnership.first_indicator
    rows = _survey(screen)
    return _first(rows[rows["change_low"].notna()], lambda row: sentences.survey_figure(row, indicator))


def break_example(screen: Screen) -> str:
    """A wave that cannot be held against the one before."""
    rows = _survey(screen)
    broken = rows[(rows["previous_wave"] != "") & ~rows["comparable"] & (rows["state"] == "published")]
    return _first(broken, lambda row: f"{row['name']} {danish.period(row['wave'])}: {sentences.survey_change(row)}")


def quality_example(screen: Screen) -> str:
    """How many figures have each reliability."""
    rows = _survey(screen)
    counts = rows["quality"].value_counts()
    lines = [
        f"{danish.number(counts[letter])} {letter} ({words})"
        for letter, words in sentences.QUALITY_WORDS.items()
        if letter in counts
    ]
    unknown = int((rows["quality"] == "").sum())
    return f"{screen.partnership.first_indicator.title}: {danish.join([*lines, f'{unknown} uden kendt usikkerhed'])}."


def family_example(screen: Screen) -> str:
    """How many areas were tested at once, and how many had moved."""
    rows = _survey(screen)
    tested = rows[rows["changed"] != ""]
    if tested.empty:
        return NONE
    family = tested[(tested["wave"] == tested.iloc[0]["wave"]) & (tested["level"] == tested.iloc[0]["level"])]
    when = danish.in_period(family.iloc[0]["wave"])
    moved = int((family["changed"] != "unchanged").sum())
    return (
        f"{danish.opening(when)} blev {danish.plural(len(family), 'område', 'områder')} prøvet på én gang; "
        f"{danish.number(moved)} var en klar ændring."
    )


def count_example(screen: Screen) -> str:
    """A count with its interval."""
    rows = _incidents(screen)
    category = screen.partnership.first_category
    rows = rows[
        (rows["category"] == category.id) & rows["low"].notna() & (rows["area_id"].isin(screen.partnership.members))
    ]
    return _first(rows, lambda row: sentences.incident_level(row, category))


def last_year_example(screen: Screen) -> str:
    """A quarter beside the same quarter the year before."""
    rows = _incidents(screen)
    rows = rows[(rows["state"] == "published") & rows["last_year"].notna() & (rows["level"] == "housing_area")]
    return _first(
        rows,
        lambda row: f"{row['name']}: {sentences.incident_change(row, screen.partnership.category(row['category']))}",
    )


def mass_example(screen: Screen) -> str:
    """A quarter with a mass registration."""
    rows = _incidents(screen)
    rows = rows[rows["mass"] & rows["area_id"].isin(screen.partnership.members)]
    return _first(rows, lambda row: sentences.incident_level(row, screen.partnership.category(row["category"])))


def signal_example(screen: Screen) -> str:
    """A quarter outside the usual ups and downs."""
    rows = _incidents(screen)
    rows = rows[rows["signal"].isin(["outside", "shift", "trend", "three_of_three", "two_of_three"])]
    return _first(
        rows,
        lambda row: (
            f"{row['name']}, {danish.period(row['period'])}: {danish.number(row['count'])} "
            f"{screen.partnership.category(row['category']).noun}; de sædvanlige udsving går fra "
            f"{danish.number(max(row['lower'], 0))} til {danish.number(row['upper'])}."
        ),
    )


def hidden_example(screen: Screen) -> str:
    """A count that is not shown."""
    rows = _incidents(screen)
    hidden = rows[rows["state"] == "hidden"]
    return _first(hidden, lambda row: sentences.incident_level(row, screen.partnership.category(row["category"])))


def trend_example(screen: Screen) -> str:
    """An area that has moved over its waves."""
    rows = records_of(screen.release, "trends")
    told = [row for row in rows if not row["reason"]]
    moved = [row for row in told if row["verdict"] in ("better", "worse")] or told
    return _of_record(screen, moved, lambda row: f"{row['sentence']}, {since_the_series_began(row)}.")


def limits_example(screen: Screen) -> str:
    """When limits were last moved, and why."""
    rows = _incidents(screen)
    moved = rows[rows["limits_moved"].astype(bool)] if "limits_moved" in rows else rows.iloc[:0]
    if moved.empty:
        return _first(moved, str)
    row = records(moved.head(1))[0]
    series = rows[(rows["area_id"] == row["area_id"]) & (rows["category"] == row["category"])]
    title = screen.partnership.category(row["category"]).title
    return f"{title}, {row['name']}: {sentences.limits_sentence(series)}"


def model_example(screen: Screen) -> str:
    """What the model makes of an area."""
    return _of_record(screen, records_of(screen.release, "modelled")[-1:], lambda row: str(row["sentence"]))


def sham_example(screen: Screen) -> str:
    """How often a method is wrong where nothing was started."""
    rows = records_of(screen.release, "sham_windows")
    told = [str(row["sentence"]) for row in rows if pd.notna(row["false_alarms"])]
    return told[0] if told else _first(screen.release.survey.iloc[:0], str)


def final_example(screen: Screen) -> str:
    """A criterion with a final answer."""
    rows = screen.release.criteria
    return _first(rows[rows["status"].isin(["met", "not_met"])], lambda row: str(row["sentence"]))


def _of_record(screen: Screen, rows: Sequence[Row], say: Callable[[Row], str]) -> str:
    """The first of some rows in words, with the area it is about."""
    return _first(pd.DataFrame(rows[:1]), lambda row: f"{screen.release.name_of(row['area_id'])}: {say(row)}")


def criterion_example(screen: Screen) -> str:
    """A criterion that cannot be decided."""
    rows = screen.release.criteria
    return _first(rows[rows["status"] == "undecided"], lambda row: str(row["sentence"]))


def spread_example(screen: Screen) -> str:
    """How much more than by chance the first category varies, quarter on quarter and year on year, with its freedom."""
    rows, category = screen.release.incidents, screen.partnership.first_category
    if rows.empty or "dispersion_df" not in rows:  # A release from before it was told.
        return NONE
    rows = rows[(rows["category"] == category.id) & (rows["dispersion_df"] > 0)]
    for level in ("housing_area", "municipality"):
        of_level = rows[rows["level"] == level].drop_duplicates("period", keep="last")
        years = is_year(of_level["period"])
        windows = _windows_of_two_years(screen, category.id, level)
        told = [_spread(of_level[~years], "kvartaler"), _spread(of_level[years], "hele år"), windows]
        if any(told):
            where = f"{category.title} i {screen.partnership.level(level).many}"
            said = f"{where}: {danish.ended('; '.join(filter(None, told)))}"
            return _first(of_level, lambda _: said)  # noqa: B023
    return NONE


def _windows_of_two_years(screen: Screen, category: str, level: str) -> str:
    """The same of the two years before and after an initiative in areas of a level, which its effect is judged by."""
    effects, areas = screen.release.effects, screen.release.areas
    if "dispersion_df" not in effects:  # A release from before it was told.
        return ""
    ours = set(areas.loc[areas["level"] == level, "area_id"])
    initiatives = screen.release.initiatives
    there = initiatives["area_ids"].str.split(";").map(lambda ids: bool(ours.intersection(ids)))
    rows = effects[
        (effects["indicator"] == category)
        & (effects["dispersion_df"] > 0)
        & effects["initiative_id"].isin(initiatives.loc[there, "initiative_id"])
    ]
    over_a_year = rows["before_to"].map(year_earlier) >= rows["before_from"]
    return _spread(rows[over_a_year], "de to år før og efter en indsats")


def _spread(rows: pd.DataFrame, what: str) -> str:
    if rows.empty:
        return ""
    row = records(rows.tail(1))[0]
    freedom = danish.plural(row["dispersion_df"], "frihedsgrad", "frihedsgrader")
    return f"{what} har {danish.decimal(row['dispersion'])} gange tilfældets varians (φ med {freedom})"


def together_example(screen: Screen) -> str:
    """A criterion on several areas taken together."""
    rows = screen.release.criteria
    several = rows[(rows["measure"] == "survey") & rows["area_ids"].str.contains(";", regex=False)]
    return _first(several, lambda row: f"{row['subject']}. {row['sentence']}")


def chances_example(screen: Screen) -> str:
    """What a criterion that waits for its deadline can be expected to say there."""
    rows = screen.release.criteria
    if "chance_met" not in rows:  # A release from before it was told.
        return NONE
    return _first(rows[rows["chance_met"].notna()], lambda row: f"{row['subject']}. {deadline_sentence(row)}")


def ranking_example(screen: Screen) -> str:
    """How the newest list of places was ranked and what that was worth; only readers of cells have one."""
    rows, cells = (screen.release.tables.get(name) for name in ("hotspot_ranking", "cells"))
    if rows is None or cells is None or not rows["hit_rate"].notna().any():
        return NONE
    row = records(rows[rows["hit_rate"].notna()].sort_values("year", kind="stable").tail(1))[0]
    same = (cells["size"] == row["size"]) & (cells["year"] == row["year"]) & (cells["category"] == row["category"])
    title = screen.partnership.category(row["category"]).title
    example = " (eksempeldata)" if (cells.loc[same, "provenance"] == "example").any() else ""
    return f"{title}: {ranking_sentence(row, int(same.sum()))}.{example}"
