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
clerk. `if` is described at `rules.conditions.Condition`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError, model_validator
from rapidfuzz import fuzz, process

from documents.errors import RuleSlip
from documents.people import Directory
from documents.reading import FieldName
from documents.text import fold
from rules.conditions import COMBINATORS, OPERATORS, Condition, Day, Words
from rules.rows import RoutingTable, Row, Target
from rules.shadows import list_warnings
from rules.strict_yaml import NotPlain, PlainData, read_plain
from rules.wording import UNIT_MARK

DEFAULT_ID = "mac_dinh"
MOST_DAYS = 366
_LEAST_LIKENESS = 60

EMPTY_TABLE = """\
# Chưa có quy tắc nào: mọi văn bản không ghi tên người nhận trên dấu đến đều hỏi văn thư.
title: Bảng giao việc văn bản đến
rows: []
default:
  source: Chưa có quy tắc
"""
"""The table of a new office whose units are not entered yet: it asks who leads."""


class RowText(BaseModel):
    """One row as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[Words, Field(max_length=40, pattern=r"^[^\s#@]+$")]
    when: Condition | None = Field(None, alias="if")
    lead: Words | None = None
    support: tuple[Words, ...] = ()
    inform: tuple[Words, ...] = ()
    days: Annotated[StrictInt, Field(ge=0, le=MOST_DAYS)] | None = None
    source: Words
    valid_from: Day | None = None
    valid_to: Day | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> RowText:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to đứng trước valid_from")
        if not (self.lead or self.support or self.inform or self.days is not None):
            raise ValueError("quy tắc không làm gì: cần lead, support, inform hoặc days")
        return self


class DefaultText(BaseModel):
    """The default row as written: no condition, no dates."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[Words, Field(max_length=40, pattern=r"^[^\s#@]+$")] = DEFAULT_ID
    lead: Words | None = None
    support: tuple[Words, ...] = ()
    inform: tuple[Words, ...] = ()
    days: Annotated[StrictInt, Field(ge=0, le=MOST_DAYS)] | None = None
    source: Words


class TableText(BaseModel):
    """A whole table as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Words = "Bảng giao việc"
    rows: tuple[RowText, ...]
    default: DefaultText


@dataclass(frozen=True, slots=True)
class Slip:
    """One mistake: where (row, cell, line) and what, in Vietnamese."""

    place: str
    detail: str


def load_table(text: str, directory: Directory, *, name: str = "giao_viec", version: int = 0) -> RoutingTable:
    """Load a table against the office's directory.

    Args:
        text: YAML, at most 256 KB.
        directory: Where `lead`, `support` and `inform` are looked up: id first, then name, then alias.
        name: Name of the table, for the record.
        version: Version in the registry, for the record; 0 for a draft.

    Raises:
        RuleSlip: at least one mistake. `facts["slips"]` lists all as (place, detail).
    """
    try:
        plain = read_plain(text)
    except NotPlain as error:
        raise _slip([Slip(error.place, error.detail)]) from error
    try:
        written = TableText.model_validate(plain.data)
    except ValidationError as error:
        raise _slip(list(_list_cell_slips(error, plain))) from error
    slips = [*_list_double_ids(written, plain), *_list_stranger_slips(written, plain, directory)]
    if slips:
        raise _slip(slips)
    rows = tuple(_row(row, directory, f"{name}@{version}") for _, row in _rows(written))
    return RoutingTable(name=name, version=version, rows=rows, title=written.title)


def check_table(table: RoutingTable, directory: Directory | None = None) -> tuple[str, ...]:
    """Return what is doubtful about a sound table, one Vietnamese sentence each.

    Rows that can never fire, rows that contradict themselves, letters that RE2 reads as ASCII only; with a
    directory also units without a head.
    """
    return list_warnings(table, directory)


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
    for path, row in _rows(written):
        cells = [("lead", row.lead)] if row.lead else []
        cells += [("support", name) for name in row.support] + [("inform", name) for name in row.inform]
        for cell, name in cells:
            found = _references(name, directory)
            if len(found) != 1:
                yield Slip(_place((*path, cell), plain), _say_stranger(name, found, directory))


def _say_stranger(name: str, found: list[str], directory: Directory) -> str:
    if found:
        return f"“{name}” chỉ tới nhiều nơi ({', '.join(found)}); hãy ghi mã"
    words = [word for _, word, kind in _known(directory) if kind or not word.startswith(UNIT_MARK)]
    return f"không có đơn vị hay người nào là “{name}”{_did_you_mean(name, words)}"


def _list_double_ids(written: TableText, plain: PlainData) -> Iterator[Slip]:
    seen: set[str] = set()
    for path, row in _rows(written):
        if fold(row.id) in seen:
            yield Slip(_place((*path, "id"), plain), f"mã “{row.id}” đã dùng cho quy tắc khác")
        seen.add(fold(row.id))


def _rows(written: TableText) -> Iterator[tuple[tuple[str | int, ...], RowText | DefaultText]]:
    yield from ((("rows", index), row) for index, row in enumerate(written.rows))
    yield ("default",), written.default


# ── saying what slipped ──────────────────────────────────────────────────────────────────────────────────

_CELLS: Mapping[str, list[str]] = {
    "condition": ["field", *OPERATORS, *COMBINATORS],
    "row": [field.alias or name for name, field in RowText.model_fields.items()],
    "default": list(DefaultText.model_fields),
    "table": list(TableText.model_fields),
}

_SAYINGS = {
    "missing": "thiếu ô này",
    "string_type": 'phải là chữ; đặt trong ngoặc kép, ví dụ "29"',
    "string_too_short": "không được để trống",
    "string_too_long": "quá dài",
    "string_pattern_mismatch": "không được có dấu cách, # hay @",
    "too_short": "không được để trống",
    "int_type": "phải là số nguyên",
    "greater_than_equal": "không được âm",
    "less_than_equal": f"nhiều nhất là {MOST_DAYS}",
    "tuple_type": "phải là danh sách, ví dụ [vp, cntt]",
    "model_type": "phải gồm các ô có tên",
    "model_attributes_type": "phải gồm các ô có tên",
    "dict_type": "phải gồm các ô có tên",
}


def _list_cell_slips(error: ValidationError, plain: PlainData) -> Iterator[Slip]:
    """The slips from the top down, one a cell; a misspelt cell comes before the one it leaves missing."""
    found: dict[tuple[str | int, ...], Any] = {}
    for slip in error.errors(include_url=False):
        found.setdefault(_written_path(slip["loc"], plain), slip)
    for path in sorted(found, key=lambda path: (_line(path, plain), found[path]["type"] == "missing")):
        yield Slip(_place(path, plain), _say(found[path], path))


def _written_path(loc: tuple[str | int, ...], plain: PlainData) -> tuple[str | int, ...]:
    """The path as the keys are written; the branches of a union that pydantic adds are dropped."""
    path: tuple[str | int, ...] = ()
    for step in loc:
        if (*path, step) in plain.lines or step in {c for cells in _CELLS.values() for c in cells}:
            path = (*path, step)
    return path


def _say(slip: Any, path: tuple[str | int, ...]) -> str:
    kind = slip["type"]
    if kind == "extra_forbidden":
        return f"không có ô này{_did_you_mean(str(slip['loc'][-1]), _CELLS[_kind_of(path)])}"
    if kind == "enum":
        return f"không có trường “{slip['input']}”{_did_you_mean(str(slip['input']), list(FieldName))}"
    if kind == "value_error":
        return str(slip["ctx"]["error"])
    return _SAYINGS.get(kind, f"không hợp lệ ({slip['msg']})")


def _kind_of(path: tuple[str | int, ...]) -> str:
    if "if" in path[:-1]:
        return "condition"
    return {"rows": "row", "default": "default"}.get(str(path[0]), "table") if len(path) > 1 else "table"


def _place(path: tuple[str | int, ...], plain: PlainData) -> str:
    """`quy tắc QT-07, ô if.all[2].field (dòng 14)`."""
    parts = []
    rest = path
    if path[:1] == ("rows",) and len(path) > 1:
        parts.append(f"quy tắc {_row_name(path[1], plain)}")
        rest = path[2:]
    elif path[:1] == ("default",):
        parts.append("quy tắc mặc định")
        rest = path[1:]
    if rest:
        cell = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in rest)
        parts.append(f"ô {cell.lstrip('.')}")
    return f"{', '.join(parts) or 'tệp'} (dòng {_line(path, plain)})"


def _line(path: tuple[str | int, ...], plain: PlainData) -> int:
    """The line of a path, or of what it should stand in."""
    known = (path[:end] for end in range(len(path), -1, -1))
    return next((plain.lines[part] for part in known if part in plain.lines), 1)


def _row_name(index: str | int, plain: PlainData) -> str:
    try:
        name = plain.data["rows"][index]["id"]
    except (KeyError, TypeError, IndexError):
        name = None
    return str(name) if name else f"thứ {int(index) + 1}"


def _did_you_mean(word: str, known: list[Any]) -> str:
    by_key = {fold(str(one)): str(one) for one in reversed(known)}
    best = process.extractOne(fold(word), list(by_key), scorer=fuzz.WRatio, score_cutoff=_LEAST_LIKENESS)
    return f"; có phải “{by_key[best[0]]}”?" if best else ""


def _slip(slips: list[Slip]) -> RuleSlip:
    first, *others = slips
    more = "".join(f"; {other.place}: {other.detail}" for other in others)
    return RuleSlip(
        place=first.place,
        detail=first.detail + more,
        slips=tuple((slip.place, slip.detail) for slip in slips),
    )
