"""Sets a page with Typst: a template of ours, and the words that stand in it as data."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from reports.typeface import families, folder

# What a screen reader needs of a PDF, which Typst keeps or refuses to set.
STANDARD: Literal["ua-1"] = "ua-1"


def typeset(template: Path, words: Mapping[str, Any]) -> bytes:
    """Return the PDF of a template that reads `words`, and the families of our typeface as `fonts`, from its input."""
    import typst  # a tenth of a second that only those pay who set a page

    fonts = folder()
    made: bytes = typst.compile(  # type: ignore[misc]  # its stub leaves the input's type open
        template.read_bytes(),
        ignore_system_fonts=True,
        font_paths=[str(fonts)] if fonts else [],
        sys_inputs={"data": json.dumps({**words, "fonts": families()}, ensure_ascii=False)},
        pdf_standards=[STANDARD],
    )
    return made
