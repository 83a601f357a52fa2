"""Whatever file is handed to a reader, it is read or refused in words: soon, within bounds, and all or nothing."""

import faulthandler
import os
import resource
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.effort import LONGEST_SECONDS, STUCK_SECONDS, work
from tests.fuzz.mutations import files
from tests.fuzz.targets import TARGETS

FILES = int(os.environ.get("TRYGHED_FUZZ_FILES", "40"))
MOST_MEMORY = 1 << 30
# Each file of these starts a process, or reads a whole database.
SLOW = ("xlsx", "ods", "xls", "sav", "delivery", "package", "descriptor")


def memory() -> int:
    """The most memory this process has used so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


@pytest.fixture
def watched() -> Iterator[None]:
    """End a reader that never ends, and say where it was."""
    faulthandler.dump_traceback_later(STUCK_SECONDS * max(1, FILES // 40), exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.mark.parametrize("name", TARGETS)
def test_the_files_to_begin_from_are_read(name: str) -> None:
    for seed in TARGETS[name].seeds():
        TARGETS[name].read(seed)


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize("name", TARGETS)
def test_any_file_is_read_or_refused_in_words(name: str) -> None:
    target = TARGETS[name]
    for seed in target.seeds():
        target.survive(seed)
    before = memory()

    @settings(
        max_examples=FILES // (2 if name in SLOW else 1),
        deadline=None,
        database=None,
        derandomize="TRYGHED_FUZZ_FILES" not in os.environ,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def survives(data: st.DataObject) -> None:
        content = data.draw(files(target))
        begun = work()
        target.survive(content)
        assert work() - begun < LONGEST_SECONDS

    survives()
    assert memory() - before < MOST_MEMORY
