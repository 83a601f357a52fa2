from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.partnership import Partnership
from data.release import Release
from data.views.nearest import nearest
from data.views.view import PARAMETERS, View

WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyz-_0123456789", min_size=1, max_size=40)
VIEWS = st.builds(
    View,
    **dict.fromkeys(PARAMETERS, WORD)
    | {"areas": st.lists(WORD, unique=True, max_size=6).map(tuple), "release": st.none() | st.integers(1, 10_000)},
)


def test_every_field_of_a_view_has_a_parameter() -> None:
    assert list(PARAMETERS) == [each.name for each in fields(View)]


@given(VIEWS)
def test_a_view_survives_the_address_bar(view: View) -> None:
    assert View.from_query(view.to_query()) == view


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=80) | st.lists(st.text(max_size=80), max_size=5)))
def test_no_address_can_make_the_codec_fail(query: dict[str, str | list[str]]) -> None:
    assert isinstance(View.from_query(query), View)


def test_the_address_uses_short_danish_words() -> None:
    view = View("tryg_i_nabolag", "housing_area", ("grantoften", "vaerebro-park"), "2025", "12", "lignende", 3)
    assert view.to_query() == {
        "emne": "tryg_i_nabolag",
        "niveau": "housing_area",
        "omraade": ["grantoften", "vaerebro-park"],
        "aar": "2025",
        "art": "12",
        "sammenlign": "lignende",
        "udgave": "3",
    }


def test_an_empty_view_becomes_the_newest_wave_of_the_first_indicator(
    shipped: Release, partnership: Partnership
) -> None:
    view, notices = nearest(View(), shipped, partnership)
    assert (view.indicator, view.level, view.period, view.category) == ("tryg_i_nabolag", "housing_area", "2025", "TOT")
    assert notices == ()


@pytest.mark.parametrize(
    ("wrong", "notice"),
    [
        (View(indicator="lykke"), "Emnet »lykke« findes ikke. Viser »Tryghed i nabolaget« i stedet."),
        (View(level="sogn"), "Niveauet »sogn« findes ikke for dette emne. Viser boligområder i stedet."),
        (View(period="1999"), "Der er ingen måling i 1999 for boligområder. Viser den nyeste fra 2025 i stedet."),
        (
            View(category="99"),
            "Kriminalitetsarten »99« findes ikke. Viser »Anmeldte forbrydelser i alt« i stedet.",
        ),
        (
            View(comparison="alt"),
            "Sammenligningen »alt« findes ikke. Viser »Lignende områder« i stedet.",
        ),
        (View(reading="vejr"), "Visningen »vejr« findes ikke. Viser »Niveau« i stedet."),
        (
            View(reference="maanen"),
            "»maanen« kan ikke være reference her. Viser »Lignende områder« i stedet.",
        ),
        (View(beside="vejret"), "»vejret« kan ikke stå ved siden af kortet. Viser kortet alene i stedet."),
        (View(areas=("atlantis",)), "Området »atlantis« findes ikke eller kan ikke vises for dig. Det er valgt fra."),
    ],
)
def test_a_wrong_value_gives_way_to_the_nearest_and_says_so(
    wrong: View, notice: str, shipped: Release, partnership: Partnership
) -> None:
    _, notices = nearest(wrong, shipped, partnership)
    assert notices == (notice,)


def test_a_level_without_the_wave_gets_its_own_newest(shipped: Release, partnership: Partnership) -> None:
    view, notices = nearest(View(level="municipality", period="2025"), shipped, partnership)
    assert view.period == "2019"
    assert len(notices) == 1


def test_municipalities_held_against_their_likes_are_held_against_the_district_instead(
    shipped: Release, partnership: Partnership
) -> None:
    wanted = View(level="municipality", reading="reference", reference="lignende")
    view, notices = nearest(wanted, shipped, partnership)
    assert view.reference == "politikreds"
    assert notices == ("»Lignende områder« kan ikke være reference her. Viser »Politikredsen« i stedet.",)


def _against(shipped: Release, number: int, *references: str) -> Release:
    rows = shipped.references
    kept = rows[rows["reference"].isin(references)]
    return replace(shipped, head=replace(shipped.head, id=number), tables={**shipped.tables, "references": kept})


def test_only_what_there_are_figures_of_can_be_held_against(shipped: Release, partnership: Partnership) -> None:
    without_district = _against(shipped, 9_997, "land")
    view, _ = nearest(View(level="municipality", reading="reference"), without_district, partnership)
    assert view.reference == "land"


def test_a_map_with_nothing_to_hold_against_does_not_offer_it(shipped: Release, partnership: Partnership) -> None:
    alone = _against(shipped, 9_998, "kommune")
    view, notices = nearest(View(level="municipality", reading="reference"), alone, partnership)
    assert (view.reading, view.reference) == ("niveau", "")
    assert notices == ("Visningen »Sammenlignet med« findes ikke. Viser »Niveau« i stedet.",)


def test_a_reference_that_is_not_shown_gives_way_in_silence(shipped: Release, partnership: Partnership) -> None:
    view, notices = nearest(View(level="municipality", reference="lignende"), shipped, partnership)
    assert (view.reference, notices) == ("politikreds", ())


def test_known_areas_stay_when_an_unknown_one_goes(shipped: Release, partnership: Partnership) -> None:
    view, _ = nearest(View(areas=("atlantis", "grantoften")), shipped, partnership)
    assert view.areas == ("grantoften",)


def test_what_a_view_leaves_open_is_taken_from_the_session() -> None:
    assert View(period="2019").over(View(indicator="a", period="2025")) == View(indicator="a", period="2019")


def test_a_link_to_an_area_that_was_renamed_leads_to_the_same_area_under_its_new_name(
    shipped: Release, partnership: Partnership
) -> None:
    newest = str(shipped.areas["area_id"].iloc[-1])
    areas = shipped.areas.assign(formerly=["det-gamle" if area == newest else "" for area in shipped.areas["area_id"]])
    renamed = replace(shipped, head=replace(shipped.head, id=9_999), tables={**shipped.tables, "areas": areas})
    view, notices = nearest(View(areas=("det-gamle",)), renamed, partnership)
    assert view.areas == (newest,)
    assert notices[-1] == f"»det-gamle« hedder nu {shipped.name_of(newest)}. Det er det samme område."
    assert nearest(View(areas=("det-gamle",)), shipped, partnership)[0].areas == ()
