"""The accessibility statement that a Danish public body must publish (lov nr. 692 af 8. juni 2018)."""

from dataclasses import dataclass

from data import danish
from data.partnership import Statement
from reports.document import Document, Line, Lines, Section, Text
from reports.html import Banner, body, page

AUTHORITY = "Digitaliseringsstyrelsen, was@digst.dk"
LAW = "lov om tilgængelighed af offentlige organers websteder og mobilapplikationer (lov nr. 692 af 8. juni 2018)"
NOT_FILLED_IN = "Ikke udfyldt: sæt [statement] i partnership.toml, før webstedet tages i brug."


@dataclass(frozen=True)
class Shortcoming:
    """What fails a requirement: what it is, whom it meets, and the criterion of EN 301 549 / WCAG 2.2."""

    what: str
    meets: str
    criterion: str


SHORTCOMINGS: tuple[Shortcoming, ...] = (
    Shortcoming("Tabeller med flere end 30 rækker",
                "læses op fra en skjult kopi, som kun har de rækker, man er rullet frem til. Alle rækker står i filen "
                "under »Hent som CSV«.", "1.3.1 Information og relationer"),
    Shortcoming("Feltet til at lægge filer op",
                "har engelske ord i et øjeblik, før de bliver danske. Det ses kun af dem, der udgiver tal.",
                "3.1.2 Sprog for dele"),
    Shortcoming("Tomme felter",
                "har engelsk hjælpetekst i et øjeblik, før den bliver dansk.", "3.1.2 Sprog for dele"),
    Shortcoming("Datofelter",
                "siger navne på dage og måneder på browserens sprog, som kan være et andet end sidens.",
                "3.1.2 Sprog for dele"),
)  # fmt: skip
"""The parts that are known to fail; docs/accessibility.md says why, and where each stands with its maker."""


def statement_html(statement: Statement, organisation: str, home: str) -> tuple[str, str]:
    """The page and the policy it stands under; `home` is the app's address."""
    whose = statement.body or organisation
    filled = statement.body and statement.contact and statement.date
    missing = () if filled else (Text(NOT_FILLED_IN, "Udkast."),)
    made = f"Erklæringen er udarbejdet {danish.date(statement.date)}. " if statement.date else ""
    sections = (
        Section("Er webstedet tilgængeligt?", (
            *missing,
            Text(f"{whose} ønsker, at alle kan bruge webstedet, og følger {LAW}."),
            Text("Webstedet overholder delvist kravene (EN 301 549 og WCAG 2.2, niveau A og AA)."),
        ), level=2),
        Section("Det, der ikke er tilgængeligt", (
            Lines(tuple(Line(each.criterion, "late", each.meets, each.what) for each in SHORTCOMINGS)),
            Text("Hvert billede har en sætning og en tabel med de samme tal. Er der noget, du ikke kan læse, sender vi "
                 "det på en anden måde."),
        ), level=2),
        Section("Sådan er det undersøgt", (
            Text(f"{made}Hver side prøves automatisk med axe-core i lyst og mørkt og på computer og telefon, hver gang "
                 "programmet ændres, og et helt ærinde gennemføres med tastaturet alene. Det er en selvevaluering."),
        ), level=2),
        Section("Sig til, hvis noget driller", (
            Text(f"Skriv til {whose}: {statement.contact or 'kontakt ikke oplyst'}."),
            Text("Fortæl, hvilken side det gælder, og hvad du ville."),
            Text(f"Er du ikke tilfreds med svaret, kan du klage til {AUTHORITY}, som fører tilsyn med loven."),
        ), level=2),
    )  # fmt: skip
    document = Document("Erklæring", "Tilgængelighedserklæring", (), (), sections, "", whose, False, organisation)
    made_body = body(document)
    ways = (("Til forsiden", home), ("Kilder og rettigheder", f"{home}kilder"))
    return page(made_body, Banner("Tilgængelighed", (f"{whose} om webstedet {home}.",), ways), organisation)
