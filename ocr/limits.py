"""How much one file may cost: bytes, pages, pixels, seconds, memory.

Honest papers stay far below these; what goes beyond is a damaged or hostile file.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one file and of the child process that reads it."""

    file_mb: int = 200
    """Bytes of a file, in millions."""
    pages: int = 1000
    """Pages of a file that is accepted at all."""
    ocr_pages: int = 200
    """Pages read in one full run; the rest is flagged `more_pages_unread`."""
    signature_pages: int = 3
    """Pages looked at beyond page 1 when only the head is read."""
    picture_megapixels: int = 150
    """Pixels of one page picture, in millions; checked before anything is decoded."""
    ocr_megapixels: int = 40
    """Pixels of the picture given to the engine; drawn pages get fewer dots per inch to stay below."""
    step_s: float = 60.0
    """Wall clock of one step: opening, one page, one set of second looks."""
    cpu_s: int = 60
    """Processor seconds of one step in the child itself, which holds Tesseract too where it can be loaded."""
    memory_mb: int = 1536
    """Address space of the child above what it needs for itself."""
    written_mb: int = 1024
    """Size of any file the child writes."""
    niceness: int = 10
    """Politeness of the child: it gives way to the desk."""
