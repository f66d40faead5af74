"""Every regular expression that meets the words of a paper is one whose search cannot explode."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import documents
import fields
import ocr
from tests.fields.pattern_growth import is_safe

ROOMS = (documents, fields, ocr)


def list_patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern that a module of these rooms holds, by itself or in a table."""
    modules = (m for room in ROOMS for m in pkgutil.iter_modules(room.__path__, f"{room.__name__}."))
    for module in modules:
        for name, value in vars(importlib.import_module(module.name)).items():
            for at, pattern in enumerate(_patterns_in(value)):
                yield f"{module.name}.{name}[{at}]", pattern


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _patterns_in([*value, *value.values()])
    elif isinstance(value, (tuple, list, frozenset)):
        for one in value:
            yield from _patterns_in(one)


PATTERNS = {pattern: name for name, pattern in list_patterns()}


@pytest.mark.parametrize("pattern", [pytest.param(p, id=name) for p, name in PATTERNS.items()])
def test_no_pattern_can_explode(pattern: re.Pattern[str]) -> None:
    assert is_safe(pattern)


def test_the_patterns_of_these_rooms_were_found() -> None:
    assert len(PATTERNS) > 90


@pytest.mark.parametrize(
    ("pattern", "safe"),
    [
        (r"a*b", True),
        (r"(?:a+b)*c", True),
        (r"(?:\w+\s)*x", True),
        (r"(?:ab|ac)*", True),
        (r"(?:a{0,40}b){0,40}", True),
        pytest.param(r"\s*:?\s*x", True, id="two loops side by side: slow on white space, never explosive"),
        (r"(?:a*)*b", False),
        (r"(?:a+)+b", False),
        pytest.param(r"(?:a|a)*b", True, id="one class for the engine"),
        (r"(?:\w|\dx?)*b", False),
        (r"(?:\w+\s?)*b", False),
        (r"(?:a|ab|b)*c", False),
        (r"(?:[a-z]{0,40}){0,40}!", False),
        (r"(?i)(?:a|Ax?x?)+b", False),
    ],
)
def test_the_proof_tells_loops_apart(pattern: str, safe: bool) -> None:
    assert is_safe(re.compile(pattern)) is safe
