"""Settings and loaded rows must speak of the same things before anything is published."""

from dataclasses import replace

import pandas as pd
import pytest

from data.partnership import Partnership
from data.settings.loaded import unsettled

AREAS = pd.DataFrame(
    [("herlev", "Herlev", "municipality"), ("ballerup", "Ballerup", "municipality"), ("a", "A", "housing_area")],
    columns=["area_id", "name", "level"],
)


@pytest.fixture
def members(partnership: Partnership) -> Partnership:
    return replace(partnership, members=("herlev", "ballerup"))


def test_names_that_both_have_are_nothing_to_tell(members: Partnership) -> None:
    incidents = pd.DataFrame({"category": ["TOT", "12"]})
    assert unsettled({"areas": AREAS, "incidents": incidents}, members) == []


def test_a_name_that_only_rows_use_is_told_once_with_its_rows(members: Partnership) -> None:
    survey = pd.DataFrame({"indicator": ["tryg_nu"] * 264, "series": ["pt"] * 264})
    assert unsettled({"survey": survey}, members) == [
        "Emnet »tryg_nu« bruges af 264 rækker, men står ikke i indstillingerne under [[indicators]]. "
        "Der står tryg_i_nabolag, tillid_til_politiet og utryg_i_nabolag."
    ]


def test_an_initiative_in_a_focus_area_that_is_not_there_is_told(members: Partnership) -> None:
    initiatives = pd.DataFrame({"focus_area": [3, 7], "principles": ["mobilitet", ""]})
    assert unsettled({"initiatives": initiatives}, members) == [
        "Indsatsområdet »7« bruges af 1 række, men står ikke i indstillingerne under [[focus_areas]]. "
        "Der står 1, 2, 3 og 4."
    ]


def test_a_municipality_that_no_area_is_is_told(partnership: Partnership) -> None:
    strangers = replace(partnership, members=("herlev", "herløv"))
    assert unsettled({"areas": AREAS}, strangers) == [
        "Kommunen »herløv« står i indstillingerne (members), men ikke som kommune i tabellen over områder. "
        "Der står ballerup og herlev."
    ]
    assert unsettled({"areas": AREAS.iloc[:0]}, strangers) == []
