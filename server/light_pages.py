"""Shared links answered as plain documents, before any place is taken in the process."""

import re
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

FORM = "form"
PDF = "pdf"
LIVE = "levende"
"""The parameter of a link's address that asks for the live view."""
ROBOT = re.compile(r"bot|crawl|spider|preview|facebookexternalhit|whatsapp|slack|teams|skype|embedly|curl|wget", re.I)


class Asked(NamedTuple):
    """A request for what is shared: the page, the token, the cookies that came along, the form, and by whom.

    `counts` is whether a person opens it: a browser that goes there, and no robot that looks ahead.
    """

    page: str
    token: str
    cookies: Mapping[str, str]
    form: str
    counts: bool


class Light(NamedTuple):
    """The answer: its content, what it is, the policy it stands under, its status, and what else its head says."""

    content: bytes
    media_type: str
    policy: str
    status: int = 200
    head: tuple[tuple[str, str], ...] = ()


def handed_out(made: Light, method: str, cache_control: str) -> Response:
    """The response to a request; to HEAD it has no content, and no robot is to list it."""
    headers = {"Cache-Control": cache_control, "Content-Security-Policy": made.policy,
               "X-Robots-Tag": "noindex", "Content-Length": str(len(made.content)), **dict(made.head)}  # fmt: skip
    content = b"" if method == "HEAD" else made.content
    return Response(content, made.status, media_type=made.media_type, headers=headers)


class LightPages:
    """ASGI middleware that answers an address with a shared link and nothing else by its document.

    An address that says more is that of a live view. Where `answer` gives None the app decides, as it does for all
    else: a link that does not open, or opens for who signs in, gets its page there.
    """

    def __init__(self, app: ASGIApp, answer: Callable[[Asked], Light | None], base: str = "") -> None:
        """Wrap `app`; `base` is the path all addresses begin with."""
        self.app, self.answer = app, answer
        self.base = normalised(base)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        asked = self._asked(scope)
        made = await to_thread.run_sync(self.answer, asked) if asked else None
        if made is None:
            await self.app(scope, receive, send)
            return
        await handed_out(made, scope["method"], "private, no-store")(scope, receive, send)

    def _asked(self, scope: Scope) -> Asked | None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        given = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        query = dict(given)
        token = query.pop(SHARED_PARAMETER, "")
        form = query.pop(FORM, "")
        if not token or query or form not in ("", PDF) or len(given) > 2:
            return None
        path = below(str(scope["path"]), self.base)
        headers = Headers(scope=scope)
        return Asked(
            path.strip("/"),
            token,
            HTTPConnection(scope).cookies,
            form,
            scope["method"] == "GET" and not form and _is_a_person(headers),
        )


def _is_a_person(headers: Headers) -> bool:
    """Whether a browser goes to the page itself: browsers say so, and robots that look at links do not."""
    looks_ahead = "prefetch" in f"{headers.get('sec-purpose', '')}{headers.get('purpose', '')}".lower()
    goes_there = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return goes_there and not looks_ahead and not ROBOT.search(headers.get("user-agent", ""))
