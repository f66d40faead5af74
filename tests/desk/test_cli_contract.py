"""The commands of docs/commands.md, called as other programs call them: JSON, exit statuses, errors."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest

from desk.cli.app import main
from documents.reading import FieldName
from office.book import open_book
from office.office import Office
from tests.journeys.working import drop, work_off
from tests.offices import an_office
from tests.recorded_reader import RecordedReader, stub_file

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """An office with a routed document, a doubtful one, a quarantined one and a duplicate."""
    home = tmp_path / "office"
    with an_office(home) as office:
        drop(office, "clean.pdf", stub_file(2))
        work_off(office, RecordedReader())
        drop(office, "doubt.pdf", stub_file(3, doubtful=(FieldName.DATE,)))
        drop(office, "broken.pdf", b"nothing to read")
        drop(office, "again.pdf", stub_file(2))
        work_off(office, RecordedReader())
    return home


def rows(capsys: Capture) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_list_gives_one_object_a_line_with_the_keys_of_the_contract(filled: Path, capsys: Capture) -> None:
    assert main(["list", "--home", str(filled), "--json"]) == 0
    listed = {row["file"]: row for row in rows(capsys)}
    assert set(listed) == {"clean.pdf", "doubt.pdf", "broken.pdf", "again.pdf"}
    for row in listed.values():
        assert set(row) == {
            "id", "file", "sha256", "status", "register", "fields", "assignments", "quarantine",
            "duplicate_of", "received_at", "routed_at",
        }  # fmt: skip
    clean = listed["clean.pdf"]
    assert clean["status"] == "assigned"
    assert clean["register"] == {"book": "den", "year": 2012, "number": 1}
    assert clean["fields"]["number_symbol"] == "2/KH-UBND"
    assert {a["role"] for a in clean["assignments"]} <= {"lead", "support", "inform"}
    assert sum(a["role"] == "lead" for a in clean["assignments"]) == 1
    assert set(clean["assignments"][0]) == {"officer", "unit", "role", "due", "state"}
    assert listed["doubt.pdf"]["register"] is None
    assert listed["broken.pdf"]["quarantine"]["code"] == "unknown_kind"
    assert listed["again.pdf"]["duplicate_of"] == clean["id"]


def test_list_can_be_kept_to_one_status(filled: Path, capsys: Capture) -> None:
    assert main(["list", "--home", str(filled), "--json", "--status", "review"]) == 0
    assert [row["file"] for row in rows(capsys)] == ["doubt.pdf"]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["doi ngoai"], id="without marks"),
        pytest.param(["đối", "ngoại"], id="with marks, as two words"),
        pytest.param(["2 kh ubnd"], id="a number without its signs"),
        pytest.param(["DOI NGOAI"], id="in capitals"),
    ],
)
def test_find_needs_no_marks(words: list[str], filled: Path, capsys: Capture) -> None:
    assert main(["find", *words, "--home", str(filled), "--json"]) == 0
    assert "clean.pdf" in [row["file"] for row in rows(capsys)]


@pytest.mark.parametrize("verb", ["show", "why"])
def test_a_document_is_named_by_its_number_or_its_id(verb: str, filled: Path, capsys: Capture) -> None:
    assert main([verb, "1/2012", "--home", str(filled), "--json"]) == 0
    (by_number,) = rows(capsys)
    assert main([verb, by_number["id"], "--home", str(filled), "--json"]) == 0
    assert rows(capsys) == [by_number]


def test_why_leads_from_the_paper_to_the_rule_and_the_person(filled: Path, capsys: Capture) -> None:
    assert main(["why", "1/2012", "--home", str(filled), "--json"]) == 0
    (told,) = rows(capsys)
    story = " ".join(told["steps"])
    assert "QT-04" in story
    assert "Báo chí" in story
    assert re.search(r"hạn \d\d/\d\d/\d{4}", story)


def test_an_unknown_document_is_said_so_with_the_next_command(filled: Path, capsys: Capture) -> None:
    assert main(["show", "99/2012", "--home", str(filled)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "99/2012" in said.err
    assert "congvan find" in said.err


def test_the_version_is_told(capsys: Capture) -> None:
    assert main(["--version"]) == 0
    assert re.fullmatch(r"congvan \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_errors_are_in_english_on_request(filled: Path, capsys: Capture) -> None:
    assert main(["show", "99/2012", "--home", str(filled), "--lang", "en"]) == 2
    assert "There is no document 99/2012" in capsys.readouterr().err


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(["nonsense"], id="no such command"),
        pytest.param(["list", "--nonsense"], id="no such option"),
        pytest.param(["show"], id="an argument is missing"),
        pytest.param(["list", "--status", "lost"], id="no such status"),
        pytest.param([], id="nothing at all"),
    ],
)
def test_a_wrong_call_is_64(call: list[str], capsys: Capture) -> None:
    assert main(call) == 64
    assert capsys.readouterr().err


def test_a_home_without_an_office_names_the_command_that_makes_one(tmp_path: Path, capsys: Capture) -> None:
    assert main(["list", "--home", str(tmp_path / "none")]) == 2
    assert "congvan init --home" in capsys.readouterr().err


def test_init_makes_an_office_once_and_leaves_it_alone_the_second_time(
    tmp_path: Path, capsys: Capture
) -> None:
    home = tmp_path / "new"
    assert main(["init", "--home", str(home), "--name", "Sở Thử"]) == 0
    first = capsys.readouterr().err
    assert "mật khẩu: " in first
    assert {p.name for p in home.iterdir()} >= {"registry.db", "nhan", "kho", "thu", "congvan.toml"}
    assert main(["init", "--home", str(home)]) == 0
    assert "mật khẩu: " not in capsys.readouterr().err


def test_log_verify_is_done_for_a_whole_chain(filled: Path, capsys: Capture) -> None:
    assert main(["log", "verify", "--home", str(filled), "--json"]) == 0
    (result,) = rows(capsys)
    assert result["whole"]
    assert result["count"] > 10
    assert main(["log", "verify", "--home", str(filled), "--head", result["head"]]) == 0
    assert main(["log", "verify", "--home", str(filled), "--head", "f" * 64]) == 2


def test_rules_check_reads_every_row_back_as_a_sentence(filled: Path, capsys: Capture) -> None:
    assert main(["rules", "check", "--home", str(filled), "--json"]) in {0, 1}
    (checked,) = rows(capsys)
    assert any("đối ngoại" in sentence for sentence in checked["rows"])


def test_a_slip_in_a_table_is_named_with_its_row_and_what_was_meant(
    filled: Path, tmp_path: Path, capsys: Capture
) -> None:
    table = tmp_path / "bad.yaml"
    table.write_text(
        "title: Thử\nrows:\n  - id: QT-01\n    if: {field: subjct, contains: báo}\n"
        "    lead: vp\n    source: thử\n"
        "default: {lead: vp, source: thử}\n",
        "utf-8",
    )
    assert main(["rules", "check", str(table), "--home", str(filled)]) == 2
    said = capsys.readouterr().err
    assert "QT-01" in said
    assert "subject" in said


def test_people_are_added_and_listed(filled: Path, capsys: Capture) -> None:
    call = ["people", "add", "Phạm Văn Linh", "--id", "vanlinh", "--unit", "vp", "--home", str(filled)]
    assert main(call) == 0
    capsys.readouterr()
    assert main(["people", "list", "--home", str(filled), "--json"]) == 0
    assert "Phạm Văn Linh" in [row["name"] for row in rows(capsys)]


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        pytest.param("05/01/2012", "7", "16/01/2012", id="a weekend between"),
        pytest.param("16/01/2012", "10", "04/02/2012", id="tet, and a working Saturday at the end"),
    ],
)
def test_working_days_are_counted_on_the_command_line(
    start: str, days: str, due: str, filled: Path, capsys: Capture
) -> None:
    assert main(["calendar", "add", start, days, "--home", str(filled)]) == 0
    assert capsys.readouterr().out.strip() == due


def test_a_day_off_of_the_office_moves_the_count(filled: Path, capsys: Capture) -> None:
    call = ["calendar", "off", "06/01/2012", "--reason", "Bão", "--home", str(filled)]
    assert main(call) == 0
    assert main(["calendar", "add", "05/01/2012", "1", "--home", str(filled)]) == 0
    assert capsys.readouterr().out.strip() == "09/01/2012"


def test_read_gives_a_row_for_each_file_and_goes_on_after_one_that_cannot_be_read(
    tmp_path: Path, capsys: Capture
) -> None:
    empty, words = tmp_path / "empty.pdf", tmp_path / "words.pdf"
    empty.write_bytes(b"")
    words.write_bytes(b"only words")
    assert main(["read", str(empty), str(words), str(tmp_path / "none.pdf"), "--json"]) == 1
    codes = [row["error"]["code"] for row in rows(capsys)]
    assert codes == ["empty_file", "unknown_kind", "cannot_open"]


def test_doctor_says_every_part_and_ends_by_the_worst(filled: Path, capsys: Capture) -> None:
    status = main(["doctor", "--home", str(filled), "--json"])
    parts = {row["part"]: row for row in rows(capsys)}
    assert parts["database"]["health"] == "well"
    assert parts["audit"]["health"] == "well"
    assert parts["processes"]["health"] == "attention"
    worst = {row["health"] for row in parts.values()}
    assert status == (2 if "broken" in worst else 1)
    assert all(row["advice"] for row in parts.values() if row["health"] != "well")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        pytest.param(["frobnicate"], "Không có lệnh “frobnicate”.", id="no such command"),
        pytest.param(["list", "--hom", "x"], "Không có tuỳ chọn --hom.", id="no such option"),
        pytest.param(["take"], "Thiếu files.", id="nothing to take"),
        pytest.param(["show", "1", "2"], "Thừa: 2.", id="too much"),
        pytest.param(["list", "--status", "xong"], "“xong” không thuộc: ", id="not one of a list"),
        pytest.param(["--lang", "fr", "list"], "--lang: “fr” không thuộc: vi, en.", id="no such language"),
    ],
)
def test_a_wrong_call_is_told_in_the_language_of_the_office(
    call: list[str], said: str, capsys: Capture
) -> None:
    assert main(call) == 64
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("setle_s = 3", "không có thiết đặt này (có phải “settle_s”?)", id="a slip of the pen"),
        pytest.param('settle_s = "abc"', "phải là một số", id="no number"),
        pytest.param("sweep_s = 0", "phải lớn hơn 0", id="too small"),
        pytest.param('smtp_security = "ssl"', "phải thuộc: none, starttls, tls", id="unknown"),
        pytest.param("settle_s = ", "congvan.toml", id="no TOML"),
    ],
)
def test_a_slip_in_the_settings_is_told_with_its_name(
    line: str, said: str, tmp_path: Path, capsys: Capture
) -> None:
    with an_office(tmp_path / "office"):
        pass
    file = tmp_path / "office" / "congvan.toml"
    kept = [row for row in file.read_text("utf-8").splitlines() if not row.startswith("settle_s")]
    file.write_text("\n".join([*kept, line, ""]), "utf-8")
    assert main(["list", "--home", str(tmp_path / "office")]) == 2
    assert said in capsys.readouterr().err


def test_a_demo_never_deletes_what_no_demo_made(tmp_path: Path, capsys: Capture) -> None:
    home = tmp_path / "real"
    home.mkdir()
    (home / "precious.txt").write_text("giữ", "utf-8")
    assert main(["demo", "--no-browser", "--home", str(home)]) == 2
    assert (home / "precious.txt").read_text("utf-8") == "giữ"
    assert "không phải do bản demo" in capsys.readouterr().err


def test_an_emptied_registry_is_refused_and_not_made_anew(filled: Path, capsys: Capture) -> None:
    (filled / "registry.db").write_bytes(b"")
    assert main(["list", "--home", str(filled)]) == 2
    assert (filled / "registry.db").stat().st_size == 0
    assert "registry.db" in capsys.readouterr().err


def test_the_register_of_a_year_has_a_line_for_each_entry(filled: Path) -> None:
    with Office.open(filled) as office:
        (line,) = open_book(office, 2012, now=dt.datetime(2012, 1, 6, tzinfo=dt.UTC)).lines
    assert line.date == dt.date(2012, 1, 3)
    assert line.number_symbol == "2/KH-UBND"
