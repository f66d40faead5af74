"""What counts as a correction, told from lines of the audit."""

from __future__ import annotations

from typing import Any

import pytest

from documents.status import DocumentId
from office.corrections import RECIPIENTS, count_corrections

ONE = DocumentId("vb-1")


def read(**values: Any) -> tuple[DocumentId, str, dict[str, Any]]:
    return ONE, "DocumentRead", {"reading": {"fields": {k: {"value": v} for k, v in values.items()}}}


def confirmed(**values: Any) -> tuple[DocumentId, str, dict[str, Any]]:
    return ONE, "FieldsConfirmed", {"values": values}


def proposed(*people: str) -> tuple[DocumentId, str, dict[str, Any]]:
    return ONE, "ReviewAsked", {"proposal": [{"person": p, "unit": None, "role": "lead"} for p in people]}


def given(*people: str) -> tuple[DocumentId, str, dict[str, Any]]:
    return ONE, "DocumentAssigned", {"assignees": [{"person": p, "role": "lead"} for p in people]}


@pytest.mark.parametrize(
    ("told", "corrected"),
    [
        pytest.param([read(subject="a"), confirmed(subject="a")], set(), id="confirmed as it was read"),
        pytest.param([read(subject="a"), confirmed(subject="b")], {"subject"}, id="another word"),
        pytest.param([read(subject=None), confirmed(subject="b")], {"subject"}, id="what was missing"),
        pytest.param([read(subject=None), confirmed(subject="")], set(), id="empty is nothing"),
        pytest.param(
            [read(issuer_agency="x"), confirmed(issuer_agency="y")], set(), id="what follows from the issuer"
        ),
        pytest.param(
            [read(subject="a"), confirmed(subject="b"), confirmed(subject="b")], {"subject"}, id="said twice"
        ),
        pytest.param(
            [proposed("linh"), confirmed(), given("xuan")], {RECIPIENTS}, id="others get it than proposed"
        ),
        pytest.param([proposed("linh"), confirmed(), given("linh")], set(), id="who was proposed gets it"),
        pytest.param([proposed(), confirmed(), given("linh")], set(), id="nobody was proposed"),
        pytest.param(
            [proposed("linh"), confirmed(), given("linh"), given("xuan")], set(), id="given again later"
        ),
        pytest.param(
            [read(subject="a"), confirmed(subject="a"), read(subject="c"), confirmed(subject="a")],
            set(),
            id="a later reading does not stand over a person's word",
        ),
    ],
)
def test_a_correction_is_a_value_that_a_person_changed(told: list[Any], corrected: set[str]) -> None:
    assert count_corrections(told) == {ONE: corrected}


def test_a_document_that_nobody_confirmed_is_not_in_it() -> None:
    assert count_corrections([read(subject="a"), given("linh")]) == {}
