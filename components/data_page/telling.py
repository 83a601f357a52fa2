"""A new release told by mail: a draft for one's own mail program, and one click to the group where that is set."""

from urllib.parse import urlsplit

import streamlit as st

from components.data_page.delivery import refuse_readers
from components.session import account, our_store
from components.tables import download_file
from components.text import plain
from data import danish
from data.partnership import our_partnership
from data.release import ReleaseHead
from data.store import StoreError
from data.store.events import TOLD, record, was_noted

EML, PDF = "message/rfc822", "application/pdf"
_SAID, _WRONG = "release_told", "release_not_told"


def tell(head: ReleaseHead) -> None:
    """The ways to tell of one published release."""
    fold = st.popover("Fortæl det", key=f"ask_tell_{head.id}", type="tertiary", on_change="rerun")
    if not fold.open:
        return
    with fold:
        st.markdown("Mailkladden åbner i dit eget mailprogram. Programmet gemmer ingen adresser.")
        address = _address()
        download_file("Mailkladde (.eml)", lambda: _draft(head, address, with_page=True), f"udgave_{head.id}.eml", EML,
                      key=f"mail_release_{head.id}")  # fmt: skip
        _to_the_group(head)


def _to_the_group(head: ReleaseHead) -> None:
    from reports.sending import server_address

    mail = our_partnership().mail
    if not (mail.group and mail.sender and server_address()):
        st.caption("Intet sendes herfra: der er ikke sat en mailserver og en gruppeadresse op.")
        return
    if was_noted(our_store().engine, TOLD, str(head.id)):
        st.caption(f"Udgave {head.id} er fortalt til {plain(mail.group)}.")
        return
    st.button(f"Send til {plain(mail.group)}", key=f"tell_{head.id}", type="primary", icon=":material/send:",
              on_click=_send, args=(head,))  # fmt: skip
    st.caption("Mailen har bemærkningen og et link, men ingen tal.")
    if _WRONG in st.session_state:
        st.error(plain(st.session_state.pop(_WRONG)), icon=":material/error:")


def _send(head: ReleaseHead) -> None:
    from reports.sending import send, server_address

    mail, store = our_partnership().mail, our_store()
    try:
        refuse_readers()
        if was_noted(store.engine, TOLD, str(head.id)):
            return  # pressed twice
        send(_draft(head, _address(), with_page=False), mail.sender, mail.group, server_address())
        record(store.engine, account(), TOLD, str(head.id))
    except StoreError as error:
        st.session_state[_WRONG] = str(error)


def _draft(head: ReleaseHead, address: str, *, with_page: bool) -> bytes:
    """What is told: the release, its note, and where it is; the page along with it is what the last audience sees."""
    from reports.document import Subject
    from reports.documents import one_page
    from reports.mail_draft import Attachment, mail_draft
    from reports.pdf import pdf

    ours = our_partnership()
    meeting = f" til mødet {danish.date(head.meeting_date)}" if head.meeting_date else ""
    said = f"Udgave {head.id} af tallene i {ours.short_name} er udgivet {danish.date(head.published_at)}{meeting}."
    attached = []
    if with_page:
        from data import clock
        from data.views.nearest import nearest
        from data.views.view import View

        release = our_store().release(head.id, audience=ours.audiences[-1].id)
        view, _ = nearest(View(), release, ours)
        sheet = pdf(one_page(Subject(view, release, ours, None, clock.today())))
        attached = [Attachment("et-ark.pdf", sheet, PDF)]
    return mail_draft(f"Nye tal: udgave {head.id}", [each for each in (said, head.note) if each], address, attached)


def _address() -> str:
    """The front page as this browser reaches us; "" where it is not known."""
    here = urlsplit(st.context.url or "")
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"{here.scheme}://{here.netloc}/{base}" if here.netloc else ""
