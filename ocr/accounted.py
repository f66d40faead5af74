"""What of page 1 is accounted for: print that was read, rows for a pen, signature, rules.

All masks are 1 where the page is accounted for, of the shape of the page as looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median, quantiles

import cv2
import numpy as np

from documents.page import Box, Line, Region, RegionKind, Word, around
from documents.syllables import count_sensible
from documents.text import fold
from ocr.marks import columns_of
from ocr.signed_page import SIGNED_WITH

Mask = np.typing.NDArray[np.uint8]
_SURE, _SENSIBLE = 45.0, 12.0
"""Confidence of a word from which its print is accounted for, and of one that is a syllable."""
_WORD_MM, _REGION_MM, _PENNED_MM, _PANEL_MM = (0.8, 0.3), (2.0, 2.0), (6.0, 0.5), (7.0, 5.0)
_HIGHER = 0.1
_RULE_MM, _POST_MM = 88.0, 60.0
"""Length from which a rule is too long for a stamp."""
_SHORT_RULE_MM, _SHORT_POST_MM = 12.0, 6.0
_THICK_MM = 1.8
_HEAD = 0.42
"""Number, day and addressees stand above this part of the page's height."""
_PENNED = re.compile(r"\W{0,2}s[o06]?\s?[:;.].{0,24}[/-]|.{0,30}\bngay.{0,14}(?:thang|nam)\b|\W{0,2}kinh gui")
_POWER = re.compile(r"\W{0,2}(?:kt|tm|tl|tuq|t/m|k/t|t/l)\s?[.,]|\W{0,2}q\s?\.\s")
_OFFICE = re.compile(
    r"\b(?:chu tich|giam doc|bo truong|chanh van phong|truong (?:phong|ban|khoa)|hieu truong|thu truong"
    r"|bi thu|vien truong|cuc truong|vu truong|chu nhiem|thu tuong|chanh an|phu trach)\b"
)
_RIGHT, _FARTHEST_RIGHT, _BLOCK, _ABOVE = 0.42, 0.885, 0.26, 0.035
"""Where a signature block stands: its sides, its height and how far above the copy list it begins."""
_LONG_LINE, _OUTSIDE = 0.55, 0.02
"""Width of a line that shows the margins of the text, and how far beyond them a word stands in the margin."""


def accounted_for(
    shape: tuple[int, int],
    lines: Sequence[Line],
    regions: Iterable[Region],
    *,
    px_in_mm: float,
    is_own: Callable[[Box], bool] = lambda _: True,
) -> Mask:
    """Return where words, rows for a pen and regions that were read stand.

    `is_own` tells of a word's place whether the ink that is looked at there is the word's.
    """
    mask = np.zeros(shape, np.uint8)
    left, right, top = _text_area(lines)
    for part in (part for line in lines for part in columns_of(line)):
        row = _row_of(part)
        for before, word in pairwise((None, *part.words)):
            if word is None or not _is_read(word) or _in_margin(word.box, left, right, top):
                continue
            box = around((before.box, word.box)) if before and _is_read(before) else word.box
            if is_own(box):
                _fill(mask, _within(box, row), _WORD_MM, px_in_mm)
        if part.box.middle[1] < _HEAD and _PENNED.match(fold(part.text)):
            _fill(mask, _within(part.box, row), _PENNED_MM, px_in_mm)
    for region in regions:
        panel = region.kind is RegionKind.SIGNATURE_PANEL
        _fill(mask, region.box, _PANEL_MM if panel else _REGION_MM, px_in_mm)
    return mask


def _row_of(line: Line) -> Box:
    """The band of a line's words: what runs over it makes boxes of single words too high."""
    top, bottom = median(w.box.y0 for w in line.words), median(w.box.y1 for w in line.words)
    more = _HIGHER * (bottom - top)
    return Box(0.0, max(top - more, 0.0), 1.0, min(bottom + more, 1.0))


def _within(box: Box, row: Box) -> Box:
    return Box(box.x0, max(box.y0, row.y0), box.x1, max(min(box.y1, row.y1), row.y0))


def find_signing(lines: Sequence[Line]) -> tuple[Box, ...]:
    """Return where signature and seal may stand on a page: beside the copy list, below who signs."""
    return tuple(_signing(lines))


def _signing(lines: Sequence[Line]) -> Iterator[Box]:
    for part in (part for line in lines for part in columns_of(line)):
        said, box = fold(part.text), part.box
        right = Line(tuple(w for w in part.words if w.box.x0 > _RIGHT))
        title = fold(right.text) if right.words else ""
        if said.lstrip(" -_*").startswith(SIGNED_WITH) and box.x0 < _RIGHT:
            top = box.y0 - _ABOVE
        elif title and box.y0 > 0.2 and (_POWER.match(title) or (_OFFICE.search(title) and _is_loud(right))):
            top = box.y0 - 0.01
        else:
            continue
        yield Box(_RIGHT, max(top, 0.0), _FARTHEST_RIGHT, min(top + _BLOCK, 1.0))


def _is_loud(line: Line) -> bool:
    letters = [c for c in line.text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def list_rows_of(lines: Sequence[Line]) -> tuple[Box, ...]:
    """Return the boxes of the copy list's own rows, sure or not; its small print is often read badly."""
    start = next((ln.box for ln in lines if fold(ln.text).lstrip(" -_*").startswith(SIGNED_WITH)), None)
    if start is None:
        return ()
    rows = (part.box for line in lines for part in columns_of(line) if line.box.y0 >= start.y0 - 0.002)
    return tuple(box for box in rows if abs(box.x0 - start.x0) < 0.03 and box.x1 < 0.6)


def filled(shape: tuple[int, int], boxes: Iterable[Box]) -> Mask:
    """Return a mask of `boxes`."""
    mask = np.zeros(shape, np.uint8)
    for box in boxes:
        _fill(mask, box, (0.0, 0.0), 1.0)
    return mask


def _is_read(word: Word) -> bool:
    if not any(c.isalnum() for c in word.text):
        return False
    if word.confidence is None or word.confidence >= _SURE:
        return True
    return word.confidence >= _SENSIBLE and len(word.text) > 1 and count_sensible([word.text]) > 0


def _text_area(lines: Sequence[Line]) -> tuple[float, float, float]:
    """Left and right end of the running text, and its first long line; the whole page without long lines."""
    long = [line.box for line in lines if line.box.width > _LONG_LINE]
    long = [box for box in long if box.y0 > 0.15]
    if len(long) < 4:
        return 0.0, 1.0, 1.0
    left = quantiles((box.x0 for box in long), n=4)[0]
    right = quantiles((box.x1 for box in long), n=4)[2]
    return left - _OUTSIDE, right + _OUTSIDE, min(box.y0 for box in long)


def _in_margin(box: Box, left: float, right: float, top: float) -> bool:
    return box.y0 > top and (box.x1 < left or box.x0 > right)


def _fill(mask: Mask, box: Box, grow_mm: tuple[float, float], px_in_mm: float) -> None:
    height, width = mask.shape
    across, down = (grow * px_in_mm for grow in grow_mm)
    x0, x1 = round(box.x0 * width - across), round(box.x1 * width + across)
    y0, y1 = round(box.y0 * height - down), round(box.y1 * height + down)
    mask[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)] = 1


# ── what is no print ─────────────────────────────────────────────────────────────────────────────────────


def long_rules(ink: Mask, px_in_mm: float) -> Mask:
    """Return rules too long for a stamp with what hangs on them: tables, lines under heads, above feet."""
    level = _straight(ink, round(_SHORT_RULE_MM * px_in_mm))
    upright = _straight(np.ascontiguousarray(ink.T), round(_SHORT_POST_MM * px_in_mm)).T
    joined = np.asarray(cv2.dilate(level | upright, np.ones((5, 5), np.uint8)), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    long = (wide > _RULE_MM * px_in_mm) | (high > _POST_MM * px_in_mm)
    long[0] = False
    return np.asarray(cv2.dilate(long[labels].astype(np.uint8), np.ones((5, 5), np.uint8)), np.uint8)


def _straight(ink: Mask, length: int) -> Mask:
    fat = cv2.dilate(ink, np.ones((5, 1), np.uint8))
    return np.asarray(cv2.morphologyEx(fat, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)), np.uint8)


def solids(ink: Mask, px_in_mm: float) -> Mask:
    """Return dark edges of the glass, punch holes, staples and pictures: thicker than any stroke."""
    thick = round(_THICK_MM * px_in_mm)
    solid = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8))
    return np.asarray(cv2.dilate(solid, np.ones((9, 9), np.uint8)), np.uint8)
