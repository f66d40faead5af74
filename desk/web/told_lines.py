"""What officers did with their lines, in plain Vietnamese; in whose place they acted `told` says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desk.web import words
from desk.web.tongue import say, tr
from documents.decisions import Role

Names = Mapping[str, str]
_Payload = Mapping[str, Any]
_Sentence = tuple[str, tuple[str, ...]]


def _part(payload: _Payload) -> str:
    """Which part: only those that do not lead need saying."""
    role = payload.get("role", Role.LEAD)
    return "" if role == Role.LEAD else say(" phần {role}", role=words.ROLE[Role(role)])


def _accepted(payload: _Payload, _: Names) -> _Sentence:
    return say("nhận việc{part}", part=_part(payload)), ()


def _handed_on(payload: _Payload, names: Names) -> _Sentence:
    due = say(", hạn {day}", day=words.day(payload["due"])) if payload.get("due") else ""
    pattern = tr("giao{part} cho {name}{due}: {text}")
    to, text = _holder(payload, names), payload.get("direction", "")
    return pattern.format(part=_part(payload), name=to, due=due, text=text), ()


def _returned(payload: _Payload, names: Names) -> _Sentence:
    to = _holder(payload, names) if payload.get("to") else tr("văn thư")
    return say("trả lại{part} cho {name}: {text}", part=_part(payload), name=to, text=_reason(payload)), ()


def _reassigned(payload: _Payload, names: Names) -> _Sentence:
    whom = names.get(str(payload.get("person") or payload.get("unit")), "?")
    text = _reason(payload)
    return say("giao lại{part} cho {name}: {text}", part=_part(payload), name=whom, text=text), ()


def _moved(payload: _Payload, names: Names) -> _Sentence:
    part, why = _part(payload), (payload.get("reason", ""),)
    if payload.get("to"):
        return say("chuyển{part} sang {name}", part=part, name=_holder(payload, names)), why
    return say("việc{part} chưa có người giữ", part=part), why


def _asked(payload: _Payload, _: Names) -> _Sentence:
    day = words.day(payload.get("wanted"))
    return say("xin gia hạn đến {day}: {text}", day=day, text=_reason(payload)), ()


def _granted(payload: _Payload, _: Names) -> _Sentence:
    beyond = tr(", vượt ngày mà văn bản cho phép") if payload.get("beyond_outer") else ""
    details = (payload["reason"],) if payload.get("reason") else ()
    day = words.day(payload.get("due"))
    return say("đặt hạn {day}{part}{beyond}", day=day, part=_part(payload), beyond=beyond), details


def _refused(payload: _Payload, _: Names) -> _Sentence:
    return say("không gia hạn: {text}", text=_reason(payload)), ()


def _progress(payload: _Payload, _: Names) -> _Sentence:
    return say("báo tiến độ{part}: {text}", part=_part(payload), text=payload.get("note", "")), ()


def _finished(payload: _Payload, _: Names) -> _Sentence:
    reply = say(", văn bản trả lời số {number}", number=payload["reply"]) if payload.get("reply") else ""
    pattern = tr("báo hoàn thành{part}{reply}: {text}")
    return pattern.format(part=_part(payload), reply=reply, text=payload.get("result", "")), ()


def _reopened(payload: _Payload, _: Names) -> _Sentence:
    return say("mở lại{part}: {text}", part=_part(payload), text=_reason(payload)), ()


def _read(_: _Payload, __: Names) -> _Sentence:
    return tr("đã xem, được gửi để biết"), ()


def _reason(payload: _Payload) -> str:
    return str(payload.get("reason", ""))


def _holder(payload: _Payload, names: Names) -> str:
    """Who has it now: `B` or `B (thay A)`."""
    to = names.get(str(payload.get("to")), "?")
    instead = payload.get("stands_in_for")
    return say("{name} (thay {other})", name=to, other=names.get(str(instead), "?")) if instead else to


TELLERS: dict[str, Callable[[_Payload, Names], _Sentence]] = {
    "LineAccepted": _accepted,
    "LineHandedOn": _handed_on,
    "LineReturned": _returned,
    "LineReassigned": _reassigned,
    "LineMoved": _moved,
    "ExtensionAsked": _asked,
    "ExtensionGranted": _granted,
    "ExtensionRefused": _refused,
    "ProgressReported": _progress,
    "LineFinished": _finished,
    "LineReopened": _reopened,
    "LineRead": _read,
}
"""Event to the function that says it."""
