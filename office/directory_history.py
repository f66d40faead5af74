"""What the audit tells of a person or a unit: each change as words that can be said in another language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from documents.absence import DelegationSaved
from documents.direction import AliasAdopted
from documents.events import PersonSaved, UnitSaved
from documents.people import Duty
from documents.record import AuditLine
from documents.wording import DUTY_LABELS
from office.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing that happened to a person or a unit: when, by whom (an id), and what."""

    at: dt.datetime
    actor: str
    what: Phrase


def told_of_person(lines: Iterable[AuditLine], who: str, names: Mapping[str, str]) -> Iterator[Happened]:
    """What happened to the person `who`, oldest first; `lines` are those that name them."""
    before: Mapping[str, Any] | None = None
    for line in lines:
        said = line.payload
        if line.event == PersonSaved.__name__ and said["person"]["id"] == who:
            for what in _changes(before, said, names):
                yield Happened(at=line.at, actor=line.actor, what=what)
            before = said["person"]
        elif line.event == AliasAdopted.__name__ and said["chosen"] == who:
            yield Happened(at=line.at, actor=line.actor, what=_adopted(said))
            before = _with_alias(before, said["written"])
        elif line.event == DelegationSaved.__name__:
            one = said["delegation"]
            facts = {"since": _day(one["since"]), "until": _day(one["until"]), "paper": one["instrument"]}
            if one["giver"] == who:
                what = Phrase(
                    "Uỷ quyền cho {name}, {since}–{until}, theo {paper}",
                    name=_name(names, one["taker"]),
                    **facts,
                )
            elif one["taker"] == who:
                what = Phrase(
                    "Được {name} uỷ quyền, {since}–{until}, theo {paper}",
                    name=_name(names, one["giver"]),
                    **facts,
                )
            else:
                continue
            yield Happened(at=line.at, actor=line.actor, what=what)


def told_of_unit(lines: Iterable[AuditLine], who: str, names: Mapping[str, str]) -> Iterator[Happened]:
    """What happened to the unit `who`, oldest first; `lines` are those that name it."""
    before: Mapping[str, Any] | None = None
    for line in lines:
        said = line.payload
        if line.event == UnitSaved.__name__ and said["unit"]["id"] == who:
            after = said["unit"]
            if before is None:
                yield Happened(at=line.at, actor=line.actor, what=Phrase("Thêm vào danh bạ"))
            else:
                for what in _differences(_UNIT_PARTS, before, after, names):
                    yield Happened(at=line.at, actor=line.actor, what=what)
            before = after
        elif line.event == AliasAdopted.__name__ and said["chosen"] == f"unit:{who}":
            yield Happened(at=line.at, actor=line.actor, what=_adopted(said))
            before = _with_alias(before, said["written"])


def _changes(
    before: Mapping[str, Any] | None, said: Mapping[str, Any], names: Mapping[str, str]
) -> Iterator[Phrase]:
    if before is None:
        yield Phrase("Thêm vào danh bạ")
        return
    after = said["person"]
    yield from _differences(_PERSON_PARTS, before, after, names)
    if before["until"] != after["until"]:
        yield (
            Phrase("Ngày làm việc cuối: {day}", day=_day(after["until"]))
            if after["until"]
            else Phrase("Làm việc trở lại")
        )
    if said.get("login"):
        yield Phrase("Đặt mật khẩu mới, mọi phiên đang mở kết thúc")


_PERSON_PARTS = {
    "name": "Họ tên: {before} → {after}",
    "duty": "Vai trò: {before} → {after}",
    "unit": "Đơn vị: {before} → {after}",
    "title": "Chức vụ: {before} → {after}",
    "email": "Thư: {before} → {after}",
    "aliases": "Bí danh: {before} → {after}",
}
_UNIT_PARTS = {
    "name": "Tên: {before} → {after}",
    "head": "Người đứng đầu: {before} → {after}",
    "aliases": "Tên gọi khác: {before} → {after}",
}
HISTORY_PATTERNS = (*_PERSON_PARTS.values(), *_UNIT_PARTS.values())
"""What a change of one part is told as; a test holds each to its English."""


def _differences(
    parts: Mapping[str, str], before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]
) -> Iterator[Phrase]:
    for part, pattern in parts.items():
        if before[part] != after[part]:
            old, new = (_worded(part, one[part], names) for one in (before, after))
            yield Phrase(pattern, before=old, after=new)


def _worded(part: str, value: Any, names: Mapping[str, str]) -> str:
    if not value:
        return "—"
    if part == "duty":
        return DUTY_LABELS[Duty(value)]
    if part in ("unit", "head"):
        return _name(names, value)
    return ", ".join(value) if isinstance(value, list) else str(value)


def _adopted(said: Mapping[str, Any]) -> Phrase:
    return Phrase(
        "Bí danh “{written}” đặt theo thói quen ({times}/{among} lần)",
        written=said["written"],
        times=said["times"],
        among=said["among"],
    )


def _with_alias(before: Mapping[str, Any] | None, written: str) -> Mapping[str, Any] | None:
    if before is None or written in before["aliases"]:
        return before
    return {**before, "aliases": [*before["aliases"], written]}


def _name(names: Mapping[str, str], who: str) -> str:
    return names.get(who, who)


def _day(text: str | None) -> str:
    return f"{dt.date.fromisoformat(text):%d/%m/%Y}" if text else "—"
