"""What leaves is small, and is the same to read: pages on the fly, Streamlit's own files from setup."""

import gzip
import io
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
from fontTools.ttLib import TTFont
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from server import precompressed
from server.compression import Compression
from server.icon_typeface import WRITTEN, icon_names, icons_of, subset
from server.precompressed import PackedFiles, best_encoding, pack
from tests.server.asgi import Answer, ask


def content(answer: Answer) -> bytes:
    encoding = answer.headers.get("content-encoding", "")
    return {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)(answer.body)


@dataclass(frozen=True)
class Client:
    app: ASGIApp

    def get(self, path: str, accept: str = "identity", known: str = "") -> Answer:
        """Send one GET for a path, with the encodings a browser reads and the validator it has."""
        return ask(self.app, path, headers={"accept-encoding": accept} | ({"if-none-match": known} if known else {}))


PAGE = "<p>Tryghed i nabolaget</p>" * 200
ROOT = Path(__file__).parents[2]


async def page(_request: Request) -> Response:
    return HTMLResponse(PAGE, headers={"Cache-Control": "private, no-store"})


async def short(_request: Request) -> Response:
    return PlainTextResponse("kort")


async def picture(_request: Request) -> Response:
    return Response(b"\x89PNG" * 1000, media_type="image/png")


async def stream(_request: Request) -> Response:
    return StreamingResponse(iter([b"a" * 1000, b"b" * 1000]), media_type="text/plain")


@pytest.fixture
def client(tmp_path: Path) -> Client:
    (tmp_path / "omrids.json").write_text("[1, 2, 3]" * 500)
    routes = [Route("/", page), Route("/kort", short), Route("/billede", picture), Route("/stroem", stream),
              Mount("/app/static", StaticFiles(directory=tmp_path))]  # fmt: skip
    return Client(Starlette(routes=routes, middleware=[Middleware(Compression)]))


@pytest.mark.parametrize(("accepted", "sent"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("identity", None)])
@pytest.mark.parametrize("address", ["/", "/app/static/omrids.json", "/stroem"])
def test_a_browser_gets_the_smallest_form_it_reads(client: Client, address: str, accepted: str, sent: str) -> None:
    plain = client.get(address, "identity")
    answer = client.get(address, accepted)
    assert answer.headers.get("content-encoding") == sent
    assert content(answer) == content(plain)


def test_a_compressed_answer_says_how_long_it_is_and_what_it_varies_by(client: Client) -> None:
    answer = client.get("/", "br")
    assert int(answer.headers["content-length"]) == len(answer.body) < len(PAGE) / 5
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/kort", "/billede"])
def test_what_would_not_become_smaller_is_left_alone(client: Client, address: str) -> None:
    assert "content-encoding" not in client.get(address, "br").headers


def test_an_outline_that_a_browser_has_is_not_sent_again(client: Client) -> None:
    first = client.get("/app/static/omrids.json", "br")
    assert client.get("/app/static/omrids.json", "br", first.headers["etag"]).status == 304


@pytest.mark.parametrize(
    ("accepted", "best"),
    [("br;q=1.0, gzip;q=0.8", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", ""), ("*", "")],
)
def test_the_best_encoding_is_one_the_browser_names(accepted: str, best: str) -> None:
    assert best_encoding(accepted) == best


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    source = tmp_path / "streamlit"
    (source / "js").mkdir(parents=True)
    (source / "js" / "index.abc.js").write_text("const tryghed = 1;\n" * 500)
    (source / "media").mkdir()
    (source / "media" / "ballon.png").write_bytes(b"x")
    monkeypatch.setattr(precompressed, "stamp", lambda: "test")
    assert pack(source, tmp_path / "packed") == 1
    return tmp_path / "packed"


def test_packing_again_changes_nothing(packed: Path) -> None:
    assert pack(packed.parent / "streamlit", packed) == 0


def test_a_packed_script_is_sent_for_ever_and_answers_a_browser_that_has_it(packed: Path) -> None:
    client = Client(PackedFiles(Starlette(), packed=packed))
    answer = client.get("/static/js/index.abc.js", "br")
    assert content(answer).decode() == "const tryghed = 1;\n" * 500
    assert answer.headers["content-encoding"] == "br"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")
    assert client.get("/static/js/index.abc.js", "br", answer.headers["etag"]).status == 304


@pytest.mark.parametrize("address", ["/static/media/ballon.png", "/static/js/other.js", "/static/../index.json", "/"])
def test_what_is_not_packed_passes_on_to_streamlit(packed: Path, address: str) -> None:
    assert Client(PackedFiles(Starlette(), packed=packed)).get(address).status == 404


def test_both_forms_on_disk_hold_the_file(packed: Path) -> None:
    place = packed / "js"
    assert brotli.decompress((place / "index.abc.js.br").read_bytes()) == gzip.decompress(
        (place / "index.abc.js.gz").read_bytes()
    )


def test_the_typeface_of_icons_is_small_and_has_every_icon_that_is_written_in_our_code() -> None:
    (file,) = (precompressed.STREAMLIT / "media").glob("MaterialSymbols-*")
    names = icon_names(ROOT, precompressed.STREAMLIT)
    everything = icons_of(TTFont(file))
    small = subset(file, names)
    written = {
        name
        for folder in ("components", "pages")
        for path in (ROOT / folder).rglob("*.py")
        for name in WRITTEN.findall(path.read_text("utf-8"))
    }
    assert len(written) > 20
    assert written <= icons_of(TTFont(io.BytesIO(small))) == names & everything
    assert len(small) < file.stat().st_size / 3
