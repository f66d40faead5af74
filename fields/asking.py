"""Tell whether the sentence around a dated phrase asks something of its reader; else the day is no deadline.

A day may also say since when a rule holds (`có hiệu lực từ ngày …`), what happened (`Trong tháng 02 số ca mắc
tăng`) or which paper is meant (`Căn cứ …`). What decides stands in the sentence, in the line that introduces
a list of items (`đề nghị các đơn vị:`), or for a bare `Thời hạn: trước ngày …` in the sentence before.

    sure    = "chậm nhất" | "hạn chót" | "hạn cuối" | "hạn nộp" | "thời hạn gửi" | …    asks by itself

What the words say is in `fields.asking_words`.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from fields.asking_words import ABOUT, ASKING, CITES, OF_A_STATE, Says, list_signals
from fields.running_text import fold_in_place


class DatedKind(Enum):
    """How much a dated phrase says of itself that it is a deadline."""

    SURE = "sure"
    """`chậm nhất ngày …`: a deadline unless the sentence is about validity or cites a paper."""
    DAY = "day"
    """`trước ngày …`: a deadline where the sentence asks something."""
    PERIOD = "period"
    """`trong tháng …`: a deadline where the nearest verb asks something."""


_LABEL = re.compile(r"\W{0,6}(?:\w{1,2}[.)]\W{0,3})?(?:thoi (?:gian|han|diem)|tien do|han)\b")
_ITEM = re.compile(r"\s*(?:[-–—+•*~«=»]+\s?|\d{1,2}(?:\.\d{1,2})*\s?[.)/]\s|[a-zđ]\s?[.)]\s)\s*")
_BREAK = re.compile(
    r"(?P<stop>[.?!…][\"”)»]*)(?=\s+[\"“(]?(?P<next>[\w\-–—+•*]))"
    r"|\n(?=\s*(?:[-–—+•*~«=]\s?\w|\d{1,2}(?:\.\d{1,2})*\s?[.)/]\s|[a-zđ]\s?[.)]\s))"
    r"|(?<=:)\s*\n"
)
_SHORT = re.compile(
    r"(?:^|[\s(.])(?:TP|Tp|ThS|Ths|TS|BS|Bs|PGS|GS|DS|KS|CN|KT|TM|TL|TUQ|Q|P|ĐT|Tel|Tr|St|BSCK\w*|[A-ZĐ])$"
)
_NUMBERED = re.compile(r"(?:^|[\n.;:]\s+)(?:\d{1,2}(?:\.\d{1,2})*|[a-zđIVX]{1,4})$")
_MOST_HEADINGS = 3
_REACH = 700
"""How many letters of a sentence are looked at on either side: tables have no full stops."""
_NEAR = 160
"""How far before a phrase the word stands at most that rules it, in letters."""
_BARE = 24
"""Letters that a sentence has besides its phrase when it leans on the sentence before."""
_STRAYS = 2
"""Sentences without a mark of an item that may stand between an item and the line that introduces it."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    is_item: bool
    is_heading: bool


class Sentences:
    """A text cut into sentences and items, to be asked about its dated phrases.

    `text` is printed text with a newline at each line end; places are offsets in it.
    """

    def __init__(self, text: str) -> None:
        self._folded = fold_in_place(text).replace("\n", " ")
        self._small = text.lower().replace("\n", " ") if len(text.lower()) == len(text) else self._folded
        self._sentences = tuple(_list_sentences(text))
        self._starts = [s.start for s in self._sentences]

    def ask_by(self, start: int, end: int, kind: DatedKind) -> bool:
        """Whether the phrase at `start`:`end` is by when something is asked of the reader."""
        at = max(bisect.bisect_right(self._starts, start) - 1, 0)
        sentence = self._sentences[at]
        left, right = max(sentence.start, start - _REACH), max(end, min(sentence.end, end + _REACH))
        clause = self._folded.rfind(";", left, start) + 1 or left
        if CITES.match(self._folded, clause) and not self._orders_after_citing(clause, start):
            return False
        before, after = self._signals(left, start), self._signals(end, right)
        inside = {says for _, says in self._signals(start, end)}
        if Says.HOLD in inside:
            return False
        nearest = before[-1][1] if before and before[-1][0] >= max(clause, start - _NEAR) else None
        if nearest is Says.HOLD or (after[:1] and after[0][1] is Says.HOLD and after[0][0] < end + 20):
            return False
        if kind is DatedKind.SURE:
            return True
        if OF_A_STATE.search(self._folded, max(left, start - 24), start):
            return False
        if kind is DatedKind.PERIOD:
            return self._asks_near(nearest, [says for _, says in after], at)
        said = {says for _, says in (*before, *after)} | (inside - {Says.ACT})
        if Says.ORDER in said or Says.HAND in said or (Says.ACT in said and Says.REPORT not in said):
            return True
        bare = sentence.end - sentence.start - (end - start) < _BARE
        leans_back = bare or _LABEL.match(self._folded, sentence.start)
        return bool(leans_back and at and self._asks(self._sentences[at - 1])) or self._introduced(at)

    def _asks_near(self, nearest: Says | None, after: list[Says], at: int) -> bool:
        if nearest is not None:
            return nearest in ASKING and (nearest is not Says.ACT or Says.REPORT not in after)
        introduced = self._introduced(at)
        first = next(iter(after), None)
        if first is Says.ACT:
            return introduced or (Says.ORDER in after and Says.REPORT not in after)
        return first in ASKING or (first is None and introduced)

    def _orders_after_citing(self, clause: int, start: int) -> bool:
        """`Căn cứ Công văn …, Sở đề nghị … trước ngày …` asks after all."""
        comma = self._folded.find(",", clause, start)
        return comma >= 0 and any(
            says is Says.ORDER or (says is Says.HAND and not ABOUT.search(self._folded, comma, place))
            for place, says in self._signals(comma, start)
        )

    def _introduced(self, at: int) -> bool:
        """Whether a line with a colon that introduces this item, or one above it, asks something."""
        return any(self._asks(heading) for heading in self._headings(at))

    def _headings(self, at: int) -> Iterator[_Sentence]:
        found = strays = 0
        for one in reversed(self._sentences[:at]):
            if one.is_heading:
                yield one
                found += 1
                if found == _MOST_HEADINGS or not one.is_item:
                    return
            elif not one.is_item:
                strays += 1
                if strays > _STRAYS:
                    return

    def _asks(self, sentence: _Sentence) -> bool:
        said = {says for _, says in self._signals(max(sentence.start, sentence.end - _REACH), sentence.end)}
        return Says.ORDER in said or (not said.isdisjoint(ASKING) and Says.REPORT not in said)

    def _signals(self, start: int, end: int) -> list[tuple[int, Says]]:
        """What the words in `start`:`end` say, left to right; the place is where each word ends."""
        if start >= end:
            return []
        said = list_signals(self._folded[start:end], self._small[start:end])
        return [(start + place, says) for place, says in said]


def _list_sentences(text: str) -> Iterator[_Sentence]:
    start, was_item = 0, False
    for end in (*_list_ends(text), len(text)):
        if text[start:end].strip():
            # A sentence that goes on in the line of an item belongs to it.
            goes_on = was_item and "\n" not in text[start : _first_letter(text, start)]
            was_item = goes_on or _ITEM.match(text, start, end) is not None
            yield _Sentence(start, end, was_item, text[start:end].rstrip().endswith(":"))
        start = end


def _list_ends(text: str) -> Iterator[int]:
    start = 0
    for match in _BREAK.finditer(text):
        before = text[max(start, match.start() - 12) : match.start()]
        if not match["stop"] or not (match["next"].islower() or _is_abbreviation(before)):
            start = match.end()
            yield start


def _is_abbreviation(before: str) -> bool:
    return bool(_SHORT.search(before) or _NUMBERED.search(before))


def _first_letter(text: str, start: int) -> int:
    return next((at for at in range(start, len(text)) if not text[at].isspace()), len(text))
