"""Whatever is typed, found on the disk or set in the environment: a sentence with advice, never a traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk.cli import papers
from desk.cli.app import main
from desk.cli.foreign import in_vietnamese
from documents.errors import AlreadyMoved
from documents.status import Status
from office.found import found_office
from office.office import Office
from office.settings import list_strange_variables, load_settings
from tests.offices import MORNING

Capture = pytest.CaptureFixture[str]
_ENGLISH = re.compile(
    r"No such file|Permission denied|Is a directory|Input should|not allowed here|Invalid|Expected|Cannot|utf-8'"
)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One new office, founded once; tests work on copies."""
    home = tmp_path_factory.mktemp("founded") / "office"
    found_office(home, name="Sở Thử", now=MORNING, password="mat-khau-quan-tri")
    return home


@pytest.fixture
def home(tmp_path: Path, founded: Path) -> Path:
    return shutil.copytree(founded, tmp_path / "office")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


# ── what is typed and what lies on the disk ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("call", "status", "said"),
    [
        pytest.param(["rules", "check", "{tmp}/none.yaml"], 2, "không có tệp", id="no table there"),
        pytest.param(["rules", "check", "{tmp}"], 2, "thư mục, không phải tệp", id="a folder for a table"),
        pytest.param(["rules", "check", "{tmp}/bytes"], 2, "không phải chữ UTF-8", id="bytes for a table"),
        pytest.param(["rules", "check", "{tmp}/zeros"], 2, "không phải chữ", id="zeros for a table"),
        pytest.param(["rules", "check", "{tmp}/slip.yaml"], 2, "dấu hai chấm", id="no YAML"),
        pytest.param(["rules", "adopt", "{tmp}/none.yaml"], 2, "không có tệp", id="nothing to adopt"),
        pytest.param(
            ["take", "{tmp}/bytes", "--home", "{tmp}/shut"], 2, "thư mục nhận", id="no intake folder"
        ),
        pytest.param(["init", "--home", "{tmp}/bytes"], 2, "không phải thư mục", id="a file for a home"),
        pytest.param(["list", "--home", "{tmp}/bytes"], 2, "congvan init", id="a file for an office"),
        pytest.param(
            ["calendar", "add", "05/01/2012", "99999999"], 64, "nhiều nhất là 3660", id="days without end"
        ),
        pytest.param(["calendar", "add", "05/01/2012", "mười"], 64, "phải là một số nguyên", id="no number"),
        pytest.param(["calendar", "add", "31/12/9999", "5"], 2, "không phải là ngày", id="the end of time"),
        pytest.param(["calendar", "list", "99999"], 64, "nhiều nhất là 2200", id="a year without end"),
        pytest.param(
            ["calendar", "off", "31/12/9999", "--reason", "x"], 2, "không phải là ngày", id="off at the end"
        ),
        pytest.param(["up", "--port", "99999"], 64, "--port nhiều nhất là 65535", id="no such port"),
        pytest.param(["run", "desk", "--port", "0"], 64, "--port ít nhất là 1", id="port zero"),
        pytest.param(["people", "add", "X"], 64, "Thiếu --id", id="no id given"),
        pytest.param(["log", "veryfi"], 64, "verify", id="a slip in the command"),
        pytest.param(["book", "print"], 64, "year", id="no year given"),
        pytest.param(["doctor", "--alive", "nobody"], 2, "prefect-server", id="no such process"),
    ],
)
def test_a_call_that_cannot_be_done_is_told_in_vietnamese(
    call: list[str], status: int, said: str, home: Path, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "bytes").write_bytes(bytes(range(256)))
    (tmp_path / "zeros").write_bytes(bytes(64))
    (tmp_path / "slip.yaml").write_text("title: a: b\n", "utf-8")
    shutil.copytree(home, tmp_path / "shut")
    (tmp_path / "shut" / "nhan").rmdir()
    words = [word.format(tmp=tmp_path) for word in call]
    assert main(words if "--home" in words else [*words, "--home", str(home)]) == status
    told = capsys.readouterr().err
    assert said in told
    assert "→" in told
    assert not _ENGLISH.search(told)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        pytest.param(KeyError("x"), "KeyError", id="a mistake of ours"),
        pytest.param(RecursionError(), "RecursionError", id="without end"),
        pytest.param(MemoryError(), "MemoryError", id="no memory"),
        pytest.param(PermissionError(13, "Permission denied", "/a/b"), "/a/b: không có quyền", id="no right"),
        pytest.param(OSError(28, "No space left on device"), "ổ đĩa đã đầy", id="a full disk"),
        pytest.param(
            UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"), "UnicodeDecodeError", id="bytes for text"
        ),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_traceback_reaches_a_person_whatever_is_raised(
    error: Exception, said: str, language: str, home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.delenv("CONGVAN_DEBUG", raising=False)
    monkeypatch.setattr(papers.queries, "list_rows", fail)
    assert main(["--lang", language, "list", "--home", str(home)]) == 2
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "→" in told
    assert told.startswith("Lỗi: " if language == "vi" else "Error: ")
    assert language == "en" or said in told
    assert "Traceback" in (home / "nhat-ky" / "lenh.log").read_text("utf-8")


def test_the_traceback_is_shown_to_whoever_asks_for_it_and_kept_nowhere_without_an_office(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(papers.Office, "open", fail)
    monkeypatch.setenv("CONGVAN_DEBUG", "1")
    assert main(["list", "--home", str(tmp_path)]) == 2
    assert "Traceback" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("call", [["calendar", "list", "2026"], ["people", "list"], ["--help"]], ids=" ".join)
def test_a_reader_who_goes_away_is_no_fault(call: list[str], home: Path, root: Path) -> None:
    environment = {**os.environ, "CONGVAN_HOME": str(home), "PYTHONPATH": str(root)}
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "desk.cli", *call],
        cwd=root, env=environment, stdout=writing, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


# ── ports ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_port_in_use_is_told_before_anything_starts(home: Path, taken: int, capsys: Capture) -> None:
    assert main(["up", "--home", str(home), "--port", str(taken)]) == 2
    told = capsys.readouterr().err
    assert str(taken) in told
    assert "--port" in told
    assert "sẵn sàng" not in told


def test_the_port_of_prefect_is_looked_at_too(
    home: Path, taken: int, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONGVAN_PREFECT_PORT", str(taken))
    assert main(["up", "--home", str(home), "--port", str(free_port())]) == 2
    assert "CONGVAN_PREFECT_PORT" in capsys.readouterr().err


def test_a_demo_on_a_used_port_keeps_the_last_demo(tmp_path: Path, taken: int) -> None:
    home = tmp_path / "demo"
    home.mkdir()
    (home / ".demo").touch()
    (home / "kept").touch()
    assert main(["demo", "--no-browser", "--home", str(home), "--port", str(taken)]) == 2
    assert (home / "kept").exists()


# ── settings ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("smtp_port = 0", "phải từ 1", id="port zero"),
        pytest.param("smtp_port = 70000", "65535", id="no such port"),
        pytest.param("prefect_port = 0", "phải từ 1", id="prefect on port zero"),
        pytest.param('mail_sender = "cong van"', "địa chỉ thư", id="no sender"),
        pytest.param('mail_sender = "A <a@b.vn>"', "địa chỉ thư", id="a sender with a name"),
        pytest.param('mail_sender = ""', "trống", id="nobody sends"),
        pytest.param('home = "/khac"', "--home", id="the home inside the file"),
        pytest.param('database_url = "nonsense"', "cơ sở dữ liệu", id="no database"),
        pytest.param('database_url = "mysql://a/b"', "cơ sở dữ liệu", id="a database we cannot live in"),
        pytest.param('database_url = "postgresql://a:b/c"', "cơ sở dữ liệu", id="letters for a port"),
        pytest.param('base_url = "congvan.local"', "http://", id="no address of pages"),
        pytest.param("settle_s = inf", "hữu hạn", id="rest for ever"),
        pytest.param("smtp_prot = 25", "(có phải “smtp_port”?)", id="a slip of the pen"),
        pytest.param("smtp_port 25", "dòng 1, cột", id="no equals sign"),
        pytest.param("smtp_host = may.local", "dấu nháy", id="text without quotes"),
        pytest.param("smtp_port = 1\nsmtp_port = 2", "hai lần", id="said twice"),
        pytest.param('smtp_host = "a', "dấu nháy đóng", id="a quote left open"),
        pytest.param('smtp_host = "C:\\quet"', "dấu \\ phải viết đôi", id="a path of Windows"),
    ],
)
def test_a_slip_in_the_file_is_told_with_the_file_and_in_vietnamese(
    line: str, said: str, home: Path, capsys: Capture
) -> None:
    (home / "congvan.toml").write_text(line, "utf-8")
    assert main(["list", "--home", str(home)]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert str(home / "congvan.toml") in told
    assert not _ENGLISH.search(told)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        pytest.param("CONGVAN_SMTP_PORT", "abc", id="no number"),
        pytest.param("CONGVAN_MAIL_SENDER", "abc", id="no address"),
        pytest.param("CONGVAN_DATABASE_URL", "nonsense", id="no database"),
    ],
)
def test_a_slip_in_the_environment_is_not_blamed_on_the_file(
    variable: str, value: str, home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    assert main(["list", "--home", str(home)]) == 2
    told = capsys.readouterr().err
    assert f"biến môi trường {variable}" in told
    assert "congvan.toml" not in told


@pytest.mark.parametrize(
    ("data", "port"),
    [
        pytest.param(
            "smtp_port = 26".encode("utf-8-sig"), 26, id="with a byte-order mark, as Windows writes it"
        ),
        pytest.param("# Sở\r\nsmtp_port = 26\r\n".encode(), 26, id="with the line ends of Windows"),
        pytest.param("smtp_port = 26".encode("utf-16"), None, id="in UTF-16"),
        pytest.param(b"# S\xed\r\n", None, id="in an old code page"),
    ],
)
def test_the_file_may_come_from_an_editor_of_windows(
    data: bytes, port: int | None, home: Path, capsys: Capture
) -> None:
    (home / "congvan.toml").write_bytes(data)
    assert main(["list", "--home", str(home)]) == (0 if port else 2)
    if port:
        assert load_settings(home).smtp_port == port
    else:
        assert "UTF-8" in capsys.readouterr().err


def test_an_empty_variable_counts_as_not_set(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVAN_SMTP_PORT", "")
    assert load_settings(home).smtp_port == 25


@pytest.mark.parametrize(
    ("name", "near"),
    [
        pytest.param("CONGVAN_SMPT_HOST", "CONGVAN_SMTP_HOST", id="two letters changed places"),
        pytest.param("CONGVAN_DATABASEURL", "CONGVAN_DATABASE_URL", id="a line left out"),
        pytest.param("CONGVAN_FOO", None, id="like nothing"),
    ],
)
def test_a_variable_that_means_nothing_is_warned_about(
    name: str, near: str | None, home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "x")
    assert main(["list", "--home", str(home)]) == 0
    told = capsys.readouterr().err
    assert name in told
    assert near is None or near in told


def test_every_variable_of_the_script_and_the_containers_is_known(root: Path) -> None:
    texts = [root / "congvan", *(p for p in (root / "docker").iterdir() if p.is_file())]
    used = {name for p in texts for name in re.findall(r"CONGVAN_[A-Z_]*[A-Z]", p.read_text("utf-8"))}
    assert "CONGVAN_PYTHON" in used
    assert list_strange_variables(used) == ()


# ── rules of a new office ────────────────────────────────────────────────────────────────────────────────


def test_the_sample_table_of_a_new_office_is_sound_there(home: Path) -> None:
    assert main(["rules", "check", "--home", str(home)]) == 0
    assert main(["rules", "check", str(home / "giao_viec.mau.yaml"), "--home", str(home)]) == 0
    assert main(["rules", "adopt", str(home / "giao_viec.mau.yaml"), "--home", str(home)]) == 0


def test_making_an_office_again_keeps_a_sample_table_that_was_changed(home: Path) -> None:
    (home / "giao_viec.mau.yaml").write_text("# của tôi\n", "utf-8")
    assert main(["init", "--home", str(home)]) == 0
    assert (home / "giao_viec.mau.yaml").read_text("utf-8") == "# của tôi\n"


@pytest.mark.parametrize(
    ("condition", "warning"),
    [
        pytest.param("{field: doc_type, is: Giấy mừi}", "“Giấy mời”", id="a type that does not exist"),
        pytest.param(
            "{field: doc_type, one_of: [Kế hoạch, Quyêt định]}", "“Quyết định”", id="one of several"
        ),
        pytest.param("{not: {field: doc_type, is: Công vân}}", "“Công văn”", id="below a not"),
        pytest.param("{field: urgency, is: Thượng khẫn}", "“Thượng khẩn”", id="a degree of urgency"),
        pytest.param("{field: doc_type, is: GIẤY MỜI}", None, id="in capitals it is the same"),
        pytest.param("{field: subject, is: Giấy mừi}", None, id="a subject may be anything"),
    ],
)
def test_a_value_that_no_paper_has_is_warned_about(
    condition: str, warning: str | None, home: Path, tmp_path: Path, capsys: Capture
) -> None:
    table = tmp_path / "table.yaml"
    table.write_text(
        f"rows: [{{id: QT-01, if: {condition}, lead: vp, source: thử}}]\ndefault: {{lead: vp, source: thử}}\n",
        "utf-8-sig",
    )
    assert main(["rules", "check", str(table), "--home", str(home), "--json"]) == (1 if warning else 0)
    warnings = json.loads(capsys.readouterr().out)["warnings"]
    assert warning in warnings[0] if warning else warnings == []


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", list(Status))
def test_a_state_is_told_in_words_not_in_code(status: Status) -> None:
    assert f"“{status.value}”" not in str(AlreadyMoved(status=status.value))


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        pytest.param(os.strerror(2), "không có tệp hoặc thư mục này", id="the system"),
        pytest.param("file is not a database", "tệp này không phải là cơ sở dữ liệu", id="SQLite"),
        pytest.param(
            'connection failed: connection to server at "db", port 5432 failed: Connection refused',
            "máy db, cổng 5432: không có chương trình nào trả lời",
            id="PostgreSQL",
        ),
        pytest.param("Phòng Một", "Phòng Một", id="nothing foreign"),
    ],
)
def test_what_programs_say_in_english_is_told_in_vietnamese(theirs: str, ours: str) -> None:
    assert in_vietnamese(theirs) == ours


def test_a_process_that_lives_is_told_the_same_with_and_without_the_whole_house(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datetime as dt

    from desk.cli.alive import answer, read_call

    now = dt.datetime.now(dt.UTC)
    with Office.open(home) as office:
        office.registry.beat("desk", now)
    for form in ([], ["--json"]):
        call = ["doctor", "--alive", "desk", "--home", str(home), *form]
        assert main(call) == 0
        whole = capsys.readouterr()
        name, where, as_json = read_call(call) or ("", Path(), False)
        assert answer(name, where, as_json=as_json, now=now) == 0
        assert capsys.readouterr() == whole
    assert answer("intake", home, as_json=False, now=now) is None
    assert answer("desk", home, as_json=False, now=now + dt.timedelta(seconds=90)) is None
    assert read_call(["doctor", "--home", "x"]) is None
    assert read_call(["doctor", "--alive", "desk", "--lang", "en"]) is None
