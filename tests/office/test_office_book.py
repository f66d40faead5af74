"""The register in its legal form: every number, every column of its year, and nothing of a document obeyed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from desk.cli.app import main
from documents.events import DocumentRegistered
from documents.people import Officer
from documents.status import Status
from office.book import MISSING, Sheet, cells_of, open_book
from office.book_export import Form, export_book
from office.book_form import form_of, list_forms
from office.book_pdf import book_as_pdf
from office.book_xlsx import book_as_xlsx
from office.office import Office
from office.sight import reach_of
from registry.tables import EntryRow
from tests.office.lines_at_work import HOA, LEADER, LINH, OBSERVER, at_work, lead, pass_on, support
from tests.offices import MORNING
from tests.registry.builders import INCOMING, TODAY, bring, cancelled, name

HOSTILE = (
    '#read("/etc/passwd")',
    "$x^2$ \\ ] } #{1+1}",
    "*đậm* _nghiêng_ @nguồn <nhãn> `mã`",
    '#import "x.typ": *',
    "=cmd|' /C calc'!A0",
    "+84 -1 @SUM(1)",
    "{=1+1}",
    "http://example.invalid/a",
    "007",
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with at_work(tmp_path) as office:
        yield office


@pytest.fixture
def filled(office: Office) -> Office:
    """Numbers 1 to 9: two ordinary, one cancelled, three held, one hostile, one restricted, one ordinary."""
    pass_on(office, 1, lead("bcxb"), support("vp"), subject="Về họp báo", doc_type="Công văn")
    pass_on(office, 2, lead(LINH), subject="Về thông tin đối ngoại", number_symbol="02/KH-UBND")
    pass_on(office, 3, lead(LINH), subject="Vào sổ nhầm")
    with office.registry.book("hoa", MORNING) as book:
        book.record(cancelled(name(3), 3))
        bring(book, 7, Status.READING)
        number, held = book.allot_number(INCOMING, 2012, 7, hold_between=True)
        book.record(DocumentRegistered(document=name(7), book=INCOMING, year=2012, number=number, arrival_date=TODAY, held=held))  # fmt: skip
    pass_on(office, 8, lead(LINH), subject="Về phòng chống bão", secrecy="MẬT", issuer="CÔNG AN TỈNH")
    return office


def text_of(pdf: bytes) -> str:
    """The words of all pages, spaces made single; characters that only let a line break left out."""
    document = pypdfium2.PdfDocument(pdf)
    pages = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(pages.replace("\u200b", "").replace("\ufffe", "").split())


def rows_of(xlsx: bytes) -> list[list[Any]]:
    page = openpyxl.load_workbook(io.BytesIO(xlsx)).active
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_the_form_is_that_of_the_registers_own_year() -> None:
    assert [form.from_year for form in list_forms()] == [2020, 0]
    assert "Ngày chuyển" in [column.title for column in form_of(2020).columns]
    assert "Ngày chuyển" not in [column.title for column in form_of(2019).columns]
    for form in list_forms():
        assert all(column.blank == (column.key == "signed") for column in form.columns)


def test_every_number_stands_in_the_register(filled: Office) -> None:
    book = open_book(filled, 2012, now=MORNING)
    assert [line.entry.number for line in book.lines] == list(range(1, 9))
    assert [line.state for line in book.lines] == [
        "taken",
        "taken",
        "cancelled",
        *["held"] * 3,
        "taken",
        "taken",
    ]
    assert book.closing == (
        "Sổ có 4 văn bản đã vào sổ.",
        f"Số đã hủy: 3 ({book.lines[2].entry.reason}).",
        "Số giữ chỗ: 4–6.",
    )


def test_a_number_that_other_hands_took_away_is_a_line_that_says_so(filled: Office) -> None:
    with filled.registry.book("x", MORNING) as book:
        book.session.delete(book.session.get(EntryRow, (INCOMING, 2012, 5)))
    lines = open_book(filled, 2012, now=MORNING).lines
    assert [line.entry.number for line in lines if line.state == MISSING] == [5]
    assert "Số không có trong sổ: 5." in open_book(filled, 2012, now=MORNING).closing


def test_the_lead_comes_first_and_a_cancelled_line_has_no_recipient(filled: Office) -> None:
    first, _, third, *_ = open_book(filled, 2012, now=MORNING).lines
    assert first.recipients == "Phòng Báo chí – Xuất bản; Văn phòng"
    assert first.type_and_subject == "Công văn. Về họp báo"
    assert (third.recipients, third.transferred) == ("", None)
    assert third.note.startswith("Hủy: ")


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        pytest.param(None, True, id="the operator of the machine"),
        pytest.param(HOA, True, id="a clerk"),
        pytest.param(LEADER, True, id="a leader"),
        pytest.param(OBSERVER, False, id="who only looks"),
        pytest.param(LINH, True, id="who has it on the desk"),
    ],
)
def test_of_a_restricted_paper_only_number_and_day_are_told(
    who: Officer | None, sees: bool, filled: Office
) -> None:
    if who is None:
        book = open_book(filled, 2012, now=MORNING)
    else:
        book = open_book(filled, 2012, now=MORNING, reach=reach_of(filled, who, now=MORNING), by=who)
    line = book.lines[-1]
    assert (line.issuer == "CÔNG AN TỈNH") is sees
    printed = text_of(book_as_pdf(book, Sheet.A4)) + str(rows_of(book_as_xlsx(book, Sheet.A4)))
    assert ("phòng chống bão" in printed) is sees
    assert ("Văn bản hạn chế" in printed) is not sees
    assert cells_of(line)["number"] == "08"
    assert cells_of(line)["arrival_date"] == "05/01/2012"


def test_the_printed_register_has_cover_columns_pages_moment_and_head(filled: Office) -> None:
    book = open_book(filled, 2012, now=MORNING, by=HOA)
    words = text_of(book_as_pdf(book, Sheet.A4))
    for said in (
        "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",
        "Năm: 2012",
        "Từ số 01",
        "đến số 08",
        "Quyển số: 01",
        "Trang 1/1",
        "In lúc 08:12 05/01/2012, người in: Trần Thị Hoa",
        book.audit_head,
        "Giữ chỗ",
        "Thông tư 07/2012/TT-BNV",
    ):
        assert said in words
    assert "(9)" in words
    assert "(10)" not in words


def test_the_same_register_printed_at_the_same_moment_is_the_same_bytes(filled: Office) -> None:
    book = open_book(filled, 2012, now=MORNING)
    assert book_as_pdf(book, Sheet.A4) == book_as_pdf(book, Sheet.A4)
    assert book_as_xlsx(book, Sheet.A3) == book_as_xlsx(book, Sheet.A3)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_document_is_obeyed(text: str, office: Office) -> None:
    pass_on(office, 1, lead(LINH), subject=text, issuer=text, number_symbol=text)
    book = open_book(office, 2012, now=MORNING)
    printed = text_of(book_as_pdf(book, Sheet.A4))
    assert "root:" not in printed
    assert printed.replace(" ", "").count(text.replace(" ", "")) >= 1
    page = openpyxl.load_workbook(io.BytesIO(book_as_xlsx(book, Sheet.A4))).active
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert sum(cell.value == text for cell in cells) >= 2
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_a_long_line_runs_on_and_a_long_word_stays_in_its_column(office: Office) -> None:
    pass_on(office, 1, lead(LINH), subject="dài " * 2000 + "cuối", number_symbol="X" * 200)
    words = text_of(book_as_pdf(open_book(office, 2012, now=MORNING), Sheet.A4))
    assert words.count("dài") == 2000
    assert "cuối" in words
    assert len(re.findall("X", words)) >= 200


def test_the_heads_repeat_on_every_page_and_rows_do_not_split(office: Office) -> None:
    for number in range(1, 41):
        pass_on(office, number, lead(LINH), subject=f"đầu{number} " + "và giữa " * 20 + f"cuối{number}")
    pdf = pypdfium2.PdfDocument(book_as_pdf(open_book(office, 2012, now=MORNING), Sheet.A4))
    pages = [page.get_textpage().get_text_bounded() for page in pdf][1:]
    assert len(pages) > 2
    for page in pages[:-1]:
        assert "Tác giả" in page
    for number in range(1, 41):
        (on,) = {i for i, page in enumerate(pages) if re.search(rf"đầu{number}\b", page)}
        assert re.search(rf"cuối{number}\b", pages[on])


def test_the_workbook_is_set_up_to_be_printed(filled: Office) -> None:
    for sheet, code in ((Sheet.A4, "9"), (Sheet.A3, "8")):
        made = book_as_xlsx(open_book(filled, 2012, now=MORNING), sheet)
        page = openpyxl.load_workbook(io.BytesIO(made)).active
        assert (page.page_setup.orientation, str(page.page_setup.paperSize)) == ("landscape", code)
        assert page.print_title_rows == "$4:$5"
        assert page.page_setup.fitToWidth in (None, 1)
    rows = rows_of(made)
    assert rows[3][:3] == ["Ngày đến", "Số đến", "Tác giả"]
    assert rows[6][1] == "02"
    assert page.cell(8, 2).font.strike
    assert not page.cell(8, 9).font.strike


def test_that_it_was_taken_out_is_on_record(filled: Office) -> None:
    export_book(filled, 2012, Form.XLSX, by=HOA, now=MORNING)
    export_book(filled, 2012, Form.PDF, by=None, now=MORNING)
    with filled.view() as view:
        from registry.tables import AuditRow

        rows = [r for r in view.session.query(AuditRow).order_by(AuditRow.seq) if r.event == "BookExported"]
    assert [(row.actor, '"xlsx"' in row.payload) for row in rows] == [("hoa", True), ("operator", False)]


def test_an_empty_register_prints(office: Office) -> None:
    book = open_book(office, 2013, now=MORNING)
    assert "chưa có dòng nào" in text_of(book_as_pdf(book, Sheet.A4))
    assert rows_of(book_as_xlsx(book, Sheet.A4))


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_writes_both_files_and_says_so(
    filled: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf, xlsx = tmp_path / "sổ.pdf", tmp_path / "sổ.xlsx"
    call = ["book", "print", "--year", "2012", "--home", str(filled.settings.home), "--pdf", str(pdf)]
    assert main([*call, "--xlsx", str(xlsx), "--paper", "a3"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "Đang lập sổ năm 2012, 8 dòng…" in said.err
    assert f"Đã ghi {pdf}." in said.err
    assert pdf.read_bytes().startswith(b"%PDF")
    assert rows_of(xlsx.read_bytes())
    assert main([*call, "--lang", "en"]) == 0
    assert f"Wrote {pdf}." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "status"),
    [
        pytest.param(["--year", "2012"], 64, id="nowhere to write"),
        pytest.param(["--pdf", "x.pdf"], 64, id="no year"),
        pytest.param(["--year", "0", "--pdf", "x.pdf"], 64, id="no such year"),
        pytest.param(["--year", "2012", "--pdf", "/nowhere/x.pdf"], 2, id="a folder that is not there"),
        pytest.param(["--year", "1999", "--pdf", "{tmp}/x.pdf"], 1, id="an empty register"),
    ],
)
def test_the_command_says_by_its_status_what_happened(
    more: list[str], status: int, filled: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [one.replace("{tmp}", str(tmp_path)) for one in more]
    assert main(["book", "print", "--home", str(filled.settings.home), *given]) == status
    assert capsys.readouterr().err


def test_a_missing_number_asks_for_a_person(
    filled: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with filled.registry.book("x", MORNING) as book:
        book.session.delete(book.session.get(EntryRow, (INCOMING, 2012, 5)))
    call = ["book", "print", "--year", "2012", "--home", str(filled.settings.home)]
    assert main([*call, "--pdf", str(tmp_path / "x.pdf")]) == 1
    assert "Sổ thiếu 1 số" in capsys.readouterr().err
