"""Changes around zero on the shipped release: the figures the release decided, the best first, the rest in words."""

from dataclasses import replace
from typing import Any

import pandas as pd

from components.session import Screen
from data.records import Row, records
from data.views.map_classes import reference_rows
from data.views.shifts import in_reading, shift_meaning, spread_sentence
from data.views.trends import trend_until


def looking(screen: Screen, **fields: Any) -> Screen:
    return replace(screen, view=replace(screen.view, **fields))


def by_area(screen: Screen) -> dict[str, Row]:
    return {row["area_id"]: row for row in records(in_reading(screen))}


def test_a_change_is_the_release_s_own_with_interval_and_verdict(screen: Screen) -> None:
    rows = by_area(looking(screen, reading="aendring", period="2025"))
    best = rows["vaerebro-park"]
    assert (best["shift"], best["verdict"]) == (best["change"], best["changed"])
    assert (round(best["shift"], 3), best["verdict"]) == (0.138, "better")
    assert next(iter(rows)) == "vaerebro-park"


def test_a_hidden_share_has_words_and_no_shift_in_any_reading(screen: Screen) -> None:
    for reading in ("aendring", "udvikling", "reference"):
        rows = by_area(looking(screen, reading=reading, period="2025"))
        assert rows["lille-birkholm"]["words"] == "ikke vist (for få svar)"
        assert pd.isna(rows["lille-birkholm"]["shift"])
        assert list(rows)[-1] == "lille-birkholm"


def test_the_first_wave_and_a_change_of_question_are_words(screen: Screen) -> None:
    first = by_area(looking(screen, reading="aendring", period="2016"))
    new = by_area(looking(screen, reading="aendring", period="2021"))
    assert {row["words"] for row in first.values()} == {"ingen tidligere måling"}
    assert {row["words"] for row in new.values()} == {"kan ikke sammenlignes"}


def test_a_trend_is_its_yearly_slope_and_stands_only_at_the_newest_wave(screen: Screen) -> None:
    now = looking(screen, reading="udvikling", period="2025")
    row, trend = by_area(now)["grantoften"], trend_until(now, "grantoften")
    assert trend is not None
    assert (row["shift"], row["shift_low"], row["shift_high"]) == (trend["slope"], trend["low"], trend["high"])
    then = by_area(looking(screen, reading="udvikling", period="2022"))
    assert {row["words"] for row in then.values()} <= {"kun for nyeste måling", "ikke vist (for få svar)"}


def test_below_the_country_is_worse_where_more_is_better(screen: Screen) -> None:
    view = looking(screen, reading="reference", reference="land", period="2023")
    held = {row["area_id"]: row["difference"] for row in records(reference_rows(view))}
    rows = by_area(view)
    assert {area: row["shift"] for area, row in rows.items() if not row["words"]} == held
    assert {row["verdict"] for row in rows.values() if not row["words"]} == {"worse"}


def test_where_less_is_better_the_best_first_is_the_greatest_fall(screen: Screen) -> None:
    rows = in_reading(looking(screen, reading="aendring", indicator="utryg_i_nabolag", period="2025"))
    shifts = list(rows["shift"].dropna())
    assert shifts == sorted(shifts)


def test_the_sentence_tells_the_reach_and_how_many_are_proven(screen: Screen) -> None:
    view = looking(screen, reading="aendring", period="2025")
    assert spread_sentence(view, in_reading(view)) == (
        "Fra −1,0 pct.point i Mørkhøj/Pileparken til +13,8 pct.point i Værebro Park. "
        "Påvist bedre: 1. Påvist værre: ingen."
    )
    assert shift_meaning(view) == "Pct.point siden forrige måling"


def test_the_level_stands_as_before_with_the_highest_first(screen: Screen) -> None:
    shares = list(in_reading(looking(screen, reading="niveau"))["share"].dropna())
    assert shares == sorted(shares, reverse=True)
