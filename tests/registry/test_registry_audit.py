"""The audit: it can only grow, and whatever is changed behind its back is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from documents.decisions import Assignee, Role
from documents.events import BookOpened, PersonSaved, SettingChanged
from documents.lines import LineNumber
from documents.people import Officer, PersonId
from documents.record import Verification
from documents.status import Status
from documents.work import LineAccepted, LineHandedOn
from registry.audit import START, hash_line, head, verify
from registry.engine import Registry
from registry.tables import AuditRow, ChainRow
from tests.registry.builders import (
    HOA,
    INCOMING,
    LINH,
    NOW,
    PRESS,
    an_office,
    assigned,
    bring,
    cancelled,
    later,
    name,
    registered,
)

OFF = {
    "sqlite": (
        "DROP TRIGGER audit_no_update",
        "DROP TRIGGER audit_no_delete",
        "DROP TRIGGER audit_no_replace",
    ),
    "postgresql": ("ALTER TABLE audit DISABLE TRIGGER ALL",),
}
"""How somebody with the whole database in hand puts the guards aside."""


@pytest.fixture
def filled(registry: Registry) -> Registry:
    """A register with a taken, a held, a cancelled number, one paper in review, one waiting."""
    an_office(registry)
    with registry.book("hoa", NOW) as book:
        book.record(BookOpened(book=INCOMING, year=2012, next_number=10))
        bring(book, 1, Status.ASSIGNED)
        bring(book, 2, Status.REVIEW)
        book.record(registered(name(2), 12, held=(11,)))
        book.record(cancelled(name(2), 12))
        bring(book, 3, Status.WAITING)
    with registry.book("linh", later(minutes=1)) as book:
        book.record(SettingChanged(name="lời", value="số"))
    return registry


def test_what_was_recorded_verifies(filled: Registry) -> None:
    with filled.view() as view:
        result = verify(view)
        seq, own = head(view)
    assert (result.whole, result.complaint) == (True, None)
    assert (result.count, result.head) == (seq, own)
    assert seq > 20


def test_an_empty_audit_verifies(registry: Registry) -> None:
    with registry.view() as view:
        assert verify(view) == Verification(count=0, head=START)
        assert verify(view, START).whole
        assert verify(view, f"0:{START}").whole


def test_every_line_carries_the_hash_of_the_one_before_as_written_down(filled: Registry) -> None:
    """The form of a line is a promise: other programs may check it."""
    with filled.view() as view:
        lines = [line for n in (1, 2, 3) for line in view.history(name(n))]
    line = lines[0]
    plain = json.dumps(
        {
            "actor": line.actor,
            "at": line.at.isoformat(),
            "document": line.document,
            "event": line.event,
            "payload": line.payload,
            "seq": line.seq,
        },
        sort_keys=True,
        separators=(",", ":"),
    )
    assert line.hash == hashlib.sha256((line.previous + plain).encode()).hexdigest()


TAMPERED = {
    "a payload changed": ("UPDATE audit SET payload = '{}' WHERE seq = 5", 5),
    "a payload changed to other letters": ("UPDATE audit SET payload = '{\"tên\":\"Đỗ\"}' WHERE seq = 5", 5),
    "a space put into a payload": ("UPDATE audit SET payload = replace(payload, ':', ': ') WHERE seq = 6", 6),
    "an actor changed": ("UPDATE audit SET actor = 'linh' WHERE seq = 6", 6),
    "a moment changed": ("UPDATE audit SET at = (SELECT max(at) FROM audit) WHERE seq = 7", 7),
    "an event renamed": ("UPDATE audit SET event = 'SignedIn' WHERE seq = 8", 8),
    "a line given to another document": ("UPDATE audit SET document = 'vb3' WHERE seq = 9", 9),
    "a line taken from its document": ("UPDATE audit SET document = NULL WHERE seq = 9", 9),
    "a hash changed": ("UPDATE audit SET hash = previous WHERE seq = 4", 4),
    "the hash of the last line changed": ("UPDATE audit SET hash = previous WHERE seq = (SELECT max(seq) FROM audit)", None),
    "a hash before changed": ("UPDATE audit SET previous = hash WHERE seq = 4", 4),
    "a line removed": ("DELETE FROM audit WHERE seq = 4", 4),
    "the first line removed": ("DELETE FROM audit WHERE seq = 1", 1),
    "the tail removed": ("DELETE FROM audit WHERE seq > 10", 11),
    "everything removed": ("DELETE FROM audit", 1),
    "two lines swapped": (
        "UPDATE audit SET seq = -1 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 5;"
        "UPDATE audit SET seq = 5 WHERE seq = -1", 4,
    ),
    "a line removed and the rest moved up": (
        "DELETE FROM audit WHERE seq = 4; UPDATE audit SET seq = -seq; UPDATE audit SET seq = CASE WHEN seq < -4 "
        "THEN -seq - 1 ELSE -seq END", 4,
    ),
    "a line inserted at the end": (
        "INSERT INTO audit SELECT seq + 1, at, actor, document, event, payload, hash, previous FROM audit "
        "WHERE seq = (SELECT max(seq) FROM audit)", None,
    ),
    "a line before the first": (
        "INSERT INTO audit SELECT 0, at, actor, document, event, payload, previous, hash FROM audit WHERE seq = 1", 0,
    ),
    "the end of the chain put back": (
        "UPDATE chain SET seq = 10, hash = (SELECT hash FROM audit WHERE seq = 10)", 11,
    ),
    "the end of the chain moved ahead": ("UPDATE chain SET seq = seq + 1", None),
    "the hash at the end of the chain changed": ("UPDATE chain SET hash = '0000'", None),
    "the end of the chain removed": ("DELETE FROM chain", None),
    "a status changed": ("UPDATE documents SET status = 'done' WHERE id = 'vb1'", None),
    "a status put back": ("UPDATE documents SET status = 'waiting' WHERE id = 'vb2'", None),
    "a document put in": (
        "DELETE FROM search WHERE document = 'vb3'; UPDATE documents SET id = 'khac' WHERE id = 'vb3'", None,
    ),
    "a document's bytes exchanged": ("UPDATE documents SET sha256 = 'abc' WHERE id = 'vb1'", None),
    "a number's document exchanged": ("UPDATE entries SET document = 'vb3' WHERE number = 10", None),
    "a cancelled number revived": ("UPDATE entries SET state = 'taken' WHERE number = 12", None),
    "a held number taken away": ("DELETE FROM entries WHERE number = 11", None),
    "a number put in": (
        "INSERT INTO entries (book, year, number, state, entered_at, entered_by) SELECT book, year, 13, 'held', "
        "entered_at, entered_by FROM entries WHERE number = 11", None,
    ),
    "an arrival day changed": ("UPDATE entries SET arrival_date = '2012-01-04' WHERE number = 10", None),
    "the counter put back": ("UPDATE books SET next_number = 10", None),
    "the counter moved ahead": ("UPDATE books SET next_number = 99", None),
    "the first number moved": ("UPDATE books SET first_number = 1", None),
    "the book removed": ("DELETE FROM books", None),
}  # fmt: skip


@pytest.mark.parametrize(
    ("statements", "first_wrong"), [pytest.param(*row, id=reason) for reason, row in TAMPERED.items()]
)
def test_what_was_changed_behind_its_back_is_found(
    statements: str, first_wrong: int | None, filled: Registry
) -> None:
    tamper(filled, lambda connection: [connection.exec_driver_sql(s) for s in statements.split(";")])
    with filled.view() as view:
        result = verify(view)
    assert not result.whole
    assert result.complaint
    assert result.complaint.endswith(".")
    assert first_wrong is None or result.first_wrong == first_wrong


def test_a_moment_that_is_none_any_more_is_found(sqlite_url: str) -> None:
    registry = Registry(sqlite_url)
    an_office(registry)
    tamper(
        registry,
        lambda connection: connection.exec_driver_sql("UPDATE audit SET at = 'hôm qua' WHERE seq = 3"),
    )
    with registry.view() as view:
        assert verify(view).first_wrong == 3
    registry.close()


class TestAHeadKeptOutside:
    """Whoever has the whole database in hand can rewrite all of it; only what is kept elsewhere tells."""

    def test_still_stands_after_the_audit_grew(self, filled: Registry) -> None:
        with filled.view() as view:
            seq, own = head(view)
        with filled.book("hoa", NOW) as book:
            bring(book, 4, Status.REVIEW)
        with filled.view() as view:
            assert verify(view, own).whole
            assert verify(view, f"{seq}:{own}").whole
            assert not verify(view, f"{seq - 1}:{own}").whole

    @pytest.mark.parametrize("kept", ["abc:def", "không", ":", "1:", f"9999:{START}"])
    def test_that_never_was_one_is_not_believed(self, kept: str, filled: Registry) -> None:
        with filled.view() as view:
            assert not verify(view, kept).whole

    def test_tells_that_the_tail_was_cut_and_the_end_put_back(self, filled: Registry) -> None:
        with filled.view() as view:
            seq, own = head(view)

        def cut(connection: Connection) -> None:
            connection.execute(sa.delete(AuditRow).where(AuditRow.seq == seq))
            last = sa.select(AuditRow.hash).where(AuditRow.seq == seq - 1).scalar_subquery()
            connection.execute(sa.update(ChainRow).values(seq=seq - 1, hash=last))

        tamper(filled, cut)
        with filled.view() as view:
            assert verify(view).whole
            found = verify(view, f"{seq}:{own}")
        assert (found.whole, found.first_wrong) == (False, seq)
        assert "cắt đuôi" in (found.complaint or "")

    def test_tells_that_everything_was_rewritten(self, filled: Registry) -> None:
        with filled.view() as view:
            seq, own = head(view)
        tamper(filled, lambda connection: rewrite(connection, seq, actor="kẻ khác"))
        with filled.view() as view:
            assert verify(view).whole
            assert verify(view, f"{seq}:{own}").first_wrong == seq
            assert not verify(view, own).whole


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE audit SET actor = 'linh' WHERE seq = 3", id="an update"),
        pytest.param("UPDATE audit SET seq = seq WHERE seq = 3", id="an update that changes nothing"),
        pytest.param("DELETE FROM audit WHERE seq = 3", id="a deletion"),
        pytest.param("DELETE FROM audit", id="a deletion of all"),
        pytest.param(
            "INSERT OR REPLACE INTO audit SELECT seq, at, 'linh', document, event, payload, previous, hash FROM audit "
            "WHERE seq = 3",
            id="a replacement",
        ),
        pytest.param(
            "INSERT INTO audit SELECT seq, at, 'linh', document, event, payload, previous, hash FROM audit "
            "WHERE seq = 3 ON CONFLICT (seq) DO UPDATE SET actor = 'linh'",
            id="an upsert",
        ),
        pytest.param("TRUNCATE audit", id="truncation"),
    ],
)
def test_the_guards_refuse(statement: str, filled: Registry) -> None:
    only = {"OR REPLACE": "sqlite", "TRUNCATE": "postgresql"}
    if any(word in statement and filled.dialect != dialect for word, dialect in only.items()):
        pytest.skip("said otherwise in this database")
    with filled.view() as view:
        before = verify(view)
    with pytest.raises(sa.exc.DBAPIError, match="can only grow"):
        tamper(filled, lambda connection: connection.exec_driver_sql(statement), off=False)
    with filled.view() as view:
        assert verify(view) == before


def test_the_guards_refuse_a_replacement_even_of_a_careless_connection(sqlite_url: str) -> None:
    """Another program will not have set recursive_triggers."""
    registry = Registry(sqlite_url)
    an_office(registry)
    registry.close()
    careless = sa.create_engine(sqlite_url)
    with pytest.raises(sa.exc.DBAPIError, match="can only grow"), careless.begin() as connection:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO audit SELECT seq, at, 'x', document, event, payload, previous, hash FROM audit"
        )
    careless.dispose()


def test_a_password_never_reaches_the_audit(filled: Registry) -> None:
    with filled.book("hoa", NOW) as book:
        book.record(
            PersonSaved(person=Officer(id=PersonId("a"), name="A"), login="a", password_hash="$argon2id$tell")
        )
    with filled.view() as view:
        payloads = view.session.scalars(sa.text("SELECT payload FROM audit")).all()
    assert not any("argon2id" in payload for payload in payloads)


def tamper(registry: Registry, act: Callable[[Connection], Any], *, off: bool = True) -> None:
    """Do what the program never does, with the guards put aside."""
    url = registry._engine.url
    engine = sa.create_engine(url)
    try:
        with engine.begin() as connection:
            for statement in OFF[engine.dialect.name] if off else ():
                connection.exec_driver_sql(statement)
            act(connection)
    finally:
        engine.dispose()


def rewrite(connection: Connection, last: int, *, actor: str) -> None:
    """Give every line another actor and a new, right hash, as somebody who knows the program would."""
    previous = START
    for row in connection.execute(sa.select(AuditRow.__table__).order_by(AuditRow.seq)).all():
        own = hash_line(
            previous, seq=row.seq, at=row.at, actor=actor, document=row.document, event=row.event,
            payload_text=row.payload,
        )  # fmt: skip
        connection.execute(
            sa.update(AuditRow)
            .where(AuditRow.seq == row.seq)
            .values(actor=actor, previous=previous, hash=own)
        )
        previous = own
    connection.execute(sa.update(ChainRow).values(seq=last, hash=previous))


LINE_HANDS = {
    "a line done by no event": ("UPDATE assignments SET state = 'done' WHERE line = 2", "nhật ký không ghi"),
    "a line put back": ("UPDATE assignments SET state = 'open' WHERE line = 1", "nhật ký ghi accepted"),
    "another holder": ("UPDATE assignments SET holder = 'hoa' WHERE line = 1", "nhật ký ghi linh"),
}


@pytest.mark.parametrize("hand", LINE_HANDS)
def test_a_line_changed_by_other_hands_is_found(hand: str, registry: Registry) -> None:
    statement, complaint = LINE_HANDS[hand]
    an_office(registry)
    with registry.book("hoa", NOW) as book:
        document = bring(book, 1, Status.REGISTERED)
        book.record(
            assigned(
                document,
                Assignee(role=Role.LEAD, unit=PRESS),
                Assignee(role=Role.SUPPORT, person=HOA),
            )
        )
        line = {"document": document, "line": LineNumber(1), "role": Role.LEAD}
        book.record(LineHandedOn(**line, to=LINH, direction="Làm"))
        book.record(LineAccepted(**line))
        book.record(
            assigned(document, Assignee(role=Role.LEAD, unit=PRESS), Assignee(role=Role.SUPPORT, person=HOA))
        )
    with registry.view() as view:
        assert verify(view).whole
        assert view.document(document).status is Status.IN_PROGRESS, "the line that stays is still at work"
    with registry.writing() as session:
        session.execute(sa.text(statement))
    with registry.view() as view:
        assert complaint in str(verify(view).complaint)
