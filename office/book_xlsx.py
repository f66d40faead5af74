"""The register as a workbook, set up to be printed; all in it is text, nothing is ever calculated."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from office.book import MISSING, PrintedBook, Sheet, cells_of

_PAPER = {Sheet.A4: 9, Sheet.A3: 8}
"""Codes of paper sizes in the file format."""
_HEAD_ROWS = 5
_SHEET_WIDTH = 150
"""Widths of all columns together, in letters; printing fits them to the width of the paper."""


def book_as_xlsx(book: PrintedBook, sheet: Sheet) -> bytes:
    """Return the register as XLSX: one line a row, heads that repeat, landscape, as wide as the paper.

    A text that looks like a formula, a number or an address stays that text.
    """
    made = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "in_memory": True,
    }
    with xlsxwriter.Workbook(made, options) as workbook:
        # The moment of printing, not of the machine: the same register is the same file.
        workbook.set_properties(
            {
                "title": f"Sổ đăng ký văn bản đến năm {book.year}",
                "created": book.printed_at.replace(tzinfo=None),
            }
        )
        _write(workbook, book, sheet)
    return made.getvalue()


def _write(workbook: Any, book: PrintedBook, sheet: Sheet) -> None:
    page = workbook.add_worksheet(f"Năm {book.year}")
    columns = book.form.columns
    last = len(columns) - 1
    _set_up(page, book, sheet, last)
    title = workbook.add_format({"bold": True, "align": "center", "font_size": 14, **_FONT})
    above = workbook.add_format({"align": "center", **_FONT})
    page.merge_range(0, 0, 0, last, " – ".join(filter(None, (book.parent, book.office))), above)
    page.merge_range(1, 0, 1, last, "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", title)
    page.merge_range(2, 0, 2, last, f"Năm: {book.year}     Quyển số: {book.volume}", above)
    head = workbook.add_format({"bold": True, "align": "center", "valign": "vcenter", **_CELL})
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width * _SHEET_WIDTH / sum(c.width for c in columns))
        page.write_string(_HEAD_ROWS - 2, place, column.title, head)
        page.write_string(_HEAD_ROWS - 1, place, f"({place + 1})", head)
    formats = _formats(workbook)
    for row, line in enumerate(book.lines, _HEAD_ROWS):
        cells = cells_of(line)
        for place, column in enumerate(columns):
            struck = line.state == "cancelled" and column.key != "note"
            pale = line.state in ("held", MISSING)
            kind = formats[struck, pale, column.centred]
            if said := cells.get(column.key, ""):
                page.write_string(row, place, said, kind)
            else:
                page.write_blank(row, place, None, kind)
    plain = workbook.add_format(_FONT)
    for row, said in enumerate(
        (*book.closing, f"Mẫu sổ: {book.form.source}."), _HEAD_ROWS + len(book.lines) + 1
    ):
        page.write_string(row, 0, said, plain)


def _set_up(page: Any, book: PrintedBook, sheet: Sheet, last: int) -> None:
    """Paper, direction, heads that repeat, and what stands at the foot of each page."""
    page.set_landscape()
    page.set_paper(_PAPER[sheet])
    page.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD_ROWS - 2, _HEAD_ROWS - 1)
    page.freeze_panes(_HEAD_ROWS, 0)
    page.print_area(0, 0, _HEAD_ROWS + len(book.lines) + len(book.closing) + 1, last)
    # An ampersand begins a command of the foot line.
    printed = book.printed.replace("&", "&&")
    page.set_footer(f"&L&8{printed}\nĐầu nhật ký: {book.audit_head}&R&8Trang &P/&N")


_FONT = {"font_name": "Times New Roman", "font_size": 11}
_CELL = {"border": 1, "text_wrap": True, "valign": "top", **_FONT}


def _formats(workbook: Any) -> dict[tuple[bool, bool, bool], Any]:
    """A format for each way a cell may look: struck, pale, centred."""
    return {
        (struck, pale, centred): workbook.add_format(
            {
                **_CELL,
                "font_strikeout": struck,
                "align": "center" if centred else "left",
                **({"bg_color": "#EDEDED"} if pale else {}),
            }
        )
        for struck in (False, True)
        for pale in (False, True)
        for centred in (False, True)
    }
