"""Several partnerships in one installation: their names, which of them this process serves, and keys that are its own.

A process serves one partnership alone. Without TRYGHED_NAME it is the only one, and nothing here changes anything.
"""

import hashlib
import hmac
import os
import re
import tomllib
from pathlib import Path

from data import danish
from data.contracts.problems import ContractError
from data.settings.problems import SettingProblem

ROOT = Path(__file__).parents[2]
NAME, FOLDER = "TRYGHED_NAME", "TRYGHED_PARTNERSHIPS"
"""The variables that say which partnership a process serves, and in which folder all of them lie."""
SETTINGS_FILE, OWN_ACCESS = "partnership.toml", "access.toml"
"""What lies in a partnership's folder: its settings, and the table of who comes in."""
LONGEST_NAME = 40
RESERVED = frozenset({
    "app", "auth", "chosen", "component", "data", "faelles", "klar", "maalinger", "media", "oauth2callback", "static",
    "sundhed",
})  # fmt: skip
"""Words that addresses and files of our own use."""
_NAME = re.compile(r"[a-z](-?[a-z0-9])*")
RULE = f"Brug små bogstaver a–z, tal og enkelte bindestreger, højst {LONGEST_NAME} tegn, med et bogstav først"


def partnerships_folder() -> Path:
    """The folder with a folder for each partnership: what TRYGHED_PARTNERSHIPS says, else partnerships/."""
    stated = os.environ.get(FOLDER)
    return Path(stated) if stated else ROOT / "partnerships"


def is_name(name: str) -> bool:
    """Whether a name can stand in an address and name a schema of a database: no two do so alike."""
    return len(name) <= LONGEST_NAME and _NAME.fullmatch(name) is not None and name not in RESERVED


def served_name() -> str:
    """The name of the partnership that this process serves among several; "" where it serves the only one.

    Raises ContractError, in Danish, for a name that cannot be one, has no settings, or is not alone in deciding.
    """
    name = os.environ.get(NAME, "")
    if not name:
        return ""
    if not is_name(name):
        raise ContractError([_fault(f"»{name}« kan ikke være navnet på et partnerskab", RULE)])
    if os.environ.get("TRYGHED_PARTNERSHIP"):
        raise ContractError([_fault("TRYGHED_PARTNERSHIP nævner også indstillinger", "Sæt kun den ene af dem")])
    if not (partnerships_folder() / name / SETTINGS_FILE).is_file():
        remedy = f"Der er: {', '.join(names()) or 'ingen'}. Begynd et nyt med: make new NAME={name}"
        raise ContractError([_fault(f"der er intet partnerskab »{name}« i {partnerships_folder()}", remedy)])
    return name


def names() -> list[str]:
    """The names of all partnerships of the installation that can be served beside each other, in order."""
    return [name for name in _folders() if is_name(name)]


def left_out() -> list[str]:
    """What to tell of each folder with settings whose name cannot be one, in Danish."""
    return [f"Mappen »{name}« er ikke med: {danish.inside(RULE)}." for name in _folders() if not is_name(name)]


def _folders() -> list[str]:
    return sorted(each.parent.name for each in partnerships_folder().glob(f"*/{SETTINGS_FILE}"))


def title_of(name: str) -> str:
    """What a partnership calls itself; its name where its settings cannot be read, which its own process tells."""
    try:
        stated = tomllib.loads((partnerships_folder() / name / SETTINGS_FILE).read_text(encoding="utf-8-sig"))
        return str(stated["partnership"]["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return name


def own_key(key: str) -> str:
    """A key of the installation as the partnership's own: what is signed with it holds in no other.

    The key itself where the process serves the only partnership, and "" for none.
    """
    name = served_name()
    if not name or not key:
        return key
    return hmac.new(key.encode(), f"tryghedsoverblik/partnerskab/{name}".encode(), hashlib.sha256).hexdigest()


def _fault(message: str, remedy: str) -> SettingProblem:
    return SettingProblem(NAME, message=message, remedy=remedy)
