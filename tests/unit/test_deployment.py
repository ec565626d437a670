"""What is deployed names what exists: settings, secrets, files, folders."""

import re
import stat
from pathlib import Path
from typing import Any

import yaml

from server.config import read
from server.settings import SETTINGS

ROOT = Path(__file__).parents[2]
NAMES = {name for setting in SETTINGS for name in (setting.name, setting.also) if name}
FILES = {f"{setting.name}_FILE" for setting in SETTINGS if setting.secret}


def compose() -> dict[str, Any]:
    loaded = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_the_services_are_the_hospital_and_all_it_stands_on() -> None:
    assert set(compose()["services"]) == {"caddy", "televisit", "migrate", "postgres", "redis", "coturn"}


def test_every_variable_of_the_server_is_a_setting() -> None:
    services = compose()["services"]
    for name in ("televisit", "migrate"):
        for variable in services[name]["environment"]:
            assert variable in NAMES | FILES, f"{name}: {variable}"


def test_the_server_starts_with_what_compose_gives_it(tmp_path: Path) -> None:
    given = {"SITE_ADDRESS": "visits.example.org", "HOSPITAL_NAME": "A hospital"}
    environ = {}
    for variable, value in compose()["services"]["televisit"]["environment"].items():
        filled = re.sub(r"\$\{(\w+)(?::[-?][^}]*)?\}", lambda match: given.get(match[1], ""), value)
        environ[variable] = filled
    for secret, text in (
        ("database_url", "postgresql://televisit_app:x@postgres:5432/televisit"),
        ("redis_url", "redis://:x@redis:6379/0"),
        ("turn_secret", "x"),
    ):
        (tmp_path / secret).write_text(text)
    environ = {name: value.replace("/run/secrets", str(tmp_path)) for name, value in environ.items()}
    reading = read(environ)
    assert reading.problems == []
    config = reading.usable()
    assert config.public_url == "https://visits.example.org"
    assert config.turn is not None
    assert config.trusted_proxies == (compose()["networks"]["front"]["ipam"]["config"][0]["subnet"],)
    assert config.demo is False


def test_a_server_that_stops_is_not_killed_while_it_tells_its_visits() -> None:
    server = compose()["services"]["televisit"]
    assert int(server["stop_grace_period"].removesuffix("s")) > int(server["environment"]["SHUTDOWN_GRACE_S"])


def test_every_secret_used_is_declared_and_made() -> None:
    loaded = compose()
    declared = set(loaded["secrets"])
    used = {name for service in loaded["services"].values() for name in service.get("secrets", [])}
    script = (ROOT / "scripts" / "make-secrets").read_text(encoding="utf-8")
    assert declared == used == set(re.findall(r"^new (\w+)", script, re.MULTILINE))
    for service in loaded["services"].values():
        mounted = set(re.findall(r"/run/secrets/(\w+)", yaml.safe_dump(service)))
        assert mounted <= set(service.get("secrets", []))


def test_every_mounted_file_is_there() -> None:
    for name, service in compose()["services"].items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (ROOT / source).exists(), f"{name} mounts {source}"
            else:
                assert source in compose()["volumes"]


def test_services_wait_for_what_they_need_to_be_well() -> None:
    services = compose()["services"]
    for service in services.values():
        for needed, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy" and needed != "televisit":
                assert "healthcheck" in services[needed]
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert services["televisit"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_the_image_holds_every_package_and_runs_without_privileges() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert set(re.findall(r"^COPY (\w+)/ \1/$", dockerfile, re.MULTILINE)) == packages
    last_stage = dockerfile[dockerfile.rindex("\nFROM ") :]
    assert re.search(r"^USER (?!root)\w+$", last_stage, re.MULTILINE)


def test_secrets_stay_out_of_the_repository_and_the_image() -> None:
    for name in (".gitignore", ".dockerignore"):
        assert "deploy/secrets" in (ROOT / name).read_text(encoding="utf-8")


def test_scripts_can_be_run() -> None:
    scripts = [*(ROOT / "scripts").iterdir(), ROOT / ".ci" / "run", ROOT / "deploy" / "postgres" / "roles.sh"]
    for script in scripts:
        assert script.stat().st_mode & stat.S_IXUSR, script.name
        assert script.read_text(encoding="utf-8").startswith("#!/bin/sh\n"), script.name


def test_every_package_that_is_installed_has_its_licence_named() -> None:
    named = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    for line in re.findall(r"^[a-z0-9._-]+==.*", lock, re.MULTILINE):
        # What only another system installs comes with neither `make run` here nor the image.
        if "sys_platform == 'win32'" in line:
            continue
        name = line.split("==")[0]
        assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", named), name
