"""What is doubtful about a sound routing table: rows that never fire, patterns that mean less than they say.

A row below another is shadowed when its condition implies the other's: whatever it matches, the row above
has already taken. Implication is decided on conjunctions of comparisons only, so a warning is always true
and silence proves nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import combinations

from documents.people import Directory
from documents.reading import FieldName
from documents.text import fold
from rules.conditions import Condition, same_words, spaced_words
from rules.rows import RoutingTable, Row

_ASCII_CLASSES = re.compile(r"\\[wWbB]")
_MANY_VALUED = frozenset(
    {
        FieldName.RECIPIENTS,
        FieldName.ADDRESSEES,
        FieldName.REFERENCES,
        FieldName.DEADLINES,
        FieldName.ARRIVAL_FORWARDED_TO,
    }
)


def list_warnings(table: RoutingTable, directory: Directory | None) -> tuple[str, ...]:
    """One Vietnamese sentence for each doubtful thing, in the order of the rows."""
    warnings = [text for row in table.rows for text in _row_warnings(row)]
    warnings += _shadow_warnings(table.rows)
    if directory:
        warnings += _headless_warnings(table, directory)
    return tuple(dict.fromkeys(warnings))


def _row_warnings(row: Row) -> Iterator[str]:
    clash = next((pair for pair in combinations(_conjuncts(row.when), 2) if _exclude(*pair)), None)
    if clash:
        yield (
            f"{row.id} không bao giờ đúng: “{clash[0].sentence()}” và “{clash[1].sentence()}” "
            "không thể cùng xảy ra."
        )
    for part in _comparisons(row.when):
        if part.matches and _ASCII_CLASSES.search(part.matches):
            yield (
                rf"{row.id}: trong mẫu “{part.matches}”, \w và \b chỉ biết chữ không dấu; "
                r"dùng \pL cho mọi chữ cái."
            )


def _shadow_warnings(rows: tuple[Row, ...]) -> Iterator[str]:
    for place, row in enumerate(rows):
        above = next((other for other in rows[:place] if other.lead and _shadows(other, row)), None)
        if above is None:
            continue
        if row.lead or row.is_default:
            yield (
                f"{row.id} không bao giờ chọn được người chủ trì: {above.id} ở trên luôn được dùng trước"
                f"{'; chỉ phần phối hợp và để biết còn tác dụng' if row.support or row.inform else ''}."
            )
        elif row.days is not None:
            yield f"{row.id} không bao giờ đặt được hạn: {above.id} ở trên luôn được dùng trước."


def _headless_warnings(table: RoutingTable, directory: Directory) -> Iterator[str]:
    for row in table.rows:
        for target in (row.lead, *row.support, *row.inform):
            unit = directory.unit(target.unit) if target and target.unit else None
            if unit and unit.head is None:
                yield f"{row.id}: {unit.name} chưa ghi người phụ trách, thông báo sẽ không có người nhận."


def _shadows(above: Row, row: Row) -> bool:
    covers = (
        above.valid_from is None or (row.valid_from is not None and above.valid_from <= row.valid_from)
    ) and (above.valid_to is None or (row.valid_to is not None and row.valid_to <= above.valid_to))
    theirs = _conjuncts(row.when)
    return covers and all(any(_implies(one, wanted) for one in theirs) for wanted in _conjuncts(above.when))


def _conjuncts(condition: Condition | None) -> tuple[Condition, ...]:
    if condition is None:
        return ()
    if condition.all_of:
        return tuple(part for one in condition.all_of for part in _conjuncts(one))
    return (condition,)


def _comparisons(condition: Condition | None) -> Iterator[Condition]:
    if condition is None:
        return
    parts = (
        *(condition.all_of or ()),
        *(condition.any_of or ()),
        *((condition.not_,) if condition.not_ else ()),
    )
    if not parts:
        yield condition
    for part in parts:
        yield from _comparisons(part)


def _values(condition: Condition) -> tuple[str, ...] | None:
    """The whole values that `is` or `one_of` accept."""
    if condition.is_ is not None:
        return (condition.is_,)
    return condition.one_of


def _implies(one: Condition, wanted: Condition) -> bool:
    """Whether `wanted` must hold wherever `one` does; False when that cannot be seen."""
    if one == wanted:
        return True
    if one.any_of:
        return all(_implies(branch, wanted) for branch in one.any_of)
    if wanted.any_of:
        return any(_implies(one, branch) for branch in wanted.any_of)
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
    numbers = isinstance(one.at_least, int) and isinstance(wanted.at_least, int)
    days = isinstance(one.at_least, dt.date) and isinstance(wanted.at_least, dt.date)
    return (numbers or days) and bool(one.at_least >= wanted.at_least)


def _exclude(one: Condition, other: Condition) -> bool:
    """Whether two comparisons of one single-valued field cannot both hold."""
    if one.field is None or one.field is not other.field or one.field in _MANY_VALUED:
        return False
    mine, theirs = _values(one), _values(other)
    if mine and theirs:
        return not {fold(v) for v in mine} & {fold(v) for v in theirs}
    before, after = one.before or other.before, one.after or other.after
    return bool(before and after and (before - after).days <= 1)
