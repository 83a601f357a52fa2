"""What a page shows when something went wrong that nobody foresaw, in a callback or anywhere else: never English."""

import streamlit as st

from components.text import plain
from data.contracts.problems import ContractError
from data.store import StoreError
from data.unforeseen import error_number, note, sentence


def unforeseen(error: Exception) -> bool:
    """Tell of an error in Danish; True, so that Streamlit says nothing more.

    What the store or a contract refuses says itself why. Anything else gets a number, under which it stands in the log.
    """
    if isinstance(error, StoreError | ContractError):
        st.error(plain(str(error)), icon=":material/error:")
        return True
    number = error_number()
    note(error, number)
    st.error(sentence(number), icon=":material/error:")
    return True
