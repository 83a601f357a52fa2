"""A page for those who use no terminal: counts a file of cases or answers on this machine, and keeps nothing.

It listens on 127.0.0.1 only. A request must name that address and carry the word of the page that was opened, so that
no other site in the same browser can ask. The file is read from the request and never written; only which column is
what is remembered, as the commands do.
"""

import base64
import json
import secrets
import webbrowser
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from data import clock
from data.aggregate.errors import AggregateError
from data.aggregate.mapping import REMEMBERED, part_of, read_mapping, write_mapping
from data.aggregate.run import INCIDENTS, ON, SURVEY, Made, Request, aggregate_incidents, aggregate_survey
from data.partnership import our_partnership
from data.unforeseen import told_on_command_line

ADDRESS, PORT = "127.0.0.1", 8502
MOST_BYTES = 500_000_000
"""A larger file is counted by the command, which streams it."""
WORDS = ("wave", "source_id", "source_title", "publisher", "from", "to", "date_format")
TICKS = ("all_offences", "example")
PAGE = Path(__file__).with_name("page.html")


class Counter(ThreadingHTTPServer):
    """The server of one page, with the word that its requests must carry."""

    def __init__(self, port: int = PORT, mapping: Path = REMEMBERED) -> None:
        """Listen on this machine alone; port 0 is any that is free."""
        super().__init__((ADDRESS, port), _Handler)
        self.word = secrets.token_urlsafe(16)
        self.mapping = mapping

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that went away: what is said of it could hold a row."""

    @property
    def names(self) -> tuple[str, str]:
        """The names that a browser on this machine calls it by."""
        port = self.server_address[1]
        return f"{ADDRESS}:{port}", f"localhost:{port}"


class _Handler(BaseHTTPRequestHandler):
    server: Counter

    def do_GET(self) -> None:
        if self.headers.get("Host") not in self.server.names or urlsplit(self.path).path != "/":
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        page = PAGE.read_text(encoding="utf-8").replace("{word}", self.server.word)
        self._answer(HTTPStatus.OK, "text/html; charset=utf-8", page.encode())

    def do_POST(self) -> None:
        known = self.headers.get("Host") in self.server.names
        if not known or not secrets.compare_digest(self.headers.get("X-Word", "").encode(), self.server.word.encode()):
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        size = int(self.headers.get("Content-Length") or 0)
        try:
            if not 0 < size <= MOST_BYTES:
                raise AggregateError("Filen er tom eller over 500 MB. En større fil tælles med kommandoen i stedet.")
            told = _told(counted(asked, self.rfile.read(size), self.server.mapping))
        except AggregateError as error:
            told = {"error": str(error)}
        except Exception as error:
            told = {"error": told_on_command_line(error, keeps=False)}
        self._answer(HTTPStatus.OK, "application/json", json.dumps(told).encode())

    def _answer(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; "
            "form-action 'none'; frame-ancestors 'none'",
        )
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a request names a file."""


def counted(asked: Mapping[str, str], content: bytes, mapping: Path) -> Made:
    """Count a file as the page asks; raises AggregateError with what to do where it cannot be."""
    kind = asked.get("kind", "")
    if kind not in (INCIDENTS, SURVEY):
        raise AggregateError("Vælg, om filen har sager eller svar.")
    columns, items = {}, {}
    for line in asked.get("columns", "").splitlines():
        name, equals, heading = (part.strip() for part in line.partition("="))
        if not equals:
            raise AggregateError(f"»{line.strip()}« mangler et lighedstegn. Skriv fx dato=Gerningsdato.")
        if name in [each.id for each in our_partnership().indicators]:
            items[name] = heading
        else:
            columns[part_of(name)] = heading
    settings = {name: asked[name] for name in WORDS if asked.get(name)} | {
        name: ON for name in TICKS if asked.get(name)
    }
    run = aggregate_incidents if kind == INCIDENTS else aggregate_survey
    request = Request(columns, items, {}, settings)
    made = run(
        asked.get("name", "fil"), content, request, read_mapping(mapping, kind), our_partnership(), clock.today()
    )
    write_mapping(mapping, kind, made.known)
    return made


def _told(made: Made) -> dict[str, object]:
    return {
        "account": [[sentence, rows] for sentence, rows in made.account],
        "sentences": list(made.sentences),
        "file": base64.b64encode(made.content).decode(),
    }


def serve(port: int = PORT) -> None:
    """Open the page in the browser and count until it is stopped with Ctrl+C."""
    with Counter(port) as server:
        address = f"http://{server.names[0]}/"
        print(f"Siden er åben på {address} – kun her på maskinen. Stop den med Ctrl+C.")
        webbrowser.open(address)
        server.serve_forever()
