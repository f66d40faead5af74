"""The history told: deadlines moved by the calendar, and the tasks a document gives to this office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desk.web import words

_Payload = Mapping[str, Any]
_Sentence = tuple[str, tuple[str, ...]]


def _recounted(payload: _Payload, _: Mapping[str, str]) -> _Sentence:
    lines = payload.get("lines", ())
    moved = "; ".join(f"{words.day(line['before'])} thành {words.day(line['after'])}" for line in lines)
    details = tuple(step["text"] for line in lines for step in line.get("because", ()))
    return f"tính lại hạn theo lịch cơ quan: {moved}" if moved else "tính lại hạn theo lịch cơ quan", details


def _proposed(payload: _Payload, _: Mapping[str, str]) -> _Sentence:
    return f"đề xuất {len(payload.get('tasks', ()))} việc của cơ quan", ()


def _taken(payload: _Payload, names: Mapping[str, str]) -> _Sentence:
    holder = str(payload.get("holder"))
    when = f", hạn {words.day(payload['due'])}" if payload.get("due") else ", định kỳ"
    return f"giao việc số {payload.get('task')} cho {names.get(holder, holder)}{when}", ()


def _dropped(payload: _Payload, _: Mapping[str, str]) -> _Sentence:
    return f"bỏ việc số {payload.get('task')}: {payload.get('reason')}", ()


def _reported(payload: _Payload, _: Mapping[str, str]) -> _Sentence:
    day = f" kỳ {words.day(payload['occurrence'])}" if payload.get("occurrence") else ""
    return f"báo cáo việc số {payload.get('task')}{day}", ()


TELLERS: dict[str, Callable[[_Payload, Mapping[str, str]], _Sentence]] = {
    "DeadlinesRecounted": _recounted,
    "TasksProposed": _proposed,
    "TaskTaken": _taken,
    "TaskDropped": _dropped,
    "TaskReported": _reported,
}
"""Event to the function that says it, as `desk.web.told.TELLERS`."""
