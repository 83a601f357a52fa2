"""The alerts fire when they should, ask for figures that exist, and each has a page in the runbook."""

import asyncio
import datetime as dt
import os
import re
import shutil
import subprocess

import pytest
import yaml

from data.store.verification import Damage
from server import daily_check, operations
from server.operations import measures
from tests.deploy.test_files import DEPLOY, RUNBOOK
from tests.server.test_operations import asked

FOLDER = DEPLOY / "prometheus"
RULES = [
    rule for group in yaml.safe_load((FOLDER / "alerts.yml").read_text("utf-8"))["groups"] for rule in group["rules"]
]
PROMTOOL = shutil.which("promtool")


@pytest.fixture
def promtool() -> str:
    if PROMTOOL is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("promtool is missing: make promtool-ready")
    return PROMTOOL


def test_each_alert_is_raised_by_what_it_is_for_and_by_nothing_else(promtool: str) -> None:
    done = subprocess.run([promtool, "test", "rules", "alerts_test.yml"], cwd=FOLDER, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    tried = (FOLDER / "alerts_test.yml").read_text("utf-8")
    assert {rule["alert"] for rule in RULES} <= set(re.findall(r"alertname: (\w+)\n", tried))


def test_every_figure_an_alert_asks_for_is_one_we_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRYGHED_METRICS_TOKEN", raising=False)
    monkeypatch.setattr(operations, "_newest", operations._no_release)
    operations.begin(lambda: 7, lambda: dt.date(2026, 3, 31))
    monkeypatch.setattr(daily_check, "_last", None)
    daily_check.check_now(lambda: [Damage("load", "1", "", "")])
    with operations.timed("Overblik"):
        pass
    given = bytes(asyncio.run(measures(asked())).body).decode()
    wanted = {name for rule in RULES for name in re.findall(r"\btryghed_\w+", rule["expr"])}
    assert {name for name in wanted if f"\n{name}{{" not in given and f"\n{name} " not in given} == set()


@pytest.mark.parametrize("alert", [rule["alert"] for rule in RULES])
def test_the_runbook_says_what_an_alert_means_and_what_to_do(alert: str) -> None:
    section = re.search(rf"(?ms)^### {alert}$(.+?)(?=^##)", RUNBOOK + "\n##")
    assert section, "no section"
    assert "**Means.**" in section[1]
    assert "**Do.**" in section[1]
