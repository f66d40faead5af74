"""Vietnamese of the years before Unicode: TCVN3 (ABC) and VNI-Windows text made Unicode again.

Both put Vietnamese letters where Western fonts have others, so that a file's own words come out as
`Céng hßa` or `Coäng hoøa`. TCVN3 has one byte a letter and no capitals with tones: its capital fonts, whose
names end in H, draw small letters as capitals. VNI writes most letters as a vowel and a sign behind it.

Source: TCVN 5712:1993, VN3; the VNI-Windows code page as Unikey has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum

from documents.syllables import is_spelled_right, is_syllable, marked_share, sense
from documents.text import nfc


class LegacyEncoding(Enum):
    """How bytes of an 8-bit font stand for Vietnamese letters."""

    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3_capitals"
    """A font whose small letters are drawn as capitals: `.VnTimeH`."""
    VNI = "vni"


_LEAST_WORDS = 8
_LATIN_1 = 0xFF
_LEAST_SENSE = 0.85
_LEAST_MARKED = 0.35

_TCVN3 = dict(
    zip(
        "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉËÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ®¡¢£¤¥¦§",
        "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_VNI_SINGLE = dict(zip("íìæóòôöîñÍÌÆÓÒÔÖÎÑ", "íìỉĩịơưỵđÍÌỈĨỊƠƯỴĐ", strict=True))
_TONES = ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_VNI_TONES = tuple(zip(("ù", "ø", "û", "õ", "ï"), _TONES, strict=True))
_VNI_HATS = tuple(zip(("â", "á", "à", "å", "ã", "ä"), ("", *_TONES), strict=True))
_VNI_BOWS = tuple(zip(("ê", "é", "è", "ú", "ü", "ë"), ("", *_TONES), strict=True))
_VNI_SIGNS = (
    *(
        (written, letter, _VNI_TONES)
        for written, letter in (*((v, v) for v in "aeouy"), ("ô", "ơ"), ("ö", "ư"))
    ),
    *((written, letter, _VNI_HATS) for written, letter in (("a", "â"), ("e", "ê"), ("o", "ô"))),
    ("a", "ă", _VNI_BOWS),
)
"""The letter written, the letter meant, and what each sign behind it adds; hats and bows come with a tone."""


def _vni_pairs() -> Iterator[tuple[str, str, str]]:
    for written, letter, signs in _VNI_SIGNS:
        yield from ((written, sign, letter + tone) for sign, tone in signs)


def _in_every_case(pairs: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """A capital vowel goes with a capital or a small sign, as the typist had it; so does a small one."""
    for vowel, sign, letter in pairs:
        for written in {sign, sign.upper()}:
            yield vowel + written, nfc(letter)
            yield vowel.upper() + written, nfc(letter).upper()


_VNI: Mapping[str, str] = dict(_in_every_case(_vni_pairs())) | _VNI_SINGLE
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

_REPERTOIRE = {
    LegacyEncoding.TCVN3: frozenset(_TCVN3),
    LegacyEncoding.TCVN3_CAPITALS: frozenset(_TCVN3),
    LegacyEncoding.VNI: frozenset("".join(_VNI)) - frozenset("aeouyAEOUY"),
}
_VIETNAMESE_LATIN_1 = frozenset("ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý")
_SUSPICIOUS = frozenset().union(*_REPERTOIRE.values()) - _VIETNAMESE_LATIN_1
"""Letters and signs that Vietnamese in Unicode never has inside a word."""
_TWINS = str.maketrans({"\u03bc": "µ", "\u2010": "-"})
"""Other code points that programs give for the same glyph of a Western font."""
_TCVN3_FONT = re.compile(r"(?:[A-Z]{6}\+)?\.?Vn(?=[A-Z3])(?P<name>[\w ]+?)(?:[,-].*)?")
_VNI_FONT = re.compile(r"(?:[A-Z]{6}\+)?VNI(?:[-_ ]|(?=[A-Z][a-z])).*")
_LOST_HORN = re.compile(r"(?<=[^\W\d_])-(?![A-Z\d/])|-(?=[^\W\d_A-Z])")
_ASIDE = '.,;:()"“”'


def encoding_of_font(name: str) -> LegacyEncoding | None:
    """Return how a font of that name writes Vietnamese; None for a font that tells nothing.

    >>> encoding_of_font("ABCDEF+.VnTimeH,Bold"), encoding_of_font("VNI-Times"), encoding_of_font("Arial")
    (<LegacyEncoding.TCVN3_CAPITALS: 'tcvn3_capitals'>, <LegacyEncoding.VNI: 'vni'>, None)
    """
    if match := _TCVN3_FONT.fullmatch(name):
        is_capital = match["name"].endswith("H")
        return LegacyEncoding.TCVN3_CAPITALS if is_capital else LegacyEncoding.TCVN3
    return LegacyEncoding.VNI if _VNI_FONT.fullmatch(name) else None


def may_be_legacy(text: str) -> bool:
    """Whether `text` holds a character that only an old encoding puts among Vietnamese letters."""
    return not _SUSPICIOUS.isdisjoint(text.translate(_TWINS))


def convert(text: str, encoding: LegacyEncoding) -> str:
    """Return `text` in Unicode NFC; what the encoding does not know stays.

    A word that already holds letters of Unicode Vietnamese which the encoding lacks is left as it is.

    >>> convert("Céng hßa", LegacyEncoding.TCVN3), convert("Coäng hoøa", LegacyEncoding.VNI)
    ('Cộng hòa', 'Cộng hòa')
    """
    plain = text.translate(_TWINS)
    if any(c.isalpha() and not c.isascii() and c not in _REPERTOIRE[encoding] for c in plain):
        return text
    if encoding is LegacyEncoding.VNI:
        return nfc(_VNI_LETTER.sub(lambda match: _VNI[match[0]], plain))
    letters = _with_horn("".join(_TCVN3.get(c, c) for c in plain))
    return nfc(letters.upper() if encoding is LegacyEncoding.TCVN3_CAPITALS else letters)


def _with_horn(word: str) -> str:
    """Put back the `ư` that stands on the soft hyphen, which programs give as a hyphen: `tr-ớc`, `th-`."""
    whole = _LOST_HORN.sub("ư", word)
    if whole == word or not is_syllable(whole.strip(_ASIDE)):
        return word
    bare = word.strip(_ASIDE + "-")
    return whole if "-" in bare or len(bare) == 1 or not is_syllable(bare) else word


def reads_as_vietnamese(texts: Sequence[str]) -> bool:
    """Whether `texts` are real Vietnamese and long enough to tell."""
    if sum(len(text.split()) for text in texts) < _LEAST_WORDS:
        return False
    return sense(texts) >= _LEAST_SENSE and marked_share(texts) >= _LEAST_MARKED


def guess_encoding(words: Sequence[str]) -> LegacyEncoding | None:
    """Return the one encoding in which `words` become Vietnamese; None when they are, or stay, anything.

    The fonts had no telling names; capitals then come out small.
    """
    if not any(map(may_be_legacy, words)) or reads_as_vietnamese(words):
        return None
    for encoding in (LegacyEncoding.TCVN3, LegacyEncoding.VNI):
        if reads_as_vietnamese([convert(word, encoding) for word in words]):
            return encoding
    return None


def convert_words(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a page of unknown font in Unicode, unchanged unless they are in an old encoding.

    On a page that mixes both, a word that is Vietnamese as it stands is kept.
    """
    encoding = guess_encoding(words)
    if encoding is None:
        return tuple(words)
    become = (convert(word, encoding) for word in words)
    return tuple(w if _is_better(w, new) else new for w, new in zip(words, become, strict=True))


def _is_better(word: str, converted: str) -> bool:
    """Whether a word is Vietnamese as it stands, and cannot be, or is not, what it would become."""
    plain, other = word.strip(_ASIDE), converted.strip(_ASIDE)
    return is_spelled_right(plain) and (any(ord(c) > _LATIN_1 for c in plain) or not is_spelled_right(other))
