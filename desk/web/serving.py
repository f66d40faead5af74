"""Serve the pages: listen, say that the desk lives, stop when told to."""

from __future__ import annotations

import logging
import signal
import socket
import threading

import uvicorn

from desk.web.app import create_app, utc_now
from documents.errors import Refused, Trouble
from office.desk import Desk
from office.elsewhere import open_elsewhere
from office.office import Office

BEAT_S = 15.0
"""How often the desk says that it lives."""

GRACE_S = 3
"""How long answers under way may take once the desk is told to stop."""

_log = logging.getLogger(__name__)


class AddressTaken(Refused):
    """Another program listens there already, or the address is not of this machine."""

    message = "Không mở được trang làm việc ở {host}:{port}: {detail}."
    advice = "Chọn cổng khác bằng --port, hoặc dừng chương trình đang dùng cổng này."


def serve(office: Office, address: socket.socket) -> None:
    """Serve `office` on a bound socket until SIGTERM or SIGINT, beating while it answers."""
    with office.view() as view:
        name = view.directory().office_name
    desk = Desk(office)
    config = uvicorn.Config(
        create_app(desk, office_name=name, elsewhere=open_elsewhere(office)),
        access_log=False,
        server_header=False,
        log_level="warning",
        # Streams of changes never end by themselves.
        timeout_graceful_shutdown=GRACE_S,
    )
    server = uvicorn.Server(config)
    for number in (signal.SIGTERM, signal.SIGINT):
        # The server catches them while it runs and raises them again when it has ended: then they are done.
        signal.signal(number, signal.SIG_IGN)
    stop = threading.Event()
    heart = threading.Thread(target=_beat, args=(desk, server, stop), name="heart", daemon=True)
    heart.start()
    try:
        server.run(sockets=[address])
    finally:
        stop.set()
        heart.join(5)


def _beat(desk: Desk, server: uvicorn.Server, stop: threading.Event) -> None:
    """The first beat comes once the pages answer: whoever started the desk waits for it."""
    while not stop.wait(BEAT_S if server.started else 0.05):
        if server.started:
            _beat_once(desk)


def _beat_once(desk: Desk) -> None:
    try:
        desk.beat(utc_now())
    except Trouble as trouble:
        _log.warning("no heartbeat: %s", trouble.code)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at `host`:`port`, so that a taken port is told before anything starts.

    Raises:
        AddressTaken: another program listens there, or the address is not of this machine.
    """
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise AddressTaken(host=host, port=port, detail=error.strerror or str(error)) from error
