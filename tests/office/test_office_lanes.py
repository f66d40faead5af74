"""The two lanes: the second gets what the first read, leaves the searchable form, and nothing of a sealed paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from documents.errors import AlreadyMoved, NoSuchDocument, NotAllowed
from documents.events import DocumentSealed, OriginalTaken
from documents.people import PersonId
from documents.reading import FieldName
from documents.record import DocumentRecord
from documents.status import Status
from gateways.store import Beside
from office.desk import Desk
from office.notify import notice_text
from office.office import Office
from office.review import confirm_document, settle_doubts
from office.seal import seal_by_hand
from office.views import ReviewAnswer
from office.work import claim_next, process_document
from tests.journeys.working import documents, drop, take_in, work_off
from tests.offices import MORNING, PEOPLE, an_office
from tests.recorded_reader import RecordedReader, RecordedReading, stub_file

HOA = next(p for p in PEOPLE.people if p.id == "hoa")
LINH = next(p for p in PEOPLE.people if p.id == "linh")
LATER = MORNING + dt.timedelta(minutes=1)


@dataclass(frozen=True)
class LaneReader(RecordedReader):
    """Leaves words with the head, a searchable form with the rest, and remembers what it was given."""

    given: list[tuple[bool, bytes | None]] = field(default_factory=list)
    makes_searchable: bool = True

    def read(self, path: Path, *, full: bool, **more: Any) -> RecordedReading:  # type: ignore[override]
        known: Path | None = more.get("known_words")
        self.given.append((full, known.read_bytes() if known and known.exists() else None))
        folder: Path = more["pictures_to"]
        (folder / "words").write_bytes(b"words of the head")
        read = replace(super().read(path, full=full, **more), words=folder / "words")
        if not full or not self.makes_searchable:
            return read
        (folder / "searchable.pdf").write_bytes(b"%PDF searchable")
        return replace(read, searchable=folder / "searchable.pdf")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as office:
        yield with_full_lane(office, True)


def with_full_lane(office: Office, is_on: bool) -> Office:
    return replace(office, settings=office.settings.model_copy(update={"full_lane": is_on}))


def after_the_head(office: Office, reader: LaneReader, **said: Any) -> DocumentRecord:
    drop(office, "a.pdf", stub_file(1, **said))
    take_in(office, reader)
    claimed = claim_next(office, "test", now=LATER)
    assert claimed is not None
    process_document(office, reader, claimed, clock=lambda: LATER)
    (document,) = documents(office)
    return document


def read_the_rest(office: Office, reader: LaneReader) -> Status | None:
    claimed = claim_next(office, "test", now=LATER)
    assert claimed is not None
    assert claimed.lane == "full"
    return process_document(office, reader, claimed, clock=lambda: LATER)


def beside(office: Office, document: DocumentRecord) -> set[Beside]:
    return {kind for kind in Beside if office.store.beside(document.sha256, kind).exists()}


def test_the_document_is_routed_on_its_head_and_the_rest_starts_from_its_words(office: Office) -> None:
    reader = LaneReader()
    document = after_the_head(office, reader)
    assert document.status is Status.ASSIGNED
    assert beside(office, document) == {Beside.WORDS}
    read_the_rest(office, reader)
    assert reader.given == [(False, None), (True, b"words of the head")]
    assert beside(office, document) == {Beside.SEARCHABLE}, "words that served are not kept"
    assert office.store.is_intact(document.sha256)


def test_without_the_second_lane_no_words_are_kept_for_it(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        without = with_full_lane(office, False)
        assert beside(without, after_the_head(without, LaneReader())) == set()


def test_a_person_takes_the_searchable_form_and_the_audit_says_so(office: Office) -> None:
    reader = LaneReader()
    document = after_the_head(office, reader)
    desk = Desk(office)
    with pytest.raises(NoSuchDocument):
        desk.searchable_file(document.id, reader=HOA, now=LATER)
    assert not desk.open_document(document.id, reader=HOA, now=LATER).has_searchable
    read_the_rest(office, reader)
    assert desk.open_document(document.id, reader=HOA, now=LATER).has_searchable
    path, name = desk.searchable_file(document.id, reader=HOA, now=LATER)
    assert (path.read_bytes(), name) == (b"%PDF searchable", "a (tìm được chữ).pdf")
    with office.view() as view:
        last = view.history(document.id)[-1]
    assert (last.event, last.payload["searchable"]) == (OriginalTaken.__name__, True)


def test_a_paper_read_again_with_good_words_of_its_own_loses_an_older_searchable_form(office: Office) -> None:
    document = after_the_head(office, LaneReader())
    office.store.keep_beside(
        document.sha256, Beside.SEARCHABLE, office.store.beside(document.sha256, Beside.WORDS)
    )
    read_the_rest(office, LaneReader(makes_searchable=False))
    assert beside(office, document) == set()


def test_sealing_takes_away_what_was_made(office: Office) -> None:
    reader = LaneReader()
    document = after_the_head(office, reader, doubtful=(FieldName.DATE,))
    read_the_rest(office, reader)
    with office.registry.book("hoa", LATER) as book:
        seal_by_hand(office, book, document.id)
    assert beside(office, document) == set()
    with pytest.raises(NoSuchDocument):
        Desk(office).searchable_file(document.id, reader=HOA, now=LATER)


def test_a_paper_sealed_while_the_rest_was_read_keeps_nothing(office: Office) -> None:
    document = after_the_head(office, LaneReader(), doubtful=(FieldName.DATE,))

    @dataclass(frozen=True)
    class SealedMeanwhile(LaneReader):
        def read(self, path: Path, *, full: bool, **more: Any) -> RecordedReading:  # type: ignore[override]
            with office.registry.book("hoa", LATER) as book:
                book.record(DocumentSealed(document=document.id, attempt=None))
            return super().read(path, full=full, **more)

    assert read_the_rest(office, SealedMeanwhile()) is None
    assert beside(office, document) == set()


def test_every_paper_is_read_in_full_once(office: Office) -> None:
    reader = LaneReader()
    for number in (1, 2):
        drop(office, f"{number}.pdf", stub_file(number))
    work_off(office, reader)
    assert sorted(full for full, _ in reader.given) == [False, False, True, True]


# ── doubts about the whole paper ─────────────────────────────────────────────────────────────────────────

TWO = "Tệp như gồm hai văn bản: trang 3 có phần đầu riêng."
NO_END = "Không thấy phần ký và nơi nhận: có thể thiếu trang."


def now(office: Office) -> DocumentRecord:
    (document,) = documents(office)
    return document


def told(office: Office) -> list[tuple[str, PersonId]]:
    with office.view() as view:
        return [(n.kind, n.recipient) for n in view.notices_of(now(office).id) if n.kind != "assigned"]


def confirm(office: Office) -> None:
    answer = ReviewAnswer(values={}, lead="linh")
    confirm_document(office, now(office).id, by=HOA, answer=answer, now=LATER)


def test_a_paper_that_may_not_be_whole_waits_for_the_clerk_whose_word_settles_it(office: Office) -> None:
    reader = LaneReader()
    document = after_the_head(office, reader, doubts=(NO_END,), late_doubts=(NO_END,))
    assert document.status is Status.REVIEW
    assert (document.doubts, document.review_reasons) == ((NO_END,), (NO_END,))
    confirm(office)
    assert (now(office).status, now(office).doubts) == (Status.ASSIGNED, ())
    read_the_rest(office, reader)
    assert now(office).doubts == (), "what was settled is not asked again by the other pages"
    assert told(office) == [("review", HOA.id)]


def test_what_the_other_pages_show_is_told_to_the_clerks_once_the_paper_is_passed_on(office: Office) -> None:
    reader = LaneReader()
    assert after_the_head(office, reader, late_doubts=(TWO,)).status is Status.ASSIGNED
    read_the_rest(office, reader)
    assert (now(office).status, now(office).doubts) == (Status.ASSIGNED, (TWO,))
    assert told(office) == [("doubted", HOA.id)]
    with office.view() as view:
        (notice,) = [n for n in view.notices_of(now(office).id) if n.kind == "doubted"]
        assert notice_text(view, notice, base_url="").reasons == (TWO,)


def test_a_clerk_lets_a_paper_stand_that_was_passed_on_and_is_not_asked_again(office: Office) -> None:
    reader = LaneReader()
    document = after_the_head(office, reader, late_doubts=(TWO,))
    read_the_rest(office, reader)
    with pytest.raises(NotAllowed):
        settle_doubts(office, document.id, by=LINH, now=LATER)
    settle_doubts(office, document.id, by=HOA, now=LATER)
    assert (now(office).status, now(office).doubts) == (Status.ASSIGNED, ())
    with office.view() as view:
        last = view.history(document.id)[-1]
    assert (last.event, last.actor, last.payload["doubts"]) == ("DoubtsSettled", HOA.id, [TWO])
    with pytest.raises(AlreadyMoved):
        settle_doubts(office, document.id, by=HOA, now=LATER)


def test_a_waiting_paper_shows_what_all_pages_say_in_place_of_what_the_head_said(office: Office) -> None:
    reader = LaneReader()
    after_the_head(office, reader, doubtful=(FieldName.DATE,), doubts=(NO_END,), late_doubts=(TWO,))
    read_the_rest(office, reader)
    assert now(office).doubts == (TWO,)
    assert now(office).review_reasons == (TWO, "Chưa chắc date.")
    confirm(office)
    assert now(office).doubts == ()
