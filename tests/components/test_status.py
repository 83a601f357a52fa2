"""What the badges of a page say by icon, word and colour."""

import pytest

from components.status import moving_badge


@pytest.mark.parametrize(
    ("moving", "direction", "badge"),
    [
        ("better", 1, ":green-badge[:material/arrow_upward: Ja, til det bedre]"),
        ("better", -1, ":green-badge[:material/arrow_downward: Ja, til det bedre]"),
        ("worse", -1, ":orange-badge[:material/arrow_upward: Ja, til det værre]"),
        ("unclear", -1, ":gray-badge[:material/drag_handle: Ingen klar ændring]"),
    ],
)
def test_the_arrow_goes_with_the_figure_and_the_colour_says_for_better_or_worse(
    moving: str, direction: int, badge: str
) -> None:
    assert moving_badge(moving, direction) == badge
