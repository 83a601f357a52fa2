"""A stand-in for Statistics Denmark's API on this machine: answers in its format, with its quirks and failures."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Key = tuple[str, ...]
Answer = Callable[["Handler"], None]
VARIABLES = {
    "STRAF11": ["OMRÅDE", "OVERTRÆD", "Tid"],
    "FOLK1A": ["OMRÅDE", "KØN", "ALDER", "CIVILSTAND", "Tid"],
}
CODES = {
    "KØN": ["TOT", "1", "2"],
    "ALDER": ["IALT", "0"],
    "CIVILSTAND": ["TOT", "U"],
    "OVERTRÆD": ["TOT", "1", "12", "1320", "1332", "3210", "3410"],
}


@dataclass
class Statbank:
    """What the stand-in knows, how it will misbehave next, and what it was asked."""

    figures: dict[str, dict[Key, str]] = field(default_factory=lambda: {"STRAF11": {}, "FOLK1A": {}})
    areas: list[str] = field(default_factory=lambda: ["000", "084", "159", "163", "998"])
    quarters: list[str] = field(default_factory=lambda: ["2025K3", "2025K4"])
    updated: str = "2026-02-11T08:00:00"
    extra_variables: dict[str, list[str]] = field(default_factory=dict)
    misbehave: list[Answer] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    def information(self, table: str) -> dict[str, Any]:
        codes = CODES | {"OMRÅDE": self.areas, "Tid": self.quarters} | self.extra_variables
        if table == "FOLK1A":
            codes["OMRÅDE"] = [code for code in self.areas if code != "998"]
        names = [*VARIABLES[table], *self.extra_variables]
        return {
            "id": table,
            "unit": "Antal",
            "updated": self.updated,
            "active": True,
            "variables": [
                {
                    "id": name,
                    "text": name.lower(),
                    "elimination": name != "Tid",
                    "time": name == "Tid",
                    "values": [{"id": code, "text": code} for code in codes[name]],
                }
                for name in names
            ],
        }

    def bulk(self, question: dict[str, Any]) -> bytes:
        """The answer in BULK: a byte order mark, CRLF, and no row that is zero."""
        names = [each["code"] for each in question["variables"]]
        chosen = [set(each["values"]) for each in question["variables"]]
        lines = [";".join([*(name.upper() for name in names), "INDHOLD"])]
        for key, value in self.figures[question["table"]].items():
            if value != "0" and all(code in codes for code, codes in zip(key, chosen, strict=True)):
                lines.append(";".join([*key, value]))
        return ("\ufeff" + "".join(f"{line}\r\n" for line in lines)).encode()


class Handler(BaseHTTPRequestHandler):
    """Answers one question, in the way that was arranged for it if any was."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        table = self.path.split("?")[0].rsplit("/", 1)[1]
        self.answer(json.dumps(self.server.statbank.information(table)).encode(), "text/javascript; charset=utf-8")

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.statbank.asked.append(question)
        self.content = self.server.statbank.bulk(question)
        if self.server.statbank.misbehave:
            self.server.statbank.misbehave.pop(0)(self)
        else:
            self.answer(self.content)

    def answer(
        self, content: bytes, media_type: str = "text/csv; charset=utf-8", status: int = 200, **more: str
    ) -> None:
        self.head(media_type, status, **{"Content-Length": str(len(content))}, **more)
        self.wfile.write(content)

    def head(self, media_type: str, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Stay silent."""


class Server(ThreadingHTTPServer):
    """Serves the stand-in on a free port."""

    daemon_threads = True
    block_on_close = False
    statbank: Statbank

    def handle_error(self, *_arguments: object) -> None:
        """A reader that hangs up is no news."""


@pytest.fixture
def statbank(monkeypatch: pytest.MonkeyPatch) -> Iterator[Statbank]:
    """The stand-in, running, and the address that the product asks set to it."""
    server = Server(("127.0.0.1", 0), Handler)
    server.statbank = Statbank(url=f"http://127.0.0.1:{server.server_port}/v1")
    monkeypatch.setenv("TRYGHED_STATBANK_URL", server.statbank.url)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.statbank
    server.shutdown()
    thread.join()
    server.server_close()


# Ways to misbehave ------------------------------------------------------------------------------------------


def fails(status: int, content: bytes = b"", **headers: str) -> Answer:
    return lambda handler: handler.answer(content, "application/json", status, **headers)


def says(content: bytes, media_type: str = "text/csv") -> Answer:
    return lambda handler: handler.answer(content, media_type)


def altered(change: Callable[[bytes], bytes]) -> Answer:
    return lambda handler: handler.answer(change(handler.content))


def chunked(handler: Handler) -> None:
    handler.head("text/csv", Transfer_Encoding="chunked")
    half = len(handler.content) // 2
    for piece in (handler.content[:half], handler.content[half:], b""):
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))


def chunks_cut_off(handler: Handler) -> None:
    handler.head("text/csv", Transfer_Encoding="chunked")
    whole_lines = handler.content[: handler.content.rindex(b"\n", 0, -1) + 1]
    handler.wfile.write(b"%x\r\n%s\r\n" % (len(whole_lines), whole_lines))
    handler.close_connection = True


def cut_off(handler: Handler) -> None:
    handler.head("text/csv", Content_Length=str(len(handler.content)))
    handler.wfile.write(handler.content[: handler.content.rindex(b"\n", 0, -1) + 1])
    handler.close_connection = True


def of_no_stated_length(handler: Handler) -> None:
    handler.head("text/csv", Connection="close")
    handler.wfile.write(handler.content)
    handler.close_connection = True


def silent(handler: Handler) -> None:
    time.sleep(0.6)
    handler.close_connection = True


def dripping(handler: Handler) -> None:
    handler.head("text/csv", Content_Length=str(len(handler.content)))
    with suppress(OSError):
        for place in range(len(handler.content)):
            handler.wfile.write(handler.content[place : place + 1])
            handler.wfile.flush()
            time.sleep(0.05)
