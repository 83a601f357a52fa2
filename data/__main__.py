"""The secretariat's command line: `python -m data --help` lists what it can do."""

import argparse
import datetime as dt
import getpass
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from data import danish
from data.backup import backup, restore
from data.bootstrap import bootstrap
from data.definitions import CONTRACTS
from data.intake import check_files
from data.package import export, load_package
from data.partnership import Partnership, our_partnership
from data.problems import ContractError
from data.publish import audit, publish
from data.release import ReleaseHead
from data.sources import statbank
from data.store import Incoming, Store, StoreError, migrate, open_store
from data.templates import template

Command = Callable[[argparse.Namespace, Store, Partnership], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 when it was done, 1 when it was refused with a Danish explanation on stderr."""
    options = _parser().parse_args(arguments)
    store, partnership = open_store(), our_partnership()
    try:
        migrate(store)
        options.run(options, store, partnership)
    except (ContractError, StoreError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        store.engine.dispose()
    return 0


def _bootstrap(_options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    published = bootstrap(store, partnership)
    print(_line(published) if published else "Alt er på plads i forvejen.")


def _template(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    suffix = options.output.suffix.lower().lstrip(".")
    if suffix not in ("xlsx", "csv"):
        raise StoreError(f"En skabelon er en .xlsx- eller .csv-fil, ikke »{options.output.name}«.")
    options.output.write_bytes(template(options.kind, suffix, _codes(store, partnership)))
    print(f"{options.output} er klar til at blive udfyldt.")


def _codes(store: Store, partnership: Partnership) -> dict[str, list[tuple[str, str]]]:
    """The codes a file may use, for the template's third sheet."""
    areas, sources = store.loaded("areas"), store.loaded("sources")
    return {
        "Område": list(zip(areas["area_id"], areas["name"], strict=True)),
        "Emne": [(indicator.id, indicator.title) for indicator in partnership.indicators],
        "Kategori": [(category.id, category.title) for category in partnership.categories],
        "Måleserie": [(series.id, series.title) for series in partnership.series],
        "Kilde-id": list(zip(sources["source_id"], sources["title"], strict=True)),
    }


def _check(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    _tell(check_files(options.files, store, partnership), "kontrolleret uden fejl")


def _load(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    incoming = check_files(options.files, store, partnership)
    store.load(incoming, by=getpass.getuser())
    _tell(incoming, "indlæst")


def _tell(incoming: Sequence[Incoming], done: str) -> None:
    for table in incoming:
        title = CONTRACTS[table.kind].title.lower() if table.kind in CONTRACTS else "omrids"
        print(f"{table.file_name}: {danish.plural(len(table.frame), 'række', 'rækker')} {done} ({title}).")


def _publish(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    by = getpass.getuser()
    head = publish(store, partnership, by=by, note=options.note, meeting_date=options.meeting, draft=options.draft)
    print(_line(head))


def _publish_draft(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    print(_line(store.publish_draft(options.release, by=getpass.getuser())))


def _audit(_options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    for line in audit(store, partnership):
        print(line)


def _releases(_options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    for head in store.releases(drafts=True):
        print(_line(head))


def _rollback(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    print(_line(store.rollback(options.release, by=getpass.getuser())))


def _statbank(_options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    fetched = statbank.fetch(store, partnership, today=dt.date.today())
    store.load(fetched.incoming, by=getpass.getuser())
    for sentence in fetched.sentences:
        print(sentence)


def _export(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    held = export(store, options.release, options.output, options.audience or [])
    titles = {audience.id: audience.title.lower() for audience in partnership.audiences}
    told = danish.join(titles.get(audience, audience) for audience in held)
    print(f"{options.output} rummer udgave {options.release}, som den ses af {told}.")


def _import(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    print(_line(load_package(store, options.file, by=getpass.getuser())))


def _backup(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    rows = backup(store, options.file)
    print(f"{options.file} rummer hele databasen: {danish.plural(rows, 'række', 'rækker')}.")


def _restore(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    rows = restore(store, options.file, overwrite=options.overwrite)
    print(f"Databasen er gendannet fra {options.file}: {danish.plural(rows, 'række', 'rækker')}.")


def _line(head: ReleaseHead) -> str:
    if head.is_draft:
        note = f": {head.note}" if head.note else ""
        return f"Kladde {head.id} lavet {danish.date(head.published_at.date())} af {head.published_by}{note}"
    meeting = f" til mødet {danish.date(head.meeting_date)}" if head.meeting_date else ""
    note = f": {head.note}" if head.note else ""
    return f"Udgave {head.id} udgivet {danish.date(head.published_at.date())} af {head.published_by}{meeting}{note}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description="Indlæs, kontrollér og udgiv tal.")
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, run: Command, explained: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=explained)
        added.set_defaults(run=run)
        return added

    made = command("template", _template, "lav en skabelon til en slags tabel")
    made.add_argument("kind", choices=list(CONTRACTS))
    made.add_argument("-o", "--output", type=Path, required=True, help="filen, .xlsx eller .csv")
    for name, run, explained in (
        ("load", _load, "kontrollér filer og indlæs dem, alle eller ingen"),
        ("check", _check, "kontrollér filer uden at indlæse"),
    ):
        command(name, run, explained).add_argument("files", nargs="+", type=Path)
    published = command("publish", _publish, "udgiv alt, der er indlæst, som en ny udgave")
    published.add_argument("--note", default="", help="hvad der er nyt")
    published.add_argument("--meeting", type=dt.date.fromisoformat, help="mødets dato, fx 2026-03-04")
    published.add_argument("--draft", action="store_true", help="gem som kladde, som kun sekretariatet ser")
    command("audit", _audit, "vis, hvor godt de skjulte tal er beskyttet, målgruppe for målgruppe")
    drafted = command("publish-draft", _publish_draft, "udgiv en kladde, så alle ser den")
    drafted.add_argument("release", type=int)
    command("releases", _releases, "vis alle udgaver og kladder, nyeste først")
    command("rollback", _rollback, "udgiv en tidligere udgave igen").add_argument("release", type=int)
    command("statbank", _statbank, "hent nye anmeldelser og folketal fra Danmarks Statistik og indlæs dem")
    exported = command("export", _export, "gem en udgave som en åben datapakke")
    exported.add_argument("release", type=int)
    exported.add_argument("-o", "--output", type=Path, required=True, help="filen, .zip")
    exported.add_argument("--audience", action="append", help="kun det, denne målgruppe må se; ellers alle målgrupper")
    command("import", _import, "udgiv udgaven i en datapakke").add_argument("file", type=Path)
    command("backup", _backup, "gem hele databasen i én fil").add_argument("file", type=Path)
    restored = command("restore", _restore, "gendan hele databasen fra en sikkerhedskopi")
    restored.add_argument("file", type=Path)
    restored.add_argument("--overwrite", action="store_true", help="erstat alt, der står i databasen")
    command("bootstrap", _bootstrap, "gør en ny installation klar med de leverede data")
    return parser


if __name__ == "__main__":
    sys.exit(main())
