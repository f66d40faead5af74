"""Find the rows of a table whose condition holds wherever another's does, without trying every pair.

A way in which a row holds can only cover what speaks of the same words: it is filed under a rare word (or
value, agency, field) that must be there, and looked for under the words that are. `rules.implied` then says
whether it really covers. So a table of two thousand rows is compared in seconds; what would take longer is
left, and `Cover.is_spent` says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from rules.conditions import ISSUER_FIELDS, Condition, same_words, spaced_words
from rules.implied import Branch, conjuncts, implies, list_branches
from rules.rows import Row

MOST_COMPARISONS = 300_000
"""Pairs of conditions looked at in one table, some seconds; far beyond any table of an office."""

_Token: TypeAlias = tuple[str, str]
_Filed: TypeAlias = tuple[int, Branch]


class Cover:
    """The rows of a table, filed by what they ask."""

    __slots__ = ("_always", "_filed", "_known", "_left", "_offers", "branches")

    def __init__(self, rows: Sequence[Row]) -> None:
        self.branches = tuple(tuple(list_branches(row.when)) for row in rows)
        """Of each row, the ways in which it may hold."""
        self._always: list[_Filed] = []
        self._filed: dict[_Token, list[_Filed]] = defaultdict(list)
        self._known: dict[tuple[int, int], bool] = {}
        self._offers: dict[int, frozenset[_Token]] = {}
        self._left = MOST_COMPARISONS
        self._file([(at, way) for at, row in enumerate(rows) for way in self._list_ways(at, row.when)])

    @property
    def is_spent(self) -> bool:
        """Whether there was more to compare than is compared: silence says even less then."""
        return self._left <= 0

    def over(self, branch: Branch, *, before: int | None = None) -> Iterator[int]:
        """The places of rows that hold wherever all of `branch` does, from the top of the table.

        Args:
            branch: One of `branches`.
            before: Only rows above this place.
        """
        tokens = frozenset[_Token]().union(*map(self._offered, branch))
        ways = [*self._always, *(one for token in tokens for one in self._filed.get(token, ()))]
        covering: int | None = None
        for place, way in sorted(ways, key=lambda filed: filed[0]):
            if before is not None and place >= before:
                return
            if place != covering and self._covers(way, branch):
                covering = place
                yield place

    def _list_ways(self, at: int, condition: Condition | None) -> Iterator[Branch]:
        """Every way in which a row may hold, and its condition as written where that is another."""
        written, branches = conjuncts(condition), self.branches[at]
        yield from branches
        if len(branches) > 1 or [*map(id, written)] != [*map(id, branches[0])]:
            yield written

    def _file(self, ways: list[_Filed]) -> None:
        needed = {id(leaf): _needed(leaf) for _, way in ways for leaf in way}
        count = Counter(token for _, way in ways for leaf in way for one in needed[id(leaf)] for token in one)
        for place, way in ways:
            rarest = [[min(one, key=count.__getitem__) for one in needed[id(leaf)]] for leaf in way]
            tokens = min(rarest, key=lambda ones: sum(map(count.__getitem__, ones)), default=[])
            for token in dict.fromkeys(tokens):
                self._filed[token].append((place, way))
            if not tokens:
                self._always.append((place, way))

    def _offered(self, leaf: Condition) -> frozenset[_Token]:
        if id(leaf) not in self._offers:
            self._offers[id(leaf)] = frozenset(_offered(leaf))
        return self._offers[id(leaf)]

    def _covers(self, way: Branch, branch: Branch) -> bool:
        return all(any(self._implies(one, wanted) for one in branch) for wanted in way)

    def _implies(self, one: Condition, wanted: Condition) -> bool:
        self._left -= 1
        if self.is_spent:
            return False
        pair = id(one), id(wanted)
        if pair not in self._known:
            self._known[pair] = implies(one, wanted)
        return self._known[pair]


def _needed(leaf: Condition) -> tuple[tuple[_Token, ...], ...]:
    """All of one of these is offered by whatever implies the condition; nothing where that cannot be said."""
    if leaf.contains:
        words = [spaced_words(phrase).split() for phrase in leaf.contains]
        return tuple(tuple((f"{leaf.field} word", word) for word in phrase) for phrase in words if phrase)
    if values := (leaf.is_,) if leaf.is_ else leaf.one_of:
        return tuple(((f"{leaf.field} is", same_words(value)),) for value in values)
    if leaf.from_:
        return tuple((("from", same_words(name)),) for name in leaf.from_)
    return tuple((("field", name.value),) for name in leaf.fields)


def _offered(leaf: Condition) -> Iterator[_Token]:
    """Whatever a condition may bear out about the paper; rather too much than too little."""
    yield from (("field", name.value) for name in leaf.fields)
    for part in leaf.comparisons():
        values = (part.is_,) if part.is_ else part.one_of or ()
        for text in (*values, *(part.contains or ())):
            yield from ((f"{part.field} word", word) for word in spaced_words(text).split())
        yield from ((f"{part.field} is", same_words(value)) for value in values)
        own = values if part.field is ISSUER_FIELDS[0] else ()
        yield from (("from", same_words(name)) for name in (*own, *(part.from_ or ())))
