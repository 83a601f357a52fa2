"""Clusters that grow now, in plain Danish: what, how rare by chance, and what came of earlier alarms.

Rows are mappings with the columns of the release tables "clusters", "cluster_looks" and "cluster_log".
"""

from collections.abc import Sequence

import pandas as pd

from data import danish
from data.calendar import Period
from data.partnership import Category
from data.records import Row

OUTCOMES = {
    "open": "endnu for tidligt at sige",
    "lasted": "fortsatte: flere end sædvanligt i lige så lang tid bagefter",
    "ended": "ophørte: ikke flere end sædvanligt bagefter",
}
YEAR = 365.25
LEAST_TOLD = 0.1
AT_LEAST = 10
"""Years beyond which it is not told more finely how seldom chance brings a cluster."""


def cluster_sentence(row: Row, category: Category) -> str:
    """A cluster: "12 indbrud på 14 dage inden for 500 m, 2,1 forventet; så tæt en klynge ses ved et tilfælde …"."""
    reach = "i ét felt" if row["radius"] == 0 else f"inden for {danish.number(row['radius'])} m"
    return (
        f"{danish.number(row['observed'])} {category.noun} på {danish.number(row['days'])} dage {reach}, "
        f"{danish.decimal(row['expected'])} forventet; så tæt en klynge ses ved et tilfælde {seldom(row)}."
    )


def seldom(row: Row) -> str:
    """How seldom chance brings as dense a cluster: "sjældnere end hvert 3. år"."""
    years = int(row["recurrence_days"] / YEAR)
    if years <= 1:
        return "cirka en gang om året"
    return f"sjældnere end hvert {min(years, AT_LEAST)}. år"


def look_sentence(look: Row, categories: int) -> str:
    """What was looked at, and that nothing was found where nothing was."""
    last = Period.parse(str(look["look"]))
    sentence = (
        f"Der er set efter klynger, der vokser nu, i {danish.plural(categories, 'slags', 'slags')} anmeldelser til og "
        f"med {last.words}."
    )
    if not look["alarms"]:
        return f"{sentence} Ingen er tættere, end tilfældet giver en gang om året."
    return f"{sentence} Stederne og kategorierne er sammenlignet med deres egne sidste 12 måneder."


def log_sentence(looks: Sequence[Row], log: Sequence[Row]) -> str:
    """How many alarms there have been, over how long, and what came of them; so that false ones can be counted."""
    first, last = Period.parse(str(looks[0]["look"])), Period.parse(str(looks[-1]["look"]))
    days = sum(float(look["days_between"]) for look in looks)
    outcomes = pd.Series([row["outcome"] for row in log], dtype=object).value_counts()
    told = [
        f"{danish.number(outcomes[key])} {words}"
        for key, words in (("lasted", "fortsatte"), ("ended", "ophørte"), ("open", "er endnu ikke afgjort"))
        if key in outcomes
    ]
    where = f"fra {first.words} til {last.words}" if len(looks) > 1 else f"i {last.words}"
    sentence = (
        f"{danish.plural(len(looks), 'eftersyn', 'eftersyn')} {where} gav {danish.plural(len(log), 'alarm', 'alarmer')}"
    )
    what = f": {danish.join(told)}" if told else ""
    chance = max(days, 7) / YEAR
    expected = f"højst {danish.decimal(chance)}" if chance >= LEAST_TOLD else f"færre end {danish.decimal(LEAST_TOLD)}"
    return (
        f"{sentence}{what}. Var alt tilfældigt, måtte man vente {expected} alarmer i samme tid (én om året i alle "
        "kategorier tilsammen)."
    )
