"""Whoever asks for English gets it whole: every message of the commands and every error is translated."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import desk
import documents
import office
from documents.errors import Trouble
from documents.wording import DUTY_LABELS, FIELD_LABELS, ROLE_LABELS, STATUS_LABELS
from office.settings import list_patterns

for _room in (desk, documents, office):
    for _module in pkgutil.walk_packages(_room.__path__, _room.__name__ + "."):
        if "__main__" not in _module.name:
            importlib.import_module(_module.name)


def messages_of_commands(root: Path) -> Iterator[str]:
    keywords = {"tr": None, "tell": None}
    for _, _, message, _, _ in extract_from_dir(
        root / "desk" / "cli", method_map=[("**.py", "python")], keywords=keywords
    ):
        yield message if isinstance(message, str) else message[0]


def phrases(root: Path) -> Iterator[str]:
    """What is said inside an error or a row: patterns of `Phrase`, slips of settings, labels of documents."""
    for room in ("desk/cli", "office"):
        found = extract_from_dir(root / room, method_map=[("**.py", "python")], keywords={"Phrase": None})
        for _, _, message, _, _ in found:
            yield message if isinstance(message, str) else message[0]
    yield from list_patterns()
    for labels in (STATUS_LABELS, FIELD_LABELS, ROLE_LABELS, DUTY_LABELS):
        yield from labels.values()


def words_of_errors(kind: type[Trouble] = Trouble) -> Iterator[str]:
    for sub in kind.__subclasses__():
        if sub.__module__.split(".")[0] in {"documents", "desk", "office"} and "message" in vars(sub):
            yield sub.message
            yield sub.advice
        yield from words_of_errors(sub)


@pytest.fixture(scope="module")
def english(root: Path) -> dict[str, str]:
    with (root / "desk" / "cli" / "english.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id}


def test_every_message_of_the_commands_has_its_english(root: Path, english: dict[str, str]) -> None:
    assert [m for m in messages_of_commands(root) if not english.get(m)] == []


def test_every_phrase_and_label_has_its_english(root: Path, english: dict[str, str]) -> None:
    assert sorted({m for m in phrases(root) if not english.get(m)}) == []


def test_every_error_has_its_english(english: dict[str, str]) -> None:
    assert sorted({m for m in words_of_errors() if not english.get(m)}) == []


def test_a_translation_fills_in_the_same_facts(english: dict[str, str]) -> None:
    facts = re.compile(r"\{(\w+)")
    wrong = [k for k, v in english.items() if set(facts.findall(k)) != set(facts.findall(v))]
    assert wrong == []
