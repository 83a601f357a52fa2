"""The waves as a slider that can be played: one after the other, at a reader's pace, until the newest or a stop."""

import time

import streamlit as st

from components.session import Screen, choose
from data import danish
from data.views.nearest import waves

# Long enough to read a map; the server draws one page a step, and none when nothing plays.
SECONDS_A_WAVE = 2.5
# A tick that comes with the page itself and not from the clock is no step.
AT_LEAST = 0.7 * SECONDS_A_WAVE
_SLIDER = "choice_timeline"
_LAST_STEP = "timeline_last_step"


def timeline(screen: Screen) -> None:
    """The slider and "Afspil"; nothing where there is only one wave.

    Readers who have asked their system for less motion are not offered to play (style.css), only to step.
    """
    offered = waves(screen.release, screen.view.indicator, screen.view.level)
    if len(offered) < 2:
        return
    playing = _LAST_STEP in st.session_state and screen.view.period != offered[-1]
    if not playing:
        st.session_state.pop(_LAST_STEP, None)
    with st.container(horizontal=True, key="timeline", vertical_alignment="bottom"):
        with st.container(key="timeline_play", width="content"):
            if playing:
                st.button("Stop", icon=":material/pause:", key="timeline_stop", on_click=_stop)
            else:
                st.button(
                    "Afspil", icon=":material/play_arrow:", key="timeline_start", on_click=_start, args=(offered,)
                )
        st.session_state[_SLIDER] = screen.view.period
        st.select_slider("Gå gennem målingerne", offered, format_func=danish.period, key=_SLIDER, on_change=_go)
    if playing:
        _tick(offered, screen.view.period)


def _start(offered: list[str]) -> None:
    """Play from the wave shown, or from the first where the newest is shown."""
    st.session_state[_LAST_STEP] = time.monotonic()
    if st.session_state[_SLIDER] == offered[-1]:
        choose(period=offered[0])


def _stop() -> None:
    st.session_state.pop(_LAST_STEP, None)


def _go() -> None:
    _stop()
    choose(period=st.session_state[_SLIDER])


@st.fragment(run_every=SECONDS_A_WAVE)
def _tick(offered: list[str], shown: str) -> None:
    """Go one wave on when its time is up; the browser asks, so a closed window plays nothing."""
    last = st.session_state.get(_LAST_STEP)
    if last is None or time.monotonic() - last < AT_LEAST:
        return
    st.session_state[_LAST_STEP] = time.monotonic()
    choose(period=offered[offered.index(shown) + 1])
    st.rerun()
