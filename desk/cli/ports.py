"""Look whether the ports of an office are free before anything is started on them."""

from __future__ import annotations

import errno
import os
import socket

from documents.errors import Refused
from office.phrase import Phrase
from office.settings import Settings


class PortTaken(Refused):
    """Another program listens on a port that the office needs."""

    message = "Cổng {port} của {whose} đang có chương trình khác dùng; chưa chạy gì cả."
    advice = (
        "Xem chương trình nào: ss -ltnp 'sport = :{port}' (hoặc hỏi người quản trị máy) rồi dừng nó; "
        "hoặc chọn cổng khác: {remedy}"
    )


class AddressUnusable(Refused):
    """The office cannot listen there at all: not an address of this machine, or not allowed."""

    message = "Không mở được {whose} ở {host}, cổng {port}: {reason}; chưa chạy gì cả."
    advice = "Chọn địa chỉ hoặc cổng khác: {remedy}"


def check_ports(settings: Settings, host: str, port: int) -> None:
    """Refuse when the pages or the Prefect server of the office could not listen.

    Raises:
        PortTaken: somebody else listens there.
        AddressUnusable: nobody could.
    """
    _check(host, port, whose=Phrase("trang web"), remedy=Phrase("--port SỐ"))
    _check(
        settings.prefect_host,
        settings.prefect_port,
        whose=Phrase("bộ hẹn giờ Prefect"),
        remedy=Phrase("prefect_port trong congvan.toml, hoặc biến CONGVAN_PREFECT_PORT=SỐ"),
    )


def _check(host: str, port: int, *, whose: Phrase, remedy: Phrase) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(port=port, whose=whose, remedy=remedy) from error
        # Python wraps the words of the system in its own; those of a name that is not found stay.
        number = error.errno or 0
        reason = os.strerror(number) if number in errno.errorcode else str(error.strerror).split(" (")[0]
        raise AddressUnusable(host=host, port=port, whose=whose, reason=reason, remedy=remedy) from error
