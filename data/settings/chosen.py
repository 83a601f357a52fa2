"""Which partnership this installation serves: its settings file, and the folders that it writes in."""

import os
from pathlib import Path

from data.settings.several import ROOT, SETTINGS_FILE, partnerships_folder, served_name

SHIPPED = ROOT / "partnership.toml"
"""The settings of the shipped example."""
VAR = "TRYGHED_VAR"
SETTINGS_NAME, DATABASE_NAME, CHOSEN_NAME = SETTINGS_FILE, "tryghedsoverblik.db", "chosen"


def var_folder() -> Path:
    """Where the installation writes: TRYGHED_VAR, needed where nobody may write in the code's folder, else var/."""
    return Path(os.environ.get(VAR) or ROOT / "var")


def drawn_folder() -> Path:
    """Where geo/ is, the outlines and streets that browsers fetch: static/, with TRYGHED_VAR that folder."""
    return var_folder() if var_is_elsewhere() else ROOT / "static"


def var_is_elsewhere() -> bool:
    """Whether TRYGHED_VAR names a folder of its own to write in."""
    return bool(os.environ.get(VAR))


def settings_file() -> Path:
    """The settings file in use: what TRYGHED_PARTNERSHIP names, else the chosen partnership's, else the example's.

    Raises ContractError where TRYGHED_NAME names no partnership.
    """
    named = os.environ.get("TRYGHED_PARTNERSHIP")
    if named and not served_name():
        return Path(named)
    folder = chosen_folder()
    return folder / SETTINGS_NAME if folder else SHIPPED


def serves_example() -> bool:
    """Whether the shipped example is served, so that its data belong in an empty database."""
    return settings_file().resolve() == SHIPPED.resolve()


def database_file() -> Path:
    """The SQLite file of the partnership in use; the example's, and one TRYGHED_PARTNERSHIP names, in `var_folder`."""
    folder = None if os.environ.get("TRYGHED_PARTNERSHIP") else chosen_folder()
    return (folder or var_folder()) / DATABASE_NAME


def chosen_folder() -> Path | None:
    """The folder of the partnership that is served or chosen; None while it is the shipped example."""
    name = served_name()
    if not name:
        try:
            name = (partnerships_folder() / CHOSEN_NAME).read_text(encoding="utf-8").strip()
        except OSError:
            return None
    return partnerships_folder() / name if name else None


def choose(name: str) -> None:
    """Serve the partnership in the folder of that name from the next start on; "" for the shipped example."""
    partnerships_folder().mkdir(exist_ok=True)
    (partnerships_folder() / CHOSEN_NAME).write_text(name + "\n", encoding="utf-8")
