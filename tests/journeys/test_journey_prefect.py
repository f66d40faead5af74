"""A real Prefect server with the locked versions: sessions, schedules that get runs, and life without it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from documents.status import Status
from flows.server import answers
from office.office import Office
from tests.offices import an_office
from tests.recorded_reader import stub_file

pytestmark = [pytest.mark.prefect, pytest.mark.slow, pytest.mark.xdist_group("prefect")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(holds: Callable[[], Any], *, within_s: float) -> Any:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if result := holds():
            return result
        time.sleep(0.3)
    raise AssertionError(f"not within {within_s} s: {holds.__name__}")


def ask(url: str, path: str, body: dict[str, Any], *, patience_s: float = 60) -> Any:
    """Ask Prefect's API as its own client does: while its database is locked (503) it says to ask again."""
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{url}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    deadline = time.monotonic() + patience_s
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310 - loopback
                return json.load(response)
        except urllib.error.HTTPError as error:
            if error.code != 503 or time.monotonic() > deadline:
                raise
            time.sleep(1)


class Processes:
    """Real processes of one office."""

    def __init__(self, home: Path, root: Path) -> None:
        self._home, self._root = home, root
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, module: str) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT", "CONGVAN"))}
        self._running[module] = subprocess.Popen(
            [sys.executable, "-m", module, "--home", str(self._home)],
            cwd=self._root,
            env={**environment, "PYTHONPATH": str(self._root)},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    def insist_on(self, module: str) -> None:
        """Fail at once when the process has ended by itself."""
        assert self._running[module].poll() is None, f"{module} ended by itself"

    def kill(self, module: str) -> None:
        process = self._running.pop(module)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process in self._running.values():
            os.killpg(process.pid, signal.SIGTERM)
        for process in self._running.values():
            process.wait(30)


@pytest.fixture
def served(tmp_path: Path, root: Path) -> Iterator[tuple[Office, Processes, str]]:
    port = free_port()
    with an_office(tmp_path, prefect_port=port, sweep_s=1) as office:
        processes = Processes(tmp_path, root)
        processes.start("flows.server")
        try:
            url = f"http://127.0.0.1:{port}/api"
            until(lambda: answers(url) or processes.insist_on("flows.server"), within_s=120)
            yield office, processes, url
        finally:
            processes.stop()


def test_every_schedule_really_gets_scheduled_runs_in_vietnamese_time(
    served: tuple[Office, Processes, str],
) -> None:
    _, processes, url = served
    processes.start("flows.sweeper")

    def scheduled() -> dict[str, list[str]] | None:
        deployments = {d["id"]: d["name"] for d in ask(url, "/deployments/filter", {})}
        runs = ask(url, "/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}})
        found: dict[str, list[str]] = {}
        for run in runs:
            found.setdefault(deployments[run["deployment_id"]], []).append(run["expected_start_time"])
        return found if set(found) == {"nhac-han", "giai-phong", "vang-mat", "gui-con-lai"} else None

    found = until(scheduled, within_s=90)
    assert {moment[15] for moment in found["nhac-han"]} == {"3"}, "every ten minutes, at 3, 13, 23 …"
    assert {moment[14:16] for moment in found["vang-mat"]} == {"01"}, "every hour"
    zones = {d["schedules"][0]["schedule"]["timezone"] for d in ask(url, "/deployments/filter", {})}
    assert zones == {"Asia/Ho_Chi_Minh"}


def test_a_run_that_is_due_is_really_run_and_does_its_sweep(served: tuple[Office, Processes, str]) -> None:
    office, processes, url = served
    processes.start("flows.sweeper")
    sweep = until(
        lambda: next(
            (d["id"] for d in ask(url, "/deployments/filter", {}) if d["name"] == "gui-con-lai"), None
        ),
        within_s=90,
    )
    run = ask(url, f"/deployments/{sweep}/create_flow_run", {"state": {"type": "SCHEDULED"}})

    def ended() -> str | None:
        (found,) = ask(url, "/flow_runs/filter", {"flow_runs": {"id": {"any_": [run["id"]]}}})
        state = str(found["state"]["type"])
        return state if state in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else None

    assert until(ended, within_s=120) == "COMPLETED"
    with office.view() as view:
        assert "sweep:outbox" in view.beats()


def test_a_session_is_one_flow_run_with_one_task_a_document_and_ids_only(
    served: tuple[Office, Processes, str],
) -> None:
    office, _, url = served
    for number in range(1, 6):
        (office.settings.intake_folder / f"quet_{number}.pdf").write_bytes(stub_file(number))
    take_in_bare(office)
    run_processor_with_recorded_readings(office, url)

    with office.view() as view:
        records = view.documents(None, None)
    assert {r.status for r in records} == {Status.ASSIGNED}
    tasks = until(
        lambda: (
            [
                t
                for t in ask(url, "/task_runs/filter", {"limit": 200})
                if t["state"] and t["state"]["type"] == "COMPLETED"
            ]
            if len(ask(url, "/task_runs/filter", {"limit": 200})) >= 5
            else None
        ),
        within_s=60,
    )
    assert len(ask(url, "/flow_runs/filter", {})) == 1
    names = {t["name"] for t in ask(url, "/task_runs/filter", {"limit": 200})}
    assert names == {f"head-{r.id}-1" for r in records}
    kept = json.dumps(
        [tasks, ask(url, "/flow_runs/filter", {}), ask(url, "/logs/filter", {})], ensure_ascii=False
    )
    for secret in ("quet_", "KH-UBND", "đối ngoại", "Linh"):
        assert secret not in kept


def test_with_the_prefect_server_killed_documents_are_still_taken_registered_and_routed(
    served: tuple[Office, Processes, str],
) -> None:
    office, processes, url = served
    processes.kill("flows.server")
    until(lambda: not answers(url), within_s=20)
    (office.settings.intake_folder / "quet.pdf").write_bytes(stub_file(1))
    take_in_bare(office)
    run_processor_with_recorded_readings(office, url)
    with office.view() as view:
        (record,) = view.documents(None, None)
    assert record.status is Status.ASSIGNED
    assert record.entry is not None


def take_in_bare(office: Office) -> None:
    from office.receive import open_inbox, sweep_intake
    from tests.journeys.killable import now
    from tests.recorded_reader import RecordedReader

    inbox = open_inbox(office)
    for _ in range(3):
        sweep_intake(office, inbox, RecordedReader(), now=now())
        time.sleep(0.05)


def run_processor_with_recorded_readings(office: Office, url: str) -> None:
    """One pass of the processor's own loop in a fresh process, so that Prefect's settings are read anew."""
    script = (
        "import sys, threading\n"
        "from pathlib import Path\n"
        "from flows.life import Life\n"
        "from flows.processor import work_once\n"
        "from flows.setting import prepare\n"
        "from flows.shift import Shift\n"
        "from office.office import Office\n"
        "from tests.journeys.killable import now\n"
        "from tests.recorded_reader import RecordedReader\n"
        "with Office.open(Path(sys.argv[1])) as office:\n"
        "    prepare(office.settings)\n"
        "    stop = threading.Event()\n"
        "    shift = Shift(office, RecordedReader(), worker='t', slots=2, stop=stop, clock=now)\n"
        "    work_once(Life('processor', office, stop), shift)\n"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT", "CONGVAN"))}
    root = Path(__file__).resolve().parents[2]
    subprocess.run(
        [sys.executable, "-c", script, str(office.settings.home)],
        cwd=root,
        env={**environment, "PYTHONPATH": str(root)},
        check=True,
        timeout=180,
    )
    del url
