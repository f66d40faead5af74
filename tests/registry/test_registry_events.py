"""Every kind of event: what it changes for those who look, and that nothing else changes anything."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from documents import events as all_events
from documents.agencies import AgencyId, AgencySaved, OwnAgency
from documents.decisions import Because, Ground, Question, Role
from documents.direction import AliasAdopted, DirectionGiven, NameChosen
from documents.errors import AlreadyMoved, LeadNotChosen, NoSuchDocument
from documents.events import (
    AlarmRaised,
    ArrivalCleared,
    BookExported,
    BookOpened,
    CalendarDayRemoved,
    CalendarDaySet,
    DeadlinesRecounted,
    DocumentEvent,
    DocumentOpened,
    DocumentQuarantined,
    DocumentSealed,
    DoubtsSettled,
    DuplicateReceived,
    Event,
    FeedClosed,
    FeedOpened,
    FieldsConfirmed,
    FullTextRead,
    LineRecounted,
    NoticeFailed,
    NoticeSent,
    NoticeWithdrawn,
    OfficeNamed,
    OriginalTaken,
    PageKept,
    PersonSaved,
    PreferencesSet,
    ReadingLapsed,
    RecountFinished,
    ReminderDue,
    RetryAsked,
    ReviewAsked,
    RulesAdopted,
    RulesApproved,
    RulesDraftDropped,
    RulesDrafted,
    SettingChanged,
    SignedIn,
    SignInRefused,
    SweepFinished,
    UnitSaved,
    UnreadableReceived,
    payload,
)
from documents.intake_events import FileUploaded
from documents.lines import LineNumber
from documents.log_events import LogVerified
from documents.notices import Preferences
from documents.page import Box
from documents.people import Officer, Unit
from documents.programs import ProgramAsked, ProgramKeyMade, ProgramKeyRevoked
from documents.reading import FieldName, Reading
from documents.record import CalendarDay, Credentials, DraftState, PageRecord
from documents.status import Status
from documents.task_events import TaskAdded, TaskDropped, TaskReported, TasksProposed, TaskTaken
from documents.tasks import ProposedTask, TaskNumber, TaskRole, TaskState
from documents.work import LineAccepted
from registry.agencies import list_own_agencies, next_agency
from registry.book import APPLIERS
from registry.calendar_days import list_calendar_changes, recounted_version
from registry.columns import canonical
from registry.engine import Registry
from registry.log import LAST_CHECK
from registry.preferences import feed_owner, preferences_of
from registry.programs import key_of
from registry.queue import claim
from registry.tables import AuditRow, Base
from registry.tasks import list_taken_tasks, list_tasks
from tests.event_kinds import list_kinds
from tests.registry.builders import (
    HOA,
    INCOMING,
    LEASE,
    LINH,
    NOW,
    OFFICE,
    PRESS,
    TODAY,
    XUAN,
    an_office,
    arrival,
    assigned,
    bring,
    cancelled,
    later,
    lead,
    name,
    read,
    received,
    registered,
    sha,
    started,
)
from tests.registry.line_cases import LINE_CASES
from tests.registry.seen import DOC, Case, document, notices, that

PAGE = PageKept(number=1, picture_sha256=sha(50), width_px=1240, height_px=1754)
AGENCY = OwnAgency(
    id=AgencyId(1),
    name="Công ty Điện lực Tây Ninh",
    abbreviation="PCTN",
    parent="Ủy ban nhân dân tỉnh Tây Ninh",
    since=dt.date(2010, 1, 1),
)
TASK = ProposedTask(
    heading="1. Sở Thông tin và Truyền thông",
    words="Chủ trì, phối hợp với Sở Ngoại vụ tổ chức hội nghị giao ban",
    role=TaskRole.LEAD,
    partners=("Sở Ngoại vụ",),
    page=3,
    box=Box(0.1, 0.2, 0.9, 0.3),
)
MEETING = ProposedTask(
    heading="",
    words="Giao ban 06 tháng 01 lần",
    role=TaskRole.ALL,
    recurrence="FREQ=MONTHLY;INTERVAL=6",
    ask="day",
)
BECAUSE = Because(Ground.RULE, "Văn bản của UBND tỉnh.", rule="giao_viec@1#QT-01")


CASES = {
    "a new paper waits to be read": Case(
        received(1, urgent=True),
        (
            document(
                status=Status.WAITING, sha256=sha(1), size=1001, file_name="quet_001.pdf", arrival=arrival(1),
                received_at=NOW, received_by="hoa", attempt=0, arrival_cleared=False, entry=None,
            ),
            that(lambda v: v.first_with(sha(1)).id, DOC),
            that(lambda v: v.same_drop(arrival(1)).id, DOC),
            that(lambda v: v.search("quet 001"), (DOC,)),
        ),
    ),
    "known bytes are attached to the first": Case(
        DuplicateReceived(
            document=name(2), sha256=sha(1), size=1001, media_type="application/pdf", arrival=arrival(2),
            duplicate_of=DOC,
        ),
        (
            that(lambda v: (v.document(name(2)).status, v.document(name(2)).duplicate_of), (Status.DUPLICATE, DOC)),
            that(lambda v: v.first_with(sha(1)).id, DOC),
        ),
        at=Status.WAITING,
    ),
    "a paper that cannot be opened is set aside and the clerk told": Case(
        UnreadableReceived(
            document=DOC, sha256=sha(1), size=0, media_type="", arrival=arrival(1), code="empty_file",
            message="Tệp rỗng.", advice="Quét lại.",
        ),
        (
            document(
                status=Status.QUARANTINED, quarantine_code="empty_file", quarantine_message="Tệp rỗng.",
                quarantine_advice="Quét lại.",
            ),
            notices(("quarantined", HOA, "waiting")),
        ),
    ),
    "a file that left is not looked for again": Case(
        ArrivalCleared(document=DOC, moved_to="/nhan/trung/quet_001.pdf"),
        (
            document(arrival_cleared=True, status=Status.WAITING),
            that(lambda v: v.same_drop(arrival(1)), None),
            that(lambda v: v.uncleared_arrivals(), ()),
        ),
        at=Status.WAITING,
    ),
    "a processor begins": Case(
        started(DOC, lease_until=later(minutes=5)), (document(status=Status.READING, attempt=1),), at=Status.WAITING
    ),
    "a processor that died gives it back": Case(
        ReadingLapsed(document=DOC, attempt=1, cause="lease_expired", retry_at=later(minutes=1)),
        (document(status=Status.WAITING, attempt=1),),
        at=Status.READING,
    ),
    "what was read is kept": Case(
        all_events.DocumentRead(
            document=DOC, attempt=1, reading=read(DOC, subject="Về đối ngoại", number_symbol="02/KH-UBND").reading,
            page_count=3, pages=(PAGE,), text="Nơi nhận: Sở Thông tin", flags=("skewed",),
        ),
        (
            document(status=Status.READING, page_count=3, flags=("skewed",), read_in_full=False),
            that(lambda v: v.fields(DOC)[FieldName.SUBJECT], read(DOC, subject="Về đối ngoại").reading[FieldName.SUBJECT]),
            that(lambda v: list(v.fields(DOC)), [FieldName.NUMBER_SYMBOL, FieldName.SUBJECT]),
            that(lambda v: v.pages(DOC), (PageRecord(number=1, picture_sha256=sha(50), width_px=1240, height_px=1754),)),
            that(lambda v: v.search("so thong tin"), (DOC,)),
            that(lambda v: v.search("2 kh ubnd"), (DOC,)),
        ),
        at=Status.READING,
    ),
    "a person is asked": Case(
        ReviewAsked(
            document=DOC, reasons=("Số viết tay.",), proposal=(lead(LINH, TODAY),),
            questions=(Question(topic="lead", text="Ai chủ trì?", candidates=("linh",), about="Đ/c Linh"),),
        ),
        (
            document(
                status=Status.REVIEW, review_reasons=("Số viết tay.",), proposal=(lead(LINH, TODAY),),
                questions=(Question(topic="lead", text="Ai chủ trì?", candidates=("linh",), about="Đ/c Linh"),),
            ),
            notices(("review", HOA, "waiting")),
        ),
        at=Status.READING,
    ),
    "reading is impossible": Case(
        DocumentQuarantined(document=DOC, attempt=1, code="broken", message="Tệp hỏng.", advice="Quét lại."),
        (document(status=Status.QUARANTINED, quarantine_code="broken"), notices(("quarantined", HOA, "waiting"))),
        at=Status.READING,
    ),
    "a secret paper leaves no word behind": Case(
        DocumentSealed(document=DOC, attempt=1),
        (
            document(status=Status.SEALED, sha256=sha(1)),
            notices(("sealed", HOA, "waiting")),
            that(lambda v: v.fields(DOC), {}),
            that(lambda v: v.pages(DOC), ()),
            that(lambda v: v.search("doi ngoai") + v.search("noi nhan"), ()),
        ),
        at=Status.READING,
        first=(read(DOC, subject="Đối ngoại", text="Nơi nhận"),),
    ),
    "a secret paper is nobody's work, however far it is": Case(
        DocumentSealed(document=DOC, attempt=None),
        (document(status=Status.SEALED), that(lambda v: v.assignments(DOC), ())),
        at=Status.ASSIGNED,
        first=(LineAccepted(document=DOC, line=LineNumber(1), role=Role.LEAD),),
    ),
    "a set aside paper is read again": Case(
        RetryAsked(document=DOC),
        (document(status=Status.WAITING, quarantine_code=None, quarantine_message=None, review_reasons=()),),
        at=Status.READING,
        first=(DocumentQuarantined(document=DOC, attempt=1, code="broken", message="Hỏng.", advice="Quét."),),
    ),
    "a person's word stands": Case(
        FieldsConfirmed(document=DOC, values={"subject": "Về họp báo", "number_symbol": "029/CV"}),
        (
            that(lambda v: [(f.value, f.checked, f.source.value, f.reason) for f in v.fields(DOC).values()],
                 [("029/CV", True, "person", None), ("Về họp báo", True, "person", None)]),
            that(lambda v: v.search("hop bao"), (DOC,)),
            that(lambda v: v.search("29 cv"), (DOC,)),
        ),
        at=Status.REVIEW,
    ),
    "entered in the book": Case(
        registered(DOC, 1, because=(BECAUSE,)),
        (
            document(status=Status.REGISTERED, review_reasons=()),
            that(lambda v: (v.document(DOC).entry.name, v.document(DOC).entry.arrival_date), ("1/2012", TODAY)),
            that(lambda v: v.find_document("1/2012").id, DOC),
            that(lambda v: v.book_state(INCOMING, 2012).next_number, 2),
        ),
        at=Status.REVIEW,
    ),
    "a cancelled entry keeps its number": Case(
        cancelled(DOC, 1, "Vào nhầm"),
        (
            document(status=Status.REVIEW, entry=None, review_reasons=("Số đến 1/2012 đã hủy: Vào nhầm",), routed_at=None),
            that(lambda v: [(e.number, e.state, e.reason, d) for e, d in v.entries(INCOMING, 2012)],
                 [(1, "cancelled", "Vào nhầm", DOC)]),
            that(lambda v: v.book_state(INCOMING, 2012).next_number, 2),
            that(lambda v: v.find_document("1/2012").id, DOC),
            that(lambda v: v.assignments(DOC), ()),
            that(lambda v: [a.person for a in v.document(DOC).proposal], [LINH]),
        ),
        at=Status.ASSIGNED,
    ),
    "a book begun on paper goes on": Case(
        BookOpened(book=INCOMING, year=2012, next_number=130),
        (that(lambda v: [(s.year, s.next_number) for s in v.book_states(INCOMING)], [(2012, 130)]),),
    ),
    "assigned, and everybody told once": Case(
        assigned(
            DOC, lead(LINH, TODAY),
            all_events.Assignee(role=Role.SUPPORT, unit=PRESS, because=(BECAUSE,)),
            all_events.Assignee(role=Role.INFORM, person=HOA),
        ),
        (
            document(status=Status.ASSIGNED, routed_at=NOW),
            that(
                lambda v: [(a.role, a.person, a.unit, a.officer_name, a.unit_name, a.due, a.state) for a in v.assignments(DOC)],
                [
                    (Role.LEAD, LINH, None, "Nguyễn Thị Linh", None, TODAY, "open"),
                    (Role.SUPPORT, None, PRESS, None, "Phòng Báo chí – Xuất bản", None, "open"),
                    (Role.INFORM, HOA, None, "Trần Thị Hoa", None, None, "inform"),
                ],
            ),
            that(lambda v: v.assignments(DOC)[1].because, (BECAUSE,)),
            that(lambda v: [(d, a.person) for d, a in v.open_deadlines(TODAY)], [(DOC, LINH)]),
            notices(("review", HOA, "waiting"), ("assigned", LINH, "waiting"), ("assigned", XUAN, "waiting"), ("assigned", HOA, "waiting")),
        ),
        at=Status.REGISTERED,
    ),
    "the whole text is kept for search": Case(
        FullTextRead(document=DOC, attempt=2, text="Phụ lục: danh sách", page_count=9, pages=(PAGE,)),
        (
            document(read_in_full=True, page_count=9, status=Status.ASSIGNED),
            that(lambda v: v.search("phu luc"), (DOC,)),
            that(lambda v: len(v.pages(DOC)), 1),
        ),
        at=Status.ASSIGNED,
    ),
    "all pages say that the paper is not whole": Case(
        FullTextRead(document=DOC, attempt=2, text="", reading=Reading({}, ("Hai văn bản.",))),
        (
            document(doubts=("Hai văn bản.",), review_reasons=(), status=Status.ASSIGNED),
            notices(("review", HOA, "waiting"), ("assigned", LINH, "waiting"), ("doubted", HOA, "waiting")),
        ),
        at=Status.ASSIGNED,
    ),
    "a person's word settles a doubt about the whole paper": Case(
        FieldsConfirmed(document=DOC, values={}),
        (document(doubts=()),),
        at=Status.READING,
        first=(replace(read(DOC), reading=Reading({}, ("Hai văn bản.",))),),
    ),
    "a person lets a paper stand that is not whole": Case(
        DoubtsSettled(document=DOC, doubts=("Hai văn bản.",)),
        (document(doubts=(), status=Status.READING),),
        at=Status.READING,
        first=(replace(read(DOC), reading=Reading({}, ("Hai văn bản.",))),),
    ),
    "a leader's direction is a line of the audit": Case(
        DirectionGiven(document=DOC, said_by=HOA, text="P.CNTT chủ trì"),
        (document(status=Status.ASSIGNED),),
        at=Status.ASSIGNED,
    ),
    "who is meant by a name is counted": Case(
        NameChosen(document=DOC, written="đ/c LINH", chosen=LINH),
        (
            that(lambda v: [(h.chosen, h.times, h.among) for h in v.name_habits("Đ/c Linh")], [(LINH, 2, 3), (XUAN, 1, 3)]),
        ),
        at=Status.REVIEW,
        first=(
            NameChosen(document=DOC, written="Đ/c Linh", chosen=LINH),
            NameChosen(document=DOC, written="Đ/c Linh", chosen=XUAN),
        ),
    ),
    "a habit becomes an alias of a person": Case(
        AliasAdopted(written="Đ/c Linh", chosen=LINH, times=12, among=14),
        (that(lambda v: v.directory().person(LINH).aliases[-1], "Đ/c Linh"),),
    ),
    "a habit becomes an alias of a unit, once": Case(
        AliasAdopted(written="Báo chí", chosen=f"unit:{PRESS}", times=5, among=5),
        (that(lambda v: v.directory().unit(PRESS).aliases.count("Báo chí"), 1),),
        first=(AliasAdopted(written="Báo chí", chosen=f"unit:{PRESS}", times=5, among=5),),
    ),
    "a notice left": Case(
        NoticeSent(document=DOC, notice=1, kind="review", recipient=HOA, way="smtp"),
        (notices(("review", HOA, "sent")), that(lambda v: v.count_notices("sent"), 1)),
        at=Status.REVIEW,
    ),
    "a notice is tried again": Case(
        NoticeFailed(document=DOC, notice=1, cause="421 busy", retry_at=later(minutes=5)),
        (
            notices(("review", HOA, "waiting")),
            that(lambda v: [(n.attempts, n.next_try_at, n.last_error) for n in v.notices()], [(1, later(minutes=5), "421 busy")]),
        ),
        at=Status.REVIEW,
    ),
    "a notice is given up": Case(
        NoticeFailed(document=DOC, notice=1, cause="550 unknown", retry_at=None),
        (notices(("review", HOA, "given_up")), that(lambda v: v.count_notices("given_up"), 1)),
        at=Status.REVIEW,
    ),
    "a deadline is near": Case(
        ReminderDue(document=DOC, recipient=LINH, step="before-3", due=TODAY, line=1),
        (notices(("review", HOA, "waiting"), ("assigned", LINH, "waiting"), ("reminder", LINH, "waiting")),),
        at=Status.ASSIGNED,
    ),
    "a document is late": Case(
        AlarmRaised(document=DOC, recipients=(HOA, XUAN), step="unregistered", limit=TODAY),
        (notices(("review", HOA, "waiting"), ("alarm", HOA, "waiting"), ("alarm", XUAN, "waiting")),),
        at=Status.REVIEW,
    ),
    "a notice is taken back": Case(
        NoticeWithdrawn(document=DOC, notice=1, kind="review", recipient=HOA, cause="done_meanwhile"),
        (notices(),),
        at=Status.REVIEW,
    ),
    "a person says how to be told": Case(
        PreferencesSet(person=LINH, preferences=Preferences(muted=("finished",), digest_at=dt.time(8, 15))),
        (
            that(lambda v: preferences_of(v, LINH), Preferences(muted=("finished",), digest_at=dt.time(8, 15))),
            that(lambda v: preferences_of(v, XUAN), Preferences()),
        ),
    ),
    "a private calendar address is made": Case(
        FeedOpened(person=LINH, token_hash=sha(8)),
        (that(lambda v: (feed_owner(v, sha(8)), feed_owner(v, sha(9))), (LINH, None)),),
        first=(FeedOpened(person=LINH, token_hash=sha(9)),),
    ),
    "a private calendar address answers no more": Case(
        FeedClosed(person=LINH),
        (that(lambda v: feed_owner(v, sha(9)), None),),
        first=(FeedOpened(person=LINH, token_hash=sha(9)),),
    ),
    "a program is given a key": Case(
        ProgramKeyMade(person=LINH, name="Cổng", token_hash=sha(8), writes=False, until=TODAY),
        (that(lambda v: (key := key_of(v, sha(8))) and (key.person, key.revoked), (LINH, False)),),
    ),
    "a program's key opens nothing any more": Case(
        ProgramKeyRevoked(key=sha(8)[:12]),
        (that(lambda v: (key := key_of(v, sha(8))) and key.revoked, True),),
        first=(ProgramKeyMade(person=LINH, name="Cổng", token_hash=sha(8), writes=False, until=TODAY),),
    ),
    "a program asked for a document": Case(
        ProgramAsked(document=DOC, key=sha(8)[:12], what="open"),
        (that(lambda v: v.history(DOC)[-1].event, "ProgramAsked"),),
        at=Status.REVIEW,
    ),
    "a person had the log checked": Case(
        LogVerified(by=XUAN, whole=False, count=7, head=sha(8), first_wrong=8),
        (
            that(lambda v: v.setting(LAST_CHECK)["by"], XUAN),
            that(lambda v: (v.setting(LAST_CHECK)["count"], v.setting(LAST_CHECK)["first_wrong"]), (7, 8)),
            that(lambda v: v.setting(LAST_CHECK)["whole"], False),
        ),
        first=(LogVerified(by=LINH, whole=True, count=3, head=sha(9)),),
    ),
    "a person looked": Case(
        DocumentOpened(document=DOC), (that(lambda v: v.history(DOC)[-1].actor, "hoa"),), at=Status.REVIEW
    ),
    "a person took the original file": Case(
        OriginalTaken(document=DOC), (that(lambda v: v.history(DOC)[-1].actor, "hoa"),), at=Status.REVIEW
    ),
    "an agency of the office's own is known": Case(
        AgencySaved(agency=AGENCY),
        (that(list_own_agencies, (AGENCY,)), that(next_agency, 2)),
        first=(AgencySaved(agency=replace(AGENCY, name="Tên cũ")),),
    ),
    "a person brought a scan in": Case(FileUploaded(name="a.pdf", size=9, sha256=sha(7)), ()),
    "the register was taken out": Case(BookExported(book=INCOMING, year=2012, form="pdf", lines=29), ()),
    "a person signed in": Case(SignedIn(person=LINH), ()),
    "a person's password was wrong": Case(SignInRefused(person=LINH), ()),
    "the office has a name": Case(
        OfficeNamed(name="SỞ THÔNG TIN VÀ TRUYỀN THÔNG", aliases=("Sở TT&TT",), parent="UBND TỈNH"),
        (that(lambda v: (v.directory().office_name, v.directory().office_aliases), ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", ("Sở TT&TT",))),),
    ),
    "a unit changed": Case(
        UnitSaved(unit=Unit(id=PRESS, name="Phòng Thông tin", aliases=("TT",), head=LINH)),
        (that(lambda v: v.directory().unit(PRESS), Unit(id=PRESS, name="Phòng Thông tin", aliases=("TT",), head=LINH)),),
    ),
    "a person changed": Case(
        PersonSaved(person=Officer(id=LINH, name="Nguyễn Linh", unit=OFFICE, until=TODAY), login=" Linh ", password_hash="$argon2$x"),
        (
            that(lambda v: v.directory().person(LINH), Officer(id=LINH, name="Nguyễn Linh", unit=OFFICE, until=TODAY)),
            that(lambda v: v.credentials("LINH"), Credentials(person=LINH, login="linh", password_hash="$argon2$x")),
        ),
    ),
    "a day off": Case(
        CalendarDaySet(day=TODAY, kind="off", reason="Nghỉ bù", source="CV 1/SNV"),
        (
            that(lambda v: v.calendar_days(), (CalendarDay(day=TODAY, kind="off", reason="Nghỉ bù", source="CV 1/SNV", entered_by="hoa"),)),
            that(lambda v: v.calendar_version(), 1),
        ),
    ),
    "a day taken out again": Case(
        CalendarDayRemoved(day=TODAY, reason="Ghi nhầm"),
        (
            that(lambda v: v.calendar_days(), ()),
            that(lambda v: v.calendar_version(), 2),
            that(lambda v: [(c.version, c.kind, c.reason) for c in list_calendar_changes(v)], [(1, "off", "Nghỉ bù"), (2, None, "Ghi nhầm")]),
        ),
        first=(CalendarDaySet(day=TODAY, kind="off", reason="Nghỉ bù", source="CV 1/SNV"),),
    ),
    "deadlines counted again": Case(
        DeadlinesRecounted(
            document=DOC,
            lines=(
                LineRecounted(line=LineNumber(1), before=TODAY, after=dt.date(2012, 1, 6), outer=None, because=(BECAUSE,)),
                LineRecounted(line=LineNumber(9), before=TODAY, after=TODAY, outer=None),
            ),
            calendar_version=3,
        ),
        (
            that(lambda v: [(one.due, one.because) for one in v.assignments(DOC)], [(dt.date(2012, 1, 6), (BECAUSE,))]),
            notices(("review", HOA, "waiting"), ("assigned", LINH, "waiting"), ("recounted", LINH, "waiting")),
        ),
        at=Status.ASSIGNED,
    ),
    "all deadlines looked at": Case(
        RecountFinished(calendar_version=4, moved=2), (that(recounted_version, 4),)
    ),
    "duties of this office are proposed": Case(
        TasksProposed(document=DOC, tasks=(TASK, MEETING)),
        (
            that(lambda v: [(t.number, t.state, t.proposed) for t in list_tasks(v, DOC)], [(1, TaskState.PROPOSED, TASK), (2, TaskState.PROPOSED, MEETING)]),
            that(list_taken_tasks, ()),
        ),
        at=Status.ASSIGNED,
    ),
    "a task is added by hand": Case(
        TaskAdded(document=DOC, task=TASK, holder=LINH, since=TODAY, due=dt.date(2012, 1, 20)),
        (
            that(
                lambda v: [(t.number, t.state, t.holder, t.due, t.proposed) for t in list_tasks(v, DOC)],
                [(1, TaskState.PROPOSED, None, TASK.due, TASK), (2, TaskState.TAKEN, LINH, dt.date(2012, 1, 20), TASK)],
            ),
            notices(("review", HOA, "waiting"), ("assigned", LINH, "waiting"), ("task", LINH, "waiting")),
        ),
        at=Status.ASSIGNED,
        first=(TasksProposed(document=DOC, tasks=(TASK,)),),
    ),
    "a task is taken": Case(
        TaskTaken(document=DOC, task=TaskNumber(1), holder=LINH, since=TODAY, recurrence="FREQ=MONTHLY;BYMONTHDAY=20"),
        (
            that(
                lambda v: [(t.number, t.state, t.holder_name, t.due, t.recurrence, t.since) for t in list_taken_tasks(v)],
                [(1, TaskState.TAKEN, "Nguyễn Thị Linh", None, "FREQ=MONTHLY;BYMONTHDAY=20", TODAY)],
            ),
            notices(("review", HOA, "waiting"), ("assigned", LINH, "waiting"), ("task", LINH, "waiting")),
        ),
        at=Status.ASSIGNED,
        first=(TasksProposed(document=DOC, tasks=(TASK,)),),
    ),
    "a task is dropped": Case(
        TaskDropped(document=DOC, task=TaskNumber(1), reason="Việc của Sở Ngoại vụ"),
        (that(lambda v: [(t.state, t.reason) for t in list_tasks(v, DOC)], [(TaskState.DROPPED, "Việc của Sở Ngoại vụ")]),),
        at=Status.ASSIGNED,
        first=(TasksProposed(document=DOC, tasks=(TASK,)),),
    ),
    "a day of a task is reported on": Case(
        TaskReported(document=DOC, task=TaskNumber(1), occurrence=dt.date(2012, 1, 20)),
        (that(lambda v: [(t.state, t.reported) for t in list_tasks(v, DOC)], [(TaskState.TAKEN, (dt.date(2012, 1, 20),))]),),
        at=Status.ASSIGNED,
        first=(
            TasksProposed(document=DOC, tasks=(TASK,)),
            TaskTaken(document=DOC, task=TaskNumber(1), holder=LINH, since=TODAY, recurrence="FREQ=MONTHLY;BYMONTHDAY=20"),
        ),
    ),
    "rules came into force": Case(
        RulesAdopted(table="giao_viec", text="rows: [b]"),
        (that(lambda v: v.rules("giao_viec"), (2, "rows: [b]")), that(lambda v: v.rules("khác"), (0, ""))),
        first=(RulesAdopted(table="giao_viec", text="rows: [a]"),),
    ),
    "a routing table was drafted": Case(
        RulesDrafted(table="giao_viec", draft=2, text="rows: [b]", by=LINH),
        (
            that(lambda v: [(d.draft, d.state, d.text, d.drafted_by) for d in v.rule_drafts("giao_viec")], [(1, DraftState.OPEN, "rows: [a]", LINH), (2, DraftState.OPEN, "rows: [b]", LINH)]),
            that(lambda v: v.rules("giao_viec"), (0, "")),
        ),
        first=(RulesDrafted(table="giao_viec", draft=1, text="rows: [a]", by=LINH),),
    ),
    "a second person approved a draft": Case(
        RulesApproved(table="giao_viec", draft=1, effective_from=TODAY, by=XUAN, since=TODAY, documents=9, moved=2),
        (
            that(lambda v: v.rules("giao_viec", TODAY - dt.timedelta(1)), (1, "rows: []")),
            that(lambda v: v.rules("giao_viec", TODAY), (2, "rows: [a]")),
            that(lambda v: v.rules("giao_viec"), (2, "rows: [a]")),
            that(lambda v: [(r.version, r.adopted_by, r.effective_from) for r in v.rule_versions("giao_viec")], [(1, "hoa", None), (2, XUAN, TODAY)]),
            that(lambda v: [(d.state, d.closed_by, d.closed_at, d.version) for d in v.rule_drafts("giao_viec")], [(DraftState.APPROVED, XUAN, NOW, 2)]),
        ),
        first=(RulesAdopted(table="giao_viec", text="rows: []"), RulesDrafted(table="giao_viec", draft=1, text="rows: [a]", by=LINH)),
    ),
    "a draft was dropped": Case(
        RulesDraftDropped(table="giao_viec", draft=1, reason="Thiếu phòng", by=LINH),
        (
            that(lambda v: [(d.state, d.reason, d.version) for d in v.rule_drafts("giao_viec")], [(DraftState.DROPPED, "Thiếu phòng", None)]),
            that(lambda v: v.rules("giao_viec"), (0, "")),
        ),
        first=(RulesDrafted(table="giao_viec", draft=1, text="rows: [a]", by=LINH),),
    ),
    "a setting changed": Case(
        SettingChanged(name="first_named_leads", value=False),
        (that(lambda v: v.setting("first_named_leads", True), False), that(lambda v: v.setting("x", 7), 7)),
        first=(SettingChanged(name="first_named_leads", value={"a": [1]}),),
    ),
    "a sweep ended": Case(
        SweepFinished(name="stuck", found=3),
        (that(lambda v: dict(v.sweeps()), {"stuck": (NOW, 3)}), that(lambda v: v.beats(), {"sweep:stuck": NOW})),
    ),
}  # fmt: skip


ALL_CASES = [pytest.param(case, id=reason) for reason, case in (*CASES.items(), *LINE_CASES.items())]


@pytest.mark.parametrize("case", ALL_CASES)
def test_what_is_recorded_is_seen(case: Case, registry: Registry) -> None:
    an_office(registry)
    with registry.book("hoa", NOW) as book:
        if case.at:
            bring(book, 1, case.at)
        for event in case.first:
            book.record(event)
    if isinstance(case.event, FullTextRead):
        assert claim(registry, "p2", NOW, LEASE, "full")
    with registry.book("hoa", NOW) as book:
        seq = book.record(case.event)
        for look in case.seen:
            look(book)
    with registry.view() as view:
        for look in case.seen:
            look(view)
        line = view.session.scalars(_last_line()).one()
    told = case.event.document if isinstance(case.event, DocumentEvent) else None
    assert (line.seq, line.at, line.actor, line.document) == (seq, NOW, "hoa", told)
    assert (line.event, line.payload) == (type(case.event).__name__, canonical(payload(case.event)))


def _last_line() -> Any:
    return select(AuditRow).order_by(AuditRow.seq.desc()).limit(1)


def test_no_kind_of_event_is_forgotten() -> None:
    kinds = list_kinds()
    assert set(APPLIERS) == kinds
    assert {type(case.event) for case in (*CASES.values(), *LINE_CASES.values())} == kinds


@pytest.mark.parametrize(
    ("at", "event", "error"),
    [
        pytest.param(None, started(DOC), NoSuchDocument, id="a paper that is not there"),
        pytest.param(None, DocumentOpened(document=DOC), NoSuchDocument, id="looking at nothing"),
        pytest.param(
            Status.WAITING, received(2, sha256=sha(1)), AlreadyMoved, id="the same bytes as new ones"
        ),
        pytest.param(Status.WAITING, received(2, arrival=arrival(1)), AlreadyMoved, id="the same drop again"),
        pytest.param(
            Status.READING, started(DOC, attempt=2), AlreadyMoved, id="a second claim while being read"
        ),
        pytest.param(
            Status.READING, RetryAsked(document=DOC), AlreadyMoved, id="reading again what is being read"
        ),
        pytest.param(
            Status.WAITING, started(DOC, attempt=3), AlreadyMoved, id="a claim that skips an attempt"
        ),
        pytest.param(Status.READING, read(DOC, attempt=2), AlreadyMoved, id="a reading of another attempt"),
        pytest.param(Status.REVIEW, read(DOC), AlreadyMoved, id="a reading that comes late"),
        pytest.param(Status.WAITING, registered(DOC, 1), AlreadyMoved, id="entered before it was read"),
        pytest.param(Status.REGISTERED, registered(DOC, 2), AlreadyMoved, id="entered a second time"),
        pytest.param(Status.REVIEW, assigned(DOC), AlreadyMoved, id="assigned before it is entered"),
        pytest.param(
            Status.REGISTERED,
            assigned(DOC, lead(LINH), lead(HOA)),
            LeadNotChosen,
            id="two who lead",
        ),
        pytest.param(
            Status.REGISTERED,
            assigned(DOC, all_events.Assignee(role=Role.INFORM, person=LINH)),
            LeadNotChosen,
            id="nobody who leads",
        ),
        pytest.param(Status.REVIEW, cancelled(DOC, 1), AlreadyMoved, id="cancelling what was never entered"),
        pytest.param(Status.REGISTERED, cancelled(DOC, 2), AlreadyMoved, id="cancelling another number"),
        pytest.param(
            Status.REGISTERED, RetryAsked(document=DOC), AlreadyMoved, id="reading again what is entered"
        ),
        pytest.param(
            Status.ASSIGNED,
            FullTextRead(document=DOC, attempt=1, text=""),
            AlreadyMoved,
            id="whole text unclaimed",
        ),
    ],
)
def test_what_cannot_happen_is_refused_and_nothing_stays(
    at: Status | None, event: Event, error: type[Exception], registry: Registry
) -> None:
    an_office(registry)
    with registry.book("hoa", NOW) as book:
        if at:
            bring(book, 1, at)
    before = everything(registry)
    with pytest.raises(error), registry.book("hoa", NOW) as book:
        book.record(SettingChanged(name="lost", value=1))
        book.record(event)
    assert everything(registry) == before


def test_an_error_that_is_caught_still_gives_up_the_whole_transaction(registry: Registry) -> None:
    before = everything(registry)
    with pytest.raises(NoSuchDocument), registry.book("hoa", NOW) as book:
        book.record(SettingChanged(name="lost", value=1))
        with pytest.raises(NoSuchDocument):
            book.record(DocumentOpened(document=DOC))
    assert everything(registry) == before


def test_an_open_book_that_records_nothing_leaves_nothing(registry: Registry) -> None:
    before = everything(registry)
    with registry.book("hoa", NOW) as book:
        assert book.counts()[Status.WAITING] == 0
    assert everything(registry) == before


def test_a_moment_without_its_zone_is_refused(registry: Registry) -> None:
    with pytest.raises(Exception, match="zone"), registry.book("hoa", dt.datetime(2012, 1, 5)) as book:
        book.record(SettingChanged(name="x", value=1))


def everything(registry: Registry) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    with registry.view() as view:
        return {
            table.name: [tuple(row) for row in view.session.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }
