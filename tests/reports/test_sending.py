"""A mail reaches a real mail server, from and to the two addresses that are set, and nothing leaves without one."""

import contextlib
import email
import socket
from collections.abc import Iterator
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from data.store import StoreError
from reports.mail_draft import Attachment, mail_draft
from reports.sending import NOT_SENT, WRONG, send, server_address

SENDER, GROUP = "tryghed@gladsaxe.example", "partnerskabet@lister.example"
DRAFT = mail_draft("Nye tal: udgave 4", ["Udgave 4 er udgivet.", "Æbler <b>og</b> pærer"], "https://tryghed.example/",
                   [Attachment("et-ark.pdf", b"%PDF-1.7 x", "application/pdf")])  # fmt: skip


class Inbox:
    """Keeps what a mail server was given; refuses where the test says so."""

    def __init__(self) -> None:
        self.came: list[Any] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.came.append(envelope)
        return self.answer


@contextlib.contextmanager
def serving(inbox: Inbox, **settings: Any) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **settings)
    controller.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        controller.stop()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


def test_the_server_gets_text_html_and_file_from_and_to_the_two_addresses_alone(inbox: Inbox) -> None:
    with serving(inbox) as at:
        send(DRAFT, SENDER, GROUP, f"smtp://{at}")
    (envelope,) = inbox.came
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, [GROUP])
    message = email.message_from_bytes(envelope.content, policy=default)
    assert (message["Subject"], message["From"], message["To"]) == ("Nye tal: udgave 4", SENDER, GROUP)
    assert message["X-Unsent"] is None
    assert message["Date"]
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None and "Æbler <b>og</b> pærer" in text.get_content()  # noqa: PT018
    assert html is not None and "&lt;b&gt;og&lt;/b&gt;" in html.get_content()  # noqa: PT018
    assert [each.get_filename() for each in message.iter_attachments()] == ["et-ark.pdf"]


def test_a_password_is_never_sent_in_the_clear(inbox: Inbox) -> None:
    def anybody(*_given: Any) -> AuthResult:
        raise AssertionError("a password came")

    with serving(inbox, authenticator=anybody, auth_require_tls=False) as at, pytest.raises(StoreError) as told:
        send(DRAFT, SENDER, GROUP, f"smtp://navn:hemmelig@{at}")
    assert "hemmelig" not in str(told.value)
    assert inbox.came == []


def test_a_server_that_refuses_or_is_away_is_told_in_danish(inbox: Inbox) -> None:
    inbox.answer = "554 nej"
    with serving(inbox) as at, pytest.raises(StoreError, match=NOT_SENT):
        send(DRAFT, SENDER, GROUP, f"smtp://{at}")
    with pytest.raises(StoreError, match=NOT_SENT):
        send(DRAFT, SENDER, GROUP, f"smtp://{at}")


@pytest.mark.parametrize("address", ["mail.example", "http://mail.example", "smtp://"])
def test_an_address_of_no_mail_server_is_refused(address: str) -> None:
    with pytest.raises(StoreError, match=WRONG):
        send(DRAFT, SENDER, GROUP, address)


def test_nothing_is_set_up_unless_the_administrator_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SMTP_URL", raising=False)
    assert server_address() == ""
