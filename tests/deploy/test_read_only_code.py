"""The code may lie where nobody can write: all that the app writes then goes into the folder TRYGHED_VAR names."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from shapely.geometry import box
from starlette.applications import Starlette

from components.map.geometry import publish_layer
from data.settings.chosen import VAR, drawn_folder
from server.web import routes
from tests.server.asgi import ask

WRITES = """
from components.map import geometry
from data import unforeseen
from data.settings.chosen import database_file
from server import private_settings
print(database_file(), private_settings.DEMO_KEY, unforeseen.LOG, geometry.STATIC, sep="\\n")
"""


def test_database_key_log_and_drawn_outlines_lie_in_the_folder_that_is_named(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "TRYGHED_PARTNERSHIP"}
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WRITES], env=environment | {VAR: str(tmp_path)}, check=True,
        capture_output=True, text=True,
    ).stdout  # fmt: skip
    names = ["tryghedsoverblik.db", "demo-link-key", "fejl.log", ""]
    assert said.split() == [str(tmp_path / name) for name in names]


def test_outlines_that_are_drawn_are_served_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VAR, str(tmp_path / "var"))
    layer = publish_layer("kommuner", ["herlev"], ["Herlev"], [box(12, 55, 12.1, 55.1)], static=drawn_folder())
    app = Starlette(routes=routes())
    assert ask(app, f"/{layer.url}").status == 200
    assert ask(app, "/app/static/icon.png").status == 200
