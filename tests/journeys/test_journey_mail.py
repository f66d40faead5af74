"""Notices of a routed document through a real SMTP conversation, and as files without a mail server."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from office.notify import deliver_waiting
from office.office import Office
from tests.journeys.postbox import Postbox, a_postbox
from tests.journeys.working import documents, drop, work_off
from tests.offices import MORNING, an_office
from tests.recorded_reader import RecordedReader, stub_file


@pytest.fixture
def post() -> Iterator[tuple[Postbox, int]]:
    with a_postbox() as box:
        yield box


def deliver(office: Office, minutes: int = 0) -> tuple[int, int]:
    delivered = deliver_waiting(office, clock=lambda: MORNING + dt.timedelta(minutes=1 + minutes))
    return delivered.sent, delivered.failed


def route_one(office: Office) -> None:
    drop(office, "quet.pdf", stub_file(2))
    work_off(office, RecordedReader())


def test_each_assignee_gets_one_message_with_the_day_it_is_due(
    tmp_path: Path, post: tuple[Postbox, int]
) -> None:
    box, port = post
    with an_office(tmp_path, smtp_host="127.0.0.1", smtp_port=port, mail_sender="cv@so.example") as office:
        route_one(office)
        sent, failed = deliver(office)
        assert (sent, failed) == (len(box.messages), 0)
        assert box.messages
        for recipients, message in box.messages:
            assert len(recipients) == 1
            assert message["To"].addresses[0].addr_spec == recipients[0]
            assert message["Message-ID"]
            plain = message.get_body(("plain",))
            assert plain is not None
            assert "2/KH-UBND" in plain.get_content()
        lead = [m for _, m in box.messages if any(p.get_content_type() == "text/calendar" for p in m.walk())]
        assert lead, "no message carries the due date as a calendar entry"
        assert deliver(office) == (0, 0), "a notice was sent twice"
        with office.view() as view:
            history = [line.event for line in view.history(documents(office)[0].id)]
        assert history.count("NoticeSent") == sent


def test_a_refusal_for_now_is_tried_again_later_with_the_same_message_id(
    tmp_path: Path, post: tuple[Postbox, int]
) -> None:
    box, port = post
    with an_office(tmp_path, smtp_host="127.0.0.1", smtp_port=port) as office:
        route_one(office)
        with office.view() as view:
            wanted = {n.message_id for n in view.notices_of(documents(office)[0].id)}
        box.answers = ["451 later"] * len(wanted)
        assert deliver(office) == (0, len(wanted))
        assert deliver(office) == (0, 0), "tried again at once instead of waiting"
        assert deliver(office, minutes=10) == (len(wanted), 0)
        assert {m["Message-ID"] for _, m in box.messages} == wanted


def test_without_a_mail_server_notices_become_files_and_this_is_said(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        route_one(office)
        sent, failed = deliver(office)
        files = list(office.settings.mail_folder.glob("*.eml"))
        assert len(files) == sent > 0
        assert failed == 0
        with office.view() as view:
            ways = {
                line.payload["way"]
                for line in view.history(documents(office)[0].id)
                if line.event == "NoticeSent"
            }
        assert ways == {"eml"}
