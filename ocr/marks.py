"""Urgency and secrecy marks: short capital words in a frame, or standing alone.

A secrecy mark ends the run before anything is kept. `bí mật`, `bảo mật`, `mật khẩu` and `khẩn cấp` in
running text are no marks: only a framed word, or capitals that stand alone in a marking position, count.

Source: Decree 30/2020/NĐ-CP, Appendix I, part III, section II, clause 2b (KHẨN 20 × 8 mm, THƯỢNG KHẨN
40 × 8, HỎA TỐC 30 × 8); the secrecy marks are alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from documents.page import Box, Line, Region, RegionKind, Word
from documents.text import fold, nfc
from ocr.cleaning import CleanPage
from ocr.cuts import Cut, cut_out, without_rules
from ocr.engine import Engine, Layout
from ocr.frames import Frame
from ocr.inks import all_ink, black_and_white, ink_only
from ocr.raster import WHITE

SECRET = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
URGENT = ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", "HỎA TỐC HẸN GIỜ")
OTHER = ("XEM XONG TRẢ LẠI", "LƯU HÀNH NỘI BỘ", "TÀI LIỆU THU HỒI")
_LIKE = 72
"""Likeness of folded words, 0 to 100, from which a framed word is one of the known marks."""
_WIDTH_MM, _HEIGHT_MM = (8.0, 62.0), (3.5, 17.0)
_LEAST_ASPECT = 1.3
_LOWEST = 0.6
"""Marks stand in the upper part of page 1."""
_DRAWN = 2.3
_SURELY_FRAMED = 3.4
_MOST_READ = 6
_GAP = 1.2
"""Gap between words, in line heights, that ends a column."""
_CENTRE = (0.42, 0.6)
_FRAME_SHARE, _DEEPEST, _CLOSE_MM, _PAST_FRAME_PX = 0.4, 0.2, 0.8, 4
"""Share of ink that makes a row a stroke, how deep a frame begins, how close its strokes are, its edge."""
_ENOUGH_LOOKS, _SEEN_TWICE = 2, 90.0
_MOST_SIGNS = 4
"""Letters and digits up to which a word may be a damaged MẬT: `CAT77` is none."""
_PEN_INKS = frozenset({"blue"})
"""Inks in which people scribble; a mark in them is read twice unless it is plain."""
_LAYOUTS = (Layout.LINE, Layout.BLOCK, Layout.SPARSE)
_LETTERS = re.compile(r"[^\W\d_]+")
_LABEL = re.compile(r"^(do|muc do)\s+mat\s*[:.]?\s*")


def find_marks(clean: CleanPage, frames: Sequence[Frame], engine: Engine) -> tuple[Region, ...]:
    """Read every frame that has the size and place of a mark.

    A frame drawn on all sides whose word is not known is kept with what was read, so that a person can be
    asked; one that is hardly a frame is dropped.
    """
    likely = sorted((f for f in frames if _may_be_mark(f)), key=lambda f: -f.drawn)[:_MOST_READ]
    regions = (_read_mark(clean, frame, engine) for frame in likely)
    return tuple(region for region in regions if region is not None)


def _may_be_mark(frame: Frame) -> bool:
    sized = (
        _WIDTH_MM[0] <= frame.width_mm <= _WIDTH_MM[1] and _HEIGHT_MM[0] <= frame.height_mm <= _HEIGHT_MM[1]
    )
    shaped = frame.width_mm >= _LEAST_ASPECT * frame.height_mm and frame.box.middle[1] <= _LOWEST
    return sized and shaped and (frame.drawn >= _DRAWN or frame.ink == "red")


def _read_mark(clean: CleanPage, frame: Frame, engine: Engine) -> Region | None:
    cut = cut_out(clean.seen.pixels, frame.box, dpi=clean.seen.dpi, tilt_deg=frame.tilt_deg)
    coloured = frame.ink != "black" and cut.pixels.ndim == 3
    gray = Cut(ink_only(cut.pixels) if coloured else all_ink(cut.pixels), cut.dpi, cut.back)
    inside = _inside(gray)
    ways = [
        *((inside, layout) for layout in (Layout.LINE, Layout.SPARSE)),
        *((without_rules(gray, dots=False), layout) for layout in _LAYOUTS),
    ]
    seen: tuple[Line, ...] = ()
    marks: list[tuple[str, float | None]] = []
    is_told = False
    for bare, layout in ways:
        lines = bare.lines_on_page(engine.read_lines(bare.pixels, dpi=bare.dpi, layout=layout))
        said = " ".join(line.text for line in lines)
        mark = known_mark(said)
        seen = lines or seen
        if mark is not None:
            marks.append((mark, _confidence(lines)))
            is_told = is_told or mark not in SECRET or frame.ink not in _PEN_INKS or says_exactly(said, mark)
            if len(marks) == _ENOUGH_LOOKS or (mark in SECRET and is_told):
                break
    if marks and (is_told or len(marks) == _ENOUGH_LOOKS):
        word = Word(marks[0][0], frame.box, _sureness(marks))
        return Region(RegionKind.FRAMED_MARK, frame.box, (Line((word,)),), frame.ink)
    surely = frame.drawn >= _SURELY_FRAMED
    return Region(RegionKind.FRAMED_MARK, frame.box, seen, frame.ink) if surely else None


def _sureness(marks: Sequence[tuple[str, float | None]]) -> float | None:
    """How sure the first mark is: the engine's word, more when a second look saw it too, 0 when another."""
    words = {mark for mark, _ in marks}
    if len(words) > 1:
        return 0.0
    told = [sure for _, sure in marks if sure is not None]
    return max([*told, _SEEN_TWICE]) if len(marks) == _ENOUGH_LOOKS else max(told, default=None)


def _inside(cut: Cut) -> Cut:
    """Return what stands inside the frame of `cut`, its thick or double strokes cut away, on white.

    From each side inward, the frame ends behind the last row (or column) that is mostly ink.
    """
    ink = black_and_white(cut.pixels) < WHITE
    rows, columns = ink.mean(axis=1), ink.mean(axis=0)
    top, bottom = _frame_depth(rows, cut.dpi), _frame_depth(rows[::-1], cut.dpi)
    left, right = _frame_depth(columns, cut.dpi), _frame_depth(columns[::-1], cut.dpi)
    height, width = ink.shape
    pixels = np.full_like(cut.pixels, WHITE)
    inner = (slice(top, height - bottom), slice(left, width - right))
    pixels[inner] = cut.pixels[inner]
    return Cut(pixels, cut.dpi, cut.back)


def _frame_depth(share: np.typing.NDArray[np.float64], dpi: int) -> int:
    """How many rows from the start belong to the frame: its outer stroke, and an inner one close to it.

    Bold letters are strokes too, but they keep their distance from the frame.
    """
    strokes = np.flatnonzero(share > _FRAME_SHARE)
    if not len(strokes) or strokes[0] > len(share) * _DEEPEST:
        return 0
    gaps = np.flatnonzero(np.diff(strokes) > round(_CLOSE_MM * dpi / 25.4))
    last = strokes[gaps[0]] if len(gaps) else strokes[-1]
    return int(last) + _PAST_FRAME_PX if last < len(share) / 2 else 0


def _confidence(lines: Iterable[Line]) -> float | None:
    told = [w.confidence for line in lines for w in line.words if w.confidence is not None]
    return min(told) if told else None


def known_mark(text: str) -> str | None:
    """Return the mark that a framed `text` is meant to be, with its tone marks; None when it is none.

    >>> known_mark("HOÁ TÓC")
    'HỎA TỐC'
    """
    said = " ".join(_LETTERS.findall(fold(text)))
    signs = sum(c.isalnum() for c in text)
    if 2 <= len(said) <= 4 and signs <= _MOST_SIGNS and Levenshtein.distance(said, "mat") <= 1:
        return "MẬT"
    likeness = {mark: fuzz.ratio(said, fold(mark)) for mark in (*SECRET[1:], *URGENT, *OTHER)}
    best = max(likeness, key=lambda mark: likeness[mark])
    return best if likeness[best] >= _LIKE else None


def says_exactly(text: str, mark: str) -> bool:
    """Whether `text` is `mark` letter for letter, marks of tone aside."""
    return " ".join(_LETTERS.findall(fold(text))) == fold(mark)


def has_secret_mark(lines: Sequence[Line], regions: Iterable[Region]) -> bool:
    """Whether page 1 carries a secrecy mark: in a frame, or as capitals alone in a marking position."""
    framed = (r for r in regions if r.kind is RegionKind.FRAMED_MARK)
    if any(line.text in SECRET for region in framed for line in region.lines):
        return True
    return any(_is_lone_secret(part, lines) for line in lines for part in columns_of(line))


def columns_of(line: Line) -> Iterator[Line]:
    """Yield the parts of a line that wide gaps set apart."""
    held: list[Word] = []
    for before, word in pairwise((None, *line.words)):
        if before is not None and held and word is not None:
            height = max(before.box.height, word.box.height)
            # Heights and widths are fractions of different lengths; an A4 page is 1.41 times as high as wide.
            if word.box.x0 - before.box.x1 > _GAP * height * 1.41:
                yield Line(tuple(held))
                held = []
        if word is not None:
            held.append(word)
    if held:
        yield Line(tuple(held))


def _is_lone_secret(part: Line, lines: Sequence[Line]) -> bool:
    text = nfc(part.text).strip(" .:-|[](){}")
    labelled = _LABEL.match(fold(text))
    bare = text[labelled.end() :] if labelled else text
    if not bare or (bare.upper() != bare and not labelled):
        return False
    if " ".join(_LETTERS.findall(fold(bare))) not in {fold(m) for m in SECRET}:
        return False
    box = part.box
    if box.middle[1] > _LOWEST:
        return False
    return labelled is not None or not (_CENTRE[0] < box.middle[0] < _CENTRE[1] and _goes_on(box, lines))


def _goes_on(box: Box, lines: Sequence[Line]) -> bool:
    """Whether a title in capitals stands right above: then the word is the title's last line."""
    return any(
        0 < box.y0 - line.box.y0 < 2.2 * box.height and line.text == line.text.upper() and len(line.words) > 1
        for line in lines
    )
