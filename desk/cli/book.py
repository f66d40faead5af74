"""`book print`: the incoming register of a year in its legal form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk.cli.home import DEFAULT_HOME, Home, now
from desk.cli.speech import ATTENTION, DONE, WRONG_CALL, tell
from office.book import MISSING, Sheet, open_book
from office.book_export import Form, export_book
from office.office import Office

book = typer.Typer(help="Sổ đăng ký văn bản đến. · The incoming register.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(book, name="book")


@book.callback()
def _book() -> None:
    """Keeps `print` a word of its own, though it is the only command."""


@book.command(name="print")
def print_(
    year: Annotated[int, typer.Option(min=1, max=9999, help="Năm của sổ. · Year of the register.")],
    pdf: Annotated[Path | None, typer.Option(help="Ghi bản in vào tệp này (.pdf). · Write a PDF.")] = None,
    xlsx: Annotated[
        Path | None, typer.Option(help="Ghi bảng tính vào tệp này (.xlsx). · Write a workbook.")
    ] = None,
    paper: Annotated[Sheet, typer.Option(help="Khổ giấy, để ngang. · Paper, landscape.")] = Sheet.A4,
    home: Home = DEFAULT_HOME,
) -> int:
    """In sổ của một năm đúng mẫu. · Print the register of a year in its legal form."""
    wanted = [(form, path) for form, path in ((Form.PDF, pdf), (Form.XLSX, xlsx)) if path]
    if not wanted:
        tell("Chưa nói ghi vào đâu.\n  → Thêm --pdf TỆP.pdf hoặc --xlsx TỆP.xlsx")
        return WRONG_CALL
    at = now()
    with Office.open(home) as office:
        lines = open_book(office, year, now=at).lines
        missing = sum(line.state == MISSING for line in lines)
        for form, path in wanted:
            tell("Đang lập sổ năm {year}, {count} dòng…", year=year, count=len(lines))
            path.write_bytes(export_book(office, year, form, by=None, now=at, sheet=paper))
            tell("Đã ghi {path}.", path=path)
    if not lines:
        tell("! Sổ năm {year} chưa có dòng nào.", year=year)
    if missing:
        tell(
            "! Sổ thiếu {count} số, đã in thành dòng “Không có trong sổ”.\n  → Chạy: congvan log verify",
            count=missing,
        )
    return DONE if lines and not missing else ATTENTION
