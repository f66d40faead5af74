"""The queue: leases, the fence of the attempt, what happens to papers whose reader died."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from documents.errors import AlreadyMoved
from documents.events import DocumentQuarantined, FullTextRead, ReadingLapsed, RetryAsked, ReviewAsked
from documents.record import Claim
from documents.status import DocumentId, Status
from registry.audit import verify
from registry.engine import Registry
from registry.queue import MOST_LAPSES, claim, has_work, lapse_expired, renew
from registry.records import FULL_TEXT_UNREAD, TRIES_BEFORE_FLAG
from tests.registry import processes
from tests.registry.builders import (
    LEASE,
    NOW,
    an_office,
    bring,
    later,
    name,
    read,
    received,
    registered,
    started,
)

MINUTE = dt.timedelta(minutes=1)


def waiting(registry: Registry, *papers: int, urgent: tuple[int, ...] = ()) -> None:
    an_office(registry)
    with registry.book("intake", NOW) as book:
        for paper in papers:
            book.record(received(paper, urgent=paper in urgent))


def take(registry: Registry, now: dt.datetime = NOW, lane: str = "head") -> Claim | None:
    return claim(registry, "p1", now, LEASE, lane)


def test_urgent_ones_come_first_then_those_that_came_first(registry: Registry) -> None:
    waiting(registry, 1, 2, 3, urgent=(3,))
    claims = [take(registry) for _ in range(4)]
    assert [c.document if c else None for c in claims] == [name(3), name(1), name(2), None]


def test_a_claim_says_what_is_needed_to_read(registry: Registry) -> None:
    waiting(registry, 1)
    claimed = claim(registry, "p1", NOW, LEASE, "head", run="run-7")
    with registry.view() as view:
        record = view.document(name(1))
        line = view.history(name(1))[-1]
    assert claimed == Claim(
        document=name(1), sha256=record.sha256, file_name="quet_001.pdf", attempt=1, lease_until=NOW + LEASE, lane="head"
    )  # fmt: skip
    assert (record.status, record.attempt) == (Status.READING, 1)
    assert (line.event, line.actor, line.payload["run"]) == ("ReadingStarted", "p1", "run-7")


def test_nothing_waiting_is_no_claim_and_no_audit_line(registry: Registry) -> None:
    assert take(registry) is None
    assert take(registry, lane="full") is None
    with registry.view() as view:
        assert not has_work(view, NOW)
        assert verify(view).count == 0


class TestALease:
    def test_keeps_the_paper_until_it_runs_out(self, registry: Registry) -> None:
        waiting(registry, 1)
        take(registry)
        just_before = NOW + LEASE - dt.timedelta(seconds=1)
        assert lapse_expired(registry, just_before) == ()
        assert take(registry, just_before) is None
        assert lapse_expired(registry, NOW + LEASE) == (name(1),)

    def test_that_was_renewed_lasts_longer(self, registry: Registry) -> None:
        waiting(registry, 1)
        claimed = take(registry)
        assert claimed
        assert renew(registry, claimed, later(minutes=4), LEASE).lease_until == later(minutes=4) + LEASE
        assert lapse_expired(registry, NOW + LEASE) == ()
        assert lapse_expired(registry, later(minutes=4) + LEASE) == (name(1),)

    def test_of_a_worker_that_proves_alive_before_we_write_stays(self, registry: Registry) -> None:
        waiting(registry, 1)
        assert take(registry)
        said = iter([True, False])
        assert lapse_expired(registry, NOW, is_dead=lambda _: next(said)) == ()
        assert lapse_expired(registry, NOW, is_dead=lambda _: True) == (name(1),)

    def test_that_ran_out_first_is_tried_again_at_once_and_then_ever_later(self, registry: Registry) -> None:
        waiting(registry, 1)
        now, waits = NOW, []
        for _ in range(MOST_LAPSES - 1):
            assert take(registry, now)
            now += LEASE
            assert lapse_expired(registry, now) == (name(1),)
            rest = next(m for m in range(1000) if _would_claim(registry, now + m * MINUTE))
            waits.append(rest)
            now += rest * MINUTE
        assert waits == [0, 1, 5, 15]

    def test_that_runs_out_too_often_sets_the_paper_aside_with_its_reason(self, registry: Registry) -> None:
        waiting(registry, 1)
        now = NOW
        for _ in range(MOST_LAPSES):
            now += dt.timedelta(days=1)
            assert take(registry, now)
            lapse_expired(registry, now + LEASE)
        with registry.view() as view:
            record = view.document(name(1))
            assert (record.status, record.quarantine_code) == (Status.QUARANTINED, "reader_stopped")
            assert f"đã thử {MOST_LAPSES} lần" in (record.quarantine_message or "")
            assert [n.kind for n in view.notices_of(name(1))] == ["quarantined"]

    def test_given_back_because_a_neighbour_is_away_never_counts_against_the_paper(
        self, registry: Registry
    ) -> None:
        waiting(registry, 1)
        now = NOW
        for attempt in range(1, MOST_LAPSES + 3):
            assert take(registry, now)
            now += MINUTE
            with registry.book("p1", now) as book:
                book.record(
                    ReadingLapsed(document=name(1), attempt=attempt, cause="engine_missing", retry_at=now)
                )
        with registry.view() as view:
            assert view.document(name(1)).status is Status.WAITING

    def test_starts_afresh_when_a_person_asks_to_read_again(self, registry: Registry) -> None:
        waiting(registry, 1)
        for day in range(MOST_LAPSES):
            take(registry, later(days=day))
            lapse_expired(registry, later(days=day) + LEASE)
        with registry.book("hoa", later(days=9)) as book:
            book.record(RetryAsked(document=name(1)))
        take(registry, later(days=9))
        lapse_expired(registry, later(days=9) + LEASE)
        with registry.view() as view:
            assert view.document(name(1)).status is Status.WAITING


def _would_claim(registry: Registry, now: dt.datetime) -> bool:
    with registry.view() as view:
        return has_work(view, now)


class TestWhoeverComesLate:
    """The lease ran out, somebody else has the paper, and then the first one comes back."""

    @pytest.fixture
    def late(self, registry: Registry) -> Claim:
        waiting(registry, 1)
        first = take(registry)
        lapse_expired(registry, NOW + LEASE)
        second = take(registry, NOW + LEASE)
        assert first
        assert second
        assert (first.attempt, second.attempt) == (1, 2)
        return first

    @pytest.mark.parametrize(
        "event",
        [
            pytest.param(read(name(1), 1, subject="Cũ"), id="writes what it read"),
            pytest.param(
                DocumentQuarantined(document=name(1), attempt=1, code="broken", message="Hỏng.", advice="Quét."),
                id="sets it aside",
            ),
            pytest.param(
                ReadingLapsed(document=name(1), attempt=1, cause="lease_expired", retry_at=NOW), id="gives it back"
            ),
        ],
    )  # fmt: skip
    def test_changes_nothing(self, event: ReadingLapsed, late: Claim, registry: Registry) -> None:
        with pytest.raises(AlreadyMoved), registry.book("p1", later(minutes=6)) as book:
            book.record(event)
        with registry.view() as view:
            assert view.document(name(1)).status is Status.READING
            assert view.fields(name(1)) == {}

    def test_cannot_renew(self, late: Claim, registry: Registry) -> None:
        with pytest.raises(AlreadyMoved):
            renew(registry, late, later(minutes=6), LEASE)

    def test_cannot_keep_what_another_finished(self, late: Claim, registry: Registry) -> None:
        with registry.book("p2", later(minutes=6)) as book:
            book.record(read(name(1), 2, subject="Mới"))
            book.record(registered(name(1), 1))
        with pytest.raises(AlreadyMoved), registry.book("p1", later(minutes=6)) as book:
            book.record(read(name(1), 1, subject="Cũ"))
        with pytest.raises(AlreadyMoved):
            renew(registry, late, later(minutes=6), LEASE)


class TestTheFullLane:
    @pytest.fixture
    def in_review(self, registry: Registry) -> Registry:
        an_office(registry)
        with registry.book("p1", NOW) as book:
            bring(book, 1, Status.REVIEW)
            bring(book, 2, Status.READING)
        return registry

    def test_takes_what_was_read_in_the_head_and_writes_no_audit_line(self, in_review: Registry) -> None:
        with in_review.view() as view:
            before = verify(view).count
        claimed = take(in_review, lane="full")
        assert claimed
        assert (claimed.document, claimed.attempt, claimed.lane) == (name(1), 2, "full")
        assert take(in_review, lane="full") is None
        with in_review.view() as view:
            assert verify(view).count == before
            assert view.document(name(1)).status is Status.REVIEW

    def test_comes_again_after_its_lease_and_ever_later(self, in_review: Registry) -> None:
        now, waits = NOW, []
        for _ in range(6):
            assert take(in_review, now, "full")
            now += LEASE
            rest = next(m for m in range(1000) if _would_claim(in_review, now + m * MINUTE))
            waits.append(rest)
            now += rest * MINUTE
        assert waits == [0, 15, 60, 360, 360, 360]
        with in_review.view() as view:
            assert FULL_TEXT_UNREAD in view.document(name(1)).flags
            assert TRIES_BEFORE_FLAG <= 6

    def test_of_an_earlier_try_changes_nothing(self, in_review: Registry) -> None:
        first = take(in_review, lane="full")
        second = take(in_review, NOW + LEASE, "full")
        assert first
        assert second
        with pytest.raises(AlreadyMoved):
            renew(in_review, first, NOW + LEASE, LEASE)
        with pytest.raises(AlreadyMoved), in_review.book("p1", NOW + LEASE) as book:
            book.record(FullTextRead(document=name(1), attempt=first.attempt, text="cũ"))
        assert renew(in_review, second, later(minutes=9), LEASE).lease_until == later(minutes=9) + LEASE
        with in_review.book("p2", NOW + LEASE) as book:
            book.record(FullTextRead(document=name(1), attempt=second.attempt, text="mới"))
        assert take(in_review, later(days=9), "full") is None

    def test_gives_way_when_a_person_asks_to_read_again(self, in_review: Registry) -> None:
        claimed = take(in_review, lane="full")
        assert claimed
        with in_review.book("hoa", NOW) as book:
            book.record(RetryAsked(document=name(1)))
        with pytest.raises(AlreadyMoved), in_review.book("p1", NOW) as book:
            book.record(FullTextRead(document=name(1), attempt=claimed.attempt, text="cũ"))
        with in_review.book("p1", NOW) as book:
            attempt = claimed.attempt + 1
            book.record(started(name(1), attempt))
            book.record(read(name(1), attempt, subject="Mới"))
            book.record(ReviewAsked(document=name(1), reasons=("Mờ.",)))
        with pytest.raises(AlreadyMoved), in_review.book("p1", NOW) as book:
            book.record(FullTextRead(document=name(1), attempt=claimed.attempt, text="cũ"))


@pytest.mark.parametrize("lane", ["head", "full"])
def test_several_processes_share_the_work_and_none_is_done_twice(
    lane: str, registry: Registry, database_url: str
) -> None:
    an_office(registry)
    with registry.book("intake", NOW) as book:
        for paper in range(24):
            bring(book, paper, Status.WAITING if lane == "head" else Status.REVIEW)
    claims = processes.at_once(processes.claim_all, [(database_url, worker, lane) for worker in range(4)])
    documents: Counter[DocumentId] = Counter(document for mine in claims for document, _ in mine)
    assert documents == Counter(name(paper) for paper in range(24))
