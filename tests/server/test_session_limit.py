"""When all slots are taken: newcomers are asked to wait, those inside and those who come back are not."""

import pytest
from starlette.types import Receive, Scope, Send

from server.session_limit import COOKIE, GRACE, MOST_OF_ONE, PROMISE, SessionLimit, SessionSlots, most_sessions
from tests.server import asgi

PAGE = [(b"accept", b"text/html,*/*")]


class Clock:
    """A time that passes when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slots(clock: Clock) -> SessionSlots:
    return SessionSlots(2, now=clock)


async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"siden"})


def ask(crowd: SessionLimit, path: str = "/", cookie: str = "", accept: str = "text/html,*/*") -> tuple[int, str, str]:
    """Status, text and the cookie that was set ("" for none)."""
    headers = {"accept": accept, "cookie": f"{COOKIE}={cookie}"}
    answer = asgi.ask(crowd, path, headers=headers, scheme="https")
    given = answer.headers.get("set-cookie", "")
    return answer.status, answer.text, given.partition(";")[0].partition("=")[2]


def connect(crowd: SessionLimit, cookie: str = "") -> list[str]:
    """The types of the messages that a connection is answered with."""
    return [*asgi.ask(crowd, "/_stcore/stream", kind="websocket", headers={"cookie": f"{COOKIE}={cookie}"}).messages]


def test_a_newcomer_gets_the_page_and_a_place(slots: SessionSlots) -> None:
    status, text, visitor = ask(SessionLimit(app, slots, "Tryghedsoverblik"))
    assert (status, text) == (200, "siden")
    assert slots.is_known(visitor)


def test_when_all_places_are_taken_a_newcomer_is_asked_in_danish_to_wait(slots: SessionSlots) -> None:
    slots.enter("en")
    slots.enter("to")
    status, text, visitor = ask(SessionLimit(app, slots, "Tryghedsoverblik"))
    assert status == 503
    assert "Vent et øjeblik" in text
    assert 'http-equiv="refresh"' in text
    assert (visitor, slots.turned_away) == ("", 1)


def test_those_inside_may_open_another_page(slots: SessionSlots) -> None:
    slots.enter("en")
    slots.enter("to")
    assert ask(SessionLimit(app, slots, "T"), cookie="en")[0] == 200


def test_somebody_who_lost_the_connection_keeps_the_place_a_while(slots: SessionSlots, clock: Clock) -> None:
    slots.enter("en")
    slots.enter("to")
    slots.leave("to")
    crowd = SessionLimit(app, slots, "T")
    assert ask(crowd)[0] == 503
    assert ask(crowd, cookie="to")[0] == 200
    clock.now = GRACE + PROMISE + 1
    assert ask(crowd)[0] == 200


def test_a_page_that_nobody_opened_gives_its_place_back(slots: SessionSlots, clock: Clock) -> None:
    crowd = SessionLimit(app, slots, "T")
    assert [ask(crowd)[0] for _ in range(3)] == [200, 200, 503]
    clock.now = PROMISE + 1
    assert ask(crowd)[0] == 200


def test_a_connection_without_a_place_is_refused(slots: SessionSlots) -> None:
    slots.enter("en")
    slots.enter("to")
    assert connect(SessionLimit(app, slots, "T")) == ["websocket.close"]


def test_a_connection_with_a_promised_place_is_served(slots: SessionSlots) -> None:
    slots.enter("en")
    slots.promise("to")
    assert connect(SessionLimit(app, slots, "T"), cookie="to") == ["http.response.start", "http.response.body"]
    assert slots.inside == 1


@pytest.mark.parametrize("path", ["/sundhed", "/klar", "/app/static/icon.png", "/_stcore/health", "/media/abc.csv"])
def test_what_is_no_page_is_answered_however_full_it_is(slots: SessionSlots, path: str) -> None:
    slots.enter("en")
    slots.enter("to")
    assert ask(SessionLimit(app, slots, "T"), path)[0] == 200


def test_without_a_limit_nobody_is_turned_away() -> None:
    slots = SessionSlots(0)
    for visitor in "abcdefgh":
        slots.enter(visitor)
    assert not slots.is_full()


def test_each_process_says_its_name_to_the_proxy(slots: SessionSlots, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYGHED_INSTANCE", "b")
    answer = asgi.ask(SessionLimit(app, slots, "T"), "/sundhed")
    assert answer.headers["x-tryghed-instance"] == "b"


@pytest.mark.parametrize(("stated", "most"), [("", 150), ("0", 0), ("75", 75)])
def test_the_number_of_places_is_a_setting(stated: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYGHED_MOST_SESSIONS", stated)
    assert most_sessions() == most


def test_a_number_of_places_that_is_none_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYGHED_MOST_SESSIONS", "mange")
    with pytest.raises(ValueError, match="helt antal"):
        most_sessions()


# Strangers ------------------------------------------------------------------------------------------------------------


def guarded(slots: SessionSlots) -> SessionLimit:
    """Where people sign in: a cookie that begins with "inde" says that one has, and who one is until the hyphen."""

    async def account_of(scope: Scope) -> str | None:
        visitor = dict(scope["headers"]).get(b"cookie", b"").decode().partition("=")[2]
        return visitor.partition("-")[0] if visitor.startswith("inde") else None

    return SessionLimit(app, slots, "Tryghedsoverblik", account_of)


def test_requests_of_strangers_take_no_place_from_those_who_are_signed_in(clock: Clock) -> None:
    slots = SessionSlots(150, now=clock)
    crowd = guarded(slots)
    for _ in range(1_000):
        ask(crowd)
    assert not slots.is_full()
    assert ask(crowd, cookie="inde")[0] == 200


def test_connections_of_strangers_take_their_part_of_the_places_and_no_more(clock: Clock) -> None:
    slots = SessionSlots(10, now=clock)
    for number in range(slots.for_strangers):
        slots.enter(str(number), stranger=True)
    crowd = guarded(slots)
    assert connect(crowd, cookie="fremmed") == ["websocket.close"]
    assert "websocket.close" not in connect(crowd, cookie="inde")
    slots.leave("0", stranger=True)
    assert "websocket.close" not in connect(crowd, cookie="fremmed")


def test_one_browser_cannot_take_all_places_by_opening_pages(clock: Clock) -> None:
    slots = SessionSlots(MOST_OF_ONE, now=clock)
    for _ in range(MOST_OF_ONE):
        slots.enter("inde")
    assert connect(guarded(slots), cookie="inde") == ["websocket.close"]


def test_one_account_cannot_take_all_places_by_asking_for_pages_in_ever_new_browsers(clock: Clock) -> None:
    slots = SessionSlots(150, now=clock)
    crowd = guarded(slots)
    answered = [ask(crowd, cookie=f"inde1-{number}")[0] for number in range(300)]
    assert answered.count(200) == slots.for_strangers
    assert not slots.is_full()
    assert ask(crowd, cookie="inde2-0")[0] == 200
    clock.now = PROMISE + 1
    assert ask(crowd, cookie="inde1-301")[0] == 200


def test_one_account_cannot_take_all_places_by_opening_pages(clock: Clock) -> None:
    slots = SessionSlots(150, now=clock)
    crowd = guarded(slots)
    for number in range(slots.for_strangers):
        slots.enter(f"inde1-{number}", account="inde1")
    assert connect(crowd, cookie="inde1-new") == ["websocket.close"]
    assert connect(crowd, cookie="inde1-0") == ["websocket.close"]
    assert "websocket.close" not in connect(crowd, cookie="inde2-0")
    slots.leave("inde1-0", account="inde1")
    assert "websocket.close" not in connect(crowd, cookie="inde1-0")


def test_what_an_account_was_promised_is_its_own_place_once_it_connects(clock: Clock) -> None:
    slots = SessionSlots(150, now=clock)
    crowd = guarded(slots)
    for number in range(slots.for_strangers):
        ask(crowd, cookie=f"inde1-{number}")
    assert "websocket.close" not in connect(crowd, cookie="inde1-0")


def test_readers_by_links_that_need_no_account_are_not_one_account(clock: Clock) -> None:
    slots = SessionSlots(150, now=clock)

    async def by_link(_scope: Scope) -> str:
        return ""

    crowd = SessionLimit(app, slots, "T", by_link)
    assert [ask(crowd)[0] for _ in range(151)].count(200) == 150
