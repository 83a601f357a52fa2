"""The contracts of what the partnership itself writes down: meetings, decisions, dialogue, proposals and profiles."""

import pandas as pd

from data.contracts.cell_ids import existing_cell, existing_cells
from data.contracts.columns import LARGEST, Column, Contract, Rule
from data.contracts.shared_columns import AREA, CATEGORY, CELL, INITIATIVE, ORIGIN, SLUG, SLUG_FORM

MEETING_STATUSES = {"planlagt": "planlagt", "afholdt": "afholdt", "aflyst": "aflyst"}
CLOCK, CLOCK_FORM = r"([01]\d|2[0-3]):[0-5]\d", "et klokkeslæt, fx 13:00"
DECISION_KINDS = {"læsning": "fælles tolkning", "beslutning": "beslutning", "handling": "opgave"}
DIALOGUE_KINDS = {"møde": "møde", "vandring": "vandring", "nyhedsbrev": "nyhedsbrev", "andet": "andet"}
PLACE_TYPES = {
    "sti": "sti", "station": "station", "parkering": "parkering", "opgang": "opgang", "legeplads": "legeplads",
    "torv": "torv", "belysning": "belysning", "andet": "andet",
}  # fmt: skip
PLACE_STATUSES = {"åben": "åben", "i gang": "i gang", "udført": "udført"}
PROPOSAL_STATUSES = {"ny": "ny", "drøftet": "drøftet", "vedtaget": "vedtaget", "afvist": "afvist"}
# Wide classes, so that no count points at persons.
SIZE_CLASSES = {
    "under 10": "under 10",
    "10–24": "10–24",
    "25–49": "25–49",
    "50 og derover": "50 og derover",
}

TITLE, ONE_LINE, TEXT, PAGES = 120, 200, 2000, 6000
"""Longest title, line, text and agenda, in characters."""
SQUARE = r"100m_\d{5}_\d{4}"
"""An insecure place is kept no finer than this square of the Danish grid."""


def _id(name: str, heading: str, example: str) -> Column:
    return Column(
        name, heading, "text", "Kort id, som de andre tabeller henviser til", example, pattern=SLUG, form=SLUG_FORM,
        longest=80,
    )  # fmt: skip


MEETING = Column(
    "meeting_id", "Møde-id", "text", "Mødet, som det hedder i tabellen over møder", "2026-03-04-partnerskab",
    refers="meetings",
)  # fmt: skip
PROFILE = Column(
    "profile_id", "Profil-id", "text", "Risikoprofilen, som den hedder i tabellen over risikoprofiler",
    "unge-uden-fritidsliv", refers="profiles",
)  # fmt: skip
RELEASE = Column(
    "release_id", "Udgave", "integer", "Nummeret på den udgave, tallene er låst til", "", required=False,
    empty_means="ingen udgave", minimum=1, maximum=LARGEST,
)  # fmt: skip


def _owned_actions(frame: pd.DataFrame) -> "pd.Series[bool]":
    return (frame["kind"] != "handling") | (frame["owner"] != "")


def _ends_after_it_begins(frame: pd.DataFrame) -> "pd.Series[bool]":
    return (frame["ends"] == "") | ((frame["begins"] != "") & (frame["ends"] > frame["begins"]))


def _agreed_texts(frame: pd.DataFrame) -> "pd.Series[bool]":
    return (frame["text"] != "") | ((frame["kind"] == "læsning") & (frame["figure"] != ""))


def _due_actions(frame: pd.DataFrame) -> "pd.Series[bool]":
    return (frame["kind"] != "handling") | frame["due"].notna()


COOPERATION: tuple[Contract, ...] = (
    Contract(
        "meetings", "Møder",
        (
            _id("meeting_id", "Møde-id", "2026-03-04-partnerskab"),
            Column("date", "Dato", "date", "Mødedagen", "2026-03-04", future=True),
            Column("forum", "Forum", "text", "Hvem der mødes: et forum i partnerskabets indstillinger", "partnerskab",
                   refers="forums"),
            Column("area_id", "Område", "text", "Kommunen, mødet hører til; tom for partnerskabet", "",
                   empty_means="hele partnerskabet", refers="areas"),
            Column("chair_id", "Formand", "text", "Kommunen, der har formandskabet på mødet", "gladsaxe",
                   refers="areas"),
            Column("title", "Titel", "text", "Mødets titel", "Partnerskabsmøde", longest=TITLE),
            Column("agenda", "Dagsorden", "text", "Punkterne, ét pr. linje", "Siden sidst", longest=PAGES,
                   empty_means="ingen dagsorden endnu"),
            RELEASE,
            Column("status", "Status", "choice", "Om mødet er holdt", "afholdt", choices=MEETING_STATUSES),
            Column("begins", "Begynder", "text", "Klokkeslættet, mødet begynder", "13:00", required=False,
                   empty_means="tidspunktet er ikke aftalt", pattern=CLOCK, form=CLOCK_FORM),
            Column("ends", "Slutter", "text", "Klokkeslættet, mødet slutter", "15:00", required=False,
                   empty_means="sluttidspunktet er ikke aftalt", pattern=CLOCK, form=CLOCK_FORM),
            Column("place", "Sted", "text", "Hvor mødet holdes", "Gladsaxe Rådhus, lokale 2", required=False,
                   empty_means="stedet er ikke aftalt", longest=TITLE),
            Column("online", "Online", "choice", "Om man kan deltage online", "nej", required=False,
                   choices={"no": "nej", "yes": "ja"}, empty_means="ikke oplyst"),
            Column("minutes_by", "Referent", "text",
                   "Hvem der skriver referat: en rolle eller organisation, aldrig en persons navn", "Sekretariatet",
                   required=False, empty_means="ikke aftalt", longest=TITLE),
            *ORIGIN,
        ),
        ("meeting_id",),
        (Rule("ends_after_it_begins", "ends", _ends_after_it_begins,
              "mødet slutter, før det begynder, eller har intet tidspunkt at begynde på",
              "Skriv et klokkeslæt, der er senere end det, mødet begynder, eller lad cellen være tom"),),
    ),
    Contract(
        "decisions", "Beslutninger",
        (
            _id("decision_id", "Beslutnings-id", "2026-03-04-partnerskab-1"),
            MEETING,
            Column("kind", "Slags", "choice", "Fælles tolkning, beslutning eller opgave", "handling",
                   choices=DECISION_KINDS),
            Column("text", "Tekst", "text", "Det, der blev aftalt", "Lyset på stien gennemgås", longest=TEXT,
                   empty_means="tallet er på dagsordenen; tolkningen er ikke aftalt endnu"),
            Column("owner", "Ansvarlig", "text", "Den ansvarlige rolle eller organisation, aldrig en persons navn",
                   "Teknik og Miljø, Gladsaxe Kommune", empty_means="ingen (kun for tolkninger og beslutninger)",
                   longest=TITLE),
            Column("due", "Frist", "date", "Dagen, hvor opgaven skal være løst", "2026-06-03", future=True,
                   empty_means="ingen frist"),
            Column("done", "Udført", "date", "Dagen, hvor opgaven blev løst", "", empty_means="ikke udført"),
            Column("view", "Visning", "text", "Forespørgslen til den visning, tallet stod i", "", longest=2000,
                   empty_means="handler ikke om et bestemt tal"),
            Column("figure", "Tallet på mødet", "text", "Tallets sætning, som den lød på mødet", "", longest=TEXT,
                   empty_means="handler ikke om et bestemt tal"),
            RELEASE,
            *ORIGIN,
        ),
        ("decision_id",),
        (Rule("owned_actions", "owner", _owned_actions, "opgaven mangler en ansvarlig",
              "Skriv en rolle eller organisation, aldrig en persons navn"),
         Rule("agreed_text", "text", _agreed_texts, "teksten mangler", "Skriv det, der blev aftalt"),
         Rule("due_actions", "due", _due_actions, "opgaven mangler en frist", "Skriv en dato")),
    ),
    Contract(
        "dialogues", "Dialog",
        (
            _id("dialogue_id", "Dialog-id", "2025-05-14-vandring-vaerebro-park"),
            Column("date", "Dato", "date", "Dagen, hvor det skete", "2025-05-14"),
            AREA,
            Column("kind", "Slags", "choice", "Møde, tryghedsvandring, nyhedsbrev eller andet", "vandring",
                   choices=DIALOGUE_KINDS),
            Column("counterpart", "Med hvem", "text", "Rolle eller organisation, aldrig en persons navn",
                   "Afdelingsbestyrelsen", longest=TITLE),
            Column("reach", "Deltagere", "integer", "Hvor mange der deltog eller fik det", "24", minimum=0,
                   maximum=LARGEST, once_called=("Nået",),
                   empty_means="ikke opgjort"),
            Column("text", "Indhold", "text", "Hvad det handlede om, uden navne på personer",
                   "Vandring med beboere og boligselskab", longest=TEXT),
            *ORIGIN,
        ),
        ("dialogue_id",),
    ),
    Contract(
        "insecure_places", "Utrygge steder",
        (
            _id("place_id", "Sted-id", "2025-05-14-vandring-vaerebro-park-sti"),
            Column("dialogue_id", "Dialog-id", "text", "Vandringen eller mødet, hvor stedet blev nævnt",
                   "2025-05-14-vandring-vaerebro-park", refers="dialogues"),
            AREA,
            Column("place_type", "Slags sted", "choice", "Slags sted, aldrig en adresse", "sti", choices=PLACE_TYPES),
            Column("count", "Antal steder", "integer", "Hvor mange steder af den slags", "2", minimum=1,
                   maximum=LARGEST),
            Column("status", "Status", "choice", "Hvor langt opfølgningen er", "i gang", choices=PLACE_STATUSES),
            Column("follow_up", "Det har vi lovet", "text", "Hvad der bliver gjort", "Lyset skiftes til nytår",
                   empty_means="intet lovet endnu", longest=TEXT, once_called=("Opfølgning",)),
            Column("landmark", "Ved", "text", "Navnet på det, stedet ligger ved, aldrig en adresse", "Herlev Station",
                   required=False, empty_means="ikke oplyst", longest=TITLE),
            Column("square", "Kvadrat", "text", "Kvadratet på 100 m, stedet ligger i", "100m_61814_7192",
                   required=False, empty_means="ikke sat på kortet", pattern=SQUARE,
                   form="et kvadrat på 100 m, fx 100m_61814_7192", exists=existing_cell),
            Column("owner", "Ansvarlig", "text", "Den ansvarlige rolle eller organisation, aldrig en persons navn",
                   "Teknik og Miljø, Gladsaxe Kommune", required=False, empty_means="ingen endnu", longest=TITLE),
            Column("due", "Frist", "date", "Dagen, hvor det lovede skal være gjort", "2026-06-03", required=False,
                   future=True, empty_means="ingen frist"),
            Column("outcome", "Det gjorde vi", "text", "Hvad der blev gjort, på én linje", "Fem lamper er skiftet",
                   required=False, empty_means="ikke gjort endnu", longest=ONE_LINE),
            *ORIGIN,
        ),
        ("place_id",),
        (Rule("owned_promises", "owner", lambda frame: frame["due"].isna() | (frame["owner"] != ""),
              "fristen mangler en ansvarlig", "Skriv en rolle eller organisation, aldrig en persons navn"),),
    ),
    Contract(
        "proposals", "Forslag",
        (
            _id("proposal_id", "Forslags-id", "2025-09-tryg-vej-hjem"),
            Column("date", "Dato", "date", "Dagen, hvor forslaget kom", "2025-09-10"),
            Column("from_area", "Fra kommunen", "text", "Kommunen, der foreslår det", "ballerup",
                   once_called=("Fra lokalrådet i",),
                   refers="areas"),
            Column("title", "Titel", "text", "Forslagets titel", "Tryg vej hjem fra stationen", longest=TITLE),
            Column("text", "Forslag", "text", "Hvad der foreslås, og hvorfor", "Stien fra stationen gennemgås",
                   longest=TEXT),
            Column("status", "Status", "choice", "Hvad partnerskabet har gjort med det", "ny",
                   choices=PROPOSAL_STATUSES),
            Column("answer", "Svar", "text", "Partnerskabets svar", "", empty_means="intet svar endnu", longest=TEXT),
            Column("area_id", "Område", "text", "Boligområdet, hvis beboere foreslår det; tom for lokalrådet", "",
                   required=False, empty_means="lokalrådet selv", refers="areas"),
            *ORIGIN,
        ),
        ("proposal_id",),
        (Rule("answered", "answer", lambda frame: (frame["status"] != "afvist") | (frame["answer"] != ""),
              "et forslag, der er afvist, mangler et svar", "Skriv kort hvorfor"),),
    ),
    Contract(
        "risk_profiles", "Risikoprofiler",
        (
            _id("profile_id", "Profil-id", "unge-uden-fritidsliv"),
            Column("title", "Titel", "text", "Profilens navn", "Unge uden fritidsliv", longest=TITLE),
            Column("description", "Beskrivelse", "text", "Gruppen, aldrig enkelte personer",
                   "Unge på 13–17 år, der ikke går til noget efter skole", longest=TEXT),
            Column("size_class", "Størrelse", "choice", "Hvor stor gruppen skønnes at være i hvert område", "10–24",
                   choices=SIZE_CLASSES),
            *ORIGIN,
        ),
        ("profile_id",),
    ),
    Contract(
        "coverage", "Dækning af risikoprofiler",
        (
            PROFILE, INITIATIVE, AREA,
            Column("how", "Hvordan", "text", "Hvordan indsatsen når gruppen", "Opsøges i klubben", longest=TITLE,
                   empty_means="ikke beskrevet"),
            *ORIGIN,
        ),
        ("profile_id", "initiative_id", "area_id"),
    ),
    Contract(
        "place_actions", "Indsats på steder",
        (
            _id("action_id", "Stedindsats-id", "hotspotpatrulje-1230"),
            INITIATIVE, AREA, CATEGORY,
            Column("cells", "Stedets felter", "text", "Felterne, der sættes ind i, adskilt af semikolon",
                   "250m_618125_71925;250m_618125_71950", pattern=f"(?:{CELL})(?:;(?:{CELL}))*", exists=existing_cells,
                   form="felter i Det Danske Kvadratnet, fx 250m_618125_71925;250m_618125_71950", longest=6000),
            Column("start", "Begyndt", "date", "Første dag, der blev sat ind på stedet", "2025-09-01", future=True),
            Column("end", "Ophørt", "date", "Sidste dag", "", empty_means="fortsætter", future=True),
            Column("text", "Det gør vi", "text", "Hvad der gøres på stedet, uden navne på personer",
                   "Patrulje fredag og lørdag aften", longest=ONE_LINE),
            *ORIGIN,
        ),
        ("action_id",),
        (Rule("end_after_start", "end", lambda frame: ~(frame["end"] < frame["start"]),
              "den sidste dag ligger før den første", "Ret en af de to datoer"),),
    ),
)  # fmt: skip
