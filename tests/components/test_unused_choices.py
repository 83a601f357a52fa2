"""What a partnership has no use for is not offered: grid cells that nobody sees, proposals that nobody makes."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from components.data_page.receiving import asked_kinds
from components.meetings import parts
from components.meetings.parts import PARTS, PROPOSALS, parts_of
from data.partnership import Partnership


def without(partnership: Partnership, **rights: bool) -> Partnership:
    return replace(partnership, audiences=tuple(replace(each, **rights) for each in partnership.audiences))


def test_a_template_of_grid_cells_is_for_those_of_whom_somebody_sees_cells(partnership: Partnership) -> None:
    nobody = without(partnership, sees_cells=False)
    assert set(asked_kinds(partnership)) - set(asked_kinds(nobody)) == {"cells"}


@pytest.mark.parametrize(
    ("rights", "kept", "shown"),
    [
        ({"proposes": False, "suggests": False}, [], False),
        ({"proposes": False, "suggests": False}, ["lys"], True),
        ({"proposes": False, "suggests": True}, [], True),
        ({"proposes": True, "suggests": False}, [], True),
    ],
    ids=["nobody", "an old one", "residents", "councils"],
)
def test_the_tab_of_proposals_is_there_where_somebody_proposes_or_has_proposed(
    partnership: Partnership, rights: dict[str, bool], kept: list[str], shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes = SimpleNamespace(proposals=pd.DataFrame({"proposal_id": kept}))
    monkeypatch.setattr(parts, "our_minutes", lambda: minutes)
    there = parts_of(without(partnership, **rights))
    assert (PROPOSALS in there, set(PARTS) - set(there) <= {PROPOSALS}) == (shown, True)
