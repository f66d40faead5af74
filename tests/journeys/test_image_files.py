"""The container files fit the project: what they copy, call and set is really there."""

from __future__ import annotations

import pickle
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from desk.cli.app import main
from desk.cli.supervisor import MODULES
from documents.status import Status
from ocr.workbench import Done, dump_answer, load_answer
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


def commands(dockerfile: str, compose: dict[str, Any], readme: str) -> list[list[str]]:
    """Every call of `congvan` in the files, without the name itself."""
    (by_default,) = instructions(dockerfile, "CMD")
    calls = [shlex.split(by_default.strip("[] ").replace(",", " "))]
    for service in own_services(compose).values():
        calls.append(service["command"])
        if "test" in service["healthcheck"]:
            calls.append(service["healthcheck"]["test"][2:])
    started = re.findall(r"^docker (?:run|compose) .*\bcongvan ((?!congvan\b)[a-z].*)$", readme, re.MULTILINE)
    return calls + [shlex.split(call) for call in started]


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


def test_every_command_and_option_in_the_files_is_there(
    dockerfile: str, compose: dict[str, Any], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = commands(dockerfile, compose, (root / "docker" / "README.md").read_text("utf-8"))
    assert {"init", "up", "run", "doctor", "read", "log"} <= {call[0] for call in calls}
    for call in calls:
        verb = call[:2] if call[0] == "log" else call[:1]
        assert main([*verb, "--help"]) == 0, call
        offered = capsys.readouterr().out
        assert [w for w in call if w.startswith("--") and w not in offered] == [], call


def test_every_variable_of_compose_is_a_setting(compose: dict[str, Any]) -> None:
    for name, service in own_services(compose).items():
        unknown = service["environment"].keys() - VARIABLES - {"PGPASSWORD"}
        assert not unknown, f"{name}: {unknown}"


def test_every_variable_of_the_image_is_known(dockerfile: str) -> None:
    (line,) = instructions(dockerfile, "ENV")
    names = {word.split("=", 1)[0] for word in shlex.split(line)}
    assert {name for name in names if name.startswith("CONGVAN_")} <= VARIABLES


def test_the_readme_tells_every_variable_a_person_may_set_and_no_other(root: Path) -> None:
    asked = re.findall(r"\$\{(\w+)", (root / "docker" / "compose.yml").read_text("utf-8"))
    table = [
        line for line in (root / "docker" / "README.md").read_text("utf-8").splitlines() if line[:2] == "| "
    ]
    told = re.findall(r"`([A-Z_]{6,})`", "\n".join(line.split("|")[1] for line in table))
    assert sorted(told) == sorted(set(asked))


def test_a_password_with_any_sign_in_it_opens_the_database(compose: dict[str, Any]) -> None:
    for name, service in own_services(compose).items():
        environment = service["environment"]
        assert "$" not in environment["CONGVAN_DATABASE_URL"], f"{name}: @ or / in it would break the address"
        assert (
            environment["PGPASSWORD"] == compose["services"]["database"]["environment"]["POSTGRES_PASSWORD"]
        )


def test_the_database_is_not_opened_to_the_outside_and_has_no_password_of_ours(
    compose: dict[str, Any],
) -> None:
    database = compose["services"]["database"]
    assert "ports" not in database
    assert database["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")


def test_docker_is_a_folder_of_files_and_no_package(root: Path) -> None:
    assert not (root / "docker" / "__init__.py").exists()


def test_a_reading_comes_back_whole_under_the_python_of_the_image(monkeypatch: pytest.MonkeyPatch) -> None:
    # Debian bookworm has 3.11.2, where members of an enumeration are pickled by name.
    monkeypatch.setattr(Status, "__reduce_ex__", lambda member, _: (getattr, (Status, member.name)))
    with pytest.raises(pickle.UnpicklingError, match="getattr"):
        load_answer(pickle.dumps(Done(Status.REVIEW)))
    assert load_answer(dump_answer(Done(Status.REVIEW))) == Done(Status.REVIEW)
