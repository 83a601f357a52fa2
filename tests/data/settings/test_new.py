"""Six answers become a settings file that keeps its own contract."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from data.identifiers import identifier
from data.settings.check import check_settings
from data.settings.new import Answers, Level, Measured, codes, settings_text

TODAY = dt.date(2026, 3, 4)
FJORDBY = Answers(
    name="Trygt Fjordby",
    municipalities=("Fjordby",),
    level=Level("bydel", "bydelen", "bydele"),
    indicator=Measured("Utryghed om aftenen", "føler sig utrygge om aftenen", more_is_better=False),
    audiences=("Sekretariat", "Borgerråd"),
    categories=("Alle anmeldelser", "Tyveri", "Vold"),
    total="Alle anmeldelser",
)


def test_the_answers_stand_in_the_settings() -> None:
    settings = check_settings(settings_text(FJORDBY, TODAY))
    assert settings["partnership"]["members"] == ["fjordby"]
    assert settings["partnership"]["agreement_from"] == dt.date(2026, 1, 1)
    assert settings["partnership"]["total_category"] == "ALLE-ANMELDELSER"
    assert settings["levels"]["housing_area"]["many"] == "bydele"
    (indicator,) = settings["indicators"]
    assert (indicator["id"], indicator["direction"]) == ("utryghed-om-aftenen", -1)
    assert [category["id"] for category in settings["categories"]] == ["ALLE-ANMELDELSER", "TYVERI", "VOLD"]


def test_the_first_audience_publishes_and_the_others_see_no_small_counts() -> None:
    first, other = check_settings(settings_text(FJORDBY, TODAY))["audiences"]
    assert (first["publishes"], first["edits"], first["threshold"]) == (True, True, 0)
    assert (other["publishes"], other["edits"], other["threshold"]) == (False, False, 5)


def test_every_setting_is_explained_in_danish() -> None:
    written = settings_text(FJORDBY, TODAY)
    for block in written.split("\n\n"):
        assert block.lstrip().startswith("#") or "# " in block, block


def test_titles_get_short_names_and_no_two_the_same() -> None:
    assert identifier("Høje Nordby Ærø") == "hoeje-nordby-aeroe"
    assert codes(["Vold", "Vold!", "Tyveri fra bil"]) == {
        "Vold": "VOLD",
        "Vold!": "VOLD-2",
        "Tyveri fra bil": "TYVERI-FRA-BIL",
    }


WORDS = st.text("abcdæøå ÆØÅ\"'\\#=[]éü.,-–%", min_size=1, max_size=140).filter(lambda text: bool(identifier(text)))


@given(
    name=WORDS,
    municipalities=st.lists(WORDS, min_size=1, max_size=5, unique_by=identifier),
    indicator=st.none() | st.builds(Measured, WORDS, WORDS, st.booleans()),
    audiences=st.lists(WORDS, min_size=1, max_size=4, unique_by=identifier),
    categories=st.lists(WORDS, min_size=1, max_size=5, unique_by=identifier),
)
def test_whatever_is_answered_the_file_keeps_its_contract(
    name: str,
    municipalities: list[str],
    indicator: Measured | None,
    audiences: list[str],
    categories: list[str],
) -> None:
    answers = Answers(
        name, tuple(municipalities), Level(), indicator, tuple(audiences), tuple(categories), categories[0]
    )
    settings = check_settings(settings_text(answers, TODAY))
    assert settings["partnership"]["name"] == name
    assert len(settings["categories"]) == len(categories)
