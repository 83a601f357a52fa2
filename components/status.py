"""Status as icon, word and colour together, so that none of them carries the meaning alone."""

from data.sentences import MOVING_WORDS, NEEDS_DECISION, STATUS_WORDS
from data.views.news import CROSSING_WORD, TONE_WORDS

__all__ = ["NEEDS_DECISION", "crossing_badge", "moving_badge", "status_badge", "status_symbol", "tone_badge"]

# Material symbols are bundled with Streamlit; the colours are the theme's names, set in .streamlit/config.toml.
_STATUS_LOOKS = {
    "met": ("check_circle", "green"),
    "on_track": ("trending_up", "green"),
    "undecided": ("help", "gray"),
    "behind": ("schedule", "orange"),
    "worsening": ("trending_down", "orange"),
    "not_met": ("cancel", "orange"),
    "insufficient": ("do_not_disturb_on", "gray"),
}
_MOVING_COLOURS = {"better": "green", "worse": "orange"}
# Without an arrow: those go with the figure, and news are told of figures of which less may be better.
_TONE_LOOKS = {
    "better": ("check", "green"),
    "worse": ("priority_high", "orange"),
    "neutral": ("sync_alt", "gray"),
}


def status_badge(status: str) -> str:
    """A criterion's status as a badge in Markdown."""
    icon, colour = _STATUS_LOOKS[status]
    return f":{colour}-badge[:material/{icon}: {STATUS_WORDS[status]}]"


def status_symbol(status: str, count: int) -> str:
    """How many criteria have a status, as a small badge in Markdown: symbol, number and word."""
    icon, colour = _STATUS_LOOKS[status]
    return f":{colour}-badge[:material/{icon}: {count} {STATUS_WORDS[status].lower()}]"


def moving_badge(moving: str, direction: int) -> str:
    """The answer to "is it moving?" as a badge in Markdown; its arrow goes with the figure (1: more is better)."""
    way = {"better": direction, "worse": -direction}.get(moving, 0)
    icon = {1: "arrow_upward", -1: "arrow_downward"}.get(way, "drag_handle")
    colour = _MOVING_COLOURS.get(moving, "gray")
    return f":{colour}-badge[:material/{icon}: {MOVING_WORDS[moving]}]"


def crossing_badge() -> str:
    """That a criterion has only crossed a line, as a badge in Markdown."""
    return f":gray-badge[:material/linear_scale: {CROSSING_WORD}]"


def tone_badge(tone: str) -> str:
    """Better, worse or merely changed, as a badge in Markdown."""
    icon, colour = _TONE_LOOKS[tone]
    return f":{colour}-badge[:material/{icon}: {TONE_WORDS[tone]}]"
