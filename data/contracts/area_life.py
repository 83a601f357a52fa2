"""The columns of areas that say how long an area lives and what comes after it.

`first_day` and `last_day` are empty where an area has always been, or still is. `successors` are the areas that took an
ended one's place, and `succession` how: "renamed" (one successor, the same area by declaration), "split" (the
successors together are the old area), "merged" (all that name the same successor together are it) or "redrawn" (a
border was moved, so that old and new have ground in common but neither is the sum of the other). `data.succession`
reads them.
"""

import pandas as pd

from data.contracts.columns import Column, Rule

LIFE = (
    Column("first_day", "Første dag", "date", "Dagen, hvor området begyndte", "", required=False,
           empty_means="har været der altid", future=True),
    Column("last_day", "Sidste dag", "date", "Dagen, hvor området ophørte", "", required=False,
           empty_means="findes stadig", future=True),
    Column("successors", "Efterfølgere", "list", "Områderne, der kom i stedet, adskilt af semikolon", "",
           required=False, empty_means="ingen", refers="areas"),
    Column("succession", "Efterfulgt ved", "choice", "Hvordan efterfølgerne kom i stedet", "", required=False,
           empty_means="ingen efterfølgere",
           choices={"renamed": "omdøbt", "split": "delt", "merged": "lagt sammen", "redrawn": "grænse flyttet"}),
)  # fmt: skip
"""The columns, all optional: a file without them has areas that have always been and still are."""


def _many(frame: pd.DataFrame) -> "pd.Series[int]":
    listed = frame["successors"]
    return listed.str.count(";").astype("int64") + (listed != "").astype("int64")


def _as_many_as_it_takes(frame: pd.DataFrame) -> "pd.Series[bool]":
    many, how = _many(frame), frame["succession"]
    one = ~how.isin(["renamed", "merged"]) | (many <= 1)
    return one & ((how != "split") | (many >= 2) | (many == 0))


def _others(frame: pd.DataFrame) -> "pd.Series[bool]":
    own = [area not in listed.split(";") for area, listed in zip(frame["area_id"], frame["successors"], strict=True)]
    return pd.Series(own, index=frame.index, dtype="bool")


LIFE_RULES = (
    Rule("last_after_first", "last_day", lambda frame: ~(frame["last_day"] < frame["first_day"]),
         "sidste dag ligger før første dag", "Ret en af de to datoer"),
    Rule("ended_before_followed", "last_day",
         lambda frame: (frame["successors"] == "") | frame["last_day"].notna(),
         "området har efterfølgere, men ingen sidste dag", "Skriv dagen, hvor området ophørte"),
    Rule("succession_told", "succession",
         lambda frame: (frame["successors"] == "") == (frame["succession"] == ""),
         "efterfølgere og måden, de kom i stedet på, hører sammen",
         "Skriv både efterfølgere og omdøbt, delt, lagt sammen eller grænse flyttet, eller lad begge være tomme"),
    Rule("as_many_as_it_takes", "successors", _as_many_as_it_takes,
         "et område, der er omdøbt eller lagt sammen, har én efterfølger, og et, der er delt, har mindst to",
         "Ret efterfølgerne, eller måden de kom i stedet på"),
    Rule("followed_by_others", "successors", _others, "området kan ikke efterfølge sig selv",
         "Skriv det nye områdes id"),
)  # fmt: skip
