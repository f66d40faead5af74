"""What the pages may ask and do, for one signed-in person: the desk's only way into the office."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field, replace
from pathlib import Path

from documents.errors import NoSuchDocument, NotSignedIn, TooManyTries
from documents.events import DocumentOpened, OriginalTaken, SignInRefused
from documents.people import Officer
from documents.record import EntryRecord
from documents.status import DocumentId, Status
from gateways.store import Beside
from office import lines, passwords, queries, review, sight, steps
from office.entrance import PASSWORD, begin_session, hash_token
from office.foresee import for_review
from office.lines import OnLine
from office.office import Office, local_day
from office.policy import CLERKS
from office.presence import stay
from office.steps import Said, StepName
from office.throttle import Throttle
from office.views import DocumentRow, DocumentView, OfficeState, ReviewAnswer
from office.work_box import WorkBox, work_box
from registry.audit import head

_ONE_LOOK = dt.timedelta(hours=10)
"""Pictures fetched so long after a document was opened belong to that opening: as long as a session."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The office behind the pages. Every method takes the moment; nothing here reads a clock."""

    office: Office
    throttle: Throttle = field(default_factory=Throttle)

    def sign_in(self, *, login: str, password: str, now: dt.datetime, place: str = "") -> str:
        """Return a new session's token; `place` is where the request came from, for the throttle only.

        Raises:
            TooManyTries: too many wrong passwords lately; this one was not even looked at.
            NotSignedIn: unknown name, wrong password, or the person no longer serves; the same answer and
                the same work for all three.
        """
        name = login.strip().lower()[:64]
        if wait := self.throttle.begin(name, place, now):
            raise TooManyTries(minutes=math.ceil(wait.total_seconds() / 60))
        with self.office.view() as view:
            known = view.credentials(login)
            person = view.directory().person(known.person) if known else None
        fits = passwords.fits(password, known.password_hash if known else None)
        if not fits or known is None or person is None or not person.is_active(local_day(now)):
            if person is not None:
                with self.office.registry.book("desk", now) as book:
                    book.record(SignInRefused(person=person.id))
            raise NotSignedIn()
        self.throttle.forget(name, place)
        return begin_session(self.office, person.id, way=PASSWORD, now=now)

    def person_of(self, token: str, now: dt.datetime) -> Officer | None:
        """The person a session belongs to; None when it has ended or the person no longer serves."""
        person = self.office.registry.session_person(hash_token(token), now)
        with self.office.registry.view() as view:
            officer = view.directory().person(person) if person else None
        return officer if officer and officer.is_active(local_day(now)) else None

    def sign_out(self, token: str, now: dt.datetime) -> None:
        """End a session at once."""
        with self.office.registry.book("desk", now) as book:
            book.end_session(hash_token(token))

    def list_rows(
        self,
        *,
        reader: Officer,
        status: Status | None = None,
        text: str = "",
        limit: int = 200,
        now: dt.datetime,
    ) -> tuple[DocumentRow, ...]:
        """Documents that this person may open, newest first."""
        reach = sight.reach_of(self.office, reader, now=now)
        return queries.list_rows(self.office, status=status, text=text, limit=limit, now=now, reach=reach)

    def count_by_status(self, *, reader: Officer, now: dt.datetime) -> dict[Status, int]:
        """How many documents that this person may open stand in each status."""
        reach = sight.reach_of(self.office, reader, now=now)
        with self.office.view() as view:
            return dict(view.counts(reach))

    def open_document(self, asked: str, *, reader: Officer, now: dt.datetime) -> DocumentView:
        """One document; that this person opened it is recorded, and so is that who is to know has looked.

        Raises:
            NoSuchDocument: no document by that id or number.
            NotAllowed: the document is not for this person to open.
        """
        with self.office.view() as view:
            record = sight.find_document(view, asked, reader, now=now)
        with self.office.registry.book(reader.id, now) as book:
            book.record(DocumentOpened(document=record.id))
            lines.note_read(book, record.id, reader)
        with self.office.view() as view:
            opened = queries.open_view(view, view.document(record.id), now=now)
            opened = for_review(view, opened, today=local_day(now))
            may = steps.offers(view, record.id, reader, on=local_day(now))
        searchable = self.office.store.beside(record.sha256, Beside.SEARCHABLE)
        is_form = record.status is Status.REVIEW and reader.duty in CLERKS
        return replace(
            opened,
            offers=may,
            has_searchable=searchable.is_file(),
            others=stay(self.office, record.id, reader, now=now) if is_form else (),
        )

    def look_at_document(self, asked: str, *, reader: Officer, now: dt.datetime) -> DocumentView:
        """The same for a part of a page that is open already: nothing is recorded, no steps are offered.

        Raises:
            NoSuchDocument: no document by that id or number.
            NotAllowed: the document is not for this person to open.
        """
        with self.office.view() as view:
            record = sight.find_document(view, asked, reader, now=now)
            opened = queries.open_view(view, record, now=now)
            return for_review(view, opened, today=local_day(now))

    def may_open(self, document: DocumentId, reader: Officer, *, now: dt.datetime) -> bool:
        """Whether this person may open the document now; asking is not opening."""
        with self.office.view() as view:
            return sight.may_open(view, view.document(document), reader, now=now)

    def page_picture(self, document: DocumentId, number: int, *, reader: Officer, now: dt.datetime) -> Path:
        """The picture of a page; whoever fetches it without having opened the document has now opened it.

        Raises:
            NoSuchDocument: no such document or page.
            NotAllowed: the document is not for this person to open.
        """
        with self.office.view() as view:
            sight.find_document(view, document, reader, now=now)
            found = next((p for p in view.pages(document) if p.number == number), None)
            opened = view.has_opened(reader.id, document, since=now - _ONE_LOOK)
        if found is None:
            raise NoSuchDocument(asked=f"{document}, trang {number}")
        if not opened:
            with self.office.registry.book(reader.id, now) as book:
                book.record(DocumentOpened(document=document))
        return self.office.store.path_of(found.picture_sha256)

    def original_file(
        self, document: DocumentId, *, reader: Officer, now: dt.datetime
    ) -> tuple[Path, str, str]:
        """The original bytes: path, media type, name for the download; that they were taken is recorded.

        Raises:
            NoSuchDocument: no such document, or it was sealed.
            NotAllowed: the document is not for this person to open.
        """
        with self.office.view() as view:
            record = sight.find_document(view, document, reader, now=now)
        if record.status is Status.SEALED:
            raise NoSuchDocument(asked=document)
        with self.office.registry.book(reader.id, now) as book:
            book.record(OriginalTaken(document=record.id))
        return self.office.store.path_of(record.sha256), record.media_type, record.file_name

    def searchable_file(self, document: DocumentId, *, reader: Officer, now: dt.datetime) -> tuple[Path, str]:
        """The searchable form: path and name for the download; that it was taken is recorded.

        Raises:
            NoSuchDocument: no such document, it was sealed, or it has no such form (yet).
            NotAllowed: the document is not for this person to open.
        """
        with self.office.view() as view:
            record = sight.find_document(view, document, reader, now=now)
        path = self.office.store.beside(record.sha256, Beside.SEARCHABLE)
        if record.status is Status.SEALED or not path.is_file():
            raise NoSuchDocument(asked=document)
        with self.office.registry.book(reader.id, now) as book:
            book.record(OriginalTaken(document=record.id, searchable=True))
        return path, f"{Path(record.file_name).stem} (tìm được chữ).pdf"

    def confirm_document(
        self, document: DocumentId, *, by: Officer, answer: ReviewAnswer, now: dt.datetime
    ) -> EntryRecord | None:
        """Register and pass on with the clerk's word; see `review.confirm_document`."""
        return review.confirm_document(self.office, document, by=by, answer=answer, now=now)

    def retry_document(self, document: DocumentId, *, by: Officer, now: dt.datetime) -> None:
        """Have a document read again; see `review.retry_document`."""
        review.retry_document(self.office, document, by=by, now=now)

    def settle_doubts(self, document: DocumentId, *, by: Officer, now: dt.datetime) -> None:
        """Let a document stand as it is; see `review.settle_doubts`."""
        review.settle_doubts(self.office, document, by=by, now=now)

    def work_box(self, person: Officer, *, now: dt.datetime) -> WorkBox:
        """What a person has to do, to know and to answer."""
        return work_box(self.office, person, now=now)

    def take_step(self, step: StepName, on: OnLine, said: Said, *, now: dt.datetime) -> None:
        """Take a step of work; see `steps.take_step`."""
        steps.take_step(self.office, step, on, said, now=now)

    def state_of_office(self, now: dt.datetime) -> OfficeState:
        """Heartbeats, waiting notices, the audit's head."""
        del now
        return queries.state_of_office(self.office)

    def newest_change(self) -> int:
        """The number of the newest audit line: it grows with everything that happens."""
        with self.office.view() as view:
            return head(view)[0]

    def beat(self, now: dt.datetime) -> None:
        """Say that the desk lives."""
        self.office.registry.beat("desk", now)
