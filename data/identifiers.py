"""Makes short ids of words, as files and addresses refer to things."""

import re

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u", "ö": "oe", "ä": "ae"})


def identifier(words: str) -> str:
    """A short id made of some words: "Høje Nordby" → "hoeje-nordby"; "" where they have neither letter nor digit."""
    return re.sub(r"[^a-z0-9]+", "-", words.casefold().translate(_LETTERS)).strip("-")
