"""Text from data on the screen, shown exactly as it was written."""

import re

import streamlit as st

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$:])")
# "23. november" would become the twenty-third item of a list, "- 4" a bullet, "www." a link.
_OPENINGS = re.compile(r"^(\d+)([.)])|^([-+])|(?<=www)(\.)")


def plain(text: object) -> str:
    """Text with Markdown's signs disarmed: no formatting, link or picture can come from data."""
    escaped = _SIGNS.sub(r"\\\1", str(text))
    return _OPENINGS.sub(lambda found: (found[1] or "") + "\\" + (found[2] or found[3] or found[4]), escaped)


def say(text: str, badge: str = "") -> None:
    """A sentence made from data, followed by a badge of ours."""
    st.markdown(f"{plain(text)} {badge}" if badge else plain(text))
