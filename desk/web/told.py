"""The history of a document told in plain Vietnamese: one sentence an audit line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from desk.web import told_lines, told_programs, told_tasks, words
from desk.web.tongue import Said, say, tr
from documents.decisions import Role
from documents.reading import ROUTING_FIELDS, FieldName
from documents.record import AuditLine
from office.nudge import is_nudge

Names = Mapping[str, str]
"""Person and unit ids to names."""

_Payload = Mapping[str, Any]

_MACHINES: Said[str] = Said(
    {
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
)

_WAYS: Said[str] = Said(
    {
        "smtp": "qua thư điện tử",
        "eml": "thành tệp .eml trong thư mục thông báo",
        "webhook": "qua cổng nhắn tin",
        "inbox": "chỉ trên bàn làm việc",
    }
)

_NOTICES: Said[str] = Said(
    {
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
)


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
    unknown = (say("ghi nhận {event}", event=line.event), ())
    text, details = teller(line.payload, names) if teller else unknown
    behalf = line.payload.get("behalf")
    is_person = line.actor in names
    kind = "trouble" if line.event in _TROUBLES else "person" if is_person else "machine"
    return Told(
        seq=line.seq,
        at=line.at,
        who=who(line.actor, names) + (say(" thay {name}", name=_name(behalf, names)) if behalf else ""),
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
    size = words.size(payload.get("size", 0))
    return say("nhận tệp {name} vào kho, {size}", name=arrival.get("name", ""), size=size), ()


def _duplicate(_: _Payload, __: Names) -> _Sentence:
    return tr("thấy tệp này giống hệt văn bản đã có, gắn vào văn bản đầu"), ()


def _unreadable(payload: _Payload, _: Names) -> _Sentence:
    return tr("nhận tệp nhưng không mở được"), (payload.get("message", ""),)


def _cleared(payload: _Payload, _: Names) -> _Sentence:
    moved_to = payload.get("moved_to")
    if moved_to is None:
        return tr("lấy tệp khỏi thư mục nhận (bản gốc đã ở trong kho)"), ()
    folder = next((f for f in ("trung", "loi") if f in str(moved_to).replace("\\", "/").split("/")), "riêng")
    return say("chuyển tệp từ thư mục nhận sang thư mục {folder}", folder=folder), ()


def _started(payload: _Payload, _: Names) -> _Sentence:
    attempt = payload.get("attempt", 1)
    return tr("bắt đầu đọc") if attempt == 1 else say("bắt đầu đọc lần {attempt}", attempt=attempt), ()


def _lapsed(payload: _Payload, _: Names) -> _Sentence:
    retry_at = payload.get("retry_at")
    said = tr("dừng giữa chừng, chưa có gì bị mất; sẽ đọc lại")
    return said + (say(" lúc {at}", at=_at(retry_at)) if retry_at else ""), ()


def _read(payload: _Payload, _: Names) -> _Sentence:
    fields = payload.get("reading", {}).get("fields", {})
    routing = [row for name, row in fields.items() if name in ROUTING_FIELDS]
    checked = sum(bool(row.get("checked")) for row in routing)
    pages = payload.get("page_count", 0)
    doubts = len(routing) - checked
    pattern = tr("đọc văn bản {pages} trang: {checked} ô đã kiểm, {doubts} ô cần người xem")
    return pattern.format(pages=pages, checked=checked, doubts=doubts), ()


def _asked(payload: _Payload, _: Names) -> _Sentence:
    reasons = tuple(payload.get("reasons", ()))
    return say("nhờ văn thư xem {count} điều", count=len(reasons)), reasons


def _quarantined(payload: _Payload, _: Names) -> _Sentence:
    return tr("để riêng vì không đọc được, tệp gốc còn nguyên"), (payload.get("message", ""),)


def _sealed(_: _Payload, __: Names) -> _Sentence:
    return tr("niêm riêng vì có dấu chỉ mức độ mật; ảnh, các ô và chữ để tìm đã xoá"), ()


def _retry(_: _Payload, __: Names) -> _Sentence:
    return tr("yêu cầu đọc lại"), ()


def _settled(payload: _Payload, _: Names) -> _Sentence:
    return tr("đã xem và giữ nguyên"), tuple(payload.get("doubts", ()))


def _full(payload: _Payload, _: Names) -> _Sentence:
    doubts = tuple((payload.get("reading") or {}).get("doubts", ()))
    said = say("đọc toàn văn {pages} trang để tra cứu", pages=payload.get("page_count") or "")
    return said.replace("  ", " "), doubts


def _confirmed(payload: _Payload, _: Names) -> _Sentence:
    values = payload.get("values", {})
    said = tuple(f"{_field(name)}: {_plain(value)}" for name, value in values.items())
    return say("xem và xác nhận {count} ô", count=len(said)), said


def _registered(payload: _Payload, _: Names) -> _Sentence:
    number, year = payload.get("number"), payload.get("year")
    day = words.day(payload.get("arrival_date"))
    text = say("vào sổ số đến {number}, ngày đến {day}", number=f"{number}/{year}", day=day)
    if held := payload.get("held"):
        text += say("; giữ chỗ số {numbers}", numbers=", ".join(str(n) for n in held))
    return text, _becauses(payload)


def _cancelled(payload: _Payload, _: Names) -> _Sentence:
    number = f"{payload.get('number')}/{payload.get('year')}"
    return say("huỷ số đến {number}: {reason}", number=number, reason=payload.get("reason", "")), ()


def _assigned(payload: _Payload, names: Names) -> _Sentence:
    lines = [_assignee(a, names) for a in payload.get("assignees", ())]
    return say("chuyển {lines}", lines="; ".join(lines) or tr("văn bản")), _becauses(payload)


def _directed(payload: _Payload, names: Names) -> _Sentence:
    leader = _name(payload.get("said_by"), names)
    return say("ghi ý kiến chỉ đạo của {name}: “{text}”", name=leader, text=payload.get("text", "")), ()


def _name_chosen(payload: _Payload, names: Names) -> _Sentence:
    chosen = _name(str(payload.get("chosen", "")).removeprefix("unit:"), names)
    return say("cho biết “{written}” là {name}", written=payload.get("written", ""), name=chosen), ()


def _sent(payload: _Payload, names: Names) -> _Sentence:
    kind = _NOTICES.get(payload.get("kind", ""), "")
    way = _WAYS.get(payload.get("way", ""), "")
    to = _name(payload.get("recipient"), names)
    return say("gửi thông báo {kind} cho {name} {way}", kind=kind, name=to, way=way).strip(), ()


def _failed(payload: _Payload, _: Names) -> _Sentence:
    retry_at = payload.get("retry_at")
    if retry_at:
        return say("chưa gửi được thông báo; thử lại lúc {at}", at=_at(retry_at)), ()
    return tr("chưa gửi được thông báo; đã thôi thử"), ()


def _reminder(payload: _Payload, names: Names) -> _Sentence:
    to, due = _name(payload.get("recipient"), names), words.day(payload.get("due"))
    if task := payload.get("task"):
        return say("nhắc {name} việc số {task}, hạn {day}", name=to, task=task, day=due), ()
    if is_nudge(str(payload.get("step", ""))):
        return say("nhắc ngay {name}, hạn {day}", name=to, day=due), ()
    return say("nhắc {name} hạn {day}", name=to, day=due), ()


def _withdrawn(payload: _Payload, names: Names) -> _Sentence:
    to = _name(payload.get("recipient"), names)
    return say("rút thông báo chưa gửi cho {name}, không còn đúng nữa", name=to), ()


def _alarm(payload: _Payload, names: Names) -> _Sentence:
    what = tr("trình, chuyển") if payload.get("step") == "unassigned" else tr("vào sổ")
    told = ", ".join(_name(one, names) for one in payload.get("recipients", ()))
    pattern = tr("báo động quá thời hạn {what} (hết ngày {day}) cho {names}")
    return pattern.format(what=what, day=words.day(payload.get("limit")), names=told), ()


def _opened(_: _Payload, __: Names) -> _Sentence:
    return tr("mở văn bản"), ()


def _original(payload: _Payload, _: Names) -> _Sentence:
    return tr("tải bản tìm được chữ") if payload.get("searchable") else tr("tải tệp gốc"), ()


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
    due = say(", hạn {day}", day=words.day(row["due"])) if row.get("due") else ""
    return f"{_name(row.get('person') or row.get('unit'), names)} {words.ROLE[Role(row['role'])]}{due}"


def _name(one: object, names: Names) -> str:
    return names.get(str(one), str(one))


def _field(name: str) -> str:
    return words.FIELD[FieldName(name)] if name in set(FieldName) else name


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(v) for v in value)
    return words.day(value) if isinstance(value, str) and value else tr("(để trống)")


def _at(iso: object) -> str:
    return words.moment(dt.datetime.fromisoformat(str(iso)))
