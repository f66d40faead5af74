"""Arrival stamps (dấu ĐẾN): found by their frame, read apart, taken out of the text.

A stamp overprints whatever stood there, leans, and loses parts of its frame; its values are written by
hand. Every rectangle of the right size and place is read, and only one that says what a stamp says counts.

Source: Decree 30/2020/NĐ-CP, Appendix IV, form V: 50 × 35 mm; TÊN CƠ QUAN / ĐẾN | Số, Ngày / Chuyển / Số và
ký hiệu HS. Offices also use lower ones (about 48 × 20 mm) with `Giờ` in the place of `Số`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from documents.page import Box, Line, Region, RegionKind, Word, around
from documents.syllables import count_sensible
from documents.text import fold
from ocr.cleaning import CALMED_DPI, CleanPage
from ocr.engine import Engine
from ocr.frames import Frame
from ocr.inks import extremes, under_coloured_ink
from ocr.marks import columns_of
from ocr.raster import WHITE, Gray, Pixels, crop
from ocr.stamp_reading import SAYS_ENOUGH, read_stamp, says_arrived, what_it_says

_WIDTH_MM, _HEIGHT_MM = (25.0, 80.0), (14.0, 55.0)
_ASPECT = (0.9, 3.6)
_LOWEST = 0.7
_DRAWN = 2.0
_MOST_READ = 4
_SURELY_DRAWN = 3.0
_MOST_TOLD = 5
"""Sensible words up to which a frame may be an unread stamp; a box of text has more."""
_UNFRAMED_MM = (9.0, 14.0, 18.0)
"""How far a stamp reaches from its word ĐẾN when no frame was found: sideways, up, down."""
_INSIDE = 0.6
_WHOLE = 0.75
_MARGIN_MM = 0.5
_COLOURED, _BRIGHT = 24, 110
_BODY_CONFIDENCE = 60


def find_stamps(clean: CleanPage, frames: Sequence[Frame], engine: Engine) -> tuple[Region, ...]:
    """Return the arrival stamps whose frame was found, each with its lines, top to bottom.

    A frame that looks like a stamp and cannot be read comes without lines: a person should look.
    """
    likely = sorted((f for f in frames if _may_be_stamp(f)), key=lambda f: -f.drawn)[:_MOST_READ]
    read = (_read_frame(clean, frame, engine) for frame in likely)
    return tuple(sorted((r for r in read if r is not None), key=lambda r: r.box.y0))


def _read_frame(clean: CleanPage, frame: Frame, engine: Engine) -> Region | None:
    lines = read_stamp(clean, frame.box, frame.tilt_deg, frame.ink, engine)
    if what_it_says(lines) >= SAYS_ENOUGH:
        return Region(RegionKind.ARRIVAL_STAMP, frame.box, lines, frame.ink)
    told = count_sensible(line.text for line in lines)
    unread = frame.drawn >= _SURELY_DRAWN and told <= _MOST_TOLD
    return Region(RegionKind.ARRIVAL_STAMP, frame.box, (), frame.ink) if unread else None


def _may_be_stamp(frame: Frame) -> bool:
    sized = (
        _WIDTH_MM[0] <= frame.width_mm <= _WIDTH_MM[1] and _HEIGHT_MM[0] <= frame.height_mm <= _HEIGHT_MM[1]
    )
    shaped = _ASPECT[0] <= frame.width_mm / max(frame.height_mm, 1.0) <= _ASPECT[1]
    return sized and shaped and frame.box.middle[1] <= _LOWEST and frame.drawn >= _DRAWN


def find_unframed_stamps(clean: CleanPage, lines: Sequence[Line], engine: Engine) -> tuple[Region, ...]:
    """Look for a stamp whose frame is worn away, by `(CÔNG VĂN) ĐẾN` standing in capitals by itself."""
    found: list[Region] = []
    for line in lines:
        for part in columns_of(line):
            word = _lone_arrival(part)
            if word is None or any(word.box.overlap(r.box) for r in found):
                continue
            box = _reach(part.box, clean)
            read = read_stamp(clean, box, 0.0, "black", engine)
            if what_it_says(read) > SAYS_ENOUGH:
                found.append(_trimmed(Region(RegionKind.ARRIVAL_STAMP, box, read, "black")))
    return tuple(found)


def _trimmed(region: Region) -> Region:
    """Keep the rows from the one above ĐẾN to the last that says something: the reach was a guess."""
    saying = [i for i, line in enumerate(region.lines) if what_it_says([line])]
    first = next((i for i in saying if says_arrived(region.lines[i].text)), saying[0])
    lines = region.lines[max(first - 1, 0) : max(saying[-1], first) + 1]
    return replace(region, lines=lines, box=around(line.box for line in lines))


def _lone_arrival(part: Line) -> Word | None:
    text = [w for w in part.words if any(c.isalpha() for c in w.text)]
    if not text or len(text) > 4 or part.box.middle[1] > _LOWEST:
        return None
    letters = ["".join(c for c in w.text if c.isalpha()) for w in text]
    folded = [fold(word) for word in letters]
    if "den" not in folded or any(word != word.upper() for word in letters):
        return None
    return text[folded.index("den")]


def _reach(box: Box, clean: CleanPage) -> Box:
    side, up, down = _UNFRAMED_MM
    width_mm = clean.seen.width_px / clean.seen.dpi * 25.4
    height_mm = clean.seen.height_px / clean.seen.dpi * 25.4
    return Box(
        max(box.x0 - side / width_mm, 0.0),
        max(box.y0 - up / height_mm, 0.0),
        min(box.x1 + side / width_mm, 1.0),
        min(box.y1 + down / height_mm, 1.0),
    )


def blanked(clean: CleanPage, regions: Iterable[Region]) -> Gray:
    """Return the gray page without stamps and marks, so that they do not disturb the text.

    Black ones are painted over. Of coloured ones only what colour still shows in the gray is painted over:
    what stands under them is text.
    """
    gray = clean.gray.copy()
    grow = round(_MARGIN_MM * clean.seen.dpi / 25.4)
    for region in regions:
        part, _ = crop(gray, region.box, margin_px=grow)
        if region.ink == "black":
            part[:] = WHITE
        elif clean.seen.has_colour and clean.sharpness_dpi < CALMED_DPI:
            part[:] = under_coloured_ink(crop(clean.seen.pixels, region.box, margin_px=grow)[0])
        elif clean.seen.has_colour:
            part[_still_coloured(crop(clean.seen.pixels, region.box, margin_px=grow)[0])] = WHITE
    return gray


def _still_coloured(colour: Pixels) -> np.typing.NDArray[np.bool_]:
    """Where ink is coloured and too bright to have black print under it."""
    brightest, darkest = extremes(colour)
    return np.asarray((brightest - darkest > _COLOURED) & (brightest > _BRIGHT), np.bool_)


def lines_outside(lines: Iterable[Line], regions: Sequence[Region]) -> tuple[Line, ...]:
    """Return the lines without the words that belong to a region set apart.

    Under a coloured stamp the text of the page stays; only rubbish and handwriting are dropped there.
    """
    kept = (tuple(w for w in line.words if not any(_belongs(w, r) for r in regions)) for line in lines)
    return tuple(Line(words) for words in kept if words)


def _belongs(word: Word, region: Region) -> bool:
    if word.box.overlap(region.box) < _INSIDE:
        return False
    if region.ink == "black" or region.ink is None:
        return True
    sure = word.confidence is None or word.confidence >= _BODY_CONFIDENCE
    return not (sure and sum(c.isalpha() for c in word.text) >= 2)


def lines_beside(lines: Iterable[Line], unframed: Sequence[Region]) -> tuple[Line, ...]:
    """Return the lines without the columns that lie nearly whole in a stamp without a frame.

    Its edges are a guess, so a line that runs on beyond them is text and stays.
    """
    kept: list[Line] = []
    for line in lines:
        parts = [p for p in columns_of(line) if not any(p.box.overlap(r.box) > _WHOLE for r in unframed)]
        if words := tuple(word for part in parts for word in part.words):
            kept.append(Line(words))
    return tuple(kept)


def lines_under(lines: Iterable[Line], worn: Sequence[Region]) -> tuple[Line, ...]:
    """Return the lines without what was hardly read in a worn stamp.

    Its print was not painted over and its edges are a guess: what was read surely may be the document's.
    """
    kept = (tuple(w for w in line.words if not any(_is_rubbish_in(w, r) for r in worn)) for line in lines)
    return tuple(Line(words) for words in kept if words)


def _is_rubbish_in(word: Word, region: Region) -> bool:
    unsure = word.confidence is not None and word.confidence < _BODY_CONFIDENCE
    return unsure and word.box.overlap(region.box) >= _INSIDE
