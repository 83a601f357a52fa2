"""What each page says in the first response, from the functions that the live page draws with."""

from collections.abc import Callable

from components.first_words import figures, initiatives, meetings
from components.first_words.page import Reader
from components.session import Screen
from reports.first_response import Said

SAYS: dict[str, Callable[[Screen, Reader], Said]] = {
    "overview.py": figures.overview,
    "meeting.py": meetings.meeting,
    "safety_map.py": figures.safety_map,
    "trends.py": figures.trends,
    "area.py": figures.area,
    "hotspots.py": figures.hotspots,
    "initiatives.py": initiatives.initiatives,
    "methods.py": figures.methods,
}
"""By the file of a page. Each raises LookupError for what a release does not hold."""
