"""A partnership's own words stand where the usual ones would."""

from dataclasses import replace

from data.partnership import Partnership
from data.settings.nouns import LevelWords


def test_levels_have_the_usual_words_unless_the_settings_have_others(partnership: Partnership) -> None:
    assert partnership.level_title("housing_area") == "Boligområder"
    own = replace(partnership, levels={"housing_area": LevelWords("bydel", "bydelen", "bydele")})
    assert own.level_title("housing_area") == "Bydele"
    assert own.level("municipality").many == "kommuner"


def test_a_partnership_that_measures_nothing_still_has_something_to_show(partnership: Partnership) -> None:
    empty = replace(partnership, indicators=(), categories=())
    assert empty.indicator("").id == empty.first_indicator.id == ""
    assert empty.category("").id == empty.first_category.id == ""
