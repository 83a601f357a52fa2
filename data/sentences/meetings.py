"""Puts meetings, actions, proposals and what changed in a row into plain Danish."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from data import danish
from data.contracts.columns import Column, Contract
from data.contracts.cooperation import MEETING_STATUSES
from data.partnership import FORUMS, Category, our_partnership
from data.records import Row
from data.sentences.hotspots import against_expected

ACTION_WORDS = {"overdue": "Over fristen", "open": "Åben", "done": "Udført"}
PROPOSAL_WORDS = {"ny": "Ny", "drøftet": "Drøftet", "vedtaget": "Vedtaget", "afvist": "Afvist"}
_SHORT = 80


# Meetings ---------------------------------------------------------------------------------------------------------


def forum_name(row: Row, names: Mapping[str, str]) -> str:
    """Who meets: "Partnerskab", "Lokalråd i Ballerup"; `names` maps area_id to name."""
    said = danish.opening(our_partnership().forum_title(row["forum"]))
    return f"{said} i {names.get(row['area_id'], row['area_id'])}" if row["area_id"] else said


def meeting_title(row: Row) -> str:
    """A meeting as a heading: "Partnerskabsmøde 4. marts 2026"."""
    return f"{row['title']} {danish.date(row['date'])}"


def meeting_state(row: Row, today: dt.date) -> str:
    """How far a meeting is: planned, held, called off, or past its day without a word on how it went."""
    day = plain_day(row["date"])
    if row["status"] == "planlagt" and day is not None and day < today:
        return "Referat mangler"
    return danish.opening(MEETING_STATUSES[row["status"]])


def meeting_facts(row: Row, names: Mapping[str, str], today: dt.date) -> str:
    """How far the meeting is, who meets, who chairs and takes minutes, and what the figures are frozen to."""
    state = meeting_state(row, today)
    chair = names.get(row["chair_id"], row["chair_id"])
    where = meeting_time(row)
    frozen: str = f" Tallene er låst til udgave {row['release_id']:.0f}." if pd.notna(row["release_id"]) else ""
    where = f" {where}" if where else ""
    taker = f" Referent: {row['minutes_by']}." if row.get("minutes_by") else ""
    return f"{state}. {forum_name(row, names)}, {chair} har formandskabet.{taker}{where}{frozen}"


def meeting_time(row: Row) -> str:
    """When and where a meeting is: "Kl. 13.00–15.00. Gladsaxe Rådhus. Man kan deltage online."; "" when not said.

    A row from before meetings had a time lacks the columns.
    """
    begins, ends = (str(row.get(name) or "").replace(":", ".") for name in ("begins", "ends"))
    clock = f"Kl. {begins}–{ends}." if ends else f"Kl. {begins}." if begins else ""
    place = f"{row['place']}." if row.get("place") else ""
    online = "Man kan deltage online." if row.get("online") == "yes" else ""
    return " ".join(part for part in (clock, place, online) if part)


def enough_meetings(count: int, year: int, wanted: int) -> str:
    """Whether a year has as many meetings of the whole partnership as it wants."""
    forum = our_partnership().own_forum
    if forum.title.casefold() == FORUMS[0].title:
        meetings = f"{forum.title}smøde" if count == 1 else f"{forum.title}smøder"
        rule = "aftalen kræver"
    else:  # the word of another forum may not be put together with ours
        meetings = f"{'møde' if count == 1 else 'møder'} i {forum.title}"
        rule = "der skal være"
    sentence = f"Der er {danish.few(count)} {meetings} i {year}"
    if count < wanted:
        missing = danish.few(wanted - count)
        return f"{sentence}. {danish.opening(rule)} mindst {danish.few(wanted)}, så der mangler {missing}."
    return f"{sentence}, og {rule} mindst {danish.few(wanted)}."


def turn_sentence(chair: str, order: Sequence[str]) -> str:
    """Whose turn it is to chair, and the order of the members; who is alone always chairs."""
    if len(order) == 1:
        return f"{chair} har formandskabet."
    return f"{chair} står for tur til formandskabet. Det går på skift: {danish.join(order)}."


def next_meeting(row: Row | None, names: Mapping[str, str]) -> str:
    """When the next meeting is, who meets and who chairs."""
    if row is None:
        return "Der er ikke planlagt noget møde."
    chair = names.get(row["chair_id"], row["chair_id"])
    return f"{forum_name(row, names)}, {danish.date(row['date'])}. {chair} har formandskabet."


# Actions and proposals --------------------------------------------------------------------------------------------


def actions_title(states: Sequence[str]) -> str:
    """How many actions wait, and how many of them are late."""
    late, waiting = states.count("overdue"), states.count("overdue") + states.count("open")
    if not states:
        return "Der er ikke aftalt nogen opgaver endnu"
    if waiting == 0:
        return "Alle opgaver er udført"
    noun = "åben opgave" if waiting == 1 else "åbne opgaver"
    count = danish.few(waiting, one="én")
    over = {0: "ingen over fristen", 1: "én over fristen"}.get(late, f"{danish.few(late)} over fristen")
    over = "alle over fristen" if 1 < late == waiting else over
    return danish.opening(f"{count} {noun}, {over}")


def due_sentence(row: Row) -> str:
    """Who does it and by when, or when it was done."""
    if pd.notna(row["done"]):
        return f"{row['owner']}. Udført {danish.date(row['done'])} (frist {danish.date(row['due'])})."
    return f"{row['owner']}. Frist {danish.date(row['due'])}."


def groups_title(groups: int, waiting: int) -> str:
    """How many working groups there are, and how many of their tasks wait."""
    if not groups:
        return "Ingen arbejdsgrupper endnu"
    many = danish.plural(groups, "arbejdsgruppe", "arbejdsgrupper")
    tasks = (
        f"{danish.few(waiting)} {'åben opgave' if waiting == 1 else 'åbne opgaver'}"
        if waiting
        else "ingen åbne opgaver"
    )
    return danish.opening(f"{many}, {tasks}")


def proposals_title(statuses: Sequence[str]) -> str:
    """How many proposals wait for the partnership."""
    waiting = statuses.count("ny") + statuses.count("drøftet")
    if not statuses:
        return "Der er ikke foreslået noget endnu"
    if waiting == 0:
        return "Alle forslag er afgjort"
    verb = "forslag venter på svar"
    return danish.opening(f"{danish.few(waiting)} {verb}")


# Since last -------------------------------------------------------------------------------------------------------

CHANCE = "chance"
"""What the release calls a criterion whose status is new, but whose figure has not moved."""
CROSSED = "Status er ny, men tallet selv har ikke flyttet sig mere end tilfældige udsving."


def new_hotspots_sentence(count: int, row: Row, category: Category) -> str:
    """How many hotspots are new in the newest year, and the surest of them."""
    many = "Ét nyt hotspot" if count == 1 else f"{danish.opening(danish.few(count))} nye hotspots"
    return f"{many} i {row['year']}. Det tydeligste: {row['where']}, {category.noun}, {against_expected(row)}."


# Evaluation -------------------------------------------------------------------------------------------------------


def learnt_sentence(level_word: str, counts: Mapping[str, int]) -> str:
    """How the answers of one evidence level came out; `counts` has better, worse, unchanged and "" (no test)."""
    total = sum(counts.values())
    parts = [
        (counts.get("better", 0), "klart bedre"),
        (counts.get("worse", 0), "klart værre"),
        (counts.get("unchanged", 0), "uden klar forskel"),
        (counts.get("", 0), "ikke afgjort"),
    ]
    sentence = danish.join(f"{danish.number(count)} {words}" for count, words in parts if count)
    return f"{level_word}: {danish.plural(total, 'tal', 'tal')}, {sentence}."


# History ----------------------------------------------------------------------------------------------------------


def saved_by(row: Row) -> str:
    """Who wrote a version and when: "Ledelse (demo), 23. november 2026 kl. 14.33"."""
    return f"{row['loaded_by']}, {danish.moment(row['loaded_at'])}"


def differences(contract: Contract, before: Row, after: Row) -> Iterator[tuple[str, str, str]]:
    """(heading, before, after) for each column of the contract that two versions of a row have differently."""
    for column in contract.columns:
        old, new = shown(column, before[column.name]), shown(column, after[column.name])
        if old != new:
            yield column.heading, old, new


def shown(column: Column, value: Any) -> str:
    """A value of a column as one reads it."""
    if value is None or (not isinstance(value, str) and pd.isna(value)) or value == "":
        return "(tom)"
    if column.kind == "date":
        return danish.date(pd.Timestamp(value).date())
    if column.kind == "choice":
        return column.choices.get(value, str(value))
    if column.kind == "integer":
        return str(int(value))
    return str(value)


def short(text: str) -> str:
    """A text cut to one short line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"


def plain_day(value: Any) -> dt.date | None:
    """A day from a table, None where there is none."""
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()
