"""The common page: partnerships that agreed to it beside each other, by what was asked, and never as a ranking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data import danish
from data.common_page import Contribution, Perceived, Recorded
from data.sentences import STATUS_WORDS, interval
from reports.document import Block, Document, Line, Lines, Section, Table, Text
from reports.html import Banner, body, page

TITLE = "Fælles: partnerskaber ved siden af hinanden"
NOBODY = "Intet partnerskab har sagt ja til at vise sine tal her endnu. Sekretariatet gør det nederst på siden Data."
HONEST = (
    "Tallene står i alfabetisk orden og er ikke en rangliste. Partnerskaberne spørger på forskellige måder, på "
    "forskellige tidspunkter og i forskellige slags byer, så en forskel siger ikke, hvem der gør det godt."
)
ALONE = "Spørges kun her, så tallet kan ikke holdes op mod andres."
DIFFERENT_TIMES = "Målt i forskellige år: {}."
_STATE_WORDS = {"hidden": danish.HIDDEN, "missing": danish.NOT_REPORTED}
_TONES = {"met": "better", "on_track": "better", "behind": "worse", "worsening": "worse", "not_met": "worse"}
_EXAMPLE = " (eksempeldata)"


@dataclass(frozen=True)
class Shown:
    """What a partnership shows, with the role that agreed to it and on which day (ISO)."""

    contribution: Contribution
    role: str
    agreed: str


def common_html(shown: Sequence[Shown], organisation: str, home: str) -> tuple[str, str]:
    """The page and the policy it stands under; `home` is the address of the app."""
    example = any(each.contribution.is_example for each in shown)
    document = Document("Fælles", TITLE, (), (), sections(shown), "", organisation, example, organisation)
    banner = Banner("Fællessiden", (HONEST,), (("Til forsiden", home),))
    return page(body(document), banner, organisation)


def sections(shown: Sequence[Shown]) -> tuple[Section, ...]:
    """The sections of the page: perceived, recorded, criteria, what was learnt, and who agreed."""
    told = sorted((each.contribution for each in shown), key=lambda each: danish.sort_key(each.partnership))
    if not told:
        return (Section("", (Text(NOBODY),), level=2),)
    return (
        Section("Oplevet tryghed", _perceived(told) or (Text("Ingen har vist en måling."),), level=2),
        Section("Anmeldelser pr. 1.000 indbyggere på et år",
                _recorded(told) or (Text("Ingen har vist anmeldelser."),), level=2),
        Section("Succeskriterier", _by_partnership(told, _outcomes), level=2),
        Section("Hvad er der lært?", _by_partnership(told, _learnt), level=2),
        Section("Hvem har sagt ja?", (_agreed(shown),), level=2),
    )  # fmt: skip


def _perceived(told: Sequence[Contribution]) -> tuple[Block, ...]:
    """A table for each question as it was put; only who put the same question on the same scale stands in one."""
    asked: dict[tuple[str, str, str], list[tuple[str, Perceived]]] = {}
    for each in told:
        for figure in each.perceived:
            key = (figure.statement, figure.question, figure.scale)
            asked.setdefault(key, []).append((each.partnership, figure))
    blocks: list[Block] = []
    for (statement, question, scale), rows in sorted(asked.items(), key=lambda item: danish.sort_key(item[0][0])):
        blocks.append(Table(
            f"Andel, der {statement}", ("Partnerskab og kommune", "Måling", "Andel", "Usikkerhed", "Svar", "Kilde"),
            tuple(_share(partnership, figure) for partnership, figure in rows), (3.0, 1.0, 1.0, 2.0, 1.2, 3.0),
        ))  # fmt: skip
        put = " ".join(part for part in (f"»{question}«" if question else "", scale) if part)
        times = _different([figure.wave for _, figure in rows])
        alone = ALONE if len({partnership for partnership, _ in rows}) == 1 and len(told) > 1 else ""
        blocks += [Text(sentence, quiet=True) for sentence in (put, times, alone) if sentence]
    return tuple(blocks)


def _share(partnership: str, figure: Perceived) -> tuple[str, ...]:
    known = figure.low is not None and figure.high is not None
    return (
        f"{partnership}: {figure.area}",
        danish.period(figure.wave),
        danish.percent(figure.share) if figure.share is not None else _STATE_WORDS.get(figure.state, danish.MISSING),
        interval(figure.low, figure.high) if known else "kendes ikke",  # type: ignore[arg-type]
        danish.number(figure.answers) if figure.answers is not None else "ikke offentliggjort",
        figure.source + (_EXAMPLE if figure.example else ""),
    )


def _recorded(told: Sequence[Contribution]) -> tuple[Block, ...]:
    rows = [(each.partnership, figure) for each in told for figure in each.recorded]
    if not rows:
        return ()
    headings = ("Partnerskab og kommune", "År", "Pr. 1.000 indbyggere", "Usikkerhed", "Hvad tælles", "Kilde")
    table = Table("", headings, tuple(_rate(*row) for row in rows), (3.0, 1.0, 1.5, 1.5, 2.0, 3.0))
    times = _different([figure.year for _, figure in rows])
    return (table, Text(times, quiet=True)) if times else (table,)


def _rate(partnership: str, figure: Recorded) -> tuple[str, ...]:
    known = figure.low is not None and figure.high is not None
    return (
        f"{partnership}: {figure.area}",
        figure.year + (" (foreløbig)" if figure.state == "provisional" else ""),
        danish.decimal(figure.rate) if figure.rate is not None else _STATE_WORDS.get(figure.state, danish.MISSING),
        f"{danish.decimal(figure.low)}–{danish.decimal(figure.high)}" if known else "kendes ikke",
        figure.category,
        figure.source + (_EXAMPLE if figure.example else ""),
    )


def in_lines(shown: Contribution) -> list[str]:
    """Everything that a partnership would show, a line each, for who is to say yes to it."""
    perceived = (f"{row[0]}: {row[2]} {each.statement}, {danish.period(each.wave)}" for each in shown.perceived
                 for row in (_share(shown.partnership, each),))  # fmt: skip
    recorded = (f"{row[0]}: {row[2]} pr. 1.000 indbyggere ({each.category}), {each.year}" for each in shown.recorded
                for row in (_rate(shown.partnership, each),))  # fmt: skip
    outcomes = (f"{each.initiative}: {STATUS_WORDS.get(each.status, each.status)}. {each.sentence}"
                for each in shown.outcomes)  # fmt: skip
    return [*perceived, *recorded, *outcomes, *shown.learnt]


def _different(times: Sequence[str]) -> str:
    found = sorted(set(times))
    return DIFFERENT_TIMES.format(danish.join(map(danish.period, found))) if len(found) > 1 else ""


def _by_partnership(told: Sequence[Contribution], lines: Callable[[Contribution], Block]) -> tuple[Block, ...]:
    return tuple(block for each in told for block in (Text("", strong=each.partnership), lines(each)))


def _outcomes(shown: Contribution) -> Block:
    if not shown.outcomes:
        return Text("Viser ingen succeskriterier her.", quiet=True)
    return Lines(tuple(
        Line(STATUS_WORDS.get(each.status, each.status), _TONES.get(each.status, "neutral"),
             each.sentence + (_EXAMPLE if each.example else ""), danish.ended(each.initiative))
        for each in shown.outcomes
    ))  # fmt: skip


def _learnt(shown: Contribution) -> Block:
    if not shown.learnt:
        return Text("Viser ikke noget tal ved siden af en indsats, som har ændret sig klart.", quiet=True)
    return Lines(tuple(Line("", "neutral", sentence) for sentence in shown.learnt))


def _agreed(shown: Sequence[Shown]) -> Table:
    ordered = sorted(shown, key=lambda each: danish.sort_key(each.contribution.partnership))
    return Table(
        "", ("Partnerskab", "Viser", "Sagt ja af", "Hvornår"),
        tuple(
            (
                each.contribution.partnership,
                f"udgave {each.contribution.release} fra {danish.date(each.contribution.published)}, som "
                f"{each.contribution.audience} ser den",
                each.role,
                danish.date(each.agreed),
            )
            for each in ordered
        ),
        (2.5, 3.5, 1.5, 1.5),
    )  # fmt: skip
