"""A visitor without a browser who unfolds everything on a page and takes every file along that it offers."""

import asyncio
from dataclasses import dataclass
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import StringArray
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.visitor import SECONDS_TO_ANSWER, Answer, TurnedAwayError, Visitor

SECONDS_FOR_A_FILE = 60
_TAKES, _FETCHES = "-take_", "-take_fetch"
"""In the ids of the buttons that begin a file, and of the one that fetches it (components/sharing/take_along)."""


@dataclass(frozen=True)
class Offered:
    """A file that a page offers: its address, or the number by which to ask for one that is made when it is fetched."""

    widget: str
    url: str
    number: str


class Taker(Visitor):
    """Unfolds, presses and fetches besides what a visitor does."""

    def __init__(self, address: str) -> None:
        """Be somebody new at an address."""
        super().__init__(address)
        self.offered: dict[str, Offered] = {}
        self.buttons: dict[str, str] = {}
        self.taken: list[str] = []
        self._folds: set[str] = set()
        self._groups: dict[str, list[str]] = {}
        self._pressed = ""
        self._picked: dict[str, str] = {}

    async def look_as(self, title: str) -> Answer:
        """Look as another of the demo's audiences, by its title; every page after this is theirs."""
        await self.open()
        widget = next(name for name, options in self._groups.items() if title in options)
        self._picked = {widget: title}
        try:
            return await self.rerun()
        finally:
            self._picked = {}

    async def unfold(self, page: str, **query: str) -> Answer:
        """Open a page with all its folds open, those within others too."""
        self.offered, self.buttons, self._folds = {}, {}, set()
        answer = await self.open(page, **query)
        for _ in range(3):
            before = set(self._folds)
            answer = await self.rerun()
            if self._folds == before:
                break
        return answer

    async def take_all(self) -> list[str]:
        """Fetch every file the page offers, and make those that it makes when asked; returns what went wrong."""
        wrong = [said for each in list(self.offered.values()) if (said := await self._fetched(each))]
        for widget, label in [*self.buttons.items()]:
            if _TAKES in widget:
                self.offered = {name: each for name, each in self.offered.items() if _FETCHES not in name}
                await self._press(widget)
                wrong += await self._made(label)
        return wrong

    async def _press(self, widget: str) -> None:
        self._pressed = widget
        try:
            await self.rerun()
        finally:
            self._pressed = ""

    async def _made(self, label: str) -> list[str]:
        """Look at the page again until the file that was asked for is there, and fetch it."""
        for _ in range(SECONDS_FOR_A_FILE):
            ready = [each for name, each in self.offered.items() if _FETCHES in name]
            if ready:
                said = await self._fetched(ready[0])
                return [said] if said else []
            await asyncio.sleep(1.0)
            await self.rerun()
        return [f"{label}: never made"]

    async def _fetched(self, file: Offered) -> str:
        try:
            url = file.url or await self._address_of(file.number)
            await self.fetch(url)
        except TurnedAwayError as error:
            return f"{file.widget}: {error}"[:200]
        self.taken.append(file.widget)
        return ""

    async def _address_of(self, number: str) -> str:
        """Ask for a file that is made when it is fetched."""
        message = BackMsg()
        asked = message.backend_operation_request
        asked.request_id, asked.session_id, asked.deferred_file.file_id = number, self.session, number
        assert self._socket is not None
        await self._socket.send(message.SerializeToString())

        async def answered() -> str:
            assert self._socket is not None
            async for data in self._socket:
                said = ForwardMsg()
                if isinstance(data, bytes) and said.ParseFromString(data):
                    answer = said.backend_operation_response
                    if said.WhichOneof("type") == "backend_operation_response" and answer.request_id == number:
                        if answer.error_msg:
                            raise TurnedAwayError(answer.error_msg)
                        return str(answer.deferred_file.url)
            raise TurnedAwayError("the server let go")

        return await asyncio.wait_for(answered(), SECONDS_TO_ANSWER)

    def _states(self) -> list[WidgetState]:
        opened = [WidgetState(id=widget, bool_value=True) for widget in self._folds]
        pressed = [WidgetState(id=self._pressed, trigger_value=True)] if self._pressed else []
        picked = [
            WidgetState(id=widget, string_array_value=StringArray(data=[option]))
            for widget, option in self._picked.items()
        ]
        return [*super()._states(), *opened, *pressed, *picked]

    def _take_in(self, message: ForwardMsg, kind: str, answer: Answer) -> None:
        super()._take_in(message, kind, answer)
        if kind != "delta":
            return
        what = message.delta.WhichOneof("type")
        if what == "add_block":
            self._note_fold(message.delta.add_block)
        elif what == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") == "download_button" and not element.download_button.disabled:
                file = element.download_button
                self.offered[file.id] = Offered(file.id, file.url, file.deferred_file_id)
            elif element.WhichOneof("type") == "button" and not element.button.disabled:
                self.buttons[element.button.id] = element.button.label
            elif element.WhichOneof("type") == "button_group":
                group = element.button_group
                self._groups[group.id] = [option.content for option in group.options]

    def _note_fold(self, block: Any) -> None:
        if block.WhichOneof("type") in ("popover", "expandable"):
            fold = getattr(block, block.WhichOneof("type"))
            if fold.id:
                self._folds.add(fold.id)
