"""A stand-in for the server that outlines are fetched from: it serves one document, in the way arranged for it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

Answer = Callable[["Handler"], None]


@dataclass
class OutlineServer:
    """What is served, and the answers arranged before it is."""

    address: str
    content: bytes = b""
    media_type: str = "application/geo+json"
    misbehave: list[Answer] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    """Answers one question."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        arranged = self.server.outlines
        if arranged.misbehave:
            arranged.misbehave.pop(0)(self)
        else:
            self.answer(arranged.content, arranged.media_type)

    def answer(self, content: bytes, media_type: str, status: int = 200, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Stay silent."""


class Server(ThreadingHTTPServer):
    """Serves the stand-in on a free port."""

    daemon_threads = True
    block_on_close = False
    outlines: OutlineServer

    def handle_error(self, *_arguments: object) -> None:
        """A reader that hangs up is no news."""


@pytest.fixture
def outline_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[OutlineServer]:
    """The stand-in, running."""
    server = Server(("127.0.0.1", 0), Handler)
    server.outlines = OutlineServer(f"http://127.0.0.1:{server.server_port}/dagi/kommuner.geojson")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.outlines
    server.shutdown()
    thread.join()
    server.server_close()


def cut_off(handler: Handler) -> None:
    handler.answer(handler.server.outlines.content[:50], "application/geo+json", length=5000)
    handler.close_connection = True


def busy(handler: Handler) -> None:
    handler.answer(b"", "text/plain", 503)


def missing(handler: Handler) -> None:
    handler.answer(b"no", "text/plain", 404)


def web_page(handler: Handler) -> None:
    handler.answer(b"<html>Log ind</html>", "text/html; charset=utf-8")
