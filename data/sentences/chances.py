"""The chances of a criterion at its deadline in words: how likely each verdict is, and what would show success."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from data import danish

# The chance with which an exact success is to be called met (analysis.decidability.LIKELY).
LIKELY = 0.8
TRUTHS = ("Nås målet præcis", "Sker der ingenting", "Går det lige så langt den anden vej")
VERDICTS = (("met", "Opfyldt"), ("undecided", "Kan ikke afgøres"), ("not_met", "Ikke opfyldt"))


class ChanceRow(NamedTuple):
    """One truth, the chance of each verdict by its id, and the same in words."""

    truth: str
    parts: tuple[tuple[str, float], ...]
    said: str


def chance_rows(prospect: Any) -> Iterator[ChanceRow]:
    """A row for each truth, from a `criterion_drafts.Prospect`; none where there are no chances (counts)."""
    for truth, chances in zip(TRUTHS, prospect.chances, strict=False):
        parts = tuple((status, float(getattr(chances, status))) for status, _ in VERDICTS)
        words = dict(VERDICTS)
        sentence = danish.join([f"{words[status].lower()} i {_of_hundred(part)}" for status, part in parts])
        yield ChanceRow(truth, parts, f"{truth}: {sentence} af 100 tilfælde.")


def chances_heading(prospect: Any) -> str:
    """What the chances rest on."""
    return f"Svaret ved fristen i {prospect.draft.deadline}, når der hver gang er {_answers(prospect.answers)}"


def proof_sentence(prospect: Any) -> str:
    """Whether an exact success will show, and what would make it so; "" where there are no chances."""
    if not prospect.chances:
        return ""
    met = prospect.chances[0].met
    if met >= LIKELY:
        return f"Nås målet præcis, bliver det også kaldt opfyldt i {_of_hundred(met)} af 100 tilfælde."
    ways = []
    if pd.notna(prospect.share_needed):
        ways.append(f"tallet i virkeligheden når {danish.percent(prospect.share_needed, 1)}")
    if pd.notna(prospect.answers_to_prove) and prospect.draft.tolerance:
        ways.append(f"der kommer omkring {_answers(-(-prospect.answers_to_prove // 10) * 10)}")
    if pd.notna(prospect.tolerance_needed):
        ways.append(f"målet får en tolerance på {tolerance_words(prospect.tolerance_needed)}")
    opening = f"Nås målet præcis, bliver det kun kaldt opfyldt i {_of_hundred(met)} af 100 tilfælde."
    return f"{opening} I {_of_hundred(LIKELY)} af 100 sker det, hvis {_or(ways)}." if ways else opening


def scale_sentence(prospect: Any) -> str:
    """What the picture above the chances shows: where it begins, the goal, the noise, and what would be met."""
    begins = f"Udgangspunkt {danish.percent(prospect.baseline, 0)}, mål {danish.percent(prospect.target, 0)}"
    smallest = danish.points(prospect.detectable_change).lstrip("+")
    noise = f"ændringer under {smallest} kan ikke skelnes fra tilfældige udsving"
    met = f"; opfyldt fra {danish.percent(prospect.met_from, 1)}" if pd.notna(prospect.met_from) else ""
    return f"{begins}; {noise}{met}."


def tolerance_words(tolerance: float) -> str:
    """A tolerance on a share: "4,5 pct.point"."""
    return f"{danish.decimal(100 * tolerance, 1)} pct.point".replace(",0 ", " ")


def _or(parts: list[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} eller {last}" if most else last


def _of_hundred(chance: float) -> str:
    return danish.number(round(100 * chance))


def _answers(count: float) -> str:
    return danish.plural(count, "svar", "svar")
