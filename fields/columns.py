"""Lines cut apart at wide spaces: columns, stamps beside text, signature beside `Nơi nhận`."""

from __future__ import annotations

import itertools

from documents.page import Line


def split_at_gaps(line: Line, aspect: float, least: float = 1.5) -> tuple[Line, ...]:
    """Cut `line` where the space between two words is at least `least` line heights wide.

    `aspect` is the page's width over its height in pixels; the height of a line is that of its median word.
    """
    heights = sorted(w.box.height for w in line.words)
    unit = heights[len(heights) // 2] / aspect
    pieces = [[line.words[0]]]
    for before, word in itertools.pairwise(line.words):
        if word.box.x0 - before.box.x1 >= least * unit:
            pieces.append([])
        pieces[-1].append(word)
    return tuple(Line(tuple(piece)) for piece in pieces)
