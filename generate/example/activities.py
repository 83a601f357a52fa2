"""The example log: what each initiative did, when and where, in believable amounts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from generate.example.tables import Row, marked_as_example


@dataclass(frozen=True)
class Plan:
    """How often a kind of activity is logged in each area.

    `times` maps a year to the number of entries in each area, in order; `months` are when they can
    fall; `counted` is the range of the entry's own number of activities; `people` fills "{n}" in the texts.
    """

    initiative_id: str
    kind: str
    area_ids: tuple[str, ...]
    times: dict[int, tuple[int, ...]]
    months: tuple[int, int]
    counted: tuple[int, int]
    people: tuple[int, int]
    texts: tuple[str, ...]
    first_day: date = date(2021, 1, 4)
    last_day: date = date(2025, 12, 19)


GLADSAXE = ("hoeje-gladsaxe", "vaerebro-park", "moerkhoej-pileparken")
MUNICIPALITIES = ("gladsaxe", "ballerup", "herlev")


def _yearly(*times: int, years: range = range(2021, 2026)) -> dict[int, tuple[int, ...]]:
    return dict.fromkeys(years, times)


PLANS = (
    Plan("tryghedsvandringer", "tryghedsvandring", (*GLADSAXE, "hjortegaarden", "lille-birkholm"),
         {2021: (1, 1, 0, 1, 0), 2022: (2, 2, 1, 1, 1), 2023: (2, 3, 1, 2, 1),
          2024: (2, 3, 2, 2, 1), 2025: (4, 4, 2, 3, 2)},
         (3, 11), (1, 1), (9, 26),
         ("Vandring med {n} beboere. Mørk sti mellem opgange og parkering er noteret til lysplanen.",
          "Aftenvandring med {n} deltagere. Tæt beplantning ved legepladsen beskæres inden vinter.",
          "{n} beboere gik med. Affald og ophold i kælderskakter fylder mest; vicevært og betjent følger op.",
          "Opfølgende vandring med {n} beboere: fire af seks steder fra sidste år er ordnet.",
          "Vandring for unge og forældre, {n} deltagere. Stoppestedet opleves som det mest utrygge sted."),
         first_day=date(2021, 5, 3)),
    Plan("din-betjent", "træffetid", ("hoeje-gladsaxe", "hede-magleparken", "grantoften", "hjortegaarden"),
         {2021: (1, 1, 1, 1), 2022: (2, 1, 1, 2), 2023: (2, 2, 1, 2), 2024: (3, 2, 2, 2), 2025: (3, 2, 2, 3)},
         (1, 12), (4, 9), (12, 48),
         ("Faste træffetider i beboerhuset i kvartalet, i alt {n} henvendelser.",
          "Træffetider og fodpatrulje. {n} henvendelser, de fleste om støj og knallerter på stierne.",
          "Træffetider flyttet til klubben efter ønske fra de unge; {n} kom forbi.",
          "Betjenten deltog i afdelingsmødet ud over træffetiderne. {n} henvendelser."),
         first_day=date(2021, 8, 16)),
    Plan("hotspotpatrulje", "patrulje", ("hoeje-gladsaxe", "vaerebro-park", "hede-magleparken", "grantoften"),
         {2022: (2, 2, 1, 1), 2023: (2, 2, 2, 2), 2024: (2, 2, 2, 2), 2025: (2, 2, 2, 2)},
         (1, 12), (18, 46), (3, 14),
         ("Korte fodpatruljer på udpegede steder i halvåret. {n} forhold gav anledning til opfølgning.",
          "Patruljer lagt om til fredag og lørdag aften efter drøftelse i lokalrådet. {n} forhold fulgt op.",
          "Patruljer i aftentimerne. Handlen ved cykelskurene er taget af; {n} forhold fulgt op."),
         first_day=date(2022, 3, 1)),
    Plan("lys-og-beplantning", "nye lyspunkter",
         ("moerkhoej-pileparken", "lille-birkholm", "hede-magleparken"),
         {2022: (1, 1, 0), 2023: (1, 1, 1), 2024: (1, 0, 1)},
         (4, 11), (8, 34), (2, 6),
         ("Ny belysning på stien mellem boliger og stoppested; buske sænket {n} steder.",
          "Lys i opgange og ved parkering er skiftet. Beplantning er åbnet {n} steder.",
          "Belysning ved legeplads og vaskeri er skiftet efter tryghedsvandringen; {n} punkter lukket."),
         first_day=date(2022, 4, 4), last_day=date(2024, 11, 29)),
    Plan("brobyggere", "aften på gaden", ("grantoften", "hede-magleparken", "hoejbjerg-vaenge"),
         {2022: (2, 1, 1), 2023: (2, 2, 1), 2024: (2, 2, 1), 2025: (2, 2, 1)},
         (2, 12), (14, 38), (8, 30),
         ("Brobyggerne var ude i halvåret og talte i snit med {n} unge på en aften.",
          "Aftener på gaden, især ved butikstorvet. Omkring {n} unge ad gangen, få konflikter.",
          "Aftener på gaden. Tonen er blevet hårdere hen over året; omkring {n} unge samles sent."),
         first_day=date(2022, 2, 1)),
    Plan("brobyggere", "konfliktmægling", ("grantoften", "hede-magleparken"),
         {2022: (1, 1), 2023: (1, 1), 2024: (1, 1), 2025: (1, 1)},
         (9, 12), (5, 12), (5, 12),
         ("Mægling mellem naboer i årets løb. De fleste sager endte med en skriftlig aftale.",
          "Mægling i årets løb, oftest om støj. To opgange har lavet fælles regler.")),
    Plan("beboerdialog", "beboermøde", ("hjortegaarden", "lille-birkholm", "hoejbjerg-vaenge"),
         {2021: (1, 0, 0), 2022: (2, 1, 1), 2023: (2, 1, 1), 2024: (2, 1, 1), 2025: (2, 1, 1)},
         (3, 11), (1, 1), (22, 74),
         ("Beboermøde med kommune og politi, {n} fremmødte. Ønske om mere lys ved vaskeriet.",
          "Dialogmøde med {n} fremmødte. Politiet gennemgik udviklingen i anmeldelser.",
          "Beboermøde, {n} fremmødte. Afdelingsbestyrelsen overtager opfølgningen på legepladsen."),
         first_day=date(2021, 10, 4)),
    Plan("beboerdialog", "nyhedsbrev", ("herlev",), {2021: (1,), **_yearly(4, years=range(2022, 2026))},
         (2, 12), (1, 1), (2, 4),
         ("Nyhedsbrev til alle husstande i de tre afdelinger om {n} afsluttede opgaver.",
          "Nyhedsbrev: »Det sagde I, det gjorde vi« med {n} eksempler."),
         first_day=date(2021, 10, 4)),
    Plan("risikoprofiler", "profilmøde", MUNICIPALITIES, _yearly(2, 1, 1),
         (2, 11), (1, 1), (8, 16),
         ("Profilmøde med {n} fagpersoner fra skole, klub, boligsocial indsats og politi.",
          "Profilerne er gennemgået og to er skrevet om; {n} fagpersoner deltog.",
          "Kursus i brug af profilerne for {n} medarbejdere.")),
    Plan("ssp-koordination", "koordinationsmøde", MUNICIPALITIES, _yearly(2, 2, 2),
         (1, 12), (4, 6), (2, 7),
         ("Halvårets koordinationsmøder. {n} fælles reaktioner på uro, der flyttede sig mellem kommunerne.",
          "Månedlige møder holdt som planlagt; {n} aftaler på tværs af kommunegrænserne.")),
    Plan("mentor", "mentorforløb", ("hoeje-gladsaxe", "vaerebro-park", "grantoften", "hjortegaarden"),
         {2021: (1, 0, 0, 0), 2022: (1, 1, 0, 0), 2023: (0, 1, 1, 0), 2024: (0, 0, 0, 1)},
         (9, 12), (5, 6), (5, 6),
         ("Nye forløb begyndt. Det er svært at finde mentorer med tid om eftermiddagen.",
          "Nye forløb begyndt i samarbejde med skolen. Venteliste på grund af manglende mentorer."),
         first_day=date(2021, 9, 6)),
    Plan("fritidspas", "fritidspas", (*GLADSAXE, "hede-magleparken", "grantoften", "hjortegaarden"),
         _yearly(1, 1, 1, 1, 1, 1), (8, 10), (12, 46), (3, 9),
         ("Fritidspas udstedt ved sæsonstart; flest til fodbold og svømning.",
          "Fritidspas udstedt. {n} foreninger tager imod, og driften kører de yngste til træning.",
          "Fritidspas udstedt efter besøg i 4.–6. klasse sammen med {n} foreninger.")),
    Plan("fritidspas", "lommepengejob", ("vaerebro-park", "grantoften", "lille-birkholm"),
         _yearly(1, 1, 1), (6, 8), (8, 22), (8, 20),
         ("Lommepengejob i sommerferien: maling af plankeværk og pasning af grønne områder.",
          "Unge i lommepengejob hos driften; alle fik skriftlig anbefaling."),
         first_day=date(2021, 6, 1)),
    Plan("jobindsats", "i job eller uddannelse", ("vaerebro-park", "moerkhoej-pileparken", "hede-magleparken",
                                                   "grantoften"),
         {2022: (1, 1, 1, 1), 2023: (1, 1, 1, 1), 2024: (1, 1, 1, 1), 2025: (1, 1, 1, 1)},
         (11, 12), (6, 19), (3, 9),
         ("Begyndt i job eller uddannelse i årets løb, flest i lager og detailhandel.",
          "Begyndt i job eller uddannelse i årets løb. {n} virksomheder deltog i jobmessen i beboerhuset."),
         first_day=date(2022, 1, 10)),
    Plan("exit", "rådgivningsmøde", MUNICIPALITIES, _yearly(1, 1, 1),
         (11, 12), (7, 24), (7, 24),
         ("Årets rådgivningsmøder med borgere og pårørende; alle havde en plan inden for aftalt tid.",
          "Årets rådgivningsmøder. Ventetid på bolig er det, der oftest standser et forløb.")),
)  # fmt: skip


def activity_rows(rng: np.random.Generator) -> list[Row]:
    """The log in order of date.

    `count` is how many of the entry's kind it reports (one walk; 24 patrols in a half-year), so a kind's
    counts add up to what was done.
    """
    rows = [row for plan in PLANS for row in _entries(rng, plan)]
    return marked_as_example(sorted(rows, key=lambda row: (str(row["date"]), str(row["initiative_id"]))))


def _entries(rng: np.random.Generator, plan: Plan) -> Iterator[Row]:
    turn = 0
    for year, times in plan.times.items():
        for area_id, number in zip(plan.area_ids, times, strict=True):
            for day in _days(rng, plan, year, number):
                people = int(rng.integers(plan.people[0], plan.people[1] + 1))
                yield {
                    "initiative_id": plan.initiative_id,
                    "date": day.isoformat(),
                    "area_id": area_id,
                    "kind": plan.kind,
                    "text": plan.texts[turn % len(plan.texts)].format(n=people),
                    "count": int(rng.integers(plan.counted[0], plan.counted[1] + 1)),
                }
                turn += 1


def _days(rng: np.random.Generator, plan: Plan, year: int, number: int) -> list[date]:
    """Working days spread over the plan's months: one drawn from each of `number` equal stretches."""
    first = max(date(year, plan.months[0], 1), plan.first_day)
    last = min(date(year, plan.months[1], 20), plan.last_day)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    working = [day for day in days if day.weekday() < 5]
    stretches = np.array_split(np.arange(len(working)), number) if number else []
    return [working[int(rng.choice(stretch))] for stretch in stretches]
