"""What several readers saw of one short value that a pen may have written: a best guess, and what is agreed.

There are three witnesses that err differently: the first reading, the recogniser (on the row, and on the gap
alone), and the network for pens on the same gap. The last two say of every value anyone saw how likely they
hold it. A witness may also have failed altogether (its cut lost a stroke, the hand is not one it learnt), so
each counts as a mixture: mostly what it says, sometimes nothing. Weighed together they give every value a
weight (Bayes); a value is agreed on when hardly any weight is left for others, two witnesses bear it out by
themselves, and no row shows more signs than it has.

Source: for the mixture, A. P. Dawid & A. M. Skene, Maximum Likelihood Estimation of Observer Error-Rates,
1979.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import exp, log

from documents.looks import SecondReader, SecondReading

SURE_ENOUGH = 0.999
"""Share of all weight from which a value is agreed on; see `benchmarks/README.md` for what it costs."""
_FAILS = 0.1
"""How often a reader of the gap has failed altogether; then it says nothing of the value."""
_BY_CHANCE = 1e-3
"""How likely any one value is then: one of about a thousand that can stand at such a place."""
_ROW_RIGHT, _FIRST_RIGHT, _SOURCE_RIGHT = 0.6, 0.3, 0.98
"""How often a row, a first reading by pen, and print or another source are right."""
_BEARS_OUT = 0.05
"""How likely a reader of the gap must hold a value to bear it out."""
_NEARLY = 0.3
"""How likely, beside what it holds likeliest, so that it does not contradict."""
_STROKES = str.maketrans("/|lI!", "11111")
_CRUMBS = re.compile(r"[\s.,…_:;'`\"-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinions:
    """What each reader saw, as values that can stand at the place; `strange` are row readings that cannot.

    `first` is the first reading, `typed` whether it looks typed; `elsewhere` is what other sources than the
    picture have; `gap_shares` and `pen_shares` are how likely the two readers of the gap hold each value.
    """

    first: str | None = None
    typed: bool = False
    rows: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    gap: str | None = None
    pen: str | None = None
    gap_shares: Mapping[str, float] = field(default_factory=dict)
    pen_shares: Mapping[str, float] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()

    @property
    def guess(self) -> str | None:
        """The value that most speaks for, to be shown; None when nobody saw one."""
        weights = self._weights()
        best = max(weights, key=lambda key: weights[key], default=None)
        return self._spelled(best) if best is not None else None

    @property
    def share(self) -> float:
        """The guess's part of all weight, 0 to 1; 0 when nobody saw a value."""
        weights = self._weights()
        top = max(weights.values(), default=0.0)
        return 1 / sum(exp(weight - top) for weight in weights.values()) if weights else 0.0

    @property
    def agreed(self) -> str | None:
        """The value that independent readers agree on and none contradicts; None when there is none."""
        value = self.guess
        if value is None or any(not _same(one, value) for one in self.elsewhere):
            return None
        if self.typed and self.first is not None:
            return value if self._is_typed_as(value) else None
        if any(not (_same(row, value) or _lost_a_stroke(row, value)) for row in self.rows):
            return None
        if any(len(strange) > len(value) for strange in self.strange):
            return None
        return value if self.share >= SURE_ENOUGH and self._has_two_witnesses(value) else None

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

    def _is_typed_as(self, value: str) -> bool:
        """Whether print is read alike by another kind, and the gap not seen otherwise twice."""
        by_gap = _same(self.gap, self.pen) and not _same(self.gap, value)
        rows_agree = bool(self.rows) and all(_same(row, value) for row in self.rows)
        return _same(self.first, value) and rows_agree and not by_gap

    def _has_two_witnesses(self, value: str) -> bool:
        by_pen = _of(self.pen_shares, value) >= _BEARS_OUT
        in_gap = _of(self.gap_shares, value) >= _BEARS_OUT
        if _holds_another(self.pen_shares, value):
            return False
        # What is left of a slash is one more stroke in the gap; the row shows that it is none.
        left = _same(self.gap, f"{value}1") and any(_same(row, value) for row in self.rows)
        if _holds_another(self.gap_shares, value) and not left:
            return False
        recognised = in_gap or any(_same(row, value) for row in self.rows)
        told = _same(self.first, value) or bool(self.elsewhere)
        return by_pen + recognised + told >= 2

    def _weights(self) -> dict[str, float]:
        """The logarithm of what speaks for each value, by key."""
        mended = [
            text for s in self.strange if (text := s.translate(_STROKES)).isdecimal() and text.isascii()
        ]
        seen = (self.first, *self.rows, *mended, self.gap, self.pen, *self.elsewhere)
        keys = {_key(value) for value in (*seen, *self.gap_shares, *self.pen_shares) if value}
        return {key: self._weight(key, mended) for key in keys}

    def _weight(self, key: str, mended: Iterable[str]) -> float:
        weight = 0.0
        for shares in (self.gap_shares, self.pen_shares):
            if shares:
                weight += log((1 - _FAILS) * _of(shares, key) + _FAILS * _BY_CHANCE)
        # Several rows are one reader's views of one row: together they count once.
        rows = (*self.rows, *mended)
        weight += sum(_told(row, key, _ROW_RIGHT) for row in rows) / max(len(rows), 1)
        if self.first:
            weight += _told(self.first, key, _SOURCE_RIGHT if self.typed else _FIRST_RIGHT)
        return weight + sum(_told(one, key, _SOURCE_RIGHT) for one in self.elsewhere)

    def _spelled(self, key: str) -> str:
        """The value as the likeliest reader writes it: `07` and `7` are one.

        A nought before what a pen wrote is shown when a row and a reader of the gap both have it: what
        shows through from the back, or the letter before the gap, is easily taken for one.
        """
        strange = (s.translate(_STROKES) for s in self.strange)
        printed = _alike((*self.elsewhere, self.first if self.typed else None), key)
        rows, gap = _alike(self.rows, key), _alike((self.pen, self.gap), key)
        twice = [row for row in rows if any(len(row) == len(one) for one in gap)]
        offered = _alike((self.first, *self.pen_shares, *self.gap_shares, *strange), key)
        return next(iter((*printed, *twice, *sorted((*rows, *gap), key=len), *offered)))


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
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for answer in answers:
        if answer.text is None or (value := part(answer.text)) is None:
            continue
        seen[answer.reader].append(_CRUMBS.sub("", value))
        for text, share in answer.shares:
            if (other := part(text)) and can_stand(other):
                shares[answer.reader][other] = share
    rows = tuple(value for value in seen[SecondReader.ROW] if value)
    first = first if first and can_stand(first) else None
    return Opinions(
        first=first,
        typed=typed and first is not None,
        rows=tuple(row for row in rows if can_stand(row)),
        strange=tuple(row for row in rows if not can_stand(row)),
        gap=next((v for v in seen[SecondReader.GAP] if can_stand(v)), None),
        pen=next((v for v in seen[SecondReader.PEN] if can_stand(v)), None),
        gap_shares=shares[SecondReader.GAP],
        pen_shares=shares[SecondReader.PEN],
        elsewhere=tuple(elsewhere),
    )


def _key(value: str) -> str:
    """What two writings of a value share: `7` and `07`, `29a` and `29A`."""
    return value.lstrip("0").casefold() or "0"


def _alike(values: Iterable[str | None], key: str) -> list[str]:
    return [value for value in values if value and _key(value) == key]


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and _key(one) == _key(other)


def _of(shares: Mapping[str, float], value: str) -> float:
    """How likely a reader holds `value`, however it is written."""
    return sum(share for text, share in shares.items() if _same(text, value))


def _holds_another(shares: Mapping[str, float], value: str) -> bool:
    """Whether a reader holds some other value far likelier."""
    return _of(shares, value) < _NEARLY * max(shares.values(), default=0.0)


def _told(said: str, key: str, right: float) -> float:
    return log(right * _same(said, key) + (1 - right) * _BY_CHANCE)


def _lost_a_stroke(short: str, value: str) -> bool:
    """Whether `short` is `value` with signs left out."""
    signs = iter(value)
    return len(short) < len(value) and all(sign in signs for sign in short)
