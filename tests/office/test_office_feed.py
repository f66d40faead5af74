"""A private calendar address: the open work of one officer, for whoever has the address and nobody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from desk.web.app import create_app
from documents.decisions import Assignee, Role
from documents.status import Status
from documents.task_events import TaskReported, TasksProposed, TaskTaken
from documents.tasks import ProposedTask, TaskNumber, TaskRole
from office.desk import Desk
from office.feed import NoSuchFeed, calendar_feed, close_feed, open_feed
from office.office import Office
from office.staff import NoSuchPerson, retire_person
from tests.desk.web_client import HERE, TestClient
from tests.offices import MORNING, an_office
from tests.registry.builders import LINH, XUAN, assigned, bring, lead, name

DUE = dt.date(2012, 1, 17)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path, base_url="http://congvan.local") as office:
        yield office


def pass_on(office: Office, number: int, *lines: Assignee, **values: str) -> None:
    with office.registry.book("test", MORNING) as book:
        bring(book, number, Status.REGISTERED, number_symbol=f"{number:02}/KH-UBND", **values)
        book.record(assigned(name(number), *(lines or (lead(LINH, DUE),))))


def token(office: Office, person: str = "linh") -> str:
    path = open_feed(office, person, by="operator", now=MORNING)
    return path.removeprefix("/lich/").removesuffix(".ics")


def parts(office: Office, token: str, kind: str = "VEVENT") -> list[object]:
    feed = calendar_feed(office, token, MORNING, as_tasks=kind == "VTODO")
    return list(Calendar.from_ical(feed.content).walk(kind))


def test_it_holds_all_open_work_of_its_owner_with_day_and_alarm(office: Office) -> None:
    pass_on(office, 1, subject="Thông tin đối ngoại")
    pass_on(office, 2, lead(XUAN, DUE))
    pass_on(office, 3, lead(XUAN, DUE), Assignee(role=Role.SUPPORT, person=LINH, due=DUE + dt.timedelta(1)))
    pass_on(office, 4, lead(XUAN, DUE), Assignee(role=Role.INFORM, person=LINH))
    mine = token(office)
    events = parts(office, mine)
    assert [(str(e["SUMMARY"]), e["DTSTART"].dt) for e in events] == [  # type: ignore[index]  # icalendar is untyped here
        ("Xử lý văn bản 01/KH-UBND – Thông tin đối ngoại", DUE),
        ("Xử lý văn bản 03/KH-UBND – Về việc thứ 3", DUE + dt.timedelta(1)),
    ]
    for event in events:
        (alarm,) = event.walk("VALARM")  # type: ignore[attr-defined]  # the same
        assert alarm["TRIGGER"].dt == dt.timedelta(hours=-16)
    assert [t["DUE"].dt for t in parts(office, mine, "VTODO")] == [DUE, DUE + dt.timedelta(1)]  # type: ignore[index]  # the same


def test_what_is_done_or_in_another_hand_leaves_it_and_an_unchanged_one_is_known_again(
    office: Office,
) -> None:
    pass_on(office, 1)
    pass_on(office, 2)
    mine = token(office)
    before = calendar_feed(office, mine, MORNING)
    later = calendar_feed(office, mine, MORNING + dt.timedelta(days=2))
    assert before.etag == later.etag
    with office.registry.book("hoa", MORNING) as book:
        book.record(assigned(name(1), lead(XUAN, DUE)))
    assert len(parts(office, mine)) == 1
    with office.registry.writing() as session:
        session.execute(sa.text("UPDATE assignments SET state = 'done'"))
    assert parts(office, mine) == []
    assert calendar_feed(office, mine, MORNING).etag != before.etag


def test_the_days_of_a_task_stand_in_it_each_by_itself(office: Office) -> None:
    pass_on(office, 1, lead(XUAN, DUE))
    proposed = ProposedTask(heading="", words="Báo cáo", role=TaskRole.LEAD)
    with office.registry.book("test", MORNING) as book:
        book.record(TasksProposed(document=name(1), tasks=(proposed,)))
        book.record(
            TaskTaken(
                document=name(1),
                task=TaskNumber(1),
                holder=LINH,
                since=dt.date(2012, 1, 5),
                recurrence="FREQ=MONTHLY;BYMONTHDAY=14",
            )
        )
    mine = token(office)
    days = parts(office, mine)
    assert [e["DTSTART"].dt.isoformat() for e in days] == [  # type: ignore[index]  # icalendar is untyped here
        "2012-01-16",
        "2012-02-14",
        "2012-03-14",
        "2012-04-16",
    ]
    assert len({str(e["UID"]) for e in days}) == 4  # type: ignore[index]  # the same
    assert "Báo cáo việc số 1" in str(days[0]["SUMMARY"])  # type: ignore[index]  # the same
    with office.registry.book("linh", MORNING) as book:
        book.record(
            TaskReported(document=name(1), task=TaskNumber(1), occurrence=dt.date(2012, 1, 14))
        )  # fmt: skip
    assert len(parts(office, mine)) == 3


def test_of_a_restricted_document_it_tells_the_number_only(office: Office) -> None:
    pass_on(office, 1, subject="Bố trí lực lượng", secrecy="Mật", issuer="Công an tỉnh")
    text = calendar_feed(office, token(office), MORNING).content.decode()
    assert "1/2012" in text
    for kept in ("Bố trí", "Công an", "KH-UBND"):
        assert kept not in text


def test_a_new_address_closes_the_old_and_a_closed_one_is_gone(office: Office) -> None:
    first = token(office)
    second = token(office)
    assert parts(office, second) == []
    with pytest.raises(NoSuchFeed):
        calendar_feed(office, first, MORNING)
    assert close_feed(office, "linh", by="operator", now=MORNING)
    assert not close_feed(office, "linh", by="operator", now=MORNING)
    with pytest.raises(NoSuchFeed):
        calendar_feed(office, second, MORNING)
    with pytest.raises(NoSuchPerson):
        open_feed(office, "khong-ai", by="operator", now=MORNING)


def test_who_has_left_reads_no_more(office: Office) -> None:
    mine = token(office)
    retire_person(office, "linh", MORNING.date(), by="operator", now=MORNING)
    assert parts(office, mine) == []
    with pytest.raises(NoSuchFeed):
        calendar_feed(office, mine, MORNING + dt.timedelta(days=1))


def test_the_address_is_kept_nowhere(office: Office) -> None:
    secret = token(office)
    database = (office.settings.home / "registry.db").read_bytes()
    wal = office.settings.home / "registry.db-wal"
    assert secret.encode() not in database + (wal.read_bytes() if wal.exists() else b"")


# ── at the desk ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def visitor(office: Office) -> Iterator[TestClient]:
    app = create_app(Desk(office), clock=lambda: MORNING)
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        yield client


def test_a_phone_subscribes_without_signing_in_and_asks_again_cheaply(
    office: Office, visitor: TestClient
) -> None:
    pass_on(office, 1)
    path = f"/lich/{token(office)}.ics"
    answer = visitor.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert len(Calendar.from_ical(answer.text).walk("VEVENT")) == 1
    assert len(Calendar.from_ical(visitor.get(f"{path}?dang=viec").text).walk("VTODO")) == 1
    again = visitor.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    for header in ("cache-control", "referrer-policy"):
        assert "no-" in answer.headers[header]


def test_guessing_addresses_is_answered_ever_more_slowly(office: Office, visitor: TestClient) -> None:
    statuses = [visitor.get("/lich/doan-mo.ics").status_code for _ in range(7)]
    assert statuses == [404] * 5 + [429] * 2
    others = [visitor.get(f"/lich/doan-mo-{n}.ics").status_code for n in range(60)]
    assert others[0] == 404
    assert others[-1] == 429
