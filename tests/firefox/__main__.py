"""A drill: journeys of a reader in Firefox, beside those in Chromium that run with every test.

    python -m tests.firefox

Firefox is the machine's own (Debian: `apt install firefox-esr`), driven by puppeteer-core from npm. The exit code is 1
where a step fails, 2 where there is no Firefox.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.npm import installed
from benchmarks.serving import serving, shipped_database

HERE = Path(__file__).parent


def main() -> int:
    """Start the app on the shipped data and let Firefox read it; each step is told."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        print("There is no Firefox on this machine. On Debian: apt install firefox-esr.", file=sys.stderr)
        return 2
    folder = installed(HERE)
    script = Path(shutil.copy(HERE / "journeys.mjs", folder))
    with serving(shipped_database()) as served:
        return subprocess.run(["node", str(script), served.address, program], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
