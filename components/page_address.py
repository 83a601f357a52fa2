"""The whole address of a page, as this browser reaches us."""

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

import streamlit as st

from server.base_path import normalised


def page_address(page: str, query: Mapping[str, str]) -> str:
    """The address of a page by its path, with a query; without a host, where the browser does not say its address."""
    here = urlsplit(st.context.url or "")
    origin = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    return f"{origin}{normalised(str(st.get_option('server.baseUrlPath')))}/{page}?{urlencode(query)}"
