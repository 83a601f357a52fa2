"""What one does once a release is published: see it, share it with the local councils, or undo it."""

import streamlit as st

from components.data_page.delivery import refuse_readers
from components.data_page.releases import confirmed, go_back
from components.navigation import PAGES, PageEntry, is_for, link_to
from components.session import account, audience, our_store
from components.sharing.copy_button import copy_button
from components.sharing.share_strip import ORDINARY_DAYS, link_address
from components.text import plain
from data import danish
from data.contracts.problems import ContractError
from data.partnership import Audience, our_partnership
from data.release import ReleaseHead
from data.sharing import Made, receivers, share
from data.store import StoreError
from data.views.view import View
from server.private_settings import link_keys

OVERVIEW = "overview.py"
_LINKS, _REFUSED = "council_links", "council_links_refused"


def councils(entry: PageEntry) -> list[Audience]:
    """Whom the reader may share with that see some of the municipalities only: the local councils."""
    sender = audience()
    offered = [each for each in receivers(sender, our_partnership()) if is_for(entry, each)]
    return [each for each in offered if each.sees and set(each.sees) < set(sender.sees)]


def afterwards(head: ReleaseHead) -> None:
    """The three ways on from the newest release, just published."""
    heads = our_store().releases()
    entry = next(each for each in PAGES if each.file == OVERVIEW)
    to = councils(entry)
    with st.container(border=True, key="after_publishing"):
        with st.container(horizontal=True, vertical_alignment="center"):
            link_to(OVERVIEW, "Se udgaven", View(), icon="visibility", release=head.id)
            if to:
                many = danish.plural(len(to), "lokalråd", "lokalråd")
                st.button(f"Del med {many}", key="share_with_councils", icon=":material/share:", type="tertiary",
                          on_click=_share, args=(head.id, entry.address, to))  # fmt: skip
            if len(heads) > 1:
                before = heads[1].id
                confirmed(
                    "Fortryd", f"undo_{head.id}",
                    f"Alle ser så tallene fra udgave {before} igen, som en ny udgave. Intet slettes. Filerne bliver "
                    "stående under »Indlæste filer« og er med næste gang, hvis de ikke trækkes tilbage.",
                    f"Ja, gå tilbage til udgave {before}", lambda: go_back(before, head.id),
                )  # fmt: skip
        if _REFUSED in st.session_state:
            st.error(plain(st.session_state[_REFUSED]), icon=":material/error:")
        for made in st.session_state.get(_LINKS, {}).get(head.id, []):
            _link(made)


def _share(release: int, page: str, to: list[Audience]) -> None:
    """A link to Overblik for each council, each with what that council may see."""
    st.session_state.pop(_REFUSED, None)
    try:
        refuse_readers()
        st.session_state[_LINKS] = {
            release: [
                share(
                    our_store(), our_partnership(), sender=audience(), by=account(), page=page, view=View(),
                    release=release, receiver=each.id, days=ORDINARY_DAYS, note="", keys=link_keys(),
                )
                for each in to
            ]
        }  # fmt: skip
    except (StoreError, ContractError) as error:
        st.session_state[_REFUSED] = str(error)


def _link(made: Made) -> None:
    title = our_partnership().audience(made.link.audience).title
    with st.container(horizontal=True, vertical_alignment="center", key=f"council_{made.link.audience}"):
        st.markdown(f"**{plain(title)}** :gray[virker til {danish.date(made.link.expires)}]", width="stretch")
        copy_button(f"Kopiér link til {title}", link_address(made), key=f"copy_{made.link.audience}")
