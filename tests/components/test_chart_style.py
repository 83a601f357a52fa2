"""How a picture is sent: as it was given, with arrays as bytes, and hover text in lines that a phone holds."""

import base64
import textwrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.charts.style import HOVER_CHARACTERS, figure, hover_texts

MARGIN = {"l": 0, "r": 0, "t": 0, "b": 0}


def test_readers_are_sent_what_was_given_and_plotly_would_take_it() -> None:
    sent = figure(
        [{"type": "bar", "y": [1, 2]}], {"barmode": "overlay"}, dark=False, height=99.6, margin=MARGIN
    ).to_dict()
    assert sent["data"] == [{"type": "bar", "y": [1, 2]}]
    assert (sent["layout"]["barmode"], sent["layout"]["height"]) == ("overlay", 100)
    assert go.Figure(sent).layout.barmode == "overlay"


def test_a_picture_that_plotly_would_refuse_is_refused_where_one_looks_into_it() -> None:
    wrong = figure([{"type": "bar", "colour": "red"}], {}, dark=False, height=100, margin=MARGIN)
    with pytest.raises(ValueError, match="colour"):
        _ = wrong.data


def test_arrays_are_sent_as_their_bytes() -> None:
    values = np.array([1.5, np.nan], dtype=np.float32)
    (trace,) = figure([{"type": "scatter", "y": values}], {}, dark=False, height=100, margin=MARGIN).to_dict()["data"]
    assert trace["y"] == {"dtype": "f4", "bdata": base64.b64encode(values.tobytes()).decode()}


def test_a_table_of_numbers_keeps_its_shape() -> None:
    counts = np.zeros((2, 3))
    (trace,) = figure([{"type": "heatmap", "z": counts}], {}, dark=False, height=100, margin=MARGIN).to_dict()["data"]
    assert trace["z"]["shape"] == "2, 3"


def test_notes_are_put_on_a_copy() -> None:
    first = figure([], {}, dark=False, height=100, margin=MARGIN)
    noted = first.with_meta({"credit": "Kilde"})
    assert (first.meta, noted.meta) == ({}, {"credit": "Kilde"})
    assert noted.layout.meta == {"credit": "Kilde"}


@given(st.text(alphabet="abcæøå,.()–- \t\u00a0", max_size=150))
def test_hover_text_is_wrapped_between_words(text: str) -> None:
    wrapped = hover_texts(pd.DataFrame({"hover": [text]}))[0]
    assert wrapped.split("<br>") == (textwrap.wrap(text, HOVER_CHARACTERS) or [""])
