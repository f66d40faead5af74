"""Drawn papers whose subject or issuer is hard: read rightly or left to a person, never checked and wrong.

Real Tesseract; each paper is drawn anew, worn and stamped as an office would scan it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from documents.reading import FieldName, Reading
from documents.text import fold
from fields.agencies import load_agencies
from fields.read import check_fields, find_fields, list_second_looks
from ocr.again import look_again
from ocr.engine import TesseractEngine
from ocr.limits import Limits
from ocr.read import Depth, read_paper
from office.reading import bare_circumstances
from samples.files import save_scan
from samples.paper import Ink, Layout, Letterhead, Paper, Signer, Stamp, Wear
from samples.papers import COPY_SCAN, FAX, OFFICE_SCAN
from samples.papers import scan as scan_paper
from samples.wording import read_body

pytestmark = [pytest.mark.tesseract, pytest.mark.fonts]
TWO_LINES = ("Về việc báo cáo kết quả xử lý đơn thư khiếu nại,", "tố cáo 6 tháng đầu năm 2024 của các phường")
BODY = read_body("Căn cứ nhiệm vụ được giao, Trường THPT Lê Quý Đôn thông báo như sau./.\n")
OVER = Stamp(agency=("SỞ THÔNG TIN",), number="12", date="05/06/2024", place=(48.0, 47.0), tilt_deg=2.0)


def drawn(*, stamp: Stamp | None = None) -> Paper:
    return Paper(
        layout=Layout.ND30,
        head=Letterhead(
            parent=("SỞ GIÁO DỤC VÀ ĐÀO TẠO",),
            issuer=("TRƯỜNG THPT LÊ QUÝ ĐÔN",),
            number="123",
            symbol="TB-THPTLQĐ",
            place="Cần Thơ",
            date=dt.date(2024, 6, 3),
        ),
        doc_type="Thông báo",
        subject=TWO_LINES,
        body=BODY,
        signer=Signer(title="HIỆU TRƯỞNG", name="Nguyễn Văn An"),
        recipients=("Như trên;", "Lưu: VT."),
        stamp=stamp,
    )


def read(file: Path, paper: Paper, how: Wear, dpi: int) -> Reading:
    save_scan(scan_paper(paper, how, dpi=dpi, rng=np.random.default_rng(7)), file)
    agencies, engine = load_agencies(), TesseractEngine()
    first = read_paper(
        file, file_name=file.name, sha256="0" * 64, engine=engine, depth=Depth.HEAD, limits=Limits()
    )
    findings = find_fields(first.paper, agencies)
    wanted = {FieldName.SUBJECT, FieldName.ISSUER}
    looks = [look for look in list_second_looks(findings) if look.field in wanted]
    answers = look_again(file, looks, engine=engine, limits=Limits())
    return check_fields(findings, answers, bare_circumstances(agencies, today=dt.date(2026, 11, 28)))


def letters(text: object) -> str:
    return "".join(c for c in fold(str(text)) if c.isalnum())


@pytest.mark.parametrize(
    ("stamp", "how", "dpi"),
    [
        pytest.param(OVER, OFFICE_SCAN, 200, id="a red stamp over the left of both lines"),
        pytest.param(replace(OVER, ink=Ink.BLACK), COPY_SCAN, 150, id="a black one on a copy"),
        pytest.param(None, FAX, 150, id="a fax"),
    ],
)
def test_a_subject_is_right_or_left_to_a_person(
    tmp_path: Path, stamp: Stamp | None, how: Wear, dpi: int
) -> None:
    subject = read(tmp_path / "quet.pdf", drawn(stamp=stamp), how, dpi)[FieldName.SUBJECT]
    assert not subject.checked or letters(subject.value) == letters(" ".join(TWO_LINES))


def test_a_school_in_no_directory_and_a_subject_of_two_lines_are_checked(tmp_path: Path) -> None:
    reading = read(tmp_path / "quet.pdf", drawn(), OFFICE_SCAN, 200)
    issuer, subject = reading[FieldName.ISSUER], reading[FieldName.SUBJECT]
    assert (issuer.checked, issuer.value) == (True, "TRƯỜNG THPT LÊ QUÝ ĐÔN")
    assert reading[FieldName.ISSUER_AGENCY].value is None
    assert (subject.checked, letters(subject.value)) == (True, letters(" ".join(TWO_LINES)))
