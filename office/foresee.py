"""What would happen if the clerk registered now: said before a number is spent, nothing written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from documents.decisions import Assignee
from documents.errors import Conflict, NumberOutOfOrder, NumberTaken
from documents.people import Officer
from documents.reading import FieldName, FieldReading
from documents.status import DocumentId, Status
from office import sight
from office.decide import Decision
from office.office import INCOMING, Office, local_day
from office.review import confirmed, decide_as_said, doubts_of, seen_of
from office.typed import parse_day, typed_value
from office.views import DocumentView, ReviewAnswer
from registry.register import allot
from registry.view import View
from rules.names import plain_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """Who would get the document and why, under which number, and what stands against it."""

    lines: tuple[Assignee, ...]
    because: tuple[str, ...]
    """Why the lead leads in two sentences, then how the deadline was counted."""
    number: int | None
    year: int
    number_trouble: Conflict | None
    doubts: tuple[str, ...]


def foresee(
    office: Office, document: DocumentId, *, by: Officer, answer: ReviewAnswer, now: dt.datetime
) -> Foresight:
    """Decide as `confirm_document` would, and write nothing.

    Raises:
        NoSuchDocument, NotAllowed: there is none, or it is not for this person to open.
        BadDate, DueTooEarly, BadArrivalNumber, TextTooLong, UnknownChoice, UnknownRecipient, LeadNotChosen:
        what is typed cannot be, or does not suffice.
    """
    typed = {name: typed_value(name, text) for name, text in answer.values.items()}
    due = parse_day(answer.due) if answer.due else None
    with office.view() as view:
        sight.find_document(view, document, by, now=now)
        reading = confirmed(view, document, typed)
        decision = decide_as_said(view, document, reading, answer=answer, due=due)
        doubts = doubts_of(view, document, reading, decision, due=due, today=local_day(now))
        year = decision.arrival_date.year
        number, trouble = _number(view, year, decision.wanted_number, hold_between=answer.hold_between)
    return Foresight(
        lines=decision.routing.assignees,
        because=_because(decision),
        number=number,
        year=year,
        number_trouble=trouble,
        doubts=doubts,
    )


def for_review(view: View, opened: DocumentView, *, today: dt.date) -> DocumentView:
    """The same document with what only a clerk's form needs; another state than review needs nothing."""
    record, fields = opened.row.record, opened.row.fields
    if record.status is not Status.REVIEW:
        return opened
    written = [question.about for question in record.questions if question.about]
    return replace(
        opened,
        seen=seen_of(record, fields),
        choices={one: {h.chosen: h.times for h in view.name_habits(plain_name(one))} for one in written},
        number_trouble=_stamped_trouble(view, fields, today),
    )


def _stamped_trouble(view: View, fields: Mapping[FieldName, FieldReading], today: dt.date) -> Conflict | None:
    """Why the number read in the arrival stamp would be refused; None when it fits, or when there is none."""
    number, stamped = (
        fields[name].value if name in fields else None
        for name in (FieldName.ARRIVAL_NUMBER, FieldName.ARRIVAL_DATE)
    )
    if not isinstance(number, str) or not number.isdigit():
        return None
    year = int(stamped[:4]) if isinstance(stamped, str) else today.year
    return _number(view, year, int(number), hold_between=False)[1]


def _number(
    view: View, year: int, wanted: int | None, *, hold_between: bool
) -> tuple[int | None, Conflict | None]:
    try:
        return allot(view.session, INCOMING, year, wanted, hold_between=hold_between)[0], None
    except (NumberTaken, NumberOutOfOrder) as trouble:
        return None, trouble


def _because(decision: Decision) -> tuple[str, ...]:
    lead = next(iter(decision.routing.assignees), None)
    of_lead = lead.because[:2] if lead else ()
    return tuple(dict.fromkeys(one.text for one in (*of_lead, *decision.deadline.because[-1:])))
