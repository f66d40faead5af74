"""Scans brought in at the desk lie in the intake folder as a scanner would lay them, and the sweep takes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk.web import guard
from documents.people import Officer
from office.office import Office
from office.upload import MOST_FILES
from registry.log import LogWanted, log_lines
from tests.desk.real_office import browser, come_in, said
from tests.desk.web_client import TestClient
from tests.journeys.working import take_in
from tests.office.lines_at_work import HOA, LEADER, LINH, OBSERVER
from tests.recorded_reader import RecordedReader, stub_file

PDF = b"%PDF-1.4\n" + b"x" * 3000


@pytest.fixture
def at_desk(tmp_path: Path) -> Iterator[tuple[TestClient, Office]]:
    with browser(tmp_path) as (client, office):
        come_in(client, office, HOA)
        yield client, office


def send(client: TestClient, *files: tuple[str, bytes]) -> Any:
    return client.post(guard.UPLOADS, files=[("tep", one) for one in files])


def lying(office: Office) -> list[str]:
    folder = office.settings.intake_folder
    return sorted(one.name for one in folder.iterdir() if one.is_file())


def uploads(office: Office) -> list[tuple[str, str]]:
    with office.view() as view:
        lines = log_lines(view, LogWanted(event="FileUploaded"), 10)
    return [(line.actor, line.payload["name"]) for line in lines]


def test_several_files_lie_in_the_folder_and_the_sweep_takes_them(
    at_desk: tuple[TestClient, Office],
) -> None:
    client, office = at_desk
    # The recorded reader's files are no PDF; the mark of one within the first bytes lets them in.
    one, two = stub_file(1, subject="%PDF-"), stub_file(2, subject="%PDF-")
    answer = send(client, ("Kế hoạch.pdf", one), ("b.pdf", two))
    assert (answer.status_code, answer.headers["location"]) == (303, "/tiep-nhan?tai=2")
    assert lying(office) == ["Kế hoạch.pdf", "b.pdf"]
    assert (office.settings.intake_folder / "b.pdf").read_bytes() == two
    assert "Đã nhận 2 tệp vào thư mục nhận." in said(client.get("/tiep-nhan?tai=2").text)
    take_in(office, RecordedReader())
    with office.view() as view:
        assert sorted(record.file_name for record in view.documents(None, None)) == ["Kế hoạch.pdf", "b.pdf"]


def test_nothing_in_the_folder_is_overwritten(at_desk: tuple[TestClient, Office]) -> None:
    client, office = at_desk
    (office.settings.intake_folder / "a.pdf").write_bytes(b"quet dang do")
    assert send(client, ("a.pdf", PDF), ("../a.pdf", PDF)).status_code == 303
    assert lying(office) == ["a (2).pdf", "a (3).pdf", "a.pdf"]
    assert (office.settings.intake_folder / "a.pdf").read_bytes() == b"quet dang do"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        pytest.param(
            "a.docx", b"PK\x03\x04" + b"x" * 2000, "không phải PDF, TIFF, JPEG hay PNG", id="a letter"
        ),
        pytest.param("a.pdf", b"MZ" + b"x" * 2000, "không phải PDF, TIFF, JPEG hay PNG", id="a false name"),
        pytest.param("a.pdf", b"", "là tệp rỗng", id="empty"),
        pytest.param("a.pdf", b"%PDF-1.4" + b"x" * (1 << 20), "lớn quá 1 MB", id="too large"),
    ],
)
def test_what_is_refused_is_named_and_stops_no_other(
    name: str, data: bytes, reason: str, at_desk: tuple[TestClient, Office]
) -> None:
    client, office = at_desk
    object.__setattr__(office.settings, "max_file_mb", 1)
    answer = send(client, (name, data), ("tot.pdf", PDF))
    assert answer.status_code == 422
    assert f"“{name}”" in said(answer.text)
    assert reason in said(answer.text)
    assert "Đã nhận 1 tệp" in said(answer.text)
    assert lying(office) == ["tot.pdf"]


def test_a_form_without_files_or_with_too_many_takes_none(at_desk: tuple[TestClient, Office]) -> None:
    client, office = at_desk
    assert "Chưa chọn tệp nào." in said(client.post(guard.UPLOADS, data={}).text)
    many = send(client, *[(f"{n}.pdf", PDF) for n in range(MOST_FILES + 1)])
    assert many.status_code == 422
    assert f"Chỉ tải lên được {MOST_FILES} tệp một lần" in said(many.text)
    assert lying(office) == []


def test_a_folder_that_refuses_is_said_and_nothing_is_claimed(
    at_desk: tuple[TestClient, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, office = at_desk

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gateways.uploads._appear", refuse)
    answer = send(client, ("a.pdf", PDF))
    assert answer.status_code == 503
    assert "Không ghi được “a.pdf” vào thư mục nhận" in said(answer.text)
    assert lying(office) == []
    assert uploads(office) == []


def test_who_brought_it_is_on_record(at_desk: tuple[TestClient, Office]) -> None:
    client, office = at_desk
    send(client, ("a.pdf", PDF))
    assert uploads(office) == [("hoa", "a.pdf")]


@pytest.mark.parametrize("who", [LINH, LEADER, OBSERVER], ids=lambda one: one.duty.value)
def test_only_clerks_bring_files_in(who: Officer, at_desk: tuple[TestClient, Office]) -> None:
    client, office = at_desk
    come_in(client, office, who)
    assert send(client, ("a.pdf", PDF)).status_code == 403
    assert lying(office) == []


def test_only_this_one_form_may_be_that_large(at_desk: tuple[TestClient, Office]) -> None:
    client, _ = at_desk
    large = b"%PDF-" + b"x" * (guard.MOST_BODY_BYTES + 1)
    assert client.post("/tiep-nhan", files=[("tep", ("a.pdf", large))]).status_code == 413
    assert send(client, ("a.pdf", large)).status_code == 303


def test_a_form_of_another_session_brings_nothing(at_desk: tuple[TestClient, Office]) -> None:
    client, office = at_desk
    answer = client.post(guard.UPLOADS, data={guard.FORM_TOKEN: "x" * 32}, files=[("tep", ("a.pdf", PDF))])
    assert answer.status_code == 403
    assert lying(office) == []
