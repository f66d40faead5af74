"""Judge conditions on a paper, in Kleene's three values.

What is not on the paper is simply not so; what could not be read, or what the paper has but the checks doubt
away, is *unknown*, and a row whose condition is unknown never fires.

A condition is compiled once, its own words folded then; a paper folds each of its texts once, for all rows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from documents.reading import FieldName, Reading
from documents.text import nfc, tidy
from rules.conditions import (
    DATE_FIELDS,
    ISSUER_FIELDS,
    Condition,
    compile_pattern,
    same_words,
    spaced_words,
    urgency_level,
)
from rules.wording import join_or, list_texts, quote

Key: TypeAlias = Callable[[str], str]
Test: TypeAlias = Callable[[str], bool | None]

SEVERAL = "; "
"""Between the names of the bodies that issued a paper together."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a condition holds (None: unknown), and the fields that settled it.

    `doubt` says in Vietnamese what is not known where the fields themselves are read and sure.
    """

    holds: bool | None
    fields: tuple[FieldName, ...] = ()
    doubt: str | None = None


ALWAYS = Verdict(True)


class FoldedReading:
    """A reading as conditions look at it: each text folded, each condition judged at most once."""

    __slots__ = ("_keys", "_verdicts", "reading")

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._keys: dict[tuple[FieldName, Key], tuple[str, ...]] = {}
        self._verdicts: dict[Judge, Verdict] = {}

    def verdict(self, judge: Judge) -> Verdict:
        """What a compiled condition says of this paper."""
        known = self._verdicts.get(judge)
        if known is None:
            known = self._verdicts[judge] = judge(self)
        return known

    def keys(self, name: FieldName, key: Key) -> tuple[str, ...]:
        """The printed words of a field under a key; empty when there are none."""
        known = self._keys.get((name, key))
        if known is None:
            found = self.reading.fields.get(name)
            texts = list_texts(found.value) if found else ()
            known = self._keys[name, key] = tuple(map(key, texts))
        return known

    def is_unread(self, name: FieldName) -> bool:
        """Whether a field without words may still be on the paper: nobody looked, or it was not read."""
        found = self.reading.fields.get(name)
        return found is None or found.reason is not None


Judge: TypeAlias = Callable[[FoldedReading], Verdict]


def judge(condition: Condition | None, reading: Reading) -> Verdict:
    """Judge a condition on a reading; no condition always holds."""
    return compile_condition(condition)(FoldedReading(reading))


@lru_cache(maxsize=4096)
def compile_condition(condition: Condition | None) -> Judge:
    """Return the function that judges a condition; its words are folded and its patterns compiled here.

    Equal conditions give the same function, so that versions of a table share what they judge.
    """
    if condition is None:
        return _always
    if condition.all_of:
        return _joined(condition.all_of, decisive=False)
    if condition.any_of:
        return _joined(condition.any_of, decisive=True)
    if condition.not_:
        return _negated(compile_condition(condition.not_))
    if condition.from_:
        return _from_agency(condition.from_)
    return _names_us if condition.names_us else _comparison(condition)


def _always(_: FoldedReading) -> Verdict:
    return ALWAYS


def _joined(parts: Iterable[Condition], *, decisive: bool) -> Judge:
    """Settle at the first `decisive` part; else unknown when one part is; else all parts together."""
    judges = [compile_condition(part) for part in parts]

    def judge_all(folded: FoldedReading) -> Verdict:
        verdicts = []
        for part in judges:
            verdict = part(folded)
            if verdict.holds is decisive:
                return verdict
            verdicts.append(verdict)
        return _together(verdicts, undecided=not decisive)

    return judge_all


def _together(verdicts: Sequence[Verdict], *, undecided: bool) -> Verdict:
    unknown = [verdict for verdict in verdicts if verdict.holds is None]
    fields = tuple(dict.fromkeys(name for verdict in unknown or verdicts for name in verdict.fields))
    doubt = next((verdict.doubt for verdict in unknown if verdict.doubt), None)
    return Verdict(None if unknown else undecided, fields, doubt)


def _negated(inner: Judge) -> Judge:
    def judge_not(folded: FoldedReading) -> Verdict:
        verdict = inner(folded)
        holds = None if verdict.holds is None else not verdict.holds
        return Verdict(holds, verdict.fields, verdict.doubt)

    return judge_not


# ── one field ────────────────────────────────────────────────────────────────────────────────────────────


def _comparison(condition: Condition) -> Judge:
    name = condition.field
    assert name  # noqa: S101 - a comparison always has its field
    key, test = _TESTS[condition.operator](condition)
    answers = {holds: Verdict(holds, (name,)) for holds in (True, False, None)}

    def judge_field(folded: FoldedReading) -> Verdict:
        texts = folded.keys(name, key)
        if not texts:
            return answers[None if folded.is_unread(name) else False]
        return answers[_one_holds(test, texts)]

    return judge_field


def _one_holds(test: Test, texts: Iterable[str]) -> bool | None:
    holds: bool | None = False
    for text in texts:
        answer = test(text)
        if answer:
            return True
        if answer is None:
            holds = None
    return holds


def _whole_values(name: FieldName | None, values: Iterable[str]) -> tuple[Key, Test]:
    if name in DATE_FIELDS:
        days = frozenset(values)
        return str, lambda text: text[:10] in days
    wanted = {same_words(value) for value in values}
    return same_words, lambda text: text in wanted


def _phrases(condition: Condition) -> tuple[Key, Test]:
    wanted = [spaced_words(phrase) for phrase in condition.contains or ()]
    return spaced_words, lambda text: any(phrase in text for phrase in wanted)


def _pattern(condition: Condition) -> tuple[Key, Test]:
    pattern = compile_pattern(nfc(condition.value))
    return tidy, lambda text: pattern.search(text) is not None


def _day_test(test: Callable[[dt.date], bool]) -> tuple[Key, Test]:
    def judge_day(text: str) -> bool | None:
        try:
            return test(dt.date.fromisoformat(text[:10]))
        except ValueError:
            return None

    return str, judge_day


def _reaches(condition: Condition) -> tuple[Key, Test]:
    least = condition.at_least
    if isinstance(least, dt.date):
        return _day_test(lambda day: day >= least)
    if isinstance(least, int):
        return tidy, lambda text: int(number[0]) >= least if (number := re.match(r"\d+", text)) else None
    wanted = urgency_level(str(least))

    def judge_level(text: str) -> bool | None:
        level = urgency_level(text)
        return None if level is None or wanted is None else level >= wanted

    return str, judge_level


_TESTS: dict[str, Callable[[Condition], tuple[Key, Test]]] = {
    "is": lambda condition: _whole_values(condition.field, (condition.value,)),
    "one_of": lambda condition: _whole_values(condition.field, condition.value),
    "contains": _phrases,
    "matches": _pattern,
    "before": lambda condition: _day_test(lambda day: day < condition.value),
    "after": lambda condition: _day_test(lambda day: day > condition.value),
    "at_least": _reaches,
}


# ── who issued it, and whether it names us ───────────────────────────────────────────────────────────────


def _from_agency(names: tuple[str, ...]) -> Judge:
    own, above = ISSUER_FIELDS
    wanted = {same_words(name) for name in names}
    said = join_or(map(quote, names))

    def judge_issuer(folded: FoldedReading) -> Verdict:
        issuers = folded.reading.value(own)
        if not isinstance(issuers, str) or not issuers.strip():
            return Verdict(None if folded.is_unread(own) else False, (own,))
        if not wanted.isdisjoint(map(same_words, issuers.split(SEVERAL))):
            return Verdict(True, (own,))
        chain = folded.reading.chain
        fields = ISSUER_FIELDS if chain and chain.by_paper else (own,)
        if chain and not wanted.isdisjoint(map(same_words, chain.agencies)):
            return Verdict(True, fields)
        if chain and chain.is_whole:
            return Verdict(False, fields)
        return Verdict(None, (own, above), f"chưa biết {issuers} có trực thuộc {said} không")

    return judge_issuer


def _names_us(folded: FoldedReading) -> Verdict:
    found = folded.reading.fields.get(name := FieldName.OUR_PART)
    if found and found.value:
        return Verdict(True, (name,))
    if found and found.checked:
        return Verdict(False, (name,))
    # Only a text that was read to its end can be said not to name us.
    return Verdict(None, (name,), "chưa đọc hết văn bản nên chưa biết có giao việc cho cơ quan mình không")
