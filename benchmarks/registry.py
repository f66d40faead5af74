"""How fast the registry is: registrations a second and CPU a document, search, verification; both databases.

Run `python -m benchmarks.registry`; about two minutes. PostgreSQL runs with fsync on here, unlike in the
tests, and both databases lie in the same folder (`--folder`), on the disk an office would use.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import multiprocessing
import os
import random
import re
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from documents.decisions import Assignee, Role
from documents.events import (
    Arrival,
    DocumentAssigned,
    DocumentRead,
    DocumentReceived,
    DocumentRegistered,
    PersonSaved,
)
from documents.page import Box, Source
from documents.people import Officer, PersonId
from documents.reading import FieldName, FieldReading, Reading
from documents.status import DocumentId
from registry.audit import verify
from registry.engine import Registry
from registry.queue import claim
from registry.search import searchable
from registry.tables import DocumentRow, SearchRow
from tests.postgres import PostgresServer

NOW = dt.datetime(2012, 1, 5, 1, 12, tzinfo=dt.UTC)
LEASE = dt.timedelta(minutes=5)
BOOK, YEAR = "den", 2012
LINH = PersonId("linh")
SYLLABLES = re.findall(
    r"\w+",
    """thông tin đối ngoại kế hoạch quyết định về việc tăng cường công tác quản lý báo chí xuất bản tỉnh ủy
    ban nhân dân sở tài chính ngân sách năm triển khai thực hiện chỉ thị nghị hội đồng huyện thành phố
    giáo dục""",
)
ASKED = ("doi ngoai", "02 kh ubnd", "quan ly bao chi xuat ban", "khong co tu nay", "131", "nghi quyet 777")


@dataclass(frozen=True)
class Speed:
    """What was measured with some processes at once."""

    per_second: float
    cpu_ms: float
    server_ms: float | None


def reading(number: int) -> Reading:
    """Eleven fields, as an ordinary letter has them."""
    words = random.Random(number)
    values: dict[FieldName, Any] = {
        FieldName.NUMBER_SYMBOL: f"{number}/KH-UBND",
        FieldName.DATE: "2012-01-03",
        FieldName.PLACE: "Tây Ninh",
        FieldName.ISSUER: "ỦY BAN NHÂN DÂN TỈNH TÂY NINH",
        FieldName.DOC_TYPE: "Kế hoạch",
        FieldName.SUBJECT: " ".join(words.choices(SYLLABLES, k=18)),
        FieldName.SIGNER_NAME: "Nguyễn Thị Thu Thủy",
        FieldName.SIGNER_TITLE: "PHÓ CHỦ TỊCH",
        FieldName.URGENCY: None,
        FieldName.SECRECY: None,
        FieldName.RECIPIENTS: ["Như trên", "TT. Tỉnh ủy", "Lưu: VT"],
    }
    box = Box(0.1, 0.1, 0.4, 0.15)
    return Reading(
        {
            name: FieldReading(
                name=name, value=value, checked=True, page=1, box=box, source=Source.OCR, evidence=("Khớp.",)
            )
            for name, value in values.items()
        }
    )


def text(number: int, words: int = 250) -> str:
    """About a page of text."""
    return " ".join(random.Random(number).choices(SYLLABLES, k=words)) + f" {number}"


def work(url: str, worker: int, count: int, start: Any, answer: Any) -> None:
    """Bring `count` papers from the door to an officer, as intake and processor do: in three transactions."""
    registry = Registry(url)
    one_paper(registry, f"{worker}-warm", worker * 1_000_000)
    start.wait()
    before = cpu()
    for turn in range(count):
        one_paper(registry, f"{worker}-{turn}", worker * 1_000_000 + turn + 1)
    answer.send(cpu() - before)
    registry.close()


def one_paper(registry: Registry, key: str, number: int) -> None:
    """Receive; claim; read, register and assign."""
    arrival = Arrival(folder="/nhan", name=f"{key}.pdf", inode=number, mtime_ns=number, size=200_000)
    sha256 = hashlib.sha256(key.encode()).hexdigest()
    with registry.book("intake", NOW) as book:
        book.record(
            DocumentReceived(
                document=DocumentId(key),
                sha256=sha256,
                size=200_000,
                media_type="application/pdf",
                arrival=arrival,
            )
        )
    claimed = claim(registry, "p1", NOW, LEASE, "head")
    assert claimed
    with registry.book("p1", NOW) as book:
        document = claimed.document
        book.record(
            DocumentRead(
                document=document,
                attempt=claimed.attempt,
                reading=reading(number),
                page_count=1,
                text=text(number),
            )
        )
        allotted, _ = book.allot_number(BOOK, YEAR)
        book.record(
            DocumentRegistered(
                document=document, book=BOOK, year=YEAR, number=allotted, arrival_date=NOW.date()
            )
        )
        book.record(DocumentAssigned(document=document, assignees=(Assignee(role=Role.LEAD, person=LINH),)))


def cpu() -> float:
    """CPU seconds of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def register(url: str, *, workers: int, count: int, server: PostgresServer | None) -> Speed:
    """Measure `workers` processes that bring `count` papers each."""
    context = multiprocessing.get_context("spawn")
    start, pipes, running = context.Barrier(workers + 1), [], []
    for worker in range(workers):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(url, worker, count, start, theirs))
        process.start()
        theirs.close()
        pipes.append(ours)
        running.append(process)
    start.wait()
    began, server_before = time.perf_counter(), server_cpu(server)
    used = sum(pipe.recv() for pipe in pipes)
    took = time.perf_counter() - began
    served = server_cpu(server)
    for process in running:
        process.join()
    papers = workers * count
    registry = Registry(url)
    with registry.view() as view:
        numbers = [entry.number for entry, _ in view.entries(BOOK, YEAR)]
        assert numbers == list(range(1, papers + workers + 1)), "a gap or a double"
        assert verify(view).whole
    registry.close()
    server_ms = (served - server_before) * 1000 / papers if served and server_before else None
    return Speed(papers / took, used * 1000 / papers, server_ms)


def server_cpu(server: PostgresServer | None) -> float | None:
    """CPU seconds of the server, its connections open and closed; None where that cannot be seen."""
    if server is None or not Path("/proc/self/stat").exists():
        return None
    ticks = 0
    mine = server.process_id
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if stat.parent.name == str(mine):
            # Its own, and that of the connections that have ended.
            ticks += sum(int(part) for part in parts[11:15])
        elif int(parts[1]) == mine:
            ticks += int(parts[11]) + int(parts[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def fill(url: str, papers: int) -> None:
    """Put papers into the search quickly; the rest of the book is not needed for it."""
    registry = Registry(url)
    rows = (
        {"id": n, "document": f"s{n}", "head": head(n), "body": f" {plain(text(n))} "} for n in ids(papers)
    )
    documents = (document(n) for n in ids(papers))
    with registry.writing() as session:
        for batch in in_batches(documents):
            session.execute(sa.insert(DocumentRow), batch)
        for batch in in_batches(rows):
            session.execute(sa.insert(SearchRow), batch)
    if registry.dialect == "postgresql":
        with registry.writing() as session:
            session.execute(sa.text("ANALYZE"))
    registry.close()


def ids(papers: int) -> range:
    """Numbers that no other part of the benchmark uses."""
    return range(10_000_000, 10_000_000 + papers)


def document(number: int) -> dict[str, Any]:
    """The least that a document's row needs."""
    return {
        "id": f"s{number}", "arrived": number, "status": "waiting", "file_name": f"{number}.pdf",
        "sha256": hashlib.sha256(str(number).encode()).hexdigest(), "size": 1,
        "media_type": "application/pdf", "folder": "/x", "name": f"{number}.pdf", "inode": str(number),
        "mtime_ns": number, "received_at": NOW,
        "received_by": "bench",
    }  # fmt: skip


def plain(words: str) -> str:
    """As the search keeps it."""
    return searchable(words).strip()


def head(number: int) -> str:
    """The searched fields of a paper."""
    subject = " ".join(random.Random(number).choices(SYLLABLES, k=18))
    return f" {plain(f'{number % 1000} kh ubnd {subject}')} "


def in_batches(rows: Iterator[dict[str, Any]], size: int = 2000) -> Iterator[list[dict[str, Any]]]:
    """Rows by the thousand."""
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def search(url: str, *, times: int = 20) -> dict[str, tuple[float, float]]:
    """Median and slowest milliseconds of each query, a new view each time."""
    registry = Registry(url)
    found = {}
    for asked in ASKED:
        took = []
        for _ in range(times):
            began = time.perf_counter()
            with registry.view() as view:
                view.search(asked)
            took.append((time.perf_counter() - began) * 1000)
        found[asked] = statistics.median(took), max(took)
    registry.close()
    return found


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, tuple[str, PostgresServer | None]]]:
    """A new registry on each database: name to URL and server."""
    found: dict[str, tuple[str, PostgresServer | None]] = {
        "SQLite": (f"sqlite:///{folder / 'registry.db'}", None)
    }
    server = None
    if shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        safe = {"fsync": "on", "full_page_writes": "on", "autovacuum": "on", "shared_buffers": "128MB"}
        server = PostgresServer(Path(tempfile.mkdtemp(prefix="pg-", dir=folder)), safe)
        found["PostgreSQL"] = (server.url(server.create()), server)
    for url, _ in found.values():
        registry = Registry(url)
        registry.migrate()
        with registry.book("bench", NOW) as book:
            book.record(PersonSaved(person=Officer(id=LINH, name="Nguyễn Thị Linh")))
        registry.close()
    try:
        yield found
    finally:
        if server:
            server.remove()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path, help="where the databases lie; a temporary folder otherwise")
    options.add_argument("--papers", type=int, default=800, help="papers registered in each measurement")
    options.add_argument("--rows", type=int, default=50_000, help="rows searched")
    given = options.parse_args()
    for workers in (1, 16):
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            Path(folder).chmod(0o755)
            with databases(Path(folder)) as found:
                for name, (url, server) in found.items():
                    speed = register(
                        url, workers=workers, count=max(1, given.papers // workers), server=server
                    )
                    served = f" + {speed.server_ms:.1f} in the server" if speed.server_ms is not None else ""
                    print(
                        f"{name:<11}{workers:>3} at once  {speed.per_second:7.0f} documents/s"
                        f"  {speed.cpu_ms:6.1f} ms CPU a document{served}"
                    )
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        Path(folder).chmod(0o755)
        with databases(Path(folder)) as found:
            times = {}
            for name, (url, _) in found.items():
                fill(url, given.rows)
                times[name] = search(url)
            print(f"\nsearch in {given.rows} documents, ms: median (slowest)")
            for asked in ASKED:
                row = "  ".join(
                    f"{name} {m:6.1f} ({s:6.1f})" for name, t in times.items() for m, s in [t[asked]]
                )
                print(f"{asked:<28}{row}")


if __name__ == "__main__":
    main()
