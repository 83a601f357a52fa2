"""Several partnerships behind one address: what each signs holds for it alone, and each path leads to its process."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from data.partnership import our_partnership
from data.settings import several
from data.share_token import SharedLink, link_of, token_of
from data.views.view import View
from server import partnerships, private_settings
from server.form_token import form_token, is_ours
from server.front import Served, filled, list_page
from server.gate import Gate
from server.identity_cookie import person_of_request
from server.private_settings import be_our_own, link_keys, our_access, redirect_address
from server.start_up import reasons_not_to_start
from server.web import ServerHeaders
from tests.journeys.fjordby import SETTINGS
from tests.server.asgi import ask

PAIR = ("nordby", "sydby")
AUTH = {"redirect_uri": "https://tryghed.example.dk/oauth2callback", "cookie_secret": "k" * 40, "client_id": "en"}
LATER = 4_929_000_000
Become = Callable[[str], None]


def _forget() -> None:
    for remembered in (private_settings.section, our_access, link_keys, our_partnership):
        remembered.cache_clear()
    secrets_singleton._reset()
    object.__setattr__(secrets_singleton, "_programmatic_secrets", None)


@pytest.fixture
def become(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Become]:
    """An installation with sign-in and two partnerships; a process becomes the one it is named."""
    for name, audience in zip(PAIR, ("sekretariat", "borgerraad"), strict=True):
        (tmp_path / name).mkdir()
        (tmp_path / name / "partnership.toml").write_text(SETTINGS, encoding="utf-8")
        (tmp_path / name / "access.toml").write_text(f'[[rules]]\nvalue = "Tryghed"\naudience = "{audience}"\n')
    monkeypatch.setenv(several.FOLDER, str(tmp_path))
    for variable in ("TRYGHED_PARTNERSHIP", "TRYGHED_ACCESS", "TRYGHED_LINK_KEYS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(secrets_singleton.__class__, "_parse_file_path", lambda *_: ({"auth": AUTH}, True))

    def become_named(name: str) -> None:
        monkeypatch.setenv(several.NAME, name)
        _forget()
        be_our_own()

    yield become_named
    _forget()


def cookie_signed_here() -> dict[str, str]:
    """The cookie that Streamlit gives somebody who signs in, signed by the key it now has."""
    claims = {"sub": "a", "roles": ["Tryghed"], "exp": LATER, "is_logged_in": True}
    origin = {"origin": "https://tryghed.example.dk"}
    secret = str(secrets_singleton["auth"]["cookie_secret"])
    return {"_streamlit_user": create_signed_value(secret, "_streamlit_user", json.dumps(claims | origin)).decode()}


def test_the_same_account_is_what_each_partnership_says_it_is(become: Become) -> None:
    found = []
    for name in PAIR:
        become(name)
        person = person_of_request(cookie_signed_here())
        assert person is not None
        assert person.audience is not None
        found.append(person.audience.id)
    assert found == ["sekretariat", "borgerraad"]


def test_a_cookie_of_one_opens_nothing_in_the_other(become: Become) -> None:
    become(PAIR[0])
    cookie = cookie_signed_here()
    assert person_of_request(cookie) is not None
    become(PAIR[1])
    assert person_of_request(cookie) is None


def test_nobody_comes_in_by_the_table_of_the_installation_or_of_another(
    become: Become, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRYGHED_ACCESS", str(tmp_path / PAIR[0] / "access.toml"))
    (tmp_path / PAIR[1] / "access.toml").unlink()
    become(PAIR[1])
    with pytest.raises(ValueError, match="tabellen over, hvem der kommer ind, kan ikke læses"):
        our_access()
    assert any("kan ikke læses" in reason for reason in reasons_not_to_start("127.0.0.1", PAIR[1]))


def test_each_is_signed_in_to_at_its_own_address(become: Become) -> None:
    addresses = []
    for name in PAIR:
        become(name)
        addresses.append(redirect_address())
        assert secrets_singleton["auth"]["redirect_uri"] == redirect_address()
        assert secrets_singleton["auth"]["client_id"] == "en"
    assert addresses == [f"https://tryghed.example.dk/{name}/oauth2callback" for name in PAIR]


def test_a_link_a_calendar_and_a_form_of_one_open_nothing_in_the_other(become: Become) -> None:
    now = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)
    link = SharedLink("a" * 32, "", View(), 1, "ledelse", now + dt.timedelta(days=7))
    become(PAIR[0])
    token, form = token_of(link, link_keys()), form_token("chance", "havnen", link_keys())
    assert link_of(token, link_keys(), now) is not None
    assert is_ours(form, "chance", "havnen", link_keys())
    become(PAIR[1])
    assert link_of(token, link_keys(), now) is None
    assert not is_ours(form, "chance", "havnen", link_keys())


def test_keys_stated_for_the_installation_are_none_of_a_partnerships(
    become: Become, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRYGHED_LINK_KEYS", f"{'o' * 32},{'n' * 32}")
    keys: set[str] = set()
    for name in PAIR:
        become(name)
        keys |= set(link_keys())
    assert len(keys) == 4
    assert not keys & {"o" * 32, "n" * 32}


def test_a_key_too_short_is_told_though_what_follows_from_it_would_be_long(
    become: Become, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(AUTH, "cookie_secret", "kort")
    become(PAIR[0])
    assert any("kortere end 32" in reason for reason in reasons_not_to_start("127.0.0.1", PAIR[0]))


@pytest.mark.parametrize("base", ["", "/", "sydby", "nordby/mere"])
def test_none_starts_anywhere_but_at_its_own_address(become: Become, base: str) -> None:
    become(PAIR[0])
    (reason,) = reasons_not_to_start("127.0.0.1", base)
    assert "--server.baseUrlPath nordby" in reason
    assert reasons_not_to_start("127.0.0.1", "nordby") == []


# What browsers are given ---------------------------------------------------------------------------------------------


def paths_of_cookies(*, below: bool) -> list[str]:
    """Where the cookies are for that an app at /nordby gives, one of them an identity that is taken off the host."""

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        answer = Response("ok")
        for cookie in ("_streamlit_xsrf=2|8; Path=/", "tryghed_plads=x; Path=/", "_streamlit_user=ny; Path=/nordby",
                       "_streamlit_user=; Path=/; Max-Age=0"):  # fmt: skip
            answer.headers.append("set-cookie", cookie)
        await answer(scope, receive, send)

    gate = Gate(
        inside, guarded=False, secure=True, link_opens=lambda _: False, start_pages=frozenset({"/"}), base="nordby",
        cookies_below=below,
    )  # fmt: skip
    return [str(SimpleCookie(each).popitem()[1]["path"]) for each in ask(gate, "/nordby/").cookies]


def test_every_cookie_is_for_its_own_partnership_alone() -> None:
    assert paths_of_cookies(below=True) == ["/nordby", "/nordby", "/nordby", "/"]


def test_where_there_is_one_partnership_cookies_stay_as_they_are() -> None:
    assert paths_of_cookies(below=False) == ["/", "/", "/nordby", "/"]


def test_a_page_below_the_path_of_a_partnership_is_answered_and_one_below_a_page_leads_to_its_front_page() -> None:
    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(Request(scope).url.path)(scope, receive, send)

    app = ServerHeaders(inside, title="Tryghedsoverblik", base="nordby")
    assert ask(app, "/nordby/udvikling").status == 200
    away = ask(app, "/nordby/udvikling/mere")
    assert (away.status, away.headers["location"]) == (307, "/nordby/")


# In front ------------------------------------------------------------------------------------------------------------


def test_a_partnership_keeps_its_port_when_others_come(become: Become, tmp_path: Path) -> None:
    assert partnerships.ports(8501) == [Served("nordby", 8502), Served("sydby", 8503)]
    (tmp_path / "aby").mkdir()
    (tmp_path / "aby" / "partnership.toml").write_text(SETTINGS, encoding="utf-8")
    assert partnerships.ports(8501) == [Served("aby", 8504), Served("nordby", 8502), Served("sydby", 8503)]


def test_nginx_leads_each_path_to_its_own_process_and_shows_nobody_the_figures_of_processes() -> None:
    served = [Served("nordby", 8502), Served("nord", 8503)]
    said = filled(served, "443 ssl", "tryghed.example.dk", Path("/srv/index.html"), "/c.pem", "/k.pem")
    assert "upstream partnership_nordby { server 127.0.0.1:8502;" in said
    assert "location /nordby/ { proxy_pass http://partnership_nordby; }" in said
    assert "location /nord/ { proxy_pass http://partnership_nord; }" in said
    for name in ("nordby", "nord"):
        assert f"location = /{name}/maalinger {{ return 404; }}" in said
        assert f"location ^~ /{name}/_stcore/metrics {{ return 404; }}" in said
    assert "ssl_certificate /c.pem;" in said
    assert not re.search(r"\$\{[A-Z_]+\}", said)


def test_the_page_in_front_lists_the_partnerships_by_title_and_shows_text_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, title in (("a", "Trygt & godt <b>"), ("b", "Aarhus")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "partnership.toml").write_text(f'[partnership]\nname = "{title}"\n', encoding="utf-8")
    monkeypatch.setenv(several.FOLDER, str(tmp_path))
    page = list_page([Served("a", 1), Served("b", 2)])
    assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', page) == [
        ("/b/", "Aarhus"), ("/a/", "Trygt &amp; godt &lt;b&gt;"),
    ]  # fmt: skip
    assert 'href="http://127.0.0.1:2/b/"' in list_page([Served("b", 2)], on_ports=True)
