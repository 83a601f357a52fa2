"""The gate before the app: without a valid session a request gets the way in and nothing else.

Where no sign-in is set up, requests from this computer alone are answered. Cookies leave with what browsers need to
keep them safe, and who has been signed in comes back to the page they were on their way to.
"""

from collections.abc import Callable, Mapping, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.share_token import SHARED_PARAMETER
from server.identity_cookie import person_of_request
from server.rate_limits import LINKS, SIGN_INS, THIS_COMPUTER
from server.start_up import is_loopback
from server.streamlit_internals import IDENTITY_COOKIES, SCRIPTS_MAY_READ

# What is answered to anybody: the way in, health, and what holds no figures: scripts, styles and outlines of areas.
OPEN_ADDRESSES = frozenset({
    "/sundhed", "/klar", "/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/auth/login", "/auth/logout",
    "/oauth2callback", "/favicon.png",
    "/maalinger",  # asks for a token of its own (server.operations)
})  # fmt: skip
OPEN_FOLDERS = ("/static/", "/app/static/")
SIGNS_IN = ("/auth/login", "/oauth2callback")
UPLOADS = "/_stcore/upload_file/"

LINK_COOKIE, WAY_COOKIE = "tryghed_delt", "tryghed_vej"
LONGEST_WAY = 2_000
WAY_SECONDS = 900
"""How long the way is remembered while somebody signs in."""
BYTES_IN_A_MEGABYTE = 1024 * 1024

NOT_SIGNED_IN = "Log ind først."
TOO_OFTEN = "For mange forsøg. Vent nogle minutter, og prøv igen."
THIS_COMPUTER_ONLY = "Her er ikke sat login op, så appen svarer kun på denne computer (127.0.0.1)."
TOO_LARGE = "Filen er for stor. Den må højst fylde {megabytes} MB."


class Gate:
    """ASGI middleware that answers who may come in and refuses the rest; the pages themselves ask again."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        guarded: bool,
        secure: bool,
        link_opens: Callable[[str], bool],
        start_pages: frozenset[str],
        base: str = "",
        most_megabytes: int = 50,
    ) -> None:
        """Wrap `app`.

        `guarded`: people sign in; `secure`: browsers reach us by https; `link_opens` tells whether a token opens a
        link that needs no account; `start_pages` are the paths of our pages; `base` is
        the path all addresses begin with.
        """
        self.app, self.guarded, self.secure, self.link_opens = app, guarded, secure, link_opens
        self.start_pages = start_pages
        self.base = f"/{base.strip('/')}".rstrip("/")
        self.most_megabytes = most_megabytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let it through."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refusal = await self._refusal(scope)
        if refusal is None:
            await self.app(scope, receive, self._cookies_made_safe(scope, send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, send)

    # Who is let through ---------------------------------------------------------------------------------------------

    async def _refusal(self, scope: Scope) -> Response | None:
        """What to answer instead of letting a request through; None for one that may pass."""
        path = self._path(scope)
        if not self.guarded:
            return None if _from_this_computer(scope) else _said(THIS_COMPUTER_ONLY, 403)
        client = client_of(scope)
        if path in SIGNS_IN and SIGN_INS.is_exceeded(client):
            return _said(TOO_OFTEN, 429)
        token = _parameter(scope, SHARED_PARAMETER)
        if token and LINKS.is_exceeded(client):
            return _said(TOO_OFTEN, 429)
        if not self._is_open(scope, path) and not await self._may_enter(scope):
            return _said(NOT_SIGNED_IN, 401)
        return _said(TOO_LARGE.format(megabytes=self.most_megabytes), 413) if self._is_too_large(scope, path) else None

    def _path(self, scope: Scope) -> str:
        path = str(scope["path"])
        return (path.removeprefix(self.base) or "/") if self.base else path

    def _is_open(self, scope: Scope, path: str) -> bool:
        if scope["type"] == "websocket":
            return path == "/_stcore/stream"  # what comes by it is drawn for who has signed in, or asks to sign in
        reads = scope["method"] in ("GET", "HEAD")
        return reads and (path in OPEN_ADDRESSES or path.startswith(OPEN_FOLDERS) or self._is_start_page(path))

    def _is_start_page(self, path: str) -> bool:
        return (path.rstrip("/") or "/") in self.start_pages

    async def _may_enter(self, scope: Scope) -> bool:
        cookies: dict[str, str] = HTTPConnection(scope).cookies
        somebody = person_of_request(cookies)
        if somebody is not None and somebody.audience is not None:
            return True
        token = cookies.get(LINK_COOKIE, "")
        return await to_thread.run_sync(self.link_opens, token) if token else False

    def _is_too_large(self, scope: Scope, path: str) -> bool:
        stated = Headers(scope=scope).get("content-length", "")
        large = stated.isascii() and stated.isdigit() and int(stated[:18]) > self.most_megabytes * BYTES_IN_A_MEGABYTE
        return path.startswith(UPLOADS) and large

    # What leaves with an answer -------------------------------------------------------------------------------------

    def _cookies_made_safe(self, scope: Scope, send: Send) -> Send:
        if scope["type"] != "http":
            return send
        path, secure = self._path(scope), self.secure or scope.get("scheme") == "https"
        request = HTTPConnection(scope)

        async def forward(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if self.guarded:
                    await self._remember(scope, path, request, headers, message)
                cookies = [safe_cookie(each, secure=secure) for each in headers.getlist("set-cookie")]
                del headers["set-cookie"]
                for cookie in cookies:
                    headers.append("set-cookie", cookie)
            await send(message)

        return forward

    async def _remember(
        self,
        scope: Scope,
        path: str,
        request: HTTPConnection,
        headers: MutableHeaders,
        message: MutableMapping[str, Any],
    ) -> None:
        """Keep the way somebody was on while they sign in, and the link somebody without an account came by."""
        if path == "/auth/login":
            way = way_of(request.headers, self.start_pages, self.base)
            if way:
                headers.append("set-cookie", self._cookie(WAY_COOKIE, quote(way, safe=""), WAY_SECONDS))
        elif path == "/oauth2callback":
            if any(each.startswith(f"{IDENTITY_COOKIES[0]}=") and "Max-Age=0" not in each
                   for each in headers.getlist("set-cookie")):  # fmt: skip
                if message["status"] == 302:
                    headers["location"] = safe_way(
                        unquote(request.cookies.get(WAY_COOKIE, "")), self.start_pages, self.base
                    )
                headers.append("set-cookie", self._cookie(WAY_COOKIE, "", 0))
            elif {"code", "error"} & set(parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)):
                SIGN_INS.failed(client_of(scope))
        elif self._is_start_page(path):
            token = _parameter(scope, SHARED_PARAMETER)
            opens = await to_thread.run_sync(self.link_opens, token) if token else False
            if opens:
                headers.append("set-cookie", self._cookie(LINK_COOKIE, token, None))
            if IDENTITY_COOKIES[0] in request.cookies and person_of_request(request.cookies) is None:
                for name in request.cookies:
                    if name.startswith(IDENTITY_COOKIES):
                        headers.append("set-cookie", self._cookie(name, "", 0))

    def _cookie(self, name: str, value: str, seconds: int | None) -> str:
        lasts = "" if seconds is None else f"; Max-Age={seconds}"
        return f"{name}={value}; Path={self.base or '/'}{lasts}; HttpOnly; SameSite=Lax"


def client_of(scope: Scope) -> str:
    """The address a request comes from, as the server knows it."""
    return str((scope.get("client") or (THIS_COMPUTER,))[0])


def _from_this_computer(scope: Scope) -> bool:
    """Whether both the address we listen on and the name we were called by are this computer's own.

    A page elsewhere can make a browser call us by a name of its own (DNS rebinding); that name is not ours.
    """
    server = scope.get("server")
    host = Headers(scope=scope).get("host", "localhost")
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return server is not None and is_loopback(server[0]) and is_loopback(name)


def _parameter(scope: Scope, name: str) -> str:
    if scope["type"] != "http":
        return ""
    values = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=None).get(name, [""])
    return values[0]


def _said(text: str, status: int) -> Response:
    return PlainTextResponse(text, status, headers={"Cache-Control": "no-store"})


def way_of(headers: Mapping[str, str], start_pages: frozenset[str], base: str = "") -> str:
    """The page of ours that a sign-in was begun from, as path and query; "" when it was begun elsewhere."""
    came_from = urlsplit(headers.get("referer", ""))
    if came_from.netloc != headers.get("host"):
        return ""
    way = f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path
    return way if len(way) <= LONGEST_WAY and safe_way(way, start_pages, base) == way else ""


def safe_way(way: str, start_pages: frozenset[str], base: str = "") -> str:
    """The way itself where it is a page of ours, else the front page: nobody is led elsewhere, or in a circle."""
    front = f"{base}/"
    path = urlsplit(way).path
    ours = path.removeprefix(base) if base else path
    plain = way.isascii() and way.isprintable() and "\\" not in way and not way.startswith("//")
    return way if plain and way.startswith("/") and (ours.rstrip("/") or "/") in start_pages else front


def safe_cookie(cookie: str, *, secure: bool) -> str:
    """A Set-Cookie value that no script reads (but for one), no other site sends, and https alone carries."""
    try:
        (morsel,) = SimpleCookie(cookie).values()
    except (CookieError, ValueError):
        return cookie
    if morsel.key not in SCRIPTS_MAY_READ:
        morsel["httponly"] = True
    if not morsel["samesite"]:
        morsel["samesite"] = "Lax"
    if secure:
        morsel["secure"] = True
    return morsel.OutputString()
