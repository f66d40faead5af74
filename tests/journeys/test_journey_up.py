"""`demo` and `up` as a newcomer starts them: real processes, real pages, one clean end."""

from __future__ import annotations

import http.cookiejar
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_journey_prefect import free_port
from tests.offices import an_office

pytestmark = [
    pytest.mark.slow,
    pytest.mark.tesseract,
    pytest.mark.fonts,
    pytest.mark.prefect,
    pytest.mark.xdist_group("prefect"),
]


def start(root: Path, *arguments: str, prefect_port: int) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT", "CONGVAN"))}
    return subprocess.Popen(
        [sys.executable, "-m", "desk.cli", *arguments],
        cwd=root,
        env={**environment, "PYTHONPATH": str(root), "CONGVAN_PREFECT_PORT": str(prefect_port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def stop(process: subprocess.Popen[str]) -> str:
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    return said


def until(holds: Callable[[], Any], *, within_s: float, process: subprocess.Popen[str]) -> Any:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        assert process.poll() is None, process.communicate()[0]
        if result := holds():
            return result
        time.sleep(0.5)
    process.kill()
    raise AssertionError(f"not within {within_s} s\n{process.communicate()[0]}")


def page(url: str) -> str | None:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - loopback
            return str(response.read().decode())
    except (urllib.error.URLError, OSError):
        return None


def listed(root: Path, home: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "desk.cli", "list", "--home", str(home), "--json"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def sign_in(address: str, login: str, password: str) -> urllib.request.OpenerDirector:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    form = urllib.parse.urlencode({"login": login, "password": password}).encode()
    request = urllib.request.Request(f"{address}/dang-nhap", form, {"Origin": address})  # noqa: S310 - loopback
    opener.open(request, timeout=10)
    return opener


def test_the_demo_fills_itself_by_reading_and_shows_it(root: Path, tmp_path: Path) -> None:
    home, port = tmp_path / "demo", free_port()
    process = start(
        root, "demo", "--no-browser", "--port", str(port), "--home", str(home), prefect_port=free_port()
    )
    address = f"http://127.0.0.1:{port}"
    until(lambda: page(f"{address}/dang-nhap"), within_s=60, process=process)

    def settled() -> list[dict[str, Any]] | None:
        rows = listed(root, home)
        done = rows and all(row["status"] not in {"waiting", "reading"} for row in rows)
        left = [p for p in (home / "nhan").iterdir() if p.is_file()]
        return rows if done and len(rows) >= 15 and not left else None

    rows = until(settled, within_s=240, process=process)
    states = {row["status"] for row in rows}
    assert states >= {"assigned", "review", "quarantined", "sealed", "duplicate"}
    opener = sign_in(address, "hoa", "demo")
    listing = opener.open(address, timeout=10).read().decode()
    assert "Kế hoạch" in listing or "02/KH-UBND" in listing
    plan = next(row for row in rows if row["file"] == "ke-hoach-02-tay-ninh.pdf")
    one = opener.open(f"{address}/van-ban/{plan['id']}", timeout=10).read().decode()
    assert "02/KH-UBND" in one
    said = stop(process)
    assert process.returncode == 0, said
    for name in ("desk", "intake", "processor", "notifier", "sweeper"):
        assert f"✓ {name} sẵn sàng" in said


def test_a_part_that_is_killed_comes_back_and_one_ctrl_c_ends_everything(root: Path, tmp_path: Path) -> None:
    port = free_port()
    with an_office(tmp_path) as office:
        process = start(root, "up", "--home", str(tmp_path), "--port", str(port), prefect_port=free_port())
        until(lambda: page(f"http://127.0.0.1:{port}/dang-nhap"), within_s=60, process=process)
        intake = until(lambda: children(process.pid, "flows.intake"), within_s=30, process=process)
        os.kill(intake[0], signal.SIGKILL)
        until(lambda: set(children(process.pid, "flows.intake")) - set(intake), within_s=30, process=process)
        below = everything_below(process.pid)
        said = stop(process)
        assert process.returncode == 0, said
        assert "intake dừng" in said
        time.sleep(1)
        assert [pid for pid in below if Path(f"/proc/{pid}").exists() and not is_zombie(pid)] == []
        assert office.registry.is_current()


def everything_below(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError, ValueError):
                continue
            if parent == pid:
                found += [int(entry.name), *everything_below(int(entry.name))]
    return found


def children(pid: int, module: str) -> list[int]:
    found = []
    for one in everything_below(pid):
        try:
            command = Path(f"/proc/{one}/cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if module.encode() in command and command[1:2] == [b"-m"]:
            found.append(one)
    return found


def is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True
