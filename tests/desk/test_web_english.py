"""Whoever asks for English gets it whole: every word of the pages has its English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from desk.web import menu, told, tongue, words
from desk.web.tongue import Said

JINJA = ("**/templates/**.html", "jinja2")
OPTIONS = {JINJA[0]: {"extensions": "jinja2.ext.i18n", "newstyle_gettext": "true", "silent": "false"}}


def of_templates(root: Path) -> Iterator[str]:
    found = extract_from_dir(
        root / "desk" / "web",
        method_map=[JINJA, ("**.py", "ignore")],
        options_map=OPTIONS,
        keywords={"_": None},
    )
    yield from _flat(found)


def of_modules(root: Path) -> Iterator[str]:
    keywords = {"tr": None, "say": None, "tn": (1, 2), "Label": (1,)}
    found = extract_from_dir(root / "desk" / "web", method_map=[("**.py", "python")], keywords=keywords)
    yield from _flat(found)


def of_tables() -> Iterator[str]:
    for value in (*vars(words).values(), *vars(told).values()):
        if isinstance(value, Said):
            yield from dict.values(value)
    yield from (place.text for place in (*menu.DAILY, *menu.OFFICE))
    yield from (form for unit in words._UNITS for form in unit[1:])


def _flat(found: object) -> Iterator[str]:
    for _, _, message, _, _ in found:  # type: ignore[attr-defined]
        yield from message if isinstance(message, tuple) else (message,)


@pytest.mark.parametrize("source", [of_templates, of_modules], ids=["templates", "modules"])
def test_every_word_of_the_pages_has_its_english(root: Path, source: object) -> None:
    known = tongue.english()
    assert sorted({m for m in source(root) if len(m) > 2 and m not in known}) == []  # type: ignore[operator]


def test_every_label_has_its_english() -> None:
    known = tongue.english()
    assert sorted({m for m in of_tables() if m not in known}) == []


def test_a_translation_fills_in_the_same_facts(root: Path) -> None:
    facts = re.compile(r"%\((\w+)\)|\{(\w+)")
    with (root / "desk" / "web" / "english.po").open("rb") as file:
        pairs = [(str(m.id), str(m.string)) for m in read_po(file) if m.id]
    wrong = [k for k, v in pairs if set(facts.findall(k)) != set(facts.findall(v))]
    assert wrong == []
