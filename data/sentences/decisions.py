"""What stands on a card that calls for a decision: what was tried, what cannot be said, and the four options."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from data import danish
from data.calendar import Period
from data.records import Row


@dataclass(frozen=True)
class Option:
    """One of the ways a meeting can decide: what its button says, and what it puts on the agenda."""

    id: str
    label: str
    proposal: str


OPTIONS = (
    Option("fortsaet", "Fortsæt", "Indsatsen fortsætter som nu."),
    Option("aendr", "Ændr indsatsen", "Indsatsen ændres: hvad gør vi anderledes, og hvem gør det?"),
    Option("nyt-maal", "Nyt mål", "Målet ændres: hvad er et mål, tallene kan afgøre?"),
    Option("afslut", "Afslut", "Indsatsen afsluttes."),
)
"""What one can decide of an initiative whose goal is not reached."""

NOT_THE_CAUSE = "Tallene siger ikke hvorfor."
# What kind of comparison the release has, by its level of evidence.
_EVIDENCE = {
    1: "Der er kun et før og et efter at se på.",
    2: "Udviklingen er kun holdt op mod områdernes egen tidligere udvikling.",
    3: "Udviklingen er holdt op mod andre områder, men andre forklaringer er ikke udelukket.",
}


def proposal(option_id: str, subject: str) -> str:
    """The recommendation that stands on the agenda: "Indstilling: Indsatsen fortsætter som nu. (Tryghed i …)".

    Raises KeyError for an option there is not.
    """
    chosen = {option.id: option for option in OPTIONS}[option_id]
    return f"Indstilling: {chosen.proposal} ({subject})"


def option_of(text: str) -> str:
    """Which option a recommendation on the agenda is, by its words; "" for any other text."""
    return next((option.id for option in OPTIONS if text.startswith(f"Indstilling: {option.proposal}")), "")


def tried(initiative: Row, count: int, latest: dt.date | None) -> str:
    """The initiative, since when, and what was logged in its latest year."""
    ended = pd.notna(initiative["end"])
    begun: str = danish.date(initiative["start"])
    since: str = f"{begun}–{danish.date(initiative['end'])}" if ended else f"siden {begun}"
    if latest is None:
        return f"{initiative['title']} ({since}). Der er ikke skrevet i loggen."
    done = danish.plural(count, "aktivitet", "aktiviteter")
    return f"{initiative['title']} ({since}). {done} det seneste år, den sidste {danish.date(latest)}."


def cannot_say(criterion: Row, evidence: Row | None) -> str:
    """What the figures leave open: the cause, always; and how small a change they cannot see."""
    if criterion["measure"] == "activity":
        return "Tallet viser, hvad der er gjort, ikke om det virker."
    compared = _EVIDENCE.get(int(evidence["evidence_level"])) if evidence is not None else None
    small = _too_small(criterion)
    return " ".join(part for part in (NOT_THE_CAUSE, compared, small) if part)


def _too_small(criterion: Row) -> str:
    if criterion["measure"] != "survey" or pd.isna(criterion["detectable_change"]):
        return ""
    points = danish.decimal(100 * criterion["detectable_change"], 0)
    return f"Ændringer på under {points} pct.point kan en måling af den størrelse ikke vise."


def next_time(criterion: Row) -> str:
    """When the figures can next say something new, and that a passed deadline is not judged again."""
    deadline = danish.period(criterion["deadline"])
    if criterion["overdue"]:
        return f"Fristen var {deadline}. Nye tal ændrer ikke afgørelsen."
    if criterion["measure"] == "activity":
        return f"Nye tal hvert kvartal; fristen er {deadline}."
    latest = Period.parse(str(criterion["value_period"]))
    if latest.span == "day":  # A wave on a day is held when it is held.
        return f"Næste måling har ingen fast dag; fristen er {deadline}."
    what = "Næste måling" if criterion["measure"] == "survey" else "Næste hele år"
    in_time = latest.next.end <= Period.parse(str(criterion["deadline"])).end
    when = f"er {latest.next.words}" if in_time else "kommer efter fristen"
    return f"{what} {when}; fristen er {deadline}."
