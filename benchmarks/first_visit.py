"""A first visit on a phone with a weak signal, as Lighthouse sees it: our pages and the light page beside a plain one.

    python -m benchmarks.first_visit [RUNS]

Lighthouse comes from npm (`benchmarks/lighthouse`, a development dependency) and uses the Chromium of this machine.
Its mobile setting is 1.6 Mbit/s, 150 ms and a processor a quarter as fast; the medians of the runs are told, held
against what is promised of a first visit, and kept in var/bench. The exit code is how many promises are broken. Points
and seconds are of this machine at this time, ratios to the plain page hold elsewhere too.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.instances import Process, status, until
from benchmarks.npm import installed
from benchmarks.results import Figure, Results
from benchmarks.serving import free_port
from components.navigation import PAGES
from data.partnership import our_partnership
from data.publishing.bootstrap import bootstrap
from data.sharing import share
from data.store import open_store
from data.views.view import View

LIGHTHOUSE = Path(__file__).parent / "lighthouse"
KEY = "first-visit-" * 4
RUNS, TRIES = 3, 3
PLAIN, LIGHT = "a plain Streamlit page", "the light page of a shared link"
AUDITS = {"first": "first-contentful-paint", "largest": "largest-contentful-paint", "shift": "cumulative-layout-shift",
          "bytes": "total-byte-weight"}  # fmt: skip
PROMISED = {"first": 2.0, "largest": 3.0, "megabytes": 1.6, "shift": 0.05, "performance": 65.0, "accessibility": 100.0,
            "best practices": 100.0}  # fmt: skip
"""The worst that a page may be: seconds, MB and the shift at most, points at least."""
PROMISED_LIGHT = PROMISED | {"largest": 1.5, "megabytes": 0.15, "performance": 98.0}
CATEGORIES = ("performance", "accessibility", "best-practices")


class Visit(NamedTuple):
    """One first visit: points of 100, seconds, MB and the layout shift."""

    points: float
    first: float
    largest: float
    megabytes: float
    shift: float
    accessibility: float
    practices: float


def visit(address: str) -> Visit:
    """Visit an address once with a fresh browser; Lighthouse now and then records no trace, and is asked again."""
    for _ in range(TRIES - 1):
        try:
            return _visit(address)
        except subprocess.CalledProcessError as error:
            print(f"Lighthouse is asked again: {error.stderr.decode(errors='replace').strip()[-200:]}", file=sys.stderr)
    return _visit(address)


def _visit(address: str) -> Visit:
    program = installed(LIGHTHOUSE) / "node_modules" / ".bin" / "lighthouse"
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run(
            [
                str(program), address, "--quiet", "--output=json",
                f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}",
                "--chrome-flags=--headless=new --no-sandbox --disable-background-networking",
            ],
            check=True,
            env=os.environ | {"CHROME_PATH": shutil.which("chromium") or shutil.which("google-chrome") or ""},
            capture_output=True,
            timeout=300,
        )  # fmt: skip
        report_json = json.loads(report.read_text("utf-8"))
    scores = [100 * (report_json["categories"][name]["score"] or 0) for name in CATEGORIES]
    values = {name: report_json["audits"][audit].get("numericValue", 0) for name, audit in AUDITS.items()}
    return Visit(scores[0], values["first"] / 1000, values["largest"] / 1000, values["bytes"] / 1e6, values["shift"],
                 scores[1], scores[2])  # fmt: skip


def of_runs(address: str, runs: int) -> Visit:
    """The median of each figure over some first visits."""
    visits = [visit(address) for _ in range(runs)]
    return Visit(*(median(each) for each in zip(*visits, strict=True)))


@contextmanager
def plain_page(folder: Path) -> Iterator[str]:
    """A page of Streamlit's with a title, some words and one Plotly chart, without anything of ours."""
    script, port = folder / "plain.py", free_port()
    script.write_text(
        'import plotly.graph_objects as go\nimport streamlit as st\n\nst.title("Tryghed")\nst.write("Tal over tid")\n'
        "st.plotly_chart(go.Figure(go.Scatter(x=[2019, 2021, 2023], y=[0.7, 0.8, 0.75])))\n"
    )
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port),
               "--server.headless=true", "--browser.gatherUsageStats=false"]  # fmt: skip
    running = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        until(lambda: _answers(f"{address}/_stcore/health"), lambda: "the plain page did not start")
        yield address
    finally:
        running.terminate()
        running.wait()


def _answers(address: str) -> bool:
    return status(address) == 200


def main(runs: int = RUNS) -> int:
    """Measure, tell and keep; return a process exit code."""
    installed(LIGHTHOUSE)
    results = Results("first_visit")
    visits: dict[str, Visit] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = open_store(f"sqlite:///{folder / 'first.db'}")
        ours = our_partnership()
        bootstrap(store, ours)
        newest = store.newest()
        assert newest is not None
        made = share(store, ours, sender=ours.audiences[0], by="måling", page="omraade",
                     view=View(areas=("vaerebro-park",)), release=newest.id, receiver=ours.audiences[0].id, days=7,
                     note="", keys=(KEY,))  # fmt: skip
        settings = {"TRYGHED_LINK_KEYS": KEY}
        app = Process("a", free_port(), str(store.engine.url), folder / "app.log", settings)
        app.start()
        try:
            with plain_page(folder) as plain:
                visits[PLAIN] = of_runs(plain, runs)
            visits[LIGHT] = of_runs(f"{app.address}/omraade?delt={made.token}", runs)
            for entry in PAGES:
                if entry.in_menu and not entry.needs_cells and not entry.needs_publishing:
                    visits[entry.title] = of_runs(f"{app.address}/{entry.address}", runs)
        finally:
            app.stop()
    return _tell(visits, results)


def _tell(visits: dict[str, Visit], results: Results) -> int:
    """Tell and keep the figures; returns how many promises are broken."""
    rival = visits[PLAIN]
    print(f"{'':34}points  first s  largest s  (of plain)    MB  (of plain)  shift  a11y  practices")
    for name, each in visits.items():
        print(
            f"{name:34}{each.points:6.0f} {each.first:8.1f} {each.largest:10.1f} {each.largest / rival.largest:10.2f}"
            f" {each.megabytes:7.2f} {each.megabytes / rival.megabytes:10.2f} {each.shift:7.3f}"
            f" {each.accessibility:5.0f} {each.practices:8.0f}"
        )
    for name, each in visits.items():
        promised = {} if name == PLAIN else PROMISED_LIGHT if name == LIGHT else PROMISED
        for figure in figures_of(name, each, promised, None if name == PLAIN else rival):
            results.add(figure)
    results.keep()
    broken = [figure for figure in results.figures if figure.missed]
    print("\n".join(["", "Broken promises:" if broken else "Every promise is kept.", *(each.line for each in broken)]))
    return len(broken)


def figures_of(name: str, visit: Visit, promised: Mapping[str, float], rival: Visit | None) -> list[Figure]:
    """A visit as figures of which less is better: what is lacking of 100 points, and the rest as measured.

    `promised` are the limits by what is measured (`PROMISED`); none where nothing is promised.
    """
    units = {"first": "s", "largest": "s", "megabytes": "MB", "shift": ""}
    beside = rival._asdict() if rival else {}
    measured = [
        Figure(f"{name}/{field}", value, units[field], promised.get(field), PLAIN if beside else "", beside.get(field))
        for field, value in visit._asdict().items()
        if field in units
    ]
    lacking = {"performance": visit.points, "accessibility": visit.accessibility, "best practices": visit.practices}
    most = {what: 100 - least for what, least in promised.items()}
    return [
        *measured,
        *(Figure(f"{name}/{what} lacking", 100 - had, "points", most.get(what)) for what, had in lacking.items()),
    ]


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
