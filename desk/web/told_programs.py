"""The history told: what programs asked, and their keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desk.web import words
from desk.web.tongue import tr

_Payload = Mapping[str, Any]
_Sentence = tuple[str, tuple[str, ...]]

_ASKED = {"open": "mở văn bản", "file": "lấy tệp gốc"}


def _made(payload: _Payload, names: Mapping[str, str]) -> _Sentence:
    person = str(payload.get("person"))
    said = tr("cấp khoá cho chương trình “{name}” đứng tên {person}, dùng đến {until}")
    until = words.day(payload.get("until"))
    return said.format(name=payload.get("name"), person=names.get(person, person), until=until), ()


def _revoked(payload: _Payload, _: Mapping[str, str]) -> _Sentence:
    return tr("thu hồi khoá {key} của chương trình").format(key=payload.get("key")), ()


def _asked(payload: _Payload, _: Mapping[str, str]) -> _Sentence:
    what = str(payload.get("what"))
    done = next((word for step, word in words.STEP.items() if step.value == what), what).lower()
    said = tr("dùng chương trình có khoá {key}: {what}")
    return said.format(key=payload.get("key"), what=tr(_ASKED[what]) if what in _ASKED else done), ()


TELLERS: dict[str, Callable[[_Payload, Mapping[str, str]], _Sentence]] = {"ProgramAsked": _asked}
"""Event of a document to the function that says it, as `told.TELLERS`."""
OFFICE_TELLERS: dict[str, Callable[[_Payload, Mapping[str, str]], _Sentence]] = {
    "ProgramKeyMade": _made,
    "ProgramKeyRevoked": _revoked,
}
"""Event of the office to the function that says it, as `told_office.TELLERS`."""
