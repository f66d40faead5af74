"""Arrival stamps (dấu ĐẾN): found by their frame, read apart, taken out of the text.

A stamp overprints whatever stood there, leans, and loses parts of its frame; its values are written by
hand. Every rectangle of the right size and place is read, and only one that says what a stamp says counts.

Source: Decree 30/2020/NĐ-CP, Appendix IV, form V: 50 × 35 mm; TÊN CƠ QUAN / ĐẾN | Số, Ngày / Chuyển / Số và
ký hiệu HS. Offices also use lower ones (about 48 × 20 mm) with `Giờ` in the place of `Số`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from rapidfuzz.distance import Levenshtein

from documents.page import Box, Line, Region, RegionKind, Word, around
from documents.text import fold
from ocr.cleaning import CleanPage
from ocr.cuts import Cut, cut_out, without_rules
from ocr.engine import Engine, Layout
from ocr.frames import Frame
from ocr.inks import all_ink, black_and_white, ink_only, stamp_ink, stamp_ink_sharp
from ocr.marks import columns_of
from ocr.raster import WHITE, Gray, Pixels, crop
from ocr.syllables import count_sensible

_WIDTH_MM, _HEIGHT_MM = (25.0, 80.0), (14.0, 55.0)
_ASPECT = (0.9, 3.6)
_LOWEST = 0.7
_DRAWN = 2.0
_MOST_READ = 4
_SURELY_DRAWN = 3.0
_MOST_TOLD = 5
"""Sensible words up to which a frame may be an unread stamp; a box of text has more."""
_SAYS_ENOUGH = 2
_SAYS_PLENTY = 4
_VALUES = 2
_VALUE_LABELS = (re.compile(r"(?<![a-z])s[oae]\s*[:;.,]"), re.compile(r"ng[ao]y"))
_AGAIN_DPI = 400
_WORDS = ("ngay", "gio", "so", "chuyen", "ho so")
"""What a stamp says besides ĐẾN, folded."""
_NOT_STAMP = ("nguoi ky", "ky boi", "thoi gian ky", "email", "ma so thue")
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
    lines = _read_stamp(clean, frame.box, frame.tilt_deg, frame.ink, engine)
    if what_it_says(lines) >= _SAYS_ENOUGH:
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


def _read_stamp(clean: CleanPage, box: Box, tilt_deg: float, ink: str, engine: Engine) -> tuple[Line, ...]:
    seen = cut_out(clean.seen.pixels, box, dpi=clean.seen.dpi, tilt_deg=tilt_deg)
    return _best_reading(_in_own_ink(seen, ink), _in_every_ink(seen), engine)


def read_stamp_again(
    clean: CleanPage, box: Box, tilt_deg: float, ink: str, engine: Engine
) -> tuple[Line, ...]:
    """Read a stamp by other means than the first time: larger, its ink cut out hard, black or white."""
    seen = cut_out(clean.seen.pixels, box, dpi=clean.seen.dpi, tilt_deg=tilt_deg, to_dpi=_AGAIN_DPI)
    return _best_reading(_in_own_ink_again(seen, ink), _in_every_ink_again(seen), engine)


Ways = Iterator[tuple[Cut, Layout]]


def _in_own_ink(seen: Cut, ink: str) -> Ways:
    if _is_told_by_colour(seen, ink):
        bare = without_rules(replace(seen, pixels=stamp_ink(seen.pixels)))
        yield bare, Layout.BLOCK
        yield bare, Layout.SPARSE


def _in_every_ink(seen: Cut) -> Ways:
    """With the print under the stamp, and with values written by a black pen."""
    plain = replace(seen, pixels=all_ink(seen.pixels))
    yield without_rules(plain), Layout.BLOCK
    yield plain, Layout.SPARSE
    yield without_rules(plain), Layout.SPARSE


def _in_own_ink_again(seen: Cut, ink: str) -> Ways:
    if _is_told_by_colour(seen, ink):
        yield without_rules(replace(seen, pixels=stamp_ink_sharp(seen.pixels))), Layout.BLOCK
        yield without_rules(replace(seen, pixels=ink_only(seen.pixels))), Layout.SPARSE


def _in_every_ink_again(seen: Cut) -> Ways:
    plain = replace(seen, pixels=black_and_white(all_ink(seen.pixels)))
    yield without_rules(plain), Layout.BLOCK
    yield without_rules(plain), Layout.SPARSE


def _is_told_by_colour(seen: Cut, ink: str) -> bool:
    return ink != "black" and seen.pixels.ndim == 3


def _best_reading(own_ink: Ways, every_ink: Ways, engine: Engine) -> tuple[Line, ...]:
    """The reading that says most; in its own ink where that shows the form.

    Values that a black pen or a numbering machine put into a coloured form come from the other picture, and
    nothing else of it: it shows the print under the stamp as well.
    """
    best = _first_full_reading(own_ink, engine)
    if what_it_says(best) < _SAYS_PLENTY:
        return max(best, _first_full_reading(every_ink, engine), key=_worth)
    if _rows_with_digits(best) == 0:
        best = _with_values(best, _first_full_reading(every_ink, engine))
    return best


def _with_values(lines: Sequence[Line], others: Sequence[Line]) -> tuple[Line, ...]:
    """Return `lines` with the rows of number and day from `others` where only those hold digits.

    The tall ĐẾN beside two rows makes the engine lose one of them now and then.
    """
    done = list(lines)
    for label in _VALUE_LABELS:
        row = next((line for line in others if _is_valued(line, label)), None)
        if row is None or any(_is_valued(line, label) for line in done):
            continue
        done = [line for line in done if not label.search(fold(line.text))]
        done = sorted((*done, row), key=lambda line: line.box.middle[1])
    return tuple(done)


def _is_valued(line: Line, label: re.Pattern[str]) -> bool:
    return any(c.isdigit() for c in line.text) and label.search(fold(line.text)) is not None


def _first_full_reading(ways: Ways, engine: Engine) -> tuple[Line, ...]:
    best: tuple[Line, ...] = ()
    for picture, layout in ways:
        lines = picture.lines_on_page(engine.read_lines(picture.pixels, dpi=picture.dpi, layout=layout))
        lines = tuple(line for line in lines if any(c.isalnum() for c in line.text))
        more, less = (lines, best) if _worth(lines) > _worth(best) else (best, lines)
        best = _with_values(more, less)
        if what_it_says(best) >= _SAYS_PLENTY and _rows_with_digits(best) >= _VALUES:
            break
    return best


def _worth(lines: Sequence[Line]) -> tuple[int, int]:
    says = min(what_it_says(lines), _SAYS_PLENTY)
    return says, 2 * _rows_with_digits(lines) + count_sensible(line.text for line in lines)


def _rows_with_digits(lines: Sequence[Line]) -> int:
    """How many of the rows number and day have a value, 0 to 2."""
    return sum(any(_is_valued(line, label) for line in lines) for label in _VALUE_LABELS)


def what_it_says(lines: Sequence[Line]) -> int:
    """Return how much the lines say that an arrival stamp says; 2 is enough, 0 is nothing."""
    printed = " ".join(line.text for line in lines)
    said = fold(printed)
    if any(foreign in said for foreign in _NOT_STAMP):
        return 0
    words = ["".join(c for c in word if c.isalpha()) for word in said.split()]
    return _arrived(printed) + sum(_is_among(word, words, said) for word in _WORDS)


def _arrived(printed: str) -> int:
    """2 for a word ĐẾN in capitals, 1 for one that is nearly so: `đơn`, `đến` and `bên` are no stamps."""
    letters = ("".join(c for c in word if c.isalpha()) for word in printed.split())
    capitals = {fold(word) for word in letters if len(word) > 1 and word == word.upper()}
    return 2 if "den" in capitals else int(any(Levenshtein.distance(word, "den") == 1 for word in capitals))


def _is_among(word: str, words: Sequence[str], said: str) -> bool:
    if " " in word:
        return word in said
    if len(word) <= 2:
        return word in words or f"{word}:" in said
    return any(
        abs(len(w) - len(word)) <= 1 and Levenshtein.distance(w, word) <= len(word) // 3 for w in words
    )


def find_unframed_stamps(clean: CleanPage, lines: Sequence[Line], engine: Engine) -> tuple[Region, ...]:
    """Look for a stamp whose frame is worn away, by `(CÔNG VĂN) ĐẾN` standing in capitals by itself."""
    found: list[Region] = []
    for line in lines:
        for part in columns_of(line):
            word = _lone_arrival(part)
            if word is None or any(word.box.overlap(r.box) for r in found):
                continue
            box = _reach(part.box, clean)
            read = _read_stamp(clean, box, 0.0, "black", engine)
            if what_it_says(read) > _SAYS_ENOUGH:
                found.append(_trimmed(Region(RegionKind.ARRIVAL_STAMP, box, read, "black")))
    return tuple(found)


def _trimmed(region: Region) -> Region:
    """Keep the rows from the one above ĐẾN to the last that says something: the reach was a guess."""
    saying = [i for i, line in enumerate(region.lines) if what_it_says([line])]
    first = next((i for i in saying if _arrived(region.lines[i].text)), saying[0])
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
        elif clean.seen.has_colour:
            part[_still_coloured(crop(clean.seen.pixels, region.box, margin_px=grow)[0])] = WHITE
    return gray


def _still_coloured(colour: Pixels) -> np.typing.NDArray[np.bool_]:
    """Where ink is coloured and too bright to have black print under it."""
    brightest, darkest = colour.max(axis=2), colour.min(axis=2)
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
