"""What the server adds to every answer: headers, caching by name, the Danish start page and health."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from components.map import BROWSER as MAP
from components.theme import style_sheet
from server.assets import asset_path
from server.web import ServerHeaders, routes
from server.wording import BROWSER as WORDING
from tests.server.asgi import Answer, ask

PAGE = (
    '<html lang="en"><head><title>Streamlit</title><link rel="preload" href="./f.woff2" as="font" />'
    "<script>let a = 1</script></head><body><noscript>You need</noscript></body></html>"
)


Client = Callable[[str], Answer]


@pytest.fixture
def get(tmp_path: Path) -> Client:
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "kommuner-0123456789ab.json").write_text("{}")
    (tmp_path / "vendor" / "leaflet-0123456789ab").mkdir(parents=True)
    (tmp_path / "vendor" / "leaflet-0123456789ab" / "leaflet.js").write_text("")
    (tmp_path / "icon.png").write_bytes(b"")

    async def page(_request: Request) -> Response:
        return HTMLResponse(PAGE, headers={"etag": "x"})

    async def text(_request: Request) -> Response:
        return PlainTextResponse("ok")

    app: list[Route | Mount] = [
        *routes(tmp_path, assets=[MAP]),
        Route("/tekst", text),
        Route("/{page}", page),
        Route("/", page),
    ]
    rules = Middleware(
        ServerHeaders, title="Tryghedsoverblik", style=style_sheet(), image_hosts=["https://kort.example.dk"]
    )
    wrapped = Starlette(routes=app, middleware=[rules, Middleware(GZipMiddleware, minimum_size=1)])
    return lambda path: ask(wrapped, path, headers={"accept-encoding": "gzip"})


def policy(answer: Answer) -> dict[str, list[str]]:
    rules = (rule.split() for rule in answer.headers["content-security-policy"].split(";"))
    return {name: sources for name, *sources in rules}


@pytest.mark.parametrize("path", ["/", "/tryghedskort", "/tekst", "/sundhed", "/app/static/icon.png"])
def test_every_answer_carries_the_security_headers(get: Client, path: str) -> None:
    headers = get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_no_script_may_be_evaluated_and_none_may_come_from_elsewhere(get: Client) -> None:
    scripts = policy(get("/"))["script-src"]
    assert scripts[:2] == ["'self'", "blob:"]
    assert len(scripts) == 4
    assert all(each.startswith("'sha256-") for each in scripts[2:])


def test_pictures_come_from_us_and_the_chosen_tile_server_only(get: Client) -> None:
    assert policy(get("/"))["img-src"] == ["'self'", "data:", "blob:", "https://kort.example.dk"]


def test_the_start_page_is_danish_at_every_address(get: Client) -> None:
    for path in ("/", "/tryghedskort"):
        answer = get(path)
        assert '<html lang="da">' in answer.text
        assert "<title>Tryghedsoverblik</title>" in answer.text
        assert "kræver JavaScript" in answer.text
        assert "./f.woff2" not in answer.text
        assert int(answer.headers["content-length"]) == len(answer.body)


def test_the_start_page_brings_our_styles_and_asks_for_our_typeface_and_words(get: Client) -> None:
    said = get("/tryghedskort").text
    assert said.index('[data-testid="stMainBlockContainer"]') > said.index("</head>")
    assert "static/vendor/inter/inter-latin.woff2" in said
    assert get(f"/app/{asset_path(WORDING)}/wording.js").status == 200
    assert f'src="./app/{asset_path(WORDING)}/wording.js"' in said


def test_a_browser_cannot_keep_an_old_start_page(get: Client) -> None:
    assert "etag" not in get("/").headers


@pytest.mark.parametrize("path", ["geo/kommuner-0123456789ab.json", "vendor/leaflet-0123456789ab/leaflet.js"])
def test_a_file_named_by_its_content_is_kept_for_good(get: Client, path: str) -> None:
    assert get(f"/app/static/{path}").headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_file_with_a_fixed_name_is_kept_for_a_day(get: Client) -> None:
    assert get("/app/static/icon.png").headers["cache-control"] == "public, max-age=86400"


def test_a_missing_file_is_not_kept(get: Client) -> None:
    answer = get("/app/static/geo/kommuner-000000000000.json")
    assert answer.status == 404
    assert "cache-control" not in answer.headers


def test_the_maps_own_scripts_are_served_at_an_address_that_changes_with_them(get: Client) -> None:
    answer = get(f"/app/{asset_path(MAP)}/map.js")
    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]


def test_health_answers_without_being_kept(get: Client) -> None:
    answer = get("/sundhed")
    assert json.loads(answer.text)["status"] == "ok"
    assert answer.headers["cache-control"] == "no-store"


def test_our_addresses_follow_the_base_path(tmp_path: Path) -> None:
    assert next(route.path for route in routes(tmp_path, "/tryghed/")) == "/tryghed/sundhed"
