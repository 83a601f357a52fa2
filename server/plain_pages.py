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
from server.gate import RESIDENTS
from server.light_pages import Light, handed_out
from server.origin import client_of

STATEMENT = "/was"
CREDITS = "/kilder"
PERSONAL_DATA = "/persondata"
"""The record of processing activities, for who publishes."""
COMMON = "/faelles"
"""What several partnerships show each other, for who reads one of them."""
CALENDAR = "/kalender.ics"
"""What calendar programs subscribe to, with the token of a link made for it."""
SAID = "sendt"
LARGEST_FORM, MOST_FIELDS = 16_384, 20
"""Bytes and fields of a form; ours are far smaller."""
NO_PAGE = "Siden findes ikke, eller den er ikke åben for dig."
NO_FORM = "Det sendte kunne ikke læses. Gå tilbage til siden, og prøv igen."


class Wanted(NamedTuple):
    """A request for a plain page: its path below the base, its cookies, our own address as asked for, and its token.

    `form` are the fields that were sent to it (None: it is only read), by `client`, the address they come from.
    `said` is the parameter by which a page says what became of a form.
    """

    path: str
    cookies: Mapping[str, str]
    origin: str
    token: str = ""
    form: Mapping[str, str] | None = None
    client: str = ""
    said: str = ""


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
        sends = scope["type"] == "http" and scope["method"] == "POST" and takes_forms(path)
        if scope["type"] != "http" or not is_plain(path) or not (sends or scope["method"] in ("GET", "HEAD")):
            await self.app(scope, receive, send)
            return
        form = await _form(scope, receive) if sends else None
        if sends and form is None:
            await _refused(NO_FORM, 413)(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")
        query = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
        ours = self.origin or f"{scope.get('scheme', 'http')}://{host}"
        wanted = Wanted(path, HTTPConnection(scope).cookies, ours + self.base, query.get(SHARED_PARAMETER, ""), form,
                        client_of(scope), query.get(SAID, ""))  # fmt: skip
        made = await to_thread.run_sync(self.answer, wanted)
        if made is None:
            await _refused(NO_PAGE, 404)(scope, receive, send)
            return
        await handed_out(made, scope["method"], "private, no-cache")(scope, receive, send)


def _refused(said: str, status: int) -> Response:
    return Response(said, status, media_type="text/plain", headers={"Cache-Control": "no-store"})


async def _form(scope: Scope, receive: Receive) -> dict[str, str] | None:
    """The fields of a form as a browser sends them; None for what is none, or too large to be one of ours."""
    if not Headers(scope=scope).get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return None
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body.extend(message.get("body", b""))
        more = message.get("more_body", False)
        if len(body) > LARGEST_FORM:
            return None
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS))
    except ValueError:  # no text, or too many fields
        return None


def takes_forms(path: str) -> bool:
    """Whether something may be sent to a path: an area's page judges by itself what, and from whom."""
    return path.startswith(RESIDENTS) and len(path) > len(RESIDENTS)


def is_plain(path: str) -> bool:
    """Whether a path is that of a plain page."""
    return path in (STATEMENT, CALENDAR, CREDITS, PERSONAL_DATA, COMMON) or (
        path.startswith(RESIDENTS) and len(path) > len(RESIDENTS)
    )
