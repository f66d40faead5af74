"""Lines of the register: what is asked for is found on both databases, and nothing of a restricted paper is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from documents.decisions import Assignee, Role
from documents.people import PersonId, UnitId
from documents.reach import ALL, Reach
from documents.register import LineKind, RegisterAsk
from registry import book_search, search
from registry.book_lines import load_facts, whole_book
from registry.book_search import find_lines
from registry.engine import Registry
from tests.registry.builders import (
    INCOMING,
    LINH,
    NOW,
    PRESS,
    TODAY,
    XUAN,
    an_office,
    assigned,
    cancelled,
    lead,
    name,
    read,
    received,
    registered,
    started,
)

STRANGER = Reach(person=PersonId("ai"), people=frozenset({PersonId("ai")}))
HOLDER = Reach(person=LINH, people=frozenset({LINH}))
INSPECTOR = Reach(person=PersonId("cuong"), people=frozenset({PersonId("cuong")}), everything=True)
PAPERS: dict[int, dict[str, Any]] = {
    1: {"number_symbol": "02/KH-UBND", "doc_type": "Kế hoạch", "subject": "Thông tin ĐỐI NGOẠI", "issuer": "UBND tỉnh Tây Ninh", "text": "toàn văn bí ẩn"},
    2: {"number_symbol": "131/SNV-VP", "doc_type": "Công văn", "subject": "Về họp báo", "issuer": "Sở Nội vụ", "urgency": "Khẩn"},
    3: {"number_symbol": "7/CA-PV01", "doc_type": "Công văn", "subject": "Đối ngoại và an ninh", "issuer": "Công an tỉnh", "secrecy": "MẬT"},
    4: {"number_symbol": "9/SNV", "doc_type": "Quyết định", "subject": "Vào nhầm", "issuer": "Sở Nội vụ"},
}  # fmt: skip
"""Entered as 1 to 4; 4 is cancelled, 5 and 6 are held, 7 came a day later."""


def fill(registry: Registry) -> None:
    an_office(registry)
    with registry.book("hoa", NOW) as book:
        for number, fields in PAPERS.items():
            text = str(fields.get("text", ""))
            book.record(received(number))
            book.record(started(name(number)))
            book.record(read(name(number), text=text, **{k: v for k, v in fields.items() if k != "text"}))
            book.record(registered(name(number), number))
            whom = {"unit": PRESS} if number == 2 else {"person": LINH}
            due = TODAY - dt.timedelta(1) if number == 1 else None
            if number != 4:
                book.record(assigned(name(number), Assignee(role=Role.LEAD, due=due, **whom)))
        book.record(cancelled(name(4), 4))
        book.record(received(7))
        book.record(started(name(7)))
        book.record(read(name(7), subject="Ngày sau"))
        number, held = book.allot_number(INCOMING, 2012, 7, hold_between=True)
        day = TODAY + dt.timedelta(1)
        book.record(registered(name(7), number, held=held, arrival_date=day))
        book.record(assigned(name(7), lead(XUAN)))


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """The papers in a registry that tests only look at."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('book') / 'registry.db'}"
    else:
        server = request.getfixturevalue("postgresql_server")
        url = server.url(server.create())
    registry = Registry(url)
    registry.migrate()
    fill(registry)
    yield registry
    registry.close()


def numbers(registry: Registry, reach: Reach = ALL, limit: int = 50, **asked: Any) -> list[int]:
    with registry.view() as view:
        ask = RegisterAsk(**{"year": 2012, **asked})
        return [row.number for row in find_lines(view, INCOMING, ask, reach, limit)]


ASKED: dict[str, tuple[dict[str, Any], list[int]]] = {
    "nothing: every number, the newest first": ({}, [7, 6, 5, 4, 3, 2, 1]),
    "another year": ({"year": 2013}, []),
    "words without marks": ({"text": "doi ngoai"}, [3, 1]),
    "words in decomposed letters": ({"text": "đo\u0302\u0301i ngoa\u0323i"}, [3, 1]),
    "number and notation as people type them": ({"text": "02 kh ubnd"}, [1]),
    "part of a number": ({"text": "131"}, [2]),
    "the text of the pages": ({"text": "bi an"}, [1]),
    "an arrival number": ({"text": "5"}, [5]),
    "an arrival number with its year": ({"text": "07/2012"}, [7]),
    "an arrival number of another year": ({"text": "7/2013"}, []),
    "words that are nowhere": ({"text": "khong co o dau"}, []),
    "signs only": ({"text": "%_*"}, []),
    "days from": ({"since": TODAY + dt.timedelta(1)}, [7]),
    "days until": ({"until": TODAY}, [4, 3, 2, 1]),
    "days without any line": ({"until": TODAY - dt.timedelta(9)}, []),
    "an issuer's beginning without marks": ({"issuer": "so noi"}, [4, 2]),
    "a type": ({"doc_type": "cong van"}, [3, 2]),
    "a degree of urgency": ({"urgency": "KHẨN"}, [2]),
    "a person": ({"person": LINH}, [3, 1]),
    "a unit": ({"unit": PRESS}, [2]),
    "a unit that has nothing": ({"unit": UnitId("vp")}, []),
    "work not done": ({"kind": LineKind.OPEN}, [7, 3, 2, 1]),
    "work done": ({"kind": LineKind.DONE}, []),
    "cancelled numbers": ({"kind": LineKind.CANCELLED}, [4]),
    "numbers held back": ({"kind": LineKind.HELD}, [6, 5]),
    "overdue": ({"overdue_on": TODAY}, [1]),
    "several at once": ({"doc_type": "cong van", "person": LINH, "until": TODAY}, [3]),
    "words and a condition": ({"text": "doi ngoai", "issuer": "ubnd"}, [1]),
}


@pytest.mark.parametrize(("asked", "found"), [pytest.param(*row, id=reason) for reason, row in ASKED.items()])
def test_finds(asked: dict[str, Any], found: list[int], filled: Registry) -> None:
    assert numbers(filled, **asked) == found


@pytest.mark.parametrize(("asked", "found"), [pytest.param(*row, id=reason) for reason, row in ASKED.items()])
def test_a_common_condition_finds_the_same_as_a_rare_one(
    asked: dict[str, Any], found: list[int], filled: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_search, "_FEW", 0)
    monkeypatch.setattr(search, "_NEWEST", 1)
    monkeypatch.setattr(search, "_RARE", 1)
    assert numbers(filled, **asked) == found


@pytest.mark.parametrize(
    ("reach", "asked", "found"),
    [
        pytest.param(STRANGER, {}, [7, 6, 5, 4, 3, 2, 1], id="every line is there"),
        pytest.param(STRANGER, {"text": "doi ngoai"}, [1], id="not by words of a restricted paper"),
        pytest.param(STRANGER, {"text": "bi an"}, [], id="not by the text of a paper that is not theirs"),
        pytest.param(STRANGER, {"text": "3"}, [3], id="its number is everybody's"),
        pytest.param(
            STRANGER, {"text": "3", "doc_type": "cong van"}, [], id="its number does not tell its type"
        ),
        pytest.param(STRANGER, {"doc_type": "cong van"}, [2], id="not by its type"),
        pytest.param(STRANGER, {"issuer": "cong an"}, [], id="not by its issuer"),
        pytest.param(STRANGER, {"person": LINH}, [1], id="not by who has it"),
        pytest.param(STRANGER, {"kind": LineKind.OPEN}, [7, 2, 1], id="not by its work"),
        pytest.param(INSPECTOR, {"text": "doi ngoai"}, [1], id="who sees all but restricted ones"),
        pytest.param(INSPECTOR, {"text": "bi an"}, [1], id="who sees all finds their text"),
        pytest.param(HOLDER, {"text": "doi ngoai"}, [3, 1], id="who has it finds it"),
        pytest.param(HOLDER, {"text": "bi an"}, [1], id="who has a paper finds its text"),
        pytest.param(HOLDER, {"issuer": "cong an"}, [3], id="who has it finds it by its issuer"),
    ],
)
def test_of_a_restricted_paper_nothing_is_told_by_what_finds_it(
    reach: Reach, asked: dict[str, Any], found: list[int], filled: Registry
) -> None:
    assert numbers(filled, reach, **asked) == found


def test_pages_follow_one_another_without_gap_or_double(filled: Registry) -> None:
    seen: list[int] = []
    before = None
    while True:
        with filled.view() as view:
            rows = find_lines(view, INCOMING, RegisterAsk(year=2012, before=before), ALL, 2)
        if not rows:
            break
        seen += [row.number for row in rows]
        before = rows[-1].place
    assert seen == [7, 6, 5, 4, 3, 2, 1]


def test_pages_of_words_follow_one_another_too(filled: Registry) -> None:
    with filled.view() as view:
        (first,) = find_lines(view, INCOMING, RegisterAsk(year=2012, text="doi ngoai"), ALL, 1)
        ask = RegisterAsk(year=2012, text="doi ngoai", before=first.place)
        rest = find_lines(view, INCOMING, ask, ALL, 9)
    assert [first.number, *(row.number for row in rest)] == [3, 1]


def test_the_facts_of_a_line_are_what_the_document_says(filled: Registry) -> None:
    with filled.view() as view:
        facts = {one.entry.number: one for one in whole_book(view, INCOMING, 2012, INSPECTOR)}
    assert list(facts) == [1, 2, 3, 4, 5, 6, 7]
    assert facts[1].recipients == ("Nguyễn Thị Linh",)
    assert facts[1].open_due == TODAY - dt.timedelta(1)
    assert facts[2].recipients == ("Phòng Báo chí – Xuất bản",)
    assert (facts[3].is_restricted, facts[3].may_open) == (True, False)
    assert (facts[1].is_restricted, facts[1].may_open) == (False, True)
    assert (facts[5].document, facts[5].values) == (None, {})


def test_facts_of_no_lines_are_none(filled: Registry) -> None:
    with filled.view() as view:
        assert list(load_facts(view, [])) == []
