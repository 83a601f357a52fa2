"""The commands on files: templates, checking, loading and taking back, and what is fetched from elsewhere."""

import argparse
import getpass
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from data import clock, danish
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
from data.intake.templates import codes_of, own_example, template
from data.intake.wide import FIGURES, FLAGS, Answer
from data.intake.withdrawal import take_back
from data.partnership import Partnership
from data.publishing.origins import loaded_files
from data.store import Incoming, Store, StoreError
from data.store.headings import remember


def add_intake(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands on files to the command line."""
    made = command("template", _template, "lav en skabelon til en slags tabel")
    made.add_argument("kind", choices=list(CONTRACTS))
    made.add_argument("-o", "--output", type=Path, required=True, help="filen, .xlsx eller .csv")
    loaded = command("load", _load, "kontrollér filer og indlæs dem, alle eller ingen")
    loaded.add_argument("files", nargs="+", type=Path)
    checked = command("check", _check, "kontrollér filer uden at indlæse")
    checked.add_argument("files", nargs="+", type=Path)
    checked.add_argument("--excel", type=Path, help="gem fejlene som et Excel-ark med cellerne markeret")
    for taken in (loaded, checked):
        add_shapes(taken)
    heading = command("heading", _heading, "husk, hvilken kolonne en overskrift i en partners filer står for")
    heading.add_argument("kind", choices=list(CONTRACTS))
    heading.add_argument("heading")
    heading.add_argument("column")
    command("loads", _loads, "vis alle indlæste filer, nyeste først")
    command("take-back", _take_back, "træk en indlæst fil tilbage").add_argument("load", type=int)
    command("statbank", _statbank, "hent nye anmeldelser og folketal fra Danmarks Statistik og indlæs dem")
    outlined = command("boundaries", _boundaries, "hent omrids af områderne fra en adresse eller en fil, fx DAGI")
    outlined.add_argument("where", nargs="?", default="", help=f"ellers adressen i {ADDRESS}")
    roads = command("streets", _streets, "indlæs veje eller steder, som kortene tegnes over og steder nævnes efter")
    roads.add_argument("files", nargs="+", type=Path, help="GeoPackage, zippet Shapefile, GeoJSON eller PMTiles")
    roads.add_argument("--credit", required=True, help=f"hvem der skal krediteres: {', '.join(CREDITS)} eller en tekst")


def add_shapes(taken: argparse.ArgumentParser) -> None:
    """Add what one says of files that are not laid out as a template is."""
    taken.add_argument("--heading-row", type=int, help="rækken, som overskrifterne står i")
    taken.add_argument("--wide", choices=list(FIGURES), help="vend en bred tabel, og sig, hvad tallene er")
    taken.add_argument("--category", help="kategorien, som en bred tabel er om")
    taken.add_argument("--indicator", help="indikatoren, som en bred tabel med andele er om")
    taken.add_argument("--wave", help="målingens år, hvor en bred tabel med andele ikke siger det")
    taken.add_argument("--series", help="serien, en bred tabel med andele hører til; ellers den, årene hører til")
    taken.add_argument("--shares", choices=list(UNITS), help="om andelene er skrevet i procent eller som andele")
    taken.add_argument("--source", help="kilden til en bred tabel")


def _template(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    suffix = options.output.suffix.lower().lstrip(".")
    if suffix not in ("xlsx", "csv"):
        raise StoreError(f"En skabelon er en .xlsx- eller .csv-fil, ikke »{options.output.name}«.")
    codes = codes_of(store, partnership)
    rows = own_example(options.kind, codes, partnership)
    options.output.write_bytes(template(options.kind, suffix, codes, rows))
    print(f"{options.output} er klar til at blive udfyldt.")


def _check(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    try:
        examined = examine_options(options, store, partnership)
        _tell(examined.incoming, "kontrolleret uden fejl")
        _tell_unusual(examined, store, partnership)
    except ContractError as error:
        if options.excel is not None:
            delivered = [Delivered(path.name, path) for path in options.files if path.is_file()]
            personal = examine(delivered, store, partnership).personal
            kept = [file for file in delivered if file.name not in personal]
            options.excel.write_bytes(problem_workbook(kept, error.problems))
        raise


def examine_options(options: argparse.Namespace, store: Store, partnership: Partnership) -> Examined:
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


def _take_back(options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    take_back(store, options.load, by=getpass.getuser())
    print("Trukket tilbage. Det gælder fra næste udgave.")


def _loads(_options: argparse.Namespace, store: Store, _partnership: Partnership) -> None:
    for load in loaded_files(store.loads()):
        rows = danish.plural(load.rows, "række", "rækker")
        print(f"{load.id}: {load.file_name}, {rows}, {danish.moment(load.loaded_at)} af {load.loaded_by}")


def _load(options: argparse.Namespace, store: Store, partnership: Partnership) -> None:
    examined = examine_options(options, store, partnership)
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
