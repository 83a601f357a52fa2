"""How far long work has come: one line of words and a bar, gone when the work is done."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from components.text import plain
from data.progress import ProgressCallback


@contextmanager
def working(what: str) -> Iterator[ProgressCallback]:
    """Show a bar while the block lasts; it is given a function to say how far, from 0 to 1, and with what."""
    slot = st.empty()
    bar = slot.progress(0.0, text=plain(what))

    def tell(done: float, doing: str) -> None:
        bar.progress(done, text=plain(f"{doing} …"))

    try:
        yield tell
    finally:
        slot.empty()
