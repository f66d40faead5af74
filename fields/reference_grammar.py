"""The grammar of numbers and notations (số, ký hiệu), as printed and as compared.

    state   = [label] number ["/" year] "/" notation        29a/UBND-VX, 79/2010/QĐ-TTg
    party   = [label] number "-" type "/" body              12-CV/TU, 15-KH/TĐTN-VP
    number  = 1*6DIGIT [suffix]
    suffix  = "a".."e" | "bis"                              inserted after the fact: 29a
    year    = 1945..2099
    notation= group *3("-" group)
    group   = letter *(letter | digit | ("&" | "+" | ".") before one of them)

A notation holds at least two capital letters, which drops `mục 3/Chương` and `3/Quý`.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 3; Party guidance 36-HD/VPTW for the hyphen form.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from documents.text import nfc

_LETTER = r"[^\W\d_]"
_GROUP = rf"{_LETTER}(?:[^\W_]|[&.+](?=[^\W_]))*(?:\s?&\s?{_LETTER}+)?"
_NUMBER = rf"(?P<number>\d{{1,6}})\s?(?P<suffix>(?:bis|[a-eA-EđĐ])(?!{_LETTER}))?"
_STATE = re.compile(
    rf"(?<![\w/])(?:{_NUMBER})\s*/\s*(?:(?P<year>19[4-9]\d|20\d\d)\s*/\s*)?"
    rf"(?P<notation>{_GROUP}(?:\s?-\s?{_GROUP}){{0,3}})(?![\w/])"
)
_PARTY = re.compile(
    rf"(?<![\w/])(?:{_NUMBER})\s*-\s*"
    rf"(?P<notation>{_LETTER}{{1,4}}\s*/\s*{_GROUP}(?:\s?-\s?{_GROUP}){{0,2}})(?![\w/])"
)
# One character for one, so that places in the plain text are places in the text as printed.
_PLAIN = str.maketrans(
    {"–": "-", "—": "-", "‑": "-", "−": "-", "_": "-", "~": "-", "\\": "/", "⁄": "/", "∕": "/"}
    | {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "\u00a0": " ", "\n": " ", "\t": " "}
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A number and notation in its parts.

    `as_written` is the printed text, dashes made plain and spaces collapsed; `start` and `end` are its
    place in the text that was searched (as NFC). `number` keeps its leading zeros. `separator` is `/`, or
    `-` for the Party's form.
    """

    as_written: str
    number: str
    suffix: str
    year: str | None
    notation: str
    separator: str = "/"
    start: int = 0
    end: int = 0

    @property
    def registered(self) -> str:
        """As it is entered in the register: `02/KH-UBND`, `79/2010/QĐ-TTg`, `12-CV/TU`."""
        year = f"{self.year}/" if self.year else ""
        return f"{self.number}{self.suffix}{self.separator}{year}{self.notation}"

    @property
    def match_key(self) -> str:
        """What two writings of the same reference share: `2/KH-UBND`, `79/2010/QD-TTG`."""
        return fold_notation(f"{self.number.lstrip('0') or '0'}{self.suffix}{self.registered[self._cut :]}")

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of the notation: `("QĐ", "UBND")`; for the Party's form too: `("CV", "TU")`."""
        return tuple(re.split(r"[-/]", self.notation))

    @property
    def _cut(self) -> int:
        return len(self.number) + len(self.suffix)


def fold_notation(text: str) -> str:
    """Return `text` in capitals without marks and spaces, Đ as D: the form notations are compared in."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return _SPACE.sub("", bare).upper().replace("Đ", "D")


def plain(text: str) -> str:
    """Return `text` in NFC, dashes, slashes and look-alike letters made plain, one for one."""
    return nfc(text).translate(_PLAIN)


def parse_reference(text: str) -> tuple[Reference, ...]:
    """Return every number and notation in `text`, left to right; dates and fractions are not taken.

    The Party's form is tried first, since `12-CV/TU` would otherwise be read from its middle.
    """
    line = plain(text)
    found: list[Reference] = []
    for pattern, separator in ((_PARTY, "-"), (_STATE, "/")):
        for match in pattern.finditer(line):
            if any(match.start() < f.end and f.start < match.end() for f in found):
                continue
            if _counts(match["notation"]):
                found.append(_reference(match, separator))
    return tuple(sorted(found, key=lambda f: f.start))


def _counts(notation: str) -> bool:
    return sum(c.isupper() for c in notation) >= 2


def _reference(match: re.Match[str], separator: str) -> Reference:
    parts = match.groupdict()
    return Reference(
        as_written=_SPACE.sub(" ", match[0]).strip(),
        number=match["number"],
        suffix=match["suffix"] or "",
        year=parts.get("year"),
        notation=_SPACE.sub("", match["notation"]),
        separator=separator,
        start=match.start(),
        end=match.end(),
    )
