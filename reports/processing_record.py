"""The record of processing activities (GDPR, article 30) for the administrator: from settings, and what is held."""

from collections.abc import Mapping

from data import danish
from data.partnership import PersonalData
from reports.document import Document, Section, Table, Text
from reports.html import Banner, body, page

NOT_FILLED_IN = "Ikke udfyldt: sæt [personal_data] i partnership.toml, før andre tages ind."
HELD = {
    "log": "Linjer i loggen: hvem der gjorde hvad og hvornår",
    "indlaesninger": "Rækker og filer: hvem der skrev eller indlæste dem",
    "udgaver": "Udgaver: hvem der udgav dem",
    "links": "Delte links: hvem der lavede dem, og en besked",
    "overskrifter": "Overskrifter i filer: hvem der viste, hvad de betyder",
    "kortgrundlag": "Kortgrundlag: hvem der indlæste det",
    "afgjort": "Indsendte forslag, steder og vandringer: hvem der afgjorde dem",
}
NO_PERSON = (
    "Tal om tryghed og anmeldelser er antal og andele uden personer; små antal er skjult for dem, de kunne sige noget. "
    "Møder, forslag, vandringer og løfter nævner roller og organisationer. En formular afviser CPR-numre, "
    "e-mailadresser, telefonnumre, adresser og det, der ligner navne og nummerplader."
)


def record_html(data: PersonalData, held: Mapping[str, int], organisation: str, home: str) -> tuple[str, str]:
    """The page and the policy it stands under.

    `held` says how many rows hold the id of an account, by what they are (`data.store.accounts`); `home` is the address
    of the app.
    """
    months = data.keep_months
    how_long = (
        f"Efter {danish.plural(months, 'måned', 'måneder')} slettes, hvem der gjorde hvad, af loggen, og udløbne links "
        "slettes. Det sker, hver gang der udgives, og med kommandoen python -m data retention."
        if months else "Loggen og udløbne links gemmes uden grænse. Sæt keep_months i [personal_data]."
    )  # fmt: skip
    whose = "Fælles dataansvarlige (artikel 26)" if len(data.controllers) > 1 else "Dataansvarlig"
    missing = () if data.controllers and data.officer else (Text(NOT_FILLED_IN, "Udkast."),)
    counted = Table("", ("Oplysning om den, der har en konto", "Antal"),
                    tuple((words, danish.number(held[name])) for name, words in HELD.items() if name in held),
                    (4.0, 1.0))  # fmt: skip
    sections = (
        Section("Hvem er ansvarlig?", (
            *missing,
            Text(danish.join(data.controllers) or "ikke oplyst", f"{whose}:"),
            Text(data.answers or "ikke oplyst", "Svarer den, der spørger om sine oplysninger:"),
            Text(data.officer or "ikke oplyst", "Databeskyttelsesrådgiver:"),
        ), level=2),
        Section("Hvad behandles, og hvorfor?", (
            Text("At vide, hvem der har ændret, udgivet og delt hvad, så tal, der bærer beslutninger, kan efterprøves, "
                 "og at holde andre ude.", "Formål:"),
            Text("Artikel 6, stk. 1, litra e: en opgave i samfundets interesse.", "Grundlag:"),
            Text("Ansatte og medlemmer af råd, der har en konto: kontoens id, hvad der blev gjort og hvornår.",
                 "Hvem og hvad:"),
            Text("De, der selv skriver, ser, hvem der har skrevet en række. Ingen uden for partnerskabet får noget, og "
                 "intet sendes til lande uden for EU.", "Modtagere:"),
            counted,
        ), level=2),
        Section("Hvad er ikke personoplysninger?", (Text(NO_PERSON),), level=2),
        Section("Hvor længe?", (
            Text(how_long),
            Text("En slettet linje beholder sit nummer, sit tidspunkt og det, der blev gjort, og en kontrolsum over "
                 "det slettede står i loggen. En sikkerhedskopi fra før viser, at kun navne er taget ud: "
                 "python -m data retention --prove KOPI."),
            Text("Hvem der skrev en række eller udgav, står, så længe rækken gælder. Sikkerhedskopier slettes, som de "
                 "udskiftes."),
        ), level=2),
        Section("Når nogen spørger", (
            Text("python -m data account NAVN -o fil.json gemmer alt, der står om én konto."),
        ), level=2),
    )  # fmt: skip
    document = Document("Persondata", "Fortegnelse over behandlinger", (), (), sections, "", organisation, False,
                        organisation)  # fmt: skip
    banner = Banner("Fortegnelse over behandlinger (artikel 30)", (f"Til den, der driver {home}.",),
                    (("Til forsiden", home),))  # fmt: skip
    return page(body(document), banner, organisation)
