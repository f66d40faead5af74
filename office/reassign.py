"""Work given to somebody else: after a return, when nobody holds it, or because it went to the wrong one."""

from __future__ import annotations

import datetime as dt

from documents.people import PersonId, UnitId
from documents.text import nfc, visible
from documents.work import LineReassigned
from office.absence import head_of, holder_for
from office.lines import BadTaker, OnLine, Step, require_worker, stepping, words
from office.office import Office, local_day
from office.phrase import Phrase
from office.policy import Act


def reassign(office: Office, on: OnLine, *, to: str, reason: str, now: dt.datetime) -> None:
    """Give a line to another person, or a unit as `unit:ID`; its role and its day stay.

    Raises:
        LineChanged, NotAllowed: as for every step on a line.
        BadTaker: they do not serve, or have the same part in the document already.
        WordsMissing, TextTooLong: the reason.
    """
    said = words(reason, "lý do giao lại")
    wanted = nfc(to).strip()
    with office.view() as view:
        directory = view.directory()
    unit = directory.unit(UnitId(wanted.removeprefix("unit:"))) if wanted.startswith("unit:") else None
    person = None if unit else directory.person(PersonId(wanted))
    if unit is None and (person is None or not person.is_active(local_day(now))):
        who = person.name if person else visible(wanted[:60])
        raise BadTaker(who=who, why=Phrase("không có trong danh bạ, hoặc không còn làm việc"))
    if person:
        require_worker(person)
    with stepping(office, on, Act.REASSIGN, now, to=person) as step:
        unit_id, person_id = unit.id if unit else None, person.id if person else None
        _require_new(step, person_id, unit_id, name=unit.name if unit else person.name if person else "")
        own = person_id or head_of(step.book.directory(), unit_id, step.today)
        right = holder_for(step.book, on.document, own, unit_id, step.today) if own else None
        step.book.record(
            LineReassigned(
                **step.about,
                reason=said,
                person=person_id,
                unit=unit_id,
                holder=right.holder if right else None,
                stands_in_for=right.stands_in_for if right else None,
            )
        )


def _require_new(step: Step, person: PersonId | None, unit: UnitId | None, *, name: str) -> None:
    """Nobody has the same part in a document twice."""
    others = (one for one in step.book.assignments(step.document) if one.line != step.line.line)
    if (person, unit) in {(one.person, one.unit) for one in others if one.role is step.line.role}:
        raise BadTaker(who=name, why=Phrase("đã có phần này trong văn bản"))
