"""What conditions and tables mean, said a second time and as plainly as can be: nothing is kept, nothing folded ahead."""

from __future__ import annotations

import datetime as dt

from documents.reading import FieldName, Reading
from documents.text import fold, nfc, same_tone, tidy
from rules.conditions import URGENCY_LEVELS, Condition, compile_pattern, spaced_words
from rules.rows import RoutingTable, Row
from rules.wording import list_texts


def holds(condition: Condition | None, reading: Reading) -> bool | None:
    """Whether a condition holds; None for unknown."""
    if condition is None:
        return True
    if condition.all_of:
        return both([holds(part, reading) for part in condition.all_of])
    if condition.any_of:
        return opposite(both([opposite(holds(part, reading)) for part in condition.any_of]))
    if condition.not_:
        return opposite(holds(condition.not_, reading))
    if condition.from_:
        return is_from(condition.from_, reading)
    name = FieldName.OUR_PART if condition.names_us else condition.field
    assert name
    found = reading.fields.get(name)
    if condition.names_us:
        return True if found and found.value else False if found and found.checked else None
    texts = list_texts(found.value) if found else ()
    if not texts:
        return False if found and found.reason is None else None
    return opposite(both([opposite(compare(condition, text)) for text in texts]))


def both(answers: list[bool | None]) -> bool | None:
    return False if False in answers else None if None in answers else True


def opposite(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def is_from(names: tuple[str, ...], reading: Reading) -> bool | None:
    found = reading.fields.get(FieldName.ISSUER_AGENCY)
    if not found or not found.value:
        return False if found and found.reason is None else None
    chain = reading.chain
    known = {same(name) for name in (*str(found.value).split("; "), *(chain.agencies if chain else ()))}
    if known & {same(name) for name in names}:
        return True
    return False if chain and chain.is_whole else None


def compare(condition: Condition, text: str) -> bool | None:
    if condition.is_ is not None:
        return same(text) == same(condition.is_)
    if condition.one_of:
        return any(same(text) == same(value) for value in condition.one_of)
    if condition.contains:
        return any(spaced_words(fold(part)) in spaced_words(fold(text)) for part in condition.contains)
    if condition.matches:
        return compile_pattern(nfc(condition.matches)).search(tidy(text)) is not None
    if isinstance(condition.at_least, str):
        levels = [level for level, name in enumerate(URGENCY_LEVELS) if same(text).startswith(name)]
        least = URGENCY_LEVELS.index(
            next(name for name in URGENCY_LEVELS if same(condition.at_least) == name)
        )
        return levels[0] >= least if levels else None
    if isinstance(condition.at_least, int):
        digits = tidy(text)[: len(tidy(text)) - len(tidy(text).lstrip("0123456789"))]
        return int(digits) >= condition.at_least if digits else None
    try:
        day = dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
    if condition.before:
        return day < condition.before
    return day > condition.after if condition.after else day >= condition.at_least


def same(text: str) -> str:
    return same_tone(tidy(text).casefold())


def consult(
    table: RoutingTable, reading: Reading, on: dt.date | None
) -> tuple[Row, Row | None, list[Row], list[Row]]:
    """Lead's row, row of the days, every row that holds, rows above the lead's that are unknown."""
    valid = [row for row in table.rows[:-1] if row.is_valid(on)]
    held = [row for row in valid if holds(row.when, reading) is True]
    leading = [row for row in held if row.lead]
    lead = leading[0] if leading else table.default
    collected = held if leading else [*held, table.default]
    dated = [row for row in collected[: collected.index(lead) + 1] if row.days is not None]
    above = valid[: valid.index(lead)] if leading else valid
    unknown = [row for row in above if row.lead and holds(row.when, reading) is None]
    return lead, dated[0] if dated else None, collected, unknown
