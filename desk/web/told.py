"""The history of a document told in plain Vietnamese: one sentence an audit line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from desk.web import told_lines, told_programs, told_tasks, words
from documents.decisions import Role
from documents.reading import ROUTING_FIELDS, FieldName
from documents.record import AuditLine

Names = Mapping[str, str]
"""Person and unit ids to names."""

_Payload = Mapping[str, Any]

_MACHINES = {
    "desk": "Trang làm việc",
    "queue": "Hàng chờ",
    "intake": "Bộ nhận",
    "reader": "Bộ đọc",
    "processor": "Bộ đọc",
    "notifier": "Bộ gửi",
    "sweeper": "Bộ nhắc",
    "take": "Lệnh nhận tệp",
    "system": "Hệ thống",
}

_WAYS = {
    "smtp": "qua thư điện tử",
    "eml": "thành tệp .eml trong thư mục thông báo",
    "webhook": "qua cổng nhắn tin",
    "inbox": "chỉ trên bàn làm việc",
}

_NOTICES = {
    "assigned": "giao việc",
    "recounted": "đổi hạn theo lịch",
    "task": "việc trong văn bản",
    "handed_on": "giao tiếp",
    "returned": "trả lại",
    "extension_asked": "xin gia hạn",
    "extension_answered": "trả lời gia hạn",
    "finished": "hoàn thành",
    "moved": "chuyển người giữ việc",
    "unheld": "việc chưa có người giữ",
    "reminder": "nhắc hạn",
    "alarm": "quá thời hạn",
    "review": "chờ duyệt",
    "doubted": "xem lại văn bản đã chuyển",
    "quarantined": "tệp không đọc được",
    "sealed": "văn bản niêm riêng",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One step of the history.

    `kind` is `person`, `machine` or `trouble`; `details` are further sentences; `until` is the last moment
    when several alike steps were told as one, and `times` how many.
    """

    seq: int
    at: dt.datetime
    who: str
    text: str
    kind: str
    details: tuple[str, ...] = ()
    event: str = ""
    times: int = 1
    until: dt.datetime | None = None


def tell(history: Iterable[AuditLine], names: Names) -> tuple[Told, ...]:
    """Return the history as sentences, oldest first; openings by one person in a row become one."""
    told: list[Told] = []
    for line in history:
        step = tell_line(line, names)
        last = told[-1] if told else None
        if last and step.event == last.event == "DocumentOpened" and step.who == last.who:
            told[-1] = replace(last, times=last.times + 1, until=step.at)
        else:
            told.append(step)
    return tuple(told)


def tell_line(line: AuditLine, names: Names) -> Told:
    """Return one audit line as a sentence; an event without words of its own is named as it is."""
    teller = TELLERS.get(line.event)
    text, details = teller(line.payload, names) if teller else (f"ghi nhận {line.event}", ())
    behalf = line.payload.get("behalf")
    is_person = line.actor in names
    kind = "trouble" if line.event in _TROUBLES else "person" if is_person else "machine"
    return Told(
        seq=line.seq,
        at=line.at,
        who=who(line.actor, names) + (f" thay {_name(behalf, names)}" if behalf else ""),
        text=text,
        kind=kind,
        details=details,
        event=line.event,
    )


def who(actor: str, names: Names) -> str:
    """The name of whoever acted: a person's, or that of a part of the machinery (`reader:2` → Bộ đọc)."""
    return names.get(actor) or _MACHINES.get(actor.split(":")[0], actor)


_TROUBLES = {
    "UnreadableReceived",
    "ReadingLapsed",
    "DocumentQuarantined",
    "DocumentSealed",
    "EntryCancelled",
    "NoticeFailed",
    "AlarmRaised",
}

_Sentence = tuple[str, tuple[str, ...]]


def _received(payload: _Payload, _: Names) -> _Sentence:
    arrival = payload.get("arrival", {})
    return f"nhận tệp {arrival.get('name', '')} vào kho, {words.size(payload.get('size', 0))}", ()


def _duplicate(_: _Payload, __: Names) -> _Sentence:
    return "thấy tệp này giống hệt văn bản đã có, gắn vào văn bản đầu", ()


def _unreadable(payload: _Payload, _: Names) -> _Sentence:
    return "nhận tệp nhưng không mở được", (payload.get("message", ""),)


def _cleared(payload: _Payload, _: Names) -> _Sentence:
    moved_to = payload.get("moved_to")
    if moved_to is None:
        return "lấy tệp khỏi thư mục nhận (bản gốc đã ở trong kho)", ()
    folder = next((f for f in ("trung", "loi") if f in str(moved_to).replace("\\", "/").split("/")), "riêng")
    return f"chuyển tệp từ thư mục nhận sang thư mục {folder}", ()


def _started(payload: _Payload, _: Names) -> _Sentence:
    attempt = payload.get("attempt", 1)
    return "bắt đầu đọc" if attempt == 1 else f"bắt đầu đọc lần {attempt}", ()


def _lapsed(payload: _Payload, _: Names) -> _Sentence:
    retry_at = payload.get("retry_at")
    return "dừng giữa chừng, chưa có gì bị mất; sẽ đọc lại" + (
        f" lúc {_at(retry_at)}" if retry_at else ""
    ), ()


def _read(payload: _Payload, _: Names) -> _Sentence:
    fields = payload.get("reading", {}).get("fields", {})
    routing = [row for name, row in fields.items() if name in ROUTING_FIELDS]
    checked = sum(bool(row.get("checked")) for row in routing)
    pages = payload.get("page_count", 0)
    doubts = len(routing) - checked
    return f"đọc văn bản {pages} trang: {checked} ô đã kiểm, {doubts} ô cần người xem", ()


def _asked(payload: _Payload, _: Names) -> _Sentence:
    reasons = tuple(payload.get("reasons", ()))
    return f"nhờ văn thư xem {len(reasons)} điều", reasons


def _quarantined(payload: _Payload, _: Names) -> _Sentence:
    return "để riêng vì không đọc được, tệp gốc còn nguyên", (payload.get("message", ""),)


def _sealed(_: _Payload, __: Names) -> _Sentence:
    return "niêm riêng vì có dấu chỉ mức độ mật; ảnh, các ô và chữ để tìm đã xoá", ()


def _retry(_: _Payload, __: Names) -> _Sentence:
    return "yêu cầu đọc lại", ()


def _settled(payload: _Payload, _: Names) -> _Sentence:
    return "đã xem và giữ nguyên", tuple(payload.get("doubts", ()))


def _full(payload: _Payload, _: Names) -> _Sentence:
    doubts = tuple((payload.get("reading") or {}).get("doubts", ()))
    return f"đọc toàn văn {payload.get('page_count') or ''} trang để tra cứu".replace("  ", " "), doubts


def _confirmed(payload: _Payload, _: Names) -> _Sentence:
    values = payload.get("values", {})
    said = tuple(f"{_field(name)}: {_plain(value)}" for name, value in values.items())
    return f"xem và xác nhận {len(said)} ô", said


def _registered(payload: _Payload, _: Names) -> _Sentence:
    number, year = payload.get("number"), payload.get("year")
    text = f"vào sổ số đến {number}/{year}, ngày đến {words.day(payload.get('arrival_date'))}"
    if held := payload.get("held"):
        text += f"; giữ chỗ số {', '.join(str(n) for n in held)}"
    return text, _becauses(payload)


def _cancelled(payload: _Payload, _: Names) -> _Sentence:
    return f"huỷ số đến {payload.get('number')}/{payload.get('year')}: {payload.get('reason', '')}", ()


def _assigned(payload: _Payload, names: Names) -> _Sentence:
    lines = [_assignee(a, names) for a in payload.get("assignees", ())]
    return "chuyển " + ("; ".join(lines) or "văn bản"), _becauses(payload)


def _directed(payload: _Payload, names: Names) -> _Sentence:
    return f"ghi ý kiến chỉ đạo của {_name(payload.get('said_by'), names)}: “{payload.get('text', '')}”", ()


def _name_chosen(payload: _Payload, names: Names) -> _Sentence:
    chosen = _name(str(payload.get("chosen", "")).removeprefix("unit:"), names)
    return f"cho biết “{payload.get('written', '')}” là {chosen}", ()


def _sent(payload: _Payload, names: Names) -> _Sentence:
    kind = _NOTICES.get(payload.get("kind", ""), "")
    way = _WAYS.get(payload.get("way", ""), "")
    return f"gửi thông báo {kind} cho {_name(payload.get('recipient'), names)} {way}".strip(), ()


def _failed(payload: _Payload, _: Names) -> _Sentence:
    retry_at = payload.get("retry_at")
    return "chưa gửi được thông báo; " + (f"thử lại lúc {_at(retry_at)}" if retry_at else "đã thôi thử"), ()


def _reminder(payload: _Payload, names: Names) -> _Sentence:
    task = f" việc số {payload['task']}," if payload.get("task") else ""
    return f"nhắc {_name(payload.get('recipient'), names)}{task} hạn {words.day(payload.get('due'))}", ()


def _withdrawn(payload: _Payload, names: Names) -> _Sentence:
    return f"rút thông báo chưa gửi cho {_name(payload.get('recipient'), names)}, không còn đúng nữa", ()


def _alarm(payload: _Payload, names: Names) -> _Sentence:
    what = "trình, chuyển" if payload.get("step") == "unassigned" else "vào sổ"
    told = ", ".join(_name(one, names) for one in payload.get("recipients", ()))
    return f"báo động quá thời hạn {what} (hết ngày {words.day(payload.get('limit'))}) cho {told}", ()


def _opened(_: _Payload, __: Names) -> _Sentence:
    return "mở văn bản", ()


def _original(payload: _Payload, _: Names) -> _Sentence:
    return "tải bản tìm được chữ" if payload.get("searchable") else "tải tệp gốc", ()


TELLERS: dict[str, Callable[[_Payload, Names], _Sentence]] = {
    "DocumentReceived": _received,
    "DuplicateReceived": _duplicate,
    "UnreadableReceived": _unreadable,
    "ArrivalCleared": _cleared,
    "ReadingStarted": _started,
    "ReadingLapsed": _lapsed,
    "DocumentRead": _read,
    "ReviewAsked": _asked,
    "DocumentQuarantined": _quarantined,
    "DocumentSealed": _sealed,
    "RetryAsked": _retry,
    "DoubtsSettled": _settled,
    "FullTextRead": _full,
    "FieldsConfirmed": _confirmed,
    "DocumentRegistered": _registered,
    "EntryCancelled": _cancelled,
    "DocumentAssigned": _assigned,
    "DirectionGiven": _directed,
    "NameChosen": _name_chosen,
    "NoticeSent": _sent,
    "NoticeFailed": _failed,
    "ReminderDue": _reminder,
    "NoticeWithdrawn": _withdrawn,
    "AlarmRaised": _alarm,
    "DocumentOpened": _opened,
    "OriginalTaken": _original,
    **told_tasks.TELLERS,
    **told_programs.TELLERS,
    **told_lines.TELLERS,
}
"""Event to the function that says it; a test holds it against the events that exist."""


def _becauses(payload: _Payload) -> tuple[str, ...]:
    return tuple(b["text"] for b in payload.get("because", ()) if b.get("text"))


def _assignee(row: _Payload, names: Names) -> str:
    due = f", hạn {words.day(row['due'])}" if row.get("due") else ""
    return f"{_name(row.get('person') or row.get('unit'), names)} {words.ROLE[Role(row['role'])]}{due}"


def _name(one: object, names: Names) -> str:
    return names.get(str(one), str(one))


def _field(name: str) -> str:
    return words.FIELD[FieldName(name)] if name in set(FieldName) else name


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(v) for v in value)
    return words.day(value) if isinstance(value, str) and value else "(để trống)"


def _at(iso: object) -> str:
    return words.moment(dt.datetime.fromisoformat(str(iso)))
