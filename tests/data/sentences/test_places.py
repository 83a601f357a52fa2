"""Places in words: the ranking and what it was worth, what a place lacks, and the way there."""

from data.sentences.places import coordinates, coordinates_said, geo_link, ranking_sentence, watch_sentence

WON = {"year": "2025", "decay": 0.75, "spill": 0.2, "cells": 11, "hit_rate": 0.332, "last_year": 0.32, "tested": 3}


def test_the_order_says_how_it_was_chosen_and_what_it_was_worth_beside_last_years_top() -> None:
    assert ranking_sentence(WON, 1100) == (
        "Rækkefølgen er den, der har ramt bedst i tidligere år: hvert år tæller 75 pct. af året efter, og nabofelter "
        "tæller 20 pct. Valgt uden at kende 2025 ramte den 33 pct. af anmeldelserne i 2025 med 11 felter (1 pct. af "
        "arealet); de felter, der blot havde flest året før, ramte 32 pct."
    )


def test_an_order_that_could_not_be_tested_says_so() -> None:
    assert "ingen tidligere år" in ranking_sentence(WON | {"tested": 0}, 1100)


def test_a_place_to_watch_says_what_it_lacks() -> None:
    row = {"window_count": 9.0, "window_expected": 4.84, "needed": 17}
    assert watch_sentence(row) == (
        "9 hændelser i feltet og dets naboer mod 4,8 forventet. Det kan være tilfældigt; der mangler 8 hændelser, før "
        "stedet skiller sig ud."
    )


def test_the_middle_of_a_cell_can_be_copied_and_opened() -> None:
    # Ballerup Station lies in this cell: about 55.7299 N, 12.3588 E.
    north, east = coordinates("250m_618100_71075")
    assert abs(north - 55.7299) < 0.002
    assert abs(east - 12.3588) < 0.002
    assert coordinates_said("250m_618100_71075").startswith("UTM 32: 710875 Ø, 6181125 N · 55.7")
    assert geo_link("250m_618100_71075") == f"geo:{north:.5f},{east:.5f}?q={north:.5f},{east:.5f}"
