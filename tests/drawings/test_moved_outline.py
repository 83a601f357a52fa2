"""Old and new outline are drawn over each other and told apart without colour."""

import shapely

from drawings.model import Area
from drawings.moved_outline import moved_outline


def test_the_new_outline_is_filled_and_the_old_one_dashed_over_it() -> None:
    old, new = shapely.box(0, 0, 100, 100), shapely.box(50, 0, 150, 100)
    drawn = moved_outline(old, new, sentence="Grantoften: det nye omrids over det gamle.")
    first, second = (mark for mark in drawn.marks if isinstance(mark, Area))
    assert (first.name, bool(first.fill), first.dash) == ("nyt omrids", True, "")
    assert (second.name, second.fill, bool(second.dash)) == ("gammelt omrids", "", True)
    across = [max(x for x, _ in mark.rings[0]) for mark in (first, second)]
    assert across[0] > across[1]  # the new one lies further east
    assert drawn.alt == "Kort: Grantoften: det nye omrids over det gamle."
