"""What officers did with their lines, in plain Vietnamese; in whose place they acted `told` says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desk.web import words
from documents.decisions import Role

Names = Mapping[str, str]
_Payload = Mapping[str, Any]
_Sentence = tuple[str, tuple[str, ...]]


def _part(payload: _Payload) -> str:
    """Which part: only those that do not lead need saying."""
    role = payload.get("role", Role.LEAD)
    return "" if role == Role.LEAD else f" phần {words.ROLE[Role(role)]}"


def _accepted(payload: _Payload, _: Names) -> _Sentence:
    return f"nhận việc{_part(payload)}", ()


def _handed_on(payload: _Payload, names: Names) -> _Sentence:
    due = f", hạn {words.day(payload['due'])}" if payload.get("due") else ""
    to = _holder(payload, names)
    return f"giao{_part(payload)} cho {to}{due}: {payload.get('direction', '')}", ()


def _returned(payload: _Payload, names: Names) -> _Sentence:
    to = _holder(payload, names) if payload.get("to") else "văn thư"
    return f"trả lại{_part(payload)} cho {to}: {payload.get('reason', '')}", ()


def _reassigned(payload: _Payload, names: Names) -> _Sentence:
    whom = names.get(str(payload.get("person") or payload.get("unit")), "?")
    return f"giao lại{_part(payload)} cho {whom}: {payload.get('reason', '')}", ()


def _moved(payload: _Payload, names: Names) -> _Sentence:
    to = f"chuyển{_part(payload)} sang {_holder(payload, names)}"
    return (to if payload.get("to") else f"việc{_part(payload)} chưa có người giữ"), (
        payload.get("reason", ""),
    )


def _asked(payload: _Payload, _: Names) -> _Sentence:
    return f"xin gia hạn đến {words.day(payload.get('wanted'))}: {payload.get('reason', '')}", ()


def _granted(payload: _Payload, _: Names) -> _Sentence:
    beyond = ", vượt ngày mà văn bản cho phép" if payload.get("beyond_outer") else ""
    details = (payload["reason"],) if payload.get("reason") else ()
    return f"đặt hạn {words.day(payload.get('due'))}{_part(payload)}{beyond}", details


def _refused(payload: _Payload, _: Names) -> _Sentence:
    return f"không gia hạn: {payload.get('reason', '')}", ()


def _progress(payload: _Payload, _: Names) -> _Sentence:
    return f"báo tiến độ{_part(payload)}: {payload.get('note', '')}", ()


def _finished(payload: _Payload, _: Names) -> _Sentence:
    reply = f", văn bản trả lời số {payload['reply']}" if payload.get("reply") else ""
    return f"báo hoàn thành{_part(payload)}{reply}: {payload.get('result', '')}", ()


def _reopened(payload: _Payload, _: Names) -> _Sentence:
    return f"mở lại{_part(payload)}: {payload.get('reason', '')}", ()


def _read(_: _Payload, __: Names) -> _Sentence:
    return "đã xem, được gửi để biết", ()


def _holder(payload: _Payload, names: Names) -> str:
    """Who has it now: `B` or `B (thay A)`."""
    to = names.get(str(payload.get("to")), "?")
    instead = payload.get("stands_in_for")
    return f"{to} (thay {names.get(str(instead), '?')})" if instead else to


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
