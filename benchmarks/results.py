"""Figures of a benchmark: told in one table, held against their targets and their rivals, and kept as JSON."""

import json
import math
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import psutil

from benchmarks.serving import MIB, ROOT

FOLDER = ROOT / "var" / "bench"
TOGETHER = ROOT / "var" / "bench.json"
BUSY = 0.5
"""Others' load on each core, on average over a minute, above which times say as much about them as about us."""
T = TypeVar("T")
Pair = tuple[float, float]
"""Ours and the rival's, in the same unit."""
PACKAGES = ("streamlit", "pandas", "plotly", "pyarrow", "numpy", "SQLAlchemy")


@dataclass(frozen=True)
class Figure:
    """One measured figure: less is better, `limit` is its target, `rival` what it is held against in the same run."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    rival: str = ""
    rival_value: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times more the rival takes; None without one."""
        return self.rival_value / self.value if self.rival_value is not None and self.value else None

    @property
    def missed(self) -> bool:
        """Whether the target was missed; a figure that is none misses it."""
        return self.limit is not None and not self.value <= self.limit

    @property
    def line(self) -> str:
        """The figure as a line of the table."""
        beside = f"{self.rival} {_said(self.rival_value, self.unit)}" if self.rival_value is not None else ""
        times = f"{self.ratio:,.3g} ×" if self.ratio is not None else ""
        target = "" if self.limit is None else f"{'OVER' if self.missed else 'within'} {_said(self.limit, self.unit)}"
        return f"{self.name:<58}{_said(self.value, self.unit):>13}  {target:<19}{beside:<38}{times:>9}"


def _said(value: float | None, unit: str) -> str:
    if value is None or math.isnan(value):
        return "–"
    if unit == "s" and 0 < value < 0.001:
        return f"{1e6 * value:,.0f} µs"
    if unit == "s" and value < 1:
        return f"{1000 * value:,.1f} ms"
    return f"{value:,.{0 if value >= 100 or value == int(value) else 2}f} {unit}".rstrip()


@dataclass(frozen=True)
class Timing:
    """One step and the seconds it took."""

    step: str
    seconds: float


class Stopwatch:
    """Runs steps and keeps how long each took."""

    def __init__(self) -> None:
        """Start without timings."""
        self.timings: list[Timing] = []

    def run(self, step: str, work: Callable[[], T]) -> T:
        """Do `work`, note its time under `step` and return its answer."""
        started = time.perf_counter()
        answer = work()
        self.timings.append(Timing(step, time.perf_counter() - started))
        return answer


def fastest(work: Callable[[], object], times: int = 5) -> float:
    """The shortest of several times, seconds: the one that others disturbed least."""
    durations = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        durations.append(time.perf_counter() - started)
    return min(durations)


class Results:
    """The figures of one module of benchmarks."""

    def __init__(self, module: str) -> None:
        """Begin without figures; note how busy others keep the machine."""
        self.module = module
        self.figures: list[Figure] = []
        self.load_before = os.getloadavg()[0]

    def add(self, figure: Figure) -> None:
        """Keep a figure."""
        self.figures.append(figure)

    def add_steps(self, name: str, timings: Sequence[Timing], limit: float | None = None) -> None:
        """Keep how long each step of something took, and all of them together with their target, seconds."""
        for timing in timings:
            self.add(Figure(f"{name}/{timing.step}", timing.seconds, "s"))
        self.add(Figure(f"{name}/total", sum(timing.seconds for timing in timings), "s", limit))

    def rival(self, name: str, rival: str, value: float) -> None:
        """Put a rival's figure beside ours of that name; KeyError where there is none."""
        for index, figure in enumerate(self.figures):
            if figure.name == name:
                self.figures[index] = replace(figure, rival=rival, rival_value=value)
                return
        raise KeyError(name)

    def tell(self) -> int:
        """Print the table, keep the figures in var/bench, and return how many targets were missed."""
        print("\n".join([self.module, *(f"  {figure.line}" for figure in self.figures), ""]))
        self.keep()
        return sum(figure.missed for figure in self.figures)

    def keep(self) -> None:
        """Keep the figures there are in var/bench; before the last of them too, where all take long."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        kept = {
            "module": self.module,
            "measured": datetime.now(UTC).isoformat(timespec="seconds"),
            "load_before": round(self.load_before, 2),
            "noisy": self.load_before > BUSY * (os.cpu_count() or 1),
            "figures": [asdict(figure) | {"ratio": figure.ratio, "missed": figure.missed} for figure in self.figures],
        }
        (FOLDER / f"{self.module}.json").write_text(json.dumps(kept, indent=1), encoding="utf-8")


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    cpu = platform.processor() or platform.machine()
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        named = [line for line in facts.read_text().splitlines() if line.startswith("model name")]
        cpu = named[0].partition(": ")[2] if named else cpu
    return {
        "cores": os.cpu_count(),
        "processor": cpu,
        "memory_gib": round(psutil.virtual_memory().total / MIB / 1024, 1),
        "system": platform.platform(),
        "python": sys.version.split()[0],
        "packages": {name: version(name) for name in PACKAGES},
    }


def gathered() -> list[dict[str, Any]]:
    """What all modules have kept, by name of module."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
