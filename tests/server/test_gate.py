"""The gate before the app: what is answered to whom, what leaves with an answer, and where one lands after sign-in."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from sqlalchemy.engine import Engine
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from components.navigation import start_pages
from data.access import Access, Rule
from data.store import Store, StoreError
from data.store.events import SIGNED_OUT, logged
from server import gate, identity_cookie, streamlit_internals
from server.gate import Gate
from server.rate_limits import Slowdown
from server.return_path import safe_return_path
from server.safe_cookie import safe_cookie
from tests.server import asgi
from tests.server.asgi import Answer

SECRET = "a-secret-for-tests-that-is-long-enough"
ORIGIN = "https://tryghed.example.dk"
IN_A_HUNDRED_YEARS = 4_929_000_000
OPEN_TOKEN = "1.open"
STATE = "what-the-identity-provider-gives-back"
MEGABYTE = 1024 * 1024


@dataclass
class Asked:
    """What a request is, as far as the gate looks at it."""

    path: str
    method: str = "GET"
    query: str = ""
    kind: str = "http"
    headers: dict[str, str] = field(default_factory=dict)
    server: str = "127.0.0.1"


Ask = Callable[[Asked], Answer]


async def inside(scope: Scope, receive: Receive, send: Send) -> None:
    """The app behind the gate: it answers everything, and the callback as Streamlit does."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    if scope["path"] == "/auth/login":
        answer: Response = RedirectResponse(f"https://login.example/authorize?state={STATE}", 302)
    elif scope["path"] == "/oauth2callback":
        answer = RedirectResponse("/", 302)
        if b"good" in scope["query_string"]:
            answer.set_cookie("_streamlit_user", "signed", httponly=True, samesite="lax")
    else:
        answer = Response("ok")
        answer.headers.append("set-cookie", "_streamlit_xsrf=2|8ba8|c550; Path=/")
    await answer(scope, receive, send)


def ask(app: Gate, asked: Asked) -> Answer:
    return asgi.ask(
        app, asked.path, method=asked.method, query=asked.query, kind=asked.kind, server=asked.server,
        client="192.0.2.7", headers={"host": "tryghed.example.dk"} | asked.headers,
    )  # fmt: skip


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> Ask:
    access = Access((Rule("roles", "Ledelse", "ledelse"), Rule("roles", "Sekretariat", "sekretariat")))
    monkeypatch.setattr(streamlit_internals, "get_cookie_secret", lambda: SECRET)
    monkeypatch.setattr(streamlit_internals, "get_origin_from_redirect_uri", lambda: ORIGIN)
    monkeypatch.setattr(identity_cookie, "our_access", lambda: access)
    monkeypatch.setattr(gate, "SIGN_INS", Slowdown(free=3))
    monkeypatch.setattr(gate, "LINKS", Slowdown(free=3))
    monkeypatch.setattr(identity_cookie, "_ended", {})
    app = Gate(
        inside, guarded=True, secure=True, link_opens=lambda token: token == OPEN_TOKEN, start_pages=start_pages(),
        origin=ORIGIN,
    )  # fmt: skip
    return lambda asked: ask(app, asked)


def identity(**changed: object) -> dict[str, str]:
    claims = {"sub": "leder", "roles": ["Ledelse"], "exp": IN_A_HUNDRED_YEARS, "is_logged_in": True, "origin": ORIGIN}
    signed = create_signed_value(SECRET, "_streamlit_user", json.dumps(claims | changed)).decode()
    return {"cookie": f"_streamlit_user={signed}"}


def publisher() -> dict[str, str]:
    return identity(roles=["Sekretariat"])


# Without a session ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/omraade", "/omraade/", "/sundhed", "/klar", "/_stcore/health", "/auth/login",
                                  "/static/js/index.js", "/app/static/geo/kommuner.json"])  # fmt: skip
def test_the_way_in_is_open(guarded: Ask, path: str) -> None:
    assert guarded(Asked(path)).status == (302 if path == "/auth/login" else 200)


@pytest.mark.parametrize(
    "path",
    ["/media/abc.csv", "/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/upload_file/a/b", "/component/a/b",
     "/_stcore/bidi-components/a/b", "/_stcore/script-health-check", "/_stcore/stream/../metrics", "/noget-nyt"],
)  # fmt: skip
def test_everything_else_is_shut(guarded: Ask, path: str) -> None:
    assert guarded(Asked(path)).status == 401


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_the_way_in_is_for_reading(guarded: Ask, method: str) -> None:
    assert guarded(Asked("/", method)).status == 401


def test_of_web_sockets_the_stream_of_pages_alone_is_open(guarded: Ask) -> None:
    assert guarded(Asked("/_stcore/stream", kind="websocket")).status == 0
    assert guarded(Asked("/andet", kind="websocket")).status == 403


# With a session -------------------------------------------------------------------------------------------------------


def test_who_has_signed_in_gets_what_they_ask_for(guarded: Ask) -> None:
    assert guarded(Asked("/media/abc.csv", headers=identity())).status == 200


@pytest.mark.parametrize(
    "changed",
    [{"exp": 1}, {"exp": None}, {"roles": ["Andet"]}, {"is_logged_in": False}, {"origin": "https://ond.example"},
     {"sub": None}],
    ids=str,
)  # fmt: skip
def test_an_identity_that_is_past_or_foreign_or_has_no_audience_opens_nothing(
    guarded: Ask, changed: dict[str, object]
) -> None:
    assert guarded(Asked("/media/abc.csv", headers=identity(**changed))).status == 401


@pytest.mark.parametrize("cookie", ["_streamlit_user=", "_streamlit_user=x.y.z", "_streamlit_user=æ", "a;;=b", "x"])
def test_a_cookie_we_have_not_signed_opens_nothing(guarded: Ask, cookie: str) -> None:
    assert guarded(Asked("/media/abc.csv", headers={"cookie": cookie})).status == 401


def test_an_expired_identity_is_taken_away(guarded: Ask) -> None:
    (gone,) = [each for each in guarded(Asked("/", headers=identity(exp=1))).cookies if "_streamlit_user" in each]
    assert "Max-Age=0" in gone


def test_a_link_that_needs_no_account_opens_what_its_page_fetches(guarded: Ask) -> None:
    (kept,) = [
        each for each in guarded(Asked("/omraade", query=f"delt={OPEN_TOKEN}")).cookies if "tryghed_delt" in each
    ]
    assert {"HttpOnly", "Secure", "SameSite=Lax"} <= {part.strip() for part in kept.split(";")}
    assert guarded(Asked("/media/abc.png", headers={"cookie": f"tryghed_delt={OPEN_TOKEN}"})).status == 200
    assert guarded(Asked("/media/abc.png", headers={"cookie": "tryghed_delt=1.revoked"})).status == 401


def test_a_link_that_does_not_open_leaves_nothing_behind(guarded: Ask) -> None:
    assert [each for each in guarded(Asked("/", query="delt=1.revoked")).cookies if "tryghed_delt" in each] == []


def test_a_file_that_is_too_large_is_refused_before_it_is_read(guarded: Ask) -> None:
    asked = Asked("/_stcore/upload_file/a/b", "PUT", headers=publisher() | {"content-length": str(51 * MEGABYTE)})
    assert guarded(asked).status == 413


def test_a_file_that_does_not_say_how_large_it_is_is_refused(guarded: Ask) -> None:
    assert guarded(Asked("/_stcore/upload_file/a/b", "PUT", headers=publisher())).status == 411


def test_files_are_taken_from_those_who_publish_alone(guarded: Ask) -> None:
    small = {"content-length": "10"}
    assert guarded(Asked("/_stcore/upload_file/a/b", "PUT", headers=publisher() | small)).status == 200
    assert guarded(Asked("/_stcore/upload_file/a/b", "PUT", headers=identity() | small)).status == 401


@pytest.mark.parametrize(
    ("held", "status"), [({"a": 140}, 413), ({"b": 140, "c": 140, "d": 110}, 503), ({"b": 140}, 200)]
)
def test_one_session_and_all_together_may_have_so_much_lying_here(
    guarded: Ask, monkeypatch: pytest.MonkeyPatch, held: dict[str, int], status: int
) -> None:
    monkeypatch.setattr(gate, "bytes_held", lambda: {session: size * MEGABYTE for session, size in held.items()})
    asked = Asked("/_stcore/upload_file/a/x", "PUT", headers=publisher() | {"content-length": str(20 * MEGABYTE)})
    assert guarded(asked).status == status


@pytest.mark.parametrize(("method", "path"), [("PUT", "/_stcore/upload_file/a/b"), ("GET", "/_stcore/metrics"),
                                              ("POST", "/media/abc.png"), ("GET", "/_stcore/agent")])  # fmt: skip
def test_by_an_open_link_nothing_is_sent_and_nothing_told_of_the_process(guarded: Ask, method: str, path: str) -> None:
    cookie = {"cookie": f"tryghed_delt={OPEN_TOKEN}", "content-length": "10"}
    assert guarded(Asked(path, method, headers=cookie)).status == 401


def test_the_figures_of_the_process_are_for_nobody_who_reads_pages(guarded: Ask) -> None:
    assert guarded(Asked("/_stcore/metrics", headers=publisher())).status == 401


# Who asks -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "status"),
    [(ORIGIN, 0), ("https://tryghed.example.dk:8443", 403), ("http://tryghed.example.dk", 403), ("null", 403),
     ("https://ond.example", 403), ("https://tryghed.example.dk.ond.example", 403), ("http://localhost:8502", 403)],
)  # fmt: skip
def test_a_web_socket_is_opened_by_our_own_pages_alone(guarded: Ask, origin: str, status: int) -> None:
    asked = Asked("/_stcore/stream", kind="websocket", headers={"origin": origin})
    assert guarded(asked).status == status


@pytest.mark.parametrize(("host", "status"), [("tryghed.example.dk", 200), ("tryghed.example.dk:443", 200),
                                              ("ond.example", 403), ("tryghed.example.dk:8501", 403)])  # fmt: skip
def test_we_answer_to_our_own_name_alone(guarded: Ask, host: str, status: int) -> None:
    assert guarded(Asked("/", headers={"host": host})).status == status


def test_whoever_looks_after_the_server_may_call_it_what_they_like(guarded: Ask) -> None:
    assert guarded(Asked("/sundhed", headers={"host": "10.0.0.7:8501"})).status == 200


def test_an_identity_that_has_signed_out_is_dead_at_once(guarded: Ask) -> None:
    assert guarded(Asked("/media/abc.png", headers=identity())).status == 200
    guarded(Asked("/auth/logout", headers=identity()))
    assert guarded(Asked("/media/abc.png", headers=identity())).status == 401
    assert guarded(Asked("/media/abc.png", headers=identity(exp=IN_A_HUNDRED_YEARS + 1))).status == 200


def test_who_signs_out_in_one_process_is_signed_out_in_the_others(
    guarded: Ask, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    """Two processes on one database: nothing of the first is left in the second but the log they share."""
    monkeypatch.setattr(identity_cookie, "_shared", identity_cookie._Shared())
    identity_cookie.share_ended_in(lambda: store.engine)
    guarded(Asked("/auth/logout", headers=identity()))
    monkeypatch.setattr(identity_cookie, "_ended", {})
    identity_cookie.share_ended_in(lambda: store.engine)
    assert guarded(Asked("/media/abc.png", headers=identity())).status == 401
    assert guarded(Asked("/media/abc.png", headers=identity(exp=IN_A_HUNDRED_YEARS + 1))).status == 200
    assert [each.what for each in logged(store.engine, 5)] == [SIGNED_OUT]


def test_a_process_whose_database_is_away_still_lets_people_in_and_out(
    guarded: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(identity_cookie, "_shared", identity_cookie._Shared())
    identity_cookie.share_ended_in(_away)
    assert guarded(Asked("/media/abc.png", headers=identity())).status == 200
    guarded(Asked("/auth/logout", headers=identity()))
    assert guarded(Asked("/media/abc.png", headers=identity())).status == 401
    assert "Signed out in this process alone" in caplog.text


def _away() -> Engine:
    raise StoreError("væk")


@pytest.mark.parametrize(
    ("holders", "status"),
    [([{"sub": "leder"}], 200), ([{"sub": "en anden"}], 401), ([{"sub": "en anden"}, {"sub": "leder"}], 200),
     ([{}], 401), ([], 401), (None, 200)],
    ids=str,
)  # fmt: skip
def test_a_file_is_for_those_in_whose_sessions_it_was_made(
    guarded: Ask, monkeypatch: pytest.MonkeyPatch, holders: list[dict[str, object]] | None, status: int
) -> None:
    known = [{"exp": IN_A_HUNDRED_YEARS, **each} if each else each for each in holders] if holders is not None else None
    monkeypatch.setattr(identity_cookie, "claims_of_holders", lambda _address: known)
    assert guarded(Asked("/media/abc.csv", headers=identity())).status == status


def test_a_file_of_an_open_link_is_for_those_without_an_account(guarded: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    by_link = {"cookie": f"tryghed_delt={OPEN_TOKEN}"}
    for holders, status in (([{}], 200), ([{"sub": "leder", "exp": IN_A_HUNDRED_YEARS}], 401)):
        monkeypatch.setattr(identity_cookie, "claims_of_holders", lambda _address, found=holders: found)
        assert guarded(Asked("/media/abc.png", headers=by_link)).status == status


# Coming back ----------------------------------------------------------------------------------------------------------


def test_after_sign_in_one_comes_back_to_where_one_was(guarded: Ask) -> None:
    came_from = {"referer": "https://tryghed.example.dk/omraade?omraade=vaerebro-park&delt=1.a_b"}
    (way,) = [each for each in guarded(Asked("/auth/login", headers=came_from)).cookies if "tryghed_vej" in each]
    back = guarded(Asked("/oauth2callback", query="code=good", headers={"cookie": way.split(";")[0]}))
    assert back.headers["location"] == "/omraade?omraade=vaerebro-park&delt=1.a_b"


@pytest.mark.parametrize("way", ["https://ond.example/", "//ond.example", "/\\ond.example", "/auth/login", "/a\nb", "",
                                 "javascript:alert(1)", "/oauth2callback?code=x", "/media/abc"])  # fmt: skip
def test_nobody_is_led_elsewhere(way: str) -> None:
    assert safe_return_path(way, start_pages()) == "/"


def test_a_sign_in_begun_elsewhere_ends_at_the_front_page(guarded: Ask) -> None:
    came_from = {"referer": "https://ond.example/omraade"}
    assert [each for each in guarded(Asked("/auth/login", headers=came_from)).cookies if "tryghed_vej" in each] == []


@pytest.mark.parametrize("query", ["error=x", "code=bad", "error=x&state=guessed", "code=bad&state="])
def test_an_address_that_anybody_can_call_counts_no_failure(guarded: Ask, query: str) -> None:
    for _ in range(200):
        assert guarded(Asked("/oauth2callback", query=query)).status == 302
    assert gate.SIGN_INS.seconds("192.0.2.7") == 0


def test_a_sign_in_that_began_here_and_fails_is_counted_and_shuts_nobody_out(guarded: Ask) -> None:
    begun = guarded(Asked("/auth/login"))
    (cookie,) = [each.split(";")[0] for each in begun.cookies if "tryghed_forsoeg" in each]
    for _ in range(5):
        asked = Asked("/oauth2callback", query=f"error=denied&state={STATE}", headers={"cookie": cookie})
        assert guarded(asked).status == 302
    assert 0 < gate.SIGN_INS.seconds("192.0.2.7") <= 1
    assert guarded(Asked("/oauth2callback", query="code=good")).status == 302


# Cookies --------------------------------------------------------------------------------------------------------------


def test_the_cookie_of_the_page_itself_stays_readable_and_whole() -> None:
    assert safe_cookie("_streamlit_xsrf=2|8ba8|c550; Path=/", secure=True).split("; ") == [
        "_streamlit_xsrf=2|8ba8|c550", "Path=/", "SameSite=Lax", "Secure",
    ]  # fmt: skip


def test_other_cookies_are_shut_to_scripts_and_by_https_kept_to_it() -> None:
    assert {"HttpOnly", "Secure", "SameSite=Lax"} <= set(safe_cookie("a=b.c-d_e; Path=/", secure=True).split("; "))
    assert "Secure" not in safe_cookie("a=b; Path=/", secure=False)


# The demo -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("server", "host", "status"),
    [("127.0.0.1", "127.0.0.1:8501", 200), ("127.0.0.1", "localhost:8501", 200), ("::1", "[::1]:8501", 200),
     ("127.0.0.1", "ond.example:8501", 403), ("192.0.2.1", "127.0.0.1:8501", 403), ("0.0.0.0", "localhost", 403)],
)  # fmt: skip
def test_without_sign_in_this_computer_alone_is_answered(server: str, host: str, status: int) -> None:
    app = Gate(inside, guarded=False, secure=False, link_opens=lambda _token: False, start_pages=start_pages())
    assert ask(app, Asked("/", headers={"host": host}, server=server)).status == status


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://127.0.0.1:8501", 0), ("http://localhost:8501", 403), ("http://127.0.0.1:99", 403),
     ("https://127.0.0.1:8501", 403)],
)  # fmt: skip
def test_in_the_demo_too_another_server_of_this_computer_is_somebody_else(origin: str, status: int) -> None:
    app = Gate(inside, guarded=False, secure=False, link_opens=lambda _token: False, start_pages=start_pages())
    headers = {"host": "127.0.0.1:8501", "origin": origin}
    assert ask(app, Asked("/_stcore/stream", kind="websocket", headers=headers)).status == status
