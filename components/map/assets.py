"""The map's own scripts and styles: where they lie here, and the content-hashed address browsers know them by."""

import hashlib
from functools import cache
from pathlib import Path

BROWSER = Path(__file__).parent / "browser"


@cache
def asset_path(browser: Path = BROWSER) -> str:
    """Return `static/map/<12 hex digits>`, which changes with any byte of the scripts and styles in `browser`."""
    total = hashlib.sha256()
    for path in sorted(browser.iterdir()):
        content = path.read_bytes()
        total.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return f"static/map/{total.hexdigest()[:12]}"
