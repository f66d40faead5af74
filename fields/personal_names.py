"""Names of persons as they stand under a signature: `Trần Lưu Quang`, `ThS. Trần Thị Kim Oanh`.

Two to five syllables, each with a capital, the surname first; before it degrees and ranks may stand.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 7 (degrees and ranks only in armed forces,
education, health and science bodies); surnames in `documents/data/surnames.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents import syllables
from documents.names import surnames
from documents.text import fold, nfc, same_tone
from fields.signing_titles import list_titles

_SYLLABLE = re.compile(
    r"(?:ngh?|nh|th|tr|ch|ph|kh|gh|gi|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_DEGREE = re.compile(
    r"(?<!\w)(?:(?:GS|PGS|TSKH|TS|Th\.?[Ss]|KS|CN|LS|NGƯT|NGND|TTND|TTƯT|AHLĐ"
    r"|(?:BS|Bs|DS|Ds)?CK\s?(?:I{1,3}|\d)|(?:BS|Bs|DS|Ds)(?:CK)?|Chuyên\skhoa\s(?:I{1,2}|\d)"
    r"|(?:Phó\s)?Giáo\ssư|(?:Bác|Dược|Thạc|Tiến)\s(?:sĩ|sỹ)|(?:Kỹ|Luật|Dược)\ssư|Cử\snhân"
    r"|(?:Đại|Thượng|Trung|Thiếu)\s(?:tướng|tá|úy))(?:[.,]\s*|\s+(?=[A-ZĐ])))+"
)
_EDGES = " .,:;_-–—~'`\"“”‘’|/\\<>«»›‹^*°()[]{}=+"


def read_person(text: str) -> str | None:
    """Return the person named by `text`, degrees left aside, or None when it is anything else.

    Crumbs at the ends are dropped; an office (`Phó Giám Đốc`) names nobody. A surname that lost or changed
    its marks gets them back when only one surname is written so; the other syllables stay as read.

    >>> read_person("< ThS. Trần Thị Kim Oanh")
    'Trần Thị Kim Oanh'
    """
    words = _DEGREE.sub("", _without_crumbs(text)).split()
    if not 2 <= len(words) <= 5 or not all(_is_syllable(word) for word in words[1:]) or _name_office(words):
        return None
    # Not every listed surname is a Vietnamese syllable (`Rmah`).
    spellings = surnames().get(fold(words[0])) if _has_case(words[0]) else None
    capitals = all(word.isupper() for word in words)
    # Two syllables in capitals are rather an office's, and `Văn Phúc` is a name that lost its surname.
    if spellings is None or (len(words) == 2 and (capitals or fold(words[0]) == "van")):
        return None
    spelled = [s.upper() if capitals else s for s in spellings]
    if words[0] not in spelled and len(spelled) == 1:
        words[0] = spelled[0]
    return " ".join(words)


def is_spelled_right(name: str) -> bool:
    """Whether every syllable of `name` can be Vietnamese with the marks it has, and the surname is listed.

    `Huàng` and `Yấn` are no syllables; OCR makes them of letters under a seal. Names of other peoples
    (`Rmah`) are not spelled so either.
    """
    words = [nfc(word).lower() for word in name.split()]
    known = surnames().get(fold(words[0]), frozenset()) if words else frozenset()
    return any(same_tone(words[0]) == same_tone(s.lower()) for s in known) and all(
        syllables.is_spelled_right(word) for word in words
    )


def mend_person(text: str) -> str | None:
    """Return the person in `text` whose surname lost its first letter (`hạm Trường Thọ`); never proof."""
    words = _without_crumbs(text).split()
    if not words or len(words[0]) < 2:
        return None
    whole = [name for names in surnames().values() for name in names if name[1:] == words[0]]
    return read_person(" ".join([whole[0], *words[1:]])) if len(whole) == 1 else None


def _name_office(words: Sequence[str]) -> bool:
    """Whether an office stands among `words`: some begin with a rare surname, as *Phó* or *Chủ*."""
    said = f" {' '.join(words).lower()} "
    return any(f" {title} " in said for title in list_titles())


def _without_crumbs(text: str) -> str:
    """`text` without what OCR makes of a seal's edge: signs, stray small letters and digits at either end."""
    words = nfc(text).strip(_EDGES).split()
    while words and _is_crumb(words[0]):
        words.pop(0)
    while words and _is_crumb(words[-1]):
        words.pop()
    return " ".join(words).strip(_EDGES)


def _is_crumb(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    return len(letters) <= 2 and not (letters and letters[0].isupper() and len(letters) == len(word))


def _is_syllable(word: str) -> bool:
    return _has_case(word) and _SYLLABLE.fullmatch(fold(word)) is not None


def _has_case(word: str) -> bool:
    return word[:1].isupper() and (word[1:].islower() or word.isupper() or len(word) == 1)
