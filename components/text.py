"""Text from data on the screen, shown exactly as it was written."""

import re

import streamlit as st

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$:&])")
# "23. november" would become the twenty-third item of a list, "- 4" a bullet, "===" a heading.
_OPENINGS = re.compile(r"^(\d+)([.)])|^([-+=])")
# Links, icons, arrows and dashes are made after Markdown is read, where a backslash no longer helps; a word joiner,
# which nobody sees, does.
_LATE = re.compile(
    r"(?i)(?<=https:)(?=//)|(?<=http:)(?=//)|(?<=www)(?=\.)|(?=@)|(?<=:)(?=material/)|(?<=-)(?=[->])|(?<=<)(?=-)"
    r"|(?<=:)(?=[a-z0-9_+-]+:)"
)
WORD_JOINER = "\u2060"
"""A sign that nobody sees, which keeps two letters from being read as one thing."""


def plain(text: object) -> str:
    """Text on one line with Markdown's signs disarmed: no formatting, link, icon or picture can come from data."""
    joined = _LATE.sub(WORD_JOINER, " ".join(str(text).split()))
    escaped = _SIGNS.sub(r"\\\1", joined)
    return _OPENINGS.sub(lambda match: (match[1] or "") + "\\" + (match[2] or match[3]), escaped)


def say(text: str, badge: str = "") -> None:
    """A sentence made from data, followed by a badge of ours."""
    st.markdown(f"{plain(text)} {badge}" if badge else plain(text))
