"""An area said in one sentence, at three lengths: for a mayor, for the press, and for those who live there.

The words are the same on the page, in the PDF and by a shared link. Rows are as in `data.sentences`.
"""

from dataclasses import dataclass

import pandas as pd

from data import danish
from data.partnership import Category, Indicator
from data.records import Row
from data.sentences.perceived import answers, hidden_reason, interval, share, survey_change
from data.sentences.recorded import counted, from_to
from data.sentences.where import place
from data.states import SHOWN_STATES

_TENTHS = ("Ingen", "Én", "To", "Tre", "Fire", "Fem", "Seks", "Syv", "Otte", "Ni", "Ti")


@dataclass(frozen=True)
class Length:
    """For whom a sentence is: its id and what it is called."""

    id: str
    title: str


LENGTHS = (
    Length("kort", "Kort, til borgmesteren"),
    Length("praecis", "Præcist, til pressen"),
    Length("hverdag", "I hverdagsord, til beboerne"),
)


def in_one_sentence(
    length: str,
    perceived: Row | None,
    recorded: Row | None,
    indicator: Indicator,
    category: Category,
    trend: Row | None = None,
) -> str:
    """An area's newest share and its newest year of offences in one sentence; "" where there is neither.

    `perceived` is a row of the survey's table, `recorded` a yearly row of the incidents' table, `trend` a row of the
    table of trends: which way the share has gone is said where the newest change alone says nothing. Raises KeyError
    for a length there is not.
    """
    say = {"kort": _short, "praecis": _precise, "hverdag": _everyday}[length]
    over_years = trend if trend is not None and trend["verdict"] in ("better", "worse") else None
    return say(perceived, recorded, indicator, category, over_years)


def _short(
    perceived: Row | None, recorded: Row | None, indicator: Indicator, category: Category, trend: Row | None
) -> str:
    parts = []
    if perceived is not None and perceived["state"] == "published":
        parts.append(f"{share(perceived)} {indicator.statement} {_where(perceived)}{_moved(perceived, trend)}")
    elif perceived is not None:
        parts.append(_not_shown(perceived, indicator))
    if recorded is not None and _is_counted(recorded):
        parts.append(f"{counted(recorded['count'], category.noun)} i {recorded['period']}")
    return _sentence("; ".join(part for part in parts if part))


def _precise(
    perceived: Row | None, recorded: Row | None, indicator: Indicator, category: Category, trend: Row | None
) -> str:
    parts = []
    if perceived is not None and perceived["state"] == "published":
        sure = "antal svar er ikke offentliggjort"
        if pd.notna(perceived["low"]):
            sure = f"95 pct.-interval {interval(perceived['low'], perceived['high'])}, {answers(perceived['n'])}"
        moved = _moved(perceived, trend, of="andelen")
        sentence = f"{share(perceived)} af de adspurgte {indicator.statement} {_where(perceived)}"
        parts.append(f"{sentence} ({danish.period(perceived['wave'])}; {sure}){moved}")
    elif perceived is not None:
        parts.append(_not_shown(perceived, indicator))
    if recorded is not None and _is_counted(recorded):
        parts.append(_counted(recorded, category))
    return _sentence(", og ".join(part for part in parts if part))


def _everyday(
    perceived: Row | None, recorded: Row | None, indicator: Indicator, category: Category, trend: Row | None
) -> str:
    parts = []
    if perceived is not None and perceived["state"] == "published":
        tenths = _TENTHS[int(danish.number(10 * perceived["share"]))]
        parts.append(f"{tenths} ud af ti {indicator.statement} {_where(perceived)}{_moved_plainly(perceived, trend)}")
    elif perceived is not None:
        parts.append(f"Vi har spurgt for få {_where(perceived)} til at sige, hvor mange der {indicator.statement}")
    if recorded is not None and _is_counted(recorded):
        count, year = danish.number(recorded["count"]), recorded["period"]
        parts.append(f"politiet fik {count} {category.noun} i {year}")
    return _sentence(", og ".join(part for part in parts if part))


def _where(row: Row) -> str:
    return place(row["name"], row["level"])


def _sentence(text: str) -> str:
    return f"{danish.opening(text)}." if text else ""


def _moved(row: Row, trend: Row | None, of: str = "det") -> str:
    """What is known of the change since last and, where that is nothing, over the years, as the end of a sentence."""
    if row["changed"] in ("better", "worse"):
        verdict = "bedre" if row["changed"] == "better" else "værre"
        since = danish.in_period(row["previous_wave"])
        return f", og {of} er med statistisk sikkerhed {verdict} end {since} ({danish.points(row['change'])})"
    if row["changed"] == "unchanged":
        return f" uden klar ændring {danish.since_period(row['previous_wave'])}{_over_years(trend)}"
    return "" if not survey_change(row) else f" (kan ikke sammenlignes med {danish.period(row['previous_wave'])})"


def _over_years(trend: Row | None) -> str:
    if trend is None:
        return ""
    way = "stigende" if trend["slope"] > 0 else "faldende"
    return f", men {way} {danish.since_period(trend['first_wave'])} ({danish.points(trend['slope'])} om året)"


def _moved_plainly(row: Row, trend: Row | None) -> str:
    if row["changed"] == "unchanged":
        over_years = ""
        if trend is not None:
            over_years = (
                f", men {'flere' if trend['slope'] > 0 else 'færre'} end {danish.in_period(trend['first_wave'])}"
            )
        return f", nogenlunde som {danish.in_period(row['previous_wave'])}{over_years}"
    if row["changed"] in ("better", "worse"):
        return f", {'flere' if row['change'] > 0 else 'færre'} end {danish.in_period(row['previous_wave'])}"
    return ""


def _not_shown(row: Row, indicator: Indicator) -> str:
    if row["state"] == "missing":
        return ""
    return f"{indicator.title} {_where(row)} {danish.in_period(row['wave'])} vises ikke ({hidden_reason(row)})"


def _is_counted(row: Row | None) -> bool:
    return row is not None and row["state"] in SHOWN_STATES and bool(pd.notna(row["count"]))


def _counted(row: Row, category: Category) -> str:
    provisional = ", foreløbigt" if row["state"] == "provisional" else ""
    if pd.isna(row["last_year"]):
        return f"der er {counted(row['count'], category.noun)} i {row['period']}{provisional}"
    if row["count"] == row["last_year"]:
        return f"antallet af {category.noun} er uændret {danish.number(row['count'])} i {row['period']}{provisional}"
    verb = "steg" if row["count"] > row["last_year"] else "faldt"
    move = from_to(row["last_year"], row["count"])
    return f"antallet af {category.noun} {verb} {move} på et år ({row['period']}{provisional})"
