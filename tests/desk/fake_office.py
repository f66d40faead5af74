"""An office in memory for the pages: documents in every state, the same methods as `office.desk.Desk`."""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from documents.decisions import Assignee, Because, Ground, Question, Role
from documents.errors import AlreadyMoved, NoSuchDocument, NotSignedIn, Trouble
from documents.events import Arrival
from documents.lines import LineNumber, LineState
from documents.page import Box, Source
from documents.people import Duty, Officer, PersonId, Unit, UnitId
from documents.reading import FieldName, FieldReading, FieldValue
from documents.record import AssignmentRecord, AuditLine, DocumentRecord, EntryRecord, PageRecord
from documents.status import DocumentId, Status
from documents.text import fold
from office.lines import OnLine
from office.steps import Offer, Said, StepName
from office.views import DocumentRow, DocumentView, OfficeState, ReviewAnswer
from office.work_box import WorkBox, WorkItem

NOW = dt.datetime(2012, 1, 5, 3, 14, tzinfo=dt.UTC)
"""10:14 on 05/01/2012 in Vietnam."""

PASSWORD = "mật khẩu dài mười hai"

BAO_CHI = Unit(id=UnitId("bcxb"), name="Phòng Báo chí – Xuất bản", head=PersonId("xuan"))
VAN_PHONG = Unit(id=UnitId("vp"), name="Văn phòng Sở", head=PersonId("hoa"))

HOA = Officer(id=PersonId("hoa"), name="Trần Thị Hoa", duty=Duty.CLERK, unit=VAN_PHONG.id)
LINH = Officer(id=PersonId("linh"), name="Nguyễn Thị Linh", unit=BAO_CHI.id, title="Chuyên viên")
LINH_VP = Officer(id=PersonId("linh-vp"), name="Phạm Văn Linh", unit=VAN_PHONG.id, title="Chuyên viên")
XUAN = Officer(
    id=PersonId("xuan"), name="Lê Thanh Xuân", duty=Duty.UNIT_HEAD, unit=BAO_CHI.id, title="Trưởng phòng"
)
SUPERVISOR = Officer(id=PersonId("thanh-tra"), name="Đỗ Quốc Cường", duty=Duty.SUPERVISOR)
ADMIN = Officer(id=PersonId("quan-tri"), name="Võ Minh Khôi", duty=Duty.ADMIN)

PEOPLE = (HOA, LINH, LINH_VP, XUAN, SUPERVISOR, ADMIN)
UNITS = (BAO_CHI, VAN_PHONG)
NAMES: dict[str, str] = {str(p.id): p.name for p in PEOPLE} | {str(u.id): u.name for u in UNITS}


def field_reading(
    name: FieldName,
    value: FieldValue = None,
    *,
    checked: bool = False,
    reason: str | None = None,
    box: tuple[float, float, float, float] | None = None,
    source: Source = Source.OCR,
    evidence: tuple[str, ...] = (),
    page: int = 1,
) -> FieldReading:
    """A field that stands on page 1 unless said otherwise; without a box it stands nowhere."""
    return FieldReading(
        name=name,
        value=value,
        checked=checked,
        reason=reason,
        page=page if box else None,
        box=Box(*box) if box else None,
        source=source if value is not None else None,
        evidence=evidence,
    )


def fields_of(*readings: FieldReading) -> dict[FieldName, FieldReading]:
    """Fields by name."""
    return {reading.name: reading for reading in readings}


def plan_of_tay_ninh() -> dict[FieldName, FieldReading]:
    """The plan 02/KH-UBND as a machine reads it: a number to see, two names with two owners."""
    name = FieldName
    return fields_of(
        field_reading(
            name.NUMBER_SYMBOL,
            "02/KH-UBND",
            reason="Số viết tay: hai lần đọc khác nhau (02 và 07).",
            box=(0.135, 0.118, 0.335, 0.136),
            evidence=("Ký hiệu KH-UBND khớp tên loại Kế hoạch.",),
        ),
        field_reading(
            name.DATE,
            "2012-01-03",
            checked=True,
            box=(0.575, 0.118, 0.865, 0.137),
            evidence=("Ngày có thật, trước ngày đến 2 ngày.",),
        ),
        field_reading(name.PLACE, "Tây Ninh", checked=True, box=(0.505, 0.118, 0.57, 0.137)),
        field_reading(
            name.ISSUER,
            "Ủy ban nhân dân tỉnh Tây Ninh",
            checked=True,
            box=(0.125, 0.062, 0.36, 0.096),
            evidence=("Có trong danh bạ, có hiệu lực ngày 03/01/2012.", "Ký hiệu UBND khớp cơ quan."),
        ),
        field_reading(
            name.DOC_TYPE,
            "Kế hoạch",
            checked=True,
            box=(0.43, 0.166, 0.57, 0.186),
            evidence=("Khớp ký hiệu KH.",),
        ),
        field_reading(
            name.SUBJECT,
            "Thực hiện công tác thông tin đối ngoại tỉnh Tây Ninh năm 2012",
            checked=True,
            box=(0.27, 0.19, 0.73, 0.232),
            evidence=("Hai lần đọc giống nhau.",),
        ),
        field_reading(name.SIGNER_NAME, "Trần Lưu Quang", box=(0.6, 0.9, 0.78, 0.92), page=2),
        field_reading(name.URGENCY, None, checked=True, evidence=("Không thấy dấu độ khẩn.",)),
        field_reading(name.SECRECY, None, checked=True, evidence=("Không thấy khung dấu mật ở trang 1.",)),
        field_reading(
            name.RECIPIENTS,
            ["Bộ TT&TT", "TTTU+TT.HĐND tỉnh", "Các Sở: TTTT+Ngoại vụ+VHTTDL", "Lưu: VT, VP.UBND tỉnh"],
            box=(0.12, 0.8, 0.42, 0.93),
            page=2,
        ),
        field_reading(
            name.ARRIVAL_NUMBER,
            "29",
            checked=True,
            box=(0.19, 0.268, 0.26, 0.289),
            source=Source.STAMP,
            evidence=("Là số kế tiếp trong sổ năm 2012.",),
        ),
        field_reading(
            name.ARRIVAL_DATE,
            "2012-01-05",
            checked=True,
            box=(0.13, 0.289, 0.26, 0.307),
            source=Source.STAMP,
            evidence=("Không trước ngày văn bản.",),
        ),
        field_reading(
            name.ARRIVAL_FORWARDED_TO,
            ["Đ/c Linh", "Đ/c Thanh Xuân"],
            reason="“Đ/c Linh” có thể là hai người.",
            box=(0.13, 0.307, 0.4, 0.325),
            source=Source.STAMP,
        ),
    )


def short_fields(
    number: str, date: str, issuer: str, doc_type: str, subject: str
) -> dict[FieldName, FieldReading]:
    """The five fields of a list, all checked."""
    return fields_of(
        field_reading(FieldName.NUMBER_SYMBOL, number, checked=True),
        field_reading(FieldName.DATE, date, checked=True),
        field_reading(FieldName.ISSUER, issuer, checked=True),
        field_reading(FieldName.DOC_TYPE, doc_type, checked=True),
        field_reading(FieldName.SUBJECT, subject, checked=True),
    )


def record(
    document: str,
    status: Status,
    file_name: str,
    *,
    minutes_ago: int = 30,
    entry: EntryRecord | None = None,
    **more: object,
) -> DocumentRecord:
    """A document that came `minutes_ago` minutes before `NOW`."""
    came = NOW - dt.timedelta(minutes=minutes_ago)
    return DocumentRecord(
        id=DocumentId(document),
        status=status,
        file_name=file_name,
        sha256="7c1e" + "0" * 60,
        size=1_248_000,
        media_type="application/pdf",
        arrival=Arrival(folder="scan", name=file_name, inode=1, mtime_ns=1, size=1_248_000),
        arrival_cleared=True,
        received_at=came,
        received_by="intake",
        entry=entry,
        **more,  # type: ignore[arg-type]
    )


def entry(number: int, *, state: str = "taken", day: int = 4, reason: str | None = None) -> EntryRecord:
    """A line of the book of 2012."""
    return EntryRecord(
        book="den",
        year=2012,
        number=number,
        state=state,
        arrival_date=dt.date(2012, 1, day),
        reason=reason,
    )


def assignment(
    person: Officer, role: Role, due: dt.date | None = None, state: str = "open"
) -> AssignmentRecord:
    """A recipient line."""
    unit = next((u for u in UNITS if u.id == person.unit), None)
    return AssignmentRecord(
        line=LineNumber(1),
        role=role,
        person=person.id,
        unit=person.unit,
        officer_name=person.name,
        unit_name=unit.name if unit else None,
        due=due,
        state=LineState(state) if role is not Role.INFORM else LineState.INFORM,
        holder=person.id,
        holder_name=person.name,
    )


def audit(
    seq: int, event: str, actor: str, minutes_ago: int, payload: Mapping[str, object] | None = None
) -> AuditLine:
    """A line of the history."""
    return AuditLine(
        seq=seq,
        at=NOW - dt.timedelta(minutes=minutes_ago),
        actor=actor,
        document=None,
        event=event,
        payload=dict(payload or {}),
        previous="0" * 64,
        hash="9f3a" + "0" * 60,
    )


@dataclass
class Held:
    """A document of the fake office with all that hangs on it."""

    record: DocumentRecord
    fields: dict[FieldName, FieldReading] = field(default_factory=dict)
    assignments: tuple[AssignmentRecord, ...] = ()
    days_left: int | None = None
    pages: tuple[PageRecord, ...] = ()
    history: tuple[AuditLine, ...] = ()
    why: tuple[str, ...] = ()
    look_alikes: tuple[EntryRecord, ...] = ()
    has_searchable: bool = False


def offers_to(reader: Officer, lines: tuple[AssignmentRecord, ...]) -> dict[LineNumber, Offer]:
    """Every step for who holds a line, none for anybody else."""
    every, none = frozenset(StepName), frozenset[StepName]()
    return {
        line.line: Offer(f"seen-{line.line}", every if line.holder == reader.id else none) for line in lines
    }


def item(held: Held, line: AssignmentRecord, now: dt.datetime) -> WorkItem:
    """A line of somebody's box."""

    def text(name: FieldName) -> str:
        return str(held.fields[name].value or "") if name in held.fields else ""

    return WorkItem(
        record=held.record,
        line=line,
        number_symbol=text(FieldName.NUMBER_SYMBOL),
        issuer=text(FieldName.ISSUER),
        subject=text(FieldName.SUBJECT) or held.record.file_name,
        days_left=(line.due - now.date()).days if line.due else None,
        stands_in_for=NAMES[line.stands_in_for] if line.stands_in_for else None,
    )


def page(number: int) -> PageRecord:
    """A page picture of A4 at 100 dpi."""
    return PageRecord(number=number, picture_sha256=f"{number}" * 64, width_px=827, height_px=1169)


def in_review() -> Held:
    """The plan of Tây Ninh waiting for the clerk."""
    fields = plan_of_tay_ninh()
    reading = {"fields": {n.value: f.as_json() for n, f in fields.items()}}
    return Held(
        record(
            "vb-0001",
            Status.REVIEW,
            "quet_0103.pdf",
            minutes_ago=122,
            page_count=4,
            review_reasons=(
                "Số viết tay: hai lần đọc khác nhau (02 và 07).",
                "“Đ/c Linh” có thể là hai người.",
                "Chưa rõ ai chủ trì.",
            ),
            questions=(
                Question(
                    topic="arrival_forwarded_to",
                    text="Có 2 người tên Linh đang làm việc.",
                    candidates=("linh", "linh-vp"),
                    about="Đ/c Linh",
                ),
                Question(
                    topic="lead",
                    text="Dấu đến ghi hai người, không ghi ai chủ trì.",
                    candidates=("linh", "linh-vp", "xuan"),
                ),
            ),
            proposal=(
                Assignee(
                    role=Role.SUPPORT,
                    person=XUAN.id,
                    due=dt.date(2012, 1, 19),
                    because=(Because(Ground.EVIDENCE, "Dấu đến ghi “Đ/c Thanh Xuân”."),),
                ),
            ),
        ),
        fields,
        pages=(page(1), page(2)),
        history=(
            audit(
                1,
                "DocumentReceived",
                "intake",
                122,
                {"arrival": {"name": "quet_0103.pdf"}, "size": 1_248_000},
            ),
            audit(2, "ReadingStarted", "reader:1", 121, {"attempt": 1}),
            audit(3, "DocumentRead", "reader:1", 121, {"page_count": 4, "reading": reading}),
            audit(4, "ReviewAsked", "reader:1", 121, {"reasons": ["“Đ/c Linh” có thể là hai người."]}),
        ),
        why=(
            "Cơ quan ban hành: Ủy ban nhân dân tỉnh Tây Ninh. Có trong danh bạ, có hiệu lực ngày 03/01/2012.",
            "Cần xem: “Đ/c Linh” có thể là hai người.",
        ),
    )


def assigned() -> Held:
    """A dispatch registered and passed on, due in three working days."""
    due = dt.date(2012, 1, 10)
    return Held(
        record(
            "vb-0002",
            Status.ASSIGNED,
            "quet_0102.pdf",
            minutes_ago=190,
            entry=entry(28, day=5),
            page_count=2,
            routed_at=NOW - dt.timedelta(minutes=180),
            flags=("signed",),
        ),
        short_fields(
            "1171/BTTTT-TTĐN",
            "2011-12-30",
            "Bộ Thông tin và Truyền thông",
            "Công văn",
            "V/v báo cáo kết quả công tác thông tin đối ngoại năm 2011 và phương hướng năm 2012",
        )
        | fields_of(
            field_reading(FieldName.URGENCY, "Khẩn", checked=True, box=(0.13, 0.17, 0.24, 0.19)),
            field_reading(FieldName.ARRIVAL_NUMBER, "28", checked=True, source=Source.PERSON),
            field_reading(FieldName.SIGNER_NAME, "Đỗ Quý Doãn"),
        ),
        (
            assignment(LINH, Role.LEAD, due, "accepted"),
            replace(assignment(XUAN, Role.SUPPORT, due), line=LineNumber(2)),
            replace(assignment(LINH_VP, Role.INFORM), line=LineNumber(3)),
        ),
        days_left=3,
        pages=(page(1),),
        history=(
            audit(
                5, "DocumentReceived", "intake", 190, {"arrival": {"name": "quet_0102.pdf"}, "size": 840_000}
            ),
            audit(6, "DocumentRead", "reader:1", 189, {"page_count": 2, "reading": {"fields": {}}}),
            audit(7, "FieldsConfirmed", "hoa", 180, {"values": {"arrival_number": "28"}}),
            audit(
                8,
                "DocumentRegistered",
                "hoa",
                180,
                {
                    "number": 28,
                    "year": 2012,
                    "arrival_date": "2012-01-05",
                    "because": [{"text": "Số đến 28/2012 là số kế tiếp trong sổ."}],
                },
            ),
            audit(
                9,
                "DocumentAssigned",
                "hoa",
                180,
                {
                    "assignees": [
                        {"role": "lead", "person": "linh", "unit": None, "due": "2012-01-10"},
                        {"role": "support", "person": "xuan", "unit": None, "due": "2012-01-10"},
                    ],
                    "because": [{"text": "Quy tắc QT-03: công văn của Bộ về thông tin đối ngoại."}],
                },
            ),
            audit(
                10, "NoticeSent", "notifier", 179, {"kind": "assigned", "recipient": "linh", "way": "smtp"}
            ),
            audit(11, "DocumentOpened", "linh", 120),
            audit(12, "DocumentOpened", "linh", 60),
            audit(13, "DocumentOpened", "hoa", 5),
        ),
        why=(
            "Dấu đến ghi “Đ/c Linh (BCXB)”.",
            "Tên khớp đúng một người đang làm việc: Nguyễn Thị Linh.",
            "Quy tắc giao_viec bản 3, dòng QT-03: công văn của Bộ về thông tin đối ngoại thì Phòng Báo chí – "
            "Xuất bản chủ trì.",
            "→ Nguyễn Thị Linh: chủ trì, hạn 10/01/2012 (3 ngày làm việc kể từ ngày đến 05/01/2012).",
        ),
    )


def the_others() -> tuple[Held, ...]:
    """One document in each other state."""
    return (
        Held(
            record(
                "vb-0003",
                Status.QUARANTINED,
                "scan lỗi.pdf",
                minutes_ago=15,
                quarantine_code="encrypted",
                quarantine_message="Tệp PDF có mật khẩu nên không đọc được.",
                quarantine_advice="Xin mật khẩu của nơi gửi, mở khoá và lưu lại tệp, rồi thả bản đã mở "
                "khoá vào thư mục nhận.",
            ),
            history=(
                audit(
                    14,
                    "DocumentQuarantined",
                    "reader:1",
                    14,
                    {"message": "Tệp PDF có mật khẩu nên không đọc được."},
                ),
            ),
        ),
        Held(record("vb-0004", Status.SEALED, "quet_0099.pdf", minutes_ago=300)),
        Held(
            record(
                "vb-0005",
                Status.DUPLICATE,
                "quet_0103 (2).pdf",
                minutes_ago=20,
                duplicate_of=DocumentId("vb-0001"),
            ),
        ),
        Held(record("vb-0006", Status.WAITING, "quet_0110.pdf", minutes_ago=1)),
        Held(record("vb-0007", Status.READING, "quet_0109.tif", minutes_ago=2)),
        Held(
            record("vb-0008", Status.IN_PROGRESS, "quet_0080.pdf", minutes_ago=4_000, entry=entry(21, day=3)),
            short_fields(
                "15/GM-VP",
                "2011-12-29",
                "Văn phòng Ủy ban nhân dân tỉnh",
                "Giấy mời",
                "Họp giao ban công tác thông tin đối ngoại quý IV năm 2011",
            ),
            (assignment(XUAN, Role.LEAD, dt.date(2012, 1, 4), "accepted"),),
            days_left=-1,
        ),
        Held(
            record("vb-0009", Status.DONE, "quet_0070.pdf", minutes_ago=6_000, entry=entry(20, day=3)),
            short_fields(
                "38/2011/QĐ-UBND",
                "2011-10-24",
                "Ủy ban nhân dân tỉnh Tây Ninh",
                "Quyết định",
                "Về việc ban hành Quy chế quản lý nhà nước về thông tin đối ngoại trên địa bàn tỉnh",
            ),
            (assignment(LINH, Role.LEAD, dt.date(2012, 1, 12), "done"),),
        ),
        Held(
            record("vb-0010", Status.REGISTERED, "quet_0101.pdf", minutes_ago=240, entry=entry(27, day=5)),
            short_fields(
                "07/TB-STC",
                "2012-01-04",
                "Sở Tài chính",
                "Thông báo",
                "Về việc thẩm định quyết toán kinh phí năm 2011",
            ),
        ),
        Held(
            record(
                "vb-0011",
                Status.REVIEW,
                "fax_0512.tif",
                minutes_ago=48,
                page_count=1,
                review_reasons=("Chưa đọc được cơ quan ban hành.",),
            ),
            fields_of(
                field_reading(FieldName.ISSUER, None, reason="Chưa đọc được cơ quan ban hành."),
                field_reading(FieldName.SUBJECT, "Mời dự lễ tổng kết phong trào thi đua", checked=True),
            ),
            pages=(page(1),),
        ),
    )


class FakeDesk:
    """The desk of an office in memory; `failing` makes the next confirmation raise that trouble."""

    def __init__(self, pictures: Path, held: tuple[Held, ...] | None = None) -> None:
        documents = held if held is not None else (in_review(), assigned(), *the_others())
        self.held = {str(one.record.id): one for one in documents}
        self.pictures = pictures
        self.sessions: dict[str, PersonId] = {}
        self.failing: Trouble | None = None
        self.confirmed: list[tuple[DocumentId, PersonId, ReviewAnswer]] = []
        self.retried: list[DocumentId] = []
        self.settled: list[DocumentId] = []
        self.steps: list[tuple[StepName, OnLine, Said]] = []
        self.opened: list[tuple[str, PersonId]] = []

    def sign_in(self, *, login: str, password: str, now: dt.datetime, place: str = "") -> str:
        """Any person by id with the one password."""
        if login not in NAMES or password != PASSWORD:
            raise NotSignedIn()
        return self.session(PersonId(login))

    def session(self, person: PersonId) -> str:
        """A living session of that person."""
        token = f"token-{person}-{len(self.sessions)}"
        self.sessions[token] = person
        return token

    def person_of(self, token: str, now: dt.datetime) -> Officer | None:
        """The person of a session."""
        return next((p for p in PEOPLE if p.id == self.sessions.get(token)), None)

    def sign_out(self, token: str, now: dt.datetime) -> None:
        """End a session."""
        self.sessions.pop(token, None)

    def list_rows(
        self,
        *,
        reader: Officer,
        status: Status | None = None,
        text: str = "",
        limit: int = 200,
        now: dt.datetime,
    ) -> tuple[DocumentRow, ...]:
        """Newest first."""
        rows = [self._row(one) for one in self.held.values() if status in (None, one.record.status)]
        rows = [row for row in rows if all(word in _folded(row) for word in fold(text).split())]
        return tuple(sorted(rows, key=lambda r: r.record.received_at, reverse=True)[:limit])

    def newest_change(self) -> int:
        """Nothing happens by itself here."""
        return len(self.opened)

    def count_by_status(self, *, reader: Officer, now: dt.datetime) -> dict[Status, int]:
        """Documents in each status."""
        statuses = [one.record.status for one in self.held.values()]
        return {status: statuses.count(status) for status in set(statuses)}

    def may_open(self, document: DocumentId, reader: Officer, *, now: dt.datetime) -> bool:
        """Everybody sees everything here."""
        return True

    def open_document(self, asked: str, *, reader: Officer, now: dt.datetime) -> DocumentView:
        """One document, by its id."""
        one = self._find(asked)
        self.opened.append((asked, reader.id))
        return DocumentView(
            row=self._row(one),
            pages=one.pages,
            history=one.history,
            why=one.why,
            people=PEOPLE,
            units=UNITS,
            next_number=29,
            names=NAMES,
            look_alikes=one.look_alikes,
            offers=offers_to(reader, one.assignments),
            has_searchable=one.has_searchable,
        )

    def look_at_document(self, asked: str, *, reader: Officer, now: dt.datetime) -> DocumentView:
        """The same; it is not counted as an opening."""
        view = self.open_document(asked, reader=reader, now=now)
        self.opened.pop()
        return view

    def page_picture(self, document: DocumentId, number: int, *, reader: Officer, now: dt.datetime) -> Path:
        """The picture of a page; a blank one unless the folder has a better one."""
        one = self._find(document)
        if number not in {p.number for p in one.pages}:
            raise NoSuchDocument(asked=f"{document}, trang {number}")
        path = self.pictures / f"{number}.png"
        if not path.exists():
            path.write_bytes(blank_png())
        return path

    def original_file(
        self, document: DocumentId, *, reader: Officer, now: dt.datetime
    ) -> tuple[Path, str, str]:
        """A tiny file under the name it came with."""
        one = self._find(document)
        path = self.pictures / "original"
        path.write_bytes(b"%PDF-1.4 nothing")
        return path, one.record.media_type, one.record.file_name

    def searchable_file(self, document: DocumentId, *, reader: Officer, now: dt.datetime) -> tuple[Path, str]:
        """A tiny file, where the document has such a form."""
        one = self._find(document)
        if not one.has_searchable:
            raise NoSuchDocument(asked=document)
        path = self.pictures / "searchable"
        path.write_bytes(b"%PDF-1.4 nothing")
        return path, f"{Path(one.record.file_name).stem} (tìm được chữ).pdf"

    def confirm_document(
        self, document: DocumentId, *, by: Officer, answer: ReviewAnswer, now: dt.datetime
    ) -> EntryRecord | None:
        """Register under 29."""
        if self.failing:
            raise self.failing
        one = self._find(document)
        if one.record.status is not Status.REVIEW:
            raise AlreadyMoved(status="đã chuyển")
        self.confirmed.append((document, by.id, answer))
        taken = entry(29, day=5)
        one.record = replace(one.record, status=Status.ASSIGNED, entry=taken)
        return taken

    def retry_document(self, document: DocumentId, *, by: Officer, now: dt.datetime) -> None:
        """Back to waiting."""
        one = self._find(document)
        self.retried.append(document)
        one.record = replace(one.record, status=Status.WAITING)

    def settle_doubts(self, document: DocumentId, *, by: Officer, now: dt.datetime) -> None:
        """Nothing is in doubt any more."""
        one = self._find(document)
        self.settled.append(document)
        one.record = replace(one.record, doubts=())

    def work_box(self, person: Officer, *, now: dt.datetime) -> WorkBox:
        """What the person holds, and one line for which a later day is asked."""
        mine = [
            item(held, line, now)
            for held in self.held.values()
            for line in held.assignments
            if line.holder == person.id
        ]
        open_ones = [one for one in mine if one.line.state in ("open", "accepted")]
        return WorkBox(
            todo=tuple(one for one in open_ones if not one.line.returned),
            returned=tuple(one for one in open_ones if one.line.returned),
            inform=tuple(one for one in mine if one.line.role is Role.INFORM),
            asking=tuple(
                item(held, line, now)
                for held in self.held.values()
                for line in held.assignments
                if line.asked_due and person.duty is Duty.UNIT_HEAD
            ),
        )

    def take_step(self, step: StepName, on: OnLine, said: Said, *, now: dt.datetime) -> None:
        """Remember the step."""
        self._find(on.document)
        if self.failing:
            raise self.failing
        self.steps.append((step, on, said))

    def state_of_office(self, now: dt.datetime) -> OfficeState:
        """Two processes alive, one silent."""
        return OfficeState(
            heartbeats=(
                ("desk", NOW - dt.timedelta(seconds=8)),
                ("intake", NOW - dt.timedelta(seconds=20)),
                ("notifier", NOW - dt.timedelta(minutes=42)),
                ("processor", NOW - dt.timedelta(seconds=31)),
                ("sweep:deadlines", NOW - dt.timedelta(hours=3)),
            ),
            notices_waiting=3,
            notices_given_up=1,
            audit_count=12_345,
            audit_head="9f3a62c1" * 8,
            documents=self.count_by_status(reader=ADMIN, now=now),
        )

    def _find(self, asked: str) -> Held:
        try:
            return self.held[asked]
        except KeyError as error:
            raise NoSuchDocument(asked=asked) from error

    def _row(self, one: Held) -> DocumentRow:
        return DocumentRow(
            record=one.record, fields=one.fields, assignments=one.assignments, days_left=one.days_left
        )


def _folded(row: DocumentRow) -> str:
    values = [r.value for r in row.fields.values() if isinstance(r.value, str)]
    return fold(" ".join([row.record.file_name, *values]))


def blank_png() -> bytes:
    """One white pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00\xff"))
        + chunk(b"IEND", b"")
    )
