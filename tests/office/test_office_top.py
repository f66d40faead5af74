"""A document passed on by the upper part of its first page: when that is done, and what the rest may change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from documents.decisions import Assignee, Role
from documents.errors import SecretMark
from documents.events import DocumentAssigned, PersonSaved, RulesAdopted
from documents.people import Duty, Officer, PersonId
from documents.reading import FieldName
from documents.record import BODY_UNREAD, DocumentRecord
from documents.status import Status
from documents.work import LineAccepted
from office.decide import ROUTING_TABLE
from office.direction import give_direction
from office.notify import deliver_waiting
from office.office import Office
from office.reading import EARLY_FIELDS
from registry.parcels import claim_notices
from tests.journeys.working import drop, take_in, work_one
from tests.offices import MORNING, an_office
from tests.recorded_reader import RecordedReader, RecordedReading, stub_file

LATER = MORNING + dt.timedelta(minutes=1)
IN_TEXT = [{"phrase": "trước ngày 11/01/2012", "date": "2012-01-11"}]


@dataclass(frozen=True)
class TopReader(RecordedReader):
    """Reads the upper part first: the early fields of a stub file; remembers what it was asked."""

    asked: list[str] = field(default_factory=list)
    is_enough: bool = True
    secret_below: bool = False

    def read_top(self, path: Path, **more: Any) -> RecordedReading | None:  # type: ignore[override]
        self.asked.append("top")
        folder: Path = more["pictures_to"]
        (folder / "words").write_bytes(b"words of the top")
        if not self.is_enough:
            return None
        whole = super().read(path, file_name=more["file_name"], sha256=more["sha256"], full=False)
        early = {k: v for k, v in whole.recorded["fields"].items() if k in EARLY_FIELDS}
        return replace(whole, recorded={**whole.recorded, "fields": early}, words=folder / "words")

    def read(self, path: Path, *, full: bool, **more: Any) -> RecordedReading:  # type: ignore[override]
        known: Path | None = more.get("known_words")
        words = known.read_text() if known and known.exists() else "nothing"
        twice = "all" if more["twice"] == frozenset(FieldName) else f"{len(more['twice'])} fields"
        self.asked.append(f"{'full' if full else 'head'} from {words}, {twice} twice")
        if full and self.secret_below:
            raise SecretMark()
        return super().read(path, full=full, **more)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path, full_lane=True) as office:
        yield office


def passed_on(office: Office, reader: RecordedReader, content: bytes | None = None) -> DocumentRecord:
    drop(office, "a.pdf", content or stub_file(1))
    take_in(office, reader)
    return work_one(office, reader, "head", LATER)


def due_days(office: Office, document: DocumentRecord) -> set[dt.date | None]:
    with office.view() as view:
        return {line.due for line in view.assignments(document.id) if line.due}


def test_a_clear_document_is_passed_on_by_its_upper_part_and_the_rest_is_read_from_there(
    office: Office,
) -> None:
    reader = TopReader()
    document = passed_on(office, reader, stub_file(1, signer_name="Huỳnh Văn Quang"))
    assert (document.status, document.flags) == (Status.ASSIGNED, (BODY_UNREAD,))
    with office.view() as view:
        assert FieldName.SIGNER_NAME not in view.fields(document.id)
        said = [b["text"] for line in view.history(document.id) for b in line.payload.get("because", ())]
    assert any("theo phần đầu trang 1" in text for text in said), "the record says what was read"

    document = work_one(office, reader, "full", LATER)
    late = len(FieldName) - len(EARLY_FIELDS)
    assert reader.asked == ["top", f"full from words of the top, {late} fields twice"]
    assert (document.status, document.flags, document.read_in_full) == (Status.ASSIGNED, (), True)
    with office.view() as view:
        assert view.fields(document.id)[FieldName.SIGNER_NAME].value == "Huỳnh Văn Quang"


@pytest.mark.parametrize(
    ("reader", "content", "status"),
    [
        pytest.param(TopReader(is_enough=False), stub_file(1), Status.ASSIGNED, id="it does not say enough"),
        pytest.param(
            TopReader(), stub_file(1, doubtful=(FieldName.DATE,)), Status.REVIEW, id="a field is in doubt"
        ),
        pytest.param(
            TopReader(),
            stub_file(1, arrival_forwarded_to=["Đ/c Ai Đó"]),
            Status.REVIEW,
            id="nobody knows whom the leader named",
        ),
    ],
)
def test_otherwise_it_is_read_on_before_anything_is_decided(
    office: Office, reader: TopReader, content: bytes, status: Status
) -> None:
    document = passed_on(office, reader, content)
    assert reader.asked == ["top", "head from words of the top, all twice"]
    assert (document.status, document.flags) == (status, ())


def test_where_a_rule_asks_for_what_stands_further_down_the_upper_part_is_not_tried(office: Office) -> None:
    table = """
title: Bảng giao việc
rows:
  - {id: QT-01, if: {field: signer_title, contains: Bộ trưởng}, lead: vp, source: Quy chế}
default: {lead: vp, source: Quy chế}
"""
    adopt(office, table)
    reader = TopReader()
    passed_on(office, reader)
    assert reader.asked == ["head from nothing, all twice"]


def test_without_the_full_lane_the_upper_part_is_not_tried(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        reader = TopReader()
        passed_on(office, reader)
        assert reader.asked == ["head from nothing, all twice"]


# ── the day that the text sets ───────────────────────────────────────────────────────────────────────────


def test_the_text_sets_the_day_and_one_notice_tells_it(office: Office) -> None:
    reader = TopReader()
    document = passed_on(office, reader, stub_file(1, deadlines=IN_TEXT))
    (by_rule,) = due_days(office, document)
    assert notices(office, LATER) == [], "notices wait for the rest of the document"

    document = work_one(office, reader, "full", LATER)
    assert due_days(office, document) == {dt.date(2012, 1, 11)} != {by_rule}
    told = notices(office, LATER)
    assert told
    assert len(told) == len(set(told)), "nobody is told twice"
    with office.view() as view:
        sentences = [b["text"] for line in view.history(document.id) for b in line.payload.get("because", ())]
    assert any("Đọc hết văn bản" in text and "11/01/2012" in text for text in sentences)


def test_where_the_text_sets_no_day_nothing_changes_and_the_notices_leave(office: Office) -> None:
    reader = TopReader()
    document = passed_on(office, reader)
    before = due_days(office, document)
    document = work_one(office, reader, "full", LATER)
    assert due_days(office, document) == before
    assert notices(office, LATER)


def test_a_day_in_the_text_that_is_past_is_refused_in_words_and_nobody_is_told_twice(office: Office) -> None:
    reader = TopReader()
    past = [{"phrase": "trước ngày 30/12/2011", "date": "2011-12-30"}]
    document = passed_on(office, reader, stub_file(1, deadlines=past))
    before = due_days(office, document)
    document = work_one(office, reader, "full", LATER)
    assert due_days(office, document) == before
    with office.view() as view:
        said = [b["text"] for line in view.history(document.id) for b in line.payload.get("because", ())]
    assert any("hạn giữ nguyên" in text for text in said)
    assert any(text.startswith("Không lấy") and "30/12/2011" in text for text in said)
    told = notices(office, LATER)
    assert len(told) == len(set(told))


def test_a_rest_that_is_not_read_does_not_keep_notices_for_ever(office: Office) -> None:
    passed_on(office, TopReader())
    assert notices(office, LATER) == []
    assert notices(office, LATER + dt.timedelta(minutes=2))


def test_a_day_that_a_person_set_stands(office: Office) -> None:
    reader = TopReader()
    document = passed_on(office, reader, stub_file(1, deadlines=IN_TEXT))
    with office.view() as view:
        lines = view.assignments(document.id)
    by_hand = dt.date(2012, 1, 9)
    with office.registry.book("hoa", LATER) as book:
        book.record(
            DocumentAssigned(
                document=document.id,
                assignees=tuple(
                    Assignee(role=a.role, person=a.person, unit=a.unit, due=a.due and by_hand) for a in lines
                ),
            )
        )
    document = work_one(office, reader, "full", LATER)
    assert due_days(office, document) == {by_hand}


# ── whom the rest of the text adds ───────────────────────────────────────────────────────────────────────

NAMES_US = """
title: Bảng giao việc
rows:
  - {id: QT-01, if: {names_us: true}, support: [ttra], inform: [lan], source: Quy chế}
default: {lead: vp, source: Quy chế}
"""
BOSS = Officer(id=PersonId("binh"), name="Ngô Thanh Bình", duty=Duty.LEADER, title="Giám đốc")
OUR_PART = [{"heading": "Sở Thông tin và Truyền thông", "text": "Chủ trì.", "role": "lead", "page": "2"}]


@dataclass(frozen=True)
class HeadReader(TopReader):
    """Finds what a plan asks of the office only where every page was read."""

    def read(self, path: Path, *, full: bool, **more: Any) -> RecordedReading:  # type: ignore[override]
        whole = super().read(path, full=full, **more)
        fields = {k: v for k, v in whole.recorded["fields"].items() if full or k != FieldName.OUR_PART}
        return replace(whole, recorded={**whole.recorded, "fields": fields})


def people_of(office: Office, document: DocumentRecord) -> set[tuple[str, str]]:
    with office.view() as view:
        return {(a.role.value, str(a.person or a.unit)) for a in view.assignments(document.id)}


def test_a_row_that_adds_people_where_the_text_names_us_does_so_when_the_text_was_read(
    office: Office,
) -> None:
    adopt(office, NAMES_US)
    reader = HeadReader()
    document = passed_on(office, reader, stub_file(1, our_part=OUR_PART))
    assert people_of(office, document) == {("lead", "vp")}, "nobody has read so far down"
    document = work_one(office, reader, "full", LATER)
    assert people_of(office, document) == {("lead", "vp"), ("support", "ttra"), ("inform", "lan")}
    with office.view() as view:
        rows = {b.rule for a in view.assignments(document.id) for b in a.because if b.rule}
        said = [b["text"] for line in view.history(document.id) for b in line.payload.get("because", ())]
    assert {rule.partition("#")[2] for rule in rows} == {"mac_dinh", "QT-01"}, "each line says its row"
    assert any(text.startswith("Đọc hết văn bản: thêm ") for text in said)


def test_a_direction_given_meanwhile_says_who_supports(office: Office) -> None:
    adopt(office, NAMES_US)
    reader = HeadReader()
    document = passed_on(office, reader, stub_file(1, our_part=OUR_PART))
    with office.registry.book("admin", LATER) as book:
        book.record(PersonSaved(person=BOSS))
    give_direction(office, document.id, "P.CNTT chủ trì", said_by=BOSS.id, by=BOSS, now=LATER)
    document = work_one(office, reader, "full", LATER)
    assert people_of(office, document) == {("lead", "cntt"), ("inform", "lan")}


def test_who_has_taken_the_work_on_keeps_the_day_and_the_clerks_are_told_of_the_texts(office: Office) -> None:
    reader = TopReader()
    document = passed_on(office, reader, stub_file(1, deadlines=IN_TEXT))
    before = due_days(office, document)
    with office.view() as view:
        line = next(one for one in view.assignments(document.id) if one.role is Role.LEAD)
    assert line.holder
    with office.registry.book(line.holder, LATER) as book:
        book.record(LineAccepted(document=document.id, line=line.line, role=line.role))
    document = work_one(office, reader, "full", LATER)
    assert due_days(office, document) == before
    (doubt,) = document.doubts
    assert "11/01/2012" in doubt
    told = [who for kind, who in notices(office, LATER) if kind == "doubted"]
    assert sorted(told) == sorted({PersonId("hoa"), line.holder}), "whoever works by the day hears of it too"


def test_a_rest_read_after_the_letters_left_sends_one_that_says_what_it_replaces(office: Office) -> None:
    reader = TopReader()
    document = passed_on(office, reader, stub_file(1, deadlines=IN_TEXT))
    (by_rule,) = due_days(office, document)
    late = LATER + dt.timedelta(minutes=3)
    deliver_waiting(office, clock=lambda: late)
    first = set(letters(office))
    work_one(office, reader, "full", late)
    deliver_waiting(office, clock=lambda: late)
    (second,) = [text for text in letters(office) if text not in first and "11/01/2012" in text]
    assert f"hạn nay là 11/01/2012, không phải {by_rule:%d/%m/%Y}" in second
    assert all("Thư này thay" not in text for text in first)


def letters(office: Office) -> list[str]:
    found = (
        message_from_bytes(path.read_bytes(), policy=default)
        for path in office.settings.mail_folder.rglob("*.eml")
    )
    return [part.get_content() for message in found if (part := message.get_body(("plain",)))]


# ── what stood further down ──────────────────────────────────────────────────────────────────────────────


def test_a_secrecy_mark_that_only_the_rest_shows_seals_the_document(office: Office) -> None:
    reader = TopReader(secret_below=True)
    passed_on(office, reader)
    document = work_one(office, reader, "full", LATER)
    assert document.status is Status.SEALED
    with office.view() as view:
        assert (view.fields(document.id), view.assignments(document.id)) == ({}, ())
    assert {kind for kind, _ in notices(office, LATER)} == {"sealed"}


def notices(office: Office, now: dt.datetime) -> list[tuple[str, PersonId]]:
    found = claim_notices(office.registry, now, dt.timedelta(seconds=1), 20)
    return [(notice.kind, notice.recipient) for notice in found]


def adopt(office: Office, table: str) -> None:
    with office.registry.book("admin", MORNING) as book:
        book.record(RulesAdopted(table=ROUTING_TABLE, text=table))


def test_a_stamp_that_only_the_rest_shows_is_told_to_the_clerks(office: Office) -> None:
    @dataclass(frozen=True)
    class StampBelow(TopReader):
        def read(self, path: Path, *, full: bool, **more: Any) -> RecordedReading:  # type: ignore[override]
            whole = super().read(path, full=full, **more)
            fields = {**whole.recorded["fields"], FieldName.ARRIVAL_NUMBER: "29"}
            return replace(whole, recorded={**whole.recorded, "fields": fields})

    reader = StampBelow()
    passed_on(office, reader)
    document = work_one(office, reader, "full", LATER)
    assert document.status is Status.ASSIGNED
    (doubt,) = document.doubts
    assert "dấu đến" in doubt
    assert ("doubted", PersonId("hoa")) in notices(office, LATER)
