"""The open book: one transaction in which events are recorded. There is no other way to change anything."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from documents.direction import AliasAdopted
from documents.events import (
    BookExported,
    DocumentOpened,
    Event,
    OfficeNamed,
    OriginalTaken,
    PersonSaved,
    ReadingLapsed,
    ReadingStarted,
    ReminderDue,
    SignedIn,
    SignInRefused,
    UnitSaved,
)
from documents.intake_events import FileUploaded
from documents.people import PersonId
from documents.status import DocumentId
from registry import (
    absence,
    agencies,
    book_marks,
    calendar_days,
    door,
    lines,
    log,
    name_choices,
    organisation,
    outbox,
    preferences,
    programs,
    reading,
    register,
    routing,
    rule_tables,
    sessions,
    tasks,
)
from registry.audit import append, lock_head, move_head
from registry.change import Appliers, Change, leave_alone, look_only
from registry.columns import storable
from registry.view import View

APPLIERS: Appliers = {
    **door.APPLIERS,
    **reading.APPLIERS,
    **register.APPLIERS,
    **routing.APPLIERS,
    **lines.APPLIERS,
    **absence.APPLIERS,
    **outbox.APPLIERS,
    **organisation.APPLIERS,
    **name_choices.APPLIERS,
    **rule_tables.APPLIERS,
    **calendar_days.APPLIERS,
    **tasks.APPLIERS,
    **preferences.APPLIERS,
    **programs.APPLIERS,
    **log.APPLIERS,
    **agencies.APPLIERS,
    DocumentOpened: look_only,
    OriginalTaken: look_only,
    BookExported: leave_alone,
    FileUploaded: leave_alone,
    SignedIn: leave_alone,
    SignInRefused: leave_alone,
}
"""What each kind of event does to the rows; a test sees to it that no kind is forgotten."""

UNLISTED: frozenset[type[Event]] = frozenset(
    {*door.APPLIERS, *outbox.APPLIERS, ReadingStarted, ReadingLapsed, DocumentOpened, OriginalTaken}
)
"""Kinds that change nothing a line of the register is found by."""


class Book(View):
    """The registry open for writing by one actor at one moment; made by `Registry.book`.

    Everything recorded stands together or not at all. When recording an event fails, the whole transaction
    is given up, even if the error is caught: half an event must never stand.
    """

    def __init__(self, session: Session, *, actor: str, now: dt.datetime) -> None:
        super().__init__(session)
        self._actor = storable(actor)
        self._now = now
        self._end = self._first_end = lock_head(session)
        self._failure: BaseException | None = None
        self._changed: set[DocumentId] = set()

    @property
    def now(self) -> dt.datetime:
        """The moment of everything recorded in it."""
        return self._now

    def record(self, event: Event) -> int:
        """Write what `event` means: the rows, one audit line, and the notices that follow.

        Returns:
            The number of the audit line.

        Raises:
            NoSuchDocument: the event is of a document that is not there.
            AlreadyMoved: the document is no longer where the event can happen, or the attempt is not the
                present one.
            LineChanged: the recipient line is gone, or past that.
            NumberTaken, NumberOutOfOrder: the number does not fit the book.
            LeadNotChosen: an assignment without exactly one lead.
        """
        try:
            APPLIERS[type(event)](event, self._change())
            self.session.flush()
            self._end = append(self.session, self._end, event, actor=self._actor, now=self._now)
            if (document := getattr(event, "document", None)) and type(event) not in UNLISTED:
                self._changed.add(document)
        except BaseException as failure:
            self._failure = failure
            raise
        if isinstance(event, OfficeNamed | UnitSaved | PersonSaved | AliasAdopted):
            self.forget_directory()
        return self._end.seq

    def allot_number(
        self, book: str, year: int, wanted: int | None = None, hold_between: bool = False
    ) -> tuple[int, tuple[int, ...]]:
        """Return the number the next document of that register may have, and those to hold back for it.

        The number is given by recording `DocumentRegistered` in this same transaction; until then the book
        is unchanged. `wanted` is the number of a stamp; `hold_between` is a person's confirmation of one
        that is out of order.

        Raises:
            NumberTaken: `wanted` was given before.
            NumberOutOfOrder: `wanted` is neither next nor held back, and nobody confirmed it.
        """
        return register.allot(self.session, book, year, wanted, hold_between=hold_between)

    def remind_once(self, event: ReminderDue) -> bool:
        """Record a reminder unless that person was reminded of that step and day; whether it was new."""
        if outbox.is_reminded(self._change(), event):
            return False
        self.record(event)
        return True

    def start_session(self, token_hash: str, person: PersonId) -> None:
        """Let a person in under the hash of a new token."""
        sessions.start(self.session, token_hash, person, self._now)

    def end_session(self, token_hash: str) -> None:
        """Let a session end at once; an unknown one is none."""
        sessions.end(self.session, token_hash)

    def close(self) -> None:
        """Keep the end of the chain, and what lines are found by; called once, right before the commit.

        Raises:
            the first error of `record`, when one was raised and caught: nothing is committed then.
        """
        if self._failure:
            raise self._failure
        if self._changed:
            book_marks.follow(self.session, self._changed)
        if self._end != self._first_end:
            move_head(self.session, self._end)

    def _change(self) -> Change:
        return Change(session=self.session, actor=self._actor, now=self._now, seq=self._end.seq + 1)
