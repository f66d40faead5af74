"""Values that a clerk struck out and corrected by pen: what every reader reads there no longer holds.

Who looks at the ink (`ocr.struck`) names what is struck out. Such a value stays shown, since a person finds
it by that on the paper, and is never checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from documents.looks import Alphabet, SecondLook, SecondReader, SecondReading
from documents.page import Box
from documents.reading import FieldName, FieldReading

_REASON = "{} trông như bị gạch bỏ hoặc sửa tay, cần đối chiếu với bản giấy."


def strokes_look(field: FieldName, page: int, place: Box) -> SecondLook:
    """Return the look that asks whether what stands at `place` is struck out."""
    return SecondLook(field, page, place, Alphabet.STROKES)


def list_struck(
    answers: Iterable[SecondReading], field: FieldName, place: Box | None = None
) -> tuple[str, ...]:
    """Return what the look at the ink names as struck out, each once; of `place` alone when it is given."""
    own = (
        answer for answer in answers
        if answer.reader == SecondReader.STRIKE and answer.look.field is field and answer.text
        and place in (None, answer.look.box)
    )  # fmt: skip
    return tuple(dict.fromkeys(name for answer in own for name in (answer.text or "").splitlines()))


def unless_struck(reading: FieldReading, what: str, *, struck: bool) -> FieldReading:
    """Return `reading` as it is, or with its value to be seen: `what` is struck out, in Vietnamese."""
    if not struck:
        return reading
    return replace(reading, checked=False, reason=_REASON.format(what))
