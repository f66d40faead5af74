"""The register on paper: its cover and its lines, A4 or A3 across."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from office.book import PrintedBook, Sheet, cells_of
from office.typeset import set_pdf
from office.views import RegisterLine


def book_as_pdf(book: PrintedBook, sheet: Sheet) -> bytes:
    """Return the register as PDF; the same register printed at the same moment is the same bytes."""
    entries = [line.entry for line in book.lines]
    days = [entry.arrival_date for entry in entries if entry.arrival_date]
    blank = "…………"
    return set_pdf(
        "so_den.typ",
        {
            "paper": sheet.value,
            "title": f"Sổ đăng ký văn bản đến năm {book.year}",
            "parent": book.parent,
            "office": book.office,
            "year": str(book.year),
            "volume": book.volume,
            "first_day": f"{min(days):%d/%m/%Y}" if days else blank,
            "last_day": f"{max(days):%d/%m/%Y}" if days else blank,
            "first_number": f"{entries[0].number:02}" if entries else blank,
            "last_number": f"{entries[-1].number:02}" if entries else blank,
            "source": book.form.source,
            "printed": book.printed,
            "head": book.audit_head,
            "columns": [asdict(column) for column in book.form.columns],
            "rows": [_row(line) for line in book.lines],
            "closing": list(book.closing),
        },
        tagged=len(book.lines) <= _MOST_TAGGED,
    )


_MOST_TAGGED = 2000
"""Longer registers go without the marks for screen readers, which take most of their size and time."""
_MOST_WHOLE = 700
"""A cell with more letters may run on to the next page; any other line stays on one."""
_LONG_WORD = re.compile(r"\S{18}(?=\S)")
_MAY_BREAK = "\u200b"


def _row(line: RegisterLine) -> dict[str, Any]:
    cells = {key: _LONG_WORD.sub(rf"\g<0>{_MAY_BREAK}", said) for key, said in cells_of(line).items()}
    is_long = any(len(said) > _MOST_WHOLE for said in cells.values())
    return {"state": line.state, "cells": cells, "is_long": is_long}
