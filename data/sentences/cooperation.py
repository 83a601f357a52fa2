"""Puts the partnership's own work into plain Danish: prospects of a criterion, effects, holes, what is overdue.

Rows are mappings with the release tables' columns. No sentence says that an initiative caused anything: what is seen
beside an initiative is told with how sure it is, and that there may be other explanations.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data import danish
from data.records import Row
from data.sentences import SMALL_COUNT, STATUS_WORDS, criterion_value, from_to
from data.sentences.criteria import rounded_up
from data.states import FEW_ANSWERS, GUARDS_ANOTHER, TOO_UNCERTAIN

TOO_WIDE = 10.0
"""An interval of a ratio that spans more than this many times its lower end says nothing."""
FALL = 0.7
"""The fall whose chance of being seen is told: 30 per cent."""
OTHER_EXPLANATIONS = "Andre forklaringer er ikke udelukket."
MANY_AT_ONCE = "Når så mange tal ses på én gang, kan forskellen være tilfældig."
EVIDENCE_WORDS = {
    0: "Intet bevis",
    1: "Før og efter",
    2: "Egen udvikling før og efter",
    3: "Før og efter i forhold til andre områder",
}
METHOD_WORDS = {
    "before_after": "Før og efter",
    "comparison": "I forhold til lignende områder",
    "displacement": "Med naboområderne regnet med",
    "time_series": "I forhold til områdernes egen udvikling",
}


# Before a criterion is adopted ------------------------------------------------------------------------------------

PROSPECT_REASONS = {
    "no_baseline": "Der er ingen tal for alle områderne i udgangspunktet.",
    "no_value": "Der er ingen tal for alle områderne i den nyeste måling.",
    FEW_ANSWERS: "Der er for få svar til, at målingen kan vises og bruges.",
    TOO_UNCERTAIN: "Usikkerheden er for stor til, at målingen kan vises og bruges.",
    GUARDS_ANOTHER: "Målingen vises ikke, for den ville røbe en andel, der er skjult.",
    "unknown_answers": "Antallet af svar er ikke offentliggjort, så tallet indgår ikke i nogen test.",
    "not_comparable": "Der er spurgt på en anden måde i udgangspunktet end nu.",
    "zero_baseline": "Udgangspunktet er nul, og så kan en ændring ikke regnes ud.",
    "same_as_baseline": "Målet er det samme som udgangspunktet.",
    "wrong_way": "Målet ligger på den forkerte side af udgangspunktet.",
    "no_comparison": "Der er ikke et tal for det område, der sammenlignes med.",
    "deadline_too_early": "Fristen ligger for tæt på udgangspunktet: der når ikke at komme nye tal imellem.",
}


def prospect_sentence(prospect: Any, noun: str = "anmeldelser") -> str:
    """Whether a criterion can ever be decided, from a `criterion_drafts.Prospect`; `noun` is that of counts."""
    draft = prospect.draft
    if draft.measure == "activity":
        return "Aktiviteter tælles, så kriteriet kan altid afgøres."
    if prospect.reason:
        return f"Kriteriet kan ikke afgøres. {PROSPECT_REASONS[prospect.reason]}"
    sought = _amount(prospect.change_sought, draft.measure, noun)
    smallest = _amount(prospect.detectable_change, draft.measure, noun)
    if prospect.can_be_decided:
        return f"Kriteriet kan afgøres: ændringen er {sought}, og tallene kan vise en ændring på {smallest} eller mere."
    opening = f"Kriteriet kan aldrig afgøres: ændringen er {sought}, men tallene kan først vise en på {smallest}."
    if draft.measure == "survey":
        return (
            f"{opening} Det ville kræve omkring {danish.number(rounded_up(prospect.needed_answers))} svar i hver "
            f"måling; der er {danish.number(prospect.answers)}."
        )
    return opening


def remedy_sentence(remedy: Any, names: Mapping[str, str], noun: str = "anmeldelser") -> str:
    """What would make it decidable, from a `data.release.criterion_drafts.Remedy`; `names` maps area_id to name."""
    draft = remedy.draft
    row = {"measure": draft.measure, "noun": noun}
    bound = "mindst" if draft.direction > 0 else "højst"
    goal = f"målet {bound} {criterion_value(draft.target, row)}"
    shows = f"Så kan en ændring på {_amount(remedy.detectable_change, draft.measure, noun)} vises."
    if remedy.kind == "larger":
        return f"Sæt et mål, der er længere væk: {bound} {danish.ended(criterion_value(draft.target, row))} {shows}"
    if remedy.kind == "group":
        areas = danish.join(names[area] for area in draft.area_ids)
        return f"Se områderne under ét: {areas}, med {danish.ended(goal)} {shows}"
    pooled = f"Læg {draft.waves} målinger sammen ad gangen, fra {danish.period(draft.baseline_period)}, med {goal}"
    if remedy.kind == "later":
        return f"{pooled}, og flyt fristen til {danish.period(draft.deadline)}, så der er målinger nok. {shows}"
    return f"{danish.ended(pooled)} {shows}"


def undecided_midway_sentence(prospect: Any) -> str:
    """How often an area on course cannot be decided halfway; empty for counts and activities."""
    if pd.isna(prospect.undecided_midway):
        return ""
    chance = danish.percent(prospect.undecided_midway, decimals=0)
    return f"Selv om området følger planen, vil status halvvejs være »kan ikke afgøres« i {chance} af tilfældene."


def _amount(change: float, measure: str, noun: str) -> str:
    if measure == "survey":
        return f"{danish.decimal(round(100 * change, 1))} pct.point"
    return f"{danish.number(-(-change // 1))} {noun} om året"


# Beside an initiative ---------------------------------------------------------------------------------------------


def effect_sentence(row: Row) -> str:
    """What changed beside an initiative, how sure it is, and that other explanations are not ruled out."""
    if row["method"] == "":
        return f"{row['subject']}: ikke opgjort. {row['reason']}"
    if row["reason"]:
        return " ".join([f"{row['subject']}: {row['reason']}", row["more_sentence"]]).strip()
    writers = {"before_after": _plain, "comparison": _compared, "displacement": _displaced, "time_series": _stepped}
    more = row["more_sentence"] if row["method"] != "displacement" else ""
    parts = [writers[row["method"]](row), row["note"], more, sham_sentence(row)]
    return " ".join(part for part in parts if part)


def sham_sentence(row: Row) -> str:
    """How often a method is wrong on periods in which nothing was started, and what follows from it.

    `row` has the columns `false_alarms` and `evidence` of the release tables of effects or of sham windows.
    """
    if pd.isna(row["false_alarms"]):
        return "Metoden kan ikke prøves på nok perioder uden indsats og regnes derfor ikke som et bevis."
    sentence = f"Metoden slår fejlagtigt ud i {round(100 * row['false_alarms'])} af 100 perioder uden indsats"
    return f"{sentence}." if row["evidence"] else f"{sentence} og regnes derfor ikke som et bevis."


def too_few_areas(there: int, wanted: int) -> str:
    """That a comparison takes more areas than there are."""
    return f"for få sammenligningsområder: {there}, og der skal mindst {wanted} til."


def more_sentence(there: int, needed: int | None) -> str:
    """What it would take to see a fall of 30 per cent with comparison areas."""
    if needed is None:
        return "Et fald på 30 pct. kunne ikke ses med flere sammenligningsområder: dertil er tallene for små."
    if not there:
        return f"Med {danish.number(needed)} sammenligningsområder kunne et fald på 30 pct. ses."
    if needed <= there:
        return "Et fald på 30 pct. ville kunne ses."
    more = danish.plural(needed - there, "område", "områder")
    return f"Med {more} mere kunne et fald på 30 pct. ses."


def _plain(row: Row) -> str:
    then, now = (danish.periods(row[f"{side}_from"], row[f"{side}_to"]) for side in ("before", "after"))
    when = f"fra {then} til {now}"
    if row["measure"] == "survey":
        before, after = danish.percent(row["before"], 0), danish.percent(row["after"], 0)
        word = "steg" if row["after"] > row["before"] else "faldt"
        moved = f"var {before} begge gange," if before == after else f"{word} fra {before} til {after}"
        span = danish.points_interval(row["low"], row["high"])
        sure = "" if row["verdict"] in ("better", "worse") else f" {_unsure(row)}"
        return f"{row['subject']}: andelen {moved} {when} (interval {span}).{sure} Vi kan ikke sige hvorfor."
    return f"{row['subject']}: antallet {_moved(row)} {when}. Vi kan ikke sige hvorfor."


def _unsure(row: Row) -> str:
    if row["low"] <= 0 <= row["high"]:
        return "Ændringen er ikke større end usikkerheden."
    return MANY_AT_ONCE


def _moved(row: Row) -> str:
    if row["after"] == row["before"]:
        return f"var uændret {danish.number(row['before'])}"
    word = "steg" if row["after"] > row["before"] else "faldt"
    return f"{word} {from_to(row['before'], row['after'])}"


def _compared(row: Row) -> str:
    words = {"similar": ("lignende område", "lignende områder"), "other": ("andet område", "andre områder")}
    areas = danish.plural(row["comparison_areas"], *words[row["comparison_kind"]])
    opening = f"{row['subject']}: antallet {_moved(row)}."
    if pd.isna(row["effect"]):
        return f"{opening} Det kan ikke holdes op imod {areas}, fordi et af tallene er nul. {OTHER_EXPLANATIONS}"
    if row["verdict"] not in ("better", "worse"):
        sentence = f"Udviklingen er ikke klart anderledes end i {areas}"
        return f"{opening} {sentence}{_in_brackets(_ratio_interval(row))}. {_many(row)}{OTHER_EXPLANATIONS}"
    ours, theirs = _way(row["before"], row["after"]), _way(row["comparison_before"], row["comparison_after"])
    if ours and ours == theirs:
        more = (row["effect"] < 1) == (ours < 0)
        sentence = f"{'Faldet' if ours < 0 else 'Stigningen'} var {'større' if more else 'mindre'} end i {areas}"
        size = _in_brackets(_ratio(row), _ratio_interval(row))
    else:
        # The per cent are of the difference between the two ways, and must not be read as those of the others alone.
        sentence = f"I {areas} {_WAYS[theirs]} imens"
        size = f"; forskellen er {_ratio(row)}{_in_brackets(_ratio_interval(row))}" if _ratio(row) else ""
    return f"{opening} {sentence}{size}. {OTHER_EXPLANATIONS}"


_WAYS = {-1: "faldt antallet", 0: "var antallet uændret", 1: "steg antallet"}


def _way(before: float, after: float) -> int:
    """Whether a count has fallen (−1), stayed (0) or risen (1)."""
    return (after > before) - (after < before)


def _displaced(row: Row) -> str:
    opening = f"{row['subject']}: regnet sammen med {danish.plural(row['neighbours'], 'naboområde', 'naboområder')}"
    size = f"{danish.number(abs(row['effect']))} {'færre' if row['effect'] < 0 else 'flere'}"
    span = f"interval {_signed(row['low'])} til {_signed(row['high'])}"
    sure = "" if row["verdict"] in ("better", "worse") else " Det er ikke mere end tilfældige udsving."
    return (
        f"{opening} var der {size} end udviklingen i de sammenlignelige områder gav grund til at vente ({span})."
        f"{sure} {OTHER_EXPLANATIONS}"
    )


def _stepped(row: Row) -> str:
    if row["verdict"] in ("better", "worse"):
        word = "lavere" if row["effect"] < 1 else "højere"
        sentence = f"antallet lå {word}, end områdernes egen udvikling inden gav grund til at vente"
        notes = [_ratio(row), _ratio_interval(row)]
    else:
        sentence = "antallet afveg ikke klart fra den udvikling, områderne havde inden"
        notes = [_ratio_interval(row)]
    return f"{row['subject']}: {sentence}{_in_brackets(*notes)}. {_many(row)}{OTHER_EXPLANATIONS}"


def _many(row: Row) -> str:
    """Why an interval that leaves out no difference is still not sure: it is one of many in the same family."""
    if row["verdict"] != "unchanged" or row["low"] <= 1 <= row["high"]:
        return ""
    return f"{MANY_AT_ONCE} "


def _ratio(row: Row) -> str:
    """How much lower or higher in per cent; nothing where small counts would make it a play with numbers."""
    if min(row["before"], row["after"]) < SMALL_COUNT:
        return ""
    return danish.percent(row["effect"] - 1, 0, signed=True)


def _ratio_interval(row: Row) -> str:
    if not _ratio(row):
        return ""
    if row["high"] > TOO_WIDE * row["low"]:
        return "usikkerheden er for stor til at sige noget"
    low, high = danish.percent(row["low"] - 1, 0, signed=True), danish.percent(row["high"] - 1, 0, signed=True)
    return f"interval {low.removesuffix(' pct.')} til {high}"


def _in_brackets(*notes: str) -> str:
    sentence = ", ".join(note for note in notes if note)
    return f" ({sentence})" if sentence else ""


def _signed(count: float) -> str:
    return danish.decimal(count, 0, signed=True)


REGRESSION = (
    "{area} lå højest af alle, da indsatsen begyndte. Så falder tallet ofte af sig selv bagefter, også uden en indsats."
)
REGRESSION_SURVEY = (
    "{area} lå dårligst af alle, da indsatsen begyndte. Så bliver tallet ofte bedre af sig selv, også uden en indsats."
)
SHARED = "Der var også indsatser i områderne, der sammenlignes med."


# Holes, what is overdue, purposes ---------------------------------------------------------------------------------


def hole_sentence(profile: str, area: str) -> str:
    """A risk profile that nothing reaches in an area."""
    return f"Ingen indsats når {danish.quoted(profile)} i {area}."


def purpose_sentence(title: str, counts: Mapping[str, int]) -> str:
    """How the criteria that serve a purpose stand; `counts` maps each status to a number. No index is made of them."""
    total = sum(counts.values())
    if total == 0:
        return f"{title}: ingen kriterier endnu."
    parts = [f"{count} {STATUS_WORDS[status].lower()}" for status, count in counts.items() if count]
    return f"{title}: {danish.plural(total, 'kriterium', 'kriterier')}. {danish.opening(danish.join(parts))}."


def overdue_criterion(row: Row, expected: str) -> str:
    """A criterion without a usable figure from the year others have one."""
    return f"{row['subject']}: der er ikke et brugbart tal fra {danish.period(expected)}."


def overdue_initiative(title: str, last: Any) -> str:
    """An initiative whose log has stopped."""
    since = f"siden {danish.date(last)}" if pd.notna(last) else "endnu"
    return f"{title}: der er ikke skrevet i loggen {since}."


def overdue_action(row: Row) -> str:
    """An action past its due date."""
    return f"{row['text'].rstrip('.')}: skulle være udført {danish.date(row['due'])} ({row['owner']})."
