"""One attack over everything at once: no table of a release depends on what its audience may not see.

Counts, shares, cells and hours that are hidden are made others, all of them together, while what is shown stays. If any
figure, interval, limit, verdict, effect, sentence or order of rows that an audience is given were a count or a share in
disguise, some table would change. What is shown itself is attacked in `test_protect` and `test_disclosure_over_time`.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data.partnership import Audience, Partnership
from data.publishing.publish import protections
from data.release.audiences import for_audience, municipalities
from data.release.build import build_changes, build_figures, build_places
from data.release.earlier import CELL
from data.release.protect import Protected
from data.store import Store, open_store
from data.store.schema import source_tables

Tables = Mapping[str, pd.DataFrame]
AUDIENCES = ("lokalraad-gladsaxe", "offentlig")
FEWEST_ANSWERS = 30


@pytest.fixture(scope="module")
def published(shipped_database: str) -> Store:
    return open_store(shipped_database)


def given(store: Store, partnership: Partnership, who: Audience, loaded: Tables, protected: Protected) -> Tables:
    """All tables an audience would be given if this were published now."""
    seen = for_audience(loaded, who, partnership, protected)
    figures = build_figures(seen, partnership, None)
    previous = store.release(store.releases()[-1].id, audience=who.id)
    return figures | build_places(seen, figures, None) | build_changes(figures, previous, partnership)


def with_other_secrets(loaded: Tables, protected: Protected, who: Audience) -> tuple[Tables, Protected, int]:
    """The loaded tables with everything else in the places an audience may not see, and how many rows became others."""
    random = np.random.default_rng(22)
    cells = protected.cells
    hidden = pd.MultiIndex.from_frame(cells.loc[cells["state"] == "hidden", CELL])
    home = loaded["areas"]["area_id"].map(municipalities(loaded["areas"]))
    local = loaded["areas"]["level"] == "housing_area"
    foreign = set(loaded["areas"].loc[local & ~home.isin(who.sees), "area_id"])

    other = dict(loaded)
    incidents = loaded["incidents"]
    secret = pd.MultiIndex.from_frame(incidents[CELL]).isin(hidden) | incidents["area_id"].isin(foreign)
    other["incidents"] = incidents.assign(count=incidents["count"] + secret * random.integers(1, 40, len(incidents)))
    survey = loaded["survey"]
    few = (survey["n"] < FEWEST_ANSWERS) | survey["area_id"].isin(foreign)
    other["survey"] = survey.assign(share=survey["share"].where(~few, 1 - survey["share"]))
    for kind in ("cells", "hours"):
        other[kind] = loaded[kind].assign(count=loaded[kind]["count"] + 7)
    named = loaded["areas"]["area_id"].isin(foreign)
    other["areas"] = loaded["areas"].assign(name=loaded["areas"]["name"].where(~named, "et andet navn"))
    changed = [
        replace(each, cells=each.cells.assign(count=each.cells["count"] + 7.0 * (each.cells["state"] == "hidden")))
        for each in protected.cubes
    ]
    return other, replace(protected, cubes=tuple(changed)), int(secret.sum() + few.sum())


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_an_audience_is_given_depends_on_what_it_may_not_see(
    published: Store, partnership: Partnership, audience: str
) -> None:
    who = partnership.audience(audience)
    loaded = {kind: published.loaded(kind) for kind in source_tables}
    protected = protections(published, partnership, loaded)[who.threshold]
    before = given(published, partnership, who, loaded, protected)
    other, guarded, secrets = with_other_secrets(loaded, protected, who)
    after = given(published, partnership, who, other, guarded)
    assert secrets > 100
    assert before.keys() == after.keys()
    for name, table in before.items():
        pd.testing.assert_frame_equal(table, after[name], obj=name)
