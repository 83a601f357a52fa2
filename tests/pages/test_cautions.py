"""Every kind of thing worth a second look has a heading on the page Data; one without would stop the page."""

import re
from pathlib import Path

from components.data_page.verdict import CAUTIONS
from data.intake import plausibility


def test_every_kind_of_caution_has_a_heading() -> None:
    source = Path(plausibility.__file__).read_text(encoding="utf-8")
    kinds = re.findall(r'Caution\(\s*"(\w+)"', source)
    assert set(kinds) | {"mass", "far_from_history", plausibility.SEEN} == set(CAUTIONS)
    assert len(kinds) > 5
