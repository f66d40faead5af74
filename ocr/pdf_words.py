"""Words of a PDF page with their places, as PDFium finds them."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from documents.page import Box, Line, Word, around
from documents.text import nfc
from ocr.legacy_text import LegacyEncoding, convert, convert_words, encoding_of_font, may_be_legacy

_DEVICE = 100_000
"""Side of an imaginary square device; PDFium then turns, crops and flips for us."""
_SAME_LINE = 0.5
_NOT_TEXT = frozenset({0, 2, 0xFFFE, 0xFFFF, 0xFFFD})
_MOST_CHARACTERS = 200_000
"""Characters of one page that are looked at: far more than paper can hold."""
_FONT_NAME_BYTES = 128


@dataclass(frozen=True, slots=True)
class Character:
    """A character and its place; a `box` of None separates words.

    `encoding` is set where the name of its font says that it is no Unicode.
    """

    text: str
    box: Box | None
    encoding: LegacyEncoding | None = None


def list_characters(page: pdfium.PdfPage) -> list[Character]:
    """Return the page's characters in the order of its content, as the file gives them."""
    textpage = page.get_textpage()
    try:
        count = min(pdfium_c.FPDFText_CountChars(textpage.raw), _MOST_CHARACTERS)
        characters = [_character(page, textpage, i) for i in range(max(count, 0))]
        if not may_be_legacy("".join(c.text for c in characters)):
            return characters
        return [replace(c, encoding=_encoding(textpage, i)) for i, c in enumerate(characters)]
    finally:
        textpage.close()


def _encoding(textpage: pdfium.PdfTextPage, index: int) -> LegacyEncoding | None:
    name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
    length = pdfium_c.FPDFText_GetFontInfo(textpage.raw, index, name, _FONT_NAME_BYTES, ctypes.c_int())
    return encoding_of_font(name.value.decode("utf-8", "replace")) if length <= _FONT_NAME_BYTES else None


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
    """Join characters to words: at white space, at a jump to another line, at a jump backward.

    Text of an old 8-bit font is made Unicode, by the name of its font or by what it then becomes.
    """
    parts: list[list[Character]] = []
    held: list[Character] = []
    for character in characters:
        if held and (character.box is None or _jumps(held[-1], character)):
            parts.append(held)
            held = []
        if character.box is not None:
            held.append(character)
    if held:
        parts.append(held)
    return [
        Word(text, around(c.box for c in part if c.box))
        for part, text in zip(parts, _texts(parts), strict=True)
    ]


def _texts(parts: Sequence[Sequence[Character]]) -> Iterator[str]:
    """The words in NFC; those whose fonts have no telling name are judged all together."""
    written = ["".join(c.text for c in part) for part in parts]
    is_told = [any(c.encoding for c in part) for part in parts]
    judged = iter(convert_words([text for text, told in zip(written, is_told, strict=True) if not told]))
    for part, told in zip(parts, is_told, strict=True):
        yield nfc(_by_font(part) if told else next(judged))


def _by_font(part: Sequence[Character]) -> str:
    runs = groupby(part, key=lambda c: c.encoding)
    texts = ((encoding, "".join(c.text for c in run)) for encoding, run in runs)
    return "".join(convert(text, encoding) if encoding else text for encoding, text in texts)


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
