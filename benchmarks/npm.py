"""Programs from npm that a bench or a drill needs: development dependencies, each pinned by its own lock file."""

import shutil
import subprocess
from pathlib import Path

from benchmarks.serving import ROOT


def installed(package: Path) -> Path:
    """The folder in var/ with what the package.json of the folder `package` asks for, fetched where it is not there.

    Raises CalledProcessError where npm cannot fetch it.
    """
    folder = ROOT / "var" / package.name
    if not (folder / "node_modules").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(package / name, folder / name)
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
    return folder
