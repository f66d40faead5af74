"""Supervision on a real office: every figure opens as many rows as it says, and nobody sees further than their reach."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.web.app import create_app
from documents.absence import Delegation, DelegationId, DelegationSaved
from documents.people import Officer
from documents.status import Status
from office.desk import Desk
from office.office import Office
from office.steps import Said, StepName, take_step
from tests.desk.test_web_work import said
from tests.desk.web_client import HERE, TestClient
from tests.office.lines_at_work import (
    ADMIN,
    HOA,
    LEADER,
    LINH,
    OBSERVER,
    STRANGER,
    XUAN,
    at_work,
    inform,
    lead,
    on,
    pass_on,
    support,
)
from tests.offices import MORNING
from tests.registry.builders import bring

LATER = MORNING + dt.timedelta(days=18)
"""Monday 23 January 2012 is Tết; what was due on the 20th is late."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with at_work(tmp_path_factory.mktemp("watch")) as office:
        fill(office)
        yield office


def fill(office: Office) -> None:
    """Some work of each kind: late, due soon, far, without a day, done, secret, for information, in review."""
    far, soon = dt.date(2012, 3, 1), dt.date(2012, 1, 31)
    pass_on(office, 1, lead(LINH), support(XUAN))
    pass_on(office, 2, lead(LINH, due=soon), inform(STRANGER))
    pass_on(office, 3, lead("cntt", due=far))
    pass_on(office, 4, lead(STRANGER, due=None))
    pass_on(office, 5, lead(LINH), secrecy="Mật", subject="Chuyện không ai được biết")
    done = pass_on(office, 6, lead(LINH))
    for step, text in ((StepName.ACCEPT, ""), (StepName.FINISH, "Xong")):
        take_step(office, step, on(office, done, LINH), Said(text=text), now=MORNING + dt.timedelta(days=2))
    returned = pass_on(office, 7, lead(STRANGER))
    take_step(
        office,
        StepName.RETURN,
        on(office, returned, STRANGER),
        Said(text="Không thuộc phòng tôi"),
        now=MORNING + dt.timedelta(hours=3),
    )
    with office.registry.book("hoa", MORNING) as book:
        bring(book, 8, Status.REVIEW)
        book.record(
            DelegationSaved(
                delegation=Delegation(
                    id=DelegationId(1),
                    giver=LINH.id,
                    taker=XUAN.id,
                    since=dt.date(2012, 1, 20),
                    until=dt.date(2012, 2, 10),
                    instrument="Giấy uỷ quyền số 1",
                    unit=None,
                )
            )
        )


@pytest.fixture(scope="module")
def client(office: Office) -> Iterator[TestClient]:
    app = create_app(Desk(office), clock=lambda: LATER)
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        yield client


def come_in(client: TestClient, office: Office, person: Officer) -> None:
    """Let that person in, at the moment of the pages."""
    token = f"token-{person.id}"
    with office.registry.book(person.id, LATER) as book:
        book.end_session(hashlib.sha256(token.encode()).hexdigest())
        book.start_session(hashlib.sha256(token.encode()).hexdigest(), person.id)
    client.cookies.set("congvan", token)


def links(source: str) -> list[tuple[str, int]]:
    """Every link to a list with the one number that stands in it."""
    found = re.findall(r'<a [^>]*href="(/giam-sat/van-ban\?[^"]+)"[^>]*>(.*?)</a>', source, re.DOTALL)
    told = []
    for address, inside in found:
        numbers = re.findall(
            r"(?<![\d,.%])\d+(?![\d,.%])",
            " ".join(re.sub(r"<small>.*?</small>|<[^>]+>|3 ngày tới", " ", inside, flags=re.DOTALL).split()),
        )
        if len(numbers) == 1 and "ngày" not in inside.replace("3 ngày tới", "") and "giờ" not in inside:
            told.append((unescape(address), int(numbers[0])))
    return told


def rows_of(client: TestClient, address: str) -> int:
    """How many rows a list has, all its pages together."""
    page = client.get(address)
    assert page.status_code == 200
    shown = len(re.findall(r"<tr[ >]", page.text.partition("<tbody>")[2]))
    assert f'data-count="{shown}"' in page.text
    return shown


@pytest.mark.parametrize("who", [LEADER, XUAN, OBSERVER, ADMIN], ids=lambda p: p.duty.value)
@pytest.mark.parametrize("asked", ["", "?ky=nam", "?don-vi=bcxb"])
def test_every_figure_opens_as_many_rows_as_it_says(
    who: Officer, asked: str, client: TestClient, office: Office
) -> None:
    come_in(client, office, who)
    told = links(client.get(f"/giam-sat{asked}").text)
    assert len(told) > 8
    assert [(address, rows_of(client, address)) for address, _ in told] == told


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    who=st.sampled_from([LEADER, HOA, XUAN, OBSERVER]),
    unit=st.sampled_from(["", "bcxb", "cntt", "khong-co"]),
    since=st.dates(dt.date(2011, 12, 25), dt.date(2012, 2, 1)),
    until=st.dates(dt.date(2011, 12, 25), dt.date(2012, 2, 1)),
)
def test_of_any_unit_and_period_too(
    who: Officer, unit: str, since: dt.date, until: dt.date, client: TestClient, office: Office
) -> None:
    come_in(client, office, who)
    told = links(client.get(f"/giam-sat?don-vi={unit}&tu={since}&den={until}").text)
    assert [(address, rows_of(client, address)) for address, _ in told] == told


def figure(client: TestClient, kind: str) -> int:
    found = re.search(
        rf'class="figure[^>]*muc={kind}.*?class="count">(\d+)<', client.get("/giam-sat").text, re.DOTALL
    )
    assert found
    return int(found[1])


@pytest.mark.parametrize(
    ("who", "late", "held"),
    [
        pytest.param(LEADER, 3, 7, id="a leader sees everything"),
        pytest.param(OBSERVER, 2, 6, id="an inspector sees no restricted one"),
        pytest.param(XUAN, 3, 4, id="a head sees the unit's own, the restricted ones too"),
    ],
)
def test_what_is_counted_stays_within_reach(
    who: Officer, late: int, held: int, client: TestClient, office: Office
) -> None:
    come_in(client, office, who)
    assert (figure(client, "qua-han"), figure(client, "dang-giu")) == (late, held)


def test_nothing_of_a_restricted_document_is_shown_to_an_inspector(
    client: TestClient, office: Office
) -> None:
    come_in(client, office, OBSERVER)
    for path in ("/giam-sat", "/giam-sat/van-ban?muc=qua-han", "/giam-sat/luan-chuyen?ky=90"):
        assert "không ai được biết" not in client.get(path).text
    come_in(client, office, LEADER)
    assert "không ai được biết" in client.get("/giam-sat/van-ban?muc=qua-han").text


def test_it_says_who_is_away_and_who_stands_in(client: TestClient, office: Office) -> None:
    come_in(client, office, LEADER)
    page = said(client.get("/giam-sat").text)
    assert "vắng đến 10/02/2012, Lê Thanh Xuân thay" in page
    assert "chưa xin gia hạn" in page


def test_the_history_tells_who_moved_what_and_why(client: TestClient, office: Office) -> None:
    come_in(client, office, LEADER)
    page = said(client.get("/giam-sat/luan-chuyen?ky=90&cua=khang").text)
    assert "Lý Văn Khang Văn thư trả lại · chủ trì Không thuộc phòng tôi" in page
    assert "Nguyễn Thị Linh giao · chủ trì" not in page


def test_days_that_are_none_are_left_out_and_an_unknown_list_is_not_found(
    client: TestClient, office: Office
) -> None:
    come_in(client, office, LEADER)
    assert client.get("/giam-sat?tu=hom-qua&den=0001-01-01&ky=mai&don-vi=x").status_code == 200
    assert client.get("/giam-sat/van-ban?muc=tat-ca").status_code == 404
    assert client.get("/giam-sat/van-ban?muc=qua-han&trang=-3").status_code == 200


def test_the_workbook_holds_the_same_figures(client: TestClient, office: Office) -> None:
    come_in(client, office, LEADER)
    answer = client.get("/giam-sat/xlsx?ky=30")
    assert answer.headers["content-disposition"] == 'attachment; filename="giam-sat-2012-01-23.xlsx"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
        assert "Nguyễn Thị Linh" in texts
        assert "Chuyện không ai được biết" in texts
    come_in(client, office, OBSERVER)
    with zipfile.ZipFile(io.BytesIO(client.get("/giam-sat/xlsx?ky=30").content)) as book:
        assert "Chuyện không ai được biết" not in book.read("xl/sharedStrings.xml").decode()


def test_the_page_is_whole_in_english(client: TestClient, office: Office) -> None:
    come_in(client, office, LEADER)
    client.cookies.set("ngon-ngu", "en")
    page = said(client.get("/giam-sat").text)
    client.cookies.delete("ngon-ngu")
    assert "Overdue" in page
    assert "Quá hạn" not in page
