"""RenderQueue a figure into one plain Danish sentence, used unchanged as title, alt text, tooltip and report line.

Rows are mappings with the release tables' columns plus `name` (the area's name). No sentence claims a cause, and none
prints a percentage change where either count is under 20 (small counts are written "fra 7 til 4"). What is said of one
figure is here; what is said on one subject alone, of areas, meetings or hotspots, is in the module of its name.
"""

from data.sentences.criteria import (
    INTERVALS,
    MOVING_WORDS,
    NEEDS_DECISION,
    REASON_WORDS,
    STATUS_WORDS,
    criterion_goal,
    criterion_names,
    criterion_noun,
    criterion_sentence,
    criterion_subject,
    criterion_today,
    criterion_value,
    no_criterion,
)
from data.sentences.perceived import (
    BASIS_WORDS,
    PRECISE_HALF_WIDTH,
    QUALITY_WORDS,
    REFERENCE_REASONS,
    answers,
    hidden_reason,
    interval,
    reference_figure,
    reference_place,
    share,
    survey_change,
    survey_figure,
    survey_level,
    verdict_counts,
)
from data.sentences.recorded import (
    HIDDEN_COUNT,
    SMALL_COUNT,
    WAITING_COUNT,
    from_to,
    hidden_count,
    incident_change,
    incident_figure,
    incident_level,
    incident_verdict,
)
from data.sentences.where import (
    Row,
    place,
)

__all__ = [
    "BASIS_WORDS",
    "HIDDEN_COUNT",
    "INTERVALS",
    "MOVING_WORDS",
    "NEEDS_DECISION",
    "PRECISE_HALF_WIDTH",
    "QUALITY_WORDS",
    "REASON_WORDS",
    "REFERENCE_REASONS",
    "SMALL_COUNT",
    "STATUS_WORDS",
    "WAITING_COUNT",
    "Row",
    "answers",
    "criterion_goal",
    "criterion_names",
    "criterion_noun",
    "criterion_sentence",
    "criterion_subject",
    "criterion_today",
    "criterion_value",
    "from_to",
    "hidden_count",
    "hidden_reason",
    "incident_change",
    "incident_figure",
    "incident_level",
    "incident_verdict",
    "interval",
    "no_criterion",
    "place",
    "reference_figure",
    "reference_place",
    "share",
    "survey_change",
    "survey_figure",
    "survey_level",
    "verdict_counts",
]
