"""What nginx itself must let through or say: large identities, large files, and the page that waits."""

import http.client
import os
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from benchmarks.instances import NGINX, Process, Proxy, proxied
from benchmarks.serving import free_port

MUST = "nginx is missing: 'sudo apt-get install nginx' or 'brew install nginx' brings these tests in"
COOKIES = 8
"""Cookies of 4,000 characters: an account with some 200 groups, as Streamlit cuts its identity into pieces."""


class App(BaseHTTPRequestHandler):
    """Answers as the app does after sign-in: with an identity that fills several cookies."""

    def do_GET(self) -> None:
        self.send_response(200)
        if self.path == "/oauth2callback":
            for number in range(COOKIES):
                self.send_header("Set-Cookie", f"_streamlit_user_{number}={'x' * 4_000}; HttpOnly; Path=/")
        self.send_header("X-Tryghed-Instance", "a")
        self.end_headers()
        self.wfile.write(str(len(self.headers.get("Cookie", ""))).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def app() -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), App)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="module")
def proxy(app: ThreadingHTTPServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    if NGINX is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MUST)
    folder = tmp_path_factory.mktemp("nginx")
    a = Process("a", app.server_address[1], "", folder / "a.log")
    b = Process("b", free_port(), "", folder / "b.log")
    with proxied(a, b, folder) as running:
        yield running


def ask(proxy: Proxy, path: str, method: str = "GET", **headers: str) -> tuple[int, str, http.client.HTTPMessage]:
    address = urlsplit(proxy.address)
    trust: ssl.SSLContext = proxy.trust
    connection = http.client.HTTPSConnection(str(address.hostname), address.port, timeout=20, context=trust)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body, answer.headers


def test_somebody_with_two_hundred_groups_gets_in_and_stays_in(proxy: Proxy) -> None:
    status, _, headers = ask(proxy, "/oauth2callback")
    assert status == 200
    given = [cookie.split(";")[0] for cookie in headers.get_all("Set-Cookie", []) if cookie.startswith("_streamlit")]
    assert len(given) == COOKIES
    status, body, _ = ask(proxy, "/", Cookie="; ".join(given))
    assert (status, int(body) > COOKIES * 4_000) == (200, True)


def test_a_file_over_the_limit_is_refused_in_danish(proxy: Proxy) -> None:
    status, body, headers = ask(proxy, "/_stcore/upload_file/a/b", "PUT", Content_Length=str(50 * 1024 * 1024 + 1))
    assert (status, body) == (413, "Filen er for stor. Den må højst fylde 50 MB.")
    assert headers["Content-Type"] == "text/plain; charset=utf-8"


def test_the_page_that_waits_never_sends_an_answer_of_the_identity_provider_twice(
    proxy: Proxy, app: ThreadingHTTPServer
) -> None:
    app.shutdown()
    app.server_close()
    for path, leads in (("/oauth2callback?code=1", '"15; url=/"'), ("/udvikling?omraade=herlev", '"15"')):
        status, body, _ = ask(proxy, path)
        assert status == 503
        assert f'http-equiv="refresh" content={leads}' in body
