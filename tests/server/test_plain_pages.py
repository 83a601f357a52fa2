"""Plain pages: whole in one answer, for those they are open to, and nothing else is taken from the app."""

import asyncio

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Message

from server.light_pages import Light, handed_out
from server.plain_pages import PlainPages, Wanted

wanted: list[Wanted] = []


def answer(asked: Wanted) -> Light | None:
    wanted.append(asked)
    return Light(b"siden", "text/html", "default-src 'none'") if asked.path != "/omraade/ukendt" else None


FORM = b"application/x-www-form-urlencoded"


def ask(
    path: str, method: str = "GET", base: str = "", origin: str = "", body: bytes = b"", kind: bytes = FORM
) -> tuple[int, Headers, bytes]:
    sent: list[Message] = []
    wanted.clear()

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "scheme": "http",
             "client": ("192.0.2.7", 1234),
             "headers": [(b"host", b"127.0.0.1:8611"), (b"content-type", kind)]}  # fmt: skip
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


def test_a_form_sent_to_an_areas_page_reaches_it_with_its_fields_and_where_it_came_from() -> None:
    ask("/omraade/grantoften", method="POST", body=b"form=sted&text=M%C3%B8rkt&landmark=")
    assert wanted[0].form == {"form": "sted", "text": "Mørkt", "landmark": ""}
    assert wanted[0].client == "192.0.2.7"


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"x=" + b"a" * 20_000, FORM), (b"\xff=\xff", FORM), (b"a=1&" * 40, FORM), (b"{}", b"application/json")],
)
def test_what_is_no_form_of_ours_is_not_read(body: bytes, kind: bytes) -> None:
    assert ask("/omraade/grantoften", method="POST", body=body, kind=kind)[0] == 413
    assert wanted == []


def test_an_answer_can_lead_elsewhere_and_set_a_cookie() -> None:
    made = Light(b"", "text/plain", "default-src 'none'", 303, (("Location", "/omraade/a"), ("Set-Cookie", "a=b")))
    answered = handed_out(made, "POST", "private, no-cache")
    assert (answered.status_code, answered.headers["location"]) == (303, "/omraade/a")
    assert answered.headers["set-cookie"] == "a=b"
