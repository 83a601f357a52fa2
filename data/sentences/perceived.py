"""Perceived safety in words: the share, how sure it is, whether it has changed, and how it lies against others."""

import pandas as pd

from analysis.thresholds import FEWEST_ANSWERS
from data import danish
from data.partnership import Indicator
from data.records import Row
from data.sentences.where import place
from data.states import FEW_ANSWERS, GUARDS_ANOTHER, TOO_UNCERTAIN, why_hidden

PRECISE_HALF_WIDTH = 0.025

WHY_HIDDEN_WORDS = {
    FEW_ANSWERS: "der er for få svar",
    TOO_UNCERTAIN: "usikkerheden er for stor",
    GUARDS_ANOTHER: "den ville røbe en andel, der er skjult",
}
"""Why a share is not shown, as the end of a sentence about it."""
_NOTES = {FEW_ANSWERS: "for få svar", TOO_UNCERTAIN: "for stor usikkerhed", GUARDS_ANOTHER: "skjuler en anden"}

QUALITY_WORDS = {
    "A": "god sikkerhed",
    "B": "brug med forsigtighed",
    "C": "meget usikker",
    "D": "ikke vist",
}

BASIS_WORDS = {
    "given": "",
    "deff": "",
    "interval": "",
    "assumed": "usikkerheden er antaget (designeffekt 1,5)",
    "unknown": "",
    "published": "intervallet er kildens eget",
}
# Why a figure takes part in no test, as the end of a sentence.
UNTESTED = "antal svar er ikke offentliggjort, så tallet indgår ikke i nogen test"


def share(row: Row, column: str = "share") -> str:
    """The share with as many decimals as its certainty carries: whole percent unless the half-width is ≤ 2.5 pp.

    A share published without its number of answers keeps the decimals it was published with.
    """
    half_width = (row["high"] - row["low"]) / 2
    whole = bool(row["rounded"]) or half_width > PRECISE_HALF_WIDTH
    return danish.percent(row[column], decimals=0 if whole else 1)


def interval(low: float, high: float) -> str:
    """An interval of shares: "63–74 pct."."""
    return f"{danish.number(100 * low)}–{danish.percent(high, decimals=0)}"


def answers(n: float) -> str:
    """The number of answers: "293 svar"."""
    return f"{danish.number(n)} svar"


def survey_level(row: Row, indicator: Indicator) -> str:
    """What the share is, where and how sure: "69 pct. føler sig trygge i Høje Gladsaxe (63–74 pct., 293 svar)."."""
    where = place(row["name"], row["level"])
    if row["state"] == "missing":
        return f"Der er ingen måling af {indicator.title.lower()} {where} {danish.in_period(row['wave'])}."
    if row["state"] == "hidden":
        return f"{indicator.title} {where} {danish.in_period(row['wave'])} vises ikke: {hidden_reason(row)}."
    opening = f"{share(row)} {indicator.statement} {where}"
    if row["n_eff_basis"] == "published":
        own = f"{interval(row['low'], row['high'])}, {BASIS_WORDS['published']}"
        return f"{opening} ({danish.period(row['wave'])}; {own}; {UNTESTED})."
    if pd.isna(row["n_eff"]):
        return (
            f"{opening} ({danish.period(row['wave'])}; antal svar er ikke offentliggjort, så usikkerheden kendes ikke)."
        )
    notes = [interval(row["low"], row["high"]), answers(row["n"])]
    if row["n_eff_basis"] == "assumed":
        notes.append(BASIS_WORDS["assumed"])
    return f"{opening} ({', '.join(notes)})."


def hidden_reason(row: Row) -> str:
    """Why a share is not shown, as the end of a sentence."""
    if why_hidden(row) == FEW_ANSWERS:
        return f"kun {answers(row['n'])}, og der skal mindst {FEWEST_ANSWERS} til"
    return WHY_HIDDEN_WORDS[why_hidden(row)]


def hidden_note(row: Row) -> str:
    """The same reason in as few words as a picture or a table has room for."""
    return _NOTES[why_hidden(row)]


def hidden_words(row: Row) -> str:
    """What stands in a picture where a share is not shown: "ikke vist (for få svar)"."""
    return f"{danish.HIDDEN} ({hidden_note(row)})"


def untold_share(row: Row) -> str:
    """Why a row of a picture has no mark, in a few words; empty where its share is shown."""
    if row["quality"] == "D" or (row["state"] == "hidden" and pd.notna(row.get("n"))):
        return hidden_words(row)
    if row["state"] == "hidden":
        return "skjules (få hændelser)"
    if row["state"] == "missing" or pd.isna(row["share"]):
        return "ikke målt"
    return ""


def survey_change(row: Row) -> str:
    """What can be said of the change since the previous wave; empty where there is no earlier wave."""
    if not row["previous_wave"] or row["state"] != "published":
        return ""
    since = danish.in_period(row["previous_wave"])
    if not row["comparable"]:
        return f"Kan ikke sammenlignes med målingen {since}: der er spurgt på en anden måde."
    if pd.isna(row["change"]):
        return f"Om det er anderledes end {since}, kan ikke afgøres: tallet {since} vises ikke."
    if pd.isna(row["change_low"]):
        unknown = "antal svar er ikke offentliggjort for begge målinger"
        return f"Om det er anderledes end {since}, kan ikke testes: {unknown}."
    if row["changed"] == "":
        return f"Om det er anderledes end {since}, kan ikke afgøres: en af de to målinger er meget usikker."
    if row["changed"] in ("better", "worse"):
        verdict = "bedre" if row["changed"] == "better" else "værre"
        span = (
            f"{danish.points(row['change'])}, interval {danish.points_interval(row['change_low'], row['change_high'])}"
        )
        return f"Det er med statistisk sikkerhed {verdict} end {since} ({span})."
    return f"Der er ingen klar ændring {danish.since_period(row['previous_wave'])}."


def survey_figure(row: Row, indicator: Indicator) -> str:
    """Level and change together: the sentence of one survey figure."""
    return " ".join(part for part in (survey_level(row, indicator), survey_change(row)) if part)


# Why a share cannot be held against its reference.
REFERENCE_REASONS = {
    "not_measured": "der er ikke målt samtidig",
    "other_series": "der er spurgt på en anden måde",
    "unknown_answers": "antallet af svar er ikke offentliggjort",
    "unknown_residents": "antallet af beboere er ukendt, så områderne kan ikke lægges sammen",
    "very_uncertain": "et af tallene er meget usikkert",
    "too_few_alike": "der er målt for få lignende områder",
}
# The level of a reference, for `place`; areas that are alike are named together.
_REFERENCE_LEVELS = {"kommune": "municipality", "politikreds": "police_district", "land": "country"}


def reference_place(row: Row) -> str:
    """Where the reference is: "i hele landet", "i lignende områder under ét (Grantoften og Værebro Park)"."""
    if row["reference"] == "lignende":
        return f"i lignende områder under ét ({row['reference_name']})"
    return place(row["reference_name"], _REFERENCE_LEVELS[row["reference"]])


def reference_figure(row: Row) -> str:
    """How a share lies against its reference, of a row of the release's references."""
    where = reference_place(row)
    if row["verdict"] == "":
        return f"Kan ikke sammenlignes med tallet {where}: {REFERENCE_REASONS[row['reason']]}."
    if row["verdict"] == "unchanged":
        return f"Der er ingen klar forskel fra tallet {where}."
    side = "højere" if row["verdict"] == "above" else "lavere"
    span = f"{danish.points(row['difference'])}, interval {danish.points_interval(row['low'], row['high'])}"
    return f"Det er med statistisk sikkerhed {side} end {where} ({span})."


def verdict_counts(counts: tuple[int, int, int, int], words: tuple[str, str, str]) -> str:
    """How many areas have which verdict: "Af 8 områder er 1 klart bedre, ingen klart værre og 7 uden …".

    `counts` are first, unclear, last and not to be compared; `words` what the first, the last and the unclear are.
    """
    first, unclear, last, impossible = counts
    if not sum(counts):
        return "Ingen områder kan vises."
    sentence = (
        f"Af {danish.plural(sum(counts), 'område', 'områder')} er {_some(first)} {words[0]}, "
        f"{_some(last)} {words[1]} og {_some(unclear)} {words[2]}."
    )
    return f"{sentence} {danish.number(impossible)} kan ikke sammenlignes." if impossible else sentence


def _some(count: int) -> str:
    return danish.number(count) if count else "ingen"
