"""The pages of a real office, served by the real process: come in, see, and stop cleanly."""

from __future__ import annotations

import datetime as dt
import inspect
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from desk.web.__main__ import main
from office.desk import Desk
from office.found import found_office
from office.office import Office
from tests.desk.fake_office import FakeDesk

PASSWORD = "mật khẩu của quản trị"
ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def served(home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "desk.web", "--home", str(home), "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def wait_for_beat(home: Path, since: dt.datetime) -> None:
    with Office.open(home) as office:
        for _ in range(300):
            with office.view() as view:
                beat = view.beats().get("desk")
            if beat and beat >= since:
                return
            time.sleep(0.1)
    raise AssertionError("the desk never said that it lives")


@pytest.mark.parametrize("name", [n for n in vars(FakeDesk) if not n.startswith("_") and hasattr(Desk, n)])
def test_the_fake_office_has_the_shape_of_the_real_one(name: str) -> None:
    fake, real = inspect.signature(getattr(FakeDesk, name)), inspect.signature(getattr(Desk, name))
    assert [(p.name, p.kind, p.default) for p in fake.parameters.values()] == [
        (p.name, p.kind, p.default) for p in real.parameters.values()
    ]


def test_the_pages_use_nothing_the_real_office_lacks() -> None:
    own = {"session"}
    assert {
        n for n in vars(FakeDesk) if not n.startswith("_") and callable(getattr(FakeDesk, n))
    } - own <= set(dir(Desk))


def test_a_real_office_is_served_and_stops_cleanly(tmp_path: Path) -> None:
    begun = dt.datetime.now(dt.UTC)
    founded = found_office(tmp_path, name="Sở Khoa học", now=begun, password=PASSWORD)
    port = free_port()
    with (
        served(tmp_path, port) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True) as visitor,
    ):
        wait_for_beat(tmp_path, begun)
        assert "Đăng nhập" in visitor.get("/").text
        form = {"login": founded.administrator, "password": PASSWORD, "tiep": "/van-ban"}
        assert "Chưa có văn bản nào." in visitor.post("/dang-nhap", data=form).text
        assert "Sở Khoa học" in visitor.get("/so-den").text
        assert "Trang làm việc" in visitor.get("/tinh-trang").text
        assert visitor.get("/van-ban/khong-co").status_code == 404
        assert "server" not in visitor.get("/").headers
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_a_taken_port_is_said_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found_office(tmp_path, name="Sở Khoa học", now=dt.datetime.now(dt.UTC), password=PASSWORD)
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert main(["--home", str(tmp_path), "--port", str(other.getsockname()[1])]) == 2
    assert "Chọn cổng khác bằng --port" in capsys.readouterr().err


def test_a_missing_office_is_said_with_the_next_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--home", str(tmp_path)]) == 2
    assert "congvan init" in capsys.readouterr().err
