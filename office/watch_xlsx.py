"""Tables as a workbook, one a sheet; every text stays text and nothing is ever calculated."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

_WIDEST, _NARROWEST = 60, 9
_A4 = 9
"""Code of the paper in the file format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet: its name, the heads of its columns, its rows."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str | int | dt.date]]


def workbook(tables: Iterable[Table], *, made_at: dt.datetime) -> bytes:
    """Return the tables as XLSX, to be printed on A4 lying, heads on every page.

    Args:
        tables: One for each sheet.
        made_at: The moment that the file carries, local time.
    """
    made = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "in_memory": True,
    }
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"created": made_at.replace(tzinfo=None)})
        head = book.add_format({"bold": True, "bottom": 1, "valign": "vcenter"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        for table in tables:
            page = book.add_worksheet(table.name)
            page.set_paper(_A4)
            page.set_landscape()
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
            page.freeze_panes(1, 0)
            page.write_row(0, 0, table.heads, head)
            for place, title in enumerate(table.heads):
                longest = max((len(str(row[place])) for row in table.rows), default=0)
                page.set_column(place, place, min(max(longest, len(title), _NARROWEST) + 2, _WIDEST))
            for number, row in enumerate(table.rows, 1):
                for place, value in enumerate(row):
                    if isinstance(value, dt.date):
                        page.write_datetime(number, place, value, day)
                    elif isinstance(value, int):
                        page.write_number(number, place, value, plain)
                    else:
                        page.write_string(number, place, value, plain)
    return made.getvalue()
