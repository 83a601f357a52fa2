"""What changed beside an initiative, in words that no figure beside them contradicts."""

import pytest

from data.sentences.cooperation import effect_sentence

COMPARED = {
    "subject": "Anmeldelser i Hjortegården", "method": "comparison", "reason": "", "more_sentence": "", "note": "",
    "comparison_areas": 5, "comparison_kind": "similar", "verdict": "better", "effect": 0.77, "low": 0.65, "high": 0.9,
    "false_alarms": float("nan"), "evidence": 3,
}  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "others_before", "others_after", "words"),
    [
        (932, 820, 500, 560, "I 5 lignende områder steg antallet imens; forskellen er −23 pct. (interval"),
        (932, 932, 500, 560, "I 5 lignende områder steg antallet imens; forskellen er −23 pct. (interval"),
        (932, 820, 500, 500, "I 5 lignende områder var antallet uændret imens; forskellen er −23 pct. (interval"),
        (932, 600, 500, 480, "Faldet var større end i 5 lignende områder (−23 pct., interval −35 til −10 pct.)"),
        (500, 510, 500, 560, "Stigningen var mindre end i 5 lignende områder (−23 pct., interval −35 til −10 pct.)"),
        (19, 12, 500, 560, "I 5 lignende områder steg antallet imens. "),
    ],
)
def test_a_rise_elsewhere_has_no_minus_beside_it(
    before: float, after: float, others_before: float, others_after: float, words: str
) -> None:
    row = COMPARED | {"before": before, "after": after}
    row |= {"comparison_before": others_before, "comparison_after": others_after}
    assert words in effect_sentence(row)
