"""Vietnamese words for what rules speak of: days, people, quoted texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from documents.people import Directory, PersonId, UnitId
from documents.reading import FieldValue

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

UNIT_MARK = "unit:"
"""Where an id may be a person's or a unit's, a unit's carries this before it."""


def name_day(day: dt.date) -> str:
    """`thứ Bảy 04/02/2012`."""
    return f"{_WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


def list_texts(value: FieldValue) -> tuple[str, ...]:
    """The printed words of a field's value: of a duty its text, of a deadline its phrase; no empty ones."""
    if value is None:
        return ()
    items = [value] if isinstance(value, str) else value
    texts = (
        item if isinstance(item, str) else item.get("text") or item.get("phrase") or "" for item in items
    )
    return tuple(text for text in texts if text.strip())


def quote(text: str, longest: int = 90) -> str:
    """`“text”`, shortened at the end when it is long."""
    return f"“{text if len(text) <= longest else text[: longest - 1].rstrip() + '…'}”"


def join_or(names: Iterable[str]) -> str:
    """`A`, `A hoặc B`, `A, B hoặc C`."""
    *first, last = names
    return f"{', '.join(first)} hoặc {last}" if first else last


def name_reference(reference: str, directory: Directory) -> str:
    """The name behind a person's id or `unit:` and a unit's id; the id itself when it is unknown."""
    if reference.startswith(UNIT_MARK):
        unit = directory.unit(UnitId(reference.removeprefix(UNIT_MARK)))
        return unit.name if unit else reference.removeprefix(UNIT_MARK)
    person = directory.person(PersonId(reference))
    return person.name if person else reference


def introduce(reference: str, directory: Directory) -> str:
    """A name with what tells it from another: `Nguyễn Thị Linh (chuyên viên, Văn phòng)`."""
    person = directory.person(PersonId(reference))
    if person is None:
        return name_reference(reference, directory)
    unit = directory.unit(person.unit) if person.unit else None
    traits = [trait for trait in (person.title, unit.name if unit else None) if trait]
    return f"{person.name} ({', '.join(traits)})" if traits else person.name


def join_and(names: Iterable[str]) -> str:
    """`A`, `A và B`, `A, B và C`; nothing for none."""
    every = list(names)
    return f"{', '.join(every[:-1])} và {every[-1]}" if len(every) > 1 else "".join(every)
