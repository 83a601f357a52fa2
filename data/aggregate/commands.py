"""The commands `python -m data aggregate incidents` and `… survey`: a file in, a workbook and an account out."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from data import clock, danish
from data.aggregate.errors import AggregateError
from data.aggregate.mapping import DANISH, REMEMBERED, part_of, read_mapping, write_mapping
from data.aggregate.run import AREAS, INCIDENTS, ON, SURVEY, Made, Request, aggregate_incidents, aggregate_survey
from data.contracts.definitions import CONTRACTS
from data.partnership import our_partnership

PAGE = "page"


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns 0 when it was done, 1 when it was refused with a Danish explanation on stderr."""
    options = _parser().parse_args(arguments)
    if options.kind == PAGE:
        from data.aggregate.page import serve

        serve(options.port)
        return 0
    try:
        if options.output.suffix.lower() != ".xlsx":
            raise AggregateError(f"Resultatet er en .xlsx-fil, ikke »{options.output.name}«.")
        known = read_mapping(options.mapping, options.kind)
        run = aggregate_incidents if options.kind == INCIDENTS else aggregate_survey
        made = run(options.file.name, options.file, _request(options), known, our_partnership(), clock.today())
        options.output.write_bytes(made.content)
        write_mapping(options.mapping, options.kind, made.known)
    except AggregateError as error:
        print(error, file=sys.stderr)
        return 1
    _tell(made, options.output, options.mapping)
    return 0


def _tell(made: Made, output: Path, mapping: Path) -> None:
    for reason, rows in made.account:
        print(f"{danish.number(rows):>14}  {reason}")
    for sentence in made.sentences:
        print(sentence)
    tables = danish.join(f"{danish.plural(rows, 'række', 'rækker')} {CONTRACTS[kind].title.lower()}"
                         for kind, rows in made.rows.items() if kind != "sources")  # fmt: skip
    ready = f"er klar: {tables}" if tables else "er skrevet, men har kun kilden og ingen tal"
    print(f"{output} {ready}. Ingen sag og intet svar står i den. Kolonnerne huskes i {mapping}.")


def _request(options: argparse.Namespace) -> Request:
    settings = {
        name: str(value)
        for name in ("date_format", "cell", "from", "to", "wave", "series", "source_id", "source_title", "publisher")
        if (value := getattr(options, name, None)) is not None
    }
    settings |= {name: ON for name in ("all_offences", "municipalities", "example") if getattr(options, name, False)}
    return Request(
        {part_of(word): heading for word, heading in map(_pair, options.column)},
        dict(map(_pair, getattr(options, "item", []))),
        dict(map(_pair, getattr(options, "area", []))),
        settings,
        tuple(getattr(options, "outlines", None) or ()),
        _named(getattr(options, "points", None)),
        _named(getattr(options, "households", None)),
        getattr(options, "areas", AREAS),
    )


def _named(path: Path | None) -> tuple[str, bytes | Path] | None:
    return None if path is None else (path.name, path)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise AggregateError(f"»{text}« mangler et lighedstegn. Skriv fx dato=Gerningsdato.")
    return name.strip(), value.strip()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m data aggregate",
        description="Tæl sager eller svar op her på maskinen; ingen række forlader den.",
    )
    kinds = parser.add_subparsers(dest="kind", required=True)
    cases = kinds.add_parser(INCIDENTS, help="sager → anmeldelser, felter og ugens timer")
    answers = kinds.add_parser(SURVEY, help="vægtede svar → andele")
    page = kinds.add_parser(PAGE, help="åbn en side, der gør det samme, kun her på maskinen")
    page.add_argument("--port", type=int, default=8502, help="porten på 127.0.0.1")
    for each, word in ((cases, "sagerne"), (answers, "svarene")):
        each.add_argument("file", type=Path, help=f"filen med {word}")
        each.add_argument("-o", "--output", type=Path, required=True, help="resultatet, .xlsx")
        each.add_argument("--mapping", type=Path, default=REMEMBERED, help="filen, hvor kolonnerne huskes")
        each.add_argument("--column", action="append", default=[], metavar="SLAGS=OVERSKRIFT",
                          help=f"hvad en kolonne er: {', '.join(DANISH.values())}")  # fmt: skip
        each.add_argument("--source-id", help="kildens id hos sekretariatet")
        each.add_argument("--source-title", help="kildens titel")
        each.add_argument("--publisher", help="hvem tallene er fra")
        each.add_argument("--example", action="store_true", help="rækkerne er opdigtede")
    cases.add_argument("--date-format", help="hvordan datoerne er skrevet, fx %%d-%%m-%%Y")
    cases.add_argument("--from", help="første dag, filen har alle sager fra, fx 2025-01-01")
    cases.add_argument("--to", help="sidste dag, filen har alle sager fra, fx 2025-12-31")
    cases.add_argument("--cell", choices=("100", "250", "1000"), help="feltets side i meter; 250, hvis intet er sagt")
    cases.add_argument("--all-offences", action="store_true", help="filen har alle slags sager, så tæl også i alt")
    cases.add_argument("--municipalities", action="store_true",
                       help="tæl også kommuner, som Danmarks Statistik ellers leverer")  # fmt: skip
    cases.add_argument("--points", type=Path, help="adressepunkter med id, x og y, når sagerne nævner et adressepunkt")
    cases.add_argument("--households", type=Path, help="husstande i hvert felt: Felt;Husstande")
    cases.add_argument("--outlines", type=Path, action="append", help="omrids af områder; ellers de leverede")
    answers.add_argument("--item", action="append", default=[], metavar="INDIKATOR=OVERSKRIFT",
                         help="kolonnen med spørgsmålet, fx tryg_i_nabolag=q12")  # fmt: skip
    answers.add_argument("--area", action="append", default=[], metavar="NAVN=OMRÅDE-ID",
                         help="hvad filen kalder et område")  # fmt: skip
    answers.add_argument("--areas", type=Path, default=AREAS, help="fil med områder; ellers de leverede")
    answers.add_argument("--wave", help="målingens år, hvis ingen kolonne har det")
    answers.add_argument("--series", help="måleserien; den nyeste, hvis intet er sagt")
    return parser
