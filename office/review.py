"""The clerk's word: confirm or correct the fields, choose who is meant, enter in the book and pass on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from documents.decisions import Role
from documents.errors import (
    AlreadyMoved,
    BadDate,
    DueTooEarly,
    FieldMissing,
    LeadNotChosen,
    NotAllowed,
)
from documents.events import FieldsConfirmed, RetryAsked
from documents.people import Duty, Officer
from documents.reading import FieldName, FieldReading, FieldValue, Reading
from documents.record import EntryRecord
from documents.status import DocumentId, Status
from documents.text import tidy
from documents.wording import FIELD_LABELS
from office.decide import decide, enter_and_pass_on, with_people
from office.office import Office
from office.views import ReviewAnswer
from registry.view import View

DATES = frozenset({FieldName.DATE, FieldName.ARRIVAL_DATE})
LISTS = frozenset(
    {
        FieldName.RECIPIENTS,
        FieldName.ADDRESSEES,
        FieldName.REFERENCES,
        FieldName.ARRIVAL_FORWARDED_TO,
    }
)
OBLIGATORY = (FieldName.ISSUER, FieldName.SUBJECT)
"""What the register cannot do without (domain §5.1); a number or date may truly be missing on a paper."""

MAY_REGISTER = frozenset({Duty.CLERK, Duty.ADMIN})

_DAY_FIRST = re.compile(r"^\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})\s*$")
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def confirm_document(
    office: Office, document: DocumentId, *, by: Officer, answer: ReviewAnswer, now: dt.datetime
) -> EntryRecord:
    """Record the clerk's fields, enter the document in the book and pass it on, all or nothing.

    Raises:
        NotAllowed: the person is neither clerk nor administrator.
        AlreadyMoved: somebody else was faster.
        BadDate, DueTooEarly, FieldMissing, LeadNotChosen: what is typed does not suffice.
        NumberTaken, NumberOutOfOrder: the arrival number does not fit the book; nothing was written.
    """
    if by.duty not in MAY_REGISTER:
        raise NotAllowed(role=by.duty.value, act="vào sổ")
    typed = {name: _typed(name, text) for name, text in answer.values.items()}
    due = parse_day(answer.due) if answer.due else None
    with office.registry.book(by.id, now) as book:
        record = book.document(document)
        if record.status is not Status.REVIEW:
            raise AlreadyMoved(status=record.status.value)
        reading = confirmed(book, document, typed)
        _require(reading)
        book.record(FieldsConfirmed(document=document, values=_all_values(reading)))
        answers = {**answer.chosen, **({"lead": answer.lead} if answer.lead else {})}
        decision = decide(book, document, reading, answers=answers, due=due)
        if due and due < decision.arrival_date:
            raise DueTooEarly(due=f"{due:%d/%m/%Y}", arrival=f"{decision.arrival_date:%d/%m/%Y}")
        decision = with_people(decision, lead=answer.lead, support=answer.support, inform=answer.inform)
        decision = replace(decision, hold_between=answer.hold_between)
        if sum(line.role is Role.LEAD for line in decision.routing.assignees) != 1:
            raise LeadNotChosen()
        return enter_and_pass_on(book, document, decision)


def retry_document(office: Office, document: DocumentId, *, by: Officer, now: dt.datetime) -> None:
    """Put a quarantined or doubtful document back to be read again.

    Raises:
        NotAllowed: the person is neither clerk nor administrator.
        AlreadyMoved: the document is past that.
    """
    if by.duty not in MAY_REGISTER:
        raise NotAllowed(role=by.duty.value, act="cho đọc lại")
    with office.registry.book(by.id, now) as book:
        book.record(RetryAsked(document=document))


def confirmed(view: View, document: DocumentId, typed: Mapping[FieldName, FieldValue]) -> Reading:
    """The fields as the machine left them, under what the person typed; a person's word is checked."""
    fields = dict(view.fields(document))
    for name, value in typed.items():
        fields[name] = replace(
            fields.get(name, FieldReading(name=name)), value=value, checked=True, reason=None
        )
    return Reading(fields)


def parse_day(text: str) -> dt.date:
    """A day as people type it, day first: `5/1/2012`, `05-01-12`; ISO is understood too.

    Raises:
        BadDate: no such day, or not written day first.
    """
    text = tidy(text)
    try:
        if _ISO.match(text):
            return dt.date.fromisoformat(text)
        if match := _DAY_FIRST.match(text):
            day, month, year = (int(part) for part in match.groups())
            return dt.date(year + 2000 if year < 100 else year, month, day)
    except ValueError as error:
        raise BadDate(given=text) from error
    raise BadDate(given=text)


def _typed(name: FieldName, text: str) -> FieldValue:
    """The value of a field from what was typed; empty is None (or an empty list)."""
    if name in LISTS:
        return [line for raw in text.splitlines() if (line := tidy(raw))]
    value = tidy(text)
    if not value:
        return None
    return parse_day(value).isoformat() if name in DATES else value


def _require(reading: Reading) -> None:
    for name in OBLIGATORY:
        if not reading.value(name):
            raise FieldMissing(field=FIELD_LABELS[name])


def _all_values(reading: Reading) -> dict[str, Any]:
    """Every field becomes the clerk's: by registering, the clerk answers for the whole entry."""
    return {f.name.value: f.value for f in reading}
