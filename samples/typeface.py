"""Typefaces: where they are, how wide words run in them.

Printed text is set in Liberation Serif, which has the widths of Times New Roman; pen writing in Patrick Hand
(SIL Open Font License), which is part of this package.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from importlib import resources
from pathlib import Path

from PIL import ImageFont

from documents.errors import Unavailable

MM_PER_POINT = 25.4 / 72
MEASURE_PX = 1000
FONT_FOLDERS = (
    Path("/usr/share/fonts/truetype/liberation2"),
    Path("/usr/share/fonts/truetype/liberation"),
    Path("/usr/share/fonts/liberation-serif"),
)


class FontsMissing(Unavailable):
    """The typeface of official papers is not installed, so no sample can be drawn."""

    message = "Chưa có phông Liberation Serif ({file}) trên máy này nên không vẽ được văn bản mẫu."
    advice = "Chạy: sudo apt-get install -y fonts-liberation2"


class Face(StrEnum):
    """Typefaces, by their file."""

    ROMAN = "LiberationSerif-Regular.ttf"
    BOLD = "LiberationSerif-Bold.ttf"
    ITALIC = "LiberationSerif-Italic.ttf"
    BOLD_ITALIC = "LiberationSerif-BoldItalic.ttf"
    PEN = "PatrickHand-Regular.ttf"


def font_path(face: Face, folders: tuple[Path, ...] = FONT_FOLDERS) -> Path:
    """The file of a typeface.

    Raises:
        FontsMissing: None of `folders` holds it.
    """
    if face is Face.PEN:
        return Path(str(resources.files("samples") / "fonts" / face.value))
    for folder in folders:
        if (folder / face.value).is_file():
            return folder / face.value
    raise FontsMissing(file=face.value)


@lru_cache(maxsize=128)
def load_font(face: Face, size_px: float) -> ImageFont.FreeTypeFont:
    """The typeface at a size in pixels to the em."""
    return ImageFont.truetype(str(font_path(face)), size_px, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8192)
def width_mm(text: str, face: Face, size_pt: float) -> float:
    """How wide `text` runs, whatever the resolution it is painted at."""
    return load_font(face, MEASURE_PX).getlength(text) / MEASURE_PX * size_pt * MM_PER_POINT
