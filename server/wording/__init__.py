"""Streamlit's own words in Danish: it has no translations, so a script of ours says them over in the browser."""

from pathlib import Path

from server.assets import asset_path

BROWSER = Path(__file__).parent / "browser"


def script_tag() -> str:
    """The tag that fetches the script, relative to a page, as Streamlit's own are."""
    return f'<script type="module" src="./app/{asset_path(BROWSER)}/wording.js"></script>'
