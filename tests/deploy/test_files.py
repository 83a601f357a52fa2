"""The files of deploy/ say the same as the code they start."""

import re
from pathlib import Path

import yaml

from server import logs, operations, session_limit
from server.operations import operation_routes
from server.web import routes

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
UNIT = (DEPLOY / "tryghedsoverblik@.service").read_text(encoding="utf-8")
RUNBOOK = (DEPLOY.parent / "docs" / "running.md").read_text(encoding="utf-8")
SETTINGS = {session_limit.MOST_SESSIONS, session_limit.INSTANCE, logs.LOG, logs.LEVEL, operations.TOKEN}


def test_the_addresses_that_are_asked_exist() -> None:
    ours = {route.path for route in [*operation_routes(), *routes()]}
    asked = set(re.findall(r"127\.0\.0\.1:8501(/\w+)", DOCKERFILE)) | set(re.findall(r"location = (/\w+)", NGINX))
    assert asked == {"/klar", "/maalinger"}
    assert asked <= ours


def test_every_setting_of_ours_is_one_the_code_knows_and_the_runbook_explains() -> None:
    used = set(re.findall(r"TRYGHED_[A-Z_]+", "".join((DOCKERFILE, UNIT, (DEPLOY / "compose.yaml").read_text()))))
    assert used <= SETTINGS
    explained = set(re.findall(r"`(TRYGHED_[A-Z_]+)`", RUNBOOK))
    assert explained >= SETTINGS


def test_each_house_has_its_own_name_and_nginx_knows_both() -> None:
    apps = {name: each for name, each in COMPOSE["services"].items() if name.startswith("app-")}
    instances = {each["environment"]["TRYGHED_INSTANCE"] for each in apps.values()}
    assert instances == {"a", "b"}
    for instance in instances:
        assert f"upstream instance_{instance} {{" in NGINX
        assert COMPOSE["services"]["nginx"]["environment"][f"APP_{instance.upper()}"] == f"app-{instance}:8501"


def test_whatever_nginx_is_to_be_told_compose_tells_it() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)\}", NGINX))
    assert asked == set(COMPOSE["services"]["nginx"]["environment"])
    listed = re.search(r"envsubst '([^']+)'", RUNBOOK)
    assert listed
    assert {name.strip("$") for name in listed[1].split()} == asked


def test_the_app_runs_without_root_and_cannot_write_its_own_code() -> None:
    assert re.search(r"(?m)^USER 10001$", DOCKERFILE)
    app = COMPOSE["services"]["app-a"]
    assert app["read_only"] is True
    assert app["cap_drop"] == ["ALL"]
    assert "ProtectSystem=strict" in UNIT


def test_no_secret_goes_into_the_image() -> None:
    left_out = (DEPLOY.parent / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".git", "var", ".streamlit/secrets.toml", "deploy"} <= set(left_out)


def test_only_nginx_is_reached_from_outside() -> None:
    reached = {name for name, each in COMPOSE["services"].items() if "ports" in each}
    assert reached == {"nginx"}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
