"""Vietnamese text as people type it and as machines must compare it.

Text is Unicode NFC from the moment it enters. Showing keeps every mark; comparing uses `fold`, our own
notion of a letter without marks, because neither SQLite's FTS5 nor RE2 folds `đ`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
# Eth and the African D look like Đ on paper and are met in OCR and in old files.
_LOOKALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "–": "-", "—": "-", "‑": "-", "\u00a0": " "})
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_OLD_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_OLD_TONE = re.compile(r"(?<![qQ])(" + "|".join(_OLD_TONES) + r")(?!\w)", re.IGNORECASE)


def nfc(text: str) -> str:
    """Return `text` in Unicode NFC; the form of every stored string."""
    return unicodedata.normalize("NFC", text)


def tidy(text: str) -> str:
    """Return `text` in NFC with look-alike letters and dashes made plain and white space collapsed."""
    return _SPACES.sub(" ", nfc(text).translate(_LOOKALIKES)).strip()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return the search key of `text`: lower case, no marks, đ as d, white space collapsed.

    >>> fold("Thực hiện công tác thông tin ĐỐI NGOẠI")
    'thuc hien cong tac thong tin doi ngoai'
    """
    bare = "".join(c for c in unicodedata.normalize("NFD", tidy(text)) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D").lower()


def fold_in_place(text: str) -> str:
    """Return `text` in lower case without marks, letter for letter, so that places in both are the same.

    >>> fold_in_place("Chậm nhất là ngày")
    'cham nhat la ngay'
    """
    return "".join(_fold_letter(letter) for letter in text)


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    if letter.isspace():
        return letter
    bare = fold(letter)
    return bare if len(bare) == 1 else "?"


def visible(text: str) -> str:
    """Return `text` in NFC with characters that hide or reorder others shown by their number.

    For names of files and other people's text in mails, notes and screens: control characters, bidi and
    zero-width marks, line separators, lone surrogates and private letters.

    >>> visible("hoa don" + chr(0x202E) + "fdp.exe")
    'hoa don⟨U+202E⟩fdp.exe'
    """
    return "".join(f"⟨U+{ord(c):04X}⟩" if unicodedata.category(c) in _HIDDEN else c for c in nfc(text))


def letters_of(text: str) -> str:
    """Return what two readings of `text` must have in common: letters with their marks and digits.

    >>> letters_of("V/v: Uỷ ban, số 12")
    'vvủybansố12'
    """
    return "".join(c for c in same_tone(tidy(text)).casefold() if c.isalnum())


def same_tone(text: str) -> str:
    """Return `text` with tone marks of open syllables placed the newer way (hoà → hòa, uỷ → ủy).

    After `q` the `u` belongs to the consonant, so *quý* keeps its only form.
    """

    def newer(match: re.Match[str]) -> str:
        old = match[1]
        new = _OLD_TONES[old.lower()]
        return "".join(n.upper() if o.isupper() else n for o, n in zip(old, new, strict=True))

    return _OLD_TONE.sub(newer, nfc(text))
