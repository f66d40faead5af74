"""Arrival numbers: without gap, without double, by year; cancelled ones stay, stamped ones are held to the book."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa

from documents.errors import NumberOutOfOrder, NumberTaken, Trouble
from documents.events import BookOpened
from documents.status import Status
from registry.engine import Registry
from registry.register import HOLD_AT_MOST
from registry.tables import BookRow
from tests.registry.builders import (
    INCOMING,
    NOW,
    an_office,
    assigned,
    bring,
    cancelled,
    name,
    received,
    registered,
    started,
)

FAR = HOLD_AT_MOST + 2


@dataclass(frozen=True)
class Book2012:
    """What was entered before: numbers wanted in turn (None: the next), and the papers cancelled after."""

    opened_at: int | None = None
    wanted: tuple[int | None, ...] = ()
    cancelled: tuple[int, ...] = field(default=())


@pytest.mark.parametrize(
    ("before", "wanted", "hold", "given", "held"),
    [
        pytest.param(Book2012(), None, False, 1, (), id="the first of a book never opened"),
        pytest.param(Book2012(wanted=(None, None)), None, False, 3, (), id="the next"),
        pytest.param(Book2012(wanted=(None,)), 2, False, 2, (), id="a stamp that says the next"),
        pytest.param(Book2012(wanted=(None,)), 5, True, 5, (2, 3, 4), id="a stamp ahead, confirmed: the ones between are held"),
        pytest.param(Book2012(wanted=(None, 5)), 3, False, 3, (), id="a held number, when its paper comes"),
        pytest.param(Book2012(wanted=(None, 5)), None, False, 6, (), id="held numbers are not given to others"),
        pytest.param(Book2012(wanted=(None, None), cancelled=(2,)), None, False, 3, (), id="a cancelled number is not given again"),
        pytest.param(Book2012(opened_at=130), None, False, 130, (), id="a book begun on paper"),
        pytest.param(Book2012(opened_at=130), 130, False, 130, (), id="a stamp that says the first of it"),
        pytest.param(Book2012(opened_at=130), 12, True, 12, (), id="a number of the paper book, confirmed"),
        pytest.param(Book2012(opened_at=130), 12, False, NumberOutOfOrder, (), id="a number of the paper book, not confirmed"),
        pytest.param(Book2012(wanted=(None,)), 5, False, NumberOutOfOrder, (), id="a stamp ahead, not confirmed"),
        pytest.param(Book2012(), 0, True, NumberOutOfOrder, (), id="zero is no number"),
        pytest.param(Book2012(), -3, True, NumberOutOfOrder, (), id="nor is less"),
        pytest.param(Book2012(), FAR, True, NumberOutOfOrder, (), id="a stamp so far ahead that it was misread"),
        pytest.param(Book2012(wanted=(None,)), 1, True, NumberTaken, (), id="taken"),
        pytest.param(Book2012(wanted=(None,), cancelled=(1,)), 1, True, NumberTaken, (), id="taken, though cancelled"),
        pytest.param(Book2012(wanted=(None, 5, 3)), 3, True, NumberTaken, (), id="was held and is taken now"),
    ],
)  # fmt: skip
def test_a_number_is_given(
    before: Book2012, wanted: int | None, hold: bool, given: int | type[Trouble], held: tuple[int, ...],
    registry: Registry,
) -> None:  # fmt: skip
    fill(registry, before)
    with registry.book("hoa", NOW) as book:
        if isinstance(given, int):
            assert book.allot_number(INCOMING, 2012, wanted, hold) == (given, held)
        else:
            with pytest.raises(given):
                book.allot_number(INCOMING, 2012, wanted, hold)
    if isinstance(given, int):
        enter(registry, 99, wanted, hold=hold)
        with registry.view() as view:
            found = view.find_document(f"{given}/2012")
            assert found is not None
            assert found.id == name(99)
            assert held == () or set(held) <= view.book_state(INCOMING, 2012).held


def test_every_number_from_the_first_to_the_last_is_a_line(registry: Registry) -> None:
    fill(registry, Book2012(opened_at=10, wanted=(None, 14, 12, None), cancelled=(2,)))
    with registry.view() as view:
        lines = [(e.number, e.state) for e, _ in view.entries(INCOMING, 2012)]
    assert lines == [
        (10, "taken"),
        (11, "held"),
        (12, "taken"),
        (13, "held"),
        (14, "cancelled"),
        (15, "taken"),
    ]


def test_every_year_and_every_book_counts_for_itself(registry: Registry) -> None:
    fill(registry, Book2012(wanted=(None, None)))
    with registry.book("hoa", NOW) as book:
        assert book.allot_number(INCOMING, 2013) == (1, ())
        assert book.allot_number("mat", 2012) == (1, ())
        bring(book, 7, Status.REVIEW)
        book.record(registered(name(7), 1, year=2013))
    with registry.view() as view:
        assert [(s.year, s.next_number) for s in view.book_states(INCOMING)] == [(2012, 3), (2013, 2)]


def test_a_number_given_but_not_entered_is_given_again(registry: Registry) -> None:
    with registry.book("hoa", NOW) as book:
        assert book.allot_number(INCOMING, 2012) == (1, ())
    with registry.book("hoa", NOW) as book:
        assert book.allot_number(INCOMING, 2012) == (1, ())


@pytest.mark.parametrize(
    ("number", "held"),
    [
        pytest.param(3, (), id="a gap that is not held"),
        pytest.param(3, (1,), id="a gap half held"),
        pytest.param(1, (2,), id="held what is not between"),
        pytest.param(0, (), id="no number"),
    ],
)
def test_the_book_refuses_an_entry_it_would_not_have_given(
    number: int, held: tuple[int, ...], registry: Registry
) -> None:
    with registry.book("hoa", NOW) as book:
        bring(book, 1, Status.REVIEW)
    with pytest.raises(NumberOutOfOrder), registry.book("hoa", NOW) as book:
        book.record(registered(name(1), number, held=held))
    with registry.view() as view:
        assert view.entries(INCOMING, 2012) == ()


@pytest.mark.parametrize(
    ("before", "next_number", "outcome"),
    [
        pytest.param(Book2012(), 1, 1, id="from the start"),
        pytest.param(Book2012(opened_at=50), 60, 60, id="corrected before the first line, upward"),
        pytest.param(Book2012(opened_at=50), 40, 40, id="corrected before the first line, downward"),
        pytest.param(Book2012(wanted=(None,)), 2, 2, id="said again what it is"),
        pytest.param(Book2012(wanted=(None,)), 9, NumberOutOfOrder, id="a jump would leave a gap"),
        pytest.param(Book2012(wanted=(None,)), 1, NumberTaken, id="back would give a number twice"),
        pytest.param(Book2012(), 0, NumberOutOfOrder, id="no number"),
    ],
)
def test_a_book_is_opened(
    before: Book2012, next_number: int, outcome: int | type[Trouble], registry: Registry
) -> None:
    fill(registry, before)
    opened = BookOpened(book=INCOMING, year=2012, next_number=next_number)
    if isinstance(outcome, int):
        with registry.book("hoa", NOW) as book:
            book.record(opened)
            assert book.allot_number(INCOMING, 2012) == (outcome, ())
    else:
        with pytest.raises(outcome), registry.book("hoa", NOW) as book:
            book.record(opened)


def test_a_cancelled_paper_is_entered_again_under_a_new_number(registry: Registry) -> None:
    fill(registry, Book2012(wanted=(None,), cancelled=(1,)))
    with registry.book("hoa", NOW) as book:
        book.record(registered(name(1), book.allot_number(INCOMING, 2012)[0]))
    with registry.view() as view:
        assert [(e.number, e.state, d) for e, d in view.entries(INCOMING, 2012)] == [
            (1, "cancelled", name(1)),
            (2, "taken", name(1)),
        ]
        assert view.document(name(1)).entry.name == "2/2012"  # type: ignore[union-attr]
        assert {view.find_document(asked).id for asked in ("1/2012", "2/2012")} == {name(1)}  # type: ignore[union-attr]


def test_a_counter_put_back_by_hand_never_overwrites_a_line(registry: Registry) -> None:
    fill(registry, Book2012(wanted=(None, None)))
    with registry.writing() as session:
        session.execute(sa.update(BookRow).values(next_number=1))
    with registry.book("hoa", NOW) as book:
        bring(book, 7, Status.REVIEW)
    with pytest.raises(NumberTaken), registry.book("hoa", NOW) as book:
        book.record(registered(name(7), 1))
    with registry.view() as view:
        assert [d for _, d in view.entries(INCOMING, 2012)] == [name(1), name(2)]


def fill(registry: Registry, before: Book2012) -> None:
    """Bring the book of 2012 to where it stands before the test."""
    an_office(registry)
    if before.opened_at is not None:
        with registry.book("hoa", NOW) as book:
            book.record(BookOpened(book=INCOMING, year=2012, next_number=before.opened_at))
    for paper, wanted in enumerate(before.wanted, 1):
        enter(registry, paper, wanted, hold=True)
    with registry.book("hoa", NOW) as book:
        for paper in before.cancelled:
            entry = book.document(name(paper)).entry
            assert entry is not None
            book.record(assigned(name(paper)))
            book.record(cancelled(name(paper), entry.number))


def enter(registry: Registry, paper: int, wanted: int | None, *, hold: bool) -> None:
    """Paper number `paper` comes in and is entered."""
    with registry.book("hoa", NOW) as book:
        number, held = book.allot_number(INCOMING, 2012, wanted, hold)
        book.record(received(paper))
        book.record(started(name(paper)))
        book.record(registered(name(paper), number, held=held))
