"""The commands on a partnership's settings: found a new one, check the settings, and say what comes next."""

import argparse
import datetime as dt
import sys
from pathlib import Path

from data import danish
from data.identifiers import identifier
from data.partnership import Partnership, read_partnership
from data.publishing.new_partnership import found
from data.settings.chosen import SETTINGS_NAME, choose, settings_file
from data.settings.loaded import unsettled
from data.settings.questions import ask
from data.settings.several import RULE, is_name, left_out, names, partnerships_folder, title_of
from data.settings.steps import Step, steps
from data.store import Store, StoreError, open_store

OF_WHICH = "--partnership"
"""Before any command: the name of the partnership it is for, where an installation holds several."""
KINDS_HELD_AGAINST = ("areas", "survey", "incidents", "cells", "hours", "initiatives", "criteria", "meetings")
"""The kinds whose rows use names of the settings."""
KINDS_COUNTED = ("sources", "areas", "population", "survey", "incidents", "initiatives", "boundaries")
_MARKS = {"done": "✓", "next": "→", "later": " ", "optional": "+"}


def new(options: argparse.Namespace) -> None:
    """Ask the six questions, write the folder, and say what to do; raises ContractError where it is taken."""
    folder: Path = options.folder
    if (folder / SETTINGS_NAME).exists():
        raise StoreError(f"Der er allerede et partnerskab i {folder}. Vælg en anden mappe.")
    if options.use and not is_name(folder.name):
        suggested = identifier(folder.name)
        better = f" Kald det fx »{suggested}«: make new NAME={suggested}" if is_name(suggested) else f" {RULE}."
        raise StoreError(f"»{folder.name}« kan ikke stå i en adresse.{better}")
    try:
        answers = ask()
    except EOFError:
        raise StoreError("Svarene holdt op, før alle seks spørgsmål var besvaret. Intet er skrevet.") from None
    files = found(folder, answers, dt.date.today())
    if options.use:
        choose(folder.resolve().relative_to(partnerships_folder().resolve()).as_posix())
    print(f"\n{folder / SETTINGS_NAME} er skrevet. Ret den, så den passer, og kontrollér den: {called()} settings")
    print(f"Filer til at udfylde: {danish.join(path.name for path in files)}.")
    print("make run åbner på en side, der viser, hvad der kommer nu." if options.use else "")


def called() -> str:
    """How a command is called from where one stands, by the program of the virtual environment where it lies here."""
    program = Path(sys.executable)
    here = Path.cwd()
    named = program.relative_to(here) if program.is_relative_to(here) else Path("python")
    return f"{named} -m data"


def settings(options: argparse.Namespace) -> None:
    """Check a settings file, and hold the one in use against what is loaded; raises ContractError or StoreError."""
    file = options.file or settings_file()
    partnership = read_partnership(file)
    if options.file is None:
        store = open_store()
        try:
            problems = unsettled({kind: store.loaded(kind) for kind in KINDS_HELD_AGAINST}, partnership)
        finally:
            store.engine.dispose()
        if problems:
            raise StoreError("\n".join(problems))
    print(f"{file} er i orden: {partnership.name}.")


def partnerships(options: argparse.Namespace) -> None:
    """Print the partnerships of the installation, and what is wrong with the names of those that are left out."""
    for name in names():
        print(name if options.names else f"{name}: {title_of(name)}")
    if not options.names:
        print("\n".join(left_out()) or ("" if names() else "Der er ingen endnu. Begynd et: make new NAME=nordby"))


def waiting_steps(store: Store, partnership: Partnership) -> list[Step]:
    """What comes next for the partnership, seen from what is loaded and published."""
    rows = {kind: len(store.loaded(kind)) for kind in KINDS_COUNTED}
    return steps(partnership, rows, len(store.releases()))


def comes_next(_options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    """Print the steps to the first release, the next one marked."""
    for step in waiting_steps(store, partnership):
        print(f"{_MARKS[step.state]} {step.title}: {step.sentence}")


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands that need neither database nor settings to begin with."""
    founded = commands.add_parser("new", help="begynd et nyt partnerskab: seks spørgsmål, indstillinger og skabeloner")
    founded.add_argument("folder", type=Path, help="mappen, det skal ligge i")
    founded.add_argument("--use", action="store_true", help="lad make run åbne det (mappen skal ligge i partnerships/)")
    founded.set_defaults(alone=new)
    listed = commands.add_parser(
        "partnerships", help=f"vis partnerskaberne i denne installation; {OF_WHICH} NAVN foran en kommando vælger et"
    )
    listed.add_argument("--names", action="store_true", help="kun navnene, ét på hver linje")
    listed.set_defaults(alone=partnerships)
    checked = commands.add_parser(
        "settings", help="kontrollér indstillingerne, og at de passer til det, der er indlæst"
    )
    checked.add_argument("file", nargs="?", type=Path, help="en anden fil end den, der bruges")
    checked.set_defaults(alone=settings)
