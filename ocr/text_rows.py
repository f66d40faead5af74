"""Read a printed row of text that two readings did not agree on, by other means than either.

The engine sees the row alone as a block, in its own size: what reaches into the cut from the rows above and
below then becomes lines of its own. The recogniser sees it without Vietnamese marks, letters that bear a mark
it does not know left out. Each says what it sees; which words they bear out is decided in `fields`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from documents.looks import SecondReader
from documents.page import Box, Line
from ocr.cleaning import CleanPage
from ocr.cuts import cut_out
from ocr.engine import Engine, Layout
from ocr.inks import black_and_white
from ocr.raster import padded
from ocr.recogniser import recognise
from ocr.rows import RowReading

_MARGIN_MM = 0.5


def read_text_row(clean: CleanPage, row: Box, engine: Engine) -> tuple[RowReading, ...]:
    """Return the row as each reader has it; a reader that saw nothing is left out.

    Args:
        clean: The upright page; read without its coloured ink.
        row: The printed row, in fractions of the page.
        engine: The engine of the first reading.
    """
    return tuple(_read(clean, row, engine))


def _read(clean: CleanPage, row: Box, engine: Engine) -> Iterator[RowReading]:
    cut = cut_out(clean.gray, row, dpi=clean.seen.dpi, margin_mm=_MARGIN_MM)
    picture = padded(black_and_white(cut.pixels))
    middle = _middle_line(engine.read_lines(picture, dpi=cut.dpi, layout=Layout.BLOCK))
    if middle is not None:
        yield RowReading(SecondReader.BLOCK, middle.text)
    other = recognise(cut.pixels)
    if other is not None and other.text.strip():
        yield RowReading(SecondReader.ROW, other.text)


def _middle_line(lines: Sequence[Line]) -> Line | None:
    """The line that runs through the middle of the cut; None where none does."""
    through = [line for line in lines if line.box.y0 <= 0.5 <= line.box.y1]
    return min(through, key=lambda line: abs(line.box.middle[1] - 0.5), default=None)
