"""Prove of a regular expression that its search cannot explode: no loop can read one text in two ways.

A backtracking engine takes exponentially long where a loop is ambiguous, as in `(a*)*b` or `(a|a)*b`. The
positions of a pattern and which may follow which (Glushkov's automaton) show it: a loop is ambiguous when two
different walks around it read the same letters, or when one step around it is made in two ways.

Looking ahead and behind is left aside and long counts are taken for loops without end, both of which can only
make more of a pattern suspicious, never less.

Source: Weideman et al., "Analyzing Matching Time Behavior of Backtracking Regular Expression Matchers by
Using Ambiguity of NFA", CIAA 2016.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]

ALPHABET = frozenset(string.printable + "ăâđêôơưáàạảãếềệĂÂĐÊÔƠƯÁÀẠÝ–—…“”’\u00a0°²\u0300")
"""Letters that stand for all: every range and class of our patterns holds or lacks some of them."""
_ENDLESS = 9
"""From so many repetitions on a count is taken for a loop."""
_MOST_PAIRS = 200_000


@dataclass
class Pattern:
    """Positions with the letters that each reads, and which position may follow which."""

    reads: list[frozenset[str]] = field(default_factory=list)
    follow: list[set[int]] = field(default_factory=list)
    twice: set[tuple[int, int]] = field(default_factory=set)
    """Steps that a loop makes in two ways."""


@dataclass(frozen=True)
class _Part:
    first: frozenset[int]
    last: frozenset[int]
    empty: bool


_NOTHING = _Part(frozenset(), frozenset(), True)


def is_safe(pattern: re.Pattern[str]) -> bool:
    """Whether no text makes the search take exponentially long."""
    built = Pattern()
    _sequence(built, _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG), pattern.flags)
    return not built.twice and not any(_reads_in_two_ways(built, loop) for loop in _loops(built))


def _sequence(built: Pattern, items: Iterable[tuple[object, object]], flags: int) -> _Part:
    whole = _NOTHING
    for code, value in items:
        whole = _join(built, whole, _part(built, code, value, flags))
    return whole


def _join(built: Pattern, one: _Part, other: _Part) -> _Part:
    for at in one.last:
        built.follow[at] |= other.first
    return _Part(
        one.first | other.first if one.empty else one.first,
        one.last | other.last if other.empty else other.last,
        one.empty and other.empty,
    )


def _part(built: Pattern, code: object, value: object, flags: int) -> _Part:
    match code:
        case sre.LITERAL | sre.NOT_LITERAL | sre.ANY | sre.IN:
            return _letter(built, _letters(code, value, flags))
        case sre.SUBPATTERN:
            return _sequence(built, value[-1], flags)  # type: ignore[index]
        case sre.ATOMIC_GROUP:
            return _sequence(built, value, flags)  # type: ignore[arg-type]
        case sre.BRANCH:
            return _either(_sequence(built, branch, flags) for branch in value[1])  # type: ignore[index]
        case sre.MAX_REPEAT | sre.MIN_REPEAT | sre.POSSESSIVE_REPEAT:
            return _repeated(built, *value, flags)  # type: ignore[misc]
        case sre.AT | sre.ASSERT | sre.ASSERT_NOT:
            return _NOTHING
        case _:
            raise AssertionError(f"{code} is new to this test: say here how it matches")


def _letter(built: Pattern, letters: frozenset[str]) -> _Part:
    built.reads.append(letters)
    built.follow.append(set())
    here = frozenset({len(built.reads) - 1})
    return _Part(here, here, False)


def _letters(code: object, value: object, flags: int) -> frozenset[str]:
    if code is sre.ANY:
        return ALPHABET if flags & re.DOTALL else ALPHABET - {"\n"}
    if code is sre.NOT_LITERAL:
        return ALPHABET - {chr(value)}  # type: ignore[arg-type]
    items = value if code is sre.IN else [(code, value)]
    told = frozenset(c for c in ALPHABET if any(_is_in(c, *item, flags) for item in items))  # type: ignore[attr-defined, misc]
    negated = code is sre.IN and items[0][0] is sre.NEGATE  # type: ignore[index]
    return ALPHABET - told if negated else told


_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}


def _is_in(letter: str, code: object, value: object, flags: int) -> bool:
    cases = {letter, letter.lower(), letter.upper()} if flags & re.IGNORECASE else {letter}
    if code is sre.LITERAL:
        return any(ord(c) == value for c in cases if len(c) == 1)
    if code is sre.RANGE:
        return any(value[0] <= ord(c) <= value[1] for c in cases if len(c) == 1)  # type: ignore[index]
    if code is sre.CATEGORY:
        return re.match(_CATEGORIES[value], letter) is not None  # type: ignore[index]
    return False


def _either(parts: Iterable[_Part]) -> _Part:
    every = list(parts)
    return _Part(
        frozenset().union(*(p.first for p in every)),
        frozenset().union(*(p.last for p in every)),
        any(p.empty for p in every),
    )


def _repeated(built: Pattern, least: int, most: int, body: list[tuple[object, object]], flags: int) -> _Part:
    if most < _ENDLESS:
        return _counted(built, least, most, body, flags)
    part = _sequence(built, body, flags)
    for at in part.last:
        built.twice |= {(at, to) for to in part.first & built.follow[at]}
        built.follow[at] |= part.first
    return _Part(part.first, part.last, part.empty or least == 0)


def _counted(built: Pattern, least: int, most: int, body: list[tuple[object, object]], flags: int) -> _Part:
    """Copies one after another, each entered from the one before it only."""
    copies = [_sequence(built, body, flags) for _ in range(most)]
    whole, before = _NOTHING, _NOTHING
    for count, copy in enumerate(copies):
        before = _join(built, before, copy)
        before = _Part(before.first, copy.last | before.last if copy.empty else copy.last, before.empty)
        ends = whole.last if count >= least else frozenset()
        whole = _Part(before.first, before.last | ends, before.empty)
    return _Part(whole.first, whole.last, whole.empty or least == 0)


def _loops(built: Pattern) -> Iterator[frozenset[int]]:
    """Sets of positions each of which can be reached from each other."""
    reach = {at: _reachable(built, at) for at in range(len(built.reads)) if _is_on_loop(built, at)}
    left = set(reach)
    while left:
        at = left.pop()
        loop = frozenset(to for to in reach[at] if to in reach and at in reach[to])
        left -= loop
        yield loop


def _is_on_loop(built: Pattern, at: int) -> bool:
    return at in _reachable(built, at)


def _reachable(built: Pattern, start: int) -> frozenset[int]:
    seen: set[int] = set()
    left = list(built.follow[start])
    while left:
        at = left.pop()
        if at not in seen:
            seen.add(at)
            left += built.follow[at]
    return frozenset(seen)


def _reads_in_two_ways(built: Pattern, loop: frozenset[int]) -> bool:
    """Whether two walks part at one position of the loop, read the same letters and meet again."""
    parted = {
        (one, other)
        for at in loop
        for one in built.follow[at] & loop
        for other in built.follow[at] & loop
        if one != other and built.reads[one] & built.reads[other]
    }
    seen: set[tuple[int, int]] = set()
    left = list(parted)
    while left:
        pair = left.pop()
        if pair[0] == pair[1]:
            return True
        if pair in seen:
            continue
        seen.add(pair)
        if len(seen) > _MOST_PAIRS:
            return True
        left += [
            (one, other)
            for one in built.follow[pair[0]] & loop
            for other in built.follow[pair[1]] & loop
            if built.reads[one] & built.reads[other]
        ]
    return False
