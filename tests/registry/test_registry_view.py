"""A view is one consistent look, however much is written meanwhile."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from documents.errors import NoSuchDocument
from documents.events import (
    ArrivalCleared,
    DuplicateReceived,
    FieldsConfirmed,
    PersonSaved,
    RetryAsked,
    UnitSaved,
)
from documents.page import Source
from documents.people import Officer, PersonId, Unit, UnitId
from documents.reading import FieldName
from documents.status import DocumentId, Status
from registry.audit import verify
from registry.engine import Registry
from registry.sessions import IDLE, WHOLE
from tests.registry.builders import (
    INCOMING,
    LINH,
    NOW,
    an_office,
    arrival,
    bring,
    later,
    name,
    read,
    received,
    sha,
    started,
)


def test_a_view_stays_as_it_was_opened(registry: Registry) -> None:
    an_office(registry)
    with registry.book("hoa", NOW) as book:
        bring(book, 1, Status.ASSIGNED)
    with registry.view() as view:
        before = (view.counts(), verify(view), view.book_state(INCOMING, 2012), view.search("quet"))
        with registry.book("hoa", NOW) as book:
            bring(book, 2, Status.ASSIGNED)
        assert (view.counts(), verify(view), view.book_state(INCOMING, 2012), view.search("quet")) == before
    with registry.view() as view:
        assert view.counts()[Status.ASSIGNED] == 2


def test_every_look_is_consistent_while_a_writer_writes(registry: Registry) -> None:
    an_office(registry)
    stop = threading.Event()

    def write() -> None:
        for number in range(1, 500):
            if stop.is_set():
                return
            with registry.book("p1", NOW) as book:
                bring(book, number, Status.ASSIGNED)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        seen = looks = 0
        while looks < 15 or (seen < 3 and writer.is_alive()):
            looks += 1
            with registry.view() as view:
                assigned = view.counts()[Status.ASSIGNED]
                assert view.book_state(INCOMING, 2012).next_number == assigned + 1
                assert len(view.entries(INCOMING, 2012)) == assigned
                assert len(view.notices(limit=None)) == 2 * assigned
                assert verify(view).whole
            assert assigned >= seen
            seen = assigned
    finally:
        stop.set()
        writer.join()
    assert seen >= 3


def test_a_view_never_waits_for_a_writer(registry: Registry) -> None:
    with registry.book("slow", NOW) as book:
        book.record(received(1))
        with registry.view() as view:
            assert view.documents() == ()


class TestDocuments:
    @pytest.fixture
    def five(self, registry: Registry) -> Registry:
        an_office(registry)
        with registry.book("hoa", NOW) as book:
            for number, status in enumerate(
                (Status.WAITING, Status.REVIEW, Status.ASSIGNED, Status.REVIEW), 1
            ):
                bring(book, number, status)
            book.record(
                DuplicateReceived(
                    document=name(5), sha256=sha(1), size=1, media_type="", arrival=arrival(5), duplicate_of=name(1)
                )
            )  # fmt: skip
        return registry

    def test_are_listed_newest_first_and_by_pages(self, five: Registry) -> None:
        with five.view() as view:
            assert ids(view.documents()) == [5, 4, 3, 2, 1]
            assert ids(view.documents(limit=2)) == [5, 4]
            assert ids(view.documents(limit=2, after=name(4))) == [3, 2]
            assert ids(view.documents(limit=None, after=name(1))) == []
            assert ids(view.documents(Status.REVIEW)) == [4, 2]
            assert [d.entry.name if d.entry else None for d in view.documents()] == [
                None,
                None,
                "1/2012",
                None,
                None,
            ]

    def test_that_are_not_there_are_missing(self, five: Registry) -> None:
        with five.view() as view:
            with pytest.raises(NoSuchDocument, match="vb9"):
                view.document(name(9))
            for asked in ("9/2012", "1/2013", "vb9", "", "1/", "/2012", "٣/2012", "1/2012; --"):
                assert view.find_document(asked) is None, asked
            assert view.find_document(" 1/2012 ") == view.document(name(3))

    def test_are_counted_in_every_status(self, five: Registry) -> None:
        with five.view() as view:
            counts = view.counts()
        assert set(counts) == set(Status)
        assert {s: n for s, n in counts.items() if n} == {
            Status.WAITING: 1,
            Status.REVIEW: 2,
            Status.ASSIGNED: 1,
            Status.DUPLICATE: 1,
        }

    def test_whose_file_still_lies_there_are_known(self, five: Registry) -> None:
        with five.book("intake", NOW) as book:
            book.record(ArrivalCleared(document=name(2), moved_to=None))
        with five.view() as view:
            assert ids(view.uncleared_arrivals()) == [1, 3, 4, 5]

    def test_a_file_put_back_by_a_person_is_a_new_drop(self, five: Registry) -> None:
        with five.book("intake", NOW) as book:
            book.record(ArrivalCleared(document=name(5), moved_to="/nhan/trung/x.pdf"))
            book.record(
                DuplicateReceived(
                    document=name(6), sha256=sha(1), size=1005, media_type="", arrival=arrival(5), duplicate_of=name(1)
                )
            )  # fmt: skip
            found = book.same_drop(arrival(5))
        assert found
        assert found.id == name(6)


def ids(records: tuple[object, ...]) -> list[int]:
    return [int(record.id.removeprefix("vb")) for record in records]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("Quét – Đối ngoại.pdf", id="vietnamese"),
        pytest.param("Đo\u0302\u0301i.pdf", id="decomposed, as a Mac writes it"),
        pytest.param("c\udcf4ng v\udcc4n.pdf", id="not utf-8, from an old share"),
        pytest.param("a\nb\tc'\";--.pdf", id="letters of trouble"),
        pytest.param("😀" * 60 + ".pdf", id="beyond the first plane"),
    ],
)
def test_a_file_name_comes_back_to_the_byte(written: str, registry: Registry) -> None:
    with registry.book("intake", NOW) as book:
        book.record(received(1, arrival=arrival(1, name=written, inode=2**64 - 1)))
    with registry.view() as view:
        record = view.document(name(1))
        assert record.arrival == arrival(1, name=written, inode=2**64 - 1)
        assert view.same_drop(record.arrival) == record
        assert verify(view).whole


class TestFields:
    @pytest.fixture
    def confirmed(self, registry: Registry) -> Registry:
        """The subject was said by a person, the rest read by the machine."""
        with registry.book("p1", NOW) as book:
            bring(book, 1, Status.REVIEW, subject="Máy đọc", place="Tây Ninh")
            book.record(FieldsConfirmed(document=name(1), values={"subject": "Người nói"}))
        return registry

    def test_a_persons_word_outlives_a_new_reading_and_the_machines_does_not(
        self, confirmed: Registry
    ) -> None:
        with confirmed.book("p1", NOW) as book:
            book.record(RetryAsked(document=name(1)))
            book.record(started(name(1), 2))
            book.record(read(name(1), 2, subject="Máy đọc lại", doc_type="Công văn"))
        with confirmed.view() as view:
            fields = {f.name: (f.value, f.source) for f in view.fields(name(1)).values()}
        assert fields == {
            FieldName.SUBJECT: ("Người nói", Source.PERSON),
            FieldName.DOC_TYPE: ("Công văn", Source.OCR),
        }

    def test_a_persons_word_keeps_its_place_on_the_paper(self, confirmed: Registry) -> None:
        with confirmed.view() as view:
            subject = view.fields(name(1))[FieldName.SUBJECT]
        assert (subject.page, subject.box) == (1, read(name(1), subject="x").reading[FieldName.SUBJECT].box)

    @pytest.mark.parametrize(
        ("number", "date", "same"),
        [
            pytest.param("02/KH-UBND", "2012-01-03", True, id="as printed"),
            pytest.param("2/KH-UBND", "2012-01-03", True, id="without its zero"),
            pytest.param("02 / kh–ubnd", "2012-01-03", True, id="small, spaced, another dash"),
            pytest.param("02/KH-UBND", "2012-01-04", False, id="another day"),
            pytest.param("20/KH-UBND", "2012-01-03", False, id="another number"),
        ],
    )
    def test_the_same_reference_is_found(
        self, number: str, date: str, same: bool, registry: Registry
    ) -> None:
        with registry.book("p1", NOW) as book:
            bring(book, 1, Status.REVIEW, number_symbol="02/KH-UBND", date="2012-01-03")
        with registry.view() as view:
            assert view.same_reference(number, date) == ((name(1),) if same else ())

    def test_signers_of_an_agency_are_those_of_its_other_documents(self, registry: Registry) -> None:
        here, elsewhere = "Sở Y tế tỉnh Tây Ninh", "Sở Y tế tỉnh Long An"
        signed = [(1, here, "Nguyễn Văn Hùng"), (2, here, "Nguyễn Văn Hùng"), (3, elsewhere, "Trần Thị Lan")]
        with registry.book("p1", NOW) as book:
            for number, agency, signer in signed:
                bring(book, number, Status.REVIEW, issuer_agency=agency, signer_name=signer)
        with registry.view() as view:
            assert view.signers_of("Sở Y tế tỉnh Tây Ninh", besides=name(9)) == ("Nguyễn Văn Hùng",)
            assert view.signers_of("SỞ Y TẾ TỈNH LONG AN", besides=name(9)) == ("Trần Thị Lan",)
            assert view.signers_of(elsewhere, besides=name(3)) == (), "its own name proves nothing"

    def test_a_signer_in_doubt_is_nobody_yet(self, registry: Registry) -> None:
        with registry.book("p1", NOW) as book:
            bring(book, 1, Status.REVIEW, issuer_agency="Sở Y tế", signer_name="Nguyễn Văn Hưng")
            event = read(name(1), signer_name="Nguyễn Văn Hưng")
            assert event.reading[FieldName.SIGNER_NAME].checked
            book.session.execute(sa.text("UPDATE fields SET checked = false WHERE name = 'signer_name'"))
        with registry.view() as view:
            assert view.signers_of("Sở Y tế", besides=name(9)) == ()


class TestPeople:
    @pytest.fixture
    def signed_in(self, registry: Registry) -> Registry:
        an_office(registry)
        with registry.book("linh", NOW) as book:
            book.record(PersonSaved(person=Officer(id=LINH, name="Linh"), login="linh", password_hash="x"))
            book.start_session("token", LINH)
        return registry

    @pytest.mark.parametrize(
        ("moments", "inside"),
        [
            pytest.param([1], True, id="a minute later"),
            pytest.param([29, 58, 87], True, id="as long as they are there"),
            pytest.param([IDLE.total_seconds() / 60], False, id="idle too long"),
            pytest.param(
                [29 * n for n in range(1, 21)] + [WHOLE.total_seconds() / 60], False, id="too long in all"
            ),
        ],
    )
    def test_are_known_by_their_session(
        self, moments: list[float], inside: bool, signed_in: Registry
    ) -> None:
        person = [signed_in.session_person("token", later(minutes=minutes)) for minutes in moments][-1]
        assert (person == LINH) is inside

    def test_leave_at_once(self, signed_in: Registry) -> None:
        with signed_in.book("linh", NOW) as book:
            book.end_session("token")
            book.end_session("never was")
        assert signed_in.session_person("token", NOW) is None

    def test_with_a_new_password_are_out_everywhere(self, signed_in: Registry) -> None:
        with signed_in.book("linh", NOW) as book:
            book.record(PersonSaved(person=Officer(id=LINH, name="Linh"), password_hash="y"))
        assert signed_in.session_person("token", NOW) is None

    def test_without_password_have_no_credentials(self, signed_in: Registry) -> None:
        with signed_in.book("admin", NOW) as book:
            book.record(PersonSaved(person=Officer(id=PersonId("moi"), name="Mới"), login="moi"))
        with signed_in.view() as view:
            assert view.credentials("moi") is None
            assert view.credentials("không có") is None

    def test_the_directory_is_the_new_one_in_the_book_that_changed_it(self, registry: Registry) -> None:
        with registry.book("admin", NOW) as book:
            assert book.directory().units == ()
            book.record(UnitSaved(unit=Unit(id=UnitId("vp"), name="Văn phòng")))
            assert [u.id for u in book.directory().units] == ["vp"]


def test_signs_of_life_are_the_newest(registry: Registry) -> None:
    registry.beat("desk", NOW)
    registry.beat("desk", later(minutes=1))
    registry.beat("intake", NOW)
    with registry.view() as view:
        assert view.beats() == {"desk": later(minutes=1), "intake": NOW}


def test_history_is_in_the_order_it_happened(registry: Registry) -> None:
    an_office(registry)
    with registry.book("hoa", NOW) as book:
        bring(book, 1, Status.ASSIGNED)
        bring(book, 2, Status.WAITING)
    with registry.view() as view:
        lines = view.history(name(1))
    assert [line.event for line in lines] == [
        "DocumentReceived",
        "ReadingStarted",
        "DocumentRead",
        "ReviewAsked",
        "DocumentRegistered",
        "DocumentAssigned",
    ]
    assert {line.document for line in lines} == {DocumentId("vb1")}
