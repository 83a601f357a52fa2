"""How long work says how far it is, to whoever waits for it."""

from collections.abc import Callable

ProgressCallback = Callable[[float, str], None]
"""Called with how far the work is, from 0 to 1, and in Danish what is being done."""


def silently(_done: float, _what: str) -> None:
    """Tell nobody how far the work is."""
