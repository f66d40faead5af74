"""Read pictures of single rows: by the engine, stacked for one run of it, and by the recogniser.

The recogniser knows few Vietnamese marks; its readings are marked so (`documents.looks`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from documents.looks import KNOWN_NAME, LETTERS_ONLY
from ocr.engine import Engine, Layout
from ocr.known_names import KnownName, read_known_name
from ocr.raster import WHITE, Gray
from ocr.recogniser import recognise

_GAP_MM = 6.0
_LEAST_CONTRAST = 40.0
_SURE_SHARE = 0.5


def read_strips(strips: Sequence[Gray], mm: float, engine: Engine) -> list[str]:
    """Read strips, stacked into one picture for one run of the engine; one text for each."""
    if not strips:
        return []
    gap = round(_GAP_MM * mm)
    width = max(s.shape[1] for s in strips) + 2 * gap
    height = sum(s.shape[0] + gap for s in strips) + gap
    sheet = np.full((height, width), WHITE, np.uint8)
    tops: list[int] = []
    y = gap
    for strip in strips:
        sheet[y : y + strip.shape[0], gap : gap + strip.shape[1]] = stretched(strip)
        tops.append(y)
        y += strip.shape[0] + gap
    lines = engine.read_lines(sheet, dpi=round(mm * 25.4), layout=Layout.BLOCK)
    said: list[list[str]] = [[] for _ in strips]
    for line in lines:
        middle = line.box.middle[1] * height
        for at, (top, strip) in enumerate(zip(tops, strips, strict=True)):
            if top - gap / 2 <= middle < top + strip.shape[0] + gap / 2:
                said[at].append(line.text)
                break
    return [" ".join(" ".join(parts).split()) for parts in said]


def read_letters(looks: Sequence[Gray]) -> list[str]:
    """What the recogniser without Vietnamese marks reads, marked so; nothing where it is missing."""
    read = [recognise(stretched(look)) for look in looks]
    return [f"{LETTERS_ONLY}{text}" for one in read if one and (text := " ".join(one.text.split()))]


def known_names(looks: Iterable[Gray]) -> list[str]:
    """The names of known syllables that each look may be, marked so, until two looks agree."""
    found: list[KnownName] = []
    agreed: set[str] = set()
    for look in looks:
        names = read_known_name(stretched(look))
        found += names
        sure = {one.text for one in names[:1] if one.share >= _SURE_SHARE}
        if sure & agreed:
            break
        agreed |= sure
    return [f"{KNOWN_NAME}{100 * one.share:.0f} {one.text}" for one in found]


def stretched(strip: Gray) -> Gray:
    """Ink to black and paper to white: the engine tells them apart once for the whole sheet."""
    black, paper = (float(v) for v in np.percentile(strip, (1, 60)))
    if paper - black < _LEAST_CONTRAST:
        return strip
    span = (strip.astype(np.float32) - black) * (WHITE / (paper - black))
    return np.asarray(np.clip(span, 0, WHITE), np.uint8)
