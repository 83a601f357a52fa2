"""A visitor without a browser: speaks to a running server over a web socket, in the messages browsers send."""

import asyncio
import json
import ssl
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from http.cookies import SimpleCookie
from types import TracebackType
from typing import Any
from urllib.parse import urlencode, urlsplit

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

SECONDS_TO_ANSWER = 120.0
LARGEST_MESSAGE = 200 * 2**20
# The script run that ended because the same visitor asked for another; the answer comes with the next.
CUT_SHORT = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class TurnedAwayError(ConnectionError):
    """The server did not let this visitor in, or let go of it."""


@dataclass(frozen=True)
class Choice:
    """A list on the page that one can choose from: its widget id, its label and the values of its options."""

    widget: str
    label: str
    options: tuple[str, ...]


@dataclass
class Answer:
    """What one run of a page sent: seconds from asking to the last message, bytes on the wire, and what stood there."""

    seconds: float = 0.0
    size: int = 0
    messages: int = 0
    charts: int = 0
    texts: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    by_kind: dict[str, int] = field(default_factory=dict)


class _Counting(ClientConnection):
    """A web socket that counts what arrives, before anything is unpacked."""

    bytes_received = 0

    def data_received(self, data: bytes) -> None:
        """Count and pass on."""
        self.bytes_received += len(data)
        super().data_received(data)


class Visitor:
    """One browser window: opens a page, goes to others, and chooses in lists.

    It keeps what a browser keeps: the session's id for a reconnect, the page it is on, its choices there, and the
    messages it has been sent before, which the server then only names.
    """

    def __init__(self, address: str, trust: ssl.SSLContext | None = None, *, compressed: bool = False) -> None:
        """Be somebody new at `address`, such as "http://127.0.0.1:8501".

        `trust` knows the certificate of https; `compressed` takes messages compressed where the server offers it.
        """
        self.address = address.rstrip("/")
        self.cookies: dict[str, str] = {}
        self._trust = trust
        self._compression = "deflate" if compressed else None
        self.session = ""
        self.pages: dict[str, str] = {}
        self.page = ""
        self.query = ""
        self.last = Answer()
        self._events: list[WidgetState] = []
        self._known: dict[str, ForwardMsg] = {}
        self._socket: _Counting | None = None

    async def __aenter__(self) -> "Visitor":
        """Fetch the start page and connect; raises TurnedAwayError."""
        await self.fetch("/")
        await self.connect()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave."""
        await self.leave()

    async def fetch(self, path: str) -> str:
        """Fetch a page or file as browsers do, keeping its cookies; raises TurnedAwayError for any answer but 200."""
        return await asyncio.to_thread(self.get, path)

    def get(self, path: str) -> str:
        """`fetch` for those who do not wait for several at once."""
        parts = urlsplit(self.address)
        address, wait = parts.netloc, SECONDS_TO_ANSWER
        line: HTTPConnection = HTTPConnection(address, timeout=wait)
        if parts.scheme == "https":
            line = HTTPSConnection(address, timeout=wait, context=self._trust)
        try:
            headers = {"Accept": "text/html,*/*", "Cookie": self._cookie_header()}
            line.request("GET", f"{parts.path}{path}", headers=headers)
            answer = line.getresponse()
            text = answer.read().decode("utf-8", "replace")
            self._keep(answer.headers.get_all("Set-Cookie") or [])
        except (OSError, HTTPException) as error:
            raise TurnedAwayError(str(error)) from error
        finally:
            line.close()
        if answer.status != 200:
            raise TurnedAwayError(f"{answer.status} {text}")
        return text

    def _keep(self, cookies: list[str]) -> None:
        for cookie in cookies:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}

    def _cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def connect(self) -> None:
        """Open the web socket, again with the old session's id as a browser does that has lost it.

        Raises TurnedAwayError where the server refuses.
        """
        parts = urlsplit(self.address)
        url = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{parts.path}/_stcore/stream"
        # Streamlit puts its token and the session's id where a protocol would be named.
        protocols: list[Any] = ["streamlit", "no-token", *([self.session] if self.session else [])]
        try:
            opened = await connect(
                url,
                subprotocols=protocols,
                additional_headers={"Cookie": self._cookie_header()} if self.cookies else None,
                ssl=self._trust if parts.scheme == "https" else None,
                max_size=LARGEST_MESSAGE,
                compression=self._compression,
                create_connection=_Counting,
                proxy=None,
                open_timeout=SECONDS_TO_ANSWER,
            )
            assert isinstance(opened, _Counting)
            self._socket = opened
        except Exception as error:
            raise TurnedAwayError(str(error)) from error
        if self._socket.response is not None:
            self._keep(self._socket.response.headers.get_all("Set-Cookie"))

    @property
    def received(self) -> int:
        """Bytes that have come over the web socket, as they were on the wire."""
        return self._socket.bytes_received if self._socket is not None else 0

    async def leave(self) -> None:
        """Close the window."""
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    async def open(self, page: str = "", **query: str) -> Answer:
        """Open the page at an address such as "tryghedskort", or go to it from another.

        A browser asks for a page by its name before it knows the pages, and by its hash afterwards.
        """
        self.page = page
        self.query = urlencode(query)
        return await self._run()

    async def rerun(self) -> Answer:
        """Ask for the same page once more."""
        return await self._run()

    async def choose(self, choice: Choice, option: str) -> Answer:
        """Choose an option of a list on the page."""
        sent = json.dumps([{"event": "chosen", "value": option}])
        self._events = [WidgetState(id=_make_trigger_id(choice.widget, "events"), json_trigger_value=sent)]
        try:
            return await self._run()
        finally:
            self._events = []

    def _states(self) -> list[WidgetState]:
        """What stands in the page's widgets and has just happened there."""
        return self._events

    async def _run(self) -> Answer:
        if self._socket is None:
            raise TurnedAwayError("not connected")
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self.query
        if self.page in self.pages:
            state.page_script_hash = self.pages[self.page]
        else:
            state.page_name = self.page
        state.cached_message_hashes.extend(self._known)
        state.context_info.timezone, state.context_info.locale = "Europe/Copenhagen", "da-DK"
        state.context_info.url = f"{self.address}/{self.page}"
        state.widget_states.widgets.extend(self._states())
        started = time.perf_counter()
        try:
            await self._socket.send(message.SerializeToString())
            answer = await asyncio.wait_for(self._answer(), SECONDS_TO_ANSWER)
        except (ConnectionClosed, TimeoutError) as error:
            raise TurnedAwayError(str(error)) from error
        answer.seconds = time.perf_counter() - started
        self.last = answer
        return answer

    async def _answer(self) -> Answer:
        answer = Answer()
        assert self._socket is not None
        async for data in self._socket:
            if not isinstance(data, bytes):
                continue
            message = ForwardMsg()
            message.ParseFromString(data)
            answer.size += len(data)
            answer.messages += 1
            kind = message.WhichOneof("type") or ""
            answer.by_kind[kind] = answer.by_kind.get(kind, 0) + len(data)
            if message.metadata.cacheable and message.hash:
                self._known[message.hash] = message
            elif kind == "ref_hash":
                message = self._known[message.ref_hash]
                kind = message.WhichOneof("type") or ""
            self._take_in(message, kind, answer)
            if kind == "script_finished" and message.script_finished != CUT_SHORT:
                return answer
        raise TurnedAwayError("the server let go")

    def _take_in(self, message: ForwardMsg, kind: str, answer: Answer) -> None:
        if kind == "new_session":
            self.session = message.new_session.initialize.session_id or self.session
        elif kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "session_event" and message.session_event.WhichOneof("type") == "script_compilation_exception":
            answer.errors.append(message.session_event.script_compilation_exception.message)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            _read(message.delta.new_element, answer)


def _read(element: Any, answer: Answer) -> None:
    kind = element.WhichOneof("type")
    if kind == "exception":
        answer.errors.append(element.exception.message)
    elif kind == "bidi_component" and element.bidi_component.component_name == "tryghedsoverblik_billede":
        answer.charts += 1
    elif kind == "alert":
        answer.texts.append(element.alert.body)
    elif kind in ("markdown", "heading"):
        answer.texts.append(getattr(element, kind).body)
    elif kind == "bidi_component" and element.bidi_component.component_name == "tryghedsoverblik_liste":
        data = json.loads(element.bidi_component.json)
        answer.choices.append(Choice(element.bidi_component.id, data["label"], tuple(dict(data["options"]))))
