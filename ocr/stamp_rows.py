"""Read the rows of an arrival stamp that a pen has filled, by the readers that are not Tesseract.

Rubber prints in patches, its rows lie under print of the letter, and the tall ĐẾN stands beside two of them:
where a row begins is not known. So a window of a row's height slides down the part right of ĐẾN, and every
window is read; the windows that show a row whole say the same, the others say nothing that can be a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from documents.looks import SecondReader
from documents.page import Box
from ocr.cuts import cut_out, without_rules
from ocr.gaps import cut_gap
from ocr.inks import all_ink, stamp_ink
from ocr.pen_digits import DIGITS, read_digits
from ocr.raster import Gray, Raster
from ocr.recogniser import Recognised, recognise
from ocr.rows import RowReading

_WINDOW_MM, _STEP_MM, _PRINT_MM = 6.5, 1.5, 4.0
"""Height of a row with what the pen adds to it, how far windows are apart, height of a row's print."""
_ARRIVED = 0.27
"""Share of the stamp's width that ĐẾN takes at its left."""
_MOST_WINDOWS = 40
_BEFORE_MM = 3.5
"""Paper above the stamp in a cut: its margin and the padding of `without_rules`."""
_ROOM_MM = 7.0
"""Distance of two rows, or of a row's middle and the frame's end, that leaves no room for a row between."""
_LEAST_HOURS, _NAME = 2, 8
"""Windows that must show the hour, and letters from which a window shows the office's name."""
_LEAST_DIGITS = 2
_SIGNS_OF_DAYS = DIGITS + "/.-"
_DAY_LABEL = re.compile(r"(?:ng|[nm])?[^\d\s]{0,4}[yýỳỷỹjv][^\d\s]{0,3}?[:.;,]*(?=[\d\W])", re.IGNORECASE)
_NUMBER_LABEL = re.compile(
    r"\W{0,2}.{0,2}?(?:[Ss][oóòỏõọôốồổỗộöőǒ]{1,2}\s?[:;.,]{1,2}|S[oóôốö]{0,2}\s?[:;.,]?)\s?(?=\W?\d)"
)
_DAY_ROW = re.compile(r"\W{0,2}N[^\d\s]{0,3}[^\S\n]?\W?\s?\d")
_HOUR_ROW, _HOUR_SURELY = (
    re.compile(r"\W{0,2}G(?![a-z]*[nu])", re.IGNORECASE),
    re.compile(r"\W{0,2}G[iIlíì1]"),
)
_NUMBER_ROW = re.compile(r"\W{0,2}[S5$][oóòỏõọôốồổỗộ0:.]")


def read_stamp_rows(seen: Raster, box: Box, tilt_deg: float, ink: str) -> tuple[RowReading, ...]:
    """Return what each reader saw in the rows of number and day: lines `Số: …` and `Ngày: …`.

    A row is there once for each window in which a reader saw it; the values come as they were read, with what
    a pen's slash looks like (`0711012025` for 07/01/2025). `SecondReader.FORM` names the rows of a form that
    has no others than hour and day (`rows_of_form`).

    Args:
        seen: The upright page.
        box: The stamp, in fractions of the page.
        tilt_deg: How far it is turned, clockwise.
        ink: Its ink as `ocr.frames.Frame` has it; coloured ones are also read without the print under them.
    """
    lines: dict[SecondReader, list[str]] = {}
    labels: list[Label] = []
    for window in _windows(seen, box, tilt_deg, ink):
        read = recognise(window.ink)
        if read is None:
            continue
        labels.append(Label(window.top_mm, read.text))
        for reader, line in _read_window(window, read):
            lines.setdefault(reader, []).append(line)
    if form := rows_of_form(labels, box.height * seen.height_px * 25.4 / seen.dpi):
        lines[SecondReader.FORM] = list(form)
    return tuple(RowReading(reader, "\n".join(rows)) for reader, rows in lines.items())


@dataclass(frozen=True, slots=True)
class Label:
    """What a window of the stamp says; its top in millimetres below the stamp's."""

    top_mm: float
    text: str


def rows_of_form(labels: Sequence[Label], height_mm: float) -> tuple[str, ...]:
    """Return `("Giờ", "Ngày")` for a form that has these two rows and room for no other; else nothing.

    Such forms have neither number nor names, which is another thing than not having read them: the row of
    the hour must follow the office's name at once, that of the day the hour, and the frame must end there.

    Args:
        labels: The windows, in any order; those of several pictures of one stamp together.
        height_mm: Height of the stamp.
    """
    days = [at.top_mm for at in labels if _DAY_ROW.match(at.text)]
    if not days:
        return ()
    day = sum(days) / len(days)
    above = [at for at in labels if at.top_mm < min(days) and sum(c.isdecimal() for c in at.text) <= 1]
    names = [at for at in above if sum(map(str.isalpha, at.text)) >= _NAME]
    heads = [at.top_mm for at in names if not _HOUR_SURELY.match(at.text)]
    below = [at for at in above if at.top_mm > max(heads, default=height_mm)]
    hours = [at.top_mm for at in below if _HOUR_ROW.match(at.text)]
    surely = any(_HOUR_SURELY.match(at.text) for at in below)
    if len(hours) < _LEAST_HOURS or not surely or any(_NUMBER_ROW.match(at.text) for at in below):
        return ()
    hour = sum(hours) / len(hours)
    is_full = hour - max(heads) <= _ROOM_MM and day - hour <= _ROOM_MM
    ends_there = height_mm - (day + _WINDOW_MM / 2) <= _ROOM_MM
    return ("Giờ", "Ngày") if is_full and ends_there else ()


@dataclass(frozen=True, slots=True)
class _Window:
    """A window of a row's height, its top below the stamp's, and the pixels of a millimetre."""

    ink: Gray
    top_mm: float
    mm: float


def _windows(seen: Raster, box: Box, tilt_deg: float, ink: str) -> Iterator[_Window]:
    """The windows, top to bottom, in each ink."""
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
            yield _Window(part[top : top + height], top / mm - _BEFORE_MM, mm)


def _read_window(window: _Window, read: Recognised) -> Iterator[tuple[SecondReader, str]]:
    if sum(c.isdecimal() for c in read.text) < _LEAST_DIGITS:
        return
    if label := _DAY_LABEL.search(read.text):
        name, allowed = "Ngày", _SIGNS_OF_DAYS
    elif label := _NUMBER_LABEL.match(read.text):
        name, allowed = "Số", DIGITS
    else:
        return
    yield SecondReader.ROW, f"{name}: {read.text[label.end() :]}"
    gap = cut_gap(window.ink, read.signs, label.end(), len(read.signs), _PRINT_MM * window.mm)
    if gap is None:
        return
    alone = recognise(gap, allowed)
    if alone is not None and alone.text:
        yield SecondReader.GAP, f"{name}: {alone.text}"
    if pen := read_digits(gap, allowed).text:
        yield SecondReader.PEN, f"{name}: {pen}"
