"""The Prefect server as a child process: history and schedules; its database is disposable."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence

import structlog

from flows.children import end_child, start_child
from flows.life import home_from, log_in_json, now
from flows.setting import api_url, prepare
from office.office import Office

log = structlog.get_logger("prefect-server")
LOOK_S = 5.0


def main(arguments: Sequence[str]) -> int:
    """Start the server, beat while it answers, end it when told to stop."""
    log_in_json()
    with Office.open(home_from(arguments)) as office:
        prepare(office.settings)
        return _serve(office)


def _serve(office: Office) -> int:
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda n, _: stopping.append(n))
    host, port = office.settings.prefect_host, str(office.settings.prefect_port)
    server = start_child([sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", port])
    try:
        while not stopping and server.poll() is None:
            if answers(api_url(office.settings)):
                office.registry.beat("prefect-server", now())
                wait_s = LOOK_S
            else:
                wait_s = 0.5
            try:
                server.wait(wait_s)
            except subprocess.TimeoutExpired:
                continue
    finally:
        end_child(server)
    return 0 if stopping else (server.returncode or 1)


def answers(url: str, *, timeout_s: float = 1.5) -> bool:
    """Whether a Prefect server answers at `url`; never imports Prefect."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=timeout_s) as response:  # noqa: S310 - http only
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
