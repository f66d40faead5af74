"""Names of bodies as printed in capitals: their lines joined, syllables parted, lost marks given back.

The phrases stand in `data/agency_phrases.txt`: words that names of agencies, schools and hospitals are
made of.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Levenshtein

from documents.syllables import is_syllable, parted
from documents.text import fold, nfc, same_tone
from fields.agencies import restore_marks

_TONES_ABOVE = "\u0300\u0301\u0303\u0309"
_AROUND = " .,:;()'\"“”‘’"
_JOINED_LEVEL = re.compile(r"(?<=\w)-(?=(?:T\wNH|TH\wNH PH\w)\b)")
"""A hyphen that joins the name to the place after it: `SỞ Y TẾ-TỈNH KIÊN GIANG`."""


def join_name(lines: Iterable[str]) -> str:
    """Return a body's name on one line; in crowded capitals the spaces between syllables are often lost."""
    words = _JOINED_LEVEL.sub(r" - ", " ".join(_without_speck(line) for line in lines)).split()
    return " ".join(parted(word) for word in words).strip(" .,:;'\"`|*_~-—")


def _without_speck(line: str) -> str:
    """A line without the full stop after its last syllable: a name has none; after `TP` it stays."""
    bare = line.rstrip(" .'`")
    last = bare.split()[-1:]
    return bare if last and len(last[0]) > 1 and is_syllable(last[0]) else line


def restore_phrases(text: str) -> str:
    """Give runs of words that are known phrases, marks aside, their marks back; all else stays as read.

    A long phrase may also have a letter in eight wrong. A run that is already a known phrase is left alone,
    so that two phrases that differ in marks only are never exchanged.
    """
    words = text.split()
    at = 0
    while at < len(words):
        length = _known_phrase(words, at)
        at += length or 1
    return " ".join(words)


def words_outside_phrases(name: str) -> list[str]:
    """Return the words of `name` that stand in none of its known phrases: their marks are only as read."""
    words = name.split()
    outside: list[str] = []
    at = 0
    while at < len(words):
        length = _known_phrase(words, at)
        outside += [] if length else [words[at]]
        at += length or 1
    return outside


def list_mistoned(text: str) -> list[tuple[str, str]]:
    """Return the runs of words of `text` that are known phrases but for a tone, each with its spelling.

    Coarse print loses the tones over a letter and takes them for one another; the letter and the dot below
    must be the same. A tone where the phrase has none tells other words: `từ vấn đề` is not `tư vấn`.

    >>> list_mistoned("tại các cơ sở y tê")
    [('y tê', 'y tế')]
    """
    words = [word.strip(_AROUND) for word in text.split()]
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(words):
        runs = (words[at : at + length] for length in range(min(8, len(words) - at), 1, -1))
        known = next(((run, spelled) for run in runs if (spelled := _spelling(" ".join(run)))), None)
        if known and _is_mistoned(printed := " ".join(known[0]), known[1]):
            found.append((printed, known[1]))
        at += len(known[0]) if known else 1
    return found


def is_tone_lost(printed: str, spelled: str) -> bool:
    """Whether `printed` lacks tones over letters that `spelled` has and has none of its own in their place.

    >>> is_tone_lost("y tê", "y tế"), is_tone_lost("y tề", "y tế")
    (True, False)
    """
    pairs = zip(same_tone(printed.lower()), same_tone(spelled.lower()), strict=False)
    return all(ours in (theirs, _toneless(theirs)) for ours, theirs in pairs)


def _spelling(run: str) -> str | None:
    return _phrases()[0].get(fold(run))


def _is_mistoned(printed: str, spelled: str) -> bool:
    pairs = list(zip(same_tone(printed.lower()), same_tone(spelled.lower()), strict=False))
    off = [(ours, theirs) for ours, theirs in pairs if ours != theirs]
    return bool(off) and all(
        _toneless(theirs) != theirs and _toneless(ours) == _toneless(theirs) for ours, theirs in off
    )


def _toneless(letter: str) -> str:
    return nfc("".join(c for c in unicodedata.normalize("NFD", letter) if c not in _TONES_ABOVE))


def _known_phrase(words: list[str], at: int) -> int:
    """Set the longest known phrase from `at` right in `words`; the number of words it covers, 0 for none."""
    for length in range(min(8, len(words) - at), 1, -1):
        run = words[at : at + length]
        if phrase := _phrase(" ".join(run)):
            tail = "," if run[-1].endswith(",") else ""
            words[at : at + length] = restore_marks(" ".join(run), phrase + tail).split()
            return length
    return 0


@functools.lru_cache(maxsize=4096)
def _phrase(text: str) -> str | None:
    key = fold(text).strip(" .,:;'")
    exact, by_count = _phrases()
    if key in exact:
        return exact[key]
    words = key.split()
    near = [k for k in by_count.get(len(words), ()) if _is_slip(words, k.split())]
    return exact[near[0]] if len(near) == 1 else None


def _is_slip(read: Sequence[str], known: Sequence[str]) -> bool:
    """Whether one long word of at least three has one letter wrong, and the others are the same."""
    off = [(r, k) for r, k in zip(read, known, strict=True) if r != k]
    if len(off) != 1 or len(known) < 3:
        return False
    r, k = off[0]
    return min(len(r), len(k)) >= 4 and Levenshtein.distance(r, k) <= 1


@functools.cache
def _phrases() -> tuple[dict[str, str], dict[int, list[str]]]:
    lines = (
        (importlib.resources.files("fields") / "data" / "agency_phrases.txt").read_text("utf-8").splitlines()
    )
    spelled: dict[str, set[str]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            spelled.setdefault(fold(line), set()).add(nfc(line))
    exact = {key: forms.pop() for key, forms in spelled.items() if len(forms) == 1}
    by_count: dict[int, list[str]] = {}
    for key in exact:
        by_count.setdefault(len(key.split()), []).append(key)
    return exact, by_count
