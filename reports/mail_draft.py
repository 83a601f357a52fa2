"""A mail as a draft (.eml): opened in the reader's own mail program, which sends it. No address is known to us."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from html import escape


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail; `mime` as "application/pdf"."""

    name: str
    content: bytes
    mime: str


def mail_draft(subject: str, paragraphs: Sequence[str], link: str = "", attached: Sequence[Attachment] = ()) -> bytes:
    """The draft: the paragraphs as plain text and as HTML, with a link below them, and the files attached.

    There is neither sender nor receiver. Line breaks in the subject are taken out, so that no text can add a header.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(subject.split())
    message["X-Unsent"] = "1"  # Outlook then opens it as a draft rather than as a mail that came
    below = [link] if link else []
    message.set_content("\n\n".join([*paragraphs, *below]) + "\n")
    shown = "".join(f"<p>{escape(each).replace(chr(10), '<br>')}</p>" for each in paragraphs)
    way = f'<p><a href="{escape(link, quote=True)}">{escape(link)}</a></p>' if link else ""
    message.add_alternative(f'<html lang="da"><body>{shown}{way}</body></html>', subtype="html")
    for each in attached:
        main, _, sub = each.mime.partition("/")
        message.add_attachment(each.content, maintype=main, subtype=sub, filename=each.name)
    return message.as_bytes()
