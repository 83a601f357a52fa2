"""The example minutes: meetings, decisions, dialogue with residents, proposals, and risk profiles."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from generate.example.tables import Row, marked_as_example

LAST_HELD = date(2026, 3, 4)  # the second of the two meetings that the shipped releases were made for
FROZEN = {date(2025, 12, 3): 1, LAST_HELD: 2}
CHAIRS = ("herlev", "ballerup", "gladsaxe")
NAMES = {"herlev": "Herlev", "ballerup": "Ballerup", "gladsaxe": "Gladsaxe"}
YEARS = (2024, 2025, 2026)
PARTNERSHIP_MONTHS = (3, 6, 9, 12)
LOCAL_MONTHS = (4, 10)
WEDNESDAY, TUESDAY = 2, 1
CANCELLED = "2025-10-07-lokalraad-herlev"
AGENDA = "Siden sidst\nStatus på kriterier\nForslag fra lokalrådene\nBeslutninger og opgaver"
LOCAL_AGENDA = "Siden sidst i vores områder\nTryghedsvandringer og opfølgning\nForslag til partnerskabet"


def meeting_rows() -> list[Row]:
    """Four partnership meetings a year, two of each local council and one of the district council, 2024–2026."""
    return marked_as_example(sorted(_meetings(), key=lambda row: (str(row["date"]), str(row["meeting_id"]))))


def _meetings() -> Iterator[Row]:
    turn = 0
    for year in YEARS:
        for month in PARTNERSHIP_MONTHS:
            day = _first(year, month, WEDNESDAY)
            yield _meeting(day, "partnerskab", "", CHAIRS[turn % len(CHAIRS)], "Partnerskabsmøde", AGENDA)
            turn += 1
        for month in LOCAL_MONTHS:
            for municipality in CHAIRS:
                day = _first(year, month, TUESDAY)
                title = f"Lokalrådsmøde i {NAMES[municipality]}"
                yield _meeting(day, "lokalraad", municipality, municipality, title, LOCAL_AGENDA)
        day = _first(year, 5, TUESDAY)
        yield _meeting(day, "kredsraad", "", CHAIRS[year % len(CHAIRS)], "Kredsrådsmøde", "Kredsens plan\nTryghed")


def _meeting(day: date, forum: str, area: str, chair: str, title: str, agenda: str) -> Row:
    name = f"{day.isoformat()}-{forum}{f'-{area}' if area else ''}"
    status = "aflyst" if name == CANCELLED else "afholdt" if day <= LAST_HELD else "planlagt"
    return {
        "meeting_id": name, "date": day.isoformat(), "forum": forum, "area_id": area, "chair_id": chair,
        "title": title, "agenda": agenda, "release_id": FROZEN.get(day, "") if forum == "partnerskab" else "",
        "status": status, "minutes_by": "Sekretariatet" if forum == "partnerskab" else "",
    }  # fmt: skip


def _first(year: int, month: int, weekday: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7)


# (meeting, kind, text, owner, due, done, view, figure)
_DECISIONS: tuple[tuple[str, ...], ...] = (
    ("2024-03-06", "læsning", "Tallene fra de tre områder i Gladsaxe læses samlet, fordi hvert område har få svar.",
     "", "", "", "emne=tryg_i_nabolag&niveau=housing_area", ""),
    ("2024-03-06", "handling", "Kriteriet for Høje Gladsaxe får en frist, der giver to målinger mere.",
     "Arbejdsgruppen for synligt politi", "2024-05-01", "2024-04-23"),
    ("2024-06-05", "beslutning", "Tryghedsvandringer holdes to gange om året i hvert af de fem områder."),
    ("2024-06-05", "handling", "Fast tjekliste til vandringer sendes til afdelingsbestyrelserne.",
     "Kriminalpræventiv koordinator, Gladsaxe Kommune", "2024-08-15", "2024-08-20"),
    ("2024-09-04", "handling", "Oversigt over belysning på stier i Hede-Magleparken lægges frem.",
     "Teknik og Miljø, Ballerup Kommune", "2024-11-20", "2024-11-18"),
    ("2024-12-04", "læsning", "Faldet i Grantoften kan ikke afgøres endnu; vi venter på målingen i 2025.",
     "", "", "", "emne=tryg_i_nabolag&omraade=grantoften", ""),
    ("2024-12-04", "beslutning", "Mentorindsatsen slutter med udgangen af året. Erfaringerne skrives ned."),
    ("2024-12-04", "handling", "Erfaringerne fra mentorindsatsen samles på to sider.",
     "Ungeenheden, Ballerup Kommune", "2025-02-28", "2025-03-12"),
    ("2025-03-05", "beslutning", "Partnerskabet sigter mod mindst 12 tryghedsvandringer i 2025."),
    ("2025-03-05", "handling", "Plan for årets vandringer meldes ud til lokalrådene.",
     "Sekretariatet, Gladsaxe Kommune", "2025-04-01", "2025-03-28"),
    ("2025-06-04", "handling", "Forslaget om en tryg vej fra stationen undersøges sammen med trafikselskabet.",
     "Teknik og Miljø, Ballerup Kommune", "2025-10-01"),
    ("2025-06-04", "handling", "Brobyggerne lægger en aften mere ved butikstorvet i Grantoften.",
     "Boligsocial leder, Ballerup", "2025-08-15", "2025-08-11"),
    ("2025-09-03", "beslutning", "Kredsrådet orienteres om hotspotpatruljen hvert halve år."),
    ("2025-09-03", "handling", "Risikoprofilen for unge uden fritidsliv beskrives for Højbjerg Vænge.",
     "SSP-konsulent, Herlev Kommune", "2025-11-15"),
    ("2025-12-03", "læsning", "Vi kan endnu ikke sige, om Værebro Park når målet. Vi venter på målingen i 2025.",
     "", "", "", "indsatser?emne=tryg_i_nabolag&omraade=vaerebro-park",
     "Tryghed i nabolaget i Værebro Park. Målet er mindst 70 pct. i 2025. Det kan ikke afgøres endnu: forskellen er "
     "mindre end usikkerheden. Tallet selv peger mod »på sporet«. "
     "Flere svar i en ny måling kan ikke afgøre det alene."),
    ("2025-12-03", "handling", "Forslag til en ny indsats ved legepladserne i Lille Birkholm skrives.",
     "Arbejdsgruppen for trygge steder, Herlev Kommune", "2025-12-19"),
    ("2026-03-04", "læsning", "Grantoften halter efter planen. Det skal med på hvert møde, indtil tallet vender.",
     "", "", "", "indsatser?emne=tryg_i_nabolag&omraade=grantoften",
     "Tryghed i nabolaget i Grantoften. Målet er mindst 78 pct. i 2027. Halter klart efter planen, som kræver "
     "76,4 pct. nu."),
    ("2026-03-04", "beslutning", "Indsatsen i Grantoften gennemgås sammen med beboerne, før den ændres."),
    ("2026-03-04", "handling", "Gennemgang i Grantoften med afdelingsbestyrelse, politi og boligsocial indsats.",
     "Arbejdsgruppen for dialog, Ballerup Kommune", "2026-05-20"),
    ("2026-03-04", "handling", "Frist og mål for indbrud og tyveri drøftes med beredskabet.",
     "Beredskabet, Københavns Vestegns Politi", "2026-04-30"),
)  # fmt: skip


def decision_rows() -> list[Row]:
    """What the partnership meetings agreed: readings, decisions and actions, some of them past due."""
    columns = ("kind", "text", "owner", "due", "done", "view", "figure")
    rows, numbers = [], dict[str, int]()
    for meeting, *fields in _DECISIONS:
        numbers[meeting] = numbers.get(meeting, 0) + 1
        row: Row = dict(zip(columns, [*fields, "", "", "", "", "", ""], strict=False))
        rows.append(
            {
                **row,
                "decision_id": f"{meeting}-partnerskab-{numbers[meeting]}",
                "meeting_id": f"{meeting}-partnerskab",
                "release_id": FROZEN.get(date.fromisoformat(meeting), ""),
            }
        )
    return marked_as_example(rows)


# Dialogue ---------------------------------------------------------------------------------------------------------

# What the log calls it → (what the dialogue calls it, with whom).
_KINDS = {
    "tryghedsvandring": ("vandring", "Beboere og afdelingsbestyrelse"),
    "beboermøde": ("møde", "Beboere og afdelingsbestyrelse"),
    "nyhedsbrev": ("nyhedsbrev", "Alle husstande"),
}
_FIRST_DIALOGUE = "2024"


def dialogue_rows(activities: Iterable[Row]) -> list[Row]:
    """The walks, meetings and newsletters of the log since 2024, as dialogue; reach is the number the log tells of."""
    rows = []
    for row in activities:
        kind, counterpart = _KINDS.get(str(row["kind"]), ("", ""))
        if not kind or str(row["date"]) < _FIRST_DIALOGUE:
            continue
        counted = re.search(r"\d+", str(row["text"]))
        rows.append(
            {
                "dialogue_id": f"{row['date']}-{kind.replace('ø', 'oe')}-{row['area_id']}",
                "date": row["date"],
                "area_id": row["area_id"],
                "kind": kind,
                "counterpart": counterpart,
                # A newsletter's number is of the tasks it tells about.
                "reach": counted[0] if counted and kind != "nyhedsbrev" else "",
                "text": row["text"],
            }
        )
    return marked_as_example(rows)


def proposal_rows() -> list[Row]:
    """What local councils have proposed to the partnership."""
    columns = ("proposal_id", "date", "from_area", "title", "text", "status", "answer")
    sentence = (
        ("2024-04-aftenaaben-klub", "2024-04-02", "herlev", "Aftenåben klub i Hjortegården",
         "Klubben holder åbent to aftener mere om ugen, så unge har et sted at være efter kl. 20.", "afvist",
         "Der er ikke personale til det i år. Forslaget tages op igen, når mentorindsatsen er gjort op."),
        ("2024-10-flere-vandringer", "2024-10-01", "gladsaxe", "Flere tryghedsvandringer",
         "Mindst 12 vandringer om året, også om aftenen, så de mørke måneder kommer med.", "vedtaget",
         "Vedtaget som kriterium for 2025."),
        ("2025-04-tryg-vej", "2025-04-01", "ballerup", "Tryg vej hjem fra stationen",
         "Stien fra stationen til Hede-Magleparken opleves som utryg. Gå den igennem sammen med trafikselskabet.",
         "drøftet", "Undersøges sammen med trafikselskabet."),
        ("2025-10-boernefamilier", "2025-10-07", "gladsaxe", "Fokus på børnefamilier",
         "Et nyt fokusområde: forældre til børn under 10 år, der undgår de fælles udearealer.", "ny", ""),
        ("2025-10-knallerter", "2025-10-07", "ballerup", "Knallerter på stierne",
         "Fælles indsats mod knallertkørsel på stierne i Grantoften og Hede-Magleparken.", "drøftet",
         "Drøftes igen, når forårets tal foreligger."),
        ("2026-02-legepladser", "2026-02-17", "herlev", "Legepladser i Lille Birkholm",
         "To legepladser bruges sent om aftenen. Lokalrådet foreslår lys, beplantning og en fast aftenvagt.", "ny", ""),
    )  # fmt: skip
    return marked_as_example(dict(zip(columns, row, strict=True)) for row in sentence)


# Risk profiles ----------------------------------------------------------------------------------------------------


def profile_rows() -> list[Row]:
    """Groups, never persons, with wide size classes."""
    columns = ("profile_id", "title", "description", "size_class")
    sentence = (
        ("boern-med-fravaer", "Børn med bekymrende fravær",
         "Børn i 4.–6. klasse med fravær over 15 pct. og få kontakter uden for området.", "25–49"),
        ("unge-uden-fritidsliv", "Unge uden fritidsliv",
         "Unge på 13–17 år, der ikke går til noget efter skole og opholder sig ude om aftenen.", "50 og derover"),
        ("unge-i-periferien", "Unge i periferien af utryghedsskabende grupper",
         "Unge på 14–18 år, der færdes med en gruppe, uden selv at være en fast del af den.", "10–24"),
        ("unge-uden-job", "Unge uden job eller uddannelse",
         "Unge på 18–25 år, der hverken er i job, lære eller uddannelse.", "25–49"),
        ("vil-ud", "Unge, der vil ud af et miljø",
         "Unge og voksne med tilknytning til bandemiljøet, der selv har bedt om hjælp til at komme ud.", "10–24"),
        ("utrygge-aeldre", "Ældre, der undgår at gå ud om aftenen",
         "Beboere over 65 år, der har fortalt, at de bliver hjemme efter mørkets frembrud.", "50 og derover"),
    )  # fmt: skip
    return marked_as_example(dict(zip(columns, row, strict=True)) for row in sentence)


_GLADSAXE = ("hoeje-gladsaxe", "vaerebro-park", "moerkhoej-pileparken")
_BALLERUP = ("hede-magleparken", "grantoften")
_HERLEV = ("hjortegaarden", "lille-birkholm", "hoejbjerg-vaenge")
# (profile, initiative, areas, how). What is missing here are the holes: they are meant to be seen.
_COVERAGE = (
    ("boern-med-fravaer", "fritidspas", (*_GLADSAXE, *_BALLERUP, "hjortegaarden"), "Besøg i 4.–6. klasse"),
    ("unge-uden-fritidsliv", "fritidspas", (*_GLADSAXE, *_BALLERUP), "Tilskud til kontingent og lommepengejob"),
    ("unge-uden-fritidsliv", "ssp-koordination", ("hjortegaarden", "lille-birkholm"), "Fælles koordinationsmøde"),
    ("unge-i-periferien", "mentor", ("hoeje-gladsaxe", "vaerebro-park", "grantoften"), "Mentor i et år"),
    ("unge-i-periferien", "brobyggere", ("grantoften", "hede-magleparken"), "Brobyggere på gaden om aftenen"),
    ("unge-i-periferien", "ssp-koordination", _GLADSAXE, "Aftalt reaktion inden for et døgn"),
    ("unge-uden-job", "jobindsats", ("vaerebro-park", "moerkhoej-pileparken", *_BALLERUP), "Jobvejleder i beboerhuset"),
    ("vil-ud", "exit", (*_GLADSAXE, *_BALLERUP, *_HERLEV), "Én plan for bolig, job og behandling"),
    ("utrygge-aeldre", "din-betjent", ("hoeje-gladsaxe", "hjortegaarden"), "Træffetider om formiddagen"),
    ("utrygge-aeldre", "tryghedsvandringer", ("vaerebro-park", "lille-birkholm"), "Vandringer om dagen"),
)  # fmt: skip


def coverage_rows() -> list[Row]:
    """Which profile is reached by which initiative, where and how."""
    return marked_as_example(
        {"profile_id": profile, "initiative_id": initiative, "area_id": area, "how": how}
        for profile, initiative, areas, how in _COVERAGE
        for area in areas
    )
