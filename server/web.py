"""What the server adds to every answer: security headers, caching, a Danish start page, our static files and health."""

import base64
import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.settings.chosen import drawn_folder, var_is_elsewhere
from server.assets import asset_path
from server.base_path import below, normalised
from server.basemap import tile
from server.first_response import BROWSER as FIRST
from server.first_response import Answer, answered, asked_page, with_answer
from server.plain_pages import is_plain
from server.wording import BROWSER as WORDING
from server.wording import script_tag

STATIC = Path(__file__).resolve().parent.parent / "static"
STARTED = datetime.now(UTC)

# A name that carries twelve hexadecimal digits of its own content never changes what it means.
HASHED_NAME = re.compile(r"/app/static/.*[-/][0-9a-f]{12}[./]")
FOREVER = "public, max-age=31536000, immutable"
# Fonts keep a fixed name because config.toml states it; a day is enough for them and short enough after an update.
FOR_A_DAY = "public, max-age=86400"

REFUSED_FEATURES = (
    *("accelerometer", "camera", "display-capture", "gyroscope", "magnetometer", "microphone", "midi"),
    *("payment", "publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking"),
)
# One's own position is shown on one's own map when one asks for it, and never leaves the browser (components/map).
PERMISSIONS = ", ".join(["geolocation=(self)", *(f"{feature}=()" for feature in REFUSED_FEATURES)])
INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
# Asked for at once, so that no text is set twice; Streamlit would ask when it has read its theme.
TYPEFACE = (
    '<link rel="preload" as="font" type="font/woff2" href="./app/static/vendor/inter/inter-latin.woff2" crossorigin>'
)
# Streamlit would try each page's own address for its server first, and be told twice that it is not there. A library of
# its own would try WebAssembly, which our policy forbids: without it, it goes its other way and violates nothing.
BACKEND = 'window.__streamlit={BACKEND_BASE_URL:new URL("./",document.baseURI).href}'
BEFORE = f"<script>{BACKEND};delete window.WebAssembly</script>"
NOSCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
# Streamlit preloads its own typeface and points at its agent protocol; we use neither.
UNUSED_LINK = re.compile(rb"<link\s+rel=\"(?:preload|service-desc)\".*?/>\s*", re.DOTALL)


def _is_below_a_page(path: str) -> bool:
    """Whether a path is neither a page nor one of the server's own: Streamlit's page would come out blank there."""
    parts = path.strip("/").split("/")
    return len(parts) > 1 and not {"_stcore", "static", "media", "component", "app", "auth"} & set(parts)


def _is_streamlits_page(headers: Headers) -> bool:
    """Whether an answer is the start page; a page of ours comes with a policy of its own."""
    return headers.get("content-type", "").startswith("text/html") and "content-security-policy" not in headers


def content_security_policy(scripts: Sequence[str] = (), image_hosts: Sequence[str] = ()) -> str:
    """Return the policy under which Streamlit, Plotly and Leaflet draw and no request goes to anybody else.

    `scripts` are CSP hashes of the page's own inline scripts; `image_hosts` are the map tile servers an
    administrator has chosen. `blob:` scripts are Streamlit's component loader and Plotly's map worker.
    Styles are inline because Streamlit writes its styles at run time.
    """
    rules = {
        "default-src": ("'self'",),
        "script-src": ("'self'", "blob:", *scripts),
        "style-src": ("'self'", "'unsafe-inline'"),
        "img-src": ("'self'", "data:", "blob:", *image_hosts),
        "font-src": ("'self'", "data:"),
        "connect-src": ("'self'", "data:", "blob:"),
        "media-src": ("'self'", "blob:", "data:"),
        "worker-src": ("'self'", "blob:"),
        "frame-src": ("'self'", "blob:"),
        "object-src": ("'none'",),
        "base-uri": ("'self'",),
        "form-action": ("'self'",),
        "frame-ancestors": ("'none'",),
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())


@lru_cache(maxsize=8)
def danish_page(page: bytes, title: str, style: str) -> tuple[bytes, tuple[str, ...]]:
    """Return Streamlit's start page in Danish and the CSP hashes of the inline scripts in it.

    Screen readers choose their voice by the language of the page, and Streamlit says `en`. A script of ours says its
    own words in Danish as they appear. Our `style` stands in the page, after Streamlit's, so that nothing is ever drawn
    without them.
    """
    page = page.replace(b'<html lang="en">', b'<html lang="da">', 1)
    page = page.replace(b"<title>Streamlit</title>", f"<title>{title}</title>".encode(), 1)
    page = UNUSED_LINK.sub(b"", page)
    page = page.replace(b"</head>", f"{BEFORE}{TYPEFACE}</head>".encode(), 1)
    notice = f"<noscript><p>{title} kræver JavaScript. Slå det til i browseren, og genindlæs siden.</p></noscript>"
    page = NOSCRIPT.sub(notice.encode(), page, count=1)
    page = page.replace(b"</body>", f"<style>{style}</style>{script_tag()}</body>".encode(), 1)
    hashes = (base64.b64encode(hashlib.sha256(script).digest()) for script in INLINE_SCRIPT.findall(page))
    return page, tuple(f"'sha256-{digest.decode()}'" for digest in hashes)


class ServerHeaders:
    """ASGI middleware: security headers on every answer, caching by name, and the start page in Danish.

    Written as plain ASGI, so that web sockets and streamed files pass through untouched.
    """

    def __init__(
        self,
        app: ASGIApp,
        title: str,
        style: str = "",
        image_hosts: Sequence[str] = (),
        answer: Answer | None = None,
        base: str = "",
    ) -> None:
        """Wrap `app`.

        `title` is the page title before a page sets its own, `style` our style sheet; `image_hosts` see the policy.
        `answer` gives what stands in the page before Streamlit draws it; `base` is the path all addresses begin with.
        """
        self.app = app
        self.title = title
        self.style = style
        self.image_hosts = tuple(image_hosts)
        self.answer = answer
        self.base = normalised(base)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = below(scope["path"], self.base)
        if _is_below_a_page(path) and not is_plain(path):
            await RedirectResponse(f"{scope.get('root_path', '')}{self.base}/")(scope, receive, send)
            return
        may_be_page = "." not in scope["path"].rsplit("/", 1)[-1]
        start: Message = {}
        body = bytearray()

        async def forward(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                if may_be_page and _is_streamlits_page(Headers(raw=message["headers"])):
                    start = message  # held back until the whole page is here, because its length changes
                    return
                self.add_headers(message, scope)
            elif start and message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if message.get("more_body"):
                    return
                page, hashes = danish_page(bytes(body), self.title, self.style)
                headers = MutableHeaders(raw=start["headers"])
                # Validators of the unchanged file would let a browser keep a page whose headers are old.
                for name in ("etag", "last-modified"):
                    del headers[name]
                if self.answer is not None and start["status"] == 200:
                    answer_given = await to_thread.run_sync(answered, self.answer, asked_page(scope, self.base))
                    if answer_given:
                        page = with_answer(page, answer_given)
                        headers["cache-control"] = "private, no-store"  # it is for who asked, and for now
                if scope["method"] != "HEAD":
                    headers["content-length"] = str(len(page))
                    message = {"type": "http.response.body", "body": page}
                self.add_headers(start, scope, hashes)
                await send(start)
                start = {}
            await send(message)

        await self.app(plain(scope) if may_be_page else scope, receive, forward)

    def add_headers(self, message: Message, scope: Scope, scripts: Sequence[str] = ()) -> None:
        """Put our headers on an answer that is about to start."""
        headers = MutableHeaders(scope=message)
        headers.setdefault("Content-Security-Policy", content_security_policy(scripts, self.image_hosts))
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Referrer-Policy"] = "same-origin"
        headers["Permissions-Policy"] = PERMISSIONS
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if scope.get("scheme") == "https":
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if "/app/static/" in scope["path"] and message["status"] in (200, 304):
            headers["Cache-Control"] = FOREVER if HASHED_NAME.search(scope["path"]) else FOR_A_DAY


def plain(scope: Scope) -> Scope:
    """Return the request asking for an uncompressed whole answer, which a page must be for us to change it."""
    unwanted = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
    headers = [(name, value) for name, value in scope["headers"] if name not in unwanted]
    extensions = {k: v for k, v in (scope.get("extensions") or {}).items() if k != "http.response.pathsend"}
    return {**scope, "headers": headers, "extensions": extensions}


async def health(_request: Request) -> JSONResponse:
    """Say that the process answers and since when; it says nothing about data or users."""
    return JSONResponse(
        {"status": "ok", "startet": STARTED.isoformat(timespec="seconds")}, headers={"Cache-Control": "no-store"}
    )


def routes(static: Path = STATIC, base: str = "", assets: Sequence[Path] = ()) -> list[Mount | Route]:
    """Return our own routes below the base path: health, our scripts, and static/ under Streamlit's own address.

    `assets` are folders of our own scripts and styles, each served at an address that changes with its content.
    Streamlit would look for static/ beside the frame, which lives in components/, and not beside app.py.
    """
    prefix = normalised(base)
    static.mkdir(parents=True, exist_ok=True)
    elsewhere = drawn_folder() if var_is_elsewhere() else None
    if elsewhere is not None:
        (elsewhere / "geo").mkdir(parents=True, exist_ok=True)
    return [
        Route(f"{prefix}/sundhed", health, methods=["GET"]),
        Route(f"{prefix}/app/basemap/{{z:int}}/{{x:int}}/{{y:int}}", tile, methods=["GET"]),
        *(Mount(f"{prefix}/app/{asset_path(each)}", StaticFiles(directory=each)) for each in (*assets, WORDING, FIRST)),
        *([Mount(f"{prefix}/app/static/geo", StaticFiles(directory=elsewhere / "geo"))] if elsewhere else []),
        Mount(f"{prefix}/app/static", StaticFiles(directory=static)),
    ]
