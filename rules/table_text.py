"""A routing table as people write it: its cells, and what slips in them, said with row, cell and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError, model_validator
from rapidfuzz import fuzz, process

from documents.errors import RuleSlip
from documents.reading import FieldName
from documents.text import fold, visible
from rules.conditions import COMBINATORS, OPERATORS, QUESTIONS, Condition, Day, Words
from rules.strict_yaml import NotPlain, PlainData, read_plain

DEFAULT_ID = "mac_dinh"
MOST_DAYS = 366
_LEAST_LIKENESS = 60

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from the top of the file down to a cell."""


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


def read_table_text(text: str) -> tuple[TableText, PlainData]:
    """Read a table as written; names in it are not looked up yet.

    Raises:
        RuleSlip: it is no plain YAML, or at least one cell cannot be understood.
    """
    try:
        plain = read_plain(text)
    except NotPlain as error:
        raise refuse([Slip(error.place, error.detail)]) from error
    try:
        return TableText.model_validate(plain.data), plain
    except ValidationError as error:
        raise refuse(list(_list_cell_slips(error, plain))) from error


def list_rows(written: TableText) -> Iterator[tuple[Path, RowText | DefaultText]]:
    """Every row with its path, the default last."""
    yield from ((("rows", index), row) for index, row in enumerate(written.rows))
    yield ("default",), written.default


# ── saying what slipped ──────────────────────────────────────────────────────────────────────────────────

_CELLS: Mapping[str, list[str]] = {
    "condition": ["field", *OPERATORS, *QUESTIONS, *COMBINATORS],
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
    "literal_error": "chỉ ghi true; muốn ngược lại thì đặt trong not",
    "less_than_equal": f"nhiều nhất là {MOST_DAYS}",
    "tuple_type": "phải là danh sách, ví dụ [vp, cntt]",
    "model_type": "phải gồm các ô có tên",
    "model_attributes_type": "phải gồm các ô có tên",
    "dict_type": "phải gồm các ô có tên",
}


def _list_cell_slips(error: ValidationError, plain: PlainData) -> Iterator[Slip]:
    """The slips from the top down, one a cell; a misspelt cell comes before the one it leaves missing."""
    found: dict[Path, Any] = {}
    for slip in error.errors(include_url=False):
        found.setdefault(_written_path(slip["loc"], plain), slip)
    for path in sorted(found, key=lambda path: (_line(path, plain), found[path]["type"] == "missing")):
        yield Slip(place_of(path, plain), _say(found[path], path))


def _written_path(loc: Path, plain: PlainData) -> Path:
    """The path as the keys are written; the branches of a union that pydantic adds are dropped."""
    path: Path = ()
    for step in loc:
        if (*path, step) in plain.lines or step in {c for cells in _CELLS.values() for c in cells}:
            path = (*path, step)
    return path


def _say(slip: Any, path: Path) -> str:
    kind = slip["type"]
    if kind == "extra_forbidden" and path == ("default", "if"):
        return "quy tắc mặc định không có điều kiện: nó dùng khi không quy tắc nào ở trên chọn được"
    if kind == "string_type" and path[-1] == "lead" and isinstance(slip["input"], list | tuple):
        return "chỉ một nơi chủ trì; những nơi khác ghi ở support"
    if kind == "extra_forbidden":
        return f"không có ô này{did_you_mean(str(slip['loc'][-1]), _CELLS[_kind_of(path)])}"
    if kind == "enum":
        return f"không có trường “{slip['input']}”{did_you_mean(str(slip['input']), list(FieldName))}"
    if kind == "value_error":
        return str(slip["ctx"]["error"])
    return _SAYINGS.get(kind, f"không hợp lệ ({slip['msg']})")


def _kind_of(path: Path) -> str:
    if "if" in path[:-1]:
        return "condition"
    return {"rows": "row", "default": "default"}.get(str(path[0]), "table") if len(path) > 1 else "table"


def place_of(path: Path, plain: PlainData) -> str:
    """A place as people find it: `quy tắc QT-07, ô if.all[2].field (dòng 14)`."""
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


def _line(path: Path, plain: PlainData) -> int:
    """The line of a path, or of what it should stand in."""
    known = (path[:end] for end in range(len(path), -1, -1))
    return next((plain.lines[part] for part in known if part in plain.lines), 1)


def _row_name(index: str | int, plain: PlainData) -> str:
    try:
        name = plain.data["rows"][index]["id"]
    except (KeyError, TypeError, IndexError):
        name = None
    return visible(str(name)) if name else f"thứ {int(index) + 1}"


def did_you_mean(word: str, known: Iterable[Any]) -> str:
    """`; có phải “subject”?` for what is likest among the known words; nothing when none is like it."""
    by_key = {fold(str(one)): str(one) for one in reversed(list(known))}
    best = process.extractOne(fold(word), list(by_key), scorer=fuzz.WRatio, score_cutoff=_LEAST_LIKENESS)
    return f"; có phải “{by_key[best[0]]}”?" if best else ""


def refuse(slips: list[Slip]) -> RuleSlip:
    """The error that names the first slip by itself and carries all of them."""
    first, *others = slips
    more = "".join(f"; {other.place}: {other.detail}" for other in others)
    return RuleSlip(
        place=first.place,
        detail=said if (said := first.detail + more).endswith("?") else f"{said}.",
        slips=tuple((slip.place, slip.detail) for slip in slips),
    )
