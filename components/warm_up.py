"""Imports what the pages need while nobody waits for it, so that the first visitor does not."""

import ast
import importlib

from components.navigation import PAGES, PAGES_FOLDER


def warm_up() -> None:
    """Import what the pages import, without running any; what only those who publish need stays out of memory."""
    for entry in PAGES:
        if entry.needs_publishing:
            continue
        for node in ast.parse((PAGES_FOLDER / entry.file).read_text("utf-8")).body:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    importlib.import_module(alias.name)
            elif isinstance(node, ast.ImportFrom) and node.module:
                module = importlib.import_module(node.module)
                for alias in node.names:
                    if not hasattr(module, alias.name):
                        importlib.import_module(f"{node.module}.{alias.name}")
