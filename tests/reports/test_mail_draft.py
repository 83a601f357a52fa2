"""A mail draft as mail programs read it: text, HTML, link and files, and no address."""

import email
from email.message import EmailMessage
from email.policy import default

from reports.mail_draft import Attachment, mail_draft

PDF = Attachment("mødebilag.pdf", b"%PDF-1.7 indhold", "application/pdf")


def read(draft: bytes) -> EmailMessage:
    message = email.message_from_bytes(draft, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_it_carries_text_html_and_the_file() -> None:
    message = read(mail_draft("Møde den 4. marts", ["Kære alle", "Her er tallene."], "https://a.dk/?b=1&c=2", [PDF]))
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert "Her er tallene." in plain.get_content()
    assert 'href="https://a.dk/?b=1&amp;c=2"' in rich.get_content()
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content()) == (PDF.name, PDF.content)


def test_it_opens_as_a_draft_and_names_nobody() -> None:
    message = read(mail_draft("Møde", ["Tekst"]))
    assert message["X-Unsent"] == "1"
    assert not {"From", "To", "Cc", "Bcc"} & set(message.keys())


def test_a_subject_cannot_add_a_header() -> None:
    message = read(mail_draft("Møde\r\nBcc: alle@example.dk", ["Tekst"]))
    assert message["Bcc"] is None
    assert message["Subject"] == "Møde Bcc: alle@example.dk"


def test_text_is_not_html() -> None:
    rich = read(mail_draft("Møde", ["<script>alert(1)</script>"])).get_body(("html",))
    assert rich is not None
    assert "<script>" not in rich.get_content()
