"""Open TIFF, JPEG and PNG files page by page, whatever their colours.

Sizes are checked from the header before a pixel is decoded.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from documents.errors import Broken, NoPages, PictureTooLarge, TooManyPages
from documents.page import Annotation, Box, Line, SignaturePanel
from ocr.limits import Limits
from ocr.placed_words import Mount
from ocr.raster import A4_WIDTH_IN, LastPicture, Pixels, Raster
from ocr.trouble import broken_unless_read

FORMATS = ("TIFF", "JPEG", "PNG")
_PLAUSIBLE_SHORT_SIDE_IN = (3.0, 24.0)
_SAMPLED = 16
_POINTS_PER_INCH = 72
_PHOTO_DPI = 72  # what cameras and screens write when they know nothing


class PictureFile:
    """A picture file as a source of pages; a context manager, one thread only."""

    def __init__(self, path: Path, limits: Limits, media_type: str) -> None:
        """Open the file and look at every frame's header.

        Raises:
            Broken: not a picture after all, or damaged.
            NoPages, TooManyPages, PictureTooLarge: by the limits.
        """
        self._limits = limits
        self._last = LastPicture()
        self.media_type = media_type
        with broken_unless_read("không mở được ảnh"), _no_bomb_warning(page=1, limits=limits):
            self._image = Image.open(path, formats=FORMATS)
        try:
            self.page_count = self._count_frames()
            for number in range(1, self.page_count + 1):
                self.check_page(number)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let the file go."""
        self._image.close()

    def _count_frames(self) -> int:
        with broken_unless_read("không đếm được trang ảnh"):
            count = int(getattr(self._image, "n_frames", 1))
        if count < 1:
            raise NoPages()
        if count > self._limits.pages:
            raise TooManyPages(pages=count, limit=self._limits.pages)
        return count if self._image.format == "TIFF" else 1

    def check_page(self, number: int) -> None:
        """Raise `PictureTooLarge` when the page is beyond the limit; nothing is decoded."""
        self._go_to(number)
        check_pixels(*self._image.size, page=number, limits=self._limits)

    def _go_to(self, number: int) -> None:
        # A single picture is never sought: some writers' PNG and MPO files have a broken second frame.
        if self.page_count > 1:
            with (
                broken_unless_read(f"không mở được trang {number}"),
                _no_bomb_warning(page=number, limits=self._limits),
            ):
                self._image.seek(number - 1)

    def picture(self, number: int) -> Raster:
        """Decode page `number`, counted from 1, in 8-bit gray or colour, turned as its EXIF says.

        Raises:
            Broken: cut short or damaged.
        """
        return self._last.of(number, self._decode)

    def _decode(self, number: int) -> Raster:
        self._go_to(number)
        with broken_unless_read(f"không giải mã được ảnh trang {number}"):
            self._image.load()
            upright = ImageOps.exif_transpose(self._image)
            pixels = as_pixels(upright)
        if 0 in pixels.shape:
            raise Broken(detail=f"ảnh trang {number} không có điểm nào")
        return Raster(pixels, measured_dpi(upright))

    def mount(self, number: int) -> Mount:
        """The whole sheet, as large as its dots per inch say."""
        raster = self.picture(number)
        points = _POINTS_PER_INCH / raster.dpi
        return Mount(number, 0.0, 0.0, raster.width_px * points, raster.height_px * points)

    def is_scan(self, number: int) -> bool:  # noqa: ARG002  # the port's signature
        """Always: a picture file holds nothing but pictures."""
        return True

    def words(self, number: int) -> tuple[Line, ...]:  # noqa: ARG002
        """None: a picture carries no words of its own."""
        return ()

    def annotations(self, number: int) -> tuple[Annotation, ...]:  # noqa: ARG002
        """None."""
        return ()

    def signature_boxes(self, number: int) -> tuple[Box, ...]:  # noqa: ARG002
        """None."""
        return ()

    def flags(self) -> tuple[str, ...]:
        """None."""
        return ()

    def signatures(self) -> tuple[SignaturePanel, ...]:
        """None."""
        return ()

    def metadata(self) -> tuple[tuple[str, str], ...]:
        """None."""
        return ()


@contextmanager
def _no_bomb_warning(*, page: int, limits: Limits) -> Iterator[None]:
    """Our own limit decides, before decoding; Pillow's stays as the second wall."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            yield
    except Image.DecompressionBombError as trouble:
        found = re.search(r"\((\d+) pixels\)", str(trouble))
        millions = int(found[1]) // 1_000_000 if found else 2 * limits.picture_megapixels
        raise PictureTooLarge(page=page, megapixels=millions, limit=limits.picture_megapixels) from trouble


def check_pixels(width_px: int, height_px: int, *, page: int, limits: Limits) -> None:
    """Raise `PictureTooLarge` when the product is beyond the limit; nothing is decoded."""
    pixels = width_px * height_px
    if pixels > limits.picture_megapixels * 1_000_000:
        raise PictureTooLarge(
            page=page, megapixels=round(pixels / 1_000_000), limit=limits.picture_megapixels
        )


def as_pixels(image: Image.Image) -> Pixels:
    """Return 8-bit gray or RGB pixels of any Pillow mode; transparent parts become paper."""
    if image.mode in {"1", "L"} and "transparency" not in image.info:
        return np.asarray(image.convert("L"))
    if image.mode.startswith("I") or image.mode == "F":
        return _eight_bit(np.asarray(image))
    if image.mode in {"LA", "La", "RGBA", "RGBa", "PA"} or "transparency" in image.info:
        coloured = image.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        paper.alpha_composite(coloured)
        image = paper
    return gray_if_colourless(np.asarray(image.convert("RGB")))


def _eight_bit(deep: np.typing.NDArray[np.generic]) -> Pixels:
    # 16-bit scans use the whole range or only its lowest 12 bits; the brightest point tells which.
    values = deep.astype(np.float32)
    top = float(values.max(initial=1.0))
    full = 255.0 if top <= 255 else 4095.0 if top <= 4095 else 65535.0 if top <= 65535 else top
    return np.asarray(np.clip(values * (255.0 / full), 0, 255), np.uint8)


def gray_if_colourless(rgb: Pixels) -> Pixels:
    """Return one channel when all three are the same: many gray scans are stored as colour."""
    sample = rgb[::_SAMPLED, ::_SAMPLED]
    if np.ptp(sample, axis=2).any():
        return rgb
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    if np.array_equal(red, green) and np.array_equal(green, blue):
        return np.ascontiguousarray(red)
    return rgb


def measured_dpi(image: Image.Image) -> int:
    """Return dots per inch: as the file says, or, where that is not believable, as for a sheet of A4."""
    short_px = min(image.size)
    said = image.info.get("dpi")
    if said and float(said[0]) > _PHOTO_DPI:
        least, most = _PLAUSIBLE_SHORT_SIDE_IN
        if least <= short_px / float(said[0]) <= most:
            return round(float(said[0]))
    return max(round(short_px / A4_WIDTH_IN), 1)
