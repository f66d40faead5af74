"""What one condition says about another: it implies it, or it excludes it.

Everything here is sound and nothing is complete: what is said is true of every paper, silence proves nothing.
A condition that is *unknown* on a paper is not so, hence `excludes` means: where the one holds, the other is
false.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from itertools import combinations, product
from typing import TypeAlias

from documents.reading import FieldName
from rules.conditions import ISSUER_FIELDS, Condition, same_words, spaced_words, urgency_level

Branch: TypeAlias = tuple[Condition, ...]
"""Comparisons, or negations of them, that all hold together."""

MOST_BRANCHES = 256
"""Beyond so many ways in which a condition may hold it is taken as it is written."""

MANY_VALUED = frozenset(
    {
        FieldName.RECIPIENTS,
        FieldName.ADDRESSEES,
        FieldName.REFERENCES,
        FieldName.DEADLINES,
        FieldName.OUR_PART,
        FieldName.ARRIVAL_FORWARDED_TO,
    }
)


@lru_cache(maxsize=1024)
def list_branches(condition: Condition | None) -> list[Branch]:
    """Every way in which a condition may hold; the values of one comparison are ways of their own."""
    if condition is None:
        return [()]
    branches = _branches(condition)
    return branches if len(branches) <= MOST_BRANCHES else [conjuncts(condition)]


def conjuncts(condition: Condition | None) -> Branch:
    """The parts that must all hold, as they are written."""
    if condition is None:
        return ()
    if condition.all_of:
        return tuple(part for one in condition.all_of for part in conjuncts(one))
    return (condition,)


def find_clash(branch: Branch) -> tuple[Condition, Condition] | None:
    """Two parts of a branch that cannot both hold, if there are any."""
    return next((pair for pair in combinations(branch, 2) if excludes(*pair)), None)


def implies(one: Condition, wanted: Condition) -> bool:
    """Whether `wanted` must hold wherever `one` does; False when that cannot be seen."""
    if one is wanted or (one.model_fields_set == wanted.model_fields_set and one == wanted):
        return True
    if one.any_of:
        return all(implies(branch, wanted) for branch in one.any_of)
    if wanted.any_of:
        return any(implies(one, branch) for branch in wanted.any_of)
    if wanted.all_of:
        return all(implies(one, part) for part in wanted.all_of)
    if wanted.not_:
        return excludes(one, wanted.not_)
    return _implies_agency(one, wanted) if wanted.from_ else _implies_value(one, wanted)


def excludes(one: Condition, other: Condition) -> bool:
    """Whether `other` must be false wherever `one` holds; False when that cannot be seen."""
    if other.not_:
        return implies(one, other.not_)
    if one.not_:
        return implies(other, one.not_)
    if one.field is None or one.field is not other.field or one.field in MANY_VALUED:
        return False
    if (mine := _values(one)) and (theirs := _values(other)):
        return not {same_words(value) for value in mine} & {same_words(value) for value in theirs}
    if mine or _values(other):
        values, asked = (mine, other) if mine else (_values(other), one)
        return not any(_may_hold(asked, value) for value in values or ())
    return _no_day_between(one, other) or _no_day_between(other, one)


def _branches(condition: Condition) -> list[Branch]:
    if condition.all_of:
        parts = [_branches(part) for part in condition.all_of]
        if _count(parts) > MOST_BRANCHES:
            return [conjuncts(condition)]
        return [tuple(leaf for branch in choice for leaf in branch) for choice in product(*parts)]
    if condition.any_of:
        return [branch for part in condition.any_of for branch in _branches(part)]
    if condition.not_:
        return _negated(condition, condition.not_)
    for key, values in (
        ("is", condition.one_of),
        ("contains", condition.contains),
        ("from", condition.from_),
    ):
        if values and (len(values) > 1 or key == "is"):
            return [(_single(condition, key, value),) for value in values]
    return [(condition,)]


def _count(parts: list[list[Branch]]) -> int:
    count = 1
    for part in parts:
        count *= len(part)
    return count


def _negated(condition: Condition, inner: Condition) -> list[Branch]:
    """De Morgan's laws, which hold in three values too."""
    if inner.not_:
        return _branches(inner.not_)
    if inner.all_of:
        return [branch for part in inner.all_of for branch in _branches(_not(part))]
    if inner.any_of:
        return _branches(Condition.model_validate({"all": [_not(part) for part in inner.any_of]}))
    return [(condition,)]


def _not(part: Condition) -> Condition:
    return Condition.model_validate({"not": part})


def _single(condition: Condition, key: str, value: str) -> Condition:
    field = {"field": condition.field} if condition.field else {}
    return Condition.model_validate({**field, key: value})


def _values(condition: Condition) -> tuple[str, ...] | None:
    """The whole values that `is` or `one_of` accept."""
    if condition.is_ is not None:
        return (condition.is_,)
    return condition.one_of


def _implies_agency(one: Condition, wanted: Condition) -> bool:
    own = one.from_ or (_values(one) if one.field is ISSUER_FIELDS[0] else None) or ()
    allowed = {same_words(name) for name in wanted.from_ or ()}
    return bool(own) and {same_words(name) for name in own} <= allowed


def _implies_value(one: Condition, wanted: Condition) -> bool:
    if one.field is None or one.field is not wanted.field:
        return False
    values = _values(one)
    if values and (allowed := _values(wanted)):
        return {same_words(v) for v in values} <= {same_words(v) for v in allowed}
    if wanted.contains:
        phrases = [spaced_words(phrase) for phrase in wanted.contains]
        texts = [spaced_words(text) for text in values or one.contains or ()]
        return bool(texts) and all(any(phrase in text for phrase in phrases) for text in texts)
    return _reaches_further(one, wanted)


def _reaches_further(one: Condition, wanted: Condition) -> bool:
    if one.before and wanted.before:
        return one.before <= wanted.before
    if one.after and wanted.after:
        return one.after >= wanted.after
    mine, theirs = one.at_least, wanted.at_least
    if isinstance(mine, str) and isinstance(theirs, str):
        mine, theirs = urgency_level(mine), urgency_level(theirs)
    numbers = isinstance(mine, int) and isinstance(theirs, int)
    days = isinstance(mine, dt.date) and isinstance(theirs, dt.date)
    return bool((numbers or days) and mine >= theirs)


def _may_hold(asked: Condition, value: str) -> bool:
    """Whether a comparison may hold of a value, whatever its capitals; True when that cannot be seen."""
    if asked.contains:
        return any(spaced_words(phrase) in spaced_words(value) for phrase in asked.contains)
    if isinstance(asked.at_least, str):
        level, wanted = urgency_level(value), urgency_level(asked.at_least)
        return level is None or wanted is None or level >= wanted
    return True


def _no_day_between(one: Condition, other: Condition) -> bool:
    """`before` one day, and after or from another that leaves no day."""
    if one.before is None:
        return False
    first = other.after + dt.timedelta(1) if other.after else other.at_least
    return isinstance(first, dt.date) and one.before <= first
