"""The searchable form: words lie under their picture, whatever the page went through; the original stays."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)

from documents.errors import Broken
from documents.page import Box, Line, Word
from ocr.cleaning import as_it_is, rotated, straighten
from ocr.limits import Limits
from ocr.pdf_words import list_characters, list_words
from ocr.placed_words import Mount, place_words
from ocr.raster import Gray, Raster, turned
from ocr.read import Depth, PaperRead, read_paper
from ocr.searchable import SheetWords, make_searchable
from tests.ocr.engines import Recorded, said
from tests.ocr.pictures import DPI, rows_of_text, scan
from tests.ocr.test_ocr_spreads import full_rows, side_by_side

SHA = "a" * 64
WORDS = "Cộng hòa xã hội chủ nghĩa Việt Nam ĐẶNG Ước"
AT = Box(0.25, 0.30, 0.45, 0.34)
"""Where the black bar stands that plays the word, in fractions of the upright page."""


def bar(width: int = 827, height: int = 1169) -> Gray:
    """An upright page of text-like rows and one black bar at `AT`."""
    page = np.full((height, width), 255, np.uint8)
    x0, y0, x1, y1 = round(AT.x0 * width), round(AT.y0 * height), round(AT.x1 * width), round(AT.y1 * height)
    page[y0:y1, x0:x1] = 0
    return page


def dark_box(path: Path, number: int = 1) -> Box:
    """Where the bar shows on the page as any viewer draws it."""
    document = pdfium.PdfDocument(path)
    drawn = document[number - 1].render(scale=2).to_numpy()
    document.close()
    dark = drawn.reshape(*drawn.shape[:2], -1).min(axis=2) < 100
    ys, xs = np.flatnonzero(dark.mean(axis=1) > 0.02), np.flatnonzero(dark.mean(axis=0) > 0.008)
    height, width = dark.shape
    return Box(xs[0] / width, ys[0] / height, (xs[-1] + 1) / width, (ys[-1] + 1) / height)


def words_of(path: Path, number: int = 1) -> list[Word]:
    document = pdfium.PdfDocument(path)
    try:
        return list_words(list_characters(document[number - 1]))
    finally:
        document.close()


def near(one: Box, other: Box, *, by: float = 0.012) -> bool:
    return all(abs(a - b) < by for a, b in zip(one.as_list(), other.as_list(), strict=True))


def with_page(path: Path, change: Callable[[PdfWriter], None]) -> Path:
    writer = PdfWriter(clone_from=PdfReader(path))
    change(writer)
    writer.write(path)
    return path


def rotate(degrees: int) -> Callable[[PdfWriter], None]:
    return lambda writer: writer.pages[0].__setitem__(NameObject("/Rotate"), NumberObject(degrees))


def cropped(writer: PdfWriter) -> None:
    """A crop box that cuts a margin off, and a media box that does not begin at zero."""
    page = writer.pages[0]
    _, _, width, height = (float(v) for v in page.mediabox)
    page.mediabox = RectangleObject((-20, -30, width, height))
    page.cropbox = RectangleObject((30, 40, width - 20, height - 50))


def page_read(path: Path, **more: object) -> PaperRead:
    """Read `path` with an engine that sees the bar, by its pixels, and calls it a word."""
    folder = path.parent / "ket-qua"
    folder.mkdir(exist_ok=True)
    return read_paper(
        path,
        file_name=path.name,
        sha256=SHA,
        engine=SeesBars(),
        depth=Depth.FULL,
        limits=Limits(),
        pictures_to=folder,
        **more,  # type: ignore[arg-type]
    )


class SeesBars(Recorded):
    """Answers with one word where the picture is dark."""

    def read_lines(self, picture: Gray, **_: object) -> tuple[Line, ...]:  # type: ignore[override]
        ys, xs = np.nonzero(picture < 100)
        if len(xs) < 50:
            return ()
        height, width = picture.shape
        box = Box(xs.min() / width, ys.min() / height, (xs.max() + 1) / width, (ys.max() + 1) / height)
        return (Line((Word("Nghĩa", box, 95.0),)),)


def inset(writer: PdfWriter) -> None:
    """The picture fills only a part of the page, off its middle."""
    page = writer.pages[0]
    smaller = StreamObject()
    smaller.set_data(b"0.85 0 0 0.85 20 70 cm")
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(smaller), page.raw_get("/Contents")])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda _: None, id="as scanned"),
        pytest.param(inset, id="with a margin around the picture"),
        pytest.param(lambda w: (inset(w), rotate(270)(w)), id="with a margin, turned"),
        pytest.param(rotate(90), id="shown turned to the right"),
        pytest.param(rotate(180), id="shown upside down"),
        pytest.param(rotate(270), id="shown turned to the left"),
        pytest.param(cropped, id="cropped"),
        pytest.param(lambda w: (cropped(w), rotate(90)(w)), id="cropped and turned"),
    ],
)
def test_a_word_lies_where_its_picture_shows(change: Callable[[PdfWriter], None], tmp_path: Path) -> None:
    path = with_page(scan(tmp_path / "a.pdf", bar()), change)
    before = path.read_bytes()
    made = page_read(path).searchable
    assert made is not None
    (word,) = words_of(made)
    assert word.text == "Nghĩa"
    assert near(word.box, dark_box(made))
    assert near(dark_box(made), dark_box(path)), "the page looks as before"
    assert path.read_bytes() == before, "the original is only read"


@pytest.mark.parametrize("lean_deg", [-3.0, 1.2, 4.0])
def test_a_word_of_a_leaning_page_lies_about_the_middle_of_its_picture(
    lean_deg: float, tmp_path: Path
) -> None:
    """The bar of a leaning page leans; its word is level, about the same middle."""
    upright = np.where(rows_of_text() < 128, 0, 255).astype(np.uint8)
    leaning = rotated(upright, lean_deg)
    clean = straighten(Raster(leaning, DPI))
    assert abs(clean.skew_deg + lean_deg) < 0.3
    mark = Box(0.1, 0.2, 0.2, 0.22)
    (placed,) = place_words((Line((Word("Nghĩa", mark),)),), clean, Mount(1, 0, 0, 827, 1169))
    turn = cv2.getRotationMatrix2D((827 / 2, 1169 / 2), -clean.skew_deg, 1.0)
    x, y = turn @ np.array([mark.middle[0] * 827, mark.middle[1] * 1169, 1.0])
    middle = tuple(placed.foot[i] + (placed.along[i] + placed.up[i]) / 2 for i in (0, 1))
    assert middle == pytest.approx((x, 1169 - y), abs=0.5)
    assert (placed.along[1], placed.up[0]) == (0.0, 0.0)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_word_of_a_page_scanned_lying_lies_along_its_picture(turns: int) -> None:
    lying = turned(bar(), 4 - turns)
    clean = straighten(Raster(lying, DPI), quarter_turns=turns)
    height, width = lying.shape
    (placed,) = place_words((Line((Word("Nghĩa", AT),)),), clean, Mount(1, 0, 0, width, height))
    ys, xs = np.nonzero(lying == 0)
    middle = tuple(placed.foot[i] + (placed.along[i] + placed.up[i]) / 2 for i in (0, 1))
    assert middle == pytest.approx(((xs.min() + xs.max()) / 2, height - (ys.min() + ys.max()) / 2), abs=3)
    assert abs(placed.along[0]) > 1 if turns == 2 else abs(placed.along[1]) > 1


def test_two_pages_on_a_sheet_lie_side_by_side_again(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf", side_by_side(full_rows(), full_rows()))
    folder = tmp_path / "ket-qua"
    folder.mkdir()
    engine = Recorded((said("Trang trái"), said("Trang phải")))
    read = read_paper(
        path,
        file_name="a.pdf",
        sha256=SHA,
        engine=engine,
        depth=Depth.FULL,
        limits=Limits(),
        pictures_to=folder,
    )
    assert read.paper.page_count == 2
    assert read.searchable is not None
    assert len(PdfReader(read.searchable).pages) == 1
    by_text = {w.text: w.box for w in words_of(read.searchable)}
    left, right = engine_box(1), engine_box(1)
    assert by_text["trái"].x0 == pytest.approx(left.x0 / 2, abs=0.02)
    assert by_text["phải"].x0 == pytest.approx(0.5 + right.x0 / 2, abs=0.02)


def engine_box(at: int) -> Box:
    return said("a b")[0].words[at].box


@pytest.mark.parametrize("ending", ["jpg", "png", "tif"])
def test_a_picture_becomes_a_page_that_holds_it_as_it_is(ending: str, tmp_path: Path) -> None:
    path = scan(tmp_path / f"a.{ending}", np.dstack([bar()] * 3))
    made = page_read(path).searchable
    assert made is not None
    (word,) = words_of(made)
    assert near(word.box, AT)
    assert near(dark_box(made), AT)
    if ending == "jpg":
        assert path.read_bytes() in made.read_bytes(), "not packed a second time"
        return
    (image,) = PdfReader(made).pages[0].images
    assert image.image is not None
    assert np.array_equal(np.asarray(image.image.convert("L")), np.asarray(Image.open(path).convert("L")))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_shown_as_its_camera_held_it(orientation: int, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(bar(400, 600)).save(path, exif=exif, dpi=(100, 100), quality=95)
    made = tmp_path / "made.pdf"
    make_searchable(path, "image/jpeg", {1: SheetWords(())}, sha256=SHA, to=made)
    shown = np.asarray(pdfium.PdfDocument(made)[0].render(scale=100 / 72).to_numpy())[..., 0]
    with Image.open(path) as image:
        wanted = np.asarray(turned_as_exif_says(image))
    assert shown.shape == pytest.approx(wanted.shape, abs=1)
    size = (wanted.shape[1], wanted.shape[0])
    assert np.abs(cv2.resize(shown, size).astype(int) - wanted.astype(int)).mean() < 4


def turned_as_exif_says(image: Image.Image) -> Image.Image:
    from PIL import ImageOps

    return ImageOps.exif_transpose(image)


def test_a_black_and_white_fax_stays_black_and_white_and_small(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    Image.fromarray(bar()).convert("1").save(path, compression="group4", dpi=(100, 100))
    made = page_read(path).searchable
    assert made is not None
    assert near(dark_box(made), AT)
    assert made.stat().st_size < path.stat().st_size + 8000


def test_every_letter_of_vietnamese_is_found_in_one_form(tmp_path: Path) -> None:
    letters = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
    lines = tuple(
        Line((Word(text, Box(0.1, 0.1 + 0.05 * i, 0.8, 0.13 + 0.05 * i)),))
        for i, text in enumerate((letters, letters.upper(), "0123456789/-.,:;()“”–…"))
    )
    clean = as_it_is(Raster(rows_of_text(), DPI))
    words = place_words(lines, clean, Mount(1, 0, 0, 595, 842))
    path, made = scan(tmp_path / "a.pdf"), tmp_path / "made.pdf"
    make_searchable(path, "application/pdf", {1: SheetWords(words)}, sha256=SHA, to=made)
    wanted = [line.text for line in lines]
    assert [w.text for w in words_of(made)] == wanted, "by PDFium, of which most browsers are made"
    assert PdfReader(made).pages[0].extract_text().split() == wanted, "by pypdf"


def test_lines_are_copied_in_the_order_they_were_read(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf")
    engine = Recorded((said(WORDS, "Độc lập Tự do"),))
    folder = tmp_path / "ket-qua"
    folder.mkdir()
    read = read_paper(
        path,
        file_name="a.pdf",
        sha256=SHA,
        engine=engine,
        depth=Depth.FULL,
        limits=Limits(),
        pictures_to=folder,
    )
    assert read.searchable is not None
    document = pdfium.PdfDocument(read.searchable)
    copied = document[0].get_textpage().get_text_range()
    assert " ".join(copied.split()) == f"{WORDS} Độc lập Tự do"


def test_words_of_another_program_that_are_not_trusted_make_room(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf", bar())
    rubbish = StreamObject()
    rubbish.set_data(b"BT 3 Tr /F1 12 Tf 100 700 Td (Ceng hssa xxyq) Tj ET")

    def add(writer: PdfWriter) -> None:
        page = writer.pages[0]
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        page["/Resources"][NameObject("/Font")] = DictionaryObject({NameObject("/F1"): font})  # type: ignore[index]
        page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents"), writer._add_object(rubbish)])

    made = page_read(with_page(path, add)).searchable
    assert made is not None
    assert [w.text for w in words_of(made)] == ["Nghĩa"]
    assert near(dark_box(made), AT), "the picture is still there"


def signed(path: Path) -> Path:
    """A scan with a signature field that shows itself; what it signs does not matter here."""

    def sign(writer: PdfWriter) -> None:
        look = StreamObject()
        look.set_data(b"0 g 0 0 60 20 re f")
        look[NameObject("/Subtype")] = NameObject("/Form")
        look[NameObject("/BBox")] = ArrayObject([FloatObject(v) for v in (0, 0, 60, 20)])
        value = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Sig"),
                NameObject("/ByteRange"): ArrayObject([NumberObject(0)] * 4),
                NameObject("/Contents"): ByteStringObject(b"SIGNED-HERE"),
            }
        )
        field = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Sig"),
                NameObject("/T"): TextStringObject("Ký số"),
                NameObject("/V"): writer._add_object(value),
                NameObject("/F"): NumberObject(4),
                NameObject("/Rect"): ArrayObject([FloatObject(v) for v in (300, 100, 360, 120)]),
                NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
            }
        )
        kept = writer._add_object(field)
        writer.pages[0][NameObject("/Annots")] = ArrayObject([kept])
        writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
            {NameObject("/Fields"): ArrayObject([kept]), NameObject("/SigFlags"): NumberObject(3)}
        )

    return with_page(path, sign)


def test_a_signed_file_stays_and_its_searchable_form_bears_no_signature(tmp_path: Path) -> None:
    path = signed(scan(tmp_path / "a.pdf", rows_of_text()))
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    read = page_read(path)
    assert "signed" in read.paper.flags
    assert read.searchable is not None
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    made = PdfReader(read.searchable)
    assert "/AcroForm" not in made.root_object
    (mark,) = (one.get_object() for one in made.pages[0]["/Annots"])  # type: ignore[attr-defined]
    assert (mark["/Subtype"], "/V" in mark, "/FT" in mark) == ("/Stamp", False, False)
    data = read.searchable.read_bytes()
    assert b"SIGNED-HERE" not in data
    assert b"/Sig" not in data
    assert made.metadata["/CongVanOriginal"] == SHA  # type: ignore[index]
    drawn = pdfium.PdfDocument(read.searchable)[0].render(scale=1, may_draw_forms=False).to_numpy()
    assert drawn[842 - 110, 330].max() < 100, "the look of the signature stays"


def test_a_locked_file_that_opens_without_a_password_is_served(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf", bar())
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.encrypt("", "chu", algorithm="AES-256")
    writer.write(path)
    made = page_read(path).searchable
    assert made is not None
    assert [w.text for w in words_of(made)] == ["Nghĩa"]


def test_a_file_that_cannot_be_followed_has_no_searchable_form_and_leaves_nothing(tmp_path: Path) -> None:
    path, made = tmp_path / "a.pdf", tmp_path / "made.pdf"
    path.write_bytes(b"%PDF-1.7 nothing else")
    with pytest.raises(Broken):
        make_searchable(path, "application/pdf", {1: SheetWords(())}, sha256=SHA, to=made)
    assert not made.exists()


def test_sheets_without_words_need_no_searchable_form(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf", np.full((1169, 827), 255, np.uint8))
    assert page_read(path).searchable is None


def test_what_was_read_with_the_head_is_not_read_again(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf", *[rows_of_text()] * 6, dpi=150)
    named = {"file_name": "a.pdf", "sha256": SHA, "limits": Limits(), "pictures_to": tmp_path}
    head_engine = Recorded(tuple(said(f"Trang {n}") for n in range(1, 9)))
    head = read_paper(path, engine=head_engine, depth=Depth.HEAD, **named)  # type: ignore[arg-type]
    assert head.searchable is None, "not every page was read"
    known = tmp_path / "known"
    assert head.words is not None
    head.words.rename(known)
    rest_engine = Recorded((said("Trang khác"),))
    full = read_paper(path, engine=rest_engine, depth=Depth.FULL, known_words=known, **named)  # type: ignore[arg-type]
    were = {page.number for page in head.paper.pages}
    assert len(rest_engine.asked) == 6 - len(were)
    assert [page.number for page in full.paper.pages] == [1, 2, 3, 4, 5, 6]
    assert all(full.paper.page(page.number) == page for page in head.paper.pages)
    assert {picture.number for picture in full.pictures} == {1, 2, 3, 4, 5, 6} - were
    assert full.searchable is not None
    assert "Trang" in PdfReader(full.searchable).pages[0].extract_text()


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda file: file.write_bytes(b"nothing"), id="damaged"),
        pytest.param(lambda file: file.unlink(), id="missing"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:-20]), id="cut short"),
    ],
)
def test_words_that_cannot_be_trusted_are_read_again(spoil: Callable[[Path], None], tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf", rows_of_text())
    first = page_read(path)
    assert first.words is not None
    known = first.words.rename(tmp_path / "known")
    spoil(known)
    again = page_read(path, known_words=known)
    assert again.paper == first.paper
    assert again.pictures, "it was opened and read"


def test_words_of_another_paper_are_not_taken_for_this_one(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf", rows_of_text())
    first = page_read(path)
    assert first.words is not None
    known = first.words.rename(tmp_path / "known")
    again = read_paper(
        path,
        file_name="a.pdf",
        sha256="b" * 64,
        engine=SeesBars(),
        depth=Depth.FULL,
        limits=Limits(),
        pictures_to=tmp_path / "ket-qua",
        known_words=known,
    )
    assert again.pictures


def test_the_font_is_one_that_other_programs_open() -> None:
    from PIL import ImageFont

    from ocr.glyphless_font import _true_type

    font = ImageFont.truetype(io.BytesIO(_true_type()), 100)
    assert font.getlength("ab") == 100
    assert font.getmask("ab").getbbox() is None, "nothing of it is seen"
