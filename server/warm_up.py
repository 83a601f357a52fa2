"""Imports what the pages need while nobody waits for it, so that the first visitor does not."""

import ast
import importlib
from collections.abc import Iterable
from pathlib import Path


def warm_up(pages: Iterable[Path]) -> None:
    """Import what the files of pages import, without running any of them."""
    for page in pages:
        for node in ast.parse(page.read_text("utf-8")).body:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    importlib.import_module(alias.name)
            elif isinstance(node, ast.ImportFrom) and node.module:
                module = importlib.import_module(node.module)
                for alias in node.names:
                    if not hasattr(module, alias.name):
                        importlib.import_module(f"{node.module}.{alias.name}")
