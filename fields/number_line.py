"""The number's line taken apart: what is printed between `Số:` and the notation, and where that place is.

Số: 02 /KH-UBND            number 02, notation KH-UBND
Số: 12-CV/TU               number 12, the Party's hyphen, notation CV/TU
Số: 44/2026/QĐ-UBND        with the year of a legal-normative document
Số: 43ÐTB-ĐHKTCN           the slash lost under a pen: the notation is still known
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.page import Box, Line, Word
from fields.reference_grammar import plain
from fields.typed import looks_typed

_LABEL = re.compile(
    r"^\W{0,4}(?:[Ss5][^\W\d_]{1,2}\s{0,2}[:;.,]?|[Ss5][06]\s{0,2}[:;.,]|N[oº°]\s{0,2}[:;.,])\s*"
)
_GROUP = r"[^\W\d_](?:[^\W_]|[&.+](?=[^\W_]))*(?:\s?&\s?[^\W\d_]+)?"
_MORE = rf"(?:\s?-\s?{_GROUP})"
_PARTY = re.compile(
    rf"^(?P<number>[^/]*?)(?P<year>)\s*-\s*(?P<notation>[A-ZĐa-z]{{1,4}}\s*/\s*{_GROUP}{_MORE}{{0,3}})\W*$"
)
_STATE = re.compile(
    rf"^(?P<number>.*?)\s*/+\s*(?:(?P<year>(?:19|20)\d\d)\s*/\s*)?(?P<notation>{_GROUP}{_MORE}{{0,4}})\W*$"
)
_SLASH_LOST = re.compile(rf"^(?P<number>.*?)(?P<year>)(?P<notation>[A-ZĐ]{{2,}}{_MORE}{{1,4}})\W*$")
_DIGITS = str.maketrans("OoQDlI|iSsBZ", "000011115582")
_NUMBER = re.compile(r"(?P<digits>\d{1,6})(?P<suffix>bis|[a-eA-EđĐ])?")
_DOUBLED = re.compile("ĐÐ|ÐĐ")
_LEAST_JOINED, _LEAST_ALONE = 75.0, 85.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A number line as printed: `printed` is what stands for the number, blank or unread as it may be.

    `number` is None when that is not a number; `mended` says that letters were taken for the digits they
    resemble.
    """

    printed: str
    number: str | None
    suffix: str
    mended: bool
    year: str | None
    notation: str
    separator: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written where the number belongs."""
        return not any(c.isalnum() for c in self.printed)


def split_line(text: str) -> Parts | None:
    """Return the parts of a number line, with or without its label; None when it holds no notation."""
    bare = _LABEL.sub("", plain(_DOUBLED.sub("Đ", text)), count=1)
    for pattern in (_PARTY, _STATE, _SLASH_LOST):
        match = pattern.match(bare)
        if match and sum(c.isupper() for c in match["notation"]) >= 2:
            number, suffix, mended = _read_number(match["number"])
            return Parts(
                printed=match["number"],
                number=number,
                suffix=suffix,
                mended=mended,
                year=match["year"] or None,
                notation=re.sub(r"\s", "", match["notation"]),
                separator="-" if pattern is _PARTY else "/",
            )
    return None


def find_gap(line: Line) -> Box:
    """Return the place between the label and the notation, the line's own height: where the number stands."""
    start, _ = _label_end(line)
    _, end = _notation_start(line)
    return Box(min(start, end), line.box.y0, max(start, end), line.box.y1)


def list_digit_words(line: Line) -> tuple[Word, ...]:
    """Return the words that hold the number's digits, left to right; one may carry label or notation too."""
    _, skip = _label_end(line)
    last, _ = _notation_start(line)
    return tuple(
        w for w in line.words[skip : last + 1] if any(c.isdigit() for c in plain(w.text).split("/")[0])
    )


def is_typed(line: Line) -> bool:
    """Whether the number looks typed: one word, by itself or with the notation; several are a pen's."""
    digits = list_digit_words(line)
    if len(digits) != 1:
        return False
    joined = re.search(r"\d\s*[/-]", plain(digits[0].text)) is not None
    return looks_typed(
        digits, _neighbours(line, digits, joined=joined), _LEAST_JOINED if joined else _LEAST_ALONE
    )


def _read_number(printed: str) -> tuple[str | None, str, bool]:
    """The number, its suffix, and whether letters were taken for digits; None when it cannot be read."""
    bare = printed.strip(" .…_:;,'`-")
    if match := _NUMBER.fullmatch(bare):
        return match["digits"], match["suffix"] or "", False
    digits = sum(c.isdigit() for c in bare)
    if digits and digits * 2 >= len(bare) and (match := _NUMBER.fullmatch(bare.translate(_DIGITS))):
        return match["digits"], match["suffix"] or "", True
    return None, "", False


def _label_end(line: Line) -> tuple[float, int]:
    """The right edge of the label and how many words it takes whole; the left edge without label."""
    first = line.words[0]
    label = _LABEL.match(first.text)
    if label is None:
        return first.box.x0, 0
    if label.end() < len(first.text):
        return first.box.x0 + first.box.width * label.end() / len(first.text), 0
    count = 2 if len(line.words) > 1 and line.words[1].text in {":", ".", ";"} else 1
    return line.words[count - 1].box.x1, count


def _notation_start(line: Line) -> tuple[int, float]:
    """The word that holds the first slash, and its place in it as x; the last word when there is no slash."""
    for index, word in enumerate(line.words):
        at = plain(word.text).find("/")
        if at >= 0:
            return index, word.box.x0 + word.box.width * at / len(word.text)
    return len(line.words) - 1, line.words[-1].box.x0


def _neighbours(line: Line, digits: Sequence[Word], *, joined: bool) -> tuple[Word, ...]:
    """Typed words to compare with: the rest of the line, and a word of digits joined to its notation."""
    return tuple(w for w in line.words if joined or w not in digits)
