"""HTML, JSON, scripts and outlines compressed on their way out, with Brotli or gzip as the browser can read."""

import gzip

import brotli
from anyio import to_thread
from cachetools import LRUCache
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.precompressed import best_encoding

TYPES = (
    "text/html", "text/css", "text/plain", "text/javascript", "application/javascript", "application/json",
    "application/geo+json", "application/manifest+json", "image/svg+xml",
)  # fmt: skip
LEAST, MOST = 700, 4_000_000
"""Bytes between which an answer is compressed: less fits a packet either way, more is a file that someone saves."""
QUICK, CAREFUL = 4, 9
"""Brotli's quality for what is made for one reader, and for what is kept for all."""
ROOM = 24_000_000
"""Bytes of compressed scripts and outlines that a process keeps."""


class Compression:
    """ASGI middleware that compresses whole answers of text.

    What has a validator and may be kept by anybody (scripts, styles, outlines) is compressed once and remembered by
    its address and validator; what is for one reader is compressed quickly and forgotten. Parts of files, answers
    without a body and what is compressed already pass as they are.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app
        self.kept: LRUCache[tuple[str, str, str], bytes] = LRUCache(ROOM, getsizeof=len)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        encoding = best_encoding(Headers(scope=scope).get("accept-encoding", "")) if scope["type"] == "http" else ""
        if not encoding:
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        body = bytearray()

        async def forward(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                if self._is_compressed(scope, message):
                    start = message
                    return
            elif start is not None and message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                more = bool(message.get("more_body"))
                if more and len(body) <= MOST:
                    return
                whole = bytes(body)
                if not more and LEAST <= len(whole) <= MOST:
                    whole = await self._compressed(whole, scope["path"], start, encoding)
                opening, start = start, None
                await send(opening)
                await send({"type": "http.response.body", "body": whole, "more_body": more})
                return
            await send(message)

        extensions = {k: v for k, v in (scope.get("extensions") or {}).items() if k != "http.response.pathsend"}
        await self.app({**scope, "extensions": extensions}, receive, forward)

    def _is_compressed(self, scope: Scope, message: Message) -> bool:
        headers = Headers(raw=message["headers"])
        size = headers.get("content-length", "")
        return (
            scope["method"] == "GET"
            and message["status"] in (200, 404, 503)
            and "content-encoding" not in headers
            and headers.get("content-type", "").partition(";")[0].strip() in TYPES
            and (not size or LEAST <= int(size) <= MOST)
        )

    async def _compressed(self, body: bytes, path: str, start: Message, encoding: str) -> bytes:
        headers = MutableHeaders(scope=start)
        tag = headers.get("etag", "")
        control = headers.get("cache-control", "")
        shared = bool(tag) and "private" not in control and "no-store" not in control
        key = (path, tag, encoding)
        made = self.kept.get(key) if shared else None
        if made is None and shared:
            made = await to_thread.run_sync(packed, body, encoding, CAREFUL)
            if len(made) <= ROOM:
                self.kept[key] = made
        elif made is None:
            made = packed(body, encoding, QUICK)
        headers["Content-Encoding"], headers["Content-Length"] = encoding, str(len(made))
        headers.add_vary_header("Accept-Encoding")
        if tag and not tag.startswith("W/"):
            headers["ETag"] = f"W/{tag}"  # the same content in another form
        return made


def packed(body: bytes, encoding: str, quality: int) -> bytes:
    """The body in an encoding."""
    if encoding == "br":
        made: bytes = brotli.compress(body, quality=quality)
        return made
    return gzip.compress(body, 6, mtime=0)
