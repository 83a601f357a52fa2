"""The catalogue of `analysis` names what there is."""

import importlib
import re

import pytest

import analysis

LINES = [line for line in (analysis.__doc__ or "").replace("\n  .", " .").splitlines() if line.startswith("- ")]


def named(line: str) -> list[tuple[str, str]]:
    """Module and function of each name a line ends in; ".name" is of the module before."""
    found: list[tuple[str, str]] = []
    for module, name in re.findall(r"(\w*)\.(\w+)", line.rpartition("? ")[2]):
        found.append((module or found[-1][0], name))
    return found


@pytest.mark.parametrize("line", LINES)
def test_each_question_names_a_function_that_is_there(line: str) -> None:
    assert named(line)
    for module, name in named(line):
        assert callable(getattr(importlib.import_module(f"analysis.{module}"), name))
