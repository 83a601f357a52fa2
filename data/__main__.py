"""The secretariat's command line: `python -m data --help` lists what it can do."""

import argparse
import datetime as dt
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from data import clock, danish
from data.archiving import add_archiving
from data.backup import backup, restore
from data.contracts.definitions import CONTRACTS
from data.contracts.problems import ContractError
from data.intake import statbank
from data.intake.examination import Delivered, Examined, Shapes, examine, examine_files
from data.intake.outlines import ADDRESS, configured, fetch_outlines
from data.intake.percents import UNITS
from data.intake.plausibility import Caution, unusual_in
from data.intake.problem_workbook import problem_workbook
from data.intake.streets import CREDITS, load_streets
from data.intake.tables import preview_rows
from data.intake.templates import codes_of, template
from data.intake.wide import FIGURES, FLAGS, Answer
from data.intake.withdrawal import take_back
from data.partnership import Partnership, our_partnership
from data.publishing.bootstrap import bootstrap, ready
from data.publishing.origins import loaded_files
from data.publishing.package import export
from data.publishing.package_import import load_package
from data.publishing.preview import Preview, between, preview
from data.publishing.preview_rows import in_words, sections, summary
from data.publishing.publish import audit, publish
from data.publishing.repair import repair
from data.release import ReleaseHead
from data.release.shelf import our_shelf
from data.retention import add_retention
from data.settings.chosen import serves_example
from data.settings.several import NAME
from data.settings_commands import OF_WHICH, add_commands, comes_next
from data.store import Incoming, Store, StoreError, migrate, open_store
from data.store.events import DONE, DOWNLOADED, RESTORED_WITHOUT_LOG, logged, record
from data.store.headings import remember
from data.unforeseen import told_on_command_line

AGGREGATE = "aggregate"
DOCTOR = "doctor"
ANYWAY = "gør det, selv om noget er beskadiget"
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


def _bootstrap(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    if not (options.example or serves_example()):
        print(ready(store, partnership))
        return
    published = bootstrap(store, partnership)
    print(_line(published) if published else "Alt er på plads i forvejen.")


def _template(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    suffix = options.output.suffix.lower().lstrip(".")
    if suffix not in ("xlsx", "csv"):
        raise StoreError(f"En skabelon er en .xlsx- eller .csv-fil, ikke »{options.output.name}«.")
    options.output.write_bytes(template(options.kind, suffix, codes_of(store, partnership)))
    print(f"{options.output} er klar til at blive udfyldt.")


def _check(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    try:
        examined = _examined(options, store, partnership)
        _tell(examined.incoming, "kontrolleret uden fejl")
        _tell_unusual(examined, store, partnership)
    except ContractError as error:
        if options.excel is not None:
            delivered = [Delivered(path.name, path) for path in options.files if path.is_file()]
            personal = examine(delivered, store, partnership).personal
            kept = [file for file in delivered if file.name not in personal]
            options.excel.write_bytes(problem_workbook(kept, error.problems))
        raise


def _examined(options: argparse.Namespace, store: Store, partnership: Partnership) -> Examined:
    """Examine the files as the options say they lie; raises ContractError with all that is wrong."""
    rows = {}
    if options.heading_row:
        rows = {
            (path.name, sheet): options.heading_row
            for path in options.files
            if path.is_file()
            for sheet in preview_rows(path, path.name)
        }
    delivered = [Delivered(path.name, path) for path in options.files]
    answers = _answers(options, delivered, Shapes(rows), store, partnership) if options.wide else {}
    shapes = Shapes(rows, answers)
    if options.shares:
        seen = examine(delivered, store, partnership, shapes=shapes).sheets
        shapes = replace(shapes, units={(sheet.file, sheet.sheet): options.shares for sheet in seen})
    return examine_files(options.files, store, partnership, shapes)


def _answers(
    options: argparse.Namespace, delivered: Sequence[Delivered], shapes: Shapes, store: Store, partnership: Partnership
) -> dict[tuple[str, str], Answer]:
    """What the options say of each wide table; raises StoreError for what they do not say."""
    sources = sorted(set(store.loaded("sources")["source_id"]))
    if options.source not in sources:
        raise StoreError(f"Sig, hvor tallene kommer fra: --source {danish.join(sources, 'eller')}.")
    answers = {}
    for sheet in examine(delivered, store, partnership, shapes=shapes).sheets:
        if sheet.wide is None:
            continue
        said = {**sheet.wide.guess.values, "source_id": options.source}
        said |= {"category": options.category or partnership.total, "series": options.series or ""}
        given = {"indicator": options.indicator, "wave": options.wave, "unit": options.shares}
        said |= {name: value for name, value in given.items() if value}
        lacking = [name for name in sheet.wide.asks if not said.get(name)] if options.wide == "survey" else []
        if lacking:
            flags = danish.join(f"{FLAGS[name][1]} ({FLAGS[name][0]})" for name in lacking)
            raise StoreError(f"Sig også {flags} til {sheet.file}.")
        answers[sheet.file, sheet.sheet] = Answer(options.wide, said)
    return answers


def _heading(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    columns = [column.name for column in CONTRACTS[options.kind].columns]
    if options.column not in columns:
        raise StoreError(f"Kolonnen skal være {danish.join(columns, 'eller')}.")
    remember(store.engine, options.kind, {options.heading: options.column}, getpass.getuser())
    print(f"»{options.heading}« læses fra nu af som {options.column}.")


def _preview(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    incoming = _examined(options, store, partnership).incoming
    _tell_changes(preview(store, partnership, incoming), store, partnership)


def _differences(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    _tell_changes(between(store, partnership, options.older, options.newer), store, partnership)


def _tell_changes(changes: Preview, store: Store, partnership: Partnership) -> None:
    areas = store.loaded("areas")
    names = dict(zip(areas["area_id"], areas["name"], strict=True))
    print(summary(changes))
    for section in sections(changes):
        print(f"\n{section.title}")
        for row in in_words(section.rows, partnership, names).itertuples(index=False):
            print("  " + " · ".join(map(str, row)))


def _take_back(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    take_back(store, options.load, by=getpass.getuser())
    print("Trukket tilbage. Det gælder fra næste udgave.")


def _loads(_options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    for load in loaded_files(store.loads()):
        rows = danish.plural(load.rows, "række", "rækker")
        print(f"{load.id}: {load.file_name}, {rows}, {danish.moment(load.loaded_at)} af {load.loaded_by}")


def _load(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    examined = _examined(options, store, partnership)
    unusual = unusual_in(examined, store, partnership)
    store.load(examined.incoming, by=getpass.getuser())
    _tell(examined.incoming, "indlæst")
    _say_unusual(unusual)


def _tell_unusual(examined: Examined, store: Store, partnership: Partnership) -> None:
    _say_unusual(unusual_in(examined, store, partnership))


def _say_unusual(unusual: Sequence[Caution]) -> None:
    """What is worth a second look, as the page Data says it too."""
    if unusual:
        print("Se efter, før I udgiver:")
    for caution in unusual:
        print(f"  {caution.sentence}")


def _tell(incoming: Sequence[Incoming], done: str) -> None:
    for table in incoming:
        title = CONTRACTS[table.kind].title.lower() if table.kind in CONTRACTS else "omrids"
        print(f"{table.file_name}: {danish.plural(len(table.frame), 'række', 'rækker')} {done} ({title}).")


def _publish(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    by = getpass.getuser()
    head = publish(
        store, partnership, by=by, note=options.note, meeting_date=options.meeting, draft=options.draft,
        despite_damage=options.despite_damage, shelf=our_shelf(),
    )  # fmt: skip
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


def _log(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    for event in reversed(logged(store.engine, options.newest)):
        print(f"{danish.moment(event.at)}  {event.account}  {DONE.get(event.what, event.what)} {event.about}".rstrip())


def _statbank(_options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    fetched = statbank.fetch(store, partnership, today=clock.today())
    store.load(fetched.incoming, by=getpass.getuser())
    for sentence in fetched.sentences:
        print(sentence)


def _boundaries(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    where = options.where or configured()
    if not where:
        raise StoreError(f"Skriv en adresse eller en fil, eller sæt {ADDRESS}.")
    fetched = fetch_outlines(store, where)
    store.load(fetched.incoming, by=getpass.getuser())
    for sentence in fetched.sentences:
        print(sentence)


def _streets(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    for path in options.files:
        print(load_streets(store, partnership, path, path.name, credit=options.credit, by=getpass.getuser()))
    print("Kortene viser dem med det samme; steder får deres navne i næste udgave.")


def _export(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    held = export(store, options.release, options.output, options.audience or [])
    titles = {audience.id: audience.title.lower() for audience in partnership.audiences}
    told = danish.join(titles.get(audience, audience) for audience in held)
    record(store.engine, getpass.getuser(), DOWNLOADED, f"udgave {options.release} ({danish.join(held)})")
    print(f"{options.output} rummer udgave {options.release}, som den ses af {told}.")


def _import(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    print(_line(load_package(store, options.file, by=getpass.getuser())))


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


def _line(head: ReleaseHead) -> str:
    if head.is_draft:
        note = f": {head.note}" if head.note else ""
        return f"Kladde {head.id} lavet {danish.date(head.published_at)} af {head.published_by}{note}"
    meeting = f" til mødet {danish.date(head.meeting_date)}" if head.meeting_date else ""
    note = f": {head.note}" if head.note else ""
    return f"Udgave {head.id} udgivet {danish.date(head.published_at)} af {head.published_by}{meeting}{note}"


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
    loaded = command("load", _load, "kontrollér filer og indlæs dem, alle eller ingen")
    loaded.add_argument("files", nargs="+", type=Path)
    checked = command("check", _check, "kontrollér filer uden at indlæse")
    checked.add_argument("files", nargs="+", type=Path)
    checked.add_argument("--excel", type=Path, help="gem fejlene som et Excel-ark med cellerne markeret")
    previewed = command("preview", _preview, "vis, hvad der ville ændre sig, hvis filerne blev indlæst og alt udgivet")
    previewed.add_argument("files", nargs="*", type=Path)
    for taken in (loaded, checked, previewed):
        taken.add_argument("--heading-row", type=int, help="rækken, som overskrifterne står i")
        taken.add_argument("--wide", choices=list(FIGURES), help="vend en bred tabel, og sig, hvad tallene er")
        taken.add_argument("--category", help="kategorien, som en bred tabel er om")
        taken.add_argument("--indicator", help="indikatoren, som en bred tabel med andele er om")
        taken.add_argument("--wave", help="målingens år, hvor en bred tabel med andele ikke siger det")
        taken.add_argument("--series", help="serien, en bred tabel med andele hører til; ellers den, årene hører til")
        taken.add_argument("--shares", choices=list(UNITS), help="om andelene er skrevet i procent eller som andele")
        taken.add_argument("--source", help="kilden til en bred tabel")
    compared = command("differences", _differences, "vis forskellene mellem to udgaver")
    compared.add_argument("older", type=int)
    compared.add_argument("newer", type=int)
    heading = command("heading", _heading, "husk, hvilken kolonne en overskrift i en partners filer står for")
    heading.add_argument("kind", choices=list(CONTRACTS))
    heading.add_argument("heading")
    heading.add_argument("column")
    command("loads", _loads, "vis alle indlæste filer, nyeste først")
    command("take-back", _take_back, "træk en indlæst fil tilbage").add_argument("load", type=int)
    published = command("publish", _publish, "udgiv alt, der er indlæst, som en ny udgave")
    published.add_argument("--note", default="", help="hvad der er nyt")
    published.add_argument("--meeting", type=dt.date.fromisoformat, help="mødets dato, fx 2026-03-04")
    published.add_argument("--draft", action="store_true", help="gem som kladde, som kun sekretariatet ser")
    published.add_argument(
        "--despite-damage", action="store_true", help=f"{ANYWAY}: udgiv uden at regne med beskadigede tidligere udgaver"
    )
    command("audit", _audit, "vis, hvor godt de skjulte tal er beskyttet, målgruppe for målgruppe")
    drafted = command("publish-draft", _publish_draft, "udgiv en kladde, så alle ser den")
    drafted.add_argument("release", type=int)
    command("releases", _releases, "vis alle udgaver og kladder, nyeste først")
    command("rollback", _rollback, "udgiv en tidligere udgave igen").add_argument("release", type=int)
    told = command("log", _log, "vis, hvem der har gjort hvad og hvornår, ældste først")
    told.add_argument("--newest", type=int, default=200, help="hvor mange linjer, de nyeste; 200, hvis intet er sagt")
    command("statbank", _statbank, "hent nye anmeldelser og folketal fra Danmarks Statistik og indlæs dem")
    outlined = command("boundaries", _boundaries, "hent omrids af områderne fra en adresse eller en fil, fx DAGI")
    outlined.add_argument("where", nargs="?", default="", help=f"ellers adressen i {ADDRESS}")
    roads = command("streets", _streets, "indlæs veje eller steder, som kortene tegnes over og steder nævnes efter")
    roads.add_argument("files", nargs="+", type=Path, help="GeoPackage, zippet Shapefile, GeoJSON eller PMTiles")
    roads.add_argument("--credit", required=True, help=f"hvem der skal krediteres: {', '.join(CREDITS)} eller en tekst")
    exported = command("export", _export, "gem en udgave som en åben datapakke")
    exported.add_argument("release", type=int)
    exported.add_argument("-o", "--output", type=Path, required=True, help="filen, .zip")
    exported.add_argument("--audience", action="append", help="kun det, denne målgruppe må se; ellers alle målgrupper")
    command("import", _import, "udgiv udgaven i en datapakke").add_argument("file", type=Path)
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
    readied = command("bootstrap", _bootstrap, "gør en ny installation klar, eksemplet med de leverede data")
    readied.add_argument("--example", action="store_true", help="indlæs de leverede data, også med egne indstillinger")
    command("next", comes_next, "vis, hvad der kommer nu, trin for trin til første udgave")
    add_retention(command)
    add_archiving(command)
    add_commands(commands)
    return parser


if __name__ == "__main__":
    sys.exit(guarded())
