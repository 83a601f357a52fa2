"""Founds a partnership in a folder of its own: settings, files to fill in, and an empty database."""

import datetime as dt
from pathlib import Path

from data.contracts.problems import ContractError
from data.identifiers import identifier
from data.intake.templates import codes_of, own_example, template
from data.partnership import Partnership, read_partnership
from data.settings.chosen import DATABASE_NAME, SETTINGS_NAME
from data.settings.new import Answers, settings_text
from data.settings.problems import SettingProblem
from data.store import Store, migrate, open_store

OWN_FIGURES = "egne-tal"
"""The source that the new partnership's first file of sources names."""
NAMES = {
    "sources": "1-kilder", "areas": "2-omraader", "population": "3-befolkning", "survey": "4-maalinger",
    "incidents": "5-anmeldelser", "initiatives": "6-indsatser", "activities": "7-aktiviteter",
    "criteria": "8-succeskriterier",
}  # fmt: skip
"""The files to fill in, in the order they are loaded in."""


def found(folder: Path, answers: Answers, today: dt.date) -> list[Path]:
    """Write a new partnership's settings, files and database into a folder, and return the files to fill in.

    The files of sources and areas are begun: they hold the partnership's own source and its municipalities. Raises
    ContractError where the folder already has settings, and then writes nothing.
    """
    settings = folder / SETTINGS_NAME
    if settings.exists():
        remedy = "Vælg en anden mappe, eller slet den gamle"
        raise ContractError([SettingProblem(str(settings), message="filen findes i forvejen", remedy=remedy)])
    folder.mkdir(parents=True, exist_ok=True)
    settings.write_text(settings_text(answers, today), encoding="utf-8")
    partnership = read_partnership(settings)
    store = open_store(f"sqlite:///{folder / DATABASE_NAME}")
    try:
        migrate(store)
        return [_file(folder, kind, store, partnership, answers) for kind in _kinds(partnership)]
    finally:
        store.engine.dispose()


def _kinds(partnership: Partnership) -> list[str]:
    """The kinds of table that a partnership fills in itself."""
    unused = {*([] if partnership.indicators else ["survey"]), *([] if partnership.categories else ["incidents"])}
    return [kind for kind in NAMES if kind not in unused]


def _file(folder: Path, kind: str, store: Store, partnership: Partnership, answers: Answers) -> Path:
    """A template of a kind; those of sources and areas begun with what the answers tell."""
    path = folder / f"{NAMES[kind]}.xlsx"
    codes = codes_of(store, partnership) | {  # what the files of sources and areas are begun with
        "Område": [(identifier(name), name) for name in answers.municipalities],
        "Kilde-id": [(OWN_FIGURES, f"Egne tal fra {partnership.name}")],
    }
    path.write_bytes(
        template(kind, "xlsx", codes, _begun(kind, partnership, answers) or own_example(kind, codes, partnership))
    )
    return path


def _begun(kind: str, partnership: Partnership, answers: Answers) -> list[dict[str, str]] | None:
    origin = {"provenance": "officiel", "source_id": OWN_FIGURES}
    if kind == "sources":
        own = {"source_id": OWN_FIGURES, "title": f"Egne tal fra {partnership.name}", "publisher": partnership.name}
        return [own | {"provenance": "officiel"}]
    if kind == "areas":
        municipality = {"level": "kommune", "outline": "intet", **origin}
        return [{"area_id": identifier(name), "name": name, **municipality} for name in answers.municipalities]
    return None
