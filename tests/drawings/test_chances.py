"""The chances of an adopted criterion at its deadline, as bars that are also words."""

from drawings.chances_html import deadline_html

ROW = {
    "chance_met": 0.05, "chance_undecided": 0.91, "chance_not_met": 0.04,
    "unchanged_met": 0.0, "unchanged_undecided": 0.2, "unchanged_not_met": 0.8,
}  # fmt: skip


def test_each_truth_has_a_bar_with_a_stretch_for_each_verdict_and_the_same_in_words() -> None:
    drawn = deadline_html(ROW)
    assert drawn.count('class="bar"') == 2
    assert "Nås målet præcis: opfyldt i 5, kan ikke afgøres i 91 og ikke opfyldt i 4 af 100 tilfælde." in drawn
    assert "Sker der ingenting: opfyldt i 0, kan ikke afgøres i 20 og ikke opfyldt i 80 af 100 tilfælde." in drawn
    # What never happens has no stretch.
    assert drawn.count("flex-grow") == 5


def test_a_criterion_that_is_final_or_of_an_older_release_has_none() -> None:
    assert deadline_html(ROW | {"chance_met": float("nan")}) == ""
    assert deadline_html({}) == ""
