"""Where the words of a page as read lie on the sheet of the file: the way back from upright and straight.

Reading turns a page upright, makes it straight, takes only the picture out of a PDF and parts sheets that
carry two pages. Each step is undone here, point by point, so that a word can be laid under its picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import copysign, hypot
from statistics import median

import cv2

from documents.page import Box, Line, Word
from ocr.cleaning import CleanPage

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mount:
    """How a picture is mounted on its sheet.

    A rectangle of PDF space in points (origin bottom left, y upward), before the sheet is turned; `turns`
    are the quarters by which it is shown clockwise. `x0` and `x1` say which part of the sheet's width, as
    shown, the picture is.
    """

    sheet: int
    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0
    x0: float = 0.0
    x1: float = 1.0

    def point(self, x: float, y: float) -> Point:
        """Carry a point in fractions of the picture (origin top left) to the sheet."""
        x = self.x0 + x * (self.x1 - self.x0)
        for _ in range(self.turns % 4):
            x, y = y, 1 - x
        return self.left + x * (self.right - self.left), self.top - y * (self.top - self.bottom)


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word on a sheet, in points: the foot of its first letter, the ways along it and up its height.

    Both ways run along an edge of the sheet.
    """

    text: str
    foot: Point
    along: Point
    up: Point


def place_words(lines: Iterable[Line], clean: CleanPage, mount: Mount) -> tuple[PlacedWord, ...]:
    """Return the words of `lines` as they lie on the sheet, in reading order, without those of no size."""
    back = _way_back(clean)
    placed = (_place(word, box, back, mount) for line in lines for word, box in _level(line))
    return tuple(word for word in placed if word is not None)


def _level(line: Line) -> list[tuple[Word, Box]]:
    """The words of a line with boxes of one height and foot, so that they read as one line.

    A word whose box is far from the others', a rule misread or a second column, keeps its own.
    """
    top, foot = median(w.box.y0 for w in line.words), median(w.box.y1 for w in line.words)
    height = foot - top

    def fits(box: Box) -> bool:
        return abs(box.y0 - top) < 0.5 * height and abs(box.y1 - foot) < 0.5 * height

    return [
        (word, Box(word.box.x0, top, word.box.x1, foot) if fits(word.box) else word.box)
        for word in line.words
    ]


def _place(word: Word, box: Box, back: Callable[[Point], Point], mount: Mount) -> PlacedWord | None:
    corners = ((box.x0, box.y1), (box.x1, box.y1), (box.x0, box.y0), (box.x1, box.y0))
    foot, end, head, far = (mount.point(*back(corner)) for corner in corners)
    along, up = _squared(foot, end), _squared(foot, head)
    if not word.text or along == (0.0, 0.0) or up == (0.0, 0.0):
        return None
    x, y = ((foot[i] + far[i]) / 2 - (along[i] + up[i]) / 2 for i in (0, 1))
    return PlacedWord(word.text, (x, y), along, up)


def _squared(start: Point, end: Point) -> Point:
    """The way from one point to another, turned to the nearest edge of the sheet.

    A word that leans with its line would be torn by programs that look for level lines; about its middle it
    is level, and the next word stands a little higher or lower.
    """
    x, y = end[0] - start[0], end[1] - start[1]
    length = hypot(x, y)
    return (copysign(length, x), 0.0) if abs(x) >= abs(y) else (0.0, copysign(length, y))


def _way_back(clean: CleanPage) -> Callable[[Point], Point]:
    """From fractions of the page as it is now to fractions of the picture as it was."""
    width, height = clean.seen.width_px, clean.seen.height_px
    straight = cv2.getRotationMatrix2D((width / 2, height / 2), clean.applied_skew_deg, 1.0)
    (a, b, c), (d, e, f) = cv2.invertAffineTransform(straight).tolist()

    def back(point: Point) -> Point:
        x, y = point
        if clean.bend is not None:
            x, y = clean.bend.point_in_picture(x, y)
        else:
            x, y = x * width, y * height
            x, y = (a * x + b * y + c) / width, (d * x + e * y + f) / height
        for _ in range(clean.quarter_turns):
            x, y = y, 1 - x
        return x, y

    return back
