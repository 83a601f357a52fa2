"""What a map says of each area in each reading: its class, its words and its legend, the same on screen and paper."""

from collections.abc import Callable

import pandas as pd

from data import danish, sentences
from data.calendar import year_of
from data.records import Row, records
from data.sentences.trends import since_the_series_began
from data.states import SHOWN_STATES
from data.views.map_words import MapWords, class_of_value, class_titles, drawn_areas, map_in_words, verdict_counts
from data.views.memo import memoized_by_view
from data.views.row_words import survey_words
from data.views.rows import incident_rows, lack_residents
from data.views.trends import order_said, trend_until
from data.views.view import READINGS, REFERENCES, ViewContext

CHANGE_WORDS = ("Klart bedre", "Ingen klar ændring", "Klart værre")
TREND_WORDS = ("Klar bedring", "Ingen klar udvikling", "Klar tilbagegang")
REFERENCE_WORDS = ("Klart over", "Ingen klar forskel", "Klart under")
# Verdict → class. What cannot be compared is hatched in the colour of what is not surely different.
_CHANGE_CLASSES = {"better": 0, "unchanged": 1, "worse": 2, "": 1}
_REFERENCE_CLASSES = {"above": 0, "unchanged": 1, "below": 2, "": 1}
HATCHED_VERDICT = "Skraveret: kan ikke sammenlignes"
HATCHED_TREND = "Skraveret: for få målinger i træk, eller antallet af svar kendes ikke"
HATCHED_MASS = "Skraveret: en masseregistrering indgår"
ALIKE_NOTE = "Lignende områder er bl.a. valgt efter niveau, så forskellene til dem er sjældent store."

PERCEIVED, RECORDED, VERDICT = "perceived", "recorded", "verdict"
"""The scales of colours: how high a share is, how high a rate is, and better · not surely either · worse."""


def perceived(context: ViewContext, rows: pd.DataFrame) -> MapWords:
    """The view's indicator, read as the view says; `rows` are the survey rows of its level and wave."""
    return _READINGS[context.view.reading](context, rows)


def dots_sentence(context: ViewContext, rows: pd.DataFrame, *, wave: str = "", brief: bool = False) -> str:
    """The spread of the areas in one sentence, and how likely their order is right, in few words where `brief`.

    `rows` are in the order of their share, the highest first, and of the view's wave unless another is given.
    """
    title = context.partnership.indicator(context.view.indicator).title
    wave = wave or context.view.period
    shown = rows[rows["state"] == "published"]
    if shown.empty:
        return f"{title}: ingen områder kan vises {danish.in_period(wave)}."
    first, last = shown.iloc[0], shown.iloc[-1]
    reach = f"fra {last['label']} i {last['name']} til {first['label']} i {first['name']}"
    spread = f"{title} {danish.in_period(wave)}: {reach}."
    return f"{spread} {order_said(context, shown['area_id'], wave, brief=brief)}".strip()


def _level(context: ViewContext, rows: pd.DataFrame) -> MapWords:
    indicator = context.partnership.indicator(context.view.indicator)
    limits = [danish.number(100 * limit) for limit in indicator.breaks]
    return map_in_words(
        context,
        rows,
        class_of=lambda row: class_of_value(row["share"], indicator.breaks),
        text_of=lambda row: row["hover"],
        is_hatched=lambda row: row["quality"] == "C",
        scale=PERCEIVED,
        classes=class_titles(limits, " pct."),
        legend=indicator.title,
        note=f"Farverne går fra {'dårligst til bedst' if indicator.direction == 1 else 'bedst til dårligst'}.",
        title=f"{indicator.title} i {_where(context)}, {danish.period(context.view.period)}",
        sentence=dots_sentence(context, rows.sort_values("share", ascending=False, na_position="last")),
    )


def _change(context: ViewContext, rows: pd.DataFrame) -> MapWords:
    indicator = context.partnership.indicator(context.view.indicator)
    words = ("klart bedre end ved forrige måling", "klart værre", "uden klar ændring")
    return map_in_words(
        context,
        rows,
        class_of=lambda row: _CHANGE_CLASSES[row["changed"]],
        text_of=_change_text,
        is_hatched=lambda row: row["changed"] == "",
        scale=VERDICT,
        classes=CHANGE_WORDS,
        legend="Siden forrige måling",
        hatched=HATCHED_VERDICT,
        title=f"Ændring i {danish.inside(indicator.title)} i {_where(context)}, {danish.period(context.view.period)}",
        sentence=sentences.verdict_counts(
            verdict_counts(rows.loc[rows["state"] == "published", "changed"], _CHANGE_CLASSES), words
        ),
    )


def _over_years(context: ViewContext, rows: pd.DataFrame) -> MapWords:
    """Which way each share has gone over its comparable waves up to the view's."""
    indicator = context.partnership.indicator(context.view.indicator)
    words = ("i klar bedring over årene", "i klar tilbagegang", "uden klar udvikling")
    trends = {row["area_id"]: trend_until(context, str(row["area_id"])) for row in records(rows)}
    verdicts = {area: row["verdict"] if row else "" for area, row in trends.items()}
    shown = rows.loc[rows["state"] == "published", "area_id"].map(verdicts)
    return map_in_words(
        context,
        rows,
        class_of=lambda row: _CHANGE_CLASSES[verdicts[row["area_id"]]],
        text_of=lambda row: f"{_said_over_years(trends[row['area_id']])}\n{row['level_sentence']}",
        is_hatched=lambda row: not verdicts[row["area_id"]],
        scale=VERDICT,
        classes=TREND_WORDS,
        legend="Udvikling over år",
        hatched=HATCHED_TREND,
        title=f"Udvikling over år i {danish.inside(indicator.title)} i {_where(context)} til og med "
        f"{danish.period(context.view.period)}",
        sentence=sentences.verdict_counts(verdict_counts(shown, _CHANGE_CLASSES), words),
    )


def _said_over_years(row: Row | None) -> str:
    if row is None:
        return "Udvikling over år gøres op for den nyeste måling."
    since = since_the_series_began(row)
    return f"Udvikling over år: {row['sentence']}{f', {since}' if since else ''}."


def _where(context: ViewContext) -> str:
    """What the areas of the view's level are called, many of them."""
    return context.partnership.level(context.view.level).many


def _change_text(row: Row) -> str:
    change = sentences.survey_change(row)
    if row["state"] == "published" and not change:
        change = "Der er ingen tidligere måling at sammenligne med."
    return f"{change}\n{row['level_sentence']}".strip()


def _reference(context: ViewContext, rows: pd.DataFrame) -> MapWords:
    view = context.view
    indicator = context.partnership.indicator(view.indicator)
    held = reference_rows(context)
    figures = {row["area_id"]: row for row in records(held)}
    verdicts = {area: row["verdict"] for area, row in figures.items()}
    name = danish.inside(REFERENCES[view.reference])
    words = (f"klart over {name}", "klart under", "uden klar forskel")

    def text_of(row: Row) -> str:
        against = figures.get(row["area_id"])
        return f"{sentences.reference_figure(against) if against else _no_reference(row)}\n{row['level_sentence']}"

    return map_in_words(
        context,
        rows,
        class_of=lambda row: _REFERENCE_CLASSES[verdicts.get(row["area_id"], "")],
        text_of=text_of,
        is_hatched=lambda row: not verdicts.get(row["area_id"]),
        scale=VERDICT,
        classes=REFERENCE_WORDS,
        colours=(0, 1, 2) if indicator.direction == 1 else (2, 1, 0),
        legend=f"{indicator.title} sammenlignet med {name}",
        hatched=HATCHED_VERDICT,
        note=ALIKE_NOTE if view.reference == "lignende" else "",
        title=f"{indicator.title} i {_where(context)} sammenlignet med {name}, {danish.period(view.period)}",
        sentence=sentences.verdict_counts(verdict_counts(held["verdict"], _REFERENCE_CLASSES), words),
        cited=cited(rows, held),
    )


_READINGS: dict[str, Callable[[ViewContext, pd.DataFrame], MapWords]] = {
    "niveau": _level,
    "aendring": _change,
    "udvikling": _over_years,
    "reference": _reference,
}


def recorded(context: ViewContext) -> MapWords:
    """What was reported in the areas of the view in the year of its wave, per 1,000 residents, in fixed classes."""
    category = context.partnership.category(context.view.category)
    rows = recorded_rows(context)
    limits = [danish.decimal(limit, 1 if category.yearly_breaks[0] % 1 else 0) for limit in category.yearly_breaks]
    shown = rows[rows["state"].isin(SHOWN_STATES) & rows["rate"].notna()]
    where, when = _where(context), year_of(context.view.period)
    lack = (
        "kan ikke vises pr. 1.000 indbyggere: indbyggertal mangler" if lack_residents(rows) else "er ikke indberettet"
    )
    sentence = f"{category.title} i {where} i {when} {lack}."
    if len(shown) > 1:
        low, *_, high = records(shown.sort_values("rate"))
        sentence = (
            f"{category.title} pr. 1.000 indbyggere i {when}: fra {danish.decimal(low['rate'])} i {low['name']} "
            f"til {danish.decimal(high['rate'])} i {high['name']}."
        )
    return map_in_words(
        context,
        rows,
        class_of=lambda row: None if pd.isna(row["rate"]) else class_of_value(row["rate"], category.yearly_breaks),
        text_of=lambda row: sentences.incident_level(row, category),
        is_hatched=lambda row: bool(row["mass"]),
        shown_states=SHOWN_STATES,
        missing=f"{category.title} er ikke indberettet for {when}.",
        scale=RECORDED,
        classes=class_titles(limits, ""),
        legend=f"{category.title} pr. 1.000 indbyggere",
        hatched=HATCHED_MASS,
        note="Farverne går fra færrest til flest anmeldelser.",
        title=f"{category.title} i {where}, {when}",
        sentence=sentence,
        file_name=f"anmeldelser_{category.id}_{context.view.level}_{when}",
    )


@memoized_by_view("category", "level", "period")
def recorded_rows(context: ViewContext) -> pd.DataFrame:
    """The yearly incident rows of the view's category, level and year."""
    rows = incident_rows(context, areas=drawn_areas(context), years=True)
    return rows[rows["period"] == year_of(context.view.period)].reset_index(drop=True)


@memoized_by_view("indicator", "period", "level", "reference")
def reference_rows(context: ViewContext) -> pd.DataFrame:
    """The shares of the view held against its reference."""
    view, rows = context.view, context.release.references
    wanted = (rows["indicator"] == view.indicator) & (rows["wave"] == view.period) & (rows["level"] == view.level)
    return rows[wanted & (rows["reference"] == view.reference)]


def words(context: ViewContext, rows: pd.DataFrame) -> pd.DataFrame:
    """The map's figures as a reader's table, with what they are held against where the map does so."""
    table = survey_words(rows, context)
    if context.view.reading == "udvikling":
        over_years = [_said_over_years(trend_until(context, str(area))) for area in rows["area_id"]]
        return table.assign(**{READINGS["udvikling"]: over_years})
    if context.view.reading != "reference":
        return table
    references = {row["area_id"]: sentences.reference_figure(row) for row in records(reference_rows(context))}
    heading = f"Sammenlignet med {danish.inside(REFERENCES[context.view.reference])}"
    return table.assign(**{heading: [references.get(area, danish.MISSING) for area in rows["area_id"]]})


def cited(rows: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """The rows and their references as one list of what the map rests on."""
    sources = held.assign(source_id=held["source_id"].str.split(";")).explode("source_id")
    columns = ["provenance", "source_id"]
    return pd.concat([rows[columns], sources.loc[sources["source_id"] != "", columns]])


def _no_reference(row: Row) -> str:
    return "Der er ingen reference til området." if row["state"] == "published" else ""
