"""The example success criteria; `generate` lists the fate each of them is meant to have."""

from dataclasses import dataclass

from generate.example.tables import Row, marked_as_example

SHARE_MARGIN = 0.02  # two percentage points, the agreed margin of the partnership

GLADSAXE_GROUP = "Arbejdsgruppen for trygge steder, Gladsaxe Kommune"
HERLEV_GROUP = "Arbejdsgruppen for trygge steder, Herlev Kommune"
POLICE_GROUP = "Arbejdsgruppen for synligt politi, Københavns Vestegns Politi"
YOUTH_GROUP = "Arbejdsgruppen for unge og job, Ballerup Kommune"
DIALOGUE_GROUP = "Arbejdsgruppen for dialog, Herlev Kommune"
EXIT_GROUP = "Arbejdsgruppen for exit, Københavns Vestegns Politi"


@dataclass(frozen=True)
class Promise:
    """One version of a criterion: shares as fractions, incidents per year, activities as a number."""

    criterion_id: str
    initiative_id: str
    measure: str
    indicator: str
    area_ids: str
    baseline_period: str
    target: float
    direction: int
    deadline: str
    purpose_id: str
    author: str
    adopted: str
    version: int = 1
    reason: str = ""


SURVEY, INCIDENTS, ACTIVITY = "survey", "incidents", "activity"
SAFE, UNSAFE, TRUST = "tryg_i_nabolag", "utryg_i_nabolag", "tillid_til_politiet"
SAFETY, RECRUITMENT = "tryghed", "rekruttering"

PROMISES = (
    Promise("vaerebro-tryg", "tryghedsvandringer", SURVEY, SAFE, "vaerebro-park",
            "2021", 0.70, 1, "2025", SAFETY, GLADSAXE_GROUP, "2022-03-15"),
    Promise("hoeje-gladsaxe-tryg", "din-betjent", SURVEY, SAFE, "hoeje-gladsaxe",
            "2021", 0.85, 1, "2026", SAFETY, POLICE_GROUP, "2022-05-03"),
    Promise("hoeje-gladsaxe-tryg", "din-betjent", SURVEY, SAFE, "hoeje-gladsaxe",
            "2021", 0.81, 1, "2028", SAFETY, POLICE_GROUP, "2024-02-20", version=2,
            reason="Målet på 85 pct. lå over hele kommunens niveau. Partnerskabet valgte et mål tæt på "
                   "kommunens og en frist, der giver to målinger mere."),
    Promise("gladsaxe-tre-omraader-tryg", "hotspotpatrulje", SURVEY, SAFE,
            "hoeje-gladsaxe;vaerebro-park;moerkhoej-pileparken",
            "2021", 0.79, 1, "2027", SAFETY, POLICE_GROUP, "2022-09-06"),
    Promise("hjortegaarden-hoejbjerg-tillid", "beboerdialog", SURVEY, TRUST, "hjortegaarden;hoejbjerg-vaenge",
            "2021", 0.83, 1, "2028", SAFETY, DIALOGUE_GROUP, "2022-06-14"),
    Promise("hede-magleparken-tillid", "din-betjent", SURVEY, TRUST, "hede-magleparken",
            "2021", 0.90, 1, "2026", SAFETY, POLICE_GROUP, "2022-05-03"),
    Promise("grantoften-tryg", "brobyggere", SURVEY, SAFE, "grantoften",
            "2021", 0.78, 1, "2027", SAFETY, "Arbejdsgruppen for dialog, Ballerup Kommune", "2022-08-23"),
    Promise("moerkhoej-tryg", "lys-og-beplantning", SURVEY, SAFE, "moerkhoej-pileparken",
            "2021", 0.82, 1, "2024", SAFETY, GLADSAXE_GROUP, "2022-04-26"),
    Promise("hjortegaarden-tryg", "beboerdialog", SURVEY, SAFE, "hjortegaarden",
            "2022", 0.84, 1, "2025", SAFETY, DIALOGUE_GROUP, "2023-01-31"),
    Promise("hoejbjerg-utryg", "brobyggere", SURVEY, UNSAFE, "hoejbjerg-vaenge",
            "2022", 0.08, -1, "2027", SAFETY, DIALOGUE_GROUP, "2023-03-21"),
    Promise("lille-birkholm-tryg", "lys-og-beplantning", SURVEY, SAFE, "lille-birkholm",
            "2021", 0.78, 1, "2027", SAFETY, HERLEV_GROUP, "2022-04-26"),
    Promise("hoeje-gladsaxe-siden-2019", "tryghedsvandringer", SURVEY, SAFE, "hoeje-gladsaxe",
            "2019", 0.78, 1, "2026", SAFETY, GLADSAXE_GROUP, "2021-06-08"),
    Promise("vaerebro-narkotika", "hotspotpatrulje", INCIDENTS, "3210", "vaerebro-park",
            "2021", 30, -1, "2026", RECRUITMENT, POLICE_GROUP, "2022-09-06"),
    Promise("hede-magleparken-tyveri", "hotspotpatrulje", INCIDENTS, "1336", "hede-magleparken",
            "2021", 26, -1, "2028", SAFETY, POLICE_GROUP, "2022-09-06"),
    Promise("hoeje-gladsaxe-anmeldelser", "hotspotpatrulje", INCIDENTS, "TOT", "hoeje-gladsaxe",
            "2022", 190, -1, "2026", SAFETY, POLICE_GROUP, "2023-02-28"),
    Promise("grantoften-vold", "brobyggere", INCIDENTS, "12", "grantoften",
            "2022", 12, -1, "2027", SAFETY, "Arbejdsgruppen for dialog, Ballerup Kommune", "2023-03-21"),
    Promise("gladsaxe-vaaben", "exit", INCIDENTS, "3410", "hoeje-gladsaxe;vaerebro-park;moerkhoej-pileparken",
            "2022", 12, -1, "2026", RECRUITMENT, EXIT_GROUP, "2023-05-09"),
    Promise("vandringer-2025", "tryghedsvandringer", ACTIVITY, "tryghedsvandring",
            "hoeje-gladsaxe;vaerebro-park;moerkhoej-pileparken;hjortegaarden;lille-birkholm",
            "", 12, 1, "2025", SAFETY, GLADSAXE_GROUP, "2024-11-26"),
    Promise("mentorforloeb-2024", "mentor", ACTIVITY, "mentorforløb",
            "hoeje-gladsaxe;vaerebro-park;grantoften;hjortegaarden",
            "2021", 40, 1, "2024", RECRUITMENT, YOUTH_GROUP, "2021-09-14"),
)  # fmt: skip


def criteria_rows() -> list[Row]:
    """Every version of every criterion, marked as constructed; only shares carry a margin."""
    return marked_as_example(
        {
            **vars(promise),
            "target": f"{promise.target:.2f}" if promise.measure == SURVEY else str(promise.target),
            "margin": SHARE_MARGIN if promise.measure == SURVEY else "",
        }
        for promise in PROMISES
    )
