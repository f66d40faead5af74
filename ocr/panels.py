"""Signature panels: `Người ký: … Thời gian ký: …`, drawn by signing software over the page.

They stand above the issuer and bring a second agency, date and mail address, so their lines are set apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from documents.page import Annotation, Box, Line, Region, RegionKind, Word, around
from documents.text import fold

_LABEL = re.compile(r"^(nguoi ky|ky boi|thoi gian ky|ngay ky|signed by|email|co quan|to chuc)\s*[:.]")
_TELLING = re.compile(r"nguoi ky\s*:|ky boi\s*:|thoi gian ky|signed by|\S@\S|\d\d:\d\d:\d\d")
_NEAR = 0.035
"""Height, in fractions of the page, within which the rows of one panel follow each other."""
_INSIDE = 0.6
_LEAST_WIDTH = 0.08


def find_panels(
    lines: Sequence[Line], signature_boxes: Iterable[Box], annotations: Iterable[Annotation]
) -> tuple[Region, ...]:
    """Return the signature panels with their lines.

    Args:
        lines: Lines of the page as read.
        signature_boxes: Where the file's signatures show themselves, in fractions of the page.
        annotations: Text that the file states itself, in fractions of the page; truer than what was read.
    """
    stated = [Line((Word(a.text, a.box),)) for a in annotations if a.box]
    boxes = [
        box
        for box in signature_boxes
        if box.width >= _LEAST_WIDTH and _tells([*_words_in(stated, box), *_words_in(lines, box)])
    ]
    boxes += _labelled(lines)
    return tuple(
        Region(RegionKind.SIGNATURE_PANEL, box, _lines_in(stated, box) or _lines_in(lines, box))
        for box in _without_doubles(boxes)
    )


def _tells(words: Sequence[Word]) -> bool:
    return _TELLING.search(fold(" ".join(w.text for w in words))) is not None


def _labelled(lines: Sequence[Line]) -> list[Box]:
    """Boxes around runs of two and more labelled rows, at least one of which names the signing."""
    runs: list[list[Line]] = []
    rows = [part for line in lines if (part := _from_label(line)) is not None]
    for row in sorted(rows, key=lambda r: r.box.y0):
        if runs and _follows(runs[-1][-1].box, row.box):
            runs[-1].append(row)
        else:
            runs.append([row])
    told = (run for run in runs if len(run) > 1 and _tells([w for row in run for w in row.words]))
    return [around(row.box for row in run) for run in told]


def _from_label(line: Line) -> Line | None:
    for index in range(min(len(line.words), 12)):
        rest = line.words[index:]
        if _LABEL.match(fold(" ".join(w.text for w in rest[:4]))):
            return Line(rest)
    return None


def _follows(above: Box, below: Box) -> bool:
    return below.y0 - above.y1 < _NEAR and abs(below.x0 - above.x0) < 0.1


def _words_in(lines: Iterable[Line], box: Box) -> list[Word]:
    return [w for line in lines for w in line.words if w.box.overlap(box) >= _INSIDE]


def _lines_in(lines: Iterable[Line], box: Box) -> tuple[Line, ...]:
    kept = (tuple(w for w in line.words if w.box.overlap(box) >= _INSIDE) for line in lines)
    return tuple(Line(words) for words in kept if words)


def _without_doubles(boxes: Sequence[Box]) -> list[Box]:
    kept: list[Box] = []
    for box in boxes:
        if not any(box.overlap(other) > 0.5 or other.overlap(box) > 0.5 for other in kept):
            kept.append(box)
    return kept
