"""When limits were last moved and why, and what the model of a small area leans on, in words."""

import pandas as pd

from data.sentences.recorded import limits_sentence
from data.sentences.trends import model_sentence


def quarters(*stretches: tuple[str, float, bool]) -> pd.DataFrame:
    """A quarter of each stretch of limits: since when it holds, on how many quarters, and whether it was moved."""
    return pd.DataFrame(
        [
            {"period": start, "limits_from": start, "limits_n": many, "limits_moved": moved, "season": 1.0}
            for start, many, moved in stretches
        ]
    )


def test_moved_limits_say_since_when_why_and_on_how_many_quarters_each_stretch_rests() -> None:
    assert limits_sentence(quarters(("2016K1", 20, False), ("2021K1", 19, True))) == (
        "Lodret streg: Grænserne blev sidst regnet om fra 1. kvartal 2021, fordi antallet varigt skiftede niveau. "
        "De hviler på 19 kvartaler derfra; de forrige på 20 kvartaler fra 1. kvartal 2016."
    )


def test_limits_that_were_never_moved_say_so() -> None:
    said = limits_sentence(quarters(("2016K1", 39, False)))
    assert said == "Grænserne hviler på 39 kvartaler fra 1. kvartal 2016 og er ikke flyttet."


def test_the_model_is_named_as_one_with_what_it_leans_on_and_how_much() -> None:
    row = {"model": 0.64, "low": 0.57, "high": 0.71, "weight": 0.7, "leans_on": 0.78, "areas": 7}
    assert model_sentence(row) == (
        "Modellen siger 64 pct. (interval 57–71 pct.). Den bygger 70 pct. på områdets egne svar og 30 pct. på "
        "gennemsnittet af 7 områder (78 pct.). Status afgøres af områdets egne svar, aldrig af modellen."
    )
