"""Makes short ids of words, as files and addresses refer to things."""

import re
import unicodedata

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae"})


def identifier(words: str) -> str:
    """A short id made of some words: "Høje Nordby" → "hoeje-nordby"; "" where they have neither letter nor digit.

    æ, ø and å become ae, oe and aa; other accents are dropped; what is neither letter nor digit becomes one hyphen.
    """
    plain = unicodedata.normalize("NFKD", words.casefold().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
