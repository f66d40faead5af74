"""Read the rows of an arrival stamp that a pen has filled, by the readers that are not Tesseract.

Rubber prints in patches, its rows lie under print of the letter, and the tall ĐẾN stands beside two of them:
where a row begins is not known. So a window of a row's height slides down the part right of ĐẾN, and every
window is read; the windows that show a row whole say the same, the others say nothing that can be a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from documents.looks import SecondReader
from documents.page import Box
from ocr.cuts import cut_out, without_rules
from ocr.gaps import cut_gap
from ocr.inks import all_ink, stamp_ink
from ocr.pen_digits import DIGITS, read_digits
from ocr.raster import Gray, Raster
from ocr.recogniser import recognise
from ocr.rows import RowReading

_WINDOW_MM, _STEP_MM, _PRINT_MM = 6.5, 1.5, 4.0
"""Height of a row with what the pen adds to it, how far windows are apart, height of a row's print."""
_ARRIVED = 0.27
"""Share of the stamp's width that ĐẾN takes at its left."""
_MOST_WINDOWS = 40
_LEAST_DIGITS = 2
_SIGNS_OF_DAYS = DIGITS + "/.-"
_DAY_LABEL = re.compile(r"(?:ng|[nm])?[^\d\s]{0,4}[yýỳỷỹjv][^\d\s]{0,3}?[:.;,]*(?=[\d\W])", re.IGNORECASE)
_NUMBER_LABEL = re.compile(
    r"\W{0,2}.{0,2}?(?:[Ss][oóòỏõọôốồổỗộöőǒ]{1,2}\s?[:;.,]{1,2}|S[oóôốö]{0,2}\s?[:;.,]?)\s?(?=\W?\d)"
)


def read_stamp_rows(seen: Raster, box: Box, tilt_deg: float, ink: str) -> tuple[RowReading, ...]:
    """Return what each reader saw in the rows of number and day: lines `Số: …` and `Ngày: …`.

    A row is there once for each window in which a reader saw it; the values come as they were read, with what
    a pen's slash looks like (`0711012025` for 07/01/2025).

    Args:
        seen: The upright page.
        box: The stamp, in fractions of the page.
        tilt_deg: How far it is turned, clockwise.
        ink: Its ink as `ocr.frames.Frame` has it; coloured ones are also read without the print under them.
    """
    lines: dict[SecondReader, list[str]] = {}
    for window, mm in _windows(seen, box, tilt_deg, ink):
        for reader, line in _read_window(window, mm):
            lines.setdefault(reader, []).append(line)
    return tuple(RowReading(reader, "\n".join(rows)) for reader, rows in lines.items())


def _windows(seen: Raster, box: Box, tilt_deg: float, ink: str) -> Iterator[tuple[Gray, float]]:
    """The windows, top to bottom, each with the pixels of a millimetre."""
    cut = cut_out(seen.pixels, box, dpi=seen.dpi, tilt_deg=tilt_deg)
    inks = [all_ink(cut.pixels)]
    if ink != "black" and cut.pixels.ndim == 3:
        inks.append(stamp_ink(cut.pixels))
    for pixels in inks:
        level = without_rules(replace(cut, pixels=pixels), dots=False)
        mm = level.dpi / 25.4
        part = level.pixels[:, round(_ARRIVED * level.pixels.shape[1]) :]
        height, step = max(round(_WINDOW_MM * mm), 1), max(round(_STEP_MM * mm), 1)
        for top in range(0, max(part.shape[0] - height, 0) + 1, step)[:_MOST_WINDOWS]:
            yield part[top : top + height], mm


def _read_window(ink: Gray, mm: float) -> Iterator[tuple[SecondReader, str]]:
    read = recognise(ink)
    if read is None or sum(c.isdecimal() for c in read.text) < _LEAST_DIGITS:
        return
    if label := _DAY_LABEL.search(read.text):
        name, allowed = "Ngày", _SIGNS_OF_DAYS
    elif label := _NUMBER_LABEL.match(read.text):
        name, allowed = "Số", DIGITS
    else:
        return
    yield SecondReader.ROW, f"{name}: {read.text[label.end() :]}"
    gap = cut_gap(ink, read.signs, label.end(), len(read.signs), _PRINT_MM * mm)
    if gap is None:
        return
    alone = recognise(gap, allowed)
    if alone is not None and alone.text:
        yield SecondReader.GAP, f"{name}: {alone.text}"
    if pen := read_digits(gap, allowed).text:
        yield SecondReader.PEN, f"{name}: {pen}"
