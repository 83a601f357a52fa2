"""What comes next for a partnership that has not published yet, drawn where its first figures will stand."""

import streamlit as st

from components.navigation import link_to
from components.session import our_store
from components.text import plain
from components.visitor import audience
from data.partnership import our_partnership
from data.settings.steps import Step
from data.settings_commands import waiting_steps
from data.store import StoreError
from data.views.view import View

_BADGES = {
    "done": ":green-badge[:material/check: gjort]",
    "next": ":blue-badge[:material/arrow_forward: nu]",
    "later": ":gray-badge[senere]",
    "optional": ":gray-badge[når det passer]",
}


def first_steps() -> bool:
    """Draw the steps to the first release for who may publish; False, and nothing drawn, where that does not fit."""
    if not audience().publishes:
        return False
    try:
        if our_store().newest() is not None:
            return False
        steps = waiting_steps(our_store(), our_partnership())
    except StoreError:
        return False
    st.title(plain(f"{our_partnership().short_name}: hvad kommer nu?"), anchor=False)
    st.markdown("Der er ikke udgivet nogen tal endnu. Trinene fører til den første udgave; før den ser andre intet.")
    with st.container(key="first_steps"):
        for number, step in enumerate(steps, 1):
            _draw(number, step)
    return True


def _draw(number: int, step: Step) -> None:
    with st.container(border=step.state == "next"):
        optional = step.state == "optional"
        title = plain(step.title if optional else f"{number}. {step.title}")
        st.markdown(f"**{title}** {_BADGES[step.state]}  \n{plain(step.sentence)}")
        if step.state == "next":
            link_to("data.py", "Gå til Data, hent skabelonen, og læg filen ind", View(), icon="upload_file")
