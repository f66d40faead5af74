"""What it costs to set a register: CPU seconds for a PDF of 600 and a workbook of 10,000 lines; to hold: 2.

Run `python -m benchmarks.printing`. Finding the lines is not in it.
"""

from __future__ import annotations

import datetime as dt
import time

from documents.record import EntryRecord
from office.book import PrintedBook, Sheet
from office.book_form import form_of
from office.book_pdf import book_as_pdf
from office.book_xlsx import book_as_xlsx
from office.views import RegisterLine

YEAR = 2026
DAY = dt.date(YEAR, 1, 5)


def book(lines: int) -> PrintedBook:
    """A register with lines of ordinary length."""
    return PrintedBook(
        year=YEAR,
        form=form_of(YEAR),
        parent="UBND TỈNH TÂY NINH",
        office="Sở Thông tin và Truyền thông",
        volume="01",
        lines=tuple(_line(number) for number in range(1, lines + 1)),
        audit_head="8214:" + "9f3a62c1" * 8,
        printed_at=dt.datetime(YEAR, 12, 31, tzinfo=dt.UTC),
        printed_by="Trần Thị Hoa",
    )


def _line(number: int) -> RegisterLine:
    return RegisterLine(
        entry=EntryRecord(book="den", year=YEAR, number=number, state="taken", arrival_date=DAY),
        document=None,
        issuer="Ủy ban nhân dân tỉnh Tây Ninh",
        number_symbol=f"{number}/KH-UBND",
        date=DAY,
        type_and_subject="Kế hoạch. Thực hiện công tác thông tin đối ngoại tỉnh Tây Ninh năm 2026",
        recipients="Phòng Báo chí – Xuất bản; Nguyễn Thị Linh",
        transferred=DAY,
        note="",
    )


def main() -> None:
    """Set both and say what it cost."""
    for what, make, lines in (("PDF", book_as_pdf, 600), ("XLSX", book_as_xlsx, 10_000)):
        made = book(lines)
        began = time.process_time()
        size = len(make(made, Sheet.A4))
        print(f"{what:<5}{lines:>6} lines {time.process_time() - began:6.2f} CPU s {size / 1e6:6.1f} MB")


if __name__ == "__main__":
    main()
