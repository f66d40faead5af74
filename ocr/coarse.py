"""Read a coarse page twice, and keep of each line the better reading.

Where a stroke is a pixel wide, whether a line is read hangs on how its pixels fall: a page is enlarged in two
ways, as it is and calmed, and what one way loses the other often has.
"""

from __future__ import annotations

from collections.abc import Sequence

from documents.page import Line
from ocr.cleaning import CALMED_DPI, READING_DPI, calmed, enlarged_if_coarse
from ocr.engine import Engine
from ocr.raster import Gray, scaled

_SECOND_DPI = 230
_MOST_LARGER = 4.0
_WORTH = 55.0
"""Confidence of a word from which it speaks for its line; below, it speaks against it."""
_SAME_ROW = 0.4


def read_enlarged(
    gray: Gray, dpi: int, engine: Engine, *, sharpness_dpi: int | None = None
) -> tuple[Line, ...]:
    """Return the lines of a page, a coarse one enlarged, a very coarse one read twice.

    Args:
        gray: Upright page; 0 is ink.
        dpi: Its dots per inch.
        engine: What turns pictures into words; its errors are let through.
        sharpness_dpi: Dots per inch that were really taken, where `gray` is enlarged already.
    """
    larger, larger_dpi = enlarged_if_coarse(gray, dpi)
    lines = engine.read_lines(larger, dpi=larger_dpi)
    taken = sharpness_dpi or dpi
    if taken >= CALMED_DPI:
        return lines
    factor = min(_SECOND_DPI / dpi, _MOST_LARGER)
    calm = calmed(scaled(gray, factor), factor * dpi / taken)
    return better_of(lines, engine.read_lines(calm, dpi=READING_DPI))


def better_of(first: Sequence[Line], second: Sequence[Line]) -> tuple[Line, ...]:
    """Return each line as the reading has it that is surer of it; lines that only one has are kept.

    Lines that lie on each other are compared together: one reading may have parted what the other has whole.
    """
    kept: list[Line] = []
    left = list(second)
    waiting = list(first)
    while waiting:
        ours, theirs = [waiting.pop(0)], list[Line]()
        while more := [line for line in left if any(_on_one_row(line, our) for our in ours)]:
            theirs += more
            left = [line for line in left if line not in more]
            also = [line for line in waiting if any(_on_one_row(line, other) for other in more)]
            ours += also
            waiting = [line for line in waiting if line not in also]
        kept += theirs if _worth(theirs) > _worth(ours) else ours
    for line in left:
        if _worth([line]) > 0:
            above = [i for i, other in enumerate(kept) if other.box.middle[1] < line.box.middle[1]]
            kept.insert(above[-1] + 1 if above else 0, line)
    return tuple(kept)


def _on_one_row(one: Line, other: Line) -> bool:
    """Whether two lines lie on each other."""
    a, b = one.box, other.box
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    down = min(a.y1, b.y1) - max(a.y0, b.y0)
    return across > 0 and down > _SAME_ROW * min(a.height, b.height)


def _worth(lines: Sequence[Line]) -> float:
    """How much is read surely: letters by how far they are from being doubtful."""
    words = (word for line in lines for word in line.words)
    return sum((w.confidence - _WORTH) * len(w.text) for w in words if w.confidence is not None)
