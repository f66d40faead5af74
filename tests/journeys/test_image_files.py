"""The container files fit the project: what they copy, call and set is really there."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from desk.cli.supervisor import MODULES
from office.doctor import PROCESSES
from office.settings import Settings

VARIABLES = {f"CONGVAN_{name.upper()}" for name in Settings.model_fields}


@pytest.fixture(scope="module")
def dockerfile(root: Path) -> str:
    """The instructions, continued lines joined, comments left out."""
    text = (root / "docker" / "Dockerfile").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return re.sub(r"\\\s*\n", " ", "\n".join(lines))


@pytest.fixture(scope="module")
def compose(root: Path) -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.safe_load((root / "docker" / "compose.yml").read_text("utf-8"))
    return parsed


@pytest.fixture(scope="module")
def rooms(root: Path) -> set[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    return set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])


def instructions(dockerfile: str, name: str) -> list[str]:
    return [line.removeprefix(f"{name} ") for line in dockerfile.splitlines() if line.startswith(f"{name} ")]


def own_services(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: s for name, s in compose["services"].items() if s["image"] == "congvan"}


def test_every_room_is_copied_and_nothing_that_is_not_there(
    dockerfile: str, root: Path, rooms: set[str]
) -> None:
    copied = {
        source
        for line in instructions(dockerfile, "COPY")
        if not line.startswith("--from")
        for source in shlex.split(line)[:-1]
    }
    assert rooms <= copied
    assert [source for source in copied if not (root / source).exists()] == []


def test_the_context_lets_through_what_is_copied_and_nothing_else(
    dockerfile: str, root: Path, rooms: set[str]
) -> None:
    lines = (root / ".dockerignore").read_text("utf-8").splitlines()
    let_in = {line[1:] for line in lines if line.startswith("!")}
    assert lines[1] == "*", "everything stays out unless it is named"
    assert let_in == {"requirements.lock", "LICENSE", "docker/congvan-command"} | rooms
    for never in ("tests", "var", ".git", ".venv", "docs"):
        assert never not in let_in


def test_the_image_is_debian_and_runs_as_an_ordinary_user(dockerfile: str) -> None:
    bases = {line.split()[0] for line in instructions(dockerfile, "FROM")}
    assert bases == {"debian:bookworm-slim"}
    (user,) = instructions(dockerfile, "USER")
    assert user == "congvan"
    assert "--require-hashes" in dockerfile


def test_the_health_check_asks_for_a_process_that_exists(dockerfile: str) -> None:
    (check,) = instructions(dockerfile, "HEALTHCHECK")
    command = shlex.split(check.split("CMD", 1)[1].strip("[] ").replace(",", " "))
    assert command == ["congvan", "doctor", "--alive", "desk"]
    assert command[-1] in PROCESSES


def test_every_process_has_its_container_and_its_own_health_check(compose: dict[str, Any]) -> None:
    services = own_services(compose)
    assert set(services) == set(MODULES) | {"founding"}
    for name in MODULES:
        assert services[name]["command"][:2] == ["run", name]
        assert services[name]["healthcheck"]["test"] == ["CMD", "congvan", "doctor", "--alive", name]


def test_every_variable_of_compose_is_a_setting(compose: dict[str, Any]) -> None:
    for name, service in own_services(compose).items():
        unknown = {v for v in service["environment"] if v.startswith("CONGVAN_")} - VARIABLES
        assert not unknown, f"{name}: {unknown}"


def test_the_database_is_not_opened_to_the_outside_and_has_no_password_of_ours(
    compose: dict[str, Any],
) -> None:
    database = compose["services"]["database"]
    assert "ports" not in database
    assert database["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")


def test_docker_is_a_folder_of_files_and_no_package(root: Path) -> None:
    assert not (root / "docker" / "__init__.py").exists()
