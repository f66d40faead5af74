"""How long it takes to try a routing table on every document an office ever registered.

Run `python -m benchmarks.dry_run`. A scratch registry is filled by bulk insert: 22 fields a document, one in
three with names on its stamp, three recipient lines. The table in force is the sample; the tried one moves a
third of the documents. PostgreSQL is measured too where it is installed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.registry import SYLLABLES, databases, document, in_batches
from documents.reading import FieldName
from gateways.store import Store
from office.decide import ROUTING_TABLE
from office.dry_run import DryRun, dry_run
from office.found import settle_people
from office.office import INCOMING, Office
from office.settings import load_settings
from registry.engine import Registry
from registry.tables import AssignmentRow, DocumentRow, EntryRow, FieldRow, RulesRow
from rules.table import load_sample_table_text
from tests.offices import PEOPLE

FIRST_DAY = dt.date(2012, 1, 2)
NOW = dt.datetime(2012, 12, 28, 1, 0, tzinfo=dt.UTC)
TYPES = ("Công văn", "Kế hoạch", "Quyết định", "Giấy mời", "Báo cáo", "Chỉ thị")
STAMPS = (["Đ/c Linh, Đ/c Thanh Xuân"], ["P.CNTT chủ trì, VP p/h"], ["LĐ VP để biết"])
TOPICS = ("báo chí", "công nghệ thông tin", "tần số", "kinh phí", "thi đua", "giao thông", "nông thôn mới")


def values(number: int) -> dict[FieldName, Any]:
    """The fields of a document, those not on the paper left out."""
    chance = random.Random(number)
    subject = f"{' '.join(chance.choices(SYLLABLES, k=9))} {chance.choice(TOPICS)} năm 2012"
    return {
        FieldName.NUMBER_SYMBOL: f"{number}/UBND-VX",
        FieldName.DATE: str(FIRST_DAY + dt.timedelta(number % 340)),
        FieldName.PLACE: "Tây Ninh",
        FieldName.ISSUER: "ỦY BAN NHÂN DÂN TỈNH TÂY NINH" if number % 2 else "SỞ TÀI CHÍNH",
        FieldName.ISSUER_AGENCY: "Ủy ban nhân dân tỉnh Tây Ninh"
        if number % 2
        else "Sở Tài chính tỉnh Tây Ninh",
        FieldName.DOC_TYPE: chance.choice(TYPES),
        FieldName.SUBJECT: subject,
        FieldName.SIGNER_NAME: "Nguyễn Thị Thu Thủy",
        FieldName.SIGNER_TITLE: "PHÓ CHỦ TỊCH",
        FieldName.RECIPIENTS: ["Như trên", "TT. Tỉnh ủy", "Sở Tài chính", "Lưu: VT"],
        FieldName.REFERENCES: [{"phrase": "Nghị định số 30/2020/NĐ-CP", "date": None}],
        FieldName.DEADLINES: [{"phrase": "trước ngày 20/12/2012", "date": "2012-12-20"}]
        if number % 9 == 0
        else [],
        FieldName.URGENCY: "KHẨN" if number % 20 == 0 else None,
        FieldName.ARRIVAL_NUMBER: str(number),
        FieldName.ARRIVAL_FORWARDED_TO: STAMPS[number % 9] if number % 9 < 3 else None,
    }


def fill(url: str, papers: int) -> None:
    """Put registered and assigned documents there by the thousand."""
    numbers = range(1, papers + 1)
    with closing(Registry(url)) as registry, registry.writing() as session:
        tables: list[tuple[type[Any], Iterator[dict[str, Any]]]] = [
            (DocumentRow, ({**document(n), "status": "assigned"} for n in numbers)),
            (FieldRow, (row for n in numbers for row in fields(n))),
            (EntryRow, (entry(n) for n in numbers)),
            (AssignmentRow, (row for n in numbers for row in lines(n))),
        ]
        for table, rows in tables:
            for batch in in_batches(rows, 5000):
                session.execute(sa.insert(table), batch)
    if registry.dialect == "postgresql":
        with closing(Registry(url)) as registry, registry.writing() as session:
            session.execute(sa.text("ANALYZE"))


def fields(number: int) -> Iterator[dict[str, Any]]:
    """Every field, as the reader leaves it."""
    known = values(number)
    for name in FieldName:
        value = known.get(name)
        yield {
            "document": f"s{number}", "name": name.value, "value": value, "key": None, "checked": True,
            "reason": None, "page": 1, "box": [0.1, 0.1, 0.4, 0.15], "source": "ocr", "evidence": ["Khớp."],
        }  # fmt: skip


def entry(number: int) -> dict[str, Any]:
    """Its line of the register."""
    return {
        "book": INCOMING, "year": 2012, "number": number, "state": "taken", "document": f"s{number}",
        "arrival_date": FIRST_DAY + dt.timedelta(number % 340), "entered_at": NOW, "entered_by": "bench",
    }  # fmt: skip


def lines(number: int) -> Iterator[dict[str, Any]]:
    """A lead by a rule, one who supports, one who is informed."""
    for line, (role, unit) in enumerate((("lead", "bcxb"), ("support", "vp"), ("inform", "khtc")), start=1):
        yield {
            "document": f"s{number}", "line": line, "role": role, "unit": unit, "state": "open",
            "because": [], "rule_version": 1, "rule_row": "QT-04", "assigned_at": NOW,
        }  # fmt: skip


def measure(home: Path, url: str, papers: int, times: int) -> tuple[list[tuple[float, float]], DryRun]:
    """Seconds of each dry run, by the clock and of CPU, and what the last one said."""
    sample = load_sample_table_text()
    tried = sample.replace("lead: cntt", "lead: bcvt").replace("days: 15", "days: 12")
    tried = tried.replace("rows:\n", f"rows:\n{FROM_THE_PROVINCE}", 1)
    with closing(Registry(url)) as registry:
        office = Office(load_settings(home), registry, Store(home / "kho"))
        settle_people(office, PEOPLE, password=None, now=NOW)
        with registry.writing() as session:
            session.add(
                RulesRow(name=ROUTING_TABLE, version=1, text=sample, adopted_at=NOW, adopted_by="bench")
            )
        fill(url, papers)
        took = []
        for _ in range(times):
            begun, worked = time.perf_counter(), time.process_time()
            said = dry_run(office, tried, since=FIRST_DAY, today=NOW.date())
            took.append((time.perf_counter() - begun, time.process_time() - worked))
    assert said.documents == papers
    return took, said


FROM_THE_PROVINCE = """\
  - id: QT-00
    if: {all: [{from: Ủy ban nhân dân tỉnh Tây Ninh}, {field: subject, matches: 'nông\\s+thôn'}]}
    lead: khtc
    source: thử
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path, help="where the databases lie; a temporary folder otherwise")
    options.add_argument("--papers", type=int, default=10_000, help="documents in the registry")
    options.add_argument("--times", type=int, default=3, help="dry runs of each; the fastest counts")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        home = Path(folder)
        home.chmod(0o755)
        with databases(home) as found:
            for name, (url, _) in found.items():
                took, said = measure(home, url, given.papers, given.times)
                clock, cpu = min(took)
                print(
                    f"{name:<11}{said.documents} documents in {clock:.2f} s ({cpu:.2f} s CPU here, slowest "
                    f"{max(took)[0]:.2f} s), {clock * 1e6 / said.documents:.0f} µs a document; "
                    f"{len(said.moved)} would differ, {said.elsewhere} with another lead, "
                    f"{said.by_stamp} led by their stamp"
                )


if __name__ == "__main__":
    main()
