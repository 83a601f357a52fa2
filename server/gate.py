"""The gate before the app: without a valid session a request gets the way in and nothing else.

Where no sign-in is set up, requests from this computer alone are answered. Cookies leave with what browsers need to
keep them safe, and who has been signed in comes back to the page they were on their way to.
"""

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data import counters
from data.share_token import SHARED_PARAMETER
from server.base_path import below, normalised
from server.identity_cookie import may_fetch, person_of_request, sign_out
from server.origin import client_of, is_from_this_computer, names_of
from server.rate_limits import LINKS, SIGN_INS
from server.return_path import return_path_of, safe_return_path
from server.safe_cookie import safe_cookie
from server.streamlit_internals import IDENTITY_COOKIES, bytes_held

RESIDENTS = "/omraade/"
"""The folder of the residents' pages; what stands behind it names an area."""
# What is answered to anybody: the way in, health, and what holds no figures: scripts, styles and outlines of areas.
OPEN_ADDRESSES = frozenset({
    "/sundhed", "/klar", "/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/auth/login", "/auth/logout",
    "/oauth2callback", "/favicon.png",
    "/was",  # the accessibility statement, which the law wants open
    "/kilder",  # whose the figures and maps are, which their licences want said; no figures
    "/kalender.ics",  # meetings for who has a token made for it (components.sharing.calendar_feed); no figures
    "/maalinger",  # asks for a token of its own (server.operations)
})  # fmt: skip
OPEN_FOLDERS = (
    "/static/",
    "/app/static/",
    RESIDENTS,  # an area's page for residents judges by itself who may read it (components.sharing.resident_page)
)
SIGNS_IN = ("/auth/login", "/oauth2callback")
UPLOADS = "/_stcore/upload_file/"
FETCHED_BY_PAGES = ("/media/", "/component/", "/_stcore/bidi-components/")
NEVER = frozenset({"/_stcore/metrics", "/_stcore/script-health-check"})
SESSION_TIMES, ALL_TIMES = 3, 8
"""How many of the largest files one session, and all of them together, may have lying here."""

READS = ("GET", "HEAD")
# What a browser says it asks for when somebody goes to an address ("empty": a script of our own).
NAVIGATES = ("document", "empty")
# Asked by whoever looks after the server, by whatever name they call it.
OF_THE_SERVER = frozenset({"/sundhed", "/klar", "/maalinger", "/_stcore/health"})

LINK_COOKIE, RETURN_COOKIE = "tryghed_delt", "tryghed_vej"
ATTEMPT_COOKIE = "tryghed_forsoeg"
RETURN_SECONDS = 900
"""How long the page somebody came from is remembered while they sign in."""
BYTES_IN_A_MEGABYTE = 1024 * 1024

NOT_SIGNED_IN = "Log ind først."
ELSEWHERE = "Åbn appen på dens egen adresse."
THIS_COMPUTER_ONLY = "Her er ikke sat login op, så appen svarer kun på denne computer (127.0.0.1)."
NO_LENGTH = "Filens størrelse mangler."
TOO_MUCH = "Der er lagt for meget op på én gang. Genindlæs siden, og læg færre filer op."
NO_ROOM = "Andre er ved at lægge store filer op. Prøv igen om et par minutter."
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
        origin: str = "",
        base: str = "",
        cookies_below: bool = False,
        most_megabytes: int = 50,
    ) -> None:
        """Wrap `app`.

        `guarded`: people sign in; `secure`: browsers reach us by https; `link_opens` tells whether a token opens a
        link that needs no account; `start_pages` are the paths of our pages; `base` is
        the path all addresses begin with. With `cookies_below` every cookie is for that path alone: beside it other
        partnerships are served.
        """
        self.app, self.guarded, self.secure, self.link_opens = app, guarded, secure, link_opens
        self.start_pages = start_pages
        self.base = normalised(base)
        self.cookie_path = self.base if cookies_below else ""
        self.most_megabytes = most_megabytes
        self.origin = origin

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
        if not self.guarded and not is_from_this_computer(scope):
            return _said(THIS_COMPUTER_ONLY, 403)
        if path not in OF_THE_SERVER and not self._is_ours(scope):
            return _said(ELSEWHERE, 403)
        if not self.guarded:
            return None
        client = client_of(scope)
        if path.startswith("/auth/") and Headers(scope=scope).get("sec-fetch-dest", "document") not in NAVIGATES:
            return _said(ELSEWHERE, 403)  # a picture or a frame that asks to sign somebody in or out
        if path in SIGNS_IN:
            await SIGN_INS.wait(client)
        if _parameter(scope, SHARED_PARAMETER):
            await LINKS.wait(client)
        if path in NEVER or (not self._is_open(scope, path) and not await self._may_enter(scope, path)):
            return _said(NOT_SIGNED_IN, 401)
        return self._upload_refused(scope, path) if path.startswith(UPLOADS) else None

    def _is_ours(self, scope: Scope) -> bool:
        """Whether a request is for our name, and not sent by a page of somebody else.

        A browser says which page (Origin: scheme, host and port) opens a web socket or sends something. It has to be
        ours, exactly; what only reads may come from anywhere, for no other site can see the answer.
        """
        headers = Headers(scope=scope)
        host, stated = headers.get("host", ""), headers.getlist("origin")
        ours = self.origin or f"{'https' if self._is_secure(scope) else 'http'}://{host}"
        if self.origin and host.lower() not in names_of(self.origin):
            return False
        if scope["type"] == "http" and scope["method"] in READS:
            return True
        return all(each.lower() == ours.lower() for each in stated)

    def _is_secure(self, scope: Scope) -> bool:
        return self.secure or scope.get("scheme") in ("https", "wss")

    def _path(self, scope: Scope) -> str:
        return below(str(scope["path"]), self.base)

    def _is_open(self, scope: Scope, path: str) -> bool:
        if scope["type"] == "websocket":
            return path == "/_stcore/stream"  # what comes by it is drawn for who has signed in, or asks to sign in
        if scope["method"] == "POST" and path.startswith(RESIDENTS):
            return True  # judged like its reading; the sender's own page, token and pace are asked for there
        reads = scope["method"] in READS
        return reads and (path in OPEN_ADDRESSES or path.startswith(OPEN_FOLDERS) or self._is_start_page(path))

    def _is_start_page(self, path: str) -> bool:
        return (path.rstrip("/") or "/") in self.start_pages

    async def _may_enter(self, scope: Scope, path: str) -> bool:
        cookies: dict[str, str] = HTTPConnection(scope).cookies
        somebody = await to_thread.run_sync(person_of_request, cookies)
        if path.startswith("/media/") and not may_fetch(path, somebody):
            return False
        if somebody is not None and somebody.audience is not None:
            return not path.startswith(UPLOADS) or somebody.audience.publishes
        token = cookies.get(LINK_COOKIE, "")
        # By a link one reads: what its pages fetch, and nothing that is sent or tells of the process.
        reads = scope["type"] == "http" and scope["method"] in READS and path.startswith(FETCHED_BY_PAGES)
        return await to_thread.run_sync(self.link_opens, token) if token and reads else False

    def _upload_refused(self, scope: Scope, path: str) -> Response | None:
        """Why a file is not taken: too large, or too much lies here already, of this session or of all."""
        if scope["method"] not in ("PUT", "POST"):
            return None
        stated = Headers(scope=scope).get("content-length", "")
        if not (stated.isascii() and stated.isdigit()):
            return _said(NO_LENGTH, 411)
        size, megabyte = int(stated[:18]), BYTES_IN_A_MEGABYTE
        if size > self.most_megabytes * megabyte:
            return _said(TOO_LARGE.format(megabytes=self.most_megabytes), 413)
        held = bytes_held()
        of_session = held.get(path.removeprefix(UPLOADS).partition("/")[0], 0)
        if of_session + size > SESSION_TIMES * self.most_megabytes * megabyte:
            return _said(TOO_MUCH, 413)
        return _said(NO_ROOM, 503) if sum(held.values()) + size > ALL_TIMES * self.most_megabytes * megabyte else None

    # What leaves with an answer -------------------------------------------------------------------------------------

    def _cookies_made_safe(self, scope: Scope, send: Send) -> Send:
        if scope["type"] != "http":
            return send
        path, secure = self._path(scope), self._is_secure(scope)
        request = HTTPConnection(scope)

        async def forward(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if path.startswith("/media/"):
                    headers["cache-control"] = "no-store"  # what somebody took along is not kept for the next one
                if self.guarded:
                    await self._remember(scope, path, request, headers, message)
                given = headers.getlist("set-cookie")
                cookies = [safe_cookie(each, secure=secure, path=self.cookie_path) for each in given]
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
        """Keep the page somebody came from while they sign in, and the link somebody without an account came by."""
        if path == "/auth/logout":
            await to_thread.run_sync(sign_out, request.cookies)
        if path == "/auth/login":
            if state := parse_qs(urlsplit(headers.get("location", "")).query).get("state"):
                headers.append("set-cookie", self._cookie(ATTEMPT_COOKIE, _digest(state[0]), RETURN_SECONDS))
            path = return_path_of(request.headers, self.start_pages, self.base)
            if path:
                headers.append("set-cookie", self._cookie(RETURN_COOKIE, quote(path, safe=""), RETURN_SECONDS))
        elif path == "/oauth2callback":
            if any(each.startswith(f"{IDENTITY_COOKIES[0]}=") and "Max-Age=0" not in each
                   for each in headers.getlist("set-cookie")):  # fmt: skip
                if message["status"] == 302:
                    headers["location"] = safe_return_path(
                        unquote(request.cookies.get(RETURN_COOKIE, "")), self.start_pages, self.base
                    )
                headers.append("set-cookie", self._cookie(RETURN_COOKIE, "", 0))
            elif _began_here(request.cookies, _parameter(scope, "state")):
                # Only who began to sign in here can fail at it: an address that anybody can call counts nothing.
                SIGN_INS.failed(client_of(scope))
                counters.count(counters.SIGN_IN_FAILED)
        elif self._is_start_page(path):
            token = _parameter(scope, SHARED_PARAMETER)
            opens = await to_thread.run_sync(self.link_opens, token) if token else False
            if opens:
                headers.append("set-cookie", self._cookie(LINK_COOKIE, token, None))
            known = IDENTITY_COOKIES[0] in request.cookies
            if known and await to_thread.run_sync(person_of_request, request.cookies) is None:
                for name in request.cookies:
                    if name.startswith(IDENTITY_COOKIES):
                        headers.append("set-cookie", self._cookie(name, "", 0))

    def _cookie(self, name: str, value: str, seconds: int | None) -> str:
        lasts = "" if seconds is None else f"; Max-Age={seconds}"
        return f"{name}={value}; Path={self.base or '/'}{lasts}; HttpOnly; SameSite=Lax"


def account_of(link_opens: Callable[[str], bool]) -> Callable[[Scope], Awaitable[str | None]]:
    """Tells whose account a request is of: "" for who comes by a link that needs none, None for a stranger."""

    async def found(scope: Scope) -> str | None:
        cookies: dict[str, str] = HTTPConnection(scope).cookies
        somebody = await to_thread.run_sync(person_of_request, cookies)
        if somebody is not None and somebody.audience is not None:
            return somebody.account
        token = _parameter(scope, SHARED_PARAMETER) or cookies.get(LINK_COOKIE, "")
        opens = await to_thread.run_sync(link_opens, token) if token else False
        return "" if opens else None

    return found


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def _began_here(cookies: Mapping[str, str], state: str) -> bool:
    return bool(state) and hmac.compare_digest(cookies.get(ATTEMPT_COOKIE, "").encode(), _digest(state).encode())


def _parameter(scope: Scope, name: str) -> str:
    if scope["type"] != "http":
        return ""
    values = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=None).get(name, [""])
    return values[0]


def _said(text: str, status: int) -> Response:
    return PlainTextResponse(text, status, headers={"Cache-Control": "no-store"})
