"""The chances of a criterion at its deadline in words: how likely each verdict is, and what would show success."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from data import danish

# The chance with which an exact success is to be called met (analysis.decidability.LIKELY).
LIKELY = 0.8
NAN = float("nan")
TRUTHS = ("Nås målet præcis", "Sker der ingenting", "Går det lige så langt den anden vej")
VERDICTS = (("met", "Opfyldt"), ("undecided", "Kan ikke afgøres"), ("not_met", "Ikke opfyldt"))


class ChanceRow(NamedTuple):
    """One truth, the chance of each verdict by its id, and the same in words."""

    truth: str
    parts: tuple[tuple[str, float], ...]
    said: str


def chance_rows(prospect: Any) -> Iterator[ChanceRow]:
    """A row for each truth, from a `criterion_drafts.Prospect`; none where there are no chances."""
    for truth, chances in zip(TRUTHS, prospect.chances, strict=False):
        yield _chance_row(truth, tuple((status, float(getattr(chances, status))) for status, _ in VERDICTS))


def deadline_rows(row: Mapping[str, Any]) -> Iterator[ChanceRow]:
    """A row if the goal is reached and one if nothing changes, from a criterion's row of the release."""
    if pd.isna(row.get("chance_met", NAN)):
        return
    for truth, name in zip(TRUTHS, ("chance", "unchanged"), strict=False):
        yield _chance_row(truth, tuple((status, float(row[f"{name}_{status}"])) for status, _ in VERDICTS))


def _chance_row(truth: str, parts: tuple[tuple[str, float], ...]) -> ChanceRow:
    words = dict(VERDICTS)
    sentence = danish.join([f"{words[status].lower()} i {_of_hundred(part)}" for status, part in parts])
    return ChanceRow(truth, parts, f"{truth}: {sentence} af 100 tilfælde.")


def chances_heading(prospect: Any) -> str:
    """What the chances rest on."""
    opening = f"Svaret ved fristen {danish.in_period(prospect.draft.deadline)}, når"
    if prospect.draft.measure == "survey":
        return f"{opening} der hver gang er {_answers(prospect.answers)}"
    return f"{opening} antallet svinger fra år til år som hidtil"


def proof_sentence(prospect: Any) -> str:
    """Whether an exact success will show, and what would make it so; "" where there are no chances."""
    if not prospect.chances:
        return ""
    met = prospect.chances[0].met
    if met >= LIKELY:
        return f"Nås målet præcis, bliver det også kaldt opfyldt i {_of_hundred(met)} af 100 tilfælde."
    ways = []
    measure = prospect.draft.measure
    if pd.notna(prospect.figure_needed):
        ways.append(f"tallet i virkeligheden når {figure_words(prospect.figure_needed, measure)}")
    if pd.notna(prospect.tolerance_needed):
        ways.append(f"målet får en tolerance på {tolerance_words(prospect.tolerance_needed, measure)}")
    if pd.notna(prospect.answers_to_prove):
        ways.append(answers_words(prospect))
    opening = f"Nås målet præcis, bliver det kun kaldt opfyldt i {_of_hundred(met)} af 100 tilfælde."
    return f"{opening} I {_of_hundred(LIKELY)} af 100 sker det, {danish.ended(_or(ways))}" if ways else opening


def scale_sentence(prospect: Any) -> str:
    """What the picture above the chances shows: where it begins, the goal, the noise, and what would be met."""
    measure = prospect.draft.measure
    begins = (
        f"Udgangspunkt {figure_words(prospect.baseline, measure, 0)}, mål {figure_words(prospect.target, measure, 0)}"
    )
    smallest = tolerance_words(prospect.detectable_change, measure)
    noise = f"ændringer under {smallest} kan ikke skelnes fra tilfældige udsving"
    met = f"; opfyldt fra {figure_words(prospect.met_from, measure)}" if pd.notna(prospect.met_from) else ""
    return danish.ended(f"{begins}; {noise}{met}")


def deadline_sentence(row: Mapping[str, Any]) -> str:
    """What a criterion that has not met its deadline can be expected to say there, from its row of the release."""
    if pd.isna(row.get("chance_met", NAN)):
        return ""
    met, open_, missed = (float(row[name]) for name in ("chance_met", "chance_undecided", "unchanged_not_met"))
    return (
        f"Ved fristen: nås målet præcis, bliver det kaldt opfyldt i {_of_hundred(met)} af 100 tilfælde (og kan ikke "
        f"afgøres i {_of_hundred(open_)}); sker der ingenting, bliver det kaldt ikke opfyldt i {_of_hundred(missed)}."
    )


def answers_words(prospect: Any) -> str:
    """What has to hold with more answers: "der kommer omkring 480 svar", with the tolerance that goes with them."""
    many = _answers(prospect.answers_to_prove)
    if prospect.draft.tolerance:
        return f"der kommer omkring {many} i hver måling"
    tolerance = tolerance_words(prospect.tolerance_to_prove)
    return f"der kommer omkring {many} i hver måling og målet får en tolerance på {tolerance}"


def figure_words(figure: float, measure: str, decimals: int = 1) -> str:
    """A level a criterion speaks of: "85,6 pct." or "63"."""
    return danish.percent(figure, decimals) if measure == "survey" else danish.number(figure)


def tolerance_words(tolerance: float, measure: str = "survey") -> str:
    """A distance between two levels: "4,5 pct.point" or "12 om året"."""
    if measure != "survey":
        return f"{danish.number(-(-tolerance // 1))} om året"
    return f"{danish.decimal(100 * tolerance, 1)} pct.point".replace(",0 ", " ")


def _or(parts: list[str]) -> str:
    *most, last = [f"hvis {part}" for part in parts]
    return f"{', '.join(most)}, eller {last}" if most else last


def _of_hundred(chance: float) -> str:
    return danish.number(round(100 * chance))


def _answers(count: float) -> str:
    return danish.plural(count, "svar", "svar")
