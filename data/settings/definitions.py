"""What may stand in partnership.toml: its sections and settings, what each means and which values it takes."""

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["text", "whole", "decimal", "date", "flag", "texts", "decimals"]

ADDRESS = r"[^\s@<>,;]+@[^\s@<>,;]+"
ID = r"[a-z0-9æøå]+(?:[-_][a-z0-9æøå]+)*"
ID_FORM = "små bogstaver, cifre og bindestreger, fx tryg-aften"
CODE = r"[A-Za-z0-9æøåÆØÅ]+(?:[-_][A-Za-z0-9æøåÆØÅ]+)*"
CODE_FORM = "bogstaver, cifre og bindestreger uden mellemrum, fx TYV"
LONGEST, LONGEST_TITLE, LONGEST_ID = 500, 140, 60
"""Characters in a text, in what stands as a title or name, and in an id."""


class Absent:
    """The default of a setting that must stand in the file."""


ABSENT = Absent()


@dataclass(frozen=True)
class Setting:
    """One setting: its kind of value, what it means (Danish) and its limits.

    `default` is what holds where it is not written; ABSENT: it must be. `minimum` and `maximum` limit numbers, and each
    number of a list; `between` how many a list may hold. `pattern` is a regular expression for the whole text (or each
    text of a list), explained by `form`. `refers` names the section (or "members") whose ids it must be one of.
    `longest` is the most characters of a text.
    """

    name: str
    kind: Kind
    meaning: str
    example: Any
    default: Any = ABSENT
    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    below: float | None = None
    between: tuple[int, int] | None = None
    pattern: str = ""
    form: str = ""
    refers: str = ""
    longest: int = LONGEST
    choices: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Section:
    """One section: `[name]`, or `[[name]]` where there may be several; `key` is the setting no two of them share.

    `free` sections take any name with a text. `at_least` is how many there must be.
    """

    name: str
    meaning: str
    settings: tuple[Setting, ...] = ()
    several: bool = False
    at_least: int = 0
    key: str = ""
    free: bool = False
    names: tuple[str, ...] = field(default=())


TITLE = Setting("title", "text", "det, der står på skærmen", "Flere føler sig trygge", longest=LONGEST_TITLE)


def _id(example: str, pattern: str = ID, form: str = ID_FORM) -> Setting:
    return Setting("id", "text", "kort navn, som filerne henviser til", example, pattern=pattern, form=form,
                   longest=LONGEST_ID)  # fmt: skip


LEVELS = ("housing_area", "municipality", "police_district", "country", "area_group")
USUAL_LEVEL_WORDS = {
    "housing_area": "boligområder", "municipality": "kommuner", "police_district": "politikreds",
    "country": "hele landet", "area_group": "SUB-områder samlet",
}  # fmt: skip
"""What many areas of a level are called where the settings have no word for them."""

SECTIONS: tuple[Section, ...] = (
    Section(
        "partnership",
        "hvem partnerskabet er",
        (
            Setting("name", "text", "partnerskabets fulde navn", "Tryghedspartnerskabet i Nordby",
                    longest=LONGEST_TITLE),
            Setting("short_name", "text", "det korte navn", "Trygt Nordby", longest=LONGEST_TITLE),
            Setting("product", "text", "navnet øverst på hver side", "Tryghedsoverblik", "Tryghedsoverblik",
                    longest=LONGEST_ID),
            Setting("police_district", "text", "politikredsens område-id; tomt, hvis den ikke følges", "nordkredsen",
                    "", pattern=ID, form=ID_FORM),
            Setting("members", "texts", "kommunernes område-id", ["nordby"], between=(1, 200), pattern=ID,
                    form=ID_FORM),
            Setting("agreement_from", "date", "dagen, aftalen begyndte", "2024-01-01"),
            Setting("meetings_a_year", "whole", "møder om året", 4, 4, minimum=1, maximum=52),
            Setting("time_zone", "text", "tidszonen, som dage og klokkeslæt følger", "Europe/Copenhagen",
                    "Europe/Copenhagen", choices=("Europe/Copenhagen", "Atlantic/Faroe", "America/Nuuk")),
            Setting("total_category", "text", "kategorien, der er summen af alle andre; tomt, hvis ingen er det", "ALT",
                    None, refers="categories"),
        ),
        at_least=1,
    ),
    Section("purposes", "partnerskabets formål", (_id("tryghed"), TITLE), several=True, key="id"),
    Section(
        "focus_areas",
        "aftalens indsatsområder",
        (Setting("id", "whole", "nummeret, som indsatserne henviser til", 1, minimum=1, maximum=99), TITLE),
        several=True,
        key="id",
    ),
    Section("principles", "bærende principper", (_id("naerhed"), TITLE), several=True, key="id"),
    Section(
        "indicators",
        "spørgsmål, der måles",
        (
            _id("tryg-aften", CODE, CODE_FORM),
            TITLE,
            Setting("statement", "text", "det, en andel gør: »69 pct. …«", "føler sig trygge"),
            Setting("question", "text", "spørgsmålet, som det stilles", "Hvor tryg føler du dig?"),
            Setting("scale", "text", "skalaen, og hvad der tælles med", "1–5; 1–2 regnes som tryg"),
            Setting("direction", "whole", "1, hvis mere er bedre; -1, hvis mindre er bedre", 1, choices=(1, -1)),
            Setting("breaks", "decimals", "kortets klassegrænser som andele", [0.6, 0.7, 0.8, 0.9], between=(1, 8),
                    above=0, below=1),
            Setting("counts", "texts", "svarene, der tæller med, når rå svar tælles op", ["1", "2"], []),
            Setting("of", "texts", "alle gyldige svar", ["1", "2", "3", "4", "5"], []),
            Setting("unsure", "texts", "svarene »ved ikke«", ["8", "ved ikke"], []),
            Setting("unsure_in_base", "flag", "om »ved ikke« hører med til dem, der regnes af", False, False),
        ),
        several=True,
        key="id",
    ),
    Section("series", "undersøgelser; andele sammenlignes kun i samme serie", (_id("panel"), TITLE), several=True,
            key="id"),
    Section(
        "categories",
        "kategorier af anmeldelser",
        (
            _id("TYV", CODE, CODE_FORM),
            TITLE,
            Setting("noun", "text", "flere af dem, i en sætning", "anmeldte tyverier"),
            Setting("breaks", "decimals", "kortets klassegrænser: anmeldelser pr. 1.000 indbyggere i et kvartal",
                    [1, 2, 3, 4], between=(1, 8), above=0, maximum=1000),
            Setting("offences", "texts", "koder (eller deres første cifre) og ord, der hører til; ellers id",
                    ["1320"], []),
        ),
        several=True,
        key="id",
    ),
    Section(
        "activity_kinds",
        "slags aktiviteter, der tælles",
        (Setting("id", "text", "ordet for én, som det står i filerne", "tryghedsvandring", pattern="[^A-ZÆØÅ]+",
                 form="ordet med små bogstaver, fx tryghedsvandring", longest=LONGEST_ID),
         Setting("many", "text", "ordet for flere", "tryghedsvandringer", longest=LONGEST_ID)),
        several=True,
        key="id",
    ),
    Section("municipality_types", "kommunernes type; områder i samme slags kommune ligner hinanden mest", free=True),
    Section(
        "levels",
        "ordene for områdernes niveauer",
        (
            Setting("one", "text", "ordet for ét område", "bydel", longest=LONGEST_ID),
            Setting("definite", "text", "ordet i bestemt form", "bydelen", longest=LONGEST_ID),
            Setting("many", "text", "ordet for flere", "bydele", longest=LONGEST_ID),
        ),
        names=LEVELS,
    ),
    Section(
        "lists",
        "lister, områder kan stå på",
        (
            Setting("begins", "text", "det, medlemskabet begynder med; tomt for alle øvrige", "SUB", ""),
            TITLE,
        ),
        several=True,
        key="begins",
    ),
    Section(
        "forums",
        "slags møder",
        (_id("lokalraad"), TITLE,
         Setting("local", "flag", "om det hører til én kommune", True, False)),
        several=True,
        key="id",
    ),
    Section("reports", "det, man tager med", (
        Setting("template", "text", "egen PowerPoint-fil (.pptx) ved siden af indstillingerne", "", ""),)),
    Section("statement", "tilgængelighedserklæringen, som loven kræver (siden /was)", (
        Setting("body", "text", "den myndighed, der er ansvarlig for webstedet", "Nordby Kommune", ""),
        Setting("contact", "text", "hvor man siger til, når noget ikke kan læses",
                "tilgaengelighed@nordby.example", ""),
        Setting("date", "date", "dagen, erklæringen er udarbejdet", "2026-03-04", None),)),
    Section("personal_data", "databeskyttelse: hvem der er ansvarlig, og hvor længe loggen gemmes", (
        Setting("controllers", "texts", "de dataansvarlige, hver med kontakt",
                ["Nordby Kommune, databeskyttelse@nordby.example"], []),
        Setting("answers", "text", "hvem der svarer den, der spørger om sine oplysninger", "Nordby Kommune", ""),
        Setting("officer", "text", "databeskyttelsesrådgiveren", "dpo@nordby.example", ""),
        Setting("keep_months", "whole", "måneder, loggen gemmer, hvem der gjorde hvad; 0 sætter ingen grænse", 24, 0,
                minimum=0, maximum=240),)),
    Section("mail", "besked om nye tal; sendes kun, hvor SMTP_URL er sat", (
        Setting("group", "text", "den ene gruppeadresse, der får besked", "partnerskabet@lister.nordby.example", "",
                pattern=ADDRESS, form="én mailadresse"),
        Setting("sender", "text", "adressen, mailen kommer fra", "tryghed@nordby.example", "",
                pattern=ADDRESS, form="én mailadresse"),)),
    Section(
        "audiences",
        "hvem der læser med, og hvad de må se",
        (
            _id("sekretariat"),
            TITLE,
            Setting("sees", "texts", "kommunerne, hvis områder den ser", ["nordby"], between=(0, 200),
                    refers="members"),
            Setting("threshold", "whole", "mindste antal, den må se i et område; 0 skjuler intet", 5, minimum=0,
                    maximum=1000),
            Setting("sees_cells", "flag", "om den ser kvadratnettet", False, False),
            Setting("edits", "flag", "om den skriver møder, indsatser og kriterier", False, False),
            Setting("proposes", "flag", "om den foreslår", False, False),
            Setting("publishes", "flag", "om den indlæser og udgiver", False, False),
            Setting("shares", "flag", "om den deler visninger", True, True),
            Setting("open_links", "flag", "om visninger delt med den åbnes uden konto", False, False),
            Setting("suggests", "flag", "om den sender forslag, steder og vandringer ind til godkendelse", False,
                    False),
        ),
        several=True,
        at_least=1,
        key="id",
    ),
)  # fmt: skip
"""Every section of the file, in the order a new one has them."""


def section(name: str) -> Section:
    """The section of that name; KeyError if the file has none."""
    return next(each for each in SECTIONS if each.name == name) if name in NAMES else _none(name)


def _none(name: str) -> Section:
    raise KeyError(name)


NAMES = frozenset(each.name for each in SECTIONS)
