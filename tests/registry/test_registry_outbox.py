"""The outbox: a notice stands with its reason or not at all, is told once, and is never lost by who sends it."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from documents.decisions import Assignee, Role
from documents.events import (
    NoticeFailed,
    NoticeSent,
    NoticeWithdrawn,
    PersonSaved,
    ReminderDue,
    RetryAsked,
    ReviewAsked,
    UnitSaved,
)
from documents.people import Duty, Officer, PersonId, Unit, UnitId
from documents.record import NoticeRecord
from documents.status import Status
from registry.book import Book
from registry.engine import Registry
from registry.parcels import claim_notices
from tests.registry import processes
from tests.registry.builders import (
    HOA,
    INCOMING,
    LEASE,
    LINH,
    NOW,
    TODAY,
    XUAN,
    an_office,
    assigned,
    bring,
    cancelled,
    later,
    lead,
    name,
    registered,
    started,
)

DOC = name(1)


@pytest.fixture
def office(registry: Registry) -> Registry:
    an_office(registry)
    return registry


def told(registry: Registry) -> list[tuple[str, str]]:
    """Kind and recipient of every notice about paper 1."""
    with registry.view() as view:
        return [(n.kind, n.recipient) for n in view.notices_of(DOC)]


def test_a_notice_stands_only_with_its_reason(office: Registry) -> None:
    with pytest.raises(RuntimeError, match="power"), office.book("p1", NOW) as book:
        bring(book, 1, Status.ASSIGNED)
        assert len(book.notices()) == 2
        raise RuntimeError("power cut")
    with office.view() as view:
        assert view.notices() == ()


def test_the_same_notice_twice_is_refused_by_the_database_itself(office: Registry) -> None:
    with office.book("p1", NOW) as book:
        bring(book, 1, Status.REVIEW)
    twice = (
        "INSERT INTO notices (id, document, kind, recipient, slot, message_id, payload, state, attempts, made_at) "
        "SELECT id + 1, document, kind, recipient, slot, 'other', payload, state, attempts, made_at FROM notices"
    )
    with pytest.raises(sa.exc.IntegrityError), office.writing() as session:
        session.execute(sa.text(twice))


def assign(book: Book, *lines: Assignee) -> None:
    book.record(assigned(DOC, *lines))


SUPPORT = Assignee(role=Role.SUPPORT, unit=UnitId("bcxb"))


@pytest.mark.parametrize(
    ("first", "then", "new"),
    [
        pytest.param((lead(LINH),), (lead(LINH),), [], id="the same again: nobody"),
        pytest.param((lead(LINH),), (lead(XUAN),), [XUAN], id="another leads: that one"),
        pytest.param((lead(LINH),), (lead(LINH, TODAY),), [LINH], id="a new deadline: the one concerned"),
        pytest.param((lead(LINH),), (lead(LINH), SUPPORT), [XUAN], id="a unit is added: its head"),
        pytest.param((lead(LINH), SUPPORT), (SUPPORT, lead(LINH)), [], id="the order changed: nobody"),
    ],
)
def test_who_is_told_when_it_is_passed_on_anew(
    first: tuple[Assignee, ...], then: tuple[Assignee, ...], new: list[PersonId], office: Registry
) -> None:
    with office.book("hoa", NOW) as book:
        bring(book, 1, Status.REGISTERED)
        assign(book, *first)
        before = len(book.notices_of(DOC))
        assign(book, *then)
        assert [n.recipient for n in book.notices_of(DOC)[before:]] == new


def test_a_line_lost_and_given_again_is_told_again(office: Registry) -> None:
    with office.book("hoa", NOW) as book:
        bring(book, 1, Status.ASSIGNED)
        assign(book, lead(XUAN))
        assign(book, lead(LINH))
        book.record(cancelled(DOC, 1))
        book.record(registered(DOC, book.allot_number(INCOMING, 2012)[0]))
        assign(book, lead(LINH))
    assert [recipient for kind, recipient in told(office) if kind == "assigned"] == [LINH, XUAN, LINH, LINH]


def test_a_unit_without_head_is_told_to_the_clerks(office: Registry) -> None:
    with office.book("hoa", NOW) as book:
        book.record(UnitSaved(unit=Unit(id=UnitId("ttra"), name="Thanh tra")))
        bring(book, 1, Status.REGISTERED)
        assign(book, Assignee(role=Role.LEAD, unit=UnitId("ttra")))
    assert told(office)[-1] == ("review", HOA)


def test_a_clerk_no_longer_serving_is_not_told_and_without_any_the_administrator_is(office: Registry) -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    with office.book("admin", NOW) as book:
        book.record(
            PersonSaved(person=Officer(id=HOA, name="Trần Thị Hoa", duty=Duty.CLERK, until=yesterday))
        )
        book.record(PersonSaved(person=Officer(id=PersonId("qt"), name="Quản trị", duty=Duty.ADMIN)))
        bring(book, 1, Status.REVIEW)
    assert told(office) == [("review", PersonId("qt"))]


def test_the_clerks_are_asked_once_a_try(office: Registry) -> None:
    asked = ReviewAsked(document=DOC, reasons=("Mờ.",))
    with office.book("p1", NOW) as book:
        bring(book, 1, Status.REVIEW)
        book.record(asked)
        assert len(book.notices_of(DOC)) == 1
        book.record(RetryAsked(document=DOC))
        book.record(started(DOC, 2))
        book.record(asked)
        assert len(book.notices_of(DOC)) == 2


def reminder(step: str, due: dt.date = TODAY, line: int = 1) -> ReminderDue:
    return ReminderDue(document=DOC, recipient=LINH, step=step, due=due, line=line)


def test_a_reminder_is_made_once_a_step_day_and_line(office: Registry) -> None:
    with office.book("sweeper", NOW) as book:
        bring(book, 1, Status.ASSIGNED)
        tomorrow = TODAY + dt.timedelta(days=1)
        events = [
            reminder("before-3"),
            reminder("before-3"),
            reminder("on"),
            reminder("on", tomorrow),
            reminder("on", line=2),
        ]
        assert [book.remind_once(e) for e in events] == [True, False, True, True, True]
        lines = [line.event for line in book.history(DOC)].count("ReminderDue")
        assert lines == 4


def test_a_later_step_takes_the_place_of_one_that_has_not_left(office: Registry) -> None:
    with office.book("sweeper", NOW) as book:
        bring(book, 1, Status.ASSIGNED)
        book.remind_once(reminder("before-3"))
        book.remind_once(reminder("on", line=2))
        book.remind_once(reminder("on"))
        steps = [(n.payload["step"], n.payload["line"]) for n in book.notices_of(DOC) if n.kind == "reminder"]
    assert steps == [("on", 2), ("on", 1)]


def test_what_an_earlier_day_had_overtaken_is_not_taken_for_the_new_days(office: Registry) -> None:
    """Found by a year of 20,000 documents: after a later day was granted, steps missed were on no record."""
    late = ReminderDue(
        document=DOC, recipient=LINH, step="after-1", due=TODAY, line=1, overtaken=("before-3", "on")
    )
    with office.book("sweeper", NOW) as book:
        bring(book, 1, Status.ASSIGNED)
        book.remind_once(late)
        book.remind_once(reminder("before-3", TODAY + dt.timedelta(days=7)))
        (notice,) = [n for n in book.notices_of(DOC) if n.kind == "reminder"]
    assert (notice.payload["step"], notice.payload["overtaken"]) == ("before-3", [])


def test_a_message_id_stays_and_is_nobody_elses(office: Registry) -> None:
    with office.book("p1", NOW) as book:
        bring(book, 1, Status.ASSIGNED)
        bring(book, 2, Status.ASSIGNED)
        ids = [n.message_id for n in book.notices()]
        first = book.notices()[0]
        book.record(NoticeFailed(document=first.document, notice=first.id, cause="busy", retry_at=NOW))
    assert len(set(ids)) == len(ids) == 4
    with office.view() as view:
        assert [n.message_id for n in view.notices()] == ids


class TestANoticeClaimed:
    @pytest.fixture
    def claimed(self, office: Registry) -> NoticeRecord:
        with office.book("p1", NOW) as book:
            bring(book, 1, Status.REVIEW)
        (notice,) = claim_notices(office, NOW, LEASE, 10)
        return notice

    def test_is_nobody_elses_until_the_lease_is_over(self, claimed: NoticeRecord, office: Registry) -> None:
        assert claim_notices(office, later(minutes=4), LEASE, 10) == ()
        assert claim_notices(office, NOW + LEASE, LEASE, 10) == (claimed,)

    def test_and_sent_is_done(self, claimed: NoticeRecord, office: Registry) -> None:
        send(office, claimed)
        assert claim_notices(office, later(days=9), LEASE, 10) == ()

    def test_and_failed_rests_until_its_time(self, claimed: NoticeRecord, office: Registry) -> None:
        fail(office, claimed, later(minutes=30))
        assert claim_notices(office, later(minutes=29), LEASE, 10) == ()
        (again,) = claim_notices(office, later(minutes=30), LEASE, 10)
        assert (again.id, again.attempts, again.last_error) == (claimed.id, 1, "421 busy")
        assert again.message_id == claimed.message_id

    def test_and_given_up_is_never_claimed(self, claimed: NoticeRecord, office: Registry) -> None:
        fail(office, claimed, None)
        assert claim_notices(office, later(days=9), LEASE, 10) == ()

    def test_and_sent_stays_sent_whatever_a_late_failure_says(
        self, claimed: NoticeRecord, office: Registry
    ) -> None:
        send(office, claimed)
        fail(office, claimed, later(minutes=1))
        send(office, claimed)
        with office.view() as view:
            assert [n.state for n in view.notices_of(DOC)] == ["sent"]


def test_claims_come_oldest_first_and_no_more_than_asked(office: Registry) -> None:
    with office.book("p1", NOW) as book:
        for paper in range(1, 6):
            bring(book, paper, Status.REVIEW)
    assert [n.document for n in claim_notices(office, NOW, LEASE, 2)] == [name(1), name(2)]
    assert [n.document for n in claim_notices(office, NOW, LEASE, 9)] == [name(3), name(4), name(5)]


# ── what leaves together ─────────────────────────────────────────────────────────────────────────────────


def remind_of(book: Book, papers: int, *, at: dt.datetime = NOW) -> None:
    """A reminder to Linh for each of so many papers, for the digest of that hour."""
    for paper in range(1, papers + 1):
        bring(book, paper, Status.ASSIGNED)
        book.record(
            ReminderDue(document=name(paper), recipient=LINH, step="on", due=TODAY, line=1, send_at=at)
        )


def reminders(notices: tuple[NoticeRecord, ...]) -> list[NoticeRecord]:
    return [n for n in notices if n.kind == "reminder"]


def test_a_mornings_reminders_are_bound_together_and_stay_so(office: Registry) -> None:
    with office.book("sweeper", NOW) as book:
        remind_of(book, 3, at=later(minutes=30))
    assert reminders(claim_notices(office, later(minutes=29), LEASE, 50)) == []
    first = reminders(claim_notices(office, later(minutes=30), LEASE, 50))
    assert len({n.digest for n in first}) == 1
    with office.book("sweeper", NOW) as book:
        bring(book, 4, Status.ASSIGNED)
        book.record(ReminderDue(document=name(4), recipient=LINH, step="on", due=TODAY, line=1, send_at=NOW))
    again = reminders(claim_notices(office, later(minutes=40), LEASE, 50))
    assert [n.digest for n in again] == [*(n.digest for n in first), None], "a newcomer joined what was sent"


def test_on_a_day_off_only_what_cannot_wait_is_claimed(office: Registry) -> None:
    with office.book("sweeper", NOW) as book:
        remind_of(book, 1)
        book.record(ReminderDue(document=name(1), recipient=XUAN, step="on", due=TODAY, line=2))
    claimed = reminders(claim_notices(office, later(days=2), LEASE, 50, gathered=False))
    assert [n.recipient for n in claimed] == [XUAN]
    assert [n.recipient for n in reminders(claim_notices(office, later(days=2), LEASE, 50))] == [LINH]


def test_more_than_twenty_for_one_person_leave_as_one(office: Registry) -> None:
    with office.book("p1", NOW) as book:
        for paper in range(1, 22):
            bring(book, paper, Status.REVIEW)
    flood = claim_notices(office, NOW, LEASE, 5)
    assert len(flood) == 21
    assert len({n.digest for n in flood}) == 1


def test_of_a_digest_whoever_takes_one_takes_all(office: Registry) -> None:
    with office.book("sweeper", NOW) as book:
        remind_of(book, 4)
    claimed = claim_notices(office, NOW, LEASE, 50)
    with office.book("notifier", NOW) as book:
        for notice in claimed:
            book.record(
                NoticeFailed(
                    document=notice.document, notice=notice.id, cause="451", retry_at=later(minutes=5)
                )
            )
    again = claim_notices(office, later(minutes=5), LEASE, 3)
    assert [n.id for n in again if n.digest] == [n.id for n in claimed if n.digest]


def test_a_notice_taken_back_is_gone_unless_it_has_left(office: Registry) -> None:
    with office.book("p1", NOW) as book:
        bring(book, 1, Status.ASSIGNED)
        waits, leaves = book.notices_of(DOC)
        taken_back = [
            NoticeWithdrawn(document=DOC, notice=n.id, kind=n.kind, recipient=n.recipient, cause="done")
            for n in (waits, leaves)
        ]
        book.record(
            NoticeSent(
                document=DOC, notice=leaves.id, kind=leaves.kind, recipient=leaves.recipient, way="smtp"
            )
        )
        for event in taken_back:
            book.record(event)
        assert [n.id for n in book.notices_of(DOC)] == [leaves.id]


def test_several_notifiers_send_nothing_twice(office: Registry, database_url: str) -> None:
    with office.book("p1", NOW) as book:
        for paper in range(1, 21):
            bring(book, paper, Status.REVIEW)
    taken = processes.at_once(processes.claim_notices_all, [(database_url, 3)] * 3)
    with office.view() as view:
        assert sorted(n for mine in taken for n in mine) == [n.id for n in view.notices()]


def send(registry: Registry, notice: NoticeRecord) -> None:
    with registry.book("notifier", NOW) as book:
        book.record(
            NoticeSent(
                document=notice.document, notice=notice.id, kind=notice.kind, recipient=notice.recipient, way="smtp"
            )
        )  # fmt: skip


def fail(registry: Registry, notice: NoticeRecord, retry_at: dt.datetime | None) -> None:
    with registry.book("notifier", NOW) as book:
        book.record(
            NoticeFailed(document=notice.document, notice=notice.id, cause="421 busy", retry_at=retry_at)
        )
