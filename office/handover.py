"""Work whose holder changes with the people: what somebody leaves behind, and what a new head takes over."""

from __future__ import annotations

from documents.lines import OPEN_STATES
from documents.people import PersonId, Unit
from documents.status import DocumentId
from documents.work import LineMoved
from office.absence import follow_document
from office.office import Office
from registry.absence import documents_of_unit, open_documents_of
from registry.book import Book
from registry.view import View

_MOST_NAMED = 8


def work_left_by(office: Office, person: PersonId) -> tuple[str, ...]:
    """Documents, by number or id, with open work that a person holds."""
    with office.view() as view:
        return tuple(_name_of(view, document) for document in open_documents_of(view, person))


def name_some(view: View, documents: tuple[DocumentId, ...]) -> str:
    """Documents as people call them, the first few."""
    names = [_name_of(view, document) for document in documents[:_MOST_NAMED]]
    return ", ".join((*names, "…") if len(documents) > _MOST_NAMED else names)


def _name_of(view: View, document: DocumentId) -> str:
    entry = view.document(document).entry
    return entry.name if entry else str(document)


def pass_to_new_head(book: Book, unit: Unit, before: PersonId | None) -> None:
    """Open lines of a unit that its former head, or nobody, holds are the new head's from now on."""
    new = book.directory().person(unit.head) if unit.head else None
    if new is None:
        return
    for document in documents_of_unit(book, unit.id):
        for line in book.assignments(document):
            own = line.stands_in_for or line.holder
            if line.unit == unit.id and line.state in OPEN_STATES and own in (before, None):
                book.record(
                    LineMoved(
                        document=document,
                        line=line.line,
                        role=line.role,
                        to=new.id,
                        reason=f"{new.name} đứng đầu {unit.name}.",
                    )
                )
        follow_document(book, document)
