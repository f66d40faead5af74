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
from documents.text import fold_in_place
from ocr.cuts import Cut, cut_out, without_rules
from ocr.gaps import cut_gap, find_gap
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
_BELOW = 0.4
"""Share of the stamp's height above which no row of names begins: there are the office's name and ĐẾN."""
_FORWARD_LABEL = re.compile(
    r"(?:\W|[il1](?=\W*[kc])){0,3}(?:k\w{1,3}\s?)?ch\s?\w?\s?y\s?(?:\w{0,2}n|\w{0,3}(?=:))(?:\s?[:;.,]+|\s|$)"
)
_FILE_ROW = re.compile(r"\W{0,3}(?:[s5$]\w{0,2}\s?v\w{0,2}\s?k|l\w{1,2}u\s?h|h\w\s?s\w\s?s|s\w\s?k\w\s?h)")
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
    """Return what each reader saw in the rows of number, day and names: `Số: …`, `Ngày: …`, `Chuyển: …`.

    A row is there once for each window in which a reader saw it; the values come as they were read, with what
    a pen's slash looks like (`0711012025` for 07/01/2025). Names run on below their label: what windows
    between it and the frame's end show follows as lines `Dưới: …`, top to bottom, empty ones included.
    `SecondReader.FORM` names the rows of a form that has no others than hour and day (`rows_of_form`).

    Args:
        seen: The upright page.
        box: The stamp, in fractions of the page.
        tilt_deg: How far it is turned, clockwise.
        ink: Its ink as `ocr.frames.Frame` has it; coloured ones are also read without the print under them.
    """
    height_mm = box.height * seen.height_px * 25.4 / seen.dpi
    levels = tuple(_levels(seen, box, tilt_deg, ink))
    lines: dict[SecondReader, list[str]] = {}
    labels: list[Label] = []
    for window in (w for level in levels for w in _slide(level, left=_ARRIVED, above=0.0)):
        read = recognise(window.ink)
        if read is None:
            continue
        labels.append(Label(window.top_mm, read.text))
        for reader, line in _read_window(window, read):
            lines.setdefault(reader, []).append(line)
    names = rows_of_names(_label_windows(levels[-1]), height_mm)
    lines.setdefault(SecondReader.ROW, []).extend(names)
    if not names and (form := rows_of_form(labels, height_mm)):
        lines[SecondReader.FORM] = list(form)
    return tuple(RowReading(reader, "\n".join(rows)) for reader, rows in lines.items() if rows)


def rows_of_names(labels: Sequence[Label], height_mm: float) -> tuple[str, ...]:
    """Return the lines `Chuyển: …` and, below the last of them, `Dưới: …` up to the next label or the frame.

    Args:
        labels: What windows over the stamp's whole width say, top to bottom, in one ink.
        height_mm: Height of the stamp.
    """
    starts = [n for n, at in enumerate(labels) if _FORWARD_LABEL.match(fold_in_place(at.text))]
    if not starts:
        return ()
    named = (labels[n].text for n in starts)
    lines = [f"Chuyển: {text[_end_of_label(text) :].strip()}" for text in named]
    for at in labels[starts[-1] + 1 :]:
        if at.top_mm + _WINDOW_MM / 2 > height_mm or _FILE_ROW.match(fold_in_place(at.text)):
            break
        lines.append(f"Dưới: {at.text.strip()}")
    return tuple(lines)


def _end_of_label(text: str) -> int:
    label = _FORWARD_LABEL.match(fold_in_place(text))
    return label.end() if label else 0


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


def _levels(seen: Raster, box: Box, tilt_deg: float, ink: str) -> Iterator[Cut]:
    """The stamp laid straight and without its rules: in all ink, and a coloured one without black print."""
    cut = cut_out(seen.pixels, box, dpi=seen.dpi, tilt_deg=tilt_deg)
    yield without_rules(replace(cut, pixels=all_ink(cut.pixels)), dots=False)
    if ink != "black" and cut.pixels.ndim == 3:
        yield without_rules(replace(cut, pixels=stamp_ink(cut.pixels)), dots=False)


def _slide(level: Cut, *, left: float, above: float) -> Iterator[_Window]:
    """The windows right of `left` and below `above`, both shares of the cut."""
    mm = level.dpi / 25.4
    part = level.pixels[:, round(left * level.pixels.shape[1]) :]
    height, step = max(round(_WINDOW_MM * mm), 1), max(round(_STEP_MM * mm), 1)
    start = round(above * part.shape[0])
    for top in range(start, max(part.shape[0] - height, start) + 1, step)[:_MOST_WINDOWS]:
        yield _Window(part[top : top + height], top / mm - _BEFORE_MM, mm)


def _label_windows(level: Cut) -> tuple[Label, ...]:
    """What windows over the stamp's whole width say, in its own ink: print of the letter is no name."""
    labels = []
    for window in _slide(level, left=0.0, above=_BELOW):
        read = recognise(window.ink)
        if read is None:
            return ()
        labels.append(Label(window.top_mm, read.text))
    return tuple(labels)


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
    height_px = _PRINT_MM * window.mm
    place = find_gap(window.ink, read.signs, label.end(), len(read.signs), height_px)
    gap = cut_gap(window.ink, place, height_px)
    if gap is None:
        return
    alone = recognise(gap, allowed)
    if alone is not None and alone.text:
        yield SecondReader.GAP, f"{name}: {alone.text}"
    if pen := read_digits(gap, allowed).text:
        yield SecondReader.PEN, f"{name}: {pen}"
