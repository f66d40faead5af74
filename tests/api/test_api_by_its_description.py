"""Whatever the description of the API allows, and much that it does not, is answered as described; never 5xx."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from desk.api.app import create_api
from desk.web.app import create_app
from office import programs
from office.desk import Desk
from office.office import Office
from tests.office.lines_at_work import HOA, LINH, TODAY, at_work, lead, pass_on
from tests.offices import MORNING

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
DESCRIBED: dict[str, Any] = create_api(None, clock=lambda: MORNING).openapi()  # type: ignore[arg-type]
CALLS = [(path, method) for path, one in DESCRIBED["paths"].items() for method in one]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with at_work(tmp_path_factory.mktemp("api") / "home") as office:
        for number in range(1, 4):
            pass_on(office, number, lead(LINH))
        yield office


@pytest.fixture(scope="module")
def key(office: Office) -> str:
    return programs.make_key(office, HOA.id, "thử", until=TODAY, writes=True, by="sys", now=MORNING)


@pytest.fixture(scope="module")
def described(office: Office) -> Any:
    app = create_app(Desk(office), clock=lambda: MORNING)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=["what it allows", "what it does not"])
@pytest.mark.parametrize(("path", "method"), CALLS, ids=[f"{m} {p}" for p, m in CALLS])
def test_every_call_is_answered_as_described(
    described: Any, key: str, path: str, method: str, mode: GenerationMode
) -> None:
    calls = described[path][method.upper()]

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=calls.as_strategy(generation_mode=mode))
    def answered(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"authorization": f"Bearer {key}"}, checks=CHECKS)

    answered()


def test_the_description_says_nothing_of_any_office() -> None:
    assert "Tây Ninh" not in json.dumps(DESCRIBED, ensure_ascii=False)
