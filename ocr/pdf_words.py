"""Words of a PDF page with their places, as PDFium finds them."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from documents.page import Box, Line, Word, around
from documents.text import nfc

_DEVICE = 100_000
"""Side of an imaginary square device; PDFium then turns, crops and flips for us."""
_SAME_LINE = 0.5
_NOT_TEXT = frozenset({0, 2, 0xFFFE, 0xFFFF, 0xFFFD})
_MOST_CHARACTERS = 200_000
"""Characters of one page that are looked at: far more than paper can hold."""


@dataclass(frozen=True, slots=True)
class Character:
    """A character and its place; a `box` of None separates words."""

    text: str
    box: Box | None


def list_characters(page: pdfium.PdfPage) -> list[Character]:
    """Return the page's characters in the order of its content."""
    textpage = page.get_textpage()
    try:
        count = min(pdfium_c.FPDFText_CountChars(textpage.raw), _MOST_CHARACTERS)
        return [_character(page, textpage, i) for i in range(max(count, 0))]
    finally:
        textpage.close()


def _character(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, index: int) -> Character:
    code = pdfium_c.FPDFText_GetUnicode(textpage.raw, index)
    if code in _NOT_TEXT or chr(code).isspace():
        return Character(" ", None)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium_c.FPDFText_GetCharBox(textpage.raw, index, left, right, bottom, top):
        return Character(" ", None)
    box = box_on(page, (left.value, bottom.value, right.value, top.value))
    return Character(chr(code), box) if box else Character(" ", None)


def box_on(page: pdfium.PdfPage, rect: Sequence[float]) -> Box | None:
    """Carry a rectangle of PDF space (left, bottom, right, top; points) to fractions of the page as shown.

    Rotation and crop box are allowed for. None when it lies outside the page altogether.
    """
    corners = [_on_device(page, rect[i], rect[j]) for i, j in ((0, 1), (2, 3))]
    xs, ys = sorted(c[0] for c in corners), sorted(c[1] for c in corners)
    if xs[1] < 0 or ys[1] < 0 or xs[0] > 1 or ys[0] > 1:
        return None
    return Box(max(xs[0], 0.0), max(ys[0], 0.0), min(xs[1], 1.0), min(ys[1], 1.0))


def _on_device(page: pdfium.PdfPage, x_pt: float, y_pt: float) -> tuple[float, float]:
    x, y = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page.raw, 0, 0, _DEVICE, _DEVICE, 0, x_pt, y_pt, x, y)
    return x.value / _DEVICE, y.value / _DEVICE


def list_words(characters: Iterable[Character]) -> list[Word]:
    """Join characters to words: at white space, at a jump to another line, at a jump backward."""
    words: list[Word] = []
    held: list[Character] = []
    for character in characters:
        if held and (character.box is None or _jumps(held[-1], character)):
            words.append(_word(held))
            held = []
        if character.box is not None:
            held.append(character)
    if held:
        words.append(_word(held))
    return words


def _word(characters: Sequence[Character]) -> Word:
    return Word(nfc("".join(c.text for c in characters)), around(c.box for c in characters if c.box))


def _jumps(before: Character, after: Character) -> bool:
    if before.box is None or after.box is None:
        return True
    em = max(before.box.height, after.box.height)
    apart = after.box.y0 > before.box.y1 + em or after.box.y1 < before.box.y0 - em
    return apart or after.box.x1 < before.box.x0 - em or after.box.x0 > before.box.x1 + 2 * em


def characters_added(before: Sequence[Character], after: Sequence[Character]) -> list[Character]:
    """Return the characters of `after` that `before` does not hold, with the breaks between them."""
    left = Counter((c.text, c.box.as_list().__str__()) for c in before if c.box)
    added: list[Character] = []
    for character in after:
        key = (character.text, character.box.as_list().__str__()) if character.box else None
        if key is None:
            added.append(character)
        elif left[key] > 0:
            left[key] -= 1
            added.append(Character(" ", None))
        else:
            added.append(character)
    return added


def put_in_lines(words: Sequence[Word]) -> tuple[Line, ...]:
    """Group words to lines, top to bottom.

    Words that follow each other in the file on one height form a line, so that the cells of a table and
    the two columns of a head stay apart where the file keeps them apart. A stray word that stands inside
    a gap of another line (a number stamped between `Số:` and `/`) is set into it.
    """
    runs: list[list[Word]] = []
    for word in words:
        if runs and _continues(runs[-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    whole = [run for run in runs if len(run) > 2]
    for stray in (run for run in runs if len(run) <= 2):
        host = next((run for run in whole if _has_gap_for(run, stray)), None)
        if host is None:
            whole.append(stray)
        else:
            host.extend(stray)
            host.sort(key=lambda w: w.box.x0)
    lines = [Line(tuple(run)) for run in whole]
    return tuple(sorted(lines, key=lambda line: (line.box.y0, line.box.x0)))


def _continues(run: Sequence[Word], word: Word) -> bool:
    return _on_one_height(run[-1].box, word.box) and word.box.x0 >= run[-1].box.x0


def _on_one_height(one: Box, other: Box) -> bool:
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared > _SAME_LINE * min(one.height, other.height)


def _has_gap_for(run: Sequence[Word], stray: Sequence[Word]) -> bool:
    box = around(w.box for w in stray)
    inside = run[0].box.x0 <= box.x0 and box.x1 <= run[-1].box.x1
    return (
        inside
        and all(_on_one_height(w.box, box) or abs(w.box.middle[1] - box.middle[1]) < box.height for w in run)
        and not any(w.box.x0 < box.middle[0] < w.box.x1 for w in run)
    )
