"""Routing tables: check them, bring them into force."""

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
from fields.type_names import list_type_names
from office.decide import ROUTING_TABLE
from office.office import Office
from office.phrase import Phrase
from rules.conditions import Condition, same_words
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


def check_rules(office: Office, text: str | None) -> CheckedTable:
    """Check a table (the one in force when `text` is None) against the directory.

    Raises:
        RuleSlip: the table cannot be loaded; says row, cell and what was perhaps meant.
    """
    with office.view() as view:
        directory = view.directory()
        version, in_force = view.rules(ROUTING_TABLE)
    table = load_table(in_force if text is None else text, directory, name=ROUTING_TABLE, version=version)
    return CheckedTable(
        ROUTING_TABLE,
        version,
        tuple(row.sentence(directory) for row in table.rows),
        (*check_table(table, directory), *_strange_values(table)),
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
        for part in _comparisons(row.when):
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


def _comparisons(condition: Condition | None) -> Iterator[Condition]:
    """The single comparisons of a condition, whatever joins them."""
    if condition is None:
        return
    parts = [*(condition.all_of or ()), *(condition.any_of or ())]
    parts += [condition.not_] if condition.not_ else []
    if not parts:
        yield condition
    for part in parts:
        yield from _comparisons(part)


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


def adopt_table(office: Office, text: str, *, by: str, now: dt.datetime) -> int:
    """Bring a sound table into force as the next version; an unsound one changes nothing."""
    check_rules(office, text)
    with office.registry.book(by, now) as book:
        book.record(RulesAdopted(table=ROUTING_TABLE, text=text))
        version, _ = book.rules(ROUTING_TABLE)
    return version
