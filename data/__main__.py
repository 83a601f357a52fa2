"""The secretariat's command line: `python -m data --help` lists what it can do."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from data import danish
from data.archiving import add_archiving
from data.backup import backup, restore
from data.contracts.problems import ContractError
from data.intake.commands import add_intake
from data.partnership import Partnership, our_partnership
from data.publishing.commands import ANYWAY, add_publishing
from data.publishing.repair import repair
from data.retention import add_retention
from data.settings.several import NAME
from data.settings_commands import OF_WHICH, add_commands, comes_next
from data.store import Store, StoreError, migrate, open_store
from data.store.events import DONE, RESTORED_WITHOUT_LOG, logged
from data.unforeseen import told_on_command_line

AGGREGATE = "aggregate"
DOCTOR = "doctor"
Command = Callable[[argparse.Namespace, Store, Partnership], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 when it was done, 1 when it was refused with a Danish explanation on stderr."""
    given = _of_partnership(list(sys.argv[1:] if arguments is None else arguments))
    if given[:1] == [AGGREGATE]:  # needs no database, and must work where there is none
        from data.aggregate.commands import main as aggregate

        return aggregate(given[1:])
    if given == [DOCTOR]:  # must say what is wrong also where nothing else works
        from data import doctor

        return 0 if doctor.main() else 1
    options = _parser().parse_args(given)
    try:
        if "alone" in options:
            options.alone(options)
        else:
            _run(options)
    except (ContractError, StoreError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def guarded(arguments: Sequence[str] | None = None) -> int:
    """Run one command as `main` does; a fault that nobody foresaw is told in Danish under a number."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return main(given)
    except KeyboardInterrupt:
        print("Afbrudt.", file=sys.stderr)
    except BrokenPipeError:  # whoever read what was said has had enough
        sys.stderr.close()
    except Exception as error:
        print(told_on_command_line(error, keeps=AGGREGATE not in given), file=sys.stderr)
    return 1


def _of_partnership(given: list[str]) -> list[str]:
    """The command without the partnership it is for, which is from now on the one that is served."""
    if given[:1] == [OF_WHICH] and len(given) > 1:
        os.environ[NAME] = given[1]
        return given[2:]
    return given


def _run(options: argparse.Namespace) -> None:
    """Run a command on the database and the partnership of this installation."""
    partnership, store = our_partnership(), open_store()
    try:
        migrate(store)
        options.run(options, store, partnership)
    finally:
        store.engine.dispose()


def _log(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    for event in reversed(logged(store.engine, options.newest)):
        print(f"{danish.moment(event.at)}  {event.account}  {DONE.get(event.what, event.what)} {event.about}".rstrip())


def _backup(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    rows = backup(store, options.file, despite_damage=options.despite_damage)
    print(f"{options.file} rummer hele databasen: {danish.plural(rows, 'række', 'rækker')}.")


def _restore(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    rows = restore(store, options.file, overwrite=options.overwrite, despite_damage=options.despite_damage)
    print(f"Databasen er gendannet fra {options.file}: {danish.plural(rows, 'række', 'rækker')}.")
    newest = logged(store.engine, 1)
    if newest and newest[0].what == RESTORED_WITHOUT_LOG:
        print("Sikkerhedskopien har udgaver, men ingen log. Det står nu i loggen.")


def _repair(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    repaired = repair(store, options.file, by=getpass.getuser())
    print("\n".join(repaired) or "Intet i databasen er beskadiget.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description="Indlæs, kontrollér og udgiv tal.")
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, run: Command, explained: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=explained)
        added.set_defaults(run=run)
        return added

    add_intake(command)
    add_publishing(command)
    told = command("log", _log, "vis, hvem der har gjort hvad og hvornår, ældste først")
    told.add_argument("--newest", type=int, default=200, help="hvor mange linjer, de nyeste; 200, hvis intet er sagt")
    saved = command("backup", _backup, "gem hele databasen i én fil")
    saved.add_argument("file", type=Path)
    saved.add_argument("--despite-damage", action="store_true", help=ANYWAY)
    restored = command("restore", _restore, "gendan hele databasen fra en sikkerhedskopi")
    restored.add_argument("file", type=Path)
    restored.add_argument("--overwrite", action="store_true", help="erstat alt, der står i databasen")
    commands.add_parser(DOCTOR, help="se efter, om opsætning, database, nøgler, tid, disk og versioner er i orden")
    commands.add_parser(AGGREGATE, help="tæl egne sager eller svar op her på maskinen, uden database")
    restored.add_argument("--despite-damage", action="store_true", help=ANYWAY)
    command("repair", _repair, "hent det, der er beskadiget, tilbage fra en sikkerhedskopi, og rør ikke andet"
            ).add_argument("file", type=Path)  # fmt: skip
    command("next", comes_next, "vis, hvad der kommer nu, trin for trin til første udgave")
    add_retention(command)
    add_archiving(command)
    add_commands(commands)
    return parser


if __name__ == "__main__":
    sys.exit(guarded())
