"""A cache of what follows from something that does not change: least recently used, counted, shared by threads."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from cachetools import LRUCache

from data.counters import ANSWER_KEPT, ANSWER_MADE, count

T = TypeVar("T")

MOST_ENTRIES = 1_000
"""Entries kept where nothing else is said; the largest are pictures of some 100 kB."""
# One for all caches, so that what holds a cache can still be sent to another process.
_LOCK = Lock()


class LruCache:
    """At most so many values, each under its key; the one that nobody has asked for longest gives way."""

    def __init__(self, most: int = MOST_ENTRIES) -> None:
        """Begin empty."""
        self._values: LRUCache[Hashable, Any] = LRUCache(most)

    def get_or_make(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value under `key`; what `make` gives, where there is none. It is shared: never write to it."""
        with _LOCK:
            if key in self._values:
                value: T = self._values[key]
                count(ANSWER_KEPT)
                return value
        count(ANSWER_MADE)
        made = make()
        with _LOCK:
            self._values[key] = made
        return made
