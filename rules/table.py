"""Load a routing table: YAML that people write, refused with row, cell and "did you mean" when it slips.

    title: Bảng giao việc văn bản đến
    rows:
      - id: QT-07
        if:
          all:
            - {field: doc_type, is: Kế hoạch}
            - {field: subject, contains: đối ngoại}
        lead: bcxb                  # id, name or alias of a unit or a person
        support: [vp]
        inform: [giamdoc]
        days: 10                    # working days; 0 is the same day
        source: Quy chế làm việc, Điều 12
    default:
      lead: vp
      days: 15
      source: Quy chế làm việc, Điều 9

Rows stand in order of priority. The first that holds gives the lead, and the first that holds and is not
below it gives the days; support and inform are collected from every row that holds. A row may leave out
`if` (always holds) or `lead` (adds support, information or days only). A default without `lead` asks the
clerk. `if` is described at `rules.conditions.Condition`, the cells and their slips at `rules.table_text`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import resources
from typing import TypeAlias

from documents.people import Directory
from documents.text import fold
from rules.conditions import Condition, same_words
from rules.rows import RoutingTable, Row, Target
from rules.shadows import list_warnings
from rules.strict_yaml import PlainData
from rules.table_text import (
    DefaultText,
    Path,
    RowText,
    Slip,
    TableText,
    did_you_mean,
    list_rows,
    place_of,
    read_table_text,
    refuse,
)
from rules.wording import UNIT_MARK

AgencyNamed: TypeAlias = Callable[[str], tuple[str | None, str | None]]
"""The full name of an agency for a written one; with None the nearest name, or None again."""

EMPTY_TABLE = """\
# Chưa có quy tắc nào: mọi văn bản không ghi tên người nhận trên dấu đến đều hỏi văn thư.
title: Bảng giao việc văn bản đến
rows: []
default:
  source: Chưa có quy tắc
"""
"""The table of a new office whose units are not entered yet: it asks who leads."""


def load_table(
    text: str,
    directory: Directory,
    *,
    name: str = "giao_viec",
    version: int = 0,
    agency_named: AgencyNamed | None = None,
) -> RoutingTable:
    """Load a table against the office's directory.

    Args:
        text: YAML, at most 256 KB.
        directory: Where `lead`, `support` and `inform` are looked up: id first, then name, then alias.
        name: Name of the table, for the record.
        version: Version in the registry, for the record; 0 for a draft.
        agency_named: Looks up the agencies of `from`; None takes them as they are written, as a table in
            force must go on to be read when the directory of agencies has changed.

    Raises:
        RuleSlip: at least one mistake. `facts["slips"]` lists all as (place, detail).
    """
    written, plain = read_table_text(text)
    slips = [*_list_double_ids(written, plain), *_list_stranger_slips(written, plain, directory)]
    if agency_named:
        slips += _list_agency_slips(written, plain, agency_named)
    if slips:
        raise refuse(slips)
    rows = tuple(_row(row, directory, f"{name}@{version}") for _, row in list_rows(written))
    return RoutingTable(name=name, version=version, rows=rows, title=written.title)


def check_table(
    table: RoutingTable, directory: Directory | None = None, today: dt.date | None = None
) -> tuple[str, ...]:
    """Return what is doubtful about a sound table, one Vietnamese sentence each.

    Rows that never fire, that shadow or contradict one another, letters that RE2 reads as ASCII only; with a
    directory also units without a head; with a day also rows and people whose time is over.
    """
    return list_warnings(table, directory, today)


def load_sample_table_text() -> str:
    """The sample table of a department (sở) with the units vp, bcxb, cntt, bcvt, ttra and khtc."""
    return resources.files("rules").joinpath("data/giao_viec.yaml").read_text("utf-8")


def _row(written: RowText | DefaultText, directory: Directory, table: str) -> Row:
    def targets(names: tuple[str, ...]) -> tuple[Target, ...]:
        return tuple(Target.of(_references(name, directory)[0]) for name in names)

    row = Row(
        id=written.id,
        rule=f"{table}#{written.id}",
        lead=targets((written.lead,))[0] if written.lead else None,
        support=targets(written.support),
        inform=targets(written.inform),
        days=written.days,
        source=written.source,
        is_default=isinstance(written, DefaultText),
    )
    if isinstance(written, DefaultText):
        return row
    return replace(row, when=written.when, valid_from=written.valid_from, valid_to=written.valid_to)


# ── names in a row ───────────────────────────────────────────────────────────────────────────────────────


def _known(directory: Directory) -> Iterator[tuple[str, str, int]]:
    """Every reference with each word it goes by, and how strong the word is: 0 id, 1 name, 2 alias."""
    for unit in directory.units:
        reference = f"{UNIT_MARK}{unit.id}"
        yield from ((reference, str(unit.id), 0), (reference, reference, 0), (reference, unit.name, 1))
        yield from ((reference, alias, 2) for alias in unit.aliases)
    for person in directory.people:
        reference = str(person.id)
        yield from ((reference, reference, 0), (reference, person.name, 1))
        yield from ((reference, alias, 2) for alias in person.aliases)


def _references(name: str, directory: Directory) -> list[str]:
    """Who is meant by a word in a row: the strongest kind of word decides; two references are a tie."""
    for strength in (0, 1, 2):
        found = {
            reference
            for reference, word, kind in _known(directory)
            if kind == strength and (word == name if strength == 0 else fold(word) == fold(name))
        }
        if found:
            return sorted(found)
    return []


def _list_stranger_slips(written: TableText, plain: PlainData, directory: Directory) -> Iterator[Slip]:
    for path, row in list_rows(written):
        cells = [("lead", row.lead)] if row.lead else []
        cells += [("support", name) for name in row.support] + [("inform", name) for name in row.inform]
        for cell, name in cells:
            found = _references(name, directory)
            if len(found) != 1:
                yield Slip(place_of((*path, cell), plain), _say_stranger(name, found, directory))


def _say_stranger(name: str, found: list[str], directory: Directory) -> str:
    if found:
        return f"“{name}” chỉ tới nhiều nơi ({', '.join(found)}); hãy ghi mã"
    words = [word for _, word, kind in _known(directory) if kind or not word.startswith(UNIT_MARK)]
    return f"không có đơn vị hay người nào là “{name}”{did_you_mean(name, words)}"


def _list_double_ids(written: TableText, plain: PlainData) -> Iterator[Slip]:
    seen: set[str] = set()
    for path, row in list_rows(written):
        if fold(row.id) in seen:
            yield Slip(place_of((*path, "id"), plain), f"mã “{row.id}” đã dùng cho quy tắc khác")
        seen.add(fold(row.id))


# ── agencies in a condition ──────────────────────────────────────────────────────────────────────────────


def _list_agency_slips(written: TableText, plain: PlainData, agency_named: AgencyNamed) -> Iterator[Slip]:
    """Agencies of `from` that the directory does not have under exactly that name: such a row never fires."""
    for path, row in list_rows(written):
        when = row.when if isinstance(row, RowText) else None
        for cell, name in _list_agencies(when, (*path, "if")):
            known, near = agency_named(name)
            if known is None:
                meant = f"; có phải “{near}”?" if near else ""
                yield Slip(place_of(cell, plain), f"danh bạ cơ quan không có “{name}”{meant}")
            elif same_words(known) != same_words(name):
                yield Slip(place_of(cell, plain), f"“{name}”: hãy ghi đủ tên, “{known}”")


def _list_agencies(condition: Condition | None, path: Path) -> Iterator[tuple[Path, str]]:
    if condition is None:
        return
    yield from (((*path, "from"), name) for name in condition.from_ or ())
    for key, parts in (("all", condition.all_of), ("any", condition.any_of)):
        for index, part in enumerate(parts or ()):
            yield from _list_agencies(part, (*path, key, index))
    yield from _list_agencies(condition.not_, (*path, "not"))
