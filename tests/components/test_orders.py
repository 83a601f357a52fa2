"""No order of areas by a figure stands without the chance that it is right (methods note, section 8)."""

from dataclasses import replace

import pandas as pd
import pytest

from components.hotspots.beside import _felt
from components.overview.board import drawn
from components.session import Screen
from data.release.modelled import modelled_table
from data.sentences.trends import CHANCE_UNKNOWN, MAY_BE_CHANCE
from data.views.shifts import in_reading, spread_sentence
from data.views.trends import order_said

GRANTOFTEN = "Grantoften har det dårligste tal af 7 områder; chancen for, at det også i virkeligheden er dårligst, er"


def looking(screen: Screen, **fields: str) -> Screen:
    return replace(screen, view=replace(screen.view, **fields))


def test_the_picture_and_the_map_of_areas_say_how_likely_the_poorest_is_so(screen: Screen) -> None:
    view = looking(screen, period="2025")
    assert spread_sentence(view, in_reading(view)).endswith(f"{GRANTOFTEN} 94 pct.")
    assert order_said(view, ["grantoften", "hjortegaarden"], "2025", brief=True) == (
        "Chancen for, at Grantoften også i virkeligheden er dårligst, er 94 pct."
    )


def test_where_the_chance_is_not_known_the_order_may_be_chance(screen: Screen) -> None:
    asked = screen.release.survey.query("level == 'municipality' and indicator == 'tryg_i_nabolag'")["wave"].max()
    view = looking(screen, level="municipality", period=asked)
    assert spread_sentence(view, in_reading(view)).endswith(CHANCE_UNKNOWN)
    assert order_said(view, ["hjortegaarden", "vaerebro-park"], "2025", brief=True) == MAY_BE_CHANCE


def test_one_area_has_no_order(screen: Screen) -> None:
    assert order_said(screen, ["grantoften"], "2025") == ""


@pytest.mark.parametrize(
    ("municipality", "said"), [("ballerup", f"{GRANTOFTEN} 94 pct."), ("gladsaxe", CHANCE_UNKNOWN)]
)
def test_beside_the_hotspots_too(screen: Screen, municipality: str, said: str) -> None:
    felt = _felt(looking(screen, indicator="tryg_i_nabolag"), municipality)
    assert felt is not None
    assert felt.sentence.endswith(said)


def test_the_board_has_a_note_for_each_figure_that_it_can_be_sorted_by(screen: Screen) -> None:
    html = drawn(screen, str, sortable=True, municipality="")
    notes = html.split('<p class="board-order" data-column="')[1:]
    assert [note[0] for note in notes] == ["0", "1", "2"]
    assert notes[0].startswith(f'0" hidden>{GRANTOFTEN} 94 pct.</p>')
    assert notes[2].startswith(f'2" hidden>{MAY_BE_CHANCE}</p>')
    assert "board-order" not in drawn(screen, str, municipality="")


def test_the_chance_is_of_the_areas_of_one_level(screen: Screen) -> None:
    origin = {"provenance": "official", "source_id": "x"}
    survey = pd.DataFrame(
        [
            {
                "wave": "2025", "area_id": f"{level}-{number}", "indicator": "tryg_i_nabolag", "level": level,
                "series": "jm", "share": 0.6 + 0.05 * number, "n_eff": 200.0, "state": "published", **origin,
            }
            for level in ("housing_area", "municipality", "country")
            for number in range(5)
        ]
    )  # fmt: skip
    made = modelled_table(survey, {"tryg_i_nabolag": 1})
    assert set(made["level"]) == {"housing_area", "municipality"}
    assert set(made["areas"]) == {5}
    assert made.groupby("level")["worst_chance"].sum().tolist() == pytest.approx([1, 1])
