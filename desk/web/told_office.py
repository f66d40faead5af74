"""What happened to the office itself, in plain Vietnamese; what happened to documents `told` says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desk.web import told_programs, words
from documents.people import Duty

Names = Mapping[str, str]
_Payload = Mapping[str, Any]
_Sentence = tuple[str, tuple[str, ...]]

_DAYS = {"off": "ngày nghỉ", "work": "ngày làm việc", "half": "ngày làm nửa buổi"}


def _day(facts: _Payload, key: str) -> str:
    return words.day(facts.get(key))


def _name(one: object, names: Names) -> str:
    return names.get(str(one), str(one))


_ELSEWHERE = ("qua nơi đăng nhập chung",)


def _signed_in(facts: _Payload, _: Names) -> _Sentence:
    return "đăng nhập", _ELSEWHERE if facts.get("way") == "openid" else ()


def _refused(facts: _Payload, names: Names) -> _Sentence:
    said = f"từ chối một lần đăng nhập bằng tên của {_name(facts['person'], names)}"
    return said, _ELSEWHERE if facts.get("way") == "openid" else ()


def _book(facts: _Payload, _: Names) -> _Sentence:
    return f"mở sổ đến năm {facts['year']}, từ số {facts['next_number']}", ()


def _office(facts: _Payload, _: Names) -> _Sentence:
    return f"đặt tên cơ quan: {facts['name']}", tuple(facts.get("aliases", ()))


def _unit(facts: _Payload, names: Names) -> _Sentence:
    head = facts["unit"].get("head")
    return f"ghi đơn vị {facts['unit']['name']}" + (f", phụ trách: {_name(head, names)}" if head else ""), ()


def _person(facts: _Payload, names: Names) -> _Sentence:
    one = facts["person"]
    unit = f", {_name(one['unit'], names)}" if one.get("unit") else ""
    until = f", đến hết ngày {words.day(one['until'])}" if one.get("until") else ""
    return f"ghi người {one['name']}: {words.DUTY[Duty(one['duty'])].lower()}{unit}{until}", ()


def _preferences(facts: _Payload, names: Names) -> _Sentence:
    return f"đổi cách nhận thông báo của {_name(facts['person'], names)}", ()


def _feed_opened(facts: _Payload, names: Names) -> _Sentence:
    return f"mở lịch riêng của {_name(facts['person'], names)}; địa chỉ cũ đóng lại", ()


def _feed_closed(facts: _Payload, names: Names) -> _Sentence:
    return f"đóng lịch riêng của {_name(facts['person'], names)}", ()


def _calendar_set(facts: _Payload, _: Names) -> _Sentence:
    kind = _DAYS.get(facts["kind"], facts["kind"])
    return f"ghi {_day(facts, 'day')} là {kind}: {facts['reason']}", (facts["source"],)


def _calendar_removed(facts: _Payload, _: Names) -> _Sentence:
    return f"bỏ ngày {_day(facts, 'day')} khỏi lịch của cơ quan: {facts['reason']}", ()


def _recounted(facts: _Payload, _: Names) -> _Sentence:
    return f"tính lại mọi hạn theo lịch bản {facts['calendar_version']}: {facts['moved']} hạn đổi", ()


def _adopted(_: _Payload, __: Names) -> _Sentence:
    return "đưa bảng quy tắc vào dùng", ()


def _drafted(facts: _Payload, _: Names) -> _Sentence:
    return f"lập bản nháp {facts['draft']} của bảng quy tắc", ()


def _approved(facts: _Payload, _: Names) -> _Sentence:
    seen = f"đã chạy thử trên {facts['documents']} văn bản, {facts['moved']} đi nơi khác"
    return f"duyệt bản nháp {facts['draft']}, dùng từ {_day(facts, 'effective_from')}", (seen,)


def _dropped(facts: _Payload, _: Names) -> _Sentence:
    return f"bỏ bản nháp {facts['draft']} của bảng quy tắc: {facts['reason']}", ()


def _setting(facts: _Payload, _: Names) -> _Sentence:
    return f"đổi thiết đặt {facts['name']}: {facts['value']}", ()


def _swept(facts: _Payload, _: Names) -> _Sentence:
    return f"xong {words.process('sweep:' + facts['name']).lower()}: thấy {facts['found']}", ()


def _delegated(facts: _Payload, names: Names) -> _Sentence:
    one = facts["delegation"]
    days = f"từ {words.day(one['since'])} đến {words.day(one['until'])}"
    return f"ghi {_name(one['taker'], names)} thay {_name(one['giver'], names)} {days}", (one["instrument"],)


def _undelegated(facts: _Payload, _: Names) -> _Sentence:
    return f"cho uỷ quyền số {facts['delegation']} thôi hiệu lực sau ngày {_day(facts, 'until')}", ()


def _alias(facts: _Payload, names: Names) -> _Sentence:
    chosen = _name(str(facts["chosen"]).removeprefix("unit:"), names)
    return f"chấp nhận “{facts['written']}” luôn là {chosen} ({facts['times']}/{facts['among']} lần)", ()


def _verified(facts: _Payload, _: Names) -> _Sentence:
    kept = (f"đối chiếu với dấu đã giữ {facts['kept']}",) if facts.get("kept") else ()
    if facts["whole"]:
        return f"kiểm nhật ký: {words.amount(facts['count'])} dòng liền mạch", kept
    return f"kiểm nhật ký: sai từ dòng {facts['first_wrong']}", kept


def _exported(facts: _Payload, _: Names) -> _Sentence:
    form, lines = str(facts["form"]).upper(), words.amount(facts["lines"])
    return f"xuất sổ năm {facts['year']} thành {form}, {lines} dòng", ()


def _uploaded(facts: _Payload, _: Names) -> _Sentence:
    return f"tải lên {facts['name']}, {words.size(facts['size'])}", ()


def _agency(facts: _Payload, _: Names) -> _Sentence:
    one = facts["agency"]
    since, until = one.get("since"), one.get("until")
    days = f"từ ngày {words.day(since)}" if since else "", f"đến hết ngày {words.day(until)}" if until else ""
    parent = f"trực thuộc {one['parent']}" if one.get("parent") else ""
    short = f" ({one['abbreviation']})" if one.get("abbreviation") else ""
    return f"ghi cơ quan ban hành {one['name']}{short}", tuple(filter(None, (parent, *days)))


TELLERS: dict[str, Callable[[_Payload, Names], _Sentence]] = {
    "SignedIn": _signed_in,
    "SignInRefused": _refused,
    "BookOpened": _book,
    "OfficeNamed": _office,
    "UnitSaved": _unit,
    "PersonSaved": _person,
    "PreferencesSet": _preferences,
    "FeedOpened": _feed_opened,
    "FeedClosed": _feed_closed,
    "CalendarDaySet": _calendar_set,
    "CalendarDayRemoved": _calendar_removed,
    "RecountFinished": _recounted,
    "RulesAdopted": _adopted,
    "RulesDrafted": _drafted,
    "RulesApproved": _approved,
    "RulesDraftDropped": _dropped,
    "SettingChanged": _setting,
    "SweepFinished": _swept,
    "DelegationSaved": _delegated,
    "DelegationEnded": _undelegated,
    "AliasAdopted": _alias,
    "LogVerified": _verified,
    "BookExported": _exported,
    "FileUploaded": _uploaded,
    "AgencySaved": _agency,
    **told_programs.OFFICE_TELLERS,
}
"""Event to the function that says it; a test holds it against the events that exist."""
