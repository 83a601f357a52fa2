"""Letters, dashes and spaces that look alike and are meant alike, brought to one form before words are compared."""

import re
import unicodedata

SUMS = ("i alt", "ialt", "sum", "total", "alle", "hovedtotal", "hele landet")
"""Labels that stand beside a sum of the other rows, reduced by `alike`."""
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BLANKS = re.compile(r"\s+")


def composed(text: str) -> str:
    """The text with each letter as one character: Macs and PDFs write å as an a with a ring after it."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def unseen_removed(text: str) -> str:
    """The text without the characters that nobody sees: zero-width blanks, soft hyphens, byte order marks."""
    return _UNSEEN.sub("", text).strip() if _UNSEEN.search(text) else text


def alike(text: str) -> str:
    """What is left of a word when capitals, kinds of dashes and blanks, and characters nobody sees are set aside."""
    text = _UNSEEN.sub("", composed(text))
    return _BLANKS.sub(" ", _DASHES.sub("-", text)).strip().casefold()
