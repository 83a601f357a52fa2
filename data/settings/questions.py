"""The six questions a new partnership is asked, and what their answers mean."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from data.identifiers import identifier
from data.settings.definitions import LONGEST_ID, LONGEST_TITLE
from data.settings.new import Answers, Level, Measured

T = TypeVar("T")
Read = Callable[[str], str]
Say = Callable[[str], None]

NAME = "1/6  Hvad hedder partnerskabet?"
MUNICIPALITIES = "2/6  Hvilke kommuner er med? (komma imellem)"
LEVEL = "3/6  Hvad kalder I de områder, I følger i kommunen: ét, i bestemt form, flere? (tom: {})"
INDICATOR = (
    "4/6  Hvad måler I? Titel; hvad en andel gør; mere eller mindre er bedre (tom: ingen målinger)\n"
    "     fx Tryghed om aftenen; føler sig trygge om aftenen; mere er bedre"
)
AUDIENCES = "5/6  Hvem læser med? Den første indlæser og udgiver tallene (tom: {})"
CATEGORIES = (
    "6/6  Hvilke anmeldelser følger I? Sæt * efter den, der er summen af alle andre (tom: ingen anmeldelser)\n"
    "     fx Alle anmeldelser*, Tyveri, Vold"
)
USUAL_AUDIENCES = ("Sekretariat", "Ledelse", "Lokalråd")


class AnswerError(ValueError):
    """An answer that cannot be used; the text is one Danish sentence."""


def ask(read: Read = input, say: Say = print) -> Answers:
    """Ask the six questions, each again until its answer can be used."""
    usual = Level()
    name = _asked(NAME, _name, read, say)
    municipalities = _asked(MUNICIPALITIES, _municipalities, read, say)
    level = _asked(LEVEL.format(f"{usual.one}, {usual.definite}, {usual.many}"), _level, read, say)
    indicator = _asked(INDICATOR, _indicator, read, say)
    audiences = _asked(AUDIENCES.format(", ".join(USUAL_AUDIENCES)), _audiences, read, say)
    categories, total = _asked(CATEGORIES, lambda text: _categories(text, indicator is not None), read, say)
    return Answers(name, municipalities, level, indicator, audiences, categories, total)


def _asked(question: str, understood: Callable[[str], T], read: Read, say: Say) -> T:
    while True:
        say(question)
        try:
            return understood(read("> ").strip())
        except AnswerError as error:
            say(f"     {error}")


def _parts(text: str) -> Iterator[str]:
    return (part.strip() for part in text.split(",") if part.strip())


def _named(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Names of which each gives a short id of its own."""
    for part in parts:
        _fits(part)
    ids = [identifier(part) for part in parts]
    if "" in ids:
        raise AnswerError("Et navn skal have mindst ét bogstav eller tal.")
    if len(set(ids)) < len(ids):
        raise AnswerError("Det samme navn står to gange.")
    return parts


def _fits(text: str, longest: int = LONGEST_TITLE) -> None:
    if len(text) > longest:
        raise AnswerError(f"Skriv højst {longest} tegn; der står {len(text)}.")


def _name(text: str) -> str:
    _fits(text)
    if not identifier(text):
        raise AnswerError("Skriv et navn, fx Trygt Nordby.")
    return text


def _municipalities(text: str) -> tuple[str, ...]:
    names = _named(tuple(part.removesuffix(" Kommune") for part in _parts(text)))
    if not names:
        raise AnswerError("Skriv mindst én kommune, fx Nordby.")
    return names


def _level(text: str) -> Level:
    if not text:
        return Level()
    parts = tuple(_parts(text))
    if len(parts) != 3:
        raise AnswerError("Skriv tre ord med komma imellem, fx bydel, bydelen, bydele.")
    for part in parts:
        _fits(part, LONGEST_ID)
    return Level(*(part.lower() for part in parts))


def _indicator(text: str) -> Measured | None:
    if not text:
        return None
    parts = [part.strip() for part in text.split(";")]
    directions = {"mere er bedre": True, "mindre er bedre": False}
    if len(parts) != 3 or not identifier(parts[0]) or not parts[1] or parts[2].casefold() not in directions:
        raise AnswerError("Skriv tre ting med semikolon imellem, til sidst »mere er bedre« eller »mindre er bedre«.")
    _fits(parts[0])
    _fits(parts[1])
    return Measured(parts[0], parts[1], directions[parts[2].casefold()])


def _audiences(text: str) -> tuple[str, ...]:
    return _named(tuple(_parts(text))) or USUAL_AUDIENCES


def _categories(text: str, measured: bool) -> tuple[tuple[str, ...], str]:
    parts = tuple(_parts(text))
    totals = [part.rstrip("* ") for part in parts if part.endswith("*")]
    titles = _named(tuple(part.rstrip("* ") for part in parts))
    if len(totals) > 1:
        raise AnswerError("Kun én kan være summen af alle andre.")
    if not titles and not measured:
        raise AnswerError("Der skal være noget at følge: en måling eller mindst én slags anmeldelser.")
    return titles, totals[0] if totals else ""
