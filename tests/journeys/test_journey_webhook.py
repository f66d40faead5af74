"""Notices posted to a real gateway beside their mail: each taken once, whatever fails between."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.errors import SettingSlip
from documents.status import Status
from office.doctor import Health, examine
from office.notify import MOST_TRIES, Delivered, deliver_waiting
from office.office import Office
from office.posting import post_waiting
from office.remind import watch_deadlines
from tests.gateways.hook_server import SECRET, Gateway, a_gateway
from tests.offices import MORNING, an_office
from tests.registry.builders import LINH, assigned, bring, lead, name

DUE = dt.date(2012, 1, 17)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with a_gateway() as gateway:
        yield gateway


@pytest.fixture
def office(tmp_path: Path, gateway: Gateway) -> Iterator[Office]:
    with an_office(tmp_path, webhook_url=gateway.url, webhook_secret=SECRET) as office:
        assert post(office) == Delivered(0, 0)
        yield office


def post(office: Office, minutes: int = 0) -> Delivered:
    return post_waiting(office, clock=lambda: MORNING + dt.timedelta(minutes=minutes))


def pass_on(office: Office, number: int) -> None:
    with office.registry.book("test", MORNING) as book:
        bring(book, number, Status.REGISTERED, subject="Bố trí lực lượng", issuer="Công an tỉnh")
        book.record(assigned(name(number), lead(LINH, DUE)))


def test_every_notice_is_posted_with_its_metadata_only(office: Office, gateway: Gateway) -> None:
    pass_on(office, 1)
    assert post(office) == Delivered(2, 0)
    told = list(gateway.taken.values())
    assert [(one["kind"], one["recipient"]) for one in told] == [("review", "hoa"), ("assigned", "linh")]
    assert told[1] == {
        "id": told[1]["id"],
        "kind": "assigned",
        "document": "vb1",
        "number": "1/2012",
        "due": "2012-01-17",
        "recipient": "linh",
        "step": None,
        "link": None,
    }
    wire = json.dumps(told, ensure_ascii=False)
    assert "Bố trí" not in wire
    assert "Công an" not in wire
    assert post(office, 60) == Delivered(0, 0)
    with office.view() as view:
        assert {n.state for n in view.notices()} == {"waiting"}, "its mail is another matter"


def test_what_was_told_before_the_gateway_came_is_history(tmp_path: Path, gateway: Gateway) -> None:
    with an_office(tmp_path) as office:
        pass_on(office, 1)
        assert post(office) == Delivered(0, 0)
    with an_office_again(tmp_path, gateway) as office:
        assert post(office) == Delivered(0, 0)
        pass_on(office, 2)
        assert post(office) == Delivered(2, 0)


def an_office_again(home: Path, gateway: Gateway) -> Office:
    with (home / "congvan.toml").open("a", encoding="utf-8") as file:
        file.write(f'webhook_url = "{gateway.url}"\nwebhook_secret = "{SECRET}"\n')
    return Office.open(home)


def test_a_gateway_that_is_away_gets_it_later_under_the_same_id(office: Office, gateway: Gateway) -> None:
    pass_on(office, 1)
    gateway.answers = [503, 302]
    assert post(office) == Delivered(0, 2)
    assert post(office) == Delivered(0, 0), "tried again at once instead of waiting"
    assert post(office, 10) == Delivered(2, 0)
    ids = [headers["webhook-id"] for headers, _ in gateway.posts]
    assert ids[:2] == ids[2:]


class PowerCut(Exception):
    """The notifier died."""


def test_killed_between_posting_and_noting_it_is_posted_again_and_taken_once(
    office: Office, gateway: Gateway
) -> None:
    pass_on(office, 1)

    def dying_clock() -> dt.datetime:
        if gateway.taken:
            raise PowerCut
        return MORNING

    with pytest.raises(PowerCut):
        post_waiting(office, clock=dying_clock)
    assert post(office, 10) == Delivered(2, 0)
    assert len(gateway.posts) == 3
    assert len(gateway.taken) == 2


def test_mail_and_post_go_their_own_ways(office: Office, gateway: Gateway) -> None:
    pass_on(office, 1)
    assert deliver_waiting(office, clock=lambda: MORNING) == Delivered(2, 0)
    gateway.answers = [500, 500]
    assert post(office) == Delivered(0, 2)
    with office.view() as view:
        assert {n.state for n in view.notices()} == {"sent"}
    assert post(office, 10) == Delivered(2, 0)


def test_a_reminder_is_posted_when_its_morning_comes_and_not_when_it_was_taken_back(
    office: Office, gateway: Gateway
) -> None:
    pass_on(office, 1)
    pass_on(office, 2)
    post(office)
    gateway.taken.clear()
    early = dt.datetime(2012, 1, 12, 0, 5, tzinfo=dt.UTC)
    watch_deadlines(office, now=early)
    assert post_waiting(office, clock=lambda: early) == Delivered(0, 0)
    with office.registry.book("hoa", early) as book:
        book.record(assigned(name(2), lead(LINH, DUE + dt.timedelta(14))))
    later = early + dt.timedelta(minutes=30)
    deliver_waiting(office, clock=lambda: later)
    post_waiting(office, clock=lambda: later)
    reminders = [one for one in gateway.taken.values() if one["kind"] == "reminder"]
    assert [(one["document"], one["step"]) for one in reminders] == [("vb1", "before-3")]


def test_the_doctor_tells_when_the_gateway_was_given_up(office: Office, gateway: Gateway) -> None:
    pass_on(office, 1)
    gateway.answers = [500] * 2 * (MOST_TRIES + 1)
    for hours in range(MOST_TRIES + 1):
        post(office, hours * 60 * 5)
    checks = {check.part: check for check in examine(office.settings.home, now=MORNING)}
    assert checks["webhook"].health is Health.ATTENTION
    assert "2 thông báo" in checks["webhook"].text


@pytest.mark.parametrize("secret", ["", "ngan"])
def test_nothing_is_ever_posted_unsigned(secret: str, tmp_path: Path) -> None:
    with (
        pytest.raises(SettingSlip, match="khóa ký"),
        an_office(tmp_path, webhook_url="http://127.0.0.1:9/", webhook_secret=secret),
    ):
        pass
