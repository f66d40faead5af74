"""Read the rows of a signature block again: office and name, with the seal's rings taken out of their way.

A name stands under its office, typed or stamped, its first letters often under the lower edge of the round
seal and the signature across it. Here the block is cut out, the seal's rings are erased (`ocr.seal_rings`),
rows of letters are found and levelled (`ocr.letter_rows`), and each row that may be a name is read in several
ways: in the ink that has it, with the rings and without, with and without what is too large for a letter, at
several sizes, and by the recogniser of another kind. Which reading is a person's name is not known here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.looks import KNOWN_NAME
from documents.page import Box
from ocr.cleaning import CleanPage, without_colour
from ocr.cuts import cut_out
from ocr.engine import Engine
from ocr.inks import all_ink, extremes, stamp_ink
from ocr.letter_rows import (
    Row,
    band_of,
    close_strip_of,
    find_rows,
    ink_level,
    is_same_row,
    letters_of,
    levelled,
    only_row,
    strip_of,
)
from ocr.raster import WHITE, Gray, scaled
from ocr.row_readers import known_names, read_letters, read_strips, stretched
from ocr.script_rows import find_script
from ocr.seal_rings import Circle, bridged, find_circles, ring_pixels

Ways = tuple[str, ...]
"""What one row reads as, once for each way of looking at it."""

_INSIDE_SEAL = 0.62
_LEAST_MM = (3.0, 9.0)
"""Height and width of a place that may hold a name."""
_MOST_ROWS = 5
_MOST_WAYS_ROWS = 2
_SMALLER, _SMALL, _A_LITTLE_SMALLER = 0.55, 0.7, 0.85
_COLOUR, _COLOURED_SHARE = 40, 0.05
_WHITE_ENOUGH = 225
_COARSER, _SHADE_MM = 8, 6.0
_PALEST_PRINT, _GHOST = 130.0, 225.0
_TITLED = re.compile(r"\b[A-ZĐÀ-Ỹ][^\W\d_A-ZĐ]+\b")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_WORDS = 8
_LETTERS_IN = (1, 3, 4)
_LEFT_MM, _RIGHT_MM, _PALE = (5.0, 10.0), 8.0, 150
"""For the softer looks: how far beside the letters found, and from which gray the ink of a seal is paper."""
_MOST_ALIKE = 5
_LEAST_SHARE = 0.4
_INKED = 170
_SEALED = 0.5
"""Share of a row's ink from which a kind of ink is worth reading alone."""


@dataclass(frozen=True, slots=True)
class _Plane:
    """The block in one ink: `soft` with its rings, `bare` without, `clean` with letters only."""

    soft: Gray
    bare: Gray
    clean: Gray
    ink: Gray
    rows: tuple[Row, ...]
    circles: tuple[Circle, ...]


def read_block_rows(clean: CleanPage, box: Box, engine: Engine) -> tuple[Ways, ...]:
    """Read the rows in `box` of a page, top to bottom.

    Args:
        clean: The page, upright.
        box: Where office and name stand, in fractions of the page.
        engine: What turns pictures into words.

    Returns:
        For each row its readings: one for a row that is plainly an office or body text, several for what may
        be a name. Readings are never empty, rows without any are left out.
    """
    cut = cut_out(clean.seen.pixels, box, dpi=clean.seen.dpi, margin_mm=0.0)
    mm = cut.dpi / 25.4
    if cut.pixels.shape[0] < _LEAST_MM[0] * mm or cut.pixels.shape[1] < _LEAST_MM[1] * mm:
        return ()
    planes = _planes(cut.pixels, mm)
    rows = [levelled(row, _plane_of(planes, row, mm).clean, mm) for row in _merged(planes, mm)]
    first = read_strips([scaled(strip_of(planes[0].bare, row, mm), _SMALL) for row in rows], mm, engine)
    chosen = _likely_names(rows, first)
    answers: list[Ways] = []
    for at, (row, text) in enumerate(zip(rows, first, strict=True)):
        ways = [text] if text else []
        if at in chosen:
            looks = list(_looks_at(planes, row, mm))
            ways += [t for t in read_strips(looks, mm, engine) if t]
            plain = _is_plain(ways)
            ways += read_letters([looks[i] for i in (_LETTERS_IN[1:2] if plain else _LETTERS_IN)])
            ways += [] if plain else known_names(_softer_looks(planes, row, mm))
        else:
            ways += read_letters(
                [
                    close_strip_of(
                        _plane_of(planes, row, mm).soft, row, mm, left_mm=_LEFT_MM[0], right_mm=_RIGHT_MM
                    )
                ]
            )
        if ways:
            answers.append(tuple(ways))
    if not any(_is_plain(ways) or any(w.startswith(KNOWN_NAME) for w in ways) for ways in answers):
        inked = planes[-1]
        script = (known_names([s]) for s in find_script(inked.soft, inked.ink, planes[0].circles, mm))
        answers += [tuple(names) for names in script if names][:1]
    return tuple(answers)


def as_text(rows: Iterable[Ways]) -> str:
    """Return rows as the answer of a look: readings one a line, an empty line between rows."""
    return "\n\n".join("\n".join(ways) for ways in rows)


def _planes(pixels: NDArray[np.uint8], mm: float) -> tuple[_Plane, ...]:
    """Every ink first, then print alone and coloured ink alone where there is colour."""
    every = _on_white(all_ink(pixels), mm)
    level = ink_level(every)
    circles = find_circles(every, np.asarray(every < level, np.uint8), mm)
    planes = [_plane(every, level, circles, mm)]
    if pixels.ndim == 3 and _is_coloured(pixels, level):
        print_only = _without_ghosts(_on_white(without_colour(pixels), mm))
        printed = _plane(print_only, level, (), mm)
        planes.append(replace(printed, bare=_mended(print_only, every, level, mm)))
        planes.append(_plane(stamp_ink(pixels), level, circles, mm))
    return tuple(planes)


def _is_coloured(pixels: NDArray[np.uint8], level: float) -> bool:
    """Whether a good part of the ink has a colour; many black pages are stored in three channels."""
    brightest, darkest = extremes(pixels)
    ink = darkest < level
    coloured = ink & (brightest.astype(np.int16) - darkest > _COLOUR)
    return float(coloured.sum()) > _COLOURED_SHARE * max(float(ink.sum()), 1.0)


def _on_white(gray: Gray, mm: float) -> Gray:
    """Bring dark or shaded paper to white."""
    if float(np.percentile(gray[::4, ::4], 80)) >= _WHITE_ENOUGH:
        return gray
    small = scaled(gray, 1 / _COARSER)
    reach = max(round(_SHADE_MM * mm / _COARSER), 1)
    paper = cv2.blur(cv2.dilate(small, np.ones((reach, reach), np.uint8)), (reach, reach))
    size = (gray.shape[1], gray.shape[0])
    even = cv2.resize(paper, size, interpolation=cv2.INTER_LINEAR).astype(np.float32)
    return np.asarray(np.clip(gray * (WHITE / np.maximum(even, 1.0)), 0, WHITE), np.uint8)


def _mended(print_only: Gray, every: Gray, level: float, mm: float) -> Gray:
    """Set in again what opaque ink over the print has taken out of its strokes."""
    ink = np.asarray(every < level, np.uint8)
    lost = np.asarray(ink & (print_only >= level), np.uint8)
    darker = np.minimum(print_only, every)
    return np.asarray(np.where(bridged(ink, lost, mm) > 0, darker, print_only), np.uint8)


def _without_ghosts(gray: Gray) -> Gray:
    """Fade what red and blue ink leave in the brightest channel."""
    black = min(float(np.percentile(gray, 0.5)), _PALEST_PRINT)
    span = (gray.astype(np.float32) - black) * (WHITE / (_GHOST - black))
    return np.asarray(np.clip(span, 0, WHITE), np.uint8)


def _plane(soft: Gray, level: float, circles: Sequence[Circle], mm: float) -> _Plane:
    ink = np.asarray(soft < level, np.uint8)
    gone = ring_pixels(ink, circles, mm)
    left = np.asarray(ink & (1 - gone), np.uint8)
    bare = np.asarray(np.where(gone > 0, WHITE, soft), np.uint8)
    labels, letters, cores, stats = letters_of(left, mm)
    kept = letters[labels] | (left == 0)
    clean = np.asarray(np.where(kept, bare, WHITE), np.uint8)
    rows = tuple(
        row
        for row in find_rows(labels, cores, stats, mm)
        if not any(c.holds(row.middle, _INSIDE_SEAL) for c in circles)
    )
    return _Plane(soft, bare, clean, left, rows, tuple(circles))


def _merged(planes: Iterable[_Plane], mm: float) -> tuple[Row, ...]:
    """The rows of all inks, each once, the lowest of them, top to bottom."""
    found: list[Row] = []
    for plane in planes:
        for row in plane.rows:
            same = next((i for i, other in enumerate(found) if is_same_row(row, other, mm)), None)
            if same is None:
                found.append(row)
            else:
                other = found[same]
                wider = row if row.x1 - row.x0 > other.x1 - other.x0 else other
                found[same] = Row(
                    min(row.x0, other.x0), max(row.x1, other.x1), wider.base, wider.slope, wider.small_px
                )
    return tuple(sorted(found, key=lambda r: r.middle[1]))[-_MOST_ROWS:]


def _looks_at(planes: Sequence[_Plane], row: Row, mm: float) -> Iterator[Gray]:
    """Pictures of one row, each seen in another way, most in the one kind of ink that has it whole."""
    every, best = planes[0], _plane_of(planes, row, mm)
    letters = strip_of(best.clean, row, mm)
    with_rings = band_of(strip_of(best.soft, row, mm), row, mm)
    yield scaled(only_row(letters, row, mm), _SMALL)
    yield scaled(letters, _SMALLER)
    yield scaled(strip_of(best.bare, row, mm), _SMALL)
    yield scaled(with_rings, _A_LITTLE_SMALLER)
    yield _thinner(with_rings)
    yield band_of(strip_of(every.bare, row, mm), row, mm)


def _softer_looks(planes: Sequence[_Plane], row: Row, mm: float) -> Iterator[Gray]:
    """Pictures of one row with as little taken away as may be: the other recogniser reads them best."""
    every, best = planes[0], _plane_of(planes, row, mm)
    whole = strip_of(best.soft, row, mm)
    yield whole
    yield np.asarray(np.where(stretched(whole) > _PALE, WHITE, whole), np.uint8)
    for left_mm in _LEFT_MM:
        yield close_strip_of(best.soft, row, mm, left_mm=left_mm, right_mm=_RIGHT_MM)
    yield close_strip_of(best.clean, row, mm, left_mm=_LEFT_MM[0], right_mm=_RIGHT_MM)
    if best is not every:
        yield strip_of(every.soft, row, mm)


def _plane_of(planes: Sequence[_Plane], row: Row, mm: float) -> _Plane:
    """Print or coloured ink alone, whichever has more of the row, where it has enough; else every ink."""
    # The seal lies over the first letters; the last ones tell what ink the name is.
    ends = replace(row, x0=round(row.x0 + _SEALED * (row.x1 - row.x0)))
    inked = [strip_of(plane.soft, ends, mm, left_mm=0.0, right_mm=1.0) for plane in planes]
    dark = [float((strip < _INKED).sum()) for strip in inked]
    best = max(range(1, len(planes)), key=lambda at: dark[at], default=0)
    return planes[best if dark[best] >= _LEAST_SHARE * dark[0] else 0]


def _thinner(gray: Gray) -> Gray:
    """Bold letters with a little taken off all round, so that those which touch come apart."""
    return np.asarray(cv2.dilate(gray, cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))), np.uint8)


def _is_plain(ways: Sequence[str]) -> bool:
    """Whether most ways of looking show the same: one reading by the other recogniser is then enough."""
    return max(Counter(ways).values(), default=0) >= _MOST_ALIKE


def _likely_names(rows: Sequence[Row], texts: Sequence[str]) -> set[int]:
    """The lowest row that looks like a name, and the lowest of all that is not plainly in capitals."""
    small = [at for at in range(len(rows)) if not _is_capitals(texts[at])]
    short = [at for at in small if len(_WORD.findall(texts[at])) <= _MOST_WORDS]
    named = [at for at in short if _TITLED.search(texts[at])]
    return {*(named[-1:] or short[-_MOST_WAYS_ROWS:] or range(len(rows))[-1:])}


def _is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 6 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
