"""Streamlit's own scripts, styles and icons made small at setup, and sent from there to browsers that can read them.

Streamlit sends its files as they are: 2.8 MB before a page shows anything. Here each stands beside a Brotli and a gzip
version, made once for each version of Streamlit, and the typeface of icons holds those we use.
"""

import gzip
import hashlib
import json
import mimetypes
import shutil
import sys
import tempfile
from collections.abc import Mapping
from functools import partial
from multiprocessing import Pool
from pathlib import Path

import brotli
import streamlit
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from server.base_path import normalised
from server.icon_typeface import icon_names, signs_alone, subset

ROOT = Path(__file__).resolve().parent.parent
STREAMLIT = Path(streamlit.__file__).parent / "static" / "static"
PACKED = ROOT / "static" / "packed"
INDEX = "index.json"
FORM = "2"
SMALLER = {".js", ".css", ".svg", ".json"}
ICONS = "MaterialSymbols-"
FALLBACK = "SourceSansVF-Upright"
"""Streamlit's typeface stands behind ours for the few signs that ours lacks: arrows and shapes."""
FOREVER = "public, max-age=31536000, immutable"
ENCODINGS = {"br": ".br", "gzip": ".gz"}


def stamp() -> str:
    """What the packed files were made from: Streamlit's version and the icons we name."""
    names = " ".join(sorted(icon_names(ROOT, STREAMLIT)))
    return f"{FORM} {streamlit.__version__} {hashlib.sha256(names.encode()).hexdigest()[:12]}"


def pack(source: Path = STREAMLIT, target: Path = PACKED) -> int:
    """Make the folder of packed files where it is not the right one; gives how many files were packed."""
    made_from = stamp()
    if _index(target).get("stamp") == made_from:
        return 0
    fresh = Path(tempfile.mkdtemp(prefix="packed-", dir=_existing(target.parent)))
    files = [path for path in sorted(source.rglob("*")) if path.is_file() and _is_packed(path)]
    with Pool() as workers:
        tags = workers.map(partial(_pack_one, source=source, target=fresh), files)
    index = {"stamp": made_from, "files": dict(zip((path.relative_to(source).as_posix() for path in files), tags,
                                                   strict=True))}  # fmt: skip
    (fresh / INDEX).write_text(json.dumps(index), encoding="utf-8")
    fresh.chmod(0o755)
    shutil.rmtree(target, ignore_errors=True)
    shutil.move(fresh, target)
    return len(files)


def _is_packed(path: Path) -> bool:
    return path.suffix in SMALLER or path.name.startswith((ICONS, FALLBACK))


def _existing(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _pack_one(path: Path, source: Path, target: Path) -> str:
    """Write the versions of one file; gives the checksum that names its content."""
    content = path.read_bytes()
    if path.name.startswith(ICONS):
        content = subset(path, icon_names(ROOT, STREAMLIT))
    elif path.name.startswith(FALLBACK):
        content = signs_alone(path)
    packed = target / path.relative_to(source)
    packed.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix in SMALLER:
        packed.with_name(f"{packed.name}.br").write_bytes(brotli.compress(content, quality=11))
        packed.with_name(f"{packed.name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    else:
        packed.write_bytes(content)
    return hashlib.sha256(content).hexdigest()[:16]


def _index(target: Path) -> dict[str, str]:
    try:
        index: dict[str, str] = json.loads((target / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return index


class PackedFiles:
    """ASGI middleware that answers for Streamlit's files with their packed versions, and lets all else through.

    Names of Streamlit's files carry a checksum of their content, so that browsers may keep them for ever.
    """

    def __init__(self, app: ASGIApp, base: str = "", packed: Path = PACKED) -> None:
        """Wrap `app`; `base` is the path all addresses begin with. Without packed files everything passes."""
        self.app, self.packed = app, packed
        self.prefix = normalised(base) + "/static/"
        index = _index(packed)
        self.tags: Mapping[str, str] = index["files"] if index else {}  # type: ignore[assignment]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        name = scope["path"].removeprefix(self.prefix) if scope["type"] == "http" else ""
        if name not in self.tags or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        encoding = best_encoding(headers.get("accept-encoding", "")) if Path(name).suffix in SMALLER else ""
        if Path(name).suffix in SMALLER and not encoding:
            await self.app(scope, receive, send)
            return
        tag = f'"{self.tags[name]}-{encoding or "id"}"'
        kept = {"Cache-Control": FOREVER, "ETag": tag, "Vary": "Accept-Encoding"}
        if tag in headers.get("if-none-match", ""):
            await Response(status_code=304, headers=kept)(scope, receive, send)
            return
        content = await to_thread.run_sync((self.packed / f"{name}{ENCODINGS.get(encoding, '')}").read_bytes)
        if encoding:
            kept["Content-Encoding"] = encoding
        kept["Content-Type"] = mimetypes.guess_type(name)[0] or "application/octet-stream"
        kept["Content-Length"] = str(len(content))
        await Response(b"" if scope["method"] == "HEAD" else content, headers=kept)(scope, receive, send)


def best_encoding(accepted: str) -> str:
    """The smallest of the encodings that a browser reads: "br", "gzip" or "" for none."""
    names = {part.partition(";")[0].strip() for part in accepted.lower().split(",") if not part.endswith("q=0")}
    return "br" if "br" in names else "gzip" if "gzip" in names else ""


def main() -> int:
    """Pack the files; return a process exit code."""
    count = pack()
    if count:
        print(f"{count} af Streamlits filer er pakket i static/packed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
