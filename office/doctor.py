"""Examine every part of the office: what is well, what needs attention, what is broken, and what to do."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from documents.errors import EngineMissing, FolderAway, Refused, Trouble, Unavailable
from documents.status import Status
from documents.text import visible
from gateways.inbox import Inbox
from gateways.mail import probe
from gateways.watch import is_network_folder
from ocr.engine import TesseractEngine
from office.elsewhere import probe as probe_elsewhere
from office.letters import check_letters
from office.notify import mail_server
from office.office import Office, local_day, working_calendar
from office.tables import check_rules
from registry.audit import verify
from registry.parcels import count_posts
from rules.calendar_check import list_doubts

PROCESSES = ("desk", "intake", "processor", "notifier", "sweeper", "prefect-server")
LATE = dt.timedelta(seconds=90)
SWEEPS = {
    "sweep:deadlines": dt.timedelta(minutes=30),
    "sweep:stuck": dt.timedelta(minutes=30),
    "sweep:absences": dt.timedelta(hours=3),
}
"""How old the last run of a scheduled sweep may be: two periods; the dead-man check needs no Prefect."""
NEXT_YEAR_FROM = 11
"""The month from which the next year's calendar is looked at too: it is announced by then."""
LEAST_FREE_MB = 500
LOOKED_AT = 500
"""How many of the newest documents are looked up in the store."""


class NoSuchProcess(Refused):
    """A process name that the office does not have."""

    message = "Không có tiến trình “{name}”."
    advice = "Chọn một trong: {known}"


class Health(StrEnum):
    """How a part is."""

    WELL = "well"
    ATTENTION = "attention"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Check:
    """One part examined; `advice` is the next command when it is not well."""

    part: str
    health: Health
    text: str
    advice: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """One object of `doctor --json`."""
        return {"part": self.part, "health": self.health.value, "text": self.text, "advice": self.advice}


def examine(home: Path, *, now: dt.datetime) -> tuple[Check, ...]:
    """Examine the machine, then the office in `home` if there is one."""
    checks = [*_machine()]
    try:
        with Office.open(home) as office:
            checks.extend(_office(office, now))
    except Trouble as trouble:
        health = Health.BROKEN if isinstance(trouble, Unavailable) else Health.ATTENTION
        checks.append(Check("office", health, str(trouble), trouble.advise()))
    return tuple(checks)


def examine_process(home: Path, name: str, *, now: dt.datetime) -> Check:
    """Whether one process has lately said that it lives: what a container's health check asks."""
    try:
        with Office.open(home) as office, office.view() as view:
            last = view.beats().get(name)
    except Trouble as trouble:
        return Check(f"process:{name}", Health.BROKEN, str(trouble), trouble.advise())
    return _process(name, last, now)


def _machine() -> Iterator[Check]:
    yield Check("python", Health.WELL, f"Python {sys.version.split()[0]}")
    try:
        TesseractEngine().check()
        yield Check("tesseract", Health.WELL, "Tesseract có tiếng Việt")
    except EngineMissing as trouble:
        yield Check("tesseract", Health.BROKEN, str(trouble), trouble.advise())
    yield _pins()


def _pins() -> Check:
    """The versions that must go together, or Prefect schedules nothing and says nothing."""
    try:
        prefect, fastapi, sqlalchemy = version("prefect"), version("fastapi"), version("sqlalchemy")
    except PackageNotFoundError as error:
        return Check("pins", Health.BROKEN, f"Thiếu thư viện {error.name}.", "Chạy lại: ./congvan doctor")
    text = f"Prefect {prefect} · FastAPI {fastapi} · SQLAlchemy {sqlalchemy}"
    fits = prefect == "3.8.8" and (0, 139) <= _two(fastapi) < (0, 151) and _two(sqlalchemy) == (2, 0)
    if fits:
        return Check("pins", Health.WELL, f"{text} (hợp nhau) · không gửi số liệu ra ngoài")
    return Check(
        "pins",
        Health.BROKEN,
        f"{text}: không hợp nhau, lịch hẹn giờ có thể im lặng không chạy.",
        "Xoá thư mục .venv rồi chạy lại ./congvan để cài theo tệp khoá.",
    )


def _two(number: str) -> tuple[int, int]:
    major, minor = number.split(".")[:2]
    return int(major), int(minor)


def _office(office: Office, now: dt.datetime) -> Iterator[Check]:
    parts: dict[str, Callable[[], Iterable[Check]]] = {
        "database": lambda: [_database(office)],
        "audit": lambda: [_audit(office)],
        "store": lambda: [_store(office), _bytes(office)],
        "intake": lambda: [_intake(office), *_left_lying(office, now)],
        "quarantine": lambda: _backlog(office),
        "processes": lambda: _processes(office, now),
        "sweeps": lambda: _sweeps(office, now),
        "outbox": lambda: [_outbox(office)],
        "webhook": lambda: _webhook(office),
        "mail": lambda: [_mail(office)],
        "sign-in": lambda: _elsewhere(office),
        "letters": lambda: _letters(office),
        "rules": lambda: [_rules(office, now)],
        "calendar": lambda: _calendar(office, now),
    }
    for part, examine_part in parts.items():
        yield from _examine(part, examine_part)


def _examine(part: str, examine_part: Callable[[], Iterable[Check]]) -> Iterable[Check]:
    """The checks of a part; one that cannot even be looked at is broken, and the others are still told."""
    try:
        return list(examine_part())
    except Exception as error:
        return [
            Check(
                part,
                Health.BROKEN,
                f"Không xem được phần này ({type(error).__name__}): dữ liệu đã bị sửa hoặc hỏng.",
                "Giữ nguyên thư mục của cơ quan, chạy: congvan log verify, rồi phục hồi từ bản sao lưu.",
            )
        ]


def _database(office: Office) -> Check:
    kind = office.registry.dialect
    if not office.registry.is_current():
        return Check("database", Health.BROKEN, "Cơ sở dữ liệu chưa ở bản mới nhất.", "Chạy: congvan up")
    return Check("database", Health.WELL, f"Cơ sở dữ liệu ({kind}) ở bản mới nhất")


def _audit(office: Office) -> Check:
    with office.view() as view:
        result = verify(view)
    if result.whole:
        return Check("audit", Health.WELL, f"Nhật ký liền mạch: {result.count} mục, đầu {result.head[:12]}…")
    return Check(
        "audit",
        Health.BROKEN,
        f"Nhật ký sai ở mục {result.first_wrong}: {result.complaint}",
        "Giữ nguyên cơ sở dữ liệu, báo người giám sát, rồi chạy: congvan log verify",
    )


def _store(office: Office) -> Check:
    free, folder = office.store.free_mb(), office.settings.store_folder
    if folder.exists() and not folder.is_dir():
        return Check(
            "store", Health.BROKEN, f"Kho {folder} không phải là thư mục.", "Phục hồi kho từ bản sao lưu."
        )
    if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
        return Check("store", Health.BROKEN, "Không ghi được vào kho.", "Kiểm tra quyền thư mục kho.")
    if free < LEAST_FREE_MB:
        return Check("store", Health.ATTENTION, f"Kho chỉ còn {free} MB trống.", "Giải phóng ổ đĩa của kho.")
    return Check("store", Health.WELL, f"Kho còn {free // 1024} GB trống")


def _bytes(office: Office) -> Check:
    """Whether the newest documents still have their bytes: an emptied or exchanged store shows at once."""
    with office.view() as view:
        sealed = {d.sha256 for d in view.documents(Status.SEALED, None)}
        kept = [d for d in view.documents(None, LOOKED_AT) if d.sha256 not in sealed]
    missing = [d for d in kept if not office.store.has(d.sha256)]
    if not missing:
        return Check("bytes", Health.WELL, f"Kho có đủ tệp gốc của {len(kept)} văn bản mới nhất")
    return Check(
        "bytes",
        Health.BROKEN,
        f"Kho thiếu tệp gốc của {len(missing)} trong {len(kept)} văn bản mới nhất, ví dụ {missing[0].id}.",
        "Dừng nhận tệp, phục hồi kho từ bản sao lưu, rồi chạy lại: congvan doctor",
    )


def _intake(office: Office) -> Check:
    folder = office.settings.intake_folder
    if not folder.is_dir():
        return Check(
            "intake",
            Health.BROKEN,
            f"Không thấy thư mục nhận {folder}.",
            "Gắn lại ổ mạng, hoặc sửa `intake` trong congvan.toml.",
        )
    if not os.access(folder, os.W_OK):
        return Check(
            "intake",
            Health.ATTENTION,
            "Thư mục nhận không cho ghi: tệp đã nhận không rời đi được.",
            "Cấp quyền ghi cho tài khoản chạy Công Văn.",
        )
    how = "ổ mạng, dò định kỳ" if is_network_folder(folder) else "nghe thay đổi và dò định kỳ"
    return Check("intake", Health.WELL, f"Thư mục nhận ({how})")


def _left_lying(office: Office, now: dt.datetime) -> Iterator[Check]:
    """What lies in the intake folder and nobody takes."""
    inbox = Inbox(office.settings.intake_folder, settle_s=office.settings.settle_s)
    with suppress(FolderAway):
        if lying := inbox.list_left_lying(now.timestamp()):
            yield Check(
                "intake:left",
                Health.ATTENTION,
                f"{len(lying)} thứ nằm trong thư mục nhận mà không được nhận, ví dụ "
                f"“{visible(lying[0].name)}”: {lying[0].reason}",
                f"Mở thư mục {inbox.folder} và đưa chúng ra, hoặc chép lại thành tệp thường.",
            )


def _backlog(office: Office) -> Iterator[Check]:
    """What a person must still look at."""
    with office.view() as view:
        counts = view.counts()
    if unreadable := counts[Status.QUARANTINED]:
        yield Check(
            "quarantine",
            Health.ATTENTION,
            f"{unreadable} tệp không đọc được đang chờ người xem.",
            "Chạy: congvan list --status quarantined",
        )


def _processes(office: Office, now: dt.datetime) -> Iterator[Check]:
    with office.view() as view:
        beats = view.beats()
    if all(_is_late(beats.get(name), now) for name in PROCESSES):
        yield Check("processes", Health.ATTENTION, "Chưa chạy tiến trình nào.", "Chạy: congvan up")
        return
    for name in PROCESSES:
        yield _process(name, beats.get(name), now)


def _process(name: str, last: dt.datetime | None, now: dt.datetime) -> Check:
    part = f"process:{name}"
    if not _is_late(last, now):
        return Check(part, Health.WELL, f"{name} đang chạy")
    health = Health.ATTENTION if name == "prefect-server" else Health.BROKEN
    return Check(part, health, f"{name} không chạy.", f"Chạy: congvan run {name}")


def _is_late(last: dt.datetime | None, now: dt.datetime) -> bool:
    return last is None or now - last >= LATE


def _sweeps(office: Office, now: dt.datetime) -> Iterator[Check]:
    with office.view() as view:
        beats = view.beats()
    if "sweeper" not in beats:
        return
    for name, allowed in SWEEPS.items():
        last = beats.get(name)
        if last is None or now - last > allowed:
            since = f"lần cuối {last:%d/%m %H:%M} UTC" if last else "chưa chạy lần nào"
            yield Check(
                name, Health.ATTENTION, f"Việc hẹn giờ {name.removeprefix('sweep:')}: {since}.",
                "Xem tiến trình sweeper và prefect-server: congvan doctor",
            )  # fmt: skip


def _outbox(office: Office) -> Check:
    with office.view() as view:
        waiting, given_up = view.count_notices("waiting"), view.count_notices("given_up")
    if given_up:
        return Check(
            "outbox",
            Health.ATTENTION,
            f"{given_up} thông báo không gửi được sau nhiều lần.",
            "Sửa địa chỉ thư: congvan people list, hoặc máy chủ thư trong congvan.toml.",
        )
    return Check("outbox", Health.WELL, f"{waiting} thông báo đang chờ gửi")


def _webhook(office: Office) -> Iterator[Check]:
    """Posts to the chat gateway, where there is one."""
    if not office.settings.webhook_url:
        return
    with office.view() as view:
        waiting, given_up = count_posts(view, "waiting"), count_posts(view, "given_up")
    if given_up:
        yield Check(
            "webhook",
            Health.ATTENTION,
            f"{given_up} thông báo không gửi được tới cổng nhắn tin sau nhiều lần.",
            "Xem cổng nhắn tin và webhook_url trong congvan.toml; trên bàn làm việc vẫn có đủ.",
        )
    else:
        yield Check("webhook", Health.WELL, f"{waiting} thông báo đang chờ gửi tới cổng nhắn tin")


def _letters(office: Office) -> Iterator[Check]:
    """The office's own words of letters, when there is something wrong with them."""
    if slips := check_letters(office):
        yield Check(
            "letters",
            Health.ATTENTION,
            f"Mẫu thư của cơ quan có {len(slips)} chỗ sai ({slips[0].file}); lời có sẵn được dùng thay.",
            "Xem từng chỗ: congvan notices letters",
        )


def _mail(office: Office) -> Check:
    server = mail_server(office)
    if server is None:
        return Check(
            "mail",
            Health.WELL,
            f"Chưa đặt máy chủ thư: thông báo ghi thành tệp .eml vào {office.settings.mail_folder}",
        )
    try:
        probe(server)
    except Unavailable as trouble:
        return Check("mail", Health.BROKEN, str(trouble), trouble.advise())
    return Check("mail", Health.WELL, f"Máy chủ thư {server.host}:{server.port} trả lời")


def _elsewhere(office: Office) -> Iterator[Check]:
    """The common sign-in, where there is one; without it nobody is asked."""
    if not office.settings.oidc_issuer:
        return
    try:
        host = probe_elsewhere(office)
    except Unavailable as trouble:
        yield Check(
            "sign-in",
            Health.ATTENTION,
            str(trouble),
            "Mật khẩu của Công Văn vẫn dùng được. Xem các dòng oidc_… trong congvan.toml, chứng thư và đường "
            "mạng từ máy này tới nơi đăng nhập chung.",
        )
    else:
        yield Check("sign-in", Health.WELL, f"Nơi đăng nhập chung {host} trả lời")


def _rules(office: Office, now: dt.datetime) -> Check:
    try:
        checked = check_rules(office, None, today=local_day(now))
    except Trouble as trouble:
        return Check("rules", Health.BROKEN, str(trouble), trouble.advise())
    if checked.warnings:
        return Check("rules", Health.ATTENTION, checked.warnings[0], "Chạy: congvan rules check")
    return Check("rules", Health.WELL, f"Bảng quy tắc bản {checked.version}, {len(checked.sentences)} dòng")


def _calendar(office: Office, now: dt.datetime) -> Iterator[Check]:
    with office.view() as view:
        calendar = working_calendar(view)
    today = local_day(now)
    # Deadlines given at the end of a year fall into the next one.
    years = (today.year, today.year + 1) if today.month >= NEXT_YEAR_FROM else (today.year,)
    for year in years:
        if doubts := list_doubts(calendar, year, since=today):
            more = f" Còn {len(doubts) - 1} điều nữa." if len(doubts) > 1 else ""
            advice = (
                f"Xem đủ: congvan calendar check {year}; ghi: congvan calendar add NGÀY off|work "
                "--reason LÝ-DO --source THÔNG-BÁO"
            )
            yield Check("calendar", Health.ATTENTION, f"{doubts[0]}{more}", advice)
