"""What is doubtful about a sound routing table: rows that never fire, that contradict or shadow one another.

A row below another is shadowed when its condition implies the other's: whatever it matches, the row above
has already taken. A warning is always true; silence proves nothing (`rules.implied`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from documents.people import Directory
from rules.covering import Cover
from rules.implied import find_clash, list_branches
from rules.rows import RoutingTable, Row, Target
from rules.wording import join_and, name_reference

_ASCII_CLASSES = re.compile(r"\\[wWbB]")


def list_warnings(
    table: RoutingTable, directory: Directory | None, today: dt.date | None = None
) -> tuple[str, ...]:
    """One Vietnamese sentence for each doubtful thing, in the order of the rows.

    Args:
        table: The table.
        directory: For whom nobody receives, and for the names of units; None leaves that out.
        today: For rows and people whose time is over; None leaves that out.
    """
    warnings = [text for row in table.rows for text in _row_warnings(row, today)]
    cover = Cover(table.rows)
    warnings += _shadow_warnings(table.rows, cover)
    warnings += _contradictions(table.rows, cover, directory or Directory())
    if cover.is_spent:
        warnings.append(
            "Bảng có quá nhiều điều kiện để so mọi dòng với nhau: có thể còn dòng trùng hay trái nhau mà "
            "chưa được báo."
        )
    if directory:
        warnings += _recipient_warnings(table, directory, today)
    return tuple(dict.fromkeys(warnings))


def _row_warnings(row: Row, today: dt.date | None) -> Iterator[str]:
    first, *others = list_branches(row.when)
    if (clash := find_clash(first)) and all(map(find_clash, others)):
        one, other = clash
        yield (
            f"{row.id} không bao giờ đúng: “{one.sentence()}” và “{other.sentence()}” không thể cùng xảy ra."
        )
    if today and row.valid_to and row.valid_to < today:
        yield f"{row.id} không còn được dùng: đã hết hiệu lực sau ngày {row.valid_to:%d/%m/%Y}."
    for part in row.when.comparisons() if row.when else ():
        if part.matches and _ASCII_CLASSES.search(part.matches):
            yield (
                rf"{row.id}: trong mẫu “{part.matches}”, \w và \b chỉ biết chữ không dấu; "
                r"dùng \pL cho mọi chữ cái."
            )


# ── rows above that take everything ──────────────────────────────────────────────────────────────────────


def _shadow_warnings(rows: tuple[Row, ...], cover: Cover) -> Iterator[str]:
    for place, row in enumerate(rows):
        led = _takers(rows, place, cover, lambda other: other.lead is not None)
        if led and (row.lead or row.is_default):
            yield (
                f"{row.id} không bao giờ chọn được người chủ trì: {led} ở trên luôn được dùng trước"
                f"{'; chỉ phần phối hợp và để biết còn tác dụng' if row.support or row.inform else ''}."
            )
            continue
        dated = led or _takers(rows, place, cover, lambda other: other.days is not None)
        if dated and row.days is not None:
            yield f"{row.id} không bao giờ đặt được hạn: {dated} ở trên luôn được dùng trước."


def _takers(rows: tuple[Row, ...], place: int, cover: Cover, counts: Callable[[Row], bool]) -> str:
    """The rows above that together take whatever a row matches, as words; empty when they do not."""
    takers: set[int] = set()
    for branch in cover.branches[place]:
        able = (
            at
            for at in cover.over(branch, before=place)
            if counts(rows[at]) and _is_valid_throughout(rows[at], rows[place])
        )
        taker = next(able, None)
        if taker is None:
            return ""
        takers.add(taker)
    return join_and(rows[at].id for at in sorted(takers))


def _is_valid_throughout(above: Row, row: Row) -> bool:
    begins = above.valid_from is None or (row.valid_from is not None and above.valid_from <= row.valid_from)
    ends = above.valid_to is None or (row.valid_to is not None and row.valid_to <= above.valid_to)
    return begins and ends


# ── rows that say different things of the same papers ────────────────────────────────────────────────────


def _contradictions(rows: tuple[Row, ...], cover: Cover, directory: Directory) -> Iterator[str]:
    leading = {at for at, row in enumerate(rows) if row.lead and not row.is_default}
    for place in sorted(leading):
        row = rows[place]
        for at in sorted(_common(cover, place, before=place) & leading):
            other = rows[at]
            if other.lead != row.lead and _overlap(other, row) and place in _common(cover, at):
                yield (
                    f"{other.id} và {row.id} trái nhau: cùng điều kiện, {other.id} giao cho "
                    f"{_name(other.lead, directory)}, {row.id} giao cho {_name(row.lead, directory)}."
                )


def _common(cover: Cover, place: int, *, before: int | None = None) -> set[int]:
    """The rows that hold wherever the row at `place` does, each for all its branches."""
    first, *others = cover.branches[place]
    common = set(cover.over(first, before=before))
    for branch in others:
        if common:
            common &= set(cover.over(branch, before=before))
    return common


def _overlap(one: Row, other: Row) -> bool:
    starts = [row.valid_from for row in (one, other) if row.valid_from]
    ends = [row.valid_to for row in (one, other) if row.valid_to]
    return not starts or not ends or max(starts) <= min(ends)


def _name(target: Target | None, directory: Directory) -> str:
    return name_reference(target.reference, directory) if target else ""


# ── whom it reaches ──────────────────────────────────────────────────────────────────────────────────────


def _recipient_warnings(table: RoutingTable, directory: Directory, today: dt.date | None) -> Iterator[str]:
    for row in table.rows:
        for target in (row.lead, *row.support, *row.inform):
            unit = directory.unit(target.unit) if target and target.unit else None
            if unit and unit.head is None:
                yield f"{row.id}: {unit.name} chưa ghi người phụ trách, thông báo sẽ không có người nhận."
            for who in (target.person if target else None, unit.head if unit else None):
                person = directory.person(who) if who else None
                if person and today and not person.is_active(today):
                    of = f" phụ trách {unit.name}" if unit else ""
                    yield f"{row.id}: {person.name}{of} không công tác ngày {today:%d/%m/%Y}."
