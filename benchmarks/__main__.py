"""Runs every benchmark, each in a process of its own so that none warms or burdens another: python -m benchmarks.

One table at the end, and var/bench.json with the facts of the machine. `--short` is what CI runs (benchmarks.short).
"""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.results import FOLDER, TOGETHER, Figure, gathered, machine

HERE = Path(__file__).parent
FIELDS = ("name", "value", "unit", "limit", "rival", "rival_value")


def modules() -> list[str]:
    """The modules beside this one that time something, in alphabetical order; `make simulate` times nothing."""
    return sorted(
        path.stem
        for path in HERE.glob("[a-z]*.py")
        if path.stem not in ("short", "simulations") and "\ndef main(" in path.read_text(encoding="utf-8")
    )


def main(arguments: list[str]) -> int:
    """Run the modules named (all of them); returns how many of them missed a target or failed."""
    if "--short" in arguments:
        return subprocess.run([sys.executable, "-m", "benchmarks.short"]).returncode
    for old in FOLDER.glob("*.json"):
        old.unlink()
    names = arguments or modules()
    failed = [name for name in names if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"]).returncode]
    kept = gathered()
    TOGETHER.write_text(json.dumps({"machine": machine(), "modules": kept}, indent=1), encoding="utf-8")
    print("All figures" + (", measured while others used the machine" if any(each["noisy"] for each in kept) else ""))
    for each in kept:
        for figure in each["figures"]:
            print(f"  {Figure(**{field: figure[field] for field in FIELDS}).line}")
    if failed:
        print(f"Missed a target or failed: {', '.join(failed)}")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
