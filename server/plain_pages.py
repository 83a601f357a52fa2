"""Answers that are whole without script: an area's page for its residents, the statement of the law, and a calendar."""

from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from data.share_token import SHARED_PARAMETER
from server.base_path import below, normalised
from server.light_pages import Light, handed_out

RESIDENTS = "/omraade/"
"""The folder of the residents' pages; what stands behind it names an area."""
STATEMENT = "/was"
CALENDAR = "/kalender.ics"
"""What calendar programs subscribe to, with the token of a link made for it."""


class Wanted(NamedTuple):
    """A request for a plain page: its path below the base, its cookies, our own address as asked for, and its token."""

    path: str
    cookies: Mapping[str, str]
    origin: str
    token: str = ""


class PlainPages:
    """ASGI middleware that answers the addresses of plain pages; where `answer` gives None there is no such page."""

    def __init__(
        self, app: ASGIApp, answer: Callable[[Wanted], Light | None], base: str = "", origin: str = ""
    ) -> None:
        """Wrap `app`; `base` is the path all addresses begin with, `origin` our own address where it is settled."""
        self.app, self.answer, self.origin = app, answer, origin
        self.base = normalised(base)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = below(str(scope.get("path", "")), self.base)
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not is_plain(path):
            await self.app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")
        token = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1"))).get(SHARED_PARAMETER, "")
        ours = self.origin or f"{scope.get('scheme', 'http')}://{host}"
        made = await to_thread.run_sync(
            self.answer, Wanted(path, HTTPConnection(scope).cookies, ours + self.base, token)
        )
        if made is None:
            gone = Response("Siden findes ikke, eller den er ikke åben for dig.", 404, media_type="text/plain",
                            headers={"Cache-Control": "no-store"})  # fmt: skip
            await gone(scope, receive, send)
            return
        await handed_out(made, scope["method"], "private, no-cache")(scope, receive, send)


def is_plain(path: str) -> bool:
    """Whether a path is that of a plain page."""
    return path in (STATEMENT, CALENDAR) or (path.startswith(RESIDENTS) and len(path) > len(RESIDENTS))
