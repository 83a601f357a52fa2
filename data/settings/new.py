"""A new partnership's settings: a commented partnership.toml from the answers to six questions."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data import danish
from data.identifiers import identifier
from data.settings.definitions import LONGEST_ID

SMALL = 5
"""The smallest count that readers outside the secretariat may see, until the partnership decides otherwise."""


@dataclass(frozen=True)
class Level:
    """What an area within a municipality is called: one, in the definite form, and many."""

    one: str = "boligområde"
    definite: str = "boligområdet"
    many: str = "boligområder"


@dataclass(frozen=True)
class Measured:
    """The first indicator: its title, what a share of the residents does, and whether more is better."""

    title: str
    statement: str
    more_is_better: bool


@dataclass(frozen=True)
class Answers:
    """The answers to the six questions.

    `indicator` is None where nothing is measured by survey. The first of the `audiences` loads and publishes and sees
    every count. `total` is the one of the `categories` that is the sum of the others; "" where none is.
    """

    name: str
    municipalities: tuple[str, ...]
    level: Level
    indicator: Measured | None
    audiences: tuple[str, ...]
    categories: tuple[str, ...]
    total: str = ""


def codes(titles: Iterable[str]) -> dict[str, str]:
    """A short code for each title, no two alike: {"Vold": "VOLD", "Tyveri fra bil": "TYVERI-FRA-BIL"}."""
    chosen: dict[str, str] = {}
    for title in titles:
        code = short_id(title).upper() or "KATEGORI"
        while code in chosen.values():
            code += "-2"
        chosen[title] = code
    return chosen


def short_id(title: str) -> str:
    """The id of a title, cut where it is too long for one."""
    return identifier(title)[: LONGEST_ID - len("-2-2")].rstrip("-")


def settings_text(answers: Answers, today: dt.date) -> str:
    """The settings file, which keeps its contract (`data.settings.check`) and explains every setting in Danish."""
    members = [identifier(name) for name in answers.municipalities]
    coded = codes(answers.categories)
    parts = [
        _partnership(answers, members, coded, today),
        _purposes(),
        _measured(answers.indicator),
        _categories(answers, coded),
        _words(answers.level),
        _audiences(answers.audiences, members),
    ]
    return "\n".join(part for part in parts if part)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _texts(values: Sequence[str]) -> str:
    return "[" + ", ".join(_text(value) for value in values) + "]"


def _partnership(answers: Answers, members: list[str], coded: dict[str, str], today: dt.date) -> str:
    total = coded.get(answers.total, "")
    about_total = ""
    if coded:
        about_total = (
            "# Kategorien, der er summen af alle andre. Uden den kan skjulte tal regnes ud. Tom: ingen er det.\n"
            f"total_category = {_text(total)}\n"
        )
    return f"""# Indstillinger for {answers.name}. Ret dem her, og kontrollér dem med: python -m data settings
# En linje, der begynder med #, er en forklaring.

[partnership]
# Fulde navn og kort navn, som de skal stå på skærmen.
name = {_text(answers.name)}
short_name = {_text(answers.name)}
# Navnet øverst på hver side.
product = "Tryghedsoverblik"
# Kommunerne med det område-id, de får i filen med områder. Politikredsens område-id, hvis den følges; ellers tom.
members = {_texts(members)}
police_district = ""
# Dagen, aftalen begyndte (år-måned-dag uden anførselstegn), og hvor mange møder der er om året.
agreement_from = {today.replace(month=1, day=1).isoformat()}
meetings_a_year = 4
{about_total}"""


def _purposes() -> str:
    return """# Aftalens formål, som indsatser og succeskriterier henviser til. Ret og tilføj, som I har aftalt.
[[purposes]]
id = "tryghed"
title = "Flere føler sig trygge"

# Aftalens indsatsområder; indsatserne henviser til deres nummer.
[[focus_areas]]
id = 1
title = "Tryghed i hverdagen"

# Bærende principper, hvis I har nogen. Fjern # foran for at bruge dem.
# [[principles]]
# id = "naerhed"
# title = "Nærhed"
"""


def _measured(indicator: Measured | None) -> str:
    if indicator is None:
        return """# I følger ingen målinger endnu. Fjern # foran, når I gør det.
# [[series]]
# id = "panel"
# title = "Borgerpanelet"
# [[indicators]]
# id = "tryg"
# title = "Tryghed"
# statement = "føler sig trygge"
# question = "Hvor tryg føler du dig?"
# scale = "1–5; 1–2 regnes som tryg"
# direction = 1
# breaks = [0.60, 0.70, 0.80, 0.90]
"""
    breaks = "[0.60, 0.70, 0.80, 0.90]" if indicator.more_is_better else "[0.10, 0.20, 0.30, 0.40]"
    return f"""# Målinger i samme serie er spurgt ens og kan sammenlignes. En ny måde at spørge på er en ny serie.
[[series]]
id = "maaling"
title = "Vores måling"

# Hvert spørgsmål, I følger: titel, hvad en andel gør (»69 pct. …«), spørgsmål og skala, som de stilles.
# direction er 1, hvis mere er bedre, og -1, hvis mindre er bedre. breaks er kortets klassegrænser som andele.
[[indicators]]
id = {_text(short_id(indicator.title))}
title = {_text(indicator.title)}
statement = {_text(indicator.statement)}
question = "Skriv spørgsmålet her, som det stilles"
scale = "Skriv skalaen her, og hvilke svar der tælles med"
direction = {1 if indicator.more_is_better else -1}
breaks = {breaks}
"""


def _categories(answers: Answers, coded: dict[str, str]) -> str:
    if not coded:
        return """# I følger ingen anmeldelser endnu. Fjern # foran, når I gør det.
# [[categories]]
# id = "TYV"
# title = "Tyveri"
# noun = "anmeldte tyverier"
# breaks = [1, 2, 3, 4]
"""
    lines = [
        "# Kategorier af anmeldelser. noun er flere af dem i en sætning; breaks er anmeldelser pr. 1.000 indbyggere\n"
        "# i et kvartal, som kortet skifter farve ved.\n"
    ]
    for title, code in coded.items():
        noun = "anmeldelser" if title == answers.total else f"anmeldelser af {danish.inside(title)}"
        breaks = "[8, 12, 16, 20]" if title == answers.total else "[1, 2, 3, 4]"
        lines.append(
            f"[[categories]]\nid = {_text(code)}\ntitle = {_text(title)}\nnoun = {_text(noun)}\nbreaks = {breaks}\n"
        )
    return "".join(lines)


def _words(level: Level) -> str:
    return f"""# Ordene for de områder, I følger inde i kommunen: ét, i bestemt form, og flere.
[levels.housing_area]
one = {_text(level.one)}
definite = {_text(level.definite)}
many = {_text(level.many)}

# Slags aktiviteter, som kriterier tæller, med ordet for flere.
# [[activity_kinds]]
# id = "aftenvandring"
# many = "aftenvandringer"
"""


def _audiences(titles: Sequence[str], members: list[str]) -> str:
    lines = [
        "# Hvem der læser med. sees er kommunerne, hvis områder den ser. threshold er det mindste antal i et område,\n"
        "# den må se: 5 skjuler 1 til 4, og hvad der ellers kunne røbe dem; 0 skjuler intet.\n"
    ]
    ids = codes(titles)
    for number, title in enumerate(titles):
        first = number == 0
        rights = "# Den her indlæser, udgiver og skriver.\nedits = true\npublishes = true\n" if first else ""
        lines.append(
            f"[[audiences]]\nid = {_text(ids[title].lower())}\ntitle = {_text(title)}\nsees = {_texts(members)}\n"
            f"threshold = {0 if first else SMALL}\nsees_cells = false\n{rights}"
        )
    return "".join(lines)
