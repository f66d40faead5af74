"""What the pages say, in the language of who reads them: Vietnamese is the source text, English a catalogue.

The language belongs to one answer: `render` sets it before it draws, and everything drawn asks here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

from babel.messages.pofile import read_po

from desk.recorded import in_english
from office.phrase import Phrase

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
COOKIE = "ngon-ngu"

_language: ContextVar[str] = ContextVar("language", default="vi")
_CATALOGUES = (("desk.cli", "english.po"), ("desk.web", "english.po"))
"""Errors, phrases and labels are said at the command line too; what only pages say is in the second."""

K = TypeVar("K")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything said inside is in that language; an unknown one is Vietnamese."""
    before = _language.set(language if language in LANGUAGES else "vi")
    try:
        yield
    finally:
        _language.reset(before)


def language() -> str:
    """The language of this answer: `vi` or `en`."""
    return _language.get()


def tr(text: str) -> str:
    """`text` in the language of this answer; one that has no translation stays as it is."""
    if _language.get() == "vi":
        return text
    if isinstance(text, Phrase):
        return tr(text.pattern).format(**{name: _fact(fact) for name, fact in text.facts.items()})
    return english().get(text, text)


def say(pattern: str, **facts: object) -> str:
    """`pattern` in the language of this answer, filled with facts."""
    return tr(pattern).format(**facts)


def tn(one: str, many: str, count: int) -> str:
    """`one` or `many` by `count`, in the language of this answer; Vietnamese has one form for both."""
    return tr(one if count == 1 and _language.get() == "en" else many)


def recorded_text(text: str) -> str:
    """A sentence on record, in the language of this answer where its English is known."""
    if _language.get() == "vi":
        return text
    return in_english(text) or text


def _fact(fact: Any) -> Any:
    return tr(fact) if isinstance(fact, str) else fact


@cache
def english() -> Mapping[str, str]:
    """Source text to English, of both catalogues."""
    found: dict[str, str] = {}
    for room, name in _CATALOGUES:
        with (files(room) / name).open("rb") as file:
            found |= {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}
    return found


class Said(dict[K, str], Generic[K]):
    """Words by key, each said in the language of this answer when it is asked for."""

    def __getitem__(self, key: K) -> str:
        return tr(super().__getitem__(key))

    def get(self, key: K, default: str = "") -> str:  # type: ignore[override]
        """The words of `key`, or `default`."""
        return self[key] if key in self else default  # noqa: SIM401 - `dict.get` would not translate

    def items(self) -> Any:
        """Every key with its words."""
        return ((key, self[key]) for key in self)

    def values(self) -> Any:
        """Every word."""
        return (self[key] for key in self)


class Titled(Said[K]):
    """The same, with a capital first letter: labels are kept as they stand inside a sentence."""

    def __getitem__(self, key: K) -> str:
        word = super().__getitem__(key)
        return word[:1].upper() + word[1:]
