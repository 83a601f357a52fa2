"""What each audience's release holds, what it does not, and that the shipped figures withstand an attack."""

import os
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from analysis.disclosure import Sum
from data.__main__ import main
from data.partnership import USUAL_TOTAL, Partnership
from data.publishing.bootstrap import FIRST_QUARTER
from data.publishing.publish import publish
from data.release import Release
from data.release.audiences import for_audience, municipalities
from data.release.protect import CELL, protect_incidents
from data.store import Store, StoreError, open_store
from data.store.schema import source_tables
from tests.analysis.attack import Attacker, Cell, too_narrow

# Of the hidden cells, so many are attacked each time; ATTACKED_CUBES in the environment means all of them.
EACH = 1 if "ATTACKED_CUBES" in os.environ else 12
RULE = 4
RESTRICTED = ("lokalraad-herlev", "lokalraad-ballerup", "lokalraad-gladsaxe", "offentlig")
QUARTERS = ["2024K1", "2024K2", "2024K3", "2024K4"]


@pytest.fixture(scope="module")
def published(shipped_database: str) -> Iterator[Store]:
    opened = open_store(shipped_database)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def herlev(published: Store) -> Release:
    return published.release(audience="lokalraad-herlev")


@pytest.fixture(scope="module")
def public(published: Store) -> Release:
    return published.release(audience="offentlig")


def areas(*local: str, municipality: str = "herlev") -> pd.DataFrame:
    rows = [(municipality, "municipality", ""), *((area, "housing_area", municipality) for area in local)]
    return pd.DataFrame(rows, columns=["area_id", "level", "parent_id"])


def counts(**quarters: list[float]) -> pd.DataFrame:
    """A year of one category per area."""
    rows = [
        (period, area.replace("_", "-"), "12", count)
        for area, numbers in quarters.items()
        for period, count in zip(QUARTERS, numbers, strict=False)
    ]
    return pd.DataFrame(rows, columns=["period", "area_id", "category", "count"])


def state(protected: pd.DataFrame, period: str, area: str = "a") -> str:
    return str(protected.set_index(["area_id", "period"]).at[(area, period), "state"])


# Counts -----------------------------------------------------------------------------------------------------------


def test_a_small_quarter_is_hidden_and_so_is_what_would_give_it_away() -> None:
    cells = protect_incidents(counts(herlev=[90, 90, 90, 90], a=[2, 9, 30, 40]), areas("a"), 5).cells
    assert [state(cells, period) for period in (*QUARTERS, "2024")] == [
        "hidden", "hidden", "published", "published", "published",
    ]  # fmt: skip


def test_a_year_that_is_not_over_has_no_total_to_give_a_quarter_away() -> None:
    cells = protect_incidents(counts(herlev=[90, 90, 90], a=[2, 9, 30]), areas("a"), 5).cells
    assert dict(zip(cells["period"], cells["state"], strict=True)) == {
        "2024K1": "hidden", "2024K2": "published", "2024K3": "published",
    }  # fmt: skip


def test_a_year_is_not_shown_with_all_but_one_of_the_quarters_an_earlier_release_showed() -> None:
    figures = counts(herlev=[90, 90, 90, 90], a=[2, 9, 30, 40])
    first = protect_incidents(figures[figures["period"] < "2024K4"], areas("a"), 5).cells
    told = first.assign(count=first["count"].where(first["state"] == "published"))
    second = protect_incidents(figures, areas("a"), 5, [told])
    assert (state(second.cells, "2024K2"), state(second.cells, "2024K4")) == ("published", "hidden")
    assert second.audit()["safe"].all()


def test_what_was_hidden_once_stays_hidden_when_the_number_grows() -> None:
    first = protect_incidents(counts(herlev=[90, 90, 90], a=[2, 9, 30]), areas("a"), 5).cells
    second = protect_incidents(counts(herlev=[90, 90, 90], a=[20, 9, 30]), areas("a"), 5, [first]).cells
    assert state(second, "2024K1") == "hidden"


def test_a_corrected_number_is_a_new_number_and_may_be_hidden() -> None:
    first = protect_incidents(counts(herlev=[90], a=[9]), areas("a"), 5).cells
    second = protect_incidents(counts(herlev=[90], a=[3]), areas("a"), 5, [first]).cells
    assert (state(first, "2024K1"), state(second, "2024K1")) == ("published", "hidden")


def test_areas_inside_one_that_is_not_counted_are_parts_of_what_that_one_is_a_part_of() -> None:
    beneath = pd.concat([areas("middle"), areas("a", "b", municipality="middle").iloc[1:]], ignore_index=True)
    figures = counts(herlev=[8], a=[2], b=[6])
    assert state(protect_incidents(figures, areas("a", "b"), 5).cells, "2024K1", "b") == "hidden"
    assert state(protect_incidents(figures, beneath, 5).cells, "2024K1", "b") == "hidden"


# Audiences --------------------------------------------------------------------------------------------------------


def test_a_local_council_sees_its_own_housing_areas_and_every_municipality(herlev: Release) -> None:
    levels = herlev.areas.groupby("level")["area_id"].agg(set)
    assert levels["housing_area"] == {"hjortegaarden", "hoejbjerg-vaenge", "lille-birkholm"}
    assert {"herlev", "ballerup", "gladsaxe"} <= levels["municipality"]


@pytest.mark.parametrize("audience", RESTRICTED)
def test_nothing_in_a_release_names_a_housing_area_its_audience_does_not_see(published: Store, audience: str) -> None:
    release = published.release(audience=audience)
    everything = published.release(audience="ledelse").areas
    strange = everything.loc[~everything["area_id"].isin(release.areas["area_id"]), ["area_id", "name"]]
    assert len(strange) >= 5
    ids = "|".join(strange["area_id"])
    for name, table in release.tables.items():
        for column in table.columns[[each.endswith(("area_id", "area_ids", "similar")) for each in table.columns]]:
            assert not table[column].astype(str).str.contains(rf"(?:^|;)(?:{ids})(?:;|$)").any(), (name, column)
    for name in ("criteria", "changes", "references"):
        said = repr(release.tables[name].to_dict("records"))
        assert [area for area in strange["name"] if area in said] == [], name


def test_the_public_sees_no_housing_area_and_nothing_of_what_is_done_there(public: Release) -> None:
    assert not (public.areas["level"] == "housing_area").any()
    assert [len(public.initiatives), len(public.criteria), len(public.activities)] == [0, 0, 0]


def test_the_public_sees_the_national_figures_of_a_municipality(public: Release) -> None:
    rows = public.incidents[(public.incidents["area_id"] == "herlev") & (public.incidents["category"] == USUAL_TOTAL)]
    assert rows["count"].notna().all()


def test_management_and_police_see_every_count(published: Store) -> None:
    for audience in ("ledelse", "politi"):
        assert not (published.release(audience=audience).incidents["state"] == "hidden").any()


def test_only_the_police_have_grid_cells(published: Store, partnership: Partnership) -> None:
    loaded = {kind: published.loaded(kind) for kind in source_tables}
    held = {
        audience: len(for_audience(loaded, partnership.audience(audience), partnership, None)["cells"])
        for audience in ("politi", "ledelse")
    }
    assert held["politi"] > 0
    assert held["ledelse"] == 0


def test_a_table_no_rule_is_written_for_is_kept_from_all_but_the_whole(
    published: Store, partnership: Partnership
) -> None:
    loaded = {kind: published.loaded(kind) for kind in source_tables} | {"diary": pd.DataFrame({"text": ["hemmeligt"]})}
    protected = protect_incidents(loaded["incidents"], loaded["areas"], 5)
    left = for_audience(loaded, partnership.audience("lokalraad-herlev"), partnership, protected)
    assert left["diary"].empty


# What is derived --------------------------------------------------------------------------------------------------


def test_a_hidden_count_leaves_no_trace_in_its_row(herlev: Release) -> None:
    hidden = herlev.incidents[herlev.incidents["state"] == "hidden"]
    traces = ["count", "rate", "low", "high", "count_low", "count_high", "ratio", "ratio_low", "ratio_high"]
    assert len(hidden) > 100
    assert hidden[traces].isna().all(axis=None)
    assert not hidden["mass"].any()
    assert set(hidden["changed"]) == {""}


def test_a_hidden_count_leaves_no_trace_in_the_year_after(herlev: Release) -> None:
    rows = herlev.incidents[herlev.incidents["period"].str.len() > 4]
    year_after = rows["period"].str[:4].astype(int) + 1
    after = rows[rows["state"] == "hidden"].assign(period=year_after.astype(str) + rows["period"].str[4:])
    later = rows.merge(after[CELL], on=CELL)
    assert len(later) > 100
    assert later[["last_year", "ratio"]].isna().all(axis=None)


def test_a_series_with_hidden_quarters_has_no_expected_limits(herlev: Release) -> None:
    rows = herlev.incidents[herlev.incidents["period"].str.len() > 4]
    has_hidden = rows.groupby(["area_id", "category"])["state"].transform(lambda states: (states == "hidden").any())
    assert rows.loc[has_hidden, ["mean", "lower", "upper"]].isna().all(axis=None)
    assert rows.loc[~has_hidden & (rows["level"] == "housing_area"), "mean"].notna().any()


def test_a_year_may_be_shown_where_its_quarters_are_not(herlev: Release) -> None:
    rows = herlev.incidents[herlev.incidents["level"] == "housing_area"]
    quarter = rows[rows["period"].str.len() > 4]
    hidden = quarter[quarter["state"] == "hidden"].assign(period=quarter["period"].str[:4])[CELL].drop_duplicates()
    years = rows.merge(hidden, on=CELL)
    assert (years["state"] == "published").any()


def test_a_criterion_on_a_hidden_count_has_no_basis_and_says_why(published: Store) -> None:
    criteria = published.release(audience="lokalraad-gladsaxe").criteria
    row = criteria[criteria["reason"] == "hidden"].iloc[0]
    assert row["status"] == "insufficient"
    assert row["sentence"].endswith("Grundlaget er utilstrækkeligt: antallet skjules, fordi der er få hændelser.")
    assert np.isnan(row["value"])


def test_a_release_says_nothing_of_why_a_count_is_hidden(herlev: Release) -> None:
    assert "reason" not in herlev.incidents
    assert "hidden" not in herlev.incidents


# The attack -------------------------------------------------------------------------------------------------------


def _known(published: Store) -> pd.DataFrame:
    """Every cell that any restricted audience has been given in any release; NaN where none was given a number."""
    tables = [
        published.release(head.id, audience=audience).incidents[[*CELL, "level", "count", "state"]]
        for head in published.releases()
        for audience in RESTRICTED
    ]
    cells = pd.concat(tables, ignore_index=True)
    cells["hidden"] = cells["state"] == "hidden"
    return cells.groupby(CELL, as_index=False).agg({"level": "first", "count": "max", "hidden": "any"})


def _sums(cells: pd.DataFrame, whole: str, year: str) -> list[list[Sum]]:
    local = tuple(sorted(cells.loc[cells["level"] == "housing_area", "area_id"].unique()))
    quarters = tuple(f"{year}K{number}" for number in range(1, 5))
    followed = tuple(sorted(set(cells["category"]) - {USUAL_TOTAL}))
    return [[Sum(whole, local, complete=False)], [Sum(year, quarters)], [Sum(USUAL_TOTAL, followed, complete=False)]]


def test_all_restricted_audiences_together_never_narrow_a_hidden_count_of_the_shipped_data(published: Store) -> None:
    known = _known(published)
    home = municipalities(published.loaded("areas"))
    attacked = 0
    for (whole, year), cells in known.groupby([known["area_id"].map(home), known["period"].str[:4]]):
        if not (cells["level"] == "housing_area").any():
            continue
        sums = _sums(cells, str(whole), str(year))
        given: dict[Cell, float] = dict(
            zip(zip(*(cells[name] for name in CELL), strict=True), cells["count"], strict=True)
        )
        hidden = [cell for cell, flag in zip(given, cells["hidden"], strict=True) if flag]
        assert all(np.isnan(given[cell]) for cell in hidden), "an audience was told what another was not"
        everything = Attacker(given, sums)
        public = everything.knowing({cell: number for cell, number in given.items() if cell[0] == whole})
        attacked += len(hidden[::EACH])
        assert too_narrow(hidden[::EACH], everything, public, RULE) == {}
    assert attacked > 80


def test_what_the_first_meeting_was_not_shown_the_second_is_not_shown_either(published: Store) -> None:
    newest, first = (published.release(head.id, audience="lokalraad-herlev").incidents for head in published.releases())
    hidden = first[(first["state"] == "hidden") & (first["period"] <= FIRST_QUARTER)]
    assert len(hidden) > 100
    assert (newest.merge(hidden[CELL], on=CELL)["state"] == "hidden").all()


# Publishing -------------------------------------------------------------------------------------------------------


def test_publishing_refuses_when_a_hidden_count_can_be_worked_out(
    shipped_database: str, partnership: Partnership, monkeypatch: pytest.MonkeyPatch, published: Store
) -> None:
    monkeypatch.setattr("data.release.protect.disclosure.protect", _only_the_small)
    before = len(published.releases())
    with pytest.raises(StoreError, match="regnes ud for tæt"):
        publish(published, partnership, by="sekretariat")
    assert len(published.releases()) == before


def _only_the_small(cube: object, threshold: int) -> object:
    """A protection that hides small counts and forgets what gives them away."""
    from analysis.disclosure.protection import _with_states

    count = cube.cells["count"].to_numpy()  # type: ignore[attr-defined]
    small = (count > 0) & (count < threshold) & ~cube.cells["public"].to_numpy()  # type: ignore[attr-defined]
    asked = cube.cells["asked"].to_numpy()  # type: ignore[attr-defined]
    return _with_states(cube, asked & ~small, small, small, threshold)  # type: ignore[arg-type]


def test_audit_says_for_each_audience_how_much_is_hidden_and_how_well(
    shipped_database: str, partnership: Partnership, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", shipped_database)
    assert main(["audit"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == [audience.title for audience in partnership.audiences]
    herlev = next(line for line in lines if line.startswith("Lokalråd Herlev:"))
    assert "skjult, fordi de er under 5" in herlev
    assert "Det smalleste, et skjult tal kan regnes ud til, er 0 til 4." in herlev
    assert lines[-1] == "Offentlig: ser ingen tal for boligområder."
