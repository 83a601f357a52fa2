"""Hotspots in words: how lasting, how sure, and when nothing can be said."""

from typing import Any

import pandas as pd
import pytest

from data.partnership import Category
from data.sentences import hotspots as sentences

VIOLENCE = Category("12", "Voldsforbrydelser", "anmeldte voldsforbrydelser", (0.75, 1.25, 1.75, 2.25))


def place(**changes: Any) -> dict[str, Any]:
    return {
        "year": "2025", "size": 250, "persistence": "persistent", "years_hot": 3, "years_known": 4,
        "window_count": 11.0, "window_expected": 3.2, "more_than_before": False, "scan": "", "cells": "a",
        "state": "published", "mass": False, "basis": "population", "count": 7.0, "hotspot": True, "households": 120,
    } | changes  # fmt: skip


def test_a_lasting_place_is_said_in_one_sentence() -> None:
    said = "Vedvarende i 3 af 4 år, 11 hændelser mod 3,2 forventet, felt på 250 m og dets naboer."
    assert sentences.place_sentence(place()) == said


@pytest.mark.parametrize(
    ("persistence", "words"),
    [("new", "nyt i 2025"), ("sporadic", "sporadisk i 3 af 4 år"), ("fading", "aftagende i 3 af 4 år"), ("", "")],
)
def test_persistence_is_said_in_words(persistence: str, words: str) -> None:
    assert sentences.lasting(place(persistence=persistence)) == words


def test_where_one_year_is_all_there_is_the_sentence_says_nothing_of_lasting() -> None:
    assert sentences.place_sentence(place(persistence="")).startswith("11 hændelser mod 3,2 forventet")


@pytest.mark.parametrize(
    ("changes", "ending"),
    [
        ({"window_count": 4.0, "hotspot": False}, "For få hændelser til at sige noget"),
        ({"basis": "too_few", "hotspot": False}, "For få hændelser i kommunen til at sige noget"),
        ({"mass": True, "hotspot": False}, "En masseregistrering indgår, så feltet er ikke bedømt"),
        ({"hotspot": False}, "Ikke flere, end tilfældet kan forklare"),
        ({}, "Hotspot, vedvarende i 3 af 4 år"),
    ],
)
def test_a_cell_ends_with_what_can_be_said_of_it(changes: dict[str, Any], ending: str) -> None:
    assert sentences.cell_sentence(place(**changes), VIOLENCE).splitlines()[-1] == ending


def test_a_cell_that_is_not_reported_says_only_that() -> None:
    assert sentences.cell_sentence(place(state="missing", count=float("nan")), VIOLENCE) == "Ikke indberettet"


@pytest.mark.parametrize(
    ("places", "lasting", "end"), [(3, 1, "1 af dem er vedvarende."), (2, 2, "Alle er vedvarende.")]
)
def test_the_headline_counts_the_lasting_places(places: int, lasting: int, end: str) -> None:
    assert sentences.headline(places, lasting, "2025").endswith(end)


def test_the_headline_says_when_no_place_stands_out() -> None:
    assert sentences.headline(0, 0, "2025").startswith("Ingen steder skiller sig ud med statistisk sikkerhed i 2025.")


def test_two_years_are_compared_by_count_of_cells() -> None:
    said = sentences.change_sentence(["new", "lasting", "lasting", "gone", "none"], "2025", "2024")
    assert said.startswith(
        "Af 4 felter, der var hotspots i 2024 eller 2025, er 2 det begge år, 1 kun i 2025 og 1 kun i 2024."
    )
    assert sentences.change_sentence(["none"], "2025", "2024") == "Ingen felter var hotspots i 2024 eller 2025."


def tried(**changes: Any) -> dict[str, Any]:
    return {
        "year": "2025", "cells": 40, "area_share": 0.035, "hit_rate": 0.21, "pai": 6.0, "base_hit_rate": 0.27,
        "beats_baseline": False,
    } | changes  # fmt: skip


def test_a_map_that_was_no_better_than_last_years_top_cells_says_so() -> None:
    said = sentences.back_test_sentence(tried())
    assert "dækkede 3,5 pct. af arealet og 21 pct. af hændelserne i 2025: 6,0 gange så mange" in said
    assert "dækkede 27 pct.: kortet var ikke bedre end det" in said


def test_a_map_that_was_better_says_that() -> None:
    assert "kortet var bedre end det." in sentences.back_test_sentence(tried(beats_baseline=True))


def test_without_hotspots_the_year_before_there_was_nothing_to_try() -> None:
    assert sentences.back_test_sentence(tried(cells=0)) == (
        "Der var ingen hotspots i 2024, så der er intet at prøve på 2025."
    )


def week(*counts: int) -> pd.DataFrame:
    rows = [{"weekday": day, "band": band, "count": 0} for day in range(1, 8) for band in range(6)]
    return pd.DataFrame(rows).assign(count=[*counts, *[0] * (42 - len(counts))])


DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
BANDS = ("kl. 0–4", "kl. 4–8", "kl. 8–12", "kl. 12–16", "kl. 16–20", "kl. 20–24")


def test_the_busiest_time_of_week_is_held_against_an_even_week() -> None:
    said = sentences.week_sentence(week(24, 60), "tyverier", "i Herlev", "2025", DAYS, BANDS)
    assert said == (
        "Flest tyverier i Herlev i 2025 faldt mandag kl. 4–8: 60 af 84. "
        "Jævnt fordelt ville der være 2,0 i hvert af ugens 42 tidsrum."
    )


def test_few_incidents_say_nothing_of_the_time_of_week() -> None:
    said = sentences.week_sentence(week(24, 59), "tyverier", "i Herlev", "2025", DAYS, BANDS)
    assert said == "For få hændelser til at sige noget om tidspunktet: 83 tyverier i Herlev i 2025."


def test_no_sentence_speaks_of_causes() -> None:
    said = " ".join([sentences.place_sentence(place()), sentences.headline(3, 1, "2025")])
    assert not {"skyldes", "fordi", "på grund af"} & set(said.split())
