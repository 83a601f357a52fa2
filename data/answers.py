"""Keeps what follows from something that does not change: the second who asks does not wait for it."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from data.tally import ANSWER_KEPT, ANSWER_MADE, count

T = TypeVar("T")

ANSWERS_KEPT = 1_000
"""How many answers are kept where nothing else is said; the largest are pictures of some 100 kB."""
# One for all, so that what has answers can still be sent to another process.
_KEEPING = Lock()


class Answers:
    """So many answers, each by what was asked."""

    def __init__(self, most: int = ANSWERS_KEPT) -> None:
        """Begin with none."""
        self._most = most
        self._made: dict[Hashable, Any] = {}

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once.

        The answer is shared between sessions, so never write to it. The one that nobody has asked for longest gives way
        when there are many.
        """
        with _KEEPING:
            if what in self._made:
                found: T = self._made.pop(what)
                self._made[what] = found
                count(ANSWER_KEPT)
                return found
        count(ANSWER_MADE)
        answer = make()
        with _KEEPING:
            self._made[what] = answer
            while len(self._made) > self._most:
                self._made.pop(next(iter(self._made)))
        return answer
