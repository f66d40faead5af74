"""Routing tables: read and check them, bring an office's first one into force."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from documents.errors import Refused
from documents.events import RulesAdopted
from documents.reading import FieldName
from documents.text import fold, visible
from documents.wording import SECRECIES, URGENCIES
from fields.doc_type import LETTER
from fields.superiors import full_name
from fields.type_names import list_type_names
from office.agencies import agencies_of
from office.decide import ROUTING_TABLE, routing_table
from office.office import Office
from office.phrase import Phrase
from registry.view import View
from rules.conditions import same_words
from rules.rows import RoutingTable
from rules.strict_yaml import MOST_BYTES
from rules.table import check_table, load_sample_table_text, load_table


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """A sound table in words, with what is doubtful about it."""

    name: str
    version: int
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]


class TableUnreadable(Refused):
    """The file named for a routing table is no text file, or not there."""

    message = "Không đọc được bảng quy tắc {file}: {reason}."
    advice = "Kiểm tra đường dẫn; bảng là tệp chữ YAML, bảng mã UTF-8. Bảng đang dùng vẫn giữ nguyên."


def read_table(file: Path) -> str:
    """Return the text of a table as people keep it; a byte-order mark does not matter.

    Raises:
        TableUnreadable: there is no such file, it is a folder, too large, or not UTF-8 text.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise TableUnreadable(
                file=visible(str(file)), reason=Phrase("lớn quá {kb} KB", kb=MOST_BYTES // 1024)
            )
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise TableUnreadable(file=visible(str(file)), reason=error.strerror) from error
    except UnicodeDecodeError as error:
        reason = Phrase("không phải chữ UTF-8, từ byte thứ {place}", place=error.start + 1)
        raise TableUnreadable(file=visible(str(file)), reason=reason) from error
    if "\0" in text:
        raise TableUnreadable(file=visible(str(file)), reason=Phrase("có ký tự không phải chữ"))
    return text


def load_draft_table(text: str, view: View) -> RoutingTable:
    """Load a table that is not in force; agencies in it must stand in the directory of agencies.

    Raises:
        RuleSlip: the table cannot be loaded; says row, cell and what was perhaps meant.
    """
    agencies = agencies_of(view)
    return load_table(
        text, view.directory(), name=ROUTING_TABLE, agency_named=lambda name: full_name(name, agencies)
    )


def check_rules(office: Office, text: str | None, *, today: dt.date) -> CheckedTable:
    """Check a table (the one in force today when `text` is None) against the directory.

    Raises:
        RuleSlip: the table cannot be loaded; says row, cell and what was perhaps meant.
    """
    with office.view() as view:
        directory = view.directory()
        version, _ = view.rules(ROUTING_TABLE, today)
        table = routing_table(view, on=today) if text is None else load_draft_table(text, view)
    return CheckedTable(
        ROUTING_TABLE,
        version,
        tuple(row.sentence(directory) for row in table.rows),
        (*check_table(table, directory, today), *_strange_values(table)),
    )


_CLOSED = {
    FieldName.DOC_TYPE: ("tên loại", (*list_type_names(), LETTER)),
    FieldName.URGENCY: ("mức khẩn", URGENCIES),
    FieldName.SECRECY: ("mức mật", SECRECIES),
}
"""Fields that are read into a fixed list of words: a rule that asks for another word never holds."""
_LEAST_LIKENESS = 60


def _strange_values(table: RoutingTable) -> Iterator[str]:
    for row in table.rows:
        for part in row.when.comparisons() if row.when else ():
            if part.field not in _CLOSED:
                continue
            what, known = _CLOSED[part.field]
            by_key = {same_words(one): one for one in known}
            for value in (part.is_,) if part.is_ else part.one_of or ():
                if same_words(value) not in by_key:
                    meant = _did_you_mean(value, known)
                    yield f"{row.id}: không có {what} “{value}”{meant}; điều kiện này không bao giờ đúng."


def _did_you_mean(value: str, known: Iterable[str]) -> str:
    by_key = {fold(one): one for one in known}
    best = process.extractOne(fold(value), list(by_key), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS)
    return f" (có phải “{by_key[best[0]]}”?)" if best else ""


_OTHER_UNITS = re.compile(r"\b(bcxb|cntt|bcvt|ttra|khtc)\b")
_START_NOTE = """\
# Bảng mẫu cho cơ quan mới: mọi quy tắc tạm giao cho vp (Văn phòng). Thêm đơn vị bằng lệnh
# `congvan people unit TÊN --id MÃ --head MÃ_NGƯỜI`, thay vp bằng mã đơn vị phụ trách, rồi chạy
# `congvan rules check TỆP` và `congvan rules adopt TỆP`.
#
"""


def sample_for_new_office() -> str:
    """The sample table with every unit replaced by the one that a new office has."""
    return _START_NOTE + _OTHER_UNITS.sub("vp", load_sample_table_text())


FIRST_TABLE = """\
title: Bảng giao việc văn bản đến
rows: []
default:
  lead: vp
  source: Khi chưa có quy tắc nào khác, văn bản qua Văn phòng
"""
"""The table that an office is founded with: everything goes to the unit that it has."""


class NotTheFirstTable(Refused):
    """The office has a routing table of its own: it changes only by a draft and a second person."""

    message = "Cơ quan đã có bảng quy tắc (bản {version}) nên không thay thẳng được; bản ấy vẫn giữ nguyên."
    advice = (
        "Lập bản nháp: congvan rules draft {file} --by MÃ; xem chạy thử: congvan rules dry-run --from NGÀY; "
        "rồi người thứ hai duyệt: congvan rules approve SỐ --by MÃ --from NGÀY"
    )


def adopt_table(office: Office, text: str, *, by: str, now: dt.datetime, file: str = "TỆP") -> int:
    """Bring the office's first table into force, at once and by one person.

    Raises:
        RuleSlip: the table cannot be loaded; nothing is changed.
        NotTheFirstTable: there is one already; `file` is how the advice names the new one.
    """
    with office.registry.book(by, now) as book:
        load_draft_table(text, book)
        version, in_force = book.rules(ROUTING_TABLE)
        if version and in_force != FIRST_TABLE:
            raise NotTheFirstTable(version=version, file=visible(file))
        book.record(RulesAdopted(table=ROUTING_TABLE, text=text))
    return version + 1
