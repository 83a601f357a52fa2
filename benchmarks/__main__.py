"""Runs every benchmark, each in a process of its own so that none warms or burdens another: python -m benchmarks."""

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run each module beside this one in alphabetical order; returns how many of them missed a target or failed."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    failed = [name for name in names if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"]).returncode]
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
