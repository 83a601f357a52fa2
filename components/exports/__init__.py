"""Pictures to take along: a chart as PNG or SVG, made in the reader's own browser, with source, date and release."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from server.assets import asset_path

BROWSER = Path(__file__).parent / "browser"


@dataclass(frozen=True)
class Foot:
    """What stands below a picture that has left the house: source, date and release, and whether it is invented."""

    credit: str
    example: bool


def chart_downloads(key: str, title: str, foot: Foot) -> None:
    """Offer the chart in the same container, or the one drawn with `key`, as PNG and SVG, titled with its sentence.

    `key` is the chart's own and names the files. Nothing is made on the server: the browser puts the drawn chart,
    its title and its foot together when asked.
    """
    mount()(key=f"downloads_{key}", data={"title": title, "file": key} | asdict(foot))


@cache
def mount() -> Callable[..., Any]:
    """Register the component and return its mounting function; its script is fetched once, as the map's is."""
    return st.components.v2.component(
        "tryghedsoverblik_hent", js=LOADER.replace("ASSETS", f"app/{asset_path(BROWSER)}")
    )


LOADER = """
const app = new URL("../../", document.querySelector('script[src*="/static/js/"]')?.src ?? document.baseURI);
const downloads = import(new URL("ASSETS/downloads.js", app));
export default async (component) => (await downloads).draw(component, app);
"""
