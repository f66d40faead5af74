"""Names of document types: as titles in capitals, and as abbreviations in notations.

The table is NĐ30 Appendix III with the older and the Party's types; a few titles met on paper are added here.
"""

from __future__ import annotations

import csv
import functools
import importlib.resources
import re
from dataclasses import dataclass

from documents.page import Line
from documents.text import fold, nfc
from fields import marks

_EXTRA = (
    ("Thư mời", "TM"), ("Điều lệ", ""), ("Nội quy", ""), ("Thông tư liên tịch", "TTLT"), ("Tuyên bố", ""),
    ("Phiếu trình", "PT"), ("Lịch công tác", ""), ("Giấy xác nhận", ""), ("Quy trình", "QTr"),
    ("Nghị quyết liên tịch", "NQLT"), ("Sao y", "SY"), ("Trích sao", "TrS"), ("Sao lục", "SL"),
    ("Kết luận thanh tra", "KL"), ("Lời kêu gọi", ""),
)  # fmt: skip
_NOT_TITLES = frozenset({"Công văn", "Hồ sơ kèm theo", "Văn bản nước ngoài", "Đơn, thư của công dân"})
_LEAST = 86.0
_SHORT = 6
"""Names of so few letters must fit exactly: `SỞ Y …` is nearly `SAO Y`."""


@dataclass(frozen=True, slots=True)
class TypeName:
    """A type named on a line: its canonical name and the words that name it."""

    name: str
    line: Line
    score: float
    tail: Line | None = None
    """What follows on a line that is all capitals: the subject's first words."""


@functools.cache
def list_type_names() -> tuple[str, ...]:
    """Canonical names that may stand as a title, longest first."""
    names = {name for name, _ in _table() if name not in _NOT_TITLES}
    return tuple(sorted(names, key=len, reverse=True))


@functools.cache
def types_of(abbreviation: str) -> frozenset[str]:
    """Canonical names abbreviated so, marks and case aside; empty when it names no type."""
    key = fold(abbreviation)
    return frozenset(name for name, short in _table() if short and fold(short) == key)


@functools.cache
def spell_abbreviation(read: str, name: str) -> str:
    """Return the official spelling of `read` for the type `name` (`QD` → `QĐ`), else `read`."""
    return next((s for n, s in _table() if n == name and s and fold(s) == fold(read)), read)


@functools.cache
def list_abbreviations() -> tuple[str, ...]:
    """All abbreviations of types, each once."""
    return tuple(sorted({short for _, short in _table() if short}))


def find_type_name(line: Line) -> TypeName | None:
    """Return the type that `line` names as a title, or None.

    The name must be in capitals and outweigh what else is on the line, unless it begins a line of capitals
    (`KẾ HOẠCH TỔ CHỨC …`). A colon after it (`QUYẾT ĐỊNH:`) makes it the enacting formula, not a title.
    """
    if not any(w.text.isupper() and len(w.text) > 1 for w in line.words):
        return None
    named = [n for name in list_type_names() if (n := _named(name, line))]
    return max(named, key=lambda n: (n.score, len(n.name)), default=None)


def _named(name: str, line: Line) -> TypeName | None:
    least = 100.0 if len(name) <= _SHORT else _LEAST
    run = marks.find_run(line.words, ((fold(name), least),))
    if run is None:
        return None
    words = Line(line.words[run.start : run.end])
    if not marks.is_capitals(words.text) or words.text.rstrip().endswith(":"):
        return None
    rest = [w.text for w in (*line.words[: run.start], *line.words[run.end :])]
    weight = sum(c.isalpha() for text in rest for c in text)
    if weight * 2 <= len(name):
        return TypeName(name, words, run.score)
    tail = marks.trim_noise(Line(line.words[run.end :])) if line.words[run.end :] else None
    if tail and not any(c.isalpha() for w in line.words[: run.start] for c in w.text) and tail.text.isupper():
        return TypeName(name, words, run.score, tail)
    return None


@functools.cache
def _table() -> tuple[tuple[str, str], ...]:
    text = (importlib.resources.files("fields") / "data" / "document_types.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    pairs = [(_bare(nfc(r["name_vi"])), nfc(r[key])) for r in rows for key in ("abbr", "abbr_TT01_2011")]
    return (*pairs, *_EXTRA)


def _bare(name: str) -> str:
    """`Quyết định quy phạm pháp luật` and `Quyết định (cá biệt)` are both printed `QUYẾT ĐỊNH`."""
    name = re.sub(r"\s*\(.*?\)", "", name)
    return re.sub(r" (?:quy phạm.*|của .*|/.*)$", "", name)
