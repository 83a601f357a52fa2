"""Sends one mail to one group address, where the administrator has set a mail server; otherwise none is."""

import os
import smtplib
import ssl
from email import message_from_bytes
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

from data import clock
from data.store import StoreError

SMTP_URL = "SMTP_URL"
SECONDS = 10
WRONG = "SMTP_URL skal være smtp://vært:port eller smtps://vært:port, evt. med bruger:kode@ foran værten."
NOT_SENT = "Mailen er ikke sendt: mailserveren svarede ikke, eller tog den ikke imod. Ingen har fået den."


def server_address() -> str:
    """The address of the mail server (SMTP_URL); "" where none is set."""
    return os.environ.get(SMTP_URL, "").strip()


def send(draft: bytes, sender: str, receiver: str, address: str) -> None:
    """Send a draft (`reports.mail_draft`) from one address to one; the draft itself names neither.

    `address` is smtp://[user:password@]host[:port], by STARTTLS wherever the server offers it and always where there is
    a password, or smtps://. Raises StoreError, in Danish and without the password, where it is not taken.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise StoreError(WRONG)
    message = message_from_bytes(draft, policy=SMTP)
    del message["X-Unsent"]
    message["From"], message["To"] = sender, receiver
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    try:
        with _server(parts.scheme, parts.hostname, parts.port) as server:
            if parts.scheme == "smtp" and (server.has_extn("starttls") or parts.password):
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message, sender, [receiver])
    except (smtplib.SMTPException, OSError) as error:
        raise StoreError(NOT_SENT) from error


def _server(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port or 587, timeout=SECONDS)
    server.ehlo()
    return server
