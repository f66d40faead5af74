"""Every route, every role, everybody's documents: who may, who may not, who knows only the number.

What should be stands in `should_be.py` and `places.py`; everything is asked over HTTP of one filled office.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from office.steps import StepName
from tests.matrix.asking import ROUTES, Asker, Said, address_of, asking, for_program
from tests.matrix.papers import PAPERS, Paper, filled, papers_of
from tests.matrix.places import PLACES, Kind
from tests.matrix.should_be import STEPS, Eyes, Role, Whose, may_step, opens, sees
from tests.matrix.written import PAGE, page

INSIDE = [role for role in Role if role is not Role.NOBODY]


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    with filled(tmp_path_factory.mktemp("matrix") / "home") as office, asking(office) as asker:
        yield asker


def of_kind(*kinds: Kind) -> list[str]:
    return [route for route in ROUTES if route in PLACES and PLACES[route].kind in kinds]


STEPS_ASKED = [
    (route, step)
    for route in of_kind(Kind.WORKS)
    for step in StepName
    # The API takes steps by the same function: one of a holder's, of a head's, of a clerk's.
    if "/api/" not in route or step in (StepName.ACCEPT, StepName.GRANT, StepName.REASSIGN)
]


def test_every_route_has_a_place_in_the_table() -> None:
    assert set(PLACES) == set(ROUTES)


def test_every_kind_of_document_is_there_for_somebody() -> None:
    assert {whose for role in INSIDE for whose in papers_of(role)} == set(Whose)


def test_every_step_of_work_is_in_the_table() -> None:
    assert set(STEPS) == set(StepName)


def test_the_page_of_the_matrix_is_what_is_asked_here() -> None:
    assert PAGE.read_text("utf-8") == page()


# ── one document ─────────────────────────────────────────────────────────────────────────────────────────


def leaks(said: Said, role: Role, *, book: bool = False) -> list[str]:
    """Words in an answer that the role may not see; with `book` the lines of the register are allowed."""
    return [
        f"{paper.whose(role)} {paper.id}: {what}"
        for paper in PAPERS
        for what, word, enough in (
            ("register", paper.subject, (Eyes.OPENS, Eyes.LINE) if book else (Eyes.OPENS,)),
            ("inside", paper.inner, (Eyes.OPENS,)),
        )
        if sees(role, paper.whose(role)) not in enough and said.speaks_of(word)
    ]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("route", of_kind(Kind.READS, Kind.TAKES))
def test_a_document_is_read_by_whoever_may_open_it(asker: Asker, route: str, role: Role) -> None:
    place, wrong = PLACES[route], []
    for whose, paper in papers_of(role).items():
        before = asker.newest()
        said = asker.ask(role, route, document=paper.id)
        may = role in place.roles and opens(role, whose)
        has_file = not (place.kind is Kind.TAKES and whose is Whose.SEALED)
        want = (200,) if may and has_file else (404,) if may else refusals(role)
        if said.status not in want:
            wrong.append(f"{whose}: {said.status}, should be {want}")
        if not may and asker.newest() != before:
            wrong.append(f"{whose}: something was recorded")
        if may and has_file and whose is not Whose.SEALED and not tells(said, paper):
            wrong.append(f"{whose}: the answer tells nothing of it")
        wrong += leaks(said, role)
    assert not wrong


def tells(said: Said, paper: Paper) -> bool:
    return said.speaks_of(paper.subject) or said.speaks_of(paper.inner)


def refusals(role: Role) -> tuple[int, ...]:
    """How a role is refused: people inside by the reason, a visitor is led to the door."""
    return (303, 401) if role is Role.NOBODY else (403,)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("route", of_kind(Kind.CHANGES))
def test_a_document_is_changed_by_whoever_may_open_it_and_has_the_duty(
    asker: Asker, route: str, role: Role
) -> None:
    place, wrong = PLACES[route], []
    for whose, paper in papers_of(role).items():
        before = asker.newest()
        said = asker.ask(role, route, document=paper.id, form=place.form)
        may = role in place.roles and opens(role, whose)
        if (said.status in refusals(role)) is may:
            wrong.append(f"{whose}: {said.status}")
        if not may and asker.newest() != before:
            wrong.append(f"{whose}: refused and yet recorded")
        wrong += leaks(said, role)
    asker.put_back()
    assert not wrong


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("route", "step"), STEPS_ASKED)
def test_a_step_of_work_is_taken_by_whoever_may_on_that_line(
    asker: Asker, route: str, step: StepName, role: Role
) -> None:
    wrong = []
    papers = {whose: p for whose, p in papers_of(role).items() if p.has_line}
    forms = asker.forms_of([paper.id for paper in papers.values()], step)
    for whose, paper in papers.items():
        before = asker.newest()
        sent = for_program(forms[paper.id]) if "/api/" in route else forms[paper.id]
        said = asker.ask(role, route, document=paper.id, step=address_of(step, route), form=sent)
        may, done = may_step(role, step, whose), asker.happened_since(before)
        if may != (said.status in (204, 303) and bool(done)) and role is not Role.NOBODY:
            wrong.append(f"{whose}: {said.status}, recorded {done}")
        if not may and (done or said.status not in refusals(role)):
            wrong.append(f"{whose}: {said.status} instead of a refusal, recorded {done}")
        wrong += leaks(said, role)
    asker.put_back()
    assert not wrong


# ── many documents, and none ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("route", of_kind(Kind.LISTS, Kind.BOOK, Kind.OWN, Kind.FEED))
def test_a_list_says_no_more_than_may_be_seen(asker: Asker, route: str, role: Role) -> None:
    place, wrong = PLACES[route], []
    for place_number, way in enumerate(place.ways):
        papers = papers_of(role).values()
        ways = [way.replace("{document}", p.id) for p in papers] if "{document}" in way else [way]
        for one in ways:
            said = asker.ask(role, route, one)
            wrong += [f"{one}: {leak}" for leak in leaks(said, role, book=place.kind is Kind.BOOK)]
            if place.kind is Kind.FEED:
                wrong += [f"{p.id}: outside" for p in PAPERS if p.marked and tells(said, p)]
            if role in place.roles and said.status not in (200, 303):
                wrong.append(f"{one}: {said.status}")
        if place.whole and place_number == 0 and role in place.roles:
            wrong += missing(said, role, place.kind)
    assert not wrong


def missing(said: Said, role: Role, kind: Kind) -> list[str]:
    """Papers that the role should see in a whole list and that are not in it."""
    own = (
        (Whose.OWN, Whose.OWN_MARKED, Whose.STOOD_IN)
        if role is Role.OFFICER
        else (Whose.OWN, Whose.OWN_MARKED)
    )
    should = {
        Kind.LISTS: lambda p: opens(role, p.whose(role)) and not p.is_sealed,
        Kind.BOOK: lambda p: (
            sees(role, p.whose(role)) in (Eyes.OPENS, Eyes.LINE)
            and "waiting" not in p.whose(role)
            and not p.is_sealed
        ),
        Kind.OWN: lambda p: p.whose(role) in own,
        Kind.FEED: lambda p: p.whose(role) in own and not p.marked,
    }[kind]
    return [
        f"{p.id} {p.whose(role)} is not there" for p in PAPERS if should(p) and not said.speaks_of(p.subject)
    ]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("route", of_kind(Kind.NAMES))
def test_other_pages_say_no_word_of_any_document(asker: Asker, route: str, role: Role) -> None:
    place = PLACES[route]
    for way in place.ways:
        said = asker.ask(role, route, way)
        assert not [p.id for p in PAPERS if tells(said, p)]
        if place.off:
            assert said.status == 404
            continue
        assert (said.status in (200, 303)) == (role in place.roles) or said.leads_to.startswith("/dang-nhap")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("route", of_kind(Kind.ACTS))
def test_other_things_are_changed_by_duty_alone(asker: Asker, route: str, role: Role) -> None:
    place = PLACES[route]
    before = asker.newest()
    said = asker.ask(role, route, form=place.form)
    may = role in place.roles
    assert may or said.status in refusals(role)
    assert not may or said.status not in (403,)
    assert may or asker.newest() == before
    assert not leaks(said, role)
    asker.kept.put_back()
