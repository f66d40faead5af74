"""The page of the audit on a real office: read within reach, checked, compared with paper, copied."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.web import log_words, told_office
from desk.web.app import create_app
from documents.events import SignedIn
from documents.people import Officer
from documents.record import AuditLine
from office.desk import Desk
from office.log import LogLine
from office.log_copy import check_copy, copy_log
from office.office import Office
from office.trail import verify_trail
from tests.desk.test_web_work import come_in, said
from tests.desk.web_client import HERE, TestClient
from tests.event_kinds import list_document_kinds, list_kinds
from tests.office.lines_at_work import ADMIN, HOA, LEADER, LINH, OBSERVER, at_work, lead, pass_on
from tests.offices import MORNING


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with at_work(tmp_path) as office:
        pass_on(office, 1, lead(LINH), subject="Chuyện ai cũng biết")
        pass_on(office, 2, lead(LINH), secrecy="Mật", subject="Chuyện không ai được biết")
        yield office


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    app = create_app(Desk(office), clock=lambda: MORNING)
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        yield client


def head_of(office: Office) -> tuple[int, str]:
    result = verify_trail(office)
    return result.count, result.head


def numbers(source: str) -> list[int]:
    return [int(n) for n in re.findall(r'class="seq">(\d+)<', source)]


def test_every_kind_of_event_has_its_name_and_its_sentence() -> None:
    every, of_documents = (
        {kind.__name__ for kind in kinds} for kinds in (list_kinds(), list_document_kinds())
    )
    assert set(log_words.EVENT) == every
    assert set(told_office.TELLERS) == every - of_documents


@pytest.mark.parametrize("event", sorted(told_office.TELLERS))
def test_a_line_of_an_older_form_is_still_told(event: str) -> None:
    line = AuditLine(
        seq=1, at=MORNING, actor="hoa", document=None, event=event, payload={}, previous="", hash=""
    )
    told = log_words.tell(LogLine(line=line, is_open=True, caption=None), {"hoa": "Trần Thị Hoa"})
    assert told.who == "Trần Thị Hoa"
    assert told.text


def test_newest_first_and_page_by_page_nothing_is_left_out(client: TestClient, office: Office) -> None:
    with office.registry.book("hoa", MORNING) as book:
        for _ in range(150):
            book.record(SignedIn(person=HOA.id))
    come_in(client, office, LEADER)
    seen, address = [], "/nhat-ky"
    while address:
        page = client.get(address).text
        seen += numbers(page)
        older = re.search(r'href="(/nhat-ky\?[^"]*truoc=[^"]*)"', page)
        address = older[1].replace("&amp;", "&") if older else ""
    assert seen == list(range(head_of(office)[0], 0, -1))


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        pytest.param("nguoi=hoa", "Trần Thị Hoa", "Hệ thống", id="a person"),
        pytest.param("viec=DocumentRegistered", "vào sổ số đến", "nhận tệp", id="an event"),
        pytest.param("van-ban=1/2012", "số đến 1/2012", "số đến 2/2012", id="a document"),
        pytest.param("tu=2012-01-05", "vào sổ số đến", "Không có dòng nào", id="from a day"),
        pytest.param("den=2012-01-04", "Không có dòng nào", "vào sổ số đến", id="until the day before"),
        pytest.param("van-ban=99/2012", "Không có văn bản nào tên 99/2012", "vào sổ", id="no such document"),
        pytest.param("tu=mai&truoc=x", "vào sổ số đến", "Không có dòng nào", id="what is no day is left out"),
    ],
)
def test_lines_are_found_by(asked: str, there: str, gone: str, client: TestClient, office: Office) -> None:
    come_in(client, office, LEADER)
    lines = said(
        client.get(f"/nhat-ky?{asked}").text.partition("Bỏ lọc")[2] or client.get(f"/nhat-ky?{asked}").text
    )
    assert there in lines
    assert gone not in lines


@pytest.mark.parametrize(
    ("who", "sees"),
    [(LEADER, True), (OBSERVER, False), (ADMIN, False)],
    ids=lambda p: str(getattr(p, "duty", p)),
)
def test_of_a_restricted_document_others_read_only_that_something_happened(
    who: Officer, sees: bool, client: TestClient, office: Office
) -> None:
    come_in(client, office, who)
    page = client.get("/nhat-ky?van-ban=2/2012").text
    assert ("Nguyễn Thị Linh chủ trì" in said(page)) is sees
    assert ("Văn bản này không mở cho bạn." in said(page)) is not sees
    assert "số đến 2/2012" in said(page)
    copy = client.get("/nhat-ky/ban-sao").text
    assert ("Chuy\\\\u1ec7n kh\\\\u00f4ng ai" in copy) is sees
    assert check_copy(copy.splitlines()).whole


def press(client: TestClient, **typed: str) -> tuple[int, str]:
    answer = client.post("/nhat-ky/kiem", data=typed)
    return answer.status_code, said(answer.text)


def test_a_check_says_whole_and_stands_in_the_log_itself(client: TestClient, office: Office) -> None:
    count, head = head_of(office)
    come_in(client, office, OBSERVER)
    status, page = press(client)
    assert status == 200
    assert f"Nhật ký liền mạch: {count} dòng" in page
    assert f"{count} : {head}" in page
    assert "người kiểm Đỗ Quốc Cường" in page
    assert f"Đỗ Quốc Cường kiểm nhật ký: {count} dòng liền mạch" in page
    come_in(client, office, LEADER)
    assert "Liền mạch kiểm lúc 08:12 05/01/2012, người kiểm Đỗ Quốc Cường" in said(
        client.get("/giam-sat").text
    )


def test_a_changed_line_is_named(client: TestClient, office: Office) -> None:
    count, head = head_of(office)
    with sqlite3.connect(office.settings.home / "registry.db") as connection:
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("UPDATE audit SET actor = 'ke-la' WHERE seq = 7")
    come_in(client, office, LEADER)
    _, page = press(client, so=str(count), ma=head[:12])
    assert "Nhật ký sai từ dòng 7." in page
    assert f"Dòng {count} không mang dấu {head[:12]}" in page


@pytest.mark.parametrize(
    ("seq", "start", "says"),
    [
        pytest.param("{count}", "{head}", "nhật ký còn giữ đúng dấu đã in", id="all of it"),
        pytest.param(" {count} ", "{head8}…", "nhật ký còn giữ đúng dấu đã in", id="as printed, the first 8"),
        pytest.param("{count}", "{HEAD8}", "nhật ký còn giữ đúng dấu đã in", id="in capitals"),
        pytest.param("3", "{head8}", "Dòng 3 không mang dấu", id="another line"),
        pytest.param("{count}", "00000000", "không mang dấu 00000000", id="another hash"),
        pytest.param("999999", "{head8}", "Dòng 999999 không mang dấu", id="a line that is gone"),
        pytest.param("{count}", "{head7}", "chưa đủ để đối chiếu", id="7 letters are too few"),
        pytest.param("{count}", "", "chưa đủ để đối chiếu", id="no hash"),
        pytest.param("", "{head8}", "chưa đủ để đối chiếu", id="no number"),
        pytest.param("{count}", "xinchao12", "chưa đủ để đối chiếu", id="no hash at all"),
        pytest.param("², 3", "{head8}", "chưa đủ để đối chiếu", id="no number at all"),
    ],
)
def test_a_head_kept_on_paper_is_compared(
    seq: str, start: str, says: str, client: TestClient, office: Office
) -> None:
    count, head = head_of(office)
    facts = {"count": count, "head": head, "head8": head[:8], "head7": head[:7], "HEAD8": head[:8].upper()}
    come_in(client, office, LEADER)
    _, page = press(client, so=seq.format(**facts), ma=start.format(**facts))
    assert says in page


# ── a copy ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_copy_is_checked_without_the_office(client: TestClient, office: Office, tmp_path: Path) -> None:
    come_in(client, office, OBSERVER)
    answer = client.get("/nhat-ky/ban-sao")
    assert answer.headers["content-disposition"] == 'attachment; filename="nhat-ky-2012-01-05-0812.jsonl"'
    found = check_copy(answer.text.splitlines())
    assert (found.count, found.head) == head_of(office)
    assert found.whole
    assert found.withheld > 0


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_change_of_a_whole_copy_is_found(data: st.DataObject, office: Office) -> None:
    lines = "".join(copy_log(office, LEADER, now=MORNING)).splitlines()
    at = data.draw(st.integers(1, len(lines) - 1))
    how = data.draw(st.sampled_from(["cut", "drop", "swap", "edit", "double"]))
    if how == "cut":
        changed = lines[:at]
    elif how == "drop":
        changed = lines[:at] + lines[at + 1 :]
    elif how == "double":
        changed = [*lines[: at + 1], *lines[at:]]
    elif how == "swap":
        other = data.draw(st.integers(1, len(lines) - 1).filter(lambda n: n != at))
        changed = list(lines)
        changed[at], changed[other] = lines[other], lines[at]
    else:
        row = json.loads(lines[at])
        name = data.draw(st.sampled_from(["at", "actor", "event", "payload", "previous", "hash", "seq"]))
        edited = {"seq": row["seq"] + 1, "at": "2012-01-05T01:12:01+00:00"}
        row[name] = edited[name] if name in edited else row[name] + "x"
        changed = [*lines[:at], json.dumps(row), *lines[at + 1 :]]
    found = check_copy(changed)
    assert not found.whole
    assert found.first_wrong is not None
    assert found.first_wrong <= at + 1


@pytest.mark.parametrize("text", ["", "{}", "không phải", "[1]", '{"format":"congvan-log-2"}'])
def test_a_file_that_is_no_copy_is_said_to_be_none(text: str) -> None:
    found = check_copy(text.splitlines())
    assert not found.whole
    assert found.complaint == "Tệp này không phải bản sao nhật ký."
