"""Lets in as many visitors as the process can serve well, and asks the next ones politely to wait a moment."""

import os
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_SESSIONS, INSTANCE = "TRYGHED_MOST_SESSIONS", "TRYGHED_INSTANCE"
INSTANCE_HEADER = "X-Tryghed-Instance"
"""Tells the proxy which of several processes has answered, so that the visitor stays with it."""
DEFAULT_MOST = 150
"""Open pages one process lets in where nobody has said: as many as it serves within 0.3 s (docs/scaling.md)."""
HEADER_NAME = INSTANCE_HEADER.lower().encode()
COOKIE = "tryghed_plads"
PROMISE = 20.0
"""Seconds a place is kept for a page that is on its way to a browser."""
GRACE = 120.0
"""Seconds a place is kept for somebody whose connection broke, or who reloads; as long as Streamlit keeps a session."""
TRY_AGAIN = 15
FORGET_ABOVE = 10_000
STRANGERS_PART = 5
"""Of the places, one in so many is for those who are not signed in yet: each has a page open while they sign in.

No account has more than that either, in however many browsers.
"""
MOST_OF_ONE = 12
"""Pages one browser may have open when all places are taken."""
STREAM = "/_stcore/stream"
# Addresses of the server's own, which nobody looks at as a page.
OWN = frozenset({"_stcore", "static", "media", "component", "auth", "oauth2callback", "sundhed", "klar", "maalinger"})

WAIT_PAGE = f"""<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="{TRY_AGAIN}">
<title>Vent et øjeblik – {{title}}</title>
<style>
body {{{{ font: 1.125rem/1.6 Inter, system-ui, sans-serif; color: #1c2b36; background: #fff; margin: 0; }}}}
main {{{{ max-width: 36rem; margin: 18vh auto 0; padding: 0 1.5rem; }}}}
h1 {{{{ font-size: 1.75rem; line-height: 1.25; }}}}
@media (prefers-color-scheme: dark) {{{{ body {{{{ color: #e6edf2; background: #10181f; }}}} }}}}
</style>
</head>
<body>
<main>
<h1>Vent et øjeblik</h1>
<p>Der er så mange inde lige nu, at siderne ville blive langsomme for alle. Du kommer ind, så snart der er plads.</p>
<p>Siden prøver selv igen hvert {TRY_AGAIN}. sekund. Du behøver ikke gøre noget.</p>
</main>
</body>
</html>
"""


def most_sessions() -> int:
    """How many open pages the process serves at once, from TRYGHED_MOST_SESSIONS; 0 means no limit.

    Raises ValueError, in Danish, for anything but a whole number of 0 or more.
    """
    stated = os.environ.get(MOST_SESSIONS, "").strip()
    if not stated:
        return DEFAULT_MOST
    if not stated.isdecimal():
        raise ValueError(f"{MOST_SESSIONS} er »{stated}«; skriv et helt antal, eller 0 for ingen grænse.")
    return int(stated)


class SessionSlots:
    """Who is inside (open connections), whose page is on its way, and who may come back. For one event loop alone."""

    def __init__(self, most: int, now: Callable[[], float] = time.monotonic) -> None:
        """Have `most` places, or any number of them where it is 0."""
        self.most = most
        self.turned_away = 0
        self._now = now
        self._open: Counter[str] = Counter()
        self._strangers = 0
        self._kept: dict[str, float] = {}
        self._of_account: Counter[str] = Counter()
        self._promised_to: dict[str, str] = {}

    @property
    def for_strangers(self) -> int:
        """How many of the places those may have who are not signed in: the others are kept for those who are."""
        return max(1, self.most // STRANGERS_PART)

    def has_no_room_for_stranger(self) -> bool:
        """Whether somebody who is not signed in has to wait, though there may be room for others."""
        return self.most > 0 and (self._strangers >= self.for_strangers or self.is_full())

    def has_its_share(self, account: str, visitor: str = "") -> bool:
        """Whether an account ("" for none known) has as many places as one may have, without that of a browser."""
        self._forget()
        most = max(MOST_OF_ONE, self.most // STRANGERS_PART)
        waiting = sum(
            1 for each, whose in self._promised_to.items()
            if whose == account and each != visitor and each not in self._open
        )  # fmt: skip
        return self.most > 0 and bool(account) and self._of_account[account] + waiting >= most

    def may_have_another(self, visitor: str) -> bool:
        """Whether a browser has so few pages open that it may open one more though all places are taken."""
        return self._open[visitor] < MOST_OF_ONE

    @property
    def inside(self) -> int:
        """Connections open now."""
        return self._open.total()

    def is_full(self) -> bool:
        """Whether all places are taken or promised."""
        self._forget()
        waiting = sum(1 for visitor in self._kept if visitor not in self._open)
        return 0 < self.most <= self.inside + waiting

    def is_known(self, visitor: str) -> bool:
        """Whether somebody is inside, has been promised a place, or was inside a moment ago."""
        self._forget()
        return bool(visitor) and (visitor in self._open or visitor in self._kept)

    def promise(self, visitor: str, account: str = "") -> None:
        """Keep a place until the visitor's page has come so far as to connect."""
        self._kept[visitor] = self._now() + PROMISE
        self._promised_to[visitor] = account

    def enter(self, visitor: str, *, account: str = "", stranger: bool = False) -> None:
        """Take a place."""
        self._kept.pop(visitor, None)
        self._promised_to.pop(visitor, None)
        self._open[visitor] += 1
        self._of_account[account] += 1
        self._strangers += stranger

    def leave(self, visitor: str, *, account: str = "", stranger: bool = False) -> None:
        """Give the place back, and keep it a while for somebody who may only have lost the connection."""
        self._open[visitor] -= 1
        self._strangers -= stranger
        self._of_account[account] -= 1
        if self._of_account[account] <= 0:
            del self._of_account[account]
        if self._open[visitor] <= 0:
            del self._open[visitor]
            if visitor and not stranger:
                self._kept[visitor] = self._now() + GRACE
                self._promised_to[visitor] = account

    def _forget(self) -> None:
        now = self._now()
        for visitor in [visitor for visitor, until in self._kept.items() if until <= now]:
            del self._kept[visitor]
        while len(self._kept) > FORGET_ABOVE:
            del self._kept[next(iter(self._kept))]
        for visitor in self._promised_to.keys() - self._kept.keys():
            del self._promised_to[visitor]


class SessionLimit:
    """ASGI middleware: when all places are taken, newcomers get a page that waits; those inside notice nothing.

    A place belongs to a browser, known by a random cookie that says nothing about its owner.
    """

    def __init__(
        self,
        app: ASGIApp,
        slots: SessionSlots,
        title: str,
        account_of: Callable[[Scope], Awaitable[str | None]] | None = None,
    ) -> None:
        """Wrap `app`; `title` names the app on the page that waits.

        `account_of` tells whose account a request is of: "" for who has a way in without one, None for a stranger;
        without it, nobody is a stranger. To strangers no place is promised, and they have few of them.
        """
        self.app, self.slots, self.title, self.account_of = app, slots, title, account_of
        self.instance = os.environ.get(INSTANCE, "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or serve one connection."""
        send = self._in_our_name(send) if self.instance else send
        if scope["type"] == "websocket" and scope["path"].endswith(STREAM):
            await self._connection(scope, receive, send)
        elif scope["type"] == "http" and scope["method"] == "GET" and _asks_for_page(scope):
            await self._page(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _in_our_name(self, send: Send) -> Send:
        async def named(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept"):
                message = {**message, "headers": [*message.get("headers", ()), (HEADER_NAME, self.instance.encode())]}
            await send(message)

        return named

    async def _connection(self, scope: Scope, receive: Receive, send: Send) -> None:
        visitor = _visitor(scope)
        account, stranger = await self._who(scope)
        if self._has_to_wait(visitor, account, stranger):
            self.slots.turned_away += 1
            await receive()
            await send({"type": "websocket.close", "code": 1013})  # "try again later"
            return
        self.slots.enter(visitor, account=account, stranger=stranger)
        try:
            await self.app(scope, receive, send)
        finally:
            self.slots.leave(visitor, account=account, stranger=stranger)

    async def _who(self, scope: Scope) -> tuple[str, bool]:
        """Whose account a request is of, "" where none is known, and whether it is a stranger's."""
        account = await self.account_of(scope) if self.account_of is not None else ""
        return account or "", account is None

    def _has_to_wait(self, visitor: str, account: str, stranger: bool) -> bool:
        if stranger:
            return self.slots.has_no_room_for_stranger()
        known = self.slots.is_known(visitor) and self.slots.may_have_another(visitor)
        return self.slots.has_its_share(account, visitor) or (not known and self.slots.is_full())

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        visitor = _visitor(scope)
        account, stranger = await self._who(scope)
        known = stranger or self.slots.is_known(visitor)
        if self._has_to_wait(visitor, account, stranger):
            self.slots.turned_away += 1
            headers = {"Retry-After": str(TRY_AGAIN), "Cache-Control": "no-store"}
            page = HTMLResponse(WAIT_PAGE.format(title=self.title), status_code=503, headers=headers)
            await page(scope, receive, send)
            return
        if not known:
            visitor = visitor or secrets.token_urlsafe(16)
            self.slots.promise(visitor, account)

        async def mark(message: Message) -> None:
            if message["type"] == "http.response.start" and not known:
                secure = "; Secure" if scope.get("scheme") == "https" else ""
                cookie = f"{COOKIE}={visitor}; Path=/; HttpOnly; SameSite=Lax{secure}"
                MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        await self.app(scope, receive, mark)


def _asks_for_page(scope: Scope) -> bool:
    """Whether a browser asks for a page to look at, rather than a file, a picture or the health of the server."""
    path = scope["path"]
    accepts = Headers(scope=scope).get("accept", "")
    return "text/html" in accepts and OWN.isdisjoint(path.split("/")) and "." not in path.rsplit("/", 1)[-1]


def _visitor(scope: Scope) -> str:
    """Who asks, by the cookie; "" for somebody without."""
    try:
        morsel = SimpleCookie(Headers(scope=scope).get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value[:64] if morsel else ""
