"""Atheris on one reader: `python -m tests.fuzz.coverage_guided READER SEEDS [libFuzzer's own options]`."""

import sys

import atheris

with atheris.instrument_imports(include=["data", "geo", "csv", "json", "zipfile"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Let libFuzzer choose files until its time is up; it ends the process where the reader has a fault."""
    target = TARGETS[sys.argv.pop(1)]
    for seed in target.seeds():  # What only the first file has to wait for is no reader's fault.
        target.survive(seed)
    atheris.Setup(sys.argv, target.survive)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
