"""The gallery's files, as whoever opens them finds them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from samples.drawing import draw_pages
from samples.files import save_scan
from samples.letters import plain_letter
from samples.papers import FAX, PASSWORD, Sample, list_readable, scan, write_samples
from samples.tay_ninh import tay_ninh_plan

pytestmark = pytest.mark.fonts

DAY = dt.date(2026, 3, 16)


def test_every_sample_is_written_under_its_own_name(samples: dict[str, Sample], gallery: Path) -> None:
    assert {path.name for path in gallery.iterdir()} == set(samples)
    assert len(samples) >= 18


def test_every_readable_pdf_opens_and_shows_its_pages(gallery: Path) -> None:
    opened = [
        gallery / sample.file_name for sample in list_readable(DAY) if sample.file_name.endswith(".pdf")
    ]
    for path in opened:
        with pdfium.PdfDocument(path) as pdf:
            shown = pdf[0].render(scale=0.3, grayscale=True).to_numpy()
        assert shown.min() < 120, path.name
    assert len(opened) >= 8


@pytest.mark.parametrize(
    ("name", "pages", "kind"),
    [
        pytest.param("ke-hoach-thanh-tra.tif", 2, "TIFF", id="all pages in one TIFF"),
        pytest.param("cv-bo-noi-vu.jpg", 1, "JPEG", id="a letter as a JPEG"),
        pytest.param("to-trinh-quet-nguoc.png", 1, "PNG", id="a page as a PNG"),
    ],
)
def test_pictures_keep_pages_and_resolution(gallery: Path, name: str, pages: int, kind: str) -> None:
    with Image.open(gallery / name) as image:
        assert (image.format, getattr(image, "n_frames", 1)) == (kind, pages)
        assert image.info["dpi"] == pytest.approx((200, 200), abs=0.1)


def test_a_scanned_pdf_is_a4_with_one_picture_a_page_and_no_text(gallery: Path) -> None:
    reader = PdfReader(gallery / "ke-hoach-02-tay-ninh.pdf")
    assert len(reader.pages) == 2
    for page in reader.pages:
        assert [float(side) for side in page.mediabox[2:]] == pytest.approx([595.2, 841.9], abs=0.5)
        [picture] = page.images
        assert picture.image is not None
        assert picture.image.size == (2480, 3508)
        assert page.extract_text() == ""


def test_a_fax_is_black_and_white_and_small(gallery: Path) -> None:
    [picture] = PdfReader(gallery / "fax-sgddt.pdf").pages[0].images
    assert picture.image is not None
    assert picture.image.mode == "1"
    assert (gallery / "fax-sgddt.pdf").stat().st_size < 80_000


def test_an_electronic_paper_carries_its_words(gallery: Path) -> None:
    text = PdfReader(gallery / "huong-dan-snv.pdf").pages[0].extract_text()
    words = " ".join(text.split())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
    assert "Số: 59/HD-SNV" in words
    assert "Sở Nội vụ hướng dẫn các cơ quan, đơn vị lập hồ sơ công việc" in words


def test_a_number_put_in_by_software_is_an_annotation_only(gallery: Path) -> None:
    page = PdfReader(gallery / "huong-dan-snv-so-chen.pdf").pages[0]
    assert not re.search(r"61\s*/HD-SNV", page.extract_text())
    assert [note.get_object()["/Contents"] for note in page["/Annots"]] == ["61", "13"]


def test_annotations_are_seen_only_when_drawn(gallery: Path) -> None:
    with pdfium.PdfDocument(gallery / "huong-dan-snv-so-chen.pdf") as pdf:
        with_notes = pdf[0].render(scale=2, may_draw_forms=False, draw_annots=True).to_numpy()
        without = pdf[0].render(scale=2, may_draw_forms=False, draw_annots=False).to_numpy()
    rows, columns = np.nonzero(np.any(with_notes != without, axis=-1))
    assert rows.size > 50
    assert rows.max() / 2 * 25.4 / 72 < 50
    assert columns.min() / 2 * 25.4 / 72 > 40


def test_an_encrypted_pdf_shows_nothing_without_its_password(gallery: Path) -> None:
    reader = PdfReader(gallery / "co-mat-khau.pdf")
    assert reader.is_encrypted
    assert not reader.decrypt("")
    assert reader.decrypt(PASSWORD)
    assert len(reader.pages) == 1


def test_a_truncated_pdf_cannot_be_read(gallery: Path) -> None:
    path = gallery / "gui-do-dang.pdf"
    assert path.read_bytes().startswith(b"%PDF-")
    with pytest.raises(PyPdfError):
        PdfReader(path, strict=True)


def test_an_empty_file_is_empty_and_a_copy_is_exact(gallery: Path) -> None:
    assert (gallery / "rong.pdf").read_bytes() == b""
    original, copy = gallery / "giay-moi-stc.pdf", gallery / "giay-moi-stc (1).pdf"
    assert original.read_bytes() == copy.read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("bao-cao-syt.pdf", id="a colour scan"),
        pytest.param("fax-sgddt.pdf", id="a fax"),
        pytest.param("ke-hoach-thanh-tra.tif", id="a TIFF"),
        pytest.param("anh-chup-ubnd-xa.jpg", id="a photograph"),
    ],
)
def test_a_scan_depends_on_its_name_and_the_seed_alone(
    samples: dict[str, Sample], gallery: Path, tmp_path: Path, name: str
) -> None:
    [again] = write_samples([samples[name]], tmp_path, seed=7)
    assert again.read_bytes() == (gallery / name).read_bytes()


def test_a_scan_of_another_kind_is_refused_before_writing(tmp_path: Path) -> None:
    pages = draw_pages(plain_letter(1, DAY), dpi=50, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match=r"\.docx"):
        save_scan(pages, tmp_path / "van-ban.docx")
    with pytest.raises(ValueError, match="no pages"):
        save_scan([], tmp_path / "van-ban.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_fax_can_be_saved_as_every_kind(tmp_path: Path) -> None:
    pages = scan(tay_ninh_plan(), FAX, dpi=100, rng=np.random.default_rng(4))
    for ending in ("pdf", "tif", "jpg", "png"):
        save_scan(pages, tmp_path / f"fax.{ending}")
        assert (tmp_path / f"fax.{ending}").stat().st_size > 1000
