"""The clerk's word: confirm or correct the fields, choose who is meant, enter in the book and pass on."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import replace

from documents.decisions import Role
from documents.direction import NameChosen
from documents.errors import (
    AlreadyMoved,
    Conflict,
    DueTooEarly,
    FieldMissing,
    LeadNotChosen,
    UnknownRecipient,
)
from documents.events import DoubtsSettled, FieldsConfirmed, RetryAsked
from documents.page import Source
from documents.people import Officer, PersonId, UnitId
from documents.reading import ROUTING_FIELDS, FieldName, FieldReading, FieldValue, Reading
from documents.record import DocumentRecord, EntryRecord
from documents.status import DocumentId, Status
from documents.wording import FIELD_LABELS, STATUS_LABELS
from office.agencies import agencies_of
from office.decide import Decision, decide, enter_and_pass_on, look_alike_reasons, with_people
from office.office import INCOMING, Office, local_day, working_calendar
from office.phrase import Phrase
from office.policy import Act, require
from office.seal import seal_by_hand
from office.sight import find_document
from office.typed import doubts_about, parse_day, require_arrived, require_sure, typed_value
from office.views import ReviewAnswer
from registry.book import Book
from registry.view import View
from rules.names import plain_name

OBLIGATORY = (FieldName.ISSUER, FieldName.SUBJECT)
"""What the register cannot do without (domain §5.1); a number or date may truly be missing on a paper."""


class FormChanged(Conflict):
    """What the clerk's form showed of the document is not what is known of it now."""

    message = "Văn bản đã đổi từ lúc mở trang này: {what}."
    advice = "Xem giá trị hiện nay ghi cạnh ô; giữ điều đã gõ hoặc sửa lại, rồi bấm vào sổ lần nữa."


def seen_of(record: DocumentRecord, fields: Mapping[FieldName, FieldReading]) -> str:
    """What a form shows of a document, in a few letters: the reading it was made of and every value."""
    shown = [record.id, record.attempt, record.review_reasons, *((n.value, fields[n].value) for n in fields)]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def confirm_document(
    office: Office, document: DocumentId, *, by: Officer, answer: ReviewAnswer, now: dt.datetime
) -> EntryRecord | None:
    """Record the clerk's fields, enter the document in the book and pass it on, all or nothing.

    A document that the clerk says is secret is sealed instead: it gets no number here and nobody is told.

    Returns:
        The line of the register; None when the document was sealed.

    Raises:
        NoSuchDocument: there is none.
        NotAllowed: the person is neither clerk nor administrator, or may not open the document.
        AlreadyMoved: somebody else was faster.
        FormChanged: the fields are not as the form showed them; nothing was written.
        NotSure: something is unlikely, and the answer does not insist on it yet.
        BadDate, ArrivalAhead, DueTooEarly, BadArrivalNumber, TextTooLong, UnknownChoice, FieldMissing,
        UnknownRecipient, LeadNotChosen: what is typed cannot be, or does not suffice.
        NumberTaken, NumberOutOfOrder: the arrival number does not fit the book; nothing was written.
    """
    typed = {name: typed_value(name, text) for name, text in answer.values.items()}
    due = parse_day(answer.due) if answer.due else None
    with office.registry.book(by.id, now) as book:
        require(book, by, Act.REGISTER, on=local_day(now))
        find_document(book, document, by, now=now)
        _require_in_review(book, document)
        _require_as_seen(book, document, answer.seen)
        reading = confirmed(book, document, typed)
        if secrecy := reading.value(FieldName.SECRECY):
            require_sure((f"Văn bản mang dấu “{secrecy}”. {_SEALING}",), answer.sure)
            seal_by_hand(office, book, document)
            return None
        _require_fields(reading)
        decision = decide_as_said(book, document, reading, answer=answer, due=due)
        require_arrived(decision.arrival_date, today=local_day(now))
        require_sure(doubts_of(book, document, reading, decision, due=due, today=local_day(now)), answer.sure)
        book.record(FieldsConfirmed(document=document, values=_said(reading, typed)))
        for written, chosen in answer.chosen.items():
            if chosen:
                book.record(NameChosen(document=document, written=plain_name(written), chosen=chosen))
        return enter_and_pass_on(book, document, decision)


_SEALING = (
    "Nó sẽ được niêm riêng: ảnh, các ô và chữ để tìm bị xoá, tệp gốc chuyển vào ngăn niêm, không vào sổ ở "
    "đây và không ai được giao. Nhật ký vẫn giữ những gì đã ghi trước đó. Việc này không hoàn lại được."
)


def retry_document(office: Office, document: DocumentId, *, by: Officer, now: dt.datetime) -> None:
    """Put a quarantined or doubtful document back to be read again.

    Raises:
        NoSuchDocument: there is none.
        NotAllowed: the person is neither clerk nor administrator, or may not open the document.
        AlreadyMoved: the document is past that.
    """
    with office.registry.book(by.id, now) as book:
        require(book, by, Act.READ_AGAIN, on=local_day(now))
        find_document(book, document, by, now=now)
        book.record(RetryAsked(document=document))


def settle_doubts(office: Office, document: DocumentId, *, by: Officer, now: dt.datetime) -> None:
    """Let a document that was passed on stand as it is, although something was doubted of the whole paper.

    Of one that waits for the clerk, its confirmation says so.

    Raises:
        NoSuchDocument: there is none.
        NotAllowed: the person is neither clerk nor administrator, or may not open the document.
        AlreadyMoved: nothing is in doubt, or the document still waits.
    """
    with office.registry.book(by.id, now) as book:
        require(book, by, Act.SETTLE, on=local_day(now))
        record = find_document(book, document, by, now=now)
        if not record.doubts or record.status is Status.REVIEW:
            raise AlreadyMoved(status=record.status.value)
        book.record(DoubtsSettled(document=document, doubts=record.doubts))


def confirmed(view: View, document: DocumentId, typed: Mapping[FieldName, FieldValue]) -> Reading:
    """The fields as the machine left them, under what the person typed.

    A person's word is checked by being said; evidence for another value is dropped, and an issuer that was
    typed anew is looked up in the directory again.
    """
    known = view.fields(document)
    issuer_before = Reading(known).value(FieldName.ISSUER)
    fields = known | {
        name: _by_person(known.get(name, FieldReading(name=name)), value) for name, value in typed.items()
    }
    if typed.get(FieldName.ISSUER, issuer_before) != issuer_before:
        agency = FieldName.ISSUER_AGENCY
        fields[agency] = FieldReading(
            name=agency, value=_agency_of(view, Reading(fields)), checked=True, source=Source.PERSON
        )
    return Reading(fields)


def _by_person(old: FieldReading, value: FieldValue) -> FieldReading:
    return replace(
        old,
        value=value,
        checked=True,
        reason=None,
        source=Source.PERSON,
        evidence=old.evidence if old.value == value else (),
    )


def _agency_of(view: View, reading: Reading) -> str | None:
    """The directory's entry for the issuer as it stands now; None when it is not sure."""
    issuer, parent = reading.value(FieldName.ISSUER), reading.value(FieldName.ISSUER_PARENT)
    if not isinstance(issuer, str):
        return None
    date = reading.value(FieldName.DATE)
    match = agencies_of(view).match(
        issuer,
        parent=parent if isinstance(parent, str) else None,
        on=dt.date.fromisoformat(date) if isinstance(date, str) else None,
    )
    return match.name if match and match.is_sure else None


def _said(reading: Reading, typed: Mapping[FieldName, FieldValue]) -> dict[str, FieldValue]:
    """The fields the clerk answers for: those typed, and the routing fields that were still in doubt."""
    names = {
        field.name
        for field in reading
        if field.name in typed
        or (field.name in ROUTING_FIELDS and not field.checked)
        or (field.name is FieldName.ISSUER_AGENCY and field.source is Source.PERSON)
    }
    return {field.name.value: field.value for field in reading if field.name in names}


def decide_as_said(
    view: View, document: DocumentId, reading: Reading, *, answer: ReviewAnswer, due: dt.date | None
) -> Decision:
    """The decision with the clerk's word in it; `due` is the deadline they typed.

    Raises:
        DueTooEarly, UnknownRecipient, LeadNotChosen: what is said cannot be, or does not suffice.
    """
    answers = {**answer.chosen, **({"lead": answer.lead} if answer.lead else {})}
    decision = decide(view, document, reading, answers=answers, due=due)
    if due and due < decision.arrival_date:
        raise DueTooEarly(due=f"{due:%d/%m/%Y}", arrival=f"{decision.arrival_date:%d/%m/%Y}")
    _require_recipients(view, answer, on=decision.arrival_date)
    decision = with_people(
        decision,
        lead=answer.lead,
        support=answer.support,
        inform=answer.inform,
        proposal=view.document(document).proposal,
    )
    if sum(line.role is Role.LEAD for line in decision.routing.assignees) != 1:
        raise LeadNotChosen()
    return replace(decision, hold_between=answer.hold_between)


def doubts_of(
    view: View,
    document: DocumentId,
    reading: Reading,
    decision: Decision,
    *,
    due: dt.date | None,
    today: dt.date,
) -> tuple[str, ...]:
    """What is unlikely in the entry about to be made, look-alikes in the book included."""
    unlikely = doubts_about(
        reading,
        arrival=decision.arrival_date,
        due=due,
        today=today,
        years=(state.year for state in view.book_states(INCOMING)),
        calendar=working_calendar(view),
    )
    return (*unlikely, *look_alike_reasons(view, document, reading))


def _require_in_review(book: Book, document: DocumentId) -> None:
    status = book.document(document).status
    if status is not Status.REVIEW:
        raise AlreadyMoved(status=STATUS_LABELS[status])


def _require_as_seen(book: Book, document: DocumentId, seen: str | None) -> None:
    if seen is not None and seen != seen_of(book.document(document), book.fields(document)):
        raise FormChanged(what=Phrase("máy đã đọc lại hoặc người khác đã sửa"))


def _require_fields(reading: Reading) -> None:
    for name in OBLIGATORY:
        if not reading.value(name):
            raise FieldMissing(field=FIELD_LABELS[name])


def _require_recipients(view: View, answer: ReviewAnswer, *, on: dt.date) -> None:
    """Everybody named is in the directory; who has left by the day of arrival gets nothing."""
    directory = view.directory()
    named = (answer.lead or "", *(answer.support or ()), *(answer.inform or ()), *answer.chosen.values())
    for one in filter(None, named):
        if one.startswith("unit:"):
            known = directory.unit(UnitId(one.removeprefix("unit:"))) is not None
        else:
            person = directory.person(PersonId(one))
            known = person is not None and person.is_active(on)
        if not known:
            raise UnknownRecipient(who=one[:60])
