"""The files that run geoplan elsewhere: parsed, and compared with the program that they run."""

import configparser
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest

from geoplan_api.cli.program import run
from geoplan_api.settings import Settings, read_settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8")
COMPOSE = (DEPLOY / "compose.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def compose():
    return pytest.importorskip("yaml", reason="needs PyYAML").safe_load(COMPOSE)


@pytest.fixture(scope="module")
def unit():
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read_string((DEPLOY / "geoplan.service").read_text("utf-8"))
    return parser


def test_the_image_is_slim_and_runs_as_nobody_in_particular():
    images = re.findall(r"^FROM (\S+)", CONTAINER, re.M)
    assert all(re.fullmatch(r"debian:\w+-slim", image) for image in images), "plain names, no registry"
    last = CONTAINER.rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d+$", last, re.M)
    assert "HEALTHCHECK" in last
    assert "/health/ready" in last
    assert not re.search(r"\bADD\b|curl|wget|:latest", CONTAINER)
    assert "--require-hashes" in CONTAINER


def test_what_is_copied_into_the_image_is_there_and_not_ignored():
    kept = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.M)
    for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINER, re.M):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert source in kept, source


def test_the_services_are_closed(compose):
    planner = compose["services"]["planner"]
    assert planner["read_only"] is True
    assert planner["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in planner["security_opt"]
    assert compose["services"]["database"]["image"].startswith("postgis/postgis:")
    assert [name for name, one in compose["services"].items() if "ports" in one] == ["proxy"]
    assert "PASSWORD:" not in COMPOSE


def test_the_proxy_finds_the_planners(compose):
    proxy, planner = compose["services"]["proxy"], compose["services"]["planner"]
    said = (DEPLOY / "Caddyfile").read_text("utf-8")
    assert "./Caddyfile:/etc/caddy/Caddyfile:ro" in proxy["volumes"]
    assert re.search(r"name planner\s+port (\d+)", said)[1] in planner["command"]
    assert "container_name" not in planner, "there may be several"
    assert "{$SITE:" in said
    assert "SITE" in proxy["environment"]


@pytest.mark.parametrize("features", ["memory", "postgis"])
def test_any_command_runs_with_the_password_from_the_file(compose, tmp_path, features):
    """As the container would run it, with a geoplan that says what it was given."""
    shell, option, script, *name = compose["services"]["planner"]["entrypoint"]
    (tmp_path / "database").write_text("kennwort")
    script = script.replace("/run/secrets", str(tmp_path)).replace("${FEATURES:-memory}", features)
    said = 'geoplan() { echo "$*|$GEOPLAN_PLANS_URL|$GEOPLAN_FEATURES_URL"; }; '
    script = said + script.replace("$$", "$").replace("exec ", "")
    done = subprocess.run(
        [shell, option, script, *name, "plan", "list"], capture_output=True, text=True, check=True
    )
    url = "postgresql://geoplan:kennwort@database/geoplan"
    assert done.stdout == f"plan list|{url}|{url if features == 'postgis' else ''}\n"


def test_variables_of_the_services_are_settings(compose):
    for name in compose["services"]["planner"]["environment"]:
        assert name.removeprefix("GEOPLAN_").lower() in Settings.model_fields


def test_the_unit_is_hardened(unit):
    service = unit["Service"]
    for name in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "RestrictNamespaces"):
        assert service[name] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["ExecReload"].endswith("-HUP $MAINPID")


def test_commands_are_those_of_the_program(unit, monkeypatch):
    asked = shlex.split(unit["Service"]["ExecStart"])[1:]
    assert asked[0] == "serve"
    assert set(asked[1::2]) <= {"--host", "--port", "--config", "--workers"}
    monkeypatch.delenv("GEOPLAN_RATE_LIMIT", raising=False)
    assert read_settings(DEPLOY / "geoplan.toml").workers == 2
    assert tomllib.loads((DEPLOY / "geoplan.toml").read_text("utf-8"))


def test_commands_of_the_guide_are_there(run_help):
    guide = (ROOT / "docs" / "operation.md").read_text("utf-8")
    for command in ("backup --out", "restore", "serve --config", "data install", "plan token create"):
        assert f"geoplan {command}" in guide
    for command, option in (("backup", "--out"), ("serve", "--config"), ("serve", "--workers")):
        assert option in run_help(command)


@pytest.fixture
def run_help(capsys):
    def run_help(command):
        capsys.readouterr()
        assert run([command, "--help"]) == 0
        return capsys.readouterr().out

    return run_help
