"""Times what a stranger can make the codec of shared links do: 10,000 altered tokens and query strings each.

Run `python -m benchmarks.links`. Each is timed alone, and 95 of 100 have to be answered within 50 milliseconds.
"""

import datetime as dt
import random
import string
import sys
import time
from collections.abc import Callable
from urllib.parse import parse_qs

from benchmarks.results import Figure, Results
from data.share_token import LONGEST_TOKEN, SharedLink, link_of, token_of
from data.views.view import View

MANY = 10_000
P95_SECONDS = 0.050
KEYS = ("a-key-for-the-benchmark-long-enough-000",)
NOW = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)
QUERY = "emne=tryg_i_nabolag&niveau=housing_area&omraade=vaerebro-park&aar=2025&art=TOT&visning=niveau&udgave=2"
LETTERS = string.ascii_letters + string.digits + "-_.%&=æ"


def altered(text: str, chance: random.Random) -> str:
    """A text with one to five letters replaced, cut short, or drawn out as far as is looked at."""
    letters = list(text)
    for _ in range(chance.randint(1, 5)):
        letters[chance.randrange(len(letters))] = chance.choice(LETTERS)
    cut = "".join(letters)[: chance.randint(1, len(letters))] if chance.random() < 0.2 else "".join(letters)
    return cut * (LONGEST_TOKEN // len(cut)) if chance.random() < 0.1 else cut


def slowest_of_most(work: Callable[[str], object], text: str) -> float:
    """The 95th percentile, in seconds, of the time for each of many altered texts."""
    chance = random.Random(6)
    taken = []
    for _ in range(MANY):
        given = altered(text, chance)
        started = time.perf_counter()
        work(given)
        taken.append(time.perf_counter() - started)
    return sorted(taken)[int(0.95 * MANY)]


def main() -> int:
    """Time each kind, print the figures and keep them; returns how many missed the target."""
    view = View.from_query(parse_qs(QUERY))
    link = SharedLink("0f" * 16, "omraade", view, 2, "lokalraad-gladsaxe", NOW + dt.timedelta(days=30))
    token = token_of(link, KEYS)
    results = Results("links")
    for what, work, text in (
        ("altered tokens", lambda given: link_of(given, KEYS, NOW), token),
        ("altered query strings", lambda given: View.from_query(parse_qs(given)), QUERY),
        ("the true token", lambda _given: link_of(token, KEYS, NOW), token),
    ):
        results.add(Figure(f"links/{MANY:,} × {what}/p95", slowest_of_most(work, text), "s", P95_SECONDS))
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
