"""A register of a million lines, put straight into the tables: for benchmarks only, it has no audit.

Made inside the database from short lists of phrases, so that it takes minutes: 300 issuers, the first ones
far more often than the last, eight types, subjects of four phrases, a text of pages, 48 people and 8 units.
"""

from __future__ import annotations

import json
import random
import re
from importlib import import_module
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from documents.decisions import Role
from documents.events import PersonSaved, UnitSaved
from documents.people import Officer, PersonId, Unit, UnitId
from documents.status import Status
from documents.text import fold
from registry.engine import Registry
from registry.search import searchable
from registry.tables import AssignmentRow, DocumentRow, EntryRow, FieldRow, SearchRow
from tests.registry.builders import NOW

BOOK, YEAR = "den", 2026
SYLLABLES = re.findall(
    r"\w+",
    """thông tin đối ngoại kế hoạch quyết định tăng cường công tác quản lý báo chí xuất bản tỉnh ủy ban
    nhân dân sở tài chính ngân sách năm triển khai thực hiện chỉ thị nghị hội đồng huyện thành phố
    giáo dục y tế phòng chống dịch bệnh an toàn giao thông đường bộ môi trường đất đai cải cách hành
    chính thủ tục hồ sơ công chức viên chức tuyển dụng khen thưởng kỷ luật thanh tra kiểm tra tiếp dân
    khiếu nại tố cáo bảo hiểm xã lao động việc làm trẻ em gia đình văn hóa thể thao du lịch nông
    nghiệp thôn mới chăn nuôi thủy sản lâm rừng bão lụt cứu hộ quốc phòng quân dịch vụ điện nước viễn
    bưu chính số dữ liệu cơ sở hạ tầng đầu tư xây dựng đấu thầu mua sắm tài sản kho bạc thuế hải quan
    chợ giá cả xăng dầu khoáng sản""",
)
RARE = "hoằng hà quắc thước"
"""Stands in one paper in fifty thousand."""
TYPES = ("Công văn", "Kế hoạch", "Quyết định", "Thông báo", "Báo cáo", "Tờ trình", "Giấy mời", "Chỉ thị")


def fill(registry: Registry, lines: int) -> None:
    """Put `lines` lines into the register of `YEAR`, then bring indexes and statistics up to date."""
    with registry.book("bench", NOW) as book:
        for n in range(8):
            book.record(UnitSaved(unit=Unit(id=UnitId(f"u{n}"), name=f"Phòng số {n}")))
        for n in range(48):
            book.record(PersonSaved(person=Officer(id=PersonId(f"p{n}"), name=f"Cán bộ thứ {n}")))
    is_sqlite = registry.dialect == "sqlite"
    with registry.writing() as session:
        if is_sqlite:
            session.execute(sa.text("PRAGMA cache_size = -500000"))
            session.execute(sa.text("DROP TRIGGER search_text_insert"))
        else:
            # Rows made from one list need no check against each other.
            session.execute(sa.text("SET LOCAL session_replication_role = replica"))
            session.execute(sa.text("SET LOCAL maintenance_work_mem = '1GB'"))
            session.execute(sa.text("SET LOCAL work_mem = '256MB'"))
        indexes = _without_indexes(session, is_sqlite=is_sqlite)
        _phrases(session)
        _numbers(session, lines, is_sqlite=is_sqlite)
        _documents(session, is_sqlite=is_sqlite)
        _fields(session)
        _search(session)
        import_module("registry.migrations.versions.0016_register_marks").fill(session.connection())
        for made_again in indexes:
            session.execute(sa.text(made_again))
        if is_sqlite:
            session.execute(sa.text("INSERT INTO search_text (search_text) VALUES ('rebuild')"))
            session.execute(
                sa.text(
                    "CREATE TRIGGER search_text_insert AFTER INSERT ON search BEGIN INSERT INTO search_text"
                    " (rowid, head, body) VALUES (NEW.id, NEW.head, NEW.body); END"
                )
            )
    if not is_sqlite:
        with registry.writing() as session:
            outside = session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
            outside.execute(sa.text("VACUUM ANALYZE"))


def _without_indexes(session: Session, *, is_sqlite: bool) -> list[str]:
    """Take the indexes off the tables that are filled; what makes them again."""
    tables = "'documents', 'fields', 'entries', 'assignments', 'search'"
    asked = (
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> '' AND tbl_name IN ({tables})"
        if is_sqlite
        else "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
        f" AND tablename IN ({tables}) AND NOT EXISTS"
        " (SELECT FROM pg_constraint WHERE conindid = quote_ident(indexname)::regclass)"
    )
    found = session.execute(sa.text(asked)).all()
    for name, _ in found:
        session.execute(sa.text(f'DROP INDEX "{name}"'))
    return [made for _, made in found]


def _phrases(session: Session) -> None:
    """Short lists whose lengths have no common divisor, so that their rows meet in ever new ways."""
    said = random.Random(2026)
    session.execute(
        sa.text("CREATE TEMPORARY TABLE phrase (kind TEXT, n INTEGER, raw TEXT, plain TEXT, value TEXT)")
    )
    session.execute(sa.text("CREATE TEMPORARY TABLE kept (unused INTEGER)"))
    rows: list[dict[str, Any]] = []

    def keep(kind: str, texts: list[str]) -> None:
        rows.extend(
            {
                "kind": kind,
                "n": n,
                "raw": fold(text),
                "plain": searchable(text).strip(),
                "value": json.dumps(text),
            }
            for n, text in enumerate(texts)
        )

    for kind, count, syllables in (("s1", 211, 5), ("s2", 223, 4), ("s3", 227, 4), ("s4", 229, 5)):
        keep(kind, [" ".join(said.choices(SYLLABLES, k=syllables)) for _ in range(count)])
    for kind, count in (("b1", 1009), ("b2", 1013), ("b3", 1019)):
        keep(kind, [" ".join(said.choices(SYLLABLES, k=16)) for _ in range(count)])
    kinds = ("SỞ", "UBND XÃ", "BAN", "CHI CỤC")
    issuers = [
        f"{said.choice(kinds)} {' '.join(said.choices(SYLLABLES, k=3))} {n}".upper() for n in range(300)
    ]
    keep("issuer", [issuers[min(299, int(said.expovariate(1 / 40)))] for _ in range(1021)])
    keep("type", [TYPES[min(7, int(said.expovariate(1 / 2)))] for _ in range(101)])
    session.execute(sa.text("INSERT INTO phrase VALUES (:kind, :n, :raw, :plain, :value)"), rows)
    session.execute(sa.text("CREATE UNIQUE INDEX phrase_key ON phrase (kind, n)"))


def _numbers(session: Session, lines: int, *, is_sqlite: bool) -> None:
    """Every line's number with its phrases, once."""
    if is_sqlite:
        counted = f"WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < {lines})"
        day = f"date('{YEAR}-01-01', '+' || (i * 364 / {lines}) || ' days')"
    else:
        counted = f"WITH c AS (SELECT i::bigint AS i FROM generate_series(1, {lines}) AS i)"
        day = f"DATE '{YEAR}-01-01' + (i * 364 / {lines})::int"
    # Left joins, so that SQLite begins with the numbers whatever it thinks of the lists.
    joins = " ".join(
        f"LEFT JOIN phrase {k} ON {k}.kind = '{k}' AND {k}.n = (i * {step}) % {count}"
        for k, count, step in (
            ("s1", 211, 1), ("s2", 223, 7), ("s3", 227, 11), ("s4", 229, 13),
            ("b1", 1009, 1), ("b2", 1013, 3), ("b3", 1019, 5), ("issuer", 1021, 17), ("type", 101, 3),
        )
    )  # fmt: skip
    rare = searchable(RARE).strip()
    session.execute(
        sa.text(
            f"""CREATE TEMPORARY TABLE n AS {counted}
            SELECT i, 'd' || i AS id, {day} AS day, issuer.raw AS issuer_key, issuer.value AS issuer,
            type.raw AS type_key, type.value AS type, issuer.plain AS issuer_plain,
            CASE WHEN i % 997 < 10 THEN '0' ELSE '' END || (i % 997) || '/kh-ubnd' AS symbol,
            s1.plain || ' ' || s2.plain || ' ' || s3.plain || ' ' || s4.plain AS subject,
            b1.plain || ' ' || b2.plain || ' ' || b3.plain ||
            CASE WHEN i % 50000 = 7 THEN ' {rare}' ELSE '' END AS body
            FROM c {joins}"""
        )
    )


def _copy(session: Session, row: Any, changed: dict[str, str], *, where: str = "") -> None:
    """Insert `row` once for each number, with these columns changed to SQL of ours."""
    made, columns = type(row), type(row).__table__.columns
    values = {c.name: getattr(row, c.key) for c in columns if c.name not in changed}
    defaults = {
        c.name: c.default.arg({}) if callable(c.default.arg) else c.default.arg
        for c in columns
        if c.name in values and values[c.name] is None and c.default is not None
    }
    asked = sa.select(
        *(
            sa.literal_column(changed[c.name]).label(c.name)
            if c.name in changed
            else sa.literal({**values, **defaults}[c.name], c.type).label(c.name)
            for c in columns
        )
    ).select_from(sa.text("n"))
    if where:
        asked = asked.where(sa.text(where))
    session.execute(sa.insert(made.__table__).from_select([c.name for c in columns], asked))


def _documents(session: Session, *, is_sqlite: bool) -> None:
    name = "CAST(id AS BLOB)" if is_sqlite else "convert_to(id, 'UTF8')"
    document = DocumentRow(
        status=Status.DONE, media_type="application/pdf", size=1, folder="/x", name="x", inode="1",
        mtime_ns=1, arrival_cleared=True, received_at=NOW, received_by="bench", read_in_full=True,
        routed_at=NOW, lines=1,
    )  # fmt: skip
    status = "CASE WHEN i % 40 = 0 THEN 'in_progress' WHEN i % 300 = 1 THEN 'assigned' ELSE 'done' END"
    _copy(session, document, {
        "id": "id", "arrived": "i", "sha256": "id", "file_name": "id || '.pdf'", "name": name,
        "status": status,
    })  # fmt: skip
    entry = EntryRow(book=BOOK, year=YEAR, state="taken", entered_at=NOW, entered_by="bench")
    _copy(session, entry, {
        "document": "id", "number": "CAST(i AS INTEGER)", "arrival_date": "day",
        "state": "CASE WHEN i % 4000 = 9 THEN 'cancelled' ELSE 'taken' END",
    })  # fmt: skip
    line = AssignmentRow(
        role=Role.LEAD, line=1, state="done", assigned_at=NOW, calendar_version=0, because=[], handed_by=[]
    )
    cast = "CAST(day AS DATE)" if not is_sqlite else "day"
    _copy(session, line, {
        "document": "id",
        "person": "CASE WHEN i % 5 <> 0 THEN 'p' || (i % 48) END",
        "unit": "CASE WHEN i % 5 = 0 THEN 'u' || (i % 8) END",
        "holder": "'p' || (i % 48)",
        "state": "CASE WHEN i % 40 = 0 THEN 'accepted' WHEN i % 300 = 1 THEN 'open' ELSE 'done' END",
        "due": cast,
    })  # fmt: skip
    session.execute(
        sa.text("INSERT INTO books (book, year, first_number, next_number, opened_at, opened_by)"
                " SELECT :book, :year, 1, max(i) + 1, :now, 'bench' FROM n"),
        {"book": BOOK, "year": YEAR, "now": NOW.replace(tzinfo=None) if is_sqlite else NOW},
    )  # fmt: skip


def _fields(session: Session) -> None:
    for name, value, key, where in (
        ("issuer", "issuer", "issuer_key", ""),
        ("doc_type", "type", "type_key", ""),
        ("number_symbol", "'\"' || symbol || '\"'", "symbol", ""),
        ("subject", "'\"' || subject || '\"'", "subject", ""),
        ("urgency", "'\"KH\\u1ea8N\"'", "'khan'", "i % 30 = 0"),
        ("secrecy", "'\"M\\u1eacT\"'", "'mat'", "i % 200 = 3"),
    ):
        field = FieldRow(name=name, checked=True, evidence=[])
        _copy(session, field, {"document": "id", "value": value, "key": key}, where=where)


def _search(session: Session) -> None:
    number = "REPLACE(REPLACE(symbol, '/', ' '), '-', ' ')"
    head = f"' ' || id || ' pdf ' || {number} || ' ' || subject || ' ' || issuer_plain || ' '"
    _copy(session, SearchRow(), {"id": "i", "document": "id", "head": head, "body": "' ' || body || ' '"})
