"""What the daily check found damaged, told where those who can mend it look, with the remedy."""

import streamlit as st

from components.text import plain
from data.store.verification import in_one_line
from server.daily_check import last_check


def damage() -> None:
    """A banner while the newest check stands with damage; nothing where all is whole or nothing was checked yet."""
    check = last_check()
    if check is not None and check.damage:
        st.error(plain(in_one_line(check.damage)), icon=":material/error:")
