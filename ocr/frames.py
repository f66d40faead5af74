"""Find what was printed or stamped around words: rectangular frames and round seals.

Two ways, because paper comes in two kinds: straight rules for scans without colour, and coloured ink where
there is any. Neither reads a word; what is in a frame is told by `ocr.stamps` and `ocr.marks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from documents.page import Box
from ocr.cleaning import CleanPage
from ocr.raster import Gray, Pixels, scaled

SEARCH_DPI = 100
_MM = SEARCH_DPI / 25.4
"""Pixels in a millimetre while searching."""
_INK = 150
_RULE_MM = 9.0
_POST_MM = 4.5
"""Shortest horizontal and vertical line that can be the side of a frame."""
_LEAN_MM = 1.3
"""How far a level rule may climb over its length: 5 degrees, and its own thickness."""
_JOIN_MM = 2.0
_JOIN_INK_MM = 3.0
_SMALLEST_MM, _LARGEST_MM = (12.0, 5.0), (85.0, 58.0)
_COLOURED = 32
"""Difference between the brightest and the darkest channel from which a pixel is coloured ink."""
_SEAL_MM = (22.0, 48.0)
_SEAL_ASPECT = 1.25
_SEAL_SIDES = (0.25, 0.72)
"""How much of each side of its bounding square a circle touches, within the search band."""

Mask = np.typing.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of rules or of coloured ink.

    `box` is upright, in fractions of the page; `tilt_deg` is clockwise; `sides` is the share of the four
    sides (top, bottom, left, right) that is really drawn.
    """

    box: Box
    width_mm: float
    height_mm: float
    tilt_deg: float
    ink: str
    sides: tuple[float, float, float, float]

    @property
    def drawn(self) -> float:
        """Sides drawn, 0 to 4."""
        return sum(self.sides)


def find_frames(clean: CleanPage) -> tuple[tuple[Frame, ...], tuple[Frame, ...]]:
    """Return the frames of a page, ruled or of coloured ink, and apart from them the round seals."""
    seen = clean.seen
    coloured = find_coloured_frames(seen.pixels, seen.dpi)
    frames = merged(
        find_ruled_frames(clean.gray, seen.dpi) + tuple(f for f in coloured if not is_seal(f)),
        page_width_mm=seen.width_px / seen.dpi * 25.4,
        page_height_mm=seen.height_px / seen.dpi * 25.4,
    )
    return frames, tuple(f for f in coloured if is_seal(f))


def find_seals(clean: CleanPage) -> tuple[Frame, ...]:
    """Return the round seals of a page alone."""
    return tuple(f for f in find_coloured_frames(clean.seen.pixels, clean.seen.dpi) if is_seal(f))


def find_ruled_frames(gray: Gray, dpi: int) -> tuple[Frame, ...]:
    """Return frames of straight rules, up to the size of a stamp, top to bottom; tables are larger."""
    rules = rules_of(scaled(gray, SEARCH_DPI / dpi))
    reach = int(_JOIN_MM * _MM)
    joined = cv2.morphologyEx(rules, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    return tuple(sorted(_frames_of(np.asarray(joined, np.uint8), "black"), key=lambda f: f.box.y0))


def rules_of(gray: Gray, *, mm: float = _MM) -> Mask:
    """Return 1 where a long straight line runs, horizontal or vertical; up to 5° of tilt is borne.

    `mm` is the number of pixels in a millimetre of `gray`.
    """
    ink = np.asarray(gray < _INK, np.uint8)
    lean, fat = max(round(mm * _LEAN_MM), 3), max(round(mm / 2), 3)
    level = cv2.dilate(ink, np.ones((lean, 1), np.uint8))
    level = cv2.morphologyEx(level, cv2.MORPH_OPEN, np.ones((1, int(_RULE_MM * mm)), np.uint8))
    upright = cv2.dilate(ink, np.ones((1, fat), np.uint8))
    upright = cv2.morphologyEx(upright, cv2.MORPH_OPEN, np.ones((int(_POST_MM * mm), 1), np.uint8))
    return np.asarray(cv2.bitwise_or(level, upright), np.uint8)


def find_coloured_frames(pixels: Pixels, dpi: int) -> tuple[Frame, ...]:
    """Return rectangles of red or of blue ink, top to bottom; none for a page without colour."""
    if pixels.ndim == 2:
        return ()
    found: list[Frame] = []
    for ink, mask in coloured_inks(scaled(pixels, SEARCH_DPI / dpi)).items():
        if not mask.any():
            continue
        reach = int(_JOIN_INK_MM * _MM)
        joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
        found += _frames_of(np.asarray(joined, np.uint8), ink)
    return tuple(sorted(found, key=lambda f: f.box.y0))


def is_seal(frame: Frame) -> bool:
    """Whether a patch of red ink has the size and the roundness of a seal."""
    long, short = max(frame.width_mm, frame.height_mm), min(frame.width_mm, frame.height_mm)
    least, most = _SEAL_SIDES
    sized = frame.ink == "red" and _SEAL_MM[0] <= short and long <= _SEAL_MM[1]
    return sized and long <= _SEAL_ASPECT * short and all(least <= side <= most for side in frame.sides)


def coloured_inks(pixels: Pixels) -> dict[str, Mask]:
    """Return a mask for each colour of ink: `red` (red, pink, orange) and `blue` (blue, violet)."""
    red, green, blue = cv2.split(pixels)
    return {
        "red": np.asarray(cv2.subtract(red, cv2.max(green, blue)) > _COLOURED, np.uint8),
        "blue": np.asarray(cv2.subtract(blue, cv2.min(red, green)) > _COLOURED, np.uint8),
    }


def _frames_of(mask: Mask, ink: str) -> Iterator[Frame]:
    height, width = mask.shape
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    for index in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[index])
        if not _has_frame_size(w / _MM, h / _MM):
            continue
        part = np.asarray(labels[y : y + h, x : x + w] == index, np.uint8)
        (_, _), (long_px, short_px), tilt = _leaning_box(part)
        yield Frame(
            Box(x / width, y / height, (x + w) / width, (y + h) / height),
            long_px / _MM,
            short_px / _MM,
            tilt,
            ink,
            _sides_drawn(part, tilt),
        )


def _has_frame_size(width_mm: float, height_mm: float) -> bool:
    return _SMALLEST_MM[0] <= width_mm <= _LARGEST_MM[0] and _SMALLEST_MM[1] <= height_mm <= _LARGEST_MM[1]


def _leaning_box(part: Mask) -> tuple[tuple[float, float], tuple[float, float], float]:
    """Middle, (width, height) and clockwise tilt within ±45° of the smallest leaning rectangle."""
    (x, y), (w, h), angle = cv2.minAreaRect(cv2.findNonZero(part))
    quarters = round(angle / 90)
    if quarters % 2:
        w, h = h, w
    angle -= 90 * quarters
    return (float(x), float(y)), (float(w), float(h)), float(angle)


def _sides_drawn(part: Mask, tilt_deg: float) -> tuple[float, float, float, float]:
    level = levelled(part, tilt_deg)
    ys, xs = np.nonzero(level)
    level = level[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    band = max(int(_JOIN_MM * _MM), 2)
    return (
        float(level[:band].any(axis=0).mean()),
        float(level[-band:].any(axis=0).mean()),
        float(level[:, :band].any(axis=1).mean()),
        float(level[:, -band:].any(axis=1).mean()),
    )


def levelled(part: Pixels, tilt_deg: float, *, paper: int = 0) -> Pixels:
    """Turn a small picture counter-clockwise by `tilt_deg`, grown so that no corner is lost."""
    if abs(tilt_deg) < 0.3:
        return part
    matrix, size = levelling(part.shape[1], part.shape[0], tilt_deg)
    how = cv2.INTER_LINEAR if paper else cv2.INTER_NEAREST
    return np.asarray(cv2.warpAffine(part, matrix, size, flags=how, borderValue=(paper,) * 3), np.uint8)


def levelling(
    width: int, height: int, tilt_deg: float
) -> tuple[np.typing.NDArray[np.float64], tuple[int, int]]:
    """Return the 2 × 3 matrix that levels a picture of that size, and the grown size (width, height)."""
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), tilt_deg, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = int(np.ceil(height * sin + width * cos)), int(np.ceil(height * cos + width * sin))
    matrix[0, 2] += (wide - width) / 2
    matrix[1, 2] += (high - height) / 2
    return np.asarray(matrix, np.float64), (wide, high)


def merged(frames: tuple[Frame, ...], *, page_width_mm: float, page_height_mm: float) -> tuple[Frame, ...]:
    """Join frames of one ink that overlap or nearly touch: a frame broken by wear comes in pieces."""
    left = list(frames)
    done: list[Frame] = []
    while left:
        frame = left.pop(0)
        mate = next(
            (o for o in left if o.ink == frame.ink and _touch(frame, o, page_width_mm, page_height_mm)), None
        )
        if mate is None:
            done.append(frame)
            continue
        left.remove(mate)
        left.insert(0, _joined(frame, mate, page_width_mm, page_height_mm))
    return tuple(sorted(done, key=lambda f: f.box.y0))


def _touch(one: Frame, other: Frame, page_width_mm: float, page_height_mm: float) -> bool:
    near_x, near_y = _JOIN_MM / page_width_mm, _JOIN_MM / page_height_mm
    grown = Box(one.box.x0 - near_x, one.box.y0 - near_y, one.box.x1 + near_x, one.box.y1 + near_y)
    if grown.overlap(other.box) == 0:
        return False
    together = _joined(one, other, page_width_mm, page_height_mm)
    return _has_frame_size(together.width_mm, together.height_mm)


def _joined(one: Frame, other: Frame, page_width_mm: float, page_height_mm: float) -> Frame:
    box = Box(
        min(one.box.x0, other.box.x0),
        min(one.box.y0, other.box.y0),
        max(one.box.x1, other.box.x1),
        max(one.box.y1, other.box.y1),
    )
    larger = one if one.width_mm * one.height_mm >= other.width_mm * other.height_mm else other
    sides = tuple(max(a, b) for a, b in zip(one.sides, other.sides, strict=True))
    return replace(
        larger,
        box=box,
        width_mm=box.width * page_width_mm,
        height_mm=box.height * page_height_mm,
        sides=(sides[0], sides[1], sides[2], sides[3]),
    )
