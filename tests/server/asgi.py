"""Asks an ASGI app as a browser does, without a server: the one way in which tests of server/ do so."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Answer:
    """What came back; `status` is 0 where a web socket was accepted and 403 where it was closed."""

    status: int
    headers: Headers
    body: bytes
    messages: tuple[str, ...]
    """The types of the messages that were sent, in order."""

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def cookies(self) -> list[str]:
        """The cookies that were set."""
        return self.headers.getlist("set-cookie")


def ask(
    app: ASGIApp,
    path: str = "/",
    *,
    method: str = "GET",
    query: str = "",
    headers: Mapping[str, str] | None = None,
    kind: str = "http",
    scheme: str = "http",
    server: str = "127.0.0.1",
    client: str = "127.0.0.1",
) -> Answer:
    """Send one request without a body, or open a web socket (`kind`), and wait for the whole answer."""
    sent: list[Message] = []
    asked = iter([{"type": "websocket.connect"}] if kind == "websocket" else [{"type": "http.request"}])

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        for message in asked:
            return message
        await asyncio.sleep(60)  # a browser that waits for its answer and says nothing more
        return {"type": "http.disconnect"}

    scope = {
        "type": kind, "method": method, "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
        "scheme": scheme, "http_version": "1.1", "server": (server, 8501), "client": (client, 1), "root_path": "",
    }  # fmt: skip

    async def answer() -> None:
        await app(scope, receive, send)

    asyncio.run(answer())
    first = sent[0]
    status = first.get("status", 0 if first["type"] == "websocket.accept" else 403)
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(status, Headers(raw=first.get("headers", [])), body, tuple(message["type"] for message in sent))
