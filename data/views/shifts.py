"""What a map of changes says of each area as figures around zero: a change, a yearly trend or a distance to others."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import pandas as pd

from data import danish
from data.records import Row, records
from data.sentences import untold_share
from data.views.map_classes import dots_sentence, perceived, reference_rows
from data.views.memo import memoized_by_view
from data.views.rows import survey_rows
from data.views.trends import trend_until
from data.views.view import REFERENCES, ViewContext

LEVEL = "niveau"
"""The one reading that is no shift."""
TITLES = {
    LEVEL: "Hvor sikre er tallene?",
    "aendring": "Hvor sikre er ændringerne?",
    "udvikling": "Hvor sikker er udviklingen?",
    "reference": "Hvor sikre er forskellene?",
}
_REFERENCE_WORDS = {
    "not_measured": "ikke målt samtidig",
    "other_series": "spurgt på en anden måde",
    "unknown_residents": "ukendt beboertal",
    "too_few_alike": "for få lignende målt",
}
_TREND_WORDS = {"unknown_answers": "ukendt antal svar", "too_few_waves": "for få målinger i træk"}


class _Shift(NamedTuple):
    """A difference of shares (0–1) with its interval and verdict, or the words for why there is none."""

    shift: float = float("nan")
    low: float = float("nan")
    high: float = float("nan")
    verdict: str = ""
    words: str = ""


@memoized_by_view("indicator", "level", "period", "reading", "reference")
def in_reading(context: ViewContext) -> pd.DataFrame:
    """The survey rows of the view's level and wave as its dots show them: shares the highest first, shifts the best."""
    rows = survey_rows(context, level=context.view.level, wave=context.view.period)
    if context.view.reading == LEVEL:
        return rows.sort_values("share", ascending=False, na_position="last")
    return shift_rows(context, rows)


def shift_rows(context: ViewContext, rows: pd.DataFrame) -> pd.DataFrame:
    """The survey rows of a wave with how each has shifted, in the reading of the view; the best first.

    Adds `shift`, `shift_low` and `shift_high` (shares; not a number where unknown), `verdict` (better, worse,
    unchanged; "" where none is given), `words` (why there is no figure, "" where there is one) and `hover`. A hidden
    share has no shift, whatever the release holds of it.
    """
    shift_of = _shift_of(context)
    found = [shift_of(row) for row in records(rows)]
    marks = perceived(context, rows).marks
    hovers = [
        marks[area].text if area in marks else own for area, own in zip(rows["area_id"], rows["hover"], strict=True)
    ]
    shifted = rows.assign(
        shift=[each.shift for each in found],
        shift_low=[each.low for each in found],
        shift_high=[each.high for each in found],
        verdict=[each.verdict for each in found],
        words=[each.words for each in found],
        hover=hovers,
    )
    direction = context.partnership.indicator(context.view.indicator).direction
    return shifted.sort_values("shift", ascending=direction < 0, na_position="last", kind="stable")


def shift_meaning(context: ViewContext) -> str:
    """What the figures are of, for the line below the picture: "Pct.point siden forrige måling"."""
    return {
        "aendring": "Pct.point siden forrige måling",
        "udvikling": "Pct.point om året i de målinger, der kan sammenlignes",
        "reference": f"Pct.point fra {danish.inside(REFERENCES.get(context.view.reference, ''))}",
    }[context.view.reading]


def spread_sentence(context: ViewContext, rows: pd.DataFrame, *, brief: bool = False) -> str:
    """What the picture of the areas shows, in the reading of the view; `rows` as the picture has them.

    `brief`: how likely the order of levels is right is said in few words.
    """
    if context.view.reading == LEVEL:
        return dots_sentence(context, rows, brief=brief)
    known = rows[rows["words"] == ""]
    if known.empty:
        return "Ingen områder kan sammenlignes."
    first, last = known.iloc[0], known.iloc[-1]
    yearly = " om året" if context.view.reading == "udvikling" else ""
    counted = {verdict: int((known["verdict"] == verdict).sum()) for verdict in ("better", "worse")}
    reach = f"{danish.points(first['shift'])}{yearly} i {first['name']}"
    if len(known) > 1:
        reach = f"fra {danish.points(last['shift'])} i {last['name']} til {reach}"
    shown = f"Påvist bedre: {_number(counted['better'])}. Påvist værre: {_number(counted['worse'])}."
    return f"{danish.opening(reach)}. {shown}"


def _number(count: int) -> str:
    return danish.number(count) if count else "ingen"


def _shift_of(context: ViewContext) -> Callable[[Row], _Shift]:
    of_reading = {"aendring": _change, "udvikling": _trend, "reference": _reference}[context.view.reading](context)

    def shift_of(row: Row) -> _Shift:
        untold = untold_share(row)
        return _Shift(words=untold) if untold else of_reading(row)

    return shift_of


def _change(_context: ViewContext) -> Callable[[Row], _Shift]:
    def change(row: Row) -> _Shift:
        if not row["previous_wave"]:
            return _Shift(words="ingen tidligere måling")
        if not row["comparable"]:
            return _Shift(words="kan ikke sammenlignes")
        if pd.isna(row["change"]):
            return _Shift(words="forrige tal vises ikke")
        return _Shift(row["change"], row["change_low"], row["change_high"], row["changed"])

    return change


def _trend(context: ViewContext) -> Callable[[Row], _Shift]:
    def trend(row: Row) -> _Shift:
        found = trend_until(context, str(row["area_id"]))
        if found is None:
            return _Shift(words="kun for nyeste måling")
        if found["reason"]:
            return _Shift(words=_TREND_WORDS.get(found["reason"], "kan ikke gøres op"))
        return _Shift(found["slope"], found["low"], found["high"], found["verdict"])

    return trend


def _reference(context: ViewContext) -> Callable[[Row], _Shift]:
    held: Mapping[str, Row] = {row["area_id"]: row for row in records(reference_rows(context))}
    upwards = context.partnership.indicator(context.view.indicator).direction > 0
    sides = {"above": "better" if upwards else "worse", "below": "worse" if upwards else "better"}

    def reference(row: Row) -> _Shift:
        found = held.get(row["area_id"])
        if found is None:
            return _Shift(words="intet at sammenligne med")
        if pd.isna(found["difference"]):
            return _Shift(words=_REFERENCE_WORDS.get(found["reason"], "kan ikke sammenlignes"))
        verdict = sides.get(found["verdict"], found["verdict"])
        return _Shift(found["difference"], found["low"], found["high"], verdict)

    return reference
