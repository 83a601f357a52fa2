"""A shared link and nothing else is answered by its document; everything else by the app."""

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from server.light_pages import Asked, Light, LightPages
from tests.server import asgi

BROWSER = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document", "user-agent": "Mozilla/5.0 Safari"}
asked_for: list[Asked] = []


def answer(asked: Asked) -> Light | None:
    asked_for.append(asked)
    return Light(b"dokument", "text/html", "default-src 'none'") if asked.token == "sand" else None


def ask(query: str, path: str = "/omraade", method: str = "GET", **headers: str) -> tuple[Headers, bytes]:
    asked_for.clear()
    told = asgi.ask(LightPages(PlainTextResponse("app"), answer), path, method=method, query=query, headers=headers)
    return told.headers, told.body


def test_a_link_is_answered_by_its_document_which_nobody_keeps() -> None:
    headers, content = ask("delt=sand")
    assert content == b"dokument"
    assert headers["cache-control"] == "private, no-store"
    assert headers["content-security-policy"] == "default-src 'none'"
    assert asked_for[0].page == "omraade"


@pytest.mark.parametrize("query", ["", "omraade=herlev", "delt=sand&omraade=herlev", "delt=sand&levende=1",
                                   "delt=falsk",
                                   "delt=sand&form=exe", "delt=sand&delt=sand&delt=sand"])  # fmt: skip
def test_every_other_address_is_the_apps(query: str) -> None:
    assert ask(query)[1] == b"app"


def test_a_look_at_the_head_has_no_content() -> None:
    headers, content = ask("delt=sand", method="HEAD")
    assert content == b""
    assert headers["content-length"] == "8"


def test_a_person_who_opens_it_counts() -> None:
    ask("delt=sand", **BROWSER)
    assert asked_for[0].counts


@pytest.mark.parametrize(
    "headers",
    [
        {},
        BROWSER | {"user-agent": "facebookexternalhit/1.1"},
        BROWSER | {"user-agent": "Mozilla/5.0 (compatible; SkypeUriPreview Preview/0.5)"},
        BROWSER | {"sec-purpose": "prefetch;prerender"},
        BROWSER | {"sec-fetch-dest": "image"},
    ],
    ids=["says nothing", "facebook", "skype", "prefetch", "image"],
)
def test_a_robot_that_looks_ahead_does_not_count(headers: dict[str, str]) -> None:
    ask("delt=sand", **headers)
    assert not asked_for[0].counts
