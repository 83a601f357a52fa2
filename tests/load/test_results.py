"""How figures are told and held against their rivals."""

import json
from pathlib import Path

import pytest

from benchmarks import results
from benchmarks.__main__ import modules
from benchmarks.first_visit import PROMISED, Visit, figures_of
from benchmarks.results import Figure, Results, Timing, machine
from benchmarks.short import PAIRS, RATIOS, fallen_back


def test_a_figure_says_how_many_times_more_its_rival_takes() -> None:
    figure = Figure("kort", 0.004, "s", 0.02, "Plotly", 0.8)
    assert figure.ratio == pytest.approx(200)
    assert not figure.missed
    assert "4.0 ms" in figure.line
    assert "200 ×" in figure.line


def test_a_figure_above_its_target_has_missed_it_and_so_has_one_that_is_none() -> None:
    assert Figure("side", 0.2, "s", 0.15).missed
    assert Figure("side", float("nan"), "s", 0.15).missed
    assert "OVER" in Figure("side", 0.2, "s", 0.15).line


def test_figures_are_kept_as_json_with_their_ratios(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    told = Results("prøve")
    told.add(Figure("side", 0.2, "s", 0.15))
    told.rival("side", "pandas", 2.0)
    assert told.tell() == 1
    kept = json.loads((tmp_path / "prøve.json").read_text(encoding="utf-8"))
    assert kept["figures"][0]["ratio"] == 10
    assert isinstance(kept["noisy"], bool)


def test_the_steps_of_something_are_kept_with_their_sum() -> None:
    told = Results("prøve")
    told.add_steps("tal", [Timing("læst", 0.3), Timing("regnet", 0.4)], 0.5)
    assert [(each.name, each.value, each.missed) for each in told.figures] == [
        ("tal/læst", 0.3, False),
        ("tal/regnet", 0.4, False),
        ("tal/total", pytest.approx(0.7), True),
    ]


def test_every_benchmark_keeps_its_figures() -> None:
    folder = Path(results.__file__).parent
    for name in modules():
        assert "Results(" in (folder / f"{name}.py").read_text(encoding="utf-8"), name


def test_the_machine_is_described() -> None:
    assert {"cores", "processor", "memory_gib", "python", "packages"} <= set(machine())


def test_only_a_tenfold_fall_back_fails() -> None:
    then = {"kort": 200.0, "side": 3.0}
    assert fallen_back({"kort": 21.0, "side": 0.31, "ny": 0.001}, then) == []
    assert fallen_back({"kort": 19.0, "side": 3.0}, then) == ["kort"]


def test_every_ratio_that_ci_measures_is_written_down() -> None:
    assert set(json.loads(RATIOS.read_text())) == set(PAIRS)


def test_make_bench_runs_every_module_that_has_something_to_run() -> None:
    assert {"maps", "statistics", "hotspots", "loading", "pages", "load", "country"} <= set(modules())
    assert not {"visitor", "results", "serving", "short", "country_data"} & set(modules())


VISIT = Visit(points=70, first=1.5, largest=2.5, megabytes=0.8, shift=0.0, accessibility=100, practices=100)


def test_a_first_visit_as_good_as_promised_breaks_no_promise() -> None:
    assert [each.name for each in figures_of("Møde", VISIT, PROMISED, None) if each.missed] == []


@pytest.mark.parametrize(
    ("worse", "name"),
    [
        ({"points": 64}, "Møde/performance lacking"),
        ({"largest": 7.8}, "Møde/largest"),
        ({"practices": 96}, "Møde/best practices lacking"),
        ({"shift": 0.06}, "Møde/shift"),
    ],
)
def test_a_first_visit_that_is_worse_than_promised_is_told_by_name(worse: dict[str, float], name: str) -> None:
    figures = figures_of("Møde", VISIT._replace(**worse), PROMISED, None)
    assert [each.name for each in figures if each.missed] == [name]
