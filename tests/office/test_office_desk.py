"""The desk's own rules: who comes in, how often a wrong password may be tried, and what reading leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from documents.errors import NoSuchDocument, NotAllowed, NotSignedIn, TooManyTries
from documents.events import PersonSaved
from documents.reading import FieldName
from documents.status import DocumentId
from office import passwords
from office.desk import Desk
from office.throttle import MOST_FOR_ONE_NAME, MOST_FROM_ONE_PLACE, WINDOW, Throttle
from registry.audit import verify
from tests.journeys.working import documents, drop, work_off
from tests.offices import MORNING, PEOPLE, an_office
from tests.recorded_reader import RecordedReader, stub_file

HOA, LINH = (next(p for p in PEOPLE.people if p.id == one) for one in ("hoa", "linh"))
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with an_office(tmp_path) as office:
        with office.registry.book("admin", MORNING) as book:
            book.record(
                PersonSaved(person=LINH, login="linh", password_hash=passwords.hash_password("dung-mat-khau"))
            )
        yield Desk(office)


def events(desk: Desk, name: str) -> int:
    with desk.office.view() as view:
        return sum(
            line.event == name for document in documents(desk.office) for line in view.history(document.id)
        )


def test_a_session_opens_with_the_right_password_and_ends_when_asked(desk: Desk) -> None:
    token = desk.sign_in(login=" LINH ", password="dung-mat-khau", now=MORNING)
    assert desk.person_of(token, MORNING) == LINH
    desk.sign_out(token, MORNING)
    assert desk.person_of(token, MORNING) is None


def test_a_session_lives_while_it_is_used_and_dies_when_left_alone(desk: Desk) -> None:
    token = desk.sign_in(login="linh", password="dung-mat-khau", now=MORNING)
    for minutes in range(20, 120, 20):
        assert desk.person_of(token, MORNING + minutes * MINUTE), "used every twenty minutes"
    assert desk.person_of(token, MORNING + 131 * MINUTE) is None


def test_after_five_wrong_passwords_even_the_right_one_must_wait(desk: Desk) -> None:
    for _ in range(MOST_FROM_ONE_PLACE):
        with pytest.raises(NotSignedIn):
            desk.sign_in(login="linh", password="sai", now=MORNING, place="10.0.0.9")
    with pytest.raises(TooManyTries, match="quá nhiều lần"):
        desk.sign_in(login="linh", password="dung-mat-khau", now=MORNING, place="10.0.0.9")
    assert desk.sign_in(login="linh", password="dung-mat-khau", now=MORNING, place="10.0.0.1")
    assert desk.sign_in(login="linh", password="dung-mat-khau", now=MORNING + WINDOW, place="10.0.0.9")
    with desk.office.view() as view:
        assert verify(view).whole


def test_a_name_is_shut_for_every_place_only_after_many_tries() -> None:
    throttle = Throttle()
    for number in range(MOST_FOR_ONE_NAME):
        assert not throttle.wait("linh", f"10.0.0.{number}", MORNING)
        throttle.fail("linh", f"10.0.0.{number}", MORNING)
    assert throttle.wait("linh", "elsewhere", MORNING) == WINDOW
    assert not throttle.wait("hoa", "elsewhere", MORNING)


def test_pictures_and_files_taken_leave_their_line_in_the_audit(desk: Desk) -> None:
    drop(desk.office, "x.pdf", stub_file(1, doubtful=(FieldName.DATE,)))
    work_off(desk.office, RecordedReader())
    (document,) = documents(desk.office)
    with pytest.raises(NotAllowed):
        desk.original_file(document.id, reader=LINH, now=MORNING)
    path, _, name = desk.original_file(document.id, reader=HOA, now=MORNING)
    assert (path.read_bytes()[:4], name) == (b"STUB", "x.pdf")
    assert events(desk, "OriginalTaken") == 1
    with pytest.raises(NoSuchDocument):
        desk.page_picture(document.id, 1, reader=HOA, now=MORNING)


def test_an_unknown_document_has_no_file(desk: Desk) -> None:
    with pytest.raises(NoSuchDocument):
        desk.original_file(DocumentId("nope"), reader=LINH, now=MORNING)


def test_tries_sent_all_at_once_are_held_to_the_same_number() -> None:
    throttle = Throttle()
    with ThreadPoolExecutor(20) as crowd:
        waits = list(crowd.map(lambda _: throttle.begin("linh", "10.0.0.9", MORNING), range(200)))
    assert waits.count(dt.timedelta()) == MOST_FROM_ONE_PLACE


def test_right_passwords_never_shut_a_name() -> None:
    throttle = Throttle()
    for _ in range(MOST_FOR_ONE_NAME + 10):
        assert not throttle.begin("linh", "10.0.0.9", MORNING)
        throttle.forget("linh", "10.0.0.9")
    for number in range(MOST_FOR_ONE_NAME):
        assert not throttle.begin("linh", f"10.0.1.{number}", MORNING)
    assert throttle.begin("linh", "10.0.0.9", MORNING) == WINDOW
