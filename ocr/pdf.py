"""Open PDF files: page pictures, the file's own words, annotations, signatures.

PDFium draws and finds words; pypdf reads the structure. PDFium is not safe in threads, not even across
files: one process, one thread, one file at a time (see `ocr.workshop`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from documents.errors import Broken, Encrypted, NoPages, TooManyPages
from documents.page import Annotation, Box, Line, SignaturePanel, Word
from ocr.limits import Limits
from ocr.pdf_structure import Mark, PdfStructure
from ocr.pdf_words import box_on, characters_added, list_characters, list_words, put_in_lines
from ocr.pictures import check_pixels, gray_if_colourless
from ocr.placed_words import Mount
from ocr.raster import LastPicture, Pixels, Raster, turned
from ocr.signatures import verify_signatures
from ocr.trouble import broken_unless_read

DRAWING_DPI = 300
_POINTS_PER_INCH = 72
_LOCKED = frozenset({pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY})
_FULL_PAGE = 0.6
"""Share of the page an image must cover to be the page itself."""
_INSIDE = 0.5
_SLACK = 0.03
"""How far, in fractions of the page, an image may stick out of the page and still be shown whole."""


class PdfFile:
    """A PDF as a source of pages; one thread only."""

    media_type = "application/pdf"

    def __init__(self, path: Path, limits: Limits) -> None:
        """Open the file with both parsers.

        Raises:
            Encrypted: it asks for a password (an empty one is tried first).
            Broken: PDFium cannot open it.
            NoPages, TooManyPages: by the limits.
        """
        self._path = path
        self._limits = limits
        self._last = LastPicture()
        self._flattened: dict[int, tuple[Annotation, ...]] = {}
        self._document = _open(path)
        try:
            with broken_unless_read("không đếm được trang"):
                self.page_count = len(self._document)
            if self.page_count < 1:
                raise NoPages()
            if self.page_count > limits.pages:
                raise TooManyPages(pages=self.page_count, limit=limits.pages)
            self.structure = PdfStructure(path)
        except BaseException:
            self.close()
            raise

    def flags(self) -> tuple[str, ...]:
        """`repaired`, `signed`, `page_count_unsure`, as they apply."""
        told = {
            "repaired": self.structure.is_repaired,
            "signed": bool(self.structure.signatures),
            "page_count_unsure": self.structure.page_count not in {None, self.page_count},
        }
        return tuple(name for name, holds in told.items() if holds)

    def signatures(self) -> tuple[SignaturePanel, ...]:
        """What the file's signatures say, verified where they can be; in the order they were made."""
        if not self.structure.signatures:
            return ()
        return verify_signatures(self._path) or self.structure.signatures

    def metadata(self) -> tuple[tuple[str, str], ...]:
        """Title, author and the like: hints, never proof."""
        return self.structure.metadata

    def close(self) -> None:
        """Let the file go."""
        self._document.close()

    def check_page(self, number: int) -> None:
        """Raise `PictureTooLarge` when an image of the page is beyond the limit; nothing is decoded."""
        for width_px, height_px in self.structure.image_sizes(number):
            check_pixels(width_px, height_px, page=number, limits=self._limits)

    def picture(self, number: int) -> Raster:
        """Return page `number` as one sees it, annotations included.

        The embedded image itself when it is the whole page, else a drawing at its own resolution or at
        300 dpi, lowered to stay within the pixel limit.

        Raises:
            Broken: PDFium cannot draw it.
            PictureTooLarge: an image of the page is beyond the limit.
        """
        return self._last.of(number, self._decode)

    def _decode(self, number: int) -> Raster:
        self.check_page(number)
        self.annotations(number)  # draws them into the page first
        with broken_unless_read(f"không dựng được ảnh trang {number}"):
            page = self._document[number - 1]
            image = _page_image(page, skip_forms=bool(self._marks(number)))
            if image is None:
                return self._drawn(page, DRAWING_DPI, number)
            dpi = _dpi_of(image)
            if self._marks(number) or not self.structure.is_plain_image(number):
                return self._drawn(page, dpi, number)
            check_pixels(*image.get_px_size(), page=number, limits=self._limits)
            return Raster(turned(_as_pixels(image.get_bitmap(render=False)), page.get_rotation() // 90), dpi)

    def mount(self, number: int) -> Mount:
        """The embedded image's own place when `picture` gives that, else what shows of the page."""
        self.annotations(number)
        with broken_unless_read(f"không mở được trang {number}"):
            page = self._document[number - 1]
            marks = self._marks(number)
            image = _page_image(page, skip_forms=bool(marks))
            is_own = image is not None and not marks and self.structure.is_plain_image(number)
            rect = image.get_bounds() if image is not None and is_own else page.get_bbox()
            left, bottom, right, top = rect
            return Mount(number, left, bottom, right, top, turns=page.get_rotation() // 90)

    def _drawn(self, page: pdfium.PdfPage, dpi: int, number: int) -> Raster:
        width_pt, height_pt = page.get_size()
        square_inches = max(width_pt * height_pt / _POINTS_PER_INCH**2, 1e-6)
        dpi = min(dpi, int((self._limits.ocr_megapixels * 1_000_000 / square_inches) ** 0.5))
        if dpi < 1:
            raise Broken(detail=f"khổ trang {number} lớn vô lý")
        return Raster(_as_pixels(page.render(scale=dpi / _POINTS_PER_INCH, may_draw_forms=False)), dpi)

    def is_scan(self, number: int) -> bool:
        """Whether page `number` is one picture with nothing visible beside it (annotations aside)."""
        self.annotations(number)
        with broken_unless_read(f"không mở được trang {number}"):
            page = self._document[number - 1]
            return _page_image(page, skip_forms=bool(self._marks(number))) is not None

    def words(self, number: int) -> tuple[Line, ...]:
        """The file's own words of page `number`, drawn annotations included, top to bottom; unproven."""
        self.annotations(number)
        with broken_unless_read(f"không đọc được lớp chữ trang {number}"):
            return put_in_lines(list_words(list_characters(self._document[number - 1])))

    def annotations(self, number: int) -> tuple[Annotation, ...]:
        """Text that page `number` carries in visible annotations; draws them into the page in passing."""
        if number not in self._flattened:
            self._flattened[number] = self._flatten(number) if self._marks(number) else ()
        return self._flattened[number]

    def _flatten(self, number: int) -> tuple[Annotation, ...]:
        with broken_unless_read(f"không dựng được chú thích trang {number}"):
            page = self._document[number - 1]
            before = list_characters(page)
            undrawn = [_stated(page, mark, number) for mark in self._marks(number) if not mark.is_drawn]
            places = [box_on(page, mark.rect) for mark in self._marks(number) if mark.is_drawn]
            pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
            page.close()
            words = list_words(characters_added(before, list_characters(self._document[number - 1])))
        groups = _by_place(words, [place for place in places if place])
        drawn = (line for group in groups for line in put_in_lines(group))
        return (*(Annotation(number, line.text, line.box) for line in drawn), *(a for a in undrawn if a))

    def signature_boxes(self, number: int) -> tuple[Box, ...]:
        """Where signatures show themselves on page `number`."""
        with broken_unless_read(f"không mở được trang {number}"):
            page = self._document[number - 1]
            boxes = (box_on(page, mark.rect) for mark in self._marks(number) if mark.is_signature)
            return tuple(box for box in boxes if box)

    def _marks(self, number: int) -> tuple[Mark, ...]:
        return self.structure.visible_marks(number)


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as trouble:
        structure = PdfStructure(path)
        if structure.page_count == 0:
            raise NoPages() from trouble
        # PDFium's error may be left over from a file before this one.
        if trouble.err_code in _LOCKED and (structure.is_encrypted or b"/Encrypt" in path.read_bytes()):
            raise Encrypted() from trouble
        raise Broken(detail="không mở được PDF") from trouble
    except (OSError, UnicodeError) as trouble:
        raise Broken(detail="không đọc được tệp") from trouble


def _by_place(words: Sequence[Word], places: Sequence[Box]) -> list[list[Word]]:
    """The words of each annotation by itself, for two may stand on one height; then those of none."""
    groups: list[list[Word]] = [[] for _ in places]
    rest: list[Word] = []
    for word in words:
        at = next((i for i, place in enumerate(places) if word.box.overlap(place) > _INSIDE), None)
        (rest if at is None else groups[at]).append(word)
    return [group for group in (*groups, rest) if group]


def _stated(page: pdfium.PdfPage, mark: Mark, number: int) -> Annotation | None:
    return Annotation(number, mark.contents, box_on(page, mark.rect)) if mark.contents else None


def _page_image(page: pdfium.PdfPage, *, skip_forms: bool) -> pdfium.PdfImage | None:
    """The one image that is the whole page, plainly placed; None when anything else is visible.

    `skip_forms` leaves flattened annotations out of account.
    """
    image = None
    for thing in page.get_objects(max_depth=1):
        if thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE and image is None:
            image = thing
        elif thing.type == pdfium_c.FPDF_PAGEOBJ_FORM and skip_forms:
            continue
        elif not _is_invisible_text(thing):
            return None
    return image if image is not None and _fills(image, page) else None


def _is_invisible_text(thing: pdfium.PdfObject) -> bool:
    if thing.type != pdfium_c.FPDF_PAGEOBJ_TEXT:
        return False
    return bool(pdfium_c.FPDFTextObj_GetTextRenderMode(thing.raw) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE)


def _fills(image: pdfium.PdfImage, page: pdfium.PdfPage) -> bool:
    a, b, c, d, *_ = image.get_matrix().get()
    if b or c or a <= 0 or d <= 0:
        return False
    left, bottom, right, top = page.get_cropbox()
    x0, y0, x1, y1 = image.get_bounds()
    width, height = right - left, top - bottom
    if width <= 0 or height <= 0:
        return False
    inside = (
        x0 >= left - _SLACK * width
        and x1 <= right + _SLACK * width
        and y0 >= bottom - _SLACK * height
        and y1 <= top + _SLACK * height
    )
    return bool(inside and (x1 - x0) * (y1 - y0) >= _FULL_PAGE * width * height)


def _dpi_of(image: pdfium.PdfImage) -> int:
    width_pt = float(image.get_matrix().get()[0])
    return max(round(int(image.get_px_size()[0]) * _POINTS_PER_INCH / width_pt), 1)


def _as_pixels(bitmap: pdfium.PdfBitmap) -> Pixels:
    """Copy a PDFium bitmap out of its memory: gray, or red, green, blue."""
    pixels: Pixels = bitmap.to_numpy()
    if pixels.ndim == 2:
        return pixels.copy()
    colours = np.ascontiguousarray(pixels[..., :3])
    if bitmap.mode.startswith("B"):
        colours = np.asarray(cv2.cvtColor(colours, cv2.COLOR_BGR2RGB), np.uint8)
    return gray_if_colourless(colours)
