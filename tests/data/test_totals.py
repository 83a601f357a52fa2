"""Small counts are protected only where it is known which category is the sum of the others."""

from dataclasses import replace

import pandas as pd
import pytest

from data.partnership import Audience, Category, Partnership
from data.release.totals import unknown_total

AREAS = pd.DataFrame(
    [("fjordby", "Fjordby", "municipality"), ("havnen", "Havnen", "housing_area")],
    columns=["area_id", "name", "level"],
)
CATEGORIES = tuple(Category(each, each.title(), each.lower(), (1, 2, 3, 4)) for each in ("ALT", "TYV", "VOLD"))


@pytest.fixture
def fjordby(partnership: Partnership) -> Partnership:
    citizens = Audience("borgere", "Borgere", ("fjordby",), threshold=5, sees_cells=False)
    return replace(partnership, categories=CATEGORIES, audiences=(citizens,), total_category=None)


def counts(**by_category: list[int]) -> pd.DataFrame:
    """Counts of Havnen in the quarters of 2025."""
    rows = [
        ("havnen", f"2025K{quarter}", category, count)
        for category, each in by_category.items()
        for quarter, count in enumerate(each, 1)
    ]
    return pd.DataFrame(rows, columns=["area_id", "period", "category", "count"])


SUMMED = counts(ALT=[90, 80, 70, 60], TYV=[87, 75, 68, 51], VOLD=[3, 5, 2, 9])


def test_nothing_is_published_where_the_settings_do_not_say(fjordby: Partnership) -> None:
    assert unknown_total(SUMMED, AREAS, fjordby) == (
        "Tallene kan ikke udgives: Små tal kan kun skjules, når det er kendt, om en af kategorierne er summen af de "
        'andre. Skriv total_category = "ALT", "TYV" eller "VOLD" i indstillingerne under [partnership], eller '
        'total_category = "", hvis ingen er det.'
    )


def test_what_looks_like_a_total_cannot_be_called_none(fjordby: Partnership) -> None:
    assert unknown_total(SUMMED, AREAS, replace(fjordby, total_category="")) == (
        "Tallene kan ikke udgives: »Alt« ser ud til at være summen af de andre kategorier, men indstillingerne siger, "
        'at ingen er det. Skriv total_category = "ALT" i indstillingerne under [partnership].'
    )


def test_what_is_less_than_its_parts_is_no_total(fjordby: Partnership) -> None:
    assert unknown_total(SUMMED, AREAS, replace(fjordby, total_category="TYV")) == (
        "Tallene kan ikke udgives: »Tyv« skal være summen af alle andre kategorier, men er mindre end dem i Havnen i "
        "1. kvartal 2025. Ret tallene eller total_category i indstillingerne under [partnership]."
    )


def test_a_total_that_holds_is_good_and_so_is_none(fjordby: Partnership) -> None:
    assert unknown_total(SUMMED, AREAS, replace(fjordby, total_category="ALT")) == ""
    apart = counts(ALT=[1, 80, 2, 60], TYV=[87, 75, 68, 51], VOLD=[3, 5, 2, 9])
    assert unknown_total(apart, AREAS, replace(fjordby, total_category="")) == ""


def test_where_nobody_is_kept_from_small_counts_nothing_is_asked(fjordby: Partnership) -> None:
    everything = replace(fjordby.audiences[0], threshold=0)
    assert unknown_total(SUMMED, AREAS, replace(fjordby, audiences=(everything,))) == ""
    assert unknown_total(SUMMED[SUMMED["area_id"] == "fjordby"], AREAS, fjordby) == ""


def test_the_usual_total_needs_no_naming(partnership: Partnership) -> None:
    assert (partnership.total, partnership.knows_total) == ("TOT", True)
