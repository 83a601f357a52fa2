"""What would change, as the secretariat reads it."""

import pandas as pd

from data.partnership import Partnership
from data.publishing.preview import COLUMNS, GONE, NEVER, NEW, REVISED, Preview
from data.publishing.preview_rows import NOTHING, in_words, sections, summary

NONE = pd.DataFrame(columns=COLUMNS)
FIGURES = pd.DataFrame(
    [
        ("survey", "herlev", "tryg_i_nabolag", "2025", 0.803, 0.81, REVISED),
        ("incidents", "herlev", "12", "2026K1", None, 1200.0, NEW),
        ("incidents", "herlev", "12", "2025K1", 7.0, None, GONE),
    ],
    columns=[*COLUMNS, "change"],
)
VERDICTS = pd.DataFrame(
    [
        ("incidents", "herlev", "12", "2025K4", "", "worse"),
        ("incidents", "herlev", "12", "2025K3", "", "unchanged"),
    ],
    columns=COLUMNS,
)


def rows(preview: Preview, title: str, partnership: Partnership) -> list[list[str]]:
    (section,) = [each for each in sections(preview) if each.title == title]
    words = in_words(section.rows, partnership, {"herlev": "Herlev", "tryg-2030": "Tryghed i Herlev"})
    return [list(row) for row in words.itertuples(index=False)]


def test_figures_are_said_as_a_reader_says_them(partnership: Partnership) -> None:
    preview = Preview(FIGURES, NONE, NONE, NONE)
    assert rows(preview, "Ændrede tal", partnership) == [
        ["Herlev", "Tryghed i nabolaget", "2025", "80,3 pct.", "81,0 pct."]
    ]
    assert rows(preview, "Nye tal", partnership) == [["Herlev", "Voldsforbrydelser", "1. kvartal 2026", "–", "1.200"]]
    assert rows(preview, "Tal, der forsvinder", partnership)[0][3:] == ["7", "–"]


def test_a_conclusion_is_told_apart_from_a_test_that_found_nothing(partnership: Partnership) -> None:
    preview = Preview(FIGURES.iloc[:0], VERDICTS, NONE, NONE)
    assert [row[3:] for row in rows(preview, "Ændrede konklusioner", partnership)] == [["ikke prøvet", "klart værre"]]
    assert [row[3:] for row in rows(preview, "Nye beregninger, uændret konklusion", partnership)] == [
        ["ikke prøvet", "ingen klar ændring"]
    ]


def test_criteria_and_hidden_counts_have_words_of_their_own(partnership: Partnership) -> None:
    criteria = pd.DataFrame([("criteria", "herlev", "tryg-2030", "2025", "behind", "met")], columns=COLUMNS)
    hidden = pd.DataFrame([("incidents", "herlev", "12", "2025", "published", "hidden")], columns=COLUMNS)
    preview = Preview(FIGURES.iloc[:0], NONE, hidden.assign(audience="lokalraad-herlev"), criteria)
    assert rows(preview, "Kriterier, der skifter status", partnership) == [
        ["Herlev", "Tryghed i Herlev", "2025", "Bagud", "Opfyldt"]
    ]
    assert rows(preview, "Tal, der bliver skjult eller vist", partnership) == [
        ["Lokalråd Herlev", "Herlev", "Voldsforbrydelser", "2025", "vist", "ikke vist"]
    ]


def test_before_the_first_release_nothing_changes_and_the_preview_says_what_is_shown() -> None:
    new = FIGURES.assign(change=NEW)
    criteria = pd.DataFrame([("criteria", "herlev", "tryg-2030", "2025", "", "met")], columns=COLUMNS)
    hidden = pd.DataFrame([("incidents", "herlev", "12", "2025", NEVER, "hidden")], columns=COLUMNS)
    preview = Preview(new, NONE, hidden.assign(audience="politi"), criteria, first=True)
    assert summary(preview) == (
        "Det er den første udgave. Den viser 1 andel, 2 antal anmeldelser og 1 kriterium. "
        "1 tal skjules for nogle målgrupper."
    )
    assert [each.title for each in sections(preview)] == [
        "Tal, der vises for første gang", "Kriterier, der vises for første gang", "Tal, der skjules fra begyndelsen",
    ]  # fmt: skip


def test_a_count_that_was_never_there_was_not_shown_before(partnership: Partnership) -> None:
    hidden = pd.DataFrame([("incidents", "herlev", "12", "2026K1", NEVER, "hidden")], columns=COLUMNS)
    preview = Preview(FIGURES.iloc[:0], NONE, hidden.assign(audience="politi"), NONE)
    assert rows(preview, "Tal, der bliver skjult eller vist", partnership)[0][-2:] == ["–", "ikke vist"]


def test_the_summary_counts_what_changes_and_nothing_else() -> None:
    assert summary(Preview(FIGURES, VERDICTS, NONE, NONE)) == (
        "1 nyt tal, 1 ændret tal, 1 tal forsvinder og 1 konklusion bliver en anden."
    )
    assert summary(Preview(FIGURES.iloc[:0], NONE, NONE, NONE)) == NOTHING
