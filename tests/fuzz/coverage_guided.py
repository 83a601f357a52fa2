"""Atheris on one reader: `python -m tests.fuzz.coverage_guided READER SEEDS [libFuzzer's own options]`."""

import sys

import atheris

with atheris.instrument_imports(include=["data", "geo", "csv", "json", "zipfile"]):
    from tests.fuzz.effort import LONGEST_SECONDS, work
    from tests.fuzz.targets import TARGETS

WATCHED_SECONDS = 3 * LONGEST_SECONDS
"""Code whose every branch is noted is slower than it is."""


def main() -> None:
    """Let libFuzzer choose files until its time is up; it ends the process where the reader has a fault."""
    target = TARGETS[sys.argv.pop(1)]
    for seed in target.seeds():  # What only the first file has to wait for is no reader's fault.
        target.survive(seed)

    def survive(content: bytes) -> None:
        begun = work()
        target.survive(content)
        assert work() - begun < WATCHED_SECONDS

    atheris.Setup(sys.argv, survive)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
