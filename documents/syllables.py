"""Whether text makes sense as Vietnamese: its syllables follow a small grammar, rubbish does not.

A Vietnamese syllable is an onset, a rhyme and one of six tones. Text in an old 8-bit font (TCVN3, VNI) shown
as if it were Unicode, rubbish from a bad OCR layer and a page read upside down all break that grammar.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from documents.text import nfc

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPS, _STOP_TONES = ("c", "ch", "p", "t"), "\u0301\u0323"
"""Endings that only the acute and the dot go with."""
_ONSET = "ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnprstvx]"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oeo oet oi om on ong
ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ uơn up ut uy uya uych uyên uyêt
uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu ynh
"""
# Two more, written so that the spelling checker does not take them for English.
_EVERY_RHYME = sorted((*_RHYMES.split(), "i" + "nh", "oe" + "n"), key=len, reverse=True)
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{'|'.join(_EVERY_RHYME)})")
_VOWELS = frozenset("aeiouy")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MARKED = re.compile(r"[\u0300-\u036fđĐ]")


def is_syllable(word: str) -> bool:
    """Whether `word` can be a Vietnamese syllable, with at most one tone mark.

    >>> is_syllable("Quyết"), is_syllable("QuyÕt")
    (True, False)
    """
    apart = unicodedata.normalize("NFD", word.lower())
    if sum(c in _TONES for c in apart) > 1:
        return False
    bare = nfc("".join(c for c in apart if c not in _TONES))
    return _SYLLABLE.fullmatch(bare) is not None


def is_spelled_right(word: str) -> bool:
    """Whether `word` is a syllable whose tone can stand with its end: before c, ch, p, t only two can.

    >>> is_spelled_right("Quyết"), is_spelled_right("Quyềt")
    (True, False)
    """
    apart = unicodedata.normalize("NFD", word.lower())
    bare = "".join(c for c in apart if c.isalpha())
    return is_syllable(word) and (not bare.endswith(_STOPS) or any(c in _STOP_TONES for c in apart))


def sense(texts: Iterable[str]) -> float:
    """Return the share of words, 0 to 1, that are Vietnamese syllables; 0 when there is no word.

    Words in capitals only count when they fit: abbreviations (UBND, QĐ) prove nothing either way.
    """
    words = [word for text in texts for word in _WORD.findall(nfc(text))]
    good = [is_syllable(word) for word in words]
    judged = [fits for word, fits in zip(words, good, strict=True) if fits or word != word.upper()]
    return sum(judged) / len(judged) if judged else 0.0


def marked_share(texts: Iterable[str]) -> float:
    """Return the share of words that carry a mark or a đ; about 0.6 to 0.8 in Vietnamese, 0 in English."""
    words = [word for text in texts for word in _WORD.findall(nfc(text))]
    if not words:
        return 0.0
    return sum(bool(_MARKED.search(unicodedata.normalize("NFD", word))) for word in words) / len(words)


def count_sensible(texts: Iterable[str]) -> int:
    """Return how many longer words are syllables with a mark on them: hard to get by chance."""
    words = [w for text in texts for w in _WORD.findall(nfc(text)) if len(w) >= 3]
    return sum(is_syllable(w) and bool(_MARKED.search(unicodedata.normalize("NFD", w))) for w in words)


def parted(word: str) -> str:
    """Return a word whose syllables lost the space between them with the space put back, else `word`.

    Only where it can be told: the word is no syllable, bears a mark (so that it is Vietnamese and no
    abbreviation), and there is one way to part it, each later syllable beginning with a consonant.

    >>> parted("KHOATỈNH"), parted("ASEAN"), parted("UBND")
    ('KHOA TỈNH', 'ASEAN', 'UBND')
    """
    if is_syllable(word) or not word.isalpha() or not _MARKED.search(unicodedata.normalize("NFD", word)):
        return word
    ways = _ways_to_part(nfc(word))
    return ways[0] if len(ways) == 1 else word


def _ways_to_part(word: str, *, first: bool = True) -> list[str]:
    """Every way to part `word` into syllables; all but the first begin with a consonant."""
    if not first and unicodedata.normalize("NFD", word[0])[0].lower() in _VOWELS:
        return []
    whole = [word] if is_syllable(word) and not first else []
    return whole + [
        f"{word[:at]} {rest}"
        for at in range(2, len(word) - 1)
        if is_syllable(word[:at])
        for rest in _ways_to_part(word[at:], first=False)
    ]
