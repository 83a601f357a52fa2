"""The files of deploy/ say the same as the code they start."""

import re
import tomllib
from pathlib import Path

import yaml

from server import logs, operations, session_limit
from server.gate import TOO_LARGE
from server.operations import operation_routes
from server.web import routes

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
UNIT = (DEPLOY / "tryghedsoverblik@.service").read_text(encoding="utf-8")
SEVERAL = (DEPLOY / "several.nginx.conf").read_text(encoding="utf-8")
UNIT_OF_SEVERAL = (DEPLOY / "tryghedsoverblik-several.service").read_text(encoding="utf-8")
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
    assert {".git", "var", "partnerships", ".streamlit/secrets.toml", "deploy"} <= set(left_out)


def test_only_nginx_is_reached_from_outside() -> None:
    reached = {name for name, each in COMPOSE["services"].items() if "ports" in each}
    assert reached == {"nginx"}
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_the_apps_reach_the_identity_provider_and_statistics_denmark_and_the_database_reaches_nobody() -> None:
    ways_out = {name for name, network in COMPOSE["networks"].items() if not network.get("internal")}
    out = {name for name, each in COMPOSE["services"].items() if ways_out & set(each["networks"])}
    assert out == {"app-a", "app-b", "nginx"}
    # nginx and the apps share no network but the one that nothing leaves.
    shared = set(COMPOSE["services"]["nginx"]["networks"]) & set(COMPOSE["services"]["app-a"]["networks"])
    assert shared == {"inside"}


def test_a_file_that_is_too_large_is_refused_alike_by_nginx_and_by_the_app() -> None:
    settings = tomllib.loads((DEPLOY.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    most = settings["server"]["maxUploadSize"]
    assert f"client_max_body_size {most}m;" in NGINX
    assert f"return 413 '{TOO_LARGE.format(megabytes=most)}';" in NGINX


def test_several_partnerships_are_proxied_and_limited_as_one_is() -> None:
    def settings(text: str) -> dict[str, str]:
        return dict(re.findall(r"(?m)^ +((?:proxy|gzip|client|large|limit|ssl_[ps])\w*) ([^;]+);", text))

    ours, theirs = settings(SEVERAL), settings(NGINX)
    of_two_processes = {"proxy_pass", "proxy_next_upstream", "proxy_hide_header"}
    assert {name: value for name, value in theirs.items() if name not in of_two_processes} == ours
    for name in ("Host", "Upgrade", "Connection", "X-Forwarded-For", "X-Forwarded-Proto"):
        assert f"proxy_set_header {name} " in SEVERAL


def test_the_unit_of_several_is_as_strict_and_opens_them_all() -> None:
    strict = re.compile(r"(?m)^(?:Protect|Private|NoNew|Restrict).*$")
    assert strict.findall(UNIT_OF_SEVERAL) == strict.findall(UNIT)
    assert "-m server.partnerships --only-processes" in UNIT_OF_SEVERAL


def test_headers_that_grow_with_somebodys_groups_have_room_on_every_kind_of_machine() -> None:
    sizes = {name: int(size) for name, size in re.findall(r"(proxy_\w*buffers?(?:_size)?) (?:\d+ )?(\d+)k;", NGINX)}
    assert sizes["proxy_buffer_size"] >= 32
    # What nginx demands of the three, whatever the machine's memory page.
    assert sizes["proxy_busy_buffers_size"] >= max(sizes["proxy_buffer_size"], sizes["proxy_buffers"])
    assert "large_client_header_buffers" in NGINX


def test_every_folder_of_ours_that_the_app_runs_on_is_in_the_image() -> None:
    left_out = set((DEPLOY.parent / ".dockerignore").read_text(encoding="utf-8").split())
    rooms = {each.parent.name for each in DEPLOY.parent.glob("*/__init__.py")}
    assert rooms & left_out <= {"benchmarks", "generate", "tests"}
    copied = {word for line in re.findall(r"(?m)^COPY (?!--)(.+) \S+$", DOCKERFILE) for word in line.split()}
    assert all((DEPLOY.parent / word).exists() for word in copied)
