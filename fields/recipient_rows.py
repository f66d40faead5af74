"""The copy list read a second time, alone and larger: what both readings say, line by line.

For `fields.read`: `list_recipient_looks(layout, found)` and `check_recipients(found, answers)`.

A look with `Alphabet.LIST` is answered with the lines of the list, each followed by what a recogniser of
another kind sees of it, without Vietnamese marks. Where two readings of a line differ, the one is taken whose
words can be spelled so and whose letters the other recogniser saw.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from documents.looks import LETTERS_ONLY, Alphabet, SecondLook, SecondReading, leaves_out
from documents.page import Box, Source
from documents.reading import FieldName, FieldReading, Found
from documents.syllables import is_spelled_right
from documents.text import fold, nfc, same_tone
from fields.layout import Layout
from fields.recipients import ListPlace, find_list_place, is_kept, is_label, join_items
from fields.verdict import checked, doubted

_LEFT, _RIGHT, _LEAST_WIDTH, _MOST_RIGHT = 0.012, 0.03, 0.28, 0.62
"""Around the list and its least width, in fractions of the page's width."""
_ABOVE, _OPEN, _BELOW = 6.0, 5.0, 1.2
"""Heights of a line looked at above a list without its label, below an open list and below a closed one."""
_ALIKE, _SEEN = 60, 75
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Again:
    """An item of the second reading; `letters` is what the recogniser without marks saw, folded."""

    text: str
    letters: str | None


def list_recipient_looks(layout: Layout, found: Found | None) -> tuple[SecondLook, ...]:
    """Where the list should be read a second time: nowhere when it is the file's own text or not there."""
    place = find_list_place(layout)
    if place is None or (found is not None and found.source is Source.TEXT_LAYER):
        return ()
    return (SecondLook(FieldName.RECIPIENTS, place.page, _where(place), Alphabet.LIST),)


def _where(place: ListPlace) -> Box:
    box, lines = place.box, place.lines
    height = min((line.box.height for line in lines), default=place.label.box.height)
    above = 0.25 if is_label(place.label.text) else _ABOVE
    below = _BELOW if lines and is_kept(lines[-1].text) else _OPEN
    right = max(min(box.x1 + _RIGHT, _MOST_RIGHT), box.x0 + _LEAST_WIDTH)
    return Box(
        max(box.x0 - _LEFT, 0.0),
        max(box.y0 - above * height, 0.0),
        min(right, 1.0),
        min(box.y1 + below * height, 1.0),
    )


def check_recipients(found: Found | None, answers: Iterable[SecondReading] = ()) -> FieldReading:
    """Return the copy list; checked when the file's own text or both readings gave it whole, up to `Lưu`."""
    name = FieldName.RECIPIENTS
    again = [a for a in answers if a.look.field is name and a.text]
    second = _items_of(again[0].text or "") if again else []
    first = [str(item) for item in found.value] if found and isinstance(found.value, list) else []
    items = _merged(first, second)
    if not items:
        return FieldReading(name=name)
    merged = replace(found, value=items) if found else Found(items, again[0].look.page, again[0].look.box)
    source = merged.source
    if not is_kept(items[-1]):
        return doubted(name, merged, "Danh sách nơi nhận chưa thấy dòng “Lưu”, có thể còn thiếu.")
    if source is Source.TEXT_LAYER:
        return checked(name, merged, "Danh sách lấy từ chữ có sẵn trong tệp và kết thúc ở dòng “Lưu”.")
    if not second:
        return doubted(name, merged, "Danh sách nơi nhận mới đọc được một lần.")
    if len(first) == len(second) and all(map(agree, first, second)):
        return checked(name, merged, "Hai máy đọc cho cùng một danh sách, kết thúc ở dòng “Lưu”.")
    return doubted(name, merged, "Hai lần đọc danh sách nơi nhận khác nhau ở vài chữ.")


def _items_of(text: str) -> list[Again]:
    """The items of an answer, from after the label to `Lưu`."""
    lines: list[str] = []
    letters: list[str | None] = []
    for row in text.splitlines():
        if row.startswith(LETTERS_ONLY):
            letters[-1:] = [row.removeprefix(LETTERS_ONLY)] if letters else []
        elif lines and is_kept(lines[-1]):
            break
        elif is_label(" ".join(row.split()[:2])):
            # The recogniser's reading of the label's row is passed over with it.
            lines, letters = [], []
        elif row.strip():
            lines.append(row)
            letters.append(None)
    return [Again(item.text, joined(letters[at] for at in item.lines)) for item in join_items(lines)]


def joined(letters: Iterable[str | None]) -> str | None:
    """What the recogniser saw of all lines of an item; None where it did not see each."""
    seen = list(letters)
    return fold(" ".join(text for text in seen if text)) if all(seen) else None


def _merged(first: Sequence[str], second: Sequence[Again]) -> list[str]:
    """Both readings as one list up to `Lưu`: what both have once, the rest where it can be believed."""
    if not second:
        return list(first)
    items: list[str] = []
    mine = theirs = 0
    for i, j in (*_pairs(first, second), (len(first), len(second))):
        items += [text for text in first[mine:i] if _is_sensible(text)]
        items += [again.text for again in second[theirs:j] if _is_seen(again)]
        if i < len(first):
            items.append(_better(first[i], second[j]))
        mine, theirs = i + 1, j + 1
    end = next((at for at, item in enumerate(items, 1) if is_kept(item)), len(items))
    return items[:end]


def _pairs(first: Sequence[str], second: Sequence[Again]) -> list[tuple[int, int]]:
    """Which items of both readings are one, in their order: those that together are most alike."""
    best: list[list[tuple[float, list[tuple[int, int]]]]] = [[(0.0, [])] * (len(second) + 1)]
    for i, mine in enumerate(first):
        row: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
        for j, theirs in enumerate(second):
            alike = fuzz.ratio(fold(mine), fold(theirs.text))
            value, pairs = best[i][j]
            paired = (value + alike, [*pairs, (i, j)]) if alike >= _ALIKE else (value, pairs)
            row.append(max(paired, best[i][j + 1], row[j], key=lambda one: one[0]))
        best.append(row)
    return best[-1][-1][1]


def _better(first: str, second: Again) -> str:
    """Of two readings of an item the one whose words can stand in a list, then the one better seen."""
    if _bare(first) == _bare(second.text):
        return first

    def faults(text: str) -> tuple[int, int, float]:
        letters = fuzz.ratio(fold(text), second.letters) if second.letters else 0.0
        return sum(not _may_stand(word) for word in _WORD.findall(text)), -_count_phrases(text), -letters

    return min((second.text, first), key=faults)


@functools.cache
def _phrases() -> tuple[str, ...]:
    text = (importlib.resources.files("fields") / "data" / "list_phrases.txt").read_text("utf-8")
    return tuple(same_tone(line) for line in text.splitlines() if line and not line.startswith("#"))


def _count_phrases(text: str) -> int:
    """How many phrases of copy lists stand in `text` with their marks."""
    said = same_tone(text).lower()
    return sum(phrase in said for phrase in _phrases())


def agree(first: str, second: Again) -> bool:
    """Whether both readings of an item are the same, and the recogniser saw these letters.

    Abbreviations, for which no spelling vouches, it must have seen exactly; the marks of drafters (`ldluc`)
    may be anything, and are never sure.
    """
    if _bare(first) != _bare(second.text) or second.letters is None:
        return False
    seen = set(_WORD.findall(second.letters))
    codes = [word for word in _WORD.findall(first) if not is_spelled_right(word)]
    if any(not (word.isdecimal() or (word.isalpha() and word.isupper())) for word in codes):
        return False
    return {fold(code) for code in codes} <= seen and _is_borne_out(first, second.letters)


def _is_borne_out(text: str, letters: str) -> bool:
    """Whether the recogniser saw every letter of `text`, but those with marks that it does not know.

    It passes over such letters: where it saw none for an `ô`, there stands rather `ổ` or `ố`.
    """
    shown = ((re.escape(_letters(c)), leaves_out(c)) for c in nfc(text))
    pattern = "".join(f"(?:{letter})?" if unknown else letter for letter, unknown in shown)
    return re.fullmatch(pattern, _letters(letters)) is not None


def _bare(text: str) -> str:
    """What two readings of an item must share: its words with their marks and the signs between them."""
    return re.sub(r"\s+", " ", same_tone(text)).strip(" .;,").replace("Ð", "Đ")


def _letters(text: str) -> str:
    return "".join(_WORD.findall(fold(text)))


def _may_stand(word: str) -> bool:
    """Whether a word can stand in a list: a syllable, an abbreviation in capitals, a number."""
    return is_spelled_right(word) or word.isupper() or word.isdecimal() or len(word) == 1


def _is_sensible(text: str) -> bool:
    """Whether an item that only the first reading has says anything."""
    words = _WORD.findall(text)
    return any(
        len(word) >= 2 and (is_spelled_right(word) or (word.isupper() and word.isalpha())) for word in words
    )


def _is_seen(again: Again) -> bool:
    """Whether an item that only the second reading has was seen by the other recogniser too."""
    if again.letters is None:
        return _is_sensible(again.text) and is_kept(again.text)
    return fuzz.ratio(_letters(again.text), _letters(again.letters)) >= _SEEN and _is_sensible(again.text)
