"""What supervision asks: the same answers on both databases, and no more questions for more documents."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from documents.decisions import Role
from documents.lines import LineNumber
from documents.people import PersonId
from documents.reach import ALL, Reach
from documents.status import Status
from documents.work import LineAccepted, LineFinished, LineHandedOn
from registry.engine import Registry
from registry.log import LogWanted, hash_of, log_lines, raw_lines, within_reach
from registry.view import View
from registry.watch import (
    Period,
    captions,
    held_since,
    moves,
    open_lines,
    passages,
    readings,
    waiting_for_review,
)
from tests.registry.builders import NOW, XUAN, an_office, assigned, bring, name

PERIOD = Period(since=NOW - dt.timedelta(days=1), until=NOW + dt.timedelta(days=30))
ONE = LineNumber(1)


def fill(registry: Registry, first: int, last: int) -> None:
    """Documents passed on, the odd ones accepted and handed on, every fifth finished."""
    with registry.book("hoa", NOW) as book:
        for number in range(first, last):
            book_document = bring(book, number, Status.REGISTERED)
            book.record(assigned(book_document))
    with registry.book("hoa", NOW + dt.timedelta(days=2)) as book:
        for number in range(first, last):
            lead: dict[str, Any] = {"document": name(number), "line": ONE, "role": Role.LEAD}
            if number % 2:
                book.record(LineHandedOn(**lead, to=XUAN, direction="Xử lý"))
            if number % 5 == 0:
                book.record(LineAccepted(**lead))
                book.record(LineFinished(**lead, result="Xong"))


def ask_everything(view: View, reach: Reach = ALL) -> dict[str, int]:
    """Every question once; how much each found."""
    found = {
        "open": len(open_lines(view, reach)),
        "since": len(held_since(view)),
        "waiting": len(waiting_for_review(view, reach)),
        "passed": len(passages(view, reach, PERIOD)),
        "done": sum(one.done_at is not None for one in passages(view, reach, PERIOD)),
        "readings": len(list(readings(view, reach, PERIOD))),
        "moves": len(list(moves(view, reach, PERIOD, 1000))),
    }
    captions(view, [one.document for one in open_lines(view, reach)])
    return found


def count_questions(registry: Registry) -> tuple[int, dict[str, int]]:
    asked: list[str] = []
    with registry.view() as view:
        connection = view.session.connection()
        sa.event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
        found = ask_everything(view)
    return len(asked), found


def test_more_documents_are_no_more_questions(registry: Registry) -> None:
    an_office(registry)
    fill(registry, 1, 6)
    few, found = count_questions(registry)
    assert found["open"] == 4
    assert found["done"] == 1
    assert found["passed"] == 5
    assert found["since"] == 3 - 1
    fill(registry, 6, 26)
    many, found = count_questions(registry)
    assert found["passed"] == 25
    assert many == few


def test_a_handing_on_starts_the_holding_anew(registry: Registry) -> None:
    an_office(registry)
    fill(registry, 1, 3)
    with registry.view() as view:
        assert held_since(view) == {(name(1), 1): NOW + dt.timedelta(days=2)}
        [by_hand] = [line for line in open_lines(view, ALL) if line.document == name(1)]
    assert by_hand.holder == XUAN


def test_a_stranger_reaches_nothing(registry: Registry) -> None:
    an_office(registry)
    fill(registry, 1, 3)
    nobody = Reach(person=PersonId("khong-ai"))
    with registry.view() as view:
        found = ask_everything(view, nobody)
        assert {kind: n for kind, n in found.items() if n and kind != "since"} == {}
        assert within_reach(view, [name(1), name(2)], nobody) == frozenset()
        assert within_reach(view, [name(1), name(2)], ALL) == {name(1), name(2)}


def test_a_period_without_anything_is_empty(registry: Registry) -> None:
    an_office(registry)
    fill(registry, 1, 3)
    later = Period(since=NOW + dt.timedelta(days=10), until=NOW + dt.timedelta(days=20))
    between = Period(since=NOW + dt.timedelta(days=1), until=NOW + dt.timedelta(days=3))
    with registry.view() as view:
        assert passages(view, ALL, later) == ()
        assert list(moves(view, ALL, later, 10)) == []
        assert [one.event for one in moves(view, ALL, between, 10)] == ["LineHandedOn"]


def test_the_log_is_read_backwards_and_copied_forwards(registry: Registry) -> None:
    an_office(registry)
    fill(registry, 1, 3)
    with registry.view() as view:
        newest = log_lines(view, LogWanted(), 5)
        assert [newest[0].seq - line.seq for line in newest] == [0, 1, 2, 3, 4]
        older = log_lines(view, LogWanted(before=newest[-1].seq), 1)
        assert older[0].seq == newest[-1].seq - 1
        handed = log_lines(view, LogWanted(event="LineHandedOn", actor="hoa", document=name(1)), 5)
        assert [line.event for line in handed] == ["LineHandedOn"]
        assert [line.seq for line in raw_lines(view, 3, 4)] == [4, 5, 6, 7]
        assert hash_of(view, newest[0].seq) == newest[0].hash
        assert hash_of(view, newest[0].seq + 1) is None
