"""What several readers saw of one short value that a pen may have written: a best guess, and what is agreed.

Readers of one kind repeat their mistakes, so agreement counts between kinds only: the first reading, the
recogniser on the row, the recogniser on the gap alone, the network for pens on the same gap. A pen that reads
another value for sure is a contradiction; one that only lost a stroke (`199` for `1979`) is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from documents.looks import SecondReader, SecondReading

_ROW, _ROW_MENDED, _GAP, _PEN, _PEN_OTHER, _FIRST, _TYPED = 2.0, 1.0, 2.5, 2.5, 0.8, 1.0, 5.0
"""Weights for the guess alone; they never check anything."""
_STROKES = str.maketrans("/|lI!", "11111")
_CRUMBS = re.compile(r"[\s.,…_:;'`\"-]")
_LEAST_SEEN = 0.5
"""Share of the signs that a reading with strange signs must have seen to bear a value out."""
_TAKEN_FOR = frozenset({("4", "1"), ("7", "1"), ("1", "7"), ("9", "4"), ("4", "9")})
"""Digits by pen that pass for each other: as seen, as meant. Excused only where what was seen cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinions:
    """What each reader saw, as values that can stand at the place; `strange` are row readings that cannot.

    `first` is the first reading, `typed` whether it looks typed; `elsewhere` is what other sources than the
    picture have; `nearly` is what the network for pens holds nearly as likely as `pen`; `told` is False where
    one who read the gap could not tell every digit, and says so with a `?`.
    """

    first: str | None = None
    typed: bool = False
    rows: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    gap: str | None = None
    pen: str | None = None
    nearly: tuple[str, ...] = ()
    told: bool = True
    elsewhere: tuple[str, ...] = ()

    @property
    def guess(self) -> str | None:
        """The value that most speaks for, to be shown; None when nobody saw one."""
        weights: dict[str, float] = defaultdict(float)
        spelled: dict[str, str] = {}
        for value, weight in self._votes():
            weights[_key(value)] += weight
            spelled.setdefault(_key(value), value)
        best = max(weights, key=lambda key: weights[key], default=None)
        return spelled[best] if best is not None else None

    @property
    def agreed(self) -> str | None:
        """The value that independent readers agree on and none contradicts; None when there is none."""
        value = self.guess
        if value is None or any(not _same(row, value) for row in self.rows):
            return None
        if (self.typed and not _same(self.first, value)) or any(not _same(e, value) for e in self.elsewhere):
            return None
        return value if self._is_borne_out(value) else None

    @property
    def seen(self) -> tuple[str, ...]:
        """Every value that a reader gave, the best guess first."""
        given = (self.guess, *self.rows, self.gap, self.pen, *self.elsewhere, self.first)
        by_key: dict[str, str] = {}
        for value in given:
            if value:
                by_key.setdefault(_key(value), value)
        return tuple(by_key.values())

    @property
    def is_empty(self) -> bool:
        """Whether no second reader saw anything."""
        return not (self.rows or self.strange or self.gap or self.pen)

    def _is_borne_out(self, value: str) -> bool:
        in_row = any(_same(row, value) for row in self.rows)
        by_first = _same(self.first, value) or any(_same(e, value) for e in self.elsewhere)
        by_gap, by_pen = _same(self.gap, value), _same(self.pen, value)
        pen_bears = by_pen or any(_same(other, value) for other in self.nearly)
        if in_row and by_first and (self.typed or self.elsewhere):
            return not (self.gap and _same(self.gap, self.pen) and not by_gap)
        if in_row and by_first:
            return (by_gap or by_pen) and (self.pen is None or pen_bears)
        if not by_gap or not self.told or not pen_bears or not self._pen_excludes_others(value):
            return False
        return in_row or (by_pen and bool(self.strange) and all(_fits(s, value) for s in self.strange))

    def _pen_excludes_others(self, value: str) -> bool:
        """Whether the network for pens saw `value`, maybe with a stroke lost, and hardly a stroke more."""
        if self.pen and not _same(self.pen, value) and not _lost_a_stroke(self.pen, value):
            return False
        return not any(_lost_a_stroke(value, other) for other in self.nearly)

    def _votes(self) -> Iterable[tuple[str, float]]:
        if self.first:
            yield self.first, _TYPED if self.typed else _FIRST
        yield from ((row, _ROW) for row in self.rows)
        yield from ((one, _TYPED) for one in self.elsewhere)
        mended = (s.translate(_STROKES) for s in self.strange)
        yield from ((m, _ROW_MENDED) for m in mended if m.isdecimal() and m.isascii())
        if self.pen:
            yield self.pen, _PEN
        if self.gap:
            yield self.gap, _GAP
        yield from ((other, _PEN_OTHER) for other in self.nearly)


def gather(
    answers: Iterable[SecondReading],
    part: Callable[[str], str | None],
    can_stand: Callable[[str], bool],
    *,
    first: str | None = None,
    typed: bool = False,
    elsewhere: Iterable[str] = (),
) -> Opinions:
    """Return what the readers' `answers` say of one value.

    Args:
        answers: Second readings of the value's place; readers that read no rows are passed over.
        part: The value in a reader's text; None when the text does not speak of it.
        can_stand: Whether a text without spaces and crumbs can be the value.
        first: The first reading, when it is such a value.
        typed: Whether the first reading looks typed.
        elsewhere: What other sources have.
    """
    seen: dict[str, list[str]] = defaultdict(list)
    nearly: list[str] = []
    told = True
    for answer in answers:
        if answer.text is None or (value := part(answer.text)) is None:
            continue
        seen[answer.reader].append(_CRUMBS.sub("", value))
        others = [text for other in answer.others if (text := part(other))]
        told = told and not any("?" in text for text in others)
        if answer.reader == SecondReader.PEN:
            nearly += [text for text in others if can_stand(text)]
    rows = tuple(value for value in seen[SecondReader.ROW] if value)
    first = first if first and can_stand(first) else None
    return Opinions(
        first=first,
        typed=typed and first is not None,
        rows=tuple(row for row in rows if can_stand(row)),
        strange=tuple(row for row in rows if not can_stand(row)),
        gap=next((v for v in seen[SecondReader.GAP] if can_stand(v)), None),
        pen=next((v for v in seen[SecondReader.PEN] if can_stand(v)), None),
        nearly=tuple(dict.fromkeys(nearly)),
        told=told,
        elsewhere=tuple(elsewhere),
    )


def _key(value: str) -> str:
    """What two writings of a value share: `7` and `07`, `29a` and `29A`."""
    return value.lstrip("0").casefold() or "0"


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and _key(one) == _key(other)


def _lost_a_stroke(short: str, value: str) -> bool:
    """Whether `short` is `value` with signs left out."""
    signs = iter(value)
    return len(short) < len(value) and all(sign in signs for sign in short)


def _fits(strange: str, value: str) -> bool:
    """Whether a reading that cannot stand can be `value`, sign by sign, half of them seen as they are."""
    if len(strange) != len(value):
        return False
    pairs = [(s, v) for s, v in zip(strange, value, strict=True) if s.isdecimal()]
    same = sum(s == v for s, v in pairs)
    return all(s == v or (s, v) in _TAKEN_FOR for s, v in pairs) and same >= _LEAST_SEEN * len(value)
