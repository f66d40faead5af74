"""The glossary names everything the code speaks of, in the words the screens use."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

import documents
from documents.events import Event
from documents.reading import FieldName
from documents.wording import DUTY_LABELS, FIELD_LABELS, ROLE_LABELS, STATUS_LABELS

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("documents", "fields", "rules", "ocr", "registry", "gateways", "office", "desk", "flows")
TROUBLE = {"Trouble", "Unreadable", "Refused", "Missing", "Conflict", "Unavailable"}
_CODE = re.compile(r"`([^`]+)`")


def list_rows() -> Iterator[tuple[str, str, list[str]]]:
    """Vietnamese, English and identifiers of each row; heads and rules of the tables are left out."""
    for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines():
        if line.startswith("|") and not line.startswith(("|---", "| Vietnamese")):
            vietnamese, english, codes = (cell.strip() for cell in line.strip("|").split("|"))
            yield vietnamese, english, _CODE.findall(codes)


ROWS = list(list_rows())
TERMS = {code: vietnamese for vietnamese, _, codes in ROWS for code in codes}


def list_classes() -> Iterator[type]:
    """Every public class that `documents` defines."""
    for module in pkgutil.iter_modules(documents.__path__, "documents."):
        for name, thing in vars(importlib.import_module(module.name)).items():
            if isinstance(thing, type) and thing.__module__ == module.name and not name.startswith("_"):
                yield thing


CLASSES = list(list_classes())
MEMBERS = [
    f"{kind.__name__}.{member.name}"
    for kind in CLASSES
    if issubclass(kind, StrEnum) and kind is not FieldName
    for member in kind
]


def list_troubles() -> Iterator[str]:
    """Every error class of the program, wherever it stands, by what it inherits from."""
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ClassDef):
                    bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                    if bases & TROUBLE:
                        yield node.name


@pytest.mark.parametrize(
    "identifier",
    sorted({*(kind.__name__ for kind in CLASSES), *MEMBERS, *map(str, FieldName), *list_troubles()}),
)
def test_the_glossary_names(identifier: str) -> None:
    assert identifier in TERMS, f"docs/glossary.md has no row for `{identifier}`"


def test_what_is_looked_for_is_there() -> None:
    assert {"FieldName", "Status", "Role", "Duty", "Event", "RuleSlip"} <= {k.__name__ for k in CLASSES}
    assert {"Status.REVIEW", "Role.LEAD", "Duty.CLERK", "Ground.PERSON"} <= set(MEMBERS)
    assert sum(issubclass(kind, Event) for kind in CLASSES) > 20
    assert {"RuleSlip", "AddressTaken"} <= set(list_troubles())


LABELS = (
    {str(name): label for name, label in FIELD_LABELS.items()}
    | {f"Status.{one.name}": label for one, label in STATUS_LABELS.items()}
    | {f"Role.{one.name}": label for one, label in ROLE_LABELS.items()}
    | {f"Duty.{one.name}": label for one, label in DUTY_LABELS.items()}
)


@pytest.mark.parametrize("identifier", sorted(LABELS))
def test_the_screens_use_the_word_of_the_glossary_for(identifier: str) -> None:
    assert LABELS[identifier] in TERMS[identifier]


def test_one_row_for_each_identifier_and_one_word_for_each_row() -> None:
    codes = [code for _, _, names in ROWS for code in names]
    assert sorted(codes) == sorted(set(codes))
    words = [vietnamese for vietnamese, _, _ in ROWS]
    assert sorted(words) == sorted(set(words))
    assert all(vietnamese and english and names for vietnamese, english, names in ROWS)


def test_every_identifier_of_the_glossary_stands_in_the_code() -> None:
    text = "\n".join(path.read_text("utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    written = set(re.findall(r"\w+", text))
    gone = [code for code in TERMS if not set(re.findall(r"\w+", code)) <= written]
    assert gone == []
