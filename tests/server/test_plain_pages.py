"""Plain pages: whole in one answer, for those they are open to, and nothing else is taken from the app."""

import asyncio

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Message

from server.light_pages import Light
from server.plain_pages import PlainPages, Wanted

wanted: list[Wanted] = []


def answer(asked: Wanted) -> Light | None:
    wanted.append(asked)
    return Light(b"siden", "text/html", "default-src 'none'") if asked.path != "/omraade/ukendt" else None


def ask(path: str, method: str = "GET", base: str = "", origin: str = "") -> tuple[int, Headers, bytes]:
    sent: list[Message] = []
    wanted.clear()

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "scheme": "http",
             "headers": [(b"host", b"127.0.0.1:8611")]}  # fmt: skip
    asyncio.run(PlainPages(PlainTextResponse("app"), answer, base, origin)(scope, receive, send))
    content = b"".join(message.get("body", b"") for message in sent)
    return int(sent[0]["status"]), Headers(raw=sent[0]["headers"]), content


def test_a_plain_page_is_answered_whole_under_its_own_policy() -> None:
    status, headers, content = ask("/omraade/grantoften")
    assert (status, content) == (200, b"siden")
    assert headers["content-security-policy"] == "default-src 'none'"
    assert headers["x-robots-tag"] == "noindex"
    assert wanted[0].origin == "http://127.0.0.1:8611"


def test_a_page_there_is_not_is_said_in_danish() -> None:
    status, _, content = ask("/omraade/ukendt")
    assert status == 404
    assert "findes ikke" in content.decode()


@pytest.mark.parametrize("path", ["/", "/omraade", "/omraade/", "/wasabi", "/indsatser"])
def test_every_other_address_is_the_apps(path: str) -> None:
    assert ask(path)[2] == b"app"


def test_nothing_is_sent_to_a_plain_page() -> None:
    assert ask("/was", method="POST")[2] == b"app"


def test_the_settled_address_and_the_path_below_it_are_the_pages_own() -> None:
    ask("/tryghed/omraade/grantoften", base="tryghed", origin="https://tryghed.example.dk")
    assert (wanted[0].path, wanted[0].origin) == ("/omraade/grantoften", "https://tryghed.example.dk/tryghed")
