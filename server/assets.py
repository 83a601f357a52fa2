"""Our own scripts and styles for browsers: where they lie here, and the content-hashed address they are known by."""

import hashlib
from functools import cache
from pathlib import Path


@cache
def asset_path(browser: Path) -> str:
    """Return `static/map/<12 hex digits>`, which changes with any byte of the scripts and styles in `browser`.

    The middle part is the name of the component that the folder `browser` lies in.
    """
    total = hashlib.sha256()
    for path in sorted(browser.iterdir()):
        content = path.read_bytes()
        total.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return f"static/{browser.parent.name}/{total.hexdigest()[:12]}"
