"""The house's typeface in the form that typesetting takes: Inter in two weights, made from the browsers' file.

Browsers get one variable font, compressed. Typst wants plain fonts of one weight each.
"""

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "static" / "vendor" / "inter" / "inter-latin.woff2"
FAMILY = "Inter"
# Comes with Typst: what is set where `make setup` has not been run, and for letters that Inter's file lacks.
FALLBACK = "Libertinus Serif"
WEIGHTS = {"Regular": 400, "Bold": 700}


def families(source: Path = SOURCE) -> tuple[str, ...]:
    """The families to set text in, the first there is being used."""
    return (FAMILY, FALLBACK) if source.is_file() else (FALLBACK,)


@cache
def folder(source: Path = SOURCE) -> Path | None:
    """The folder with the plain fonts, made once for each version of the file; None where there is no file."""
    if not source.is_file():
        return None
    name = f"inter-{hashlib.sha256(source.read_bytes()).hexdigest()[:12]}"
    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tryghedsoverblik" / name
    try:
        kept.mkdir(parents=True, exist_ok=True)
        made = [path for style in WEIGHTS if not (path := kept / f"{style}.ttf").is_file()]
        if made:
            _make(source, kept)
        return kept
    except OSError:  # a read-only home
        fresh = Path(tempfile.mkdtemp(prefix="tryghedsoverblik-"))
        _make(source, fresh)
        return fresh


def _make(source: Path, target: Path) -> None:
    # Half a second of importing, in the one process that finds no fonts.
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    for style, weight in WEIGHTS.items():
        font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight})
        font["OS/2"].usWeightClass = weight
        font.flavor = None
        for record in font["name"].names:
            words = {1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"{FAMILY}-{style}", 16: FAMILY, 17: style}
            if record.nameID in words:
                record.string = words[record.nameID]
        # Another process may be at the same: whole files only.
        with tempfile.NamedTemporaryFile(dir=target, suffix=".part", delete=False) as part:
            font.save(part)
        os.replace(part.name, target / f"{style}.ttf")
