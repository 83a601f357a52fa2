"""The typeface of icons cut down to the icons that we and Streamlit's own parts use."""

import io
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

# Streamlit's parts and ours both write icons so; ours are also named alone and put into such a text later.
WRITTEN = re.compile(r":material/([a-z0-9_]+):")
QUOTED = re.compile(r"[\"']([a-z0-9_]+)[\"']")
OURS = ("components", "pages", "data")


@cache
def icon_names(root: Path, streamlit: Path) -> frozenset[str]:
    """Every word that may be an icon's name: written as one in Streamlit's scripts, or quoted in our code."""
    theirs = (WRITTEN.findall(path.read_text("utf-8", "ignore")) for path in (streamlit / "js").glob("*.js"))
    ours = (
        [*WRITTEN.findall(text), *QUOTED.findall(text)]
        for folder in OURS
        for path in sorted((root / folder).rglob("*.py"))
        for text in [path.read_text("utf-8")]
    )
    return frozenset(name for names in (*theirs, *ours) for name in names)


def subset(path: Path, names: Iterable[str]) -> bytes:
    """The typeface of a file with the icons of some names alone, as WOFF2; words that name no icon are passed over.

    An icon is a ligature of the letters of its name, so letters stay and of the ligatures those that are wanted.
    """
    # Half a second of importing, once at setup.
    from fontTools import subset as fonttools
    from fontTools.ttLib import TTFont

    font = TTFont(path)
    wanted, letters = set(names), font.getBestCmap()
    by_glyph = {glyph: chr(code) for code, glyph in letters.items()}
    kept = set()
    for ligatures in _ligatures(font):
        for first, ligature in ligatures.items():
            of_names = [each for each in ligature if _name(first, each, by_glyph) in wanted]
            kept |= {each.LigGlyph for each in of_names}
            ligatures[first] = of_names
    options = fonttools.Options(layout_closure=False, flavor="woff2", hinting=False, glyph_names=False)
    options.layout_features = ["*"]
    cutter = fonttools.Subsetter(options)
    signs = [code for code in letters if chr(code) in "abcdefghijklmnopqrstuvwxyz0123456789_"]
    cutter.populate(glyphs=sorted(kept), unicodes=signs)
    cutter.subset(font)
    return _saved(font)


def signs_alone(path: Path) -> bytes:
    """The typeface of a file with its signs beyond letters alone (U+2000–U+2BFF), as WOFF2."""
    from fontTools import subset as fonttools
    from fontTools.ttLib import TTFont

    font = TTFont(path)
    cutter = fonttools.Subsetter(fonttools.Options(flavor="woff2", hinting=False))
    cutter.populate(unicodes=range(0x2000, 0x2C00))
    cutter.subset(font)
    return _saved(font)


def icons_of(font: Any) -> set[str]:
    """The names of the icons in a typeface."""
    by_glyph = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    return {
        _name(first, each, by_glyph)
        for ligatures in _ligatures(font)
        for first, ligature in ligatures.items()
        for each in ligature
    }


def _saved(font: Any) -> bytes:
    made = io.BytesIO()
    font.flavor = "woff2"
    font.save(made)
    return made.getvalue()


def _ligatures(font: Any) -> Iterator[dict[str, Any]]:
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            inner = table.ExtSubTable if table.LookupType == 7 else table
            if inner.LookupType == 4:
                yield inner.ligatures


def _name(first: str, ligature: Any, by_glyph: dict[str, str]) -> str:
    return "".join(by_glyph.get(glyph, "?") for glyph in (first, *ligature.Component))
