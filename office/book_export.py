"""Take the register out of the program: make it, put on record that somebody took it, hand over its bytes."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from documents.events import BookExported
from documents.people import Officer
from documents.reach import ALL
from office import sight
from office.book import Sheet, open_book
from office.book_pdf import book_as_pdf
from office.book_xlsx import book_as_xlsx
from office.office import INCOMING, Office


class Form(StrEnum):
    """What a register is made into."""

    PDF = "pdf"
    XLSX = "xlsx"


def export_book(
    office: Office,
    year: int,
    form: Form,
    *,
    by: Officer | None,
    now: dt.datetime,
    sheet: Sheet = Sheet.A4,
) -> bytes:
    """Return the register of a year; that it was taken out is on record.

    `by` None is the operator of the machine, who gets every line in full; a person gets what they may see.
    """
    reach = sight.reach_of(office, by, now=now) if by else ALL
    book = open_book(office, year, now=now, reach=reach, by=by)
    made = book_as_pdf(book, sheet) if form is Form.PDF else book_as_xlsx(book, sheet)
    with office.registry.book(by.id if by else "operator", now) as record:
        record.record(BookExported(book=INCOMING, year=year, form=form.value, lines=len(book.lines)))
    return made
