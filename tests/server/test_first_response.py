"""The answer stands in Streamlit's page before its root; nobody keeps it, and scripts wait for its paint."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from server.first_response import AskedPage, with_answer
from server.web import ServerHeaders
from tests.server.asgi import Answer, ask

SCRIPT = '<script type="module" crossorigin src="./static/js/index.A.js"></script>'
PRELOAD = '<link rel="modulepreload" crossorigin href="./static/js/b.js">'
PAGE = f'<html lang="en"><head>{SCRIPT}{PRELOAD}</head><body><div id="root"></div></body></html>'


def test_scripts_of_streamlits_wait_where_nothing_of_them_is_fetched() -> None:
    head, _, rest = with_answer(PAGE.encode(), "<h1>Svar</h1>").decode().partition("</head>")
    assert SCRIPT not in head
    assert PRELOAD not in head
    assert "first.js" in head
    assert rest.index("<h1>Svar</h1>") < rest.index("<template>") < rest.index(SCRIPT) < rest.index('<div id="root">')


def test_a_page_without_a_root_is_left_as_it_is() -> None:
    assert with_answer(b"<html><body>Vent</body></html>", "<h1>Svar</h1>") == b"<html><body>Vent</body></html>"


def served(path: str, said: str | None, status: int = 200) -> tuple[Answer, list[AskedPage]]:
    asked: list[AskedPage] = []

    def answer(page: AskedPage) -> str | None:
        asked.append(page)
        return said

    async def page(_request: Request) -> Response:
        return HTMLResponse(PAGE, status, headers={"cache-control": "no-cache"})

    app = Starlette(routes=[Route("/{page}", page)])
    return ask(ServerHeaders(app, "Tryghedsoverblik", answer=answer), path), asked


def test_an_answer_is_for_who_asked_and_kept_by_nobody() -> None:
    found, asked = served("/omraade", "<h1>Svar</h1>")
    assert "<h1>Svar</h1>" in found.text
    assert found.headers["cache-control"] == "private, no-store"
    assert int(found.headers["content-length"]) == len(found.body)
    assert asked[0].path == "omraade"


def test_without_an_answer_the_page_is_streamlits() -> None:
    found, _ = served("/omraade", None)
    assert "first-response" not in found.text
    assert SCRIPT in found.text


def test_the_page_that_waits_for_room_is_no_page_to_answer() -> None:
    assert served("/omraade", "<h1>Svar</h1>", 503)[1] == []


def test_an_answer_that_fails_leaves_the_page_to_streamlit() -> None:
    def fails(_page: AskedPage) -> str | None:
        raise ZeroDivisionError

    async def page(_request: Request) -> Response:
        return HTMLResponse(PAGE)

    app = ServerHeaders(Starlette(routes=[Route("/", page)]), "Tryghedsoverblik", answer=fails)
    assert SCRIPT in ask(app, "/").text
