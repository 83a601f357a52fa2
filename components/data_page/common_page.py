"""The secretariat's yes to the common page: what would be shown, who agreed and when, and the way to take it back."""

import streamlit as st

from components.data_page.delivery import refuse_readers
from components.data_page.releases import confirmed
from components.session import account, our_store
from components.text import plain
from components.visitor import audience
from data import danish
from data.common_page import Contribution, consent, from_text, offered, withdraw
from data.partnership import our_partnership
from data.settings.several import served_name
from data.store import StoreError
from data.store.common import Consent, shown
from reports.common_page import in_lines

WHAT = (
    "Partnerskaberne i denne installation kan vise hinanden deres tal på [fællessiden](faelles). Her står kun det, som "
    "alle jeres målgrupper må se. Tallene følger ikke med, når I udgiver nye: I siger ja til én udgave ad gangen, og I "
    "kan tage den tilbage med det samme."
)


def common_page() -> None:
    """The fold of the common page; nothing where the installation has one partnership."""
    if not served_name():
        return
    with st.expander("Fællessiden", icon=":material/diversity_3:", key="common_page", on_change="rerun") as fold:
        if not fold.open:
            return
        st.markdown(WHAT)
        try:
            standing = next((each for each in shown(our_store().engine) if each.name == served_name()), None)
            offer = offered(our_store(), our_partnership())
        except StoreError as error:
            st.error(plain(str(error)), icon=":material/error:")
            return
        _standing(standing)
        if standing is None or _release_of(standing) != offer.release:
            _offer(offer)


def _release_of(standing: Consent) -> int:
    try:
        return from_text(standing.document).release
    except ValueError:
        return 0


def _standing(standing: Consent | None) -> None:
    if standing is None:
        st.markdown("**I viser ikke noget på fællessiden nu.**")
        return
    with st.container(key="line_common", horizontal=True, vertical_alignment="center"):
        agreed = f"{standing.role} sagde ja {danish.moment(standing.at)}."
        st.markdown(f"**I viser udgave {_release_of(standing)}.** {plain(agreed)}", width="stretch")
        confirmed("Tag tallene tilbage", "leave_common", "Tallene er væk fra fællessiden med det samme.",
                  "Ja, tag dem tilbage", _withdraw)  # fmt: skip


def _offer(offer: Contribution) -> None:
    counted = danish.join([
        danish.plural(len(offer.perceived), "andel", "andele"),
        danish.plural(len(offer.recorded), "kommunes anmeldelser", "kommuners anmeldelser"),
        danish.plural(len(offer.outcomes), "succeskriterium", "succeskriterier"),
        danish.plural(len(offer.learnt), "sætning om, hvad der er lært", "sætninger om, hvad der er lært"),
    ])  # fmt: skip
    with st.container(key="line_common_offer", horizontal=True, vertical_alignment="center"):
        sentence = f"Udgave {offer.release}, som {offer.audience} ser den: {counted}."
        st.markdown(plain(sentence), width="stretch")
        with st.popover("Se, hvad der vises", key="seen_common", type="tertiary", on_change="rerun") as fold:
            if fold.open:
                st.markdown("\n".join(f"- {plain(line)}" for line in in_lines(offer)) or "Ingen tal.")
        meaning = "Alle, der læser et af partnerskaberne i denne installation, kan så læse det. Det står i loggen."
        confirmed(f"Vis udgave {offer.release}", "join_common", meaning, "Ja, vis tallene på fællessiden",
                  lambda: _consent(offer.release))  # fmt: skip


def _consent(release: int) -> None:
    refuse_readers()
    consent(our_store(), our_partnership(), by=account(), role=audience().title, release=release)


def _withdraw() -> None:
    refuse_readers()
    withdraw(our_store(), by=account())
