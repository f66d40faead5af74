"""The history told: deadlines moved by the calendar, and the tasks a document gives to this office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desk.web import words
from desk.web.tongue import say, tr

_Payload = Mapping[str, Any]
_Sentence = tuple[str, tuple[str, ...]]


def _recounted(payload: _Payload, _: Mapping[str, str]) -> _Sentence:
    lines = payload.get("lines", ())
    moved = "; ".join(
        say("{before} thành {after}", before=words.day(line["before"]), after=words.day(line["after"]))
        for line in lines
    )
    details = tuple(step["text"] for line in lines for step in line.get("because", ()))
    if moved:
        return say("tính lại hạn theo lịch cơ quan: {moved}", moved=moved), details
    return tr("tính lại hạn theo lịch cơ quan"), details


def _proposed(payload: _Payload, _: Mapping[str, str]) -> _Sentence:
    return say("đề xuất {count} việc của cơ quan", count=len(payload.get("tasks", ()))), ()


def _taken(payload: _Payload, names: Mapping[str, str]) -> _Sentence:
    holder = str(payload.get("holder"))
    due = payload.get("due")
    when = say(", hạn {day}", day=words.day(due)) if due else tr(", định kỳ")
    pattern = tr("giao việc số {task} cho {name}{when}")
    return pattern.format(task=payload.get("task"), name=names.get(holder, holder), when=when), ()


def _added(payload: _Payload, names: Mapping[str, str]) -> _Sentence:
    holder = str(payload.get("holder"))
    due = payload.get("due")
    when = say(", hạn {day}", day=words.day(due)) if due else tr(", định kỳ")
    return say("thêm một việc, giao cho {name}{when}", name=names.get(holder, holder), when=when), ()


def _dropped(payload: _Payload, _: Mapping[str, str]) -> _Sentence:
    return say("bỏ việc số {task}: {text}", task=payload.get("task"), text=payload.get("reason")), ()


def _reported(payload: _Payload, _: Mapping[str, str]) -> _Sentence:
    occurrence = payload.get("occurrence")
    day = say(" kỳ {day}", day=words.day(occurrence)) if occurrence else ""
    return say("báo cáo việc số {task}{day}", task=payload.get("task"), day=day), ()


TELLERS: dict[str, Callable[[_Payload, Mapping[str, str]], _Sentence]] = {
    "DeadlinesRecounted": _recounted,
    "TasksProposed": _proposed,
    "TaskAdded": _added,
    "TaskTaken": _taken,
    "TaskDropped": _dropped,
    "TaskReported": _reported,
}
"""Event to the function that says it, as `desk.web.told.TELLERS`."""
