"""Second looks: read a small place again by other means than the first time.

The first reading sees a whole page without its coloured ink; this one sees only the place, with every ink,
larger, as one line, and for a number nothing but digits. A stamp is read again as a whole, its ink told from
the print by other means, level and larger. What two such readings agree on can be trusted more. Rows with a
gap for the pen go to readers of another kind (`ocr.rows`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import cv2
import numpy as np

from documents.errors import Broken
from documents.looks import Alphabet, SecondLook, SecondReader, SecondReading
from documents.page import Box, Line
from documents.reading import FieldName
from documents.text import letters_of
from ocr.cuts import Cut, cut_out, without_rules
from ocr.engine import Engine, Layout
from ocr.files import PageSource
from ocr.inks import all_ink, black_and_white, stamp_ink_sharp
from ocr.kept_pages import KEPT
from ocr.limits import Limits
from ocr.list_rows import read_list_rows
from ocr.opened_page import OpenedPage, open_page
from ocr.raster import padded
from ocr.rows import RowReading, read_date_row, read_number_row, read_whole_row
from ocr.signer_names import as_text, read_block_rows
from ocr.spreads import open_pages
from ocr.stamp_reading import read_stamp_again
from ocr.stamp_rows import read_stamp_rows
from ocr.struck import is_struck_out_at
from ocr.text_rows import read_text_row

_DIGITS = "0123456789"
_MARGIN_MM = {Alphabet.DIGITS: 0.3}
_USUAL_MARGIN_MM = 1.0
_LEAST_CONFIDENCE = {Alphabet.DIGITS: 50.0}
_USUAL_LEAST_CONFIDENCE = 30.0
_INSIDE = 0.8
_STAMPED = frozenset({FieldName.ARRIVAL_NUMBER, FieldName.ARRIVAL_DATE})
_LARGER = 1.5


def look_again(
    path: Path, looks: Sequence[SecondLook], *, engine: Engine, limits: Limits
) -> tuple[SecondReading, ...]:
    """Read each place again.

    Args:
        path: The file the first reading was made from.
        looks: Where to look, in the coordinates of the first reading.
        engine: What turns pictures into words.
        limits: What the file may cost.

    Returns:
        The readings of each look, in the order of `looks`: one at least, with text None where nothing was
        seen; a row that a pen may have filled is read by several readers.

    Raises:
        Broken: a page asked for is not in the file.
        Unreadable: one of its other kinds, when the file no longer opens.
        EngineMissing, EngineFailed: from the engine.
    """
    answers = {index: seen for index, look in enumerate(looks) if (seen := KEPT.recall(path, look))}
    waiting = ((index, look) for index, look in enumerate(looks) if index not in answers)
    by_page = sorted(waiting, key=lambda pair: pair[1].page)
    with ExitStack() as stack:
        source: PageSource | None = None
        for number, group in groupby(by_page, key=lambda pair: pair[1].page):
            opened = KEPT.find(path, number)
            if opened is None:
                source = source or stack.enter_context(open_pages(path, limits))
                opened = _open_again(source, number, engine)
            for index, look in group:
                answers[index] = _readings(opened, look, engine)
                KEPT.remember(path, look, answers[index])
    return tuple(reading for index in range(len(looks)) for reading in answers[index])


def _open_again(source: PageSource, number: int, engine: Engine) -> OpenedPage:
    if not 1 <= number <= source.page_count:
        raise Broken(detail=f"không có trang {number}")
    return open_page(source, number, engine)


def _readings(opened: OpenedPage, look: SecondLook, engine: Engine) -> tuple[SecondReading, ...]:
    """Rows are read by the readers for pens; by the first engine again only where those are not there.

    Of a stamp the first engine reads the print again, the others what a pen put into it.
    """
    seen = opened.clean.seen
    again = SecondReader.AGAIN
    if look.alphabet is Alphabet.STROKES:
        tilt = _lie_of_stamp(opened, look.box)[0] if look.field in _STAMPED else 0.0
        struck = is_struck_out_at(seen, look.box, tilt)
        return (SecondReading(look, look.alphabet if struck else None, SecondReader.STRIKE),)
    if look.alphabet is Alphabet.STAMP:
        tilt, ink = _lie_of_stamp(opened, look.box)
        lines = read_stamp_again(opened.clean, look.box, tilt, ink, engine)
        print_only = SecondReading(look, "\n".join(line.text for line in lines) or None, again)
        return (print_only, *_as_readings(look, read_stamp_rows(seen, look.box, tilt, ink)))
    rows: tuple[RowReading, ...] = ()
    if look.row is not None and look.alphabet is Alphabet.DIGITS:
        rows = read_number_row(seen, look.row)
    elif look.row is not None and look.alphabet is Alphabet.DATE:
        rows = read_date_row(seen, look.row)
    elif look.row is not None and look.alphabet is Alphabet.REFERENCE:
        text = read_whole_row(seen, look.row)
        rows = (RowReading(SecondReader.ROW, text),) if text else ()
    elif look.row is not None and look.alphabet is Alphabet.TEXT:
        text = _look(opened, look, engine)
        if look.first is None or letters_of(look.first) != letters_of(text or ""):
            rows = read_text_row(opened.clean, look.row, engine)
        return (SecondReading(look, text, again), *_as_readings(look, rows))
    return _as_readings(look, rows) or (SecondReading(look, _look(opened, look, engine), again),)


def _as_readings(look: SecondLook, rows: Iterable[RowReading]) -> tuple[SecondReading, ...]:
    return tuple(SecondReading(look, row.text, row.reader, row.shares) for row in rows)


def _look(opened: OpenedPage, look: SecondLook, engine: Engine) -> str | None:
    if look.alphabet is Alphabet.LIST:
        return "\n".join(read_list_rows(opened.clean, look.box, engine)) or None
    if look.alphabet is Alphabet.NAME:
        return as_text(read_block_rows(opened.clean, look.box, engine)) or None
    only = _DIGITS if look.alphabet is Alphabet.DIGITS else ""
    for picture in _ways_to_see(opened, look):
        lines = engine.read_lines(picture.pixels, dpi=picture.dpi, layout=Layout.LINE, only=only)
        if text := _said(lines, look.alphabet):
            return text
    return None


def _lie_of_stamp(opened: OpenedPage, box: Box) -> tuple[float, str]:
    """Tilt and ink of the smallest frame around `box`; level and black where there is none."""
    frames, _ = KEPT.frames_of(opened)
    around = (f for f in frames if box.overlap(f.box) >= _INSIDE)
    frame = min(around, key=lambda f: f.width_mm * f.height_mm, default=None)
    return (frame.tilt_deg, frame.ink) if frame else (0.0, "black")


def _ways_to_see(opened: OpenedPage, look: SecondLook) -> Iterator[Cut]:
    seen = opened.clean.seen
    margin = _MARGIN_MM.get(look.alphabet, _USUAL_MARGIN_MM)
    if look.field is FieldName.ARRIVAL_NUMBER and seen.has_colour:
        tilt, ink = _lie_of_stamp(opened, look.box)
        level = cut_out(seen.pixels, look.box, dpi=seen.dpi, margin_mm=_USUAL_MARGIN_MM, tilt_deg=tilt)
        if ink != "black":
            yield replace(level, pixels=padded(stamp_ink_sharp(level.pixels)))
    if look.alphabet is Alphabet.TEXT:
        # Print is read without the stamps and seals that lie over it, softly and larger than the first time.
        print_only = cut_out(opened.clean.gray, look.box, dpi=seen.dpi, margin_mm=margin)
        yield _larger(replace(print_only, pixels=padded(print_only.pixels)))
        return
    cut = cut_out(seen.pixels, look.box, dpi=seen.dpi, margin_mm=margin)
    gray = replace(cut, pixels=all_ink(cut.pixels))
    yield replace(gray, pixels=padded(black_and_white(gray.pixels)))
    yield replace(gray, pixels=padded(without_rules(gray).pixels))


def _larger(cut: Cut) -> Cut:
    size = (round(cut.pixels.shape[1] * _LARGER), round(cut.pixels.shape[0] * _LARGER))
    pixels = cv2.resize(cut.pixels, size, interpolation=cv2.INTER_CUBIC)
    return replace(cut, pixels=np.asarray(pixels, np.uint8), dpi=round(cut.dpi * _LARGER))


def _said(lines: Sequence[Line], alphabet: Alphabet) -> str | None:
    words = [w for line in lines for w in line.words]
    sure = [w.confidence for w in words if w.confidence is not None]
    least = _LEAST_CONFIDENCE.get(alphabet, _USUAL_LEAST_CONFIDENCE)
    if not words or (sure and sum(sure) / len(sure) < least):
        return None
    joint = "" if alphabet is Alphabet.DIGITS else " "
    return joint.join(w.text for w in words) or None
