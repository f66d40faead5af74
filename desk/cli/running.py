"""`up`, `run` and `demo`: the processes of an office."""

from __future__ import annotations

import os
import shutil
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from desk.cli.home import DEFAULT_HOME, LOGS, Home, now
from desk.cli.ports import check_ports
from desk.cli.speech import DONE, tell
from desk.cli.supervisor import MODULES, Part, Supervisor, command_of, lock_home
from desk.cli.ticker import Ticker
from documents.errors import Refused
from office.demo import DEMO_PASSWORD, fill_demo, found_demo
from office.doctor import NoSuchProcess
from office.office import Office, local_day
from office.settings import load_settings

DEMO_MARK = ".demo"
"""File that says a demo made the folder, so that the next demo may take it away."""
Port = Annotated[int, typer.Option(min=1, max=65535, help="Cổng của trang web. · Port of the pages.")]


class NotADemo(Refused):
    """The folder named for the demo holds something else."""

    message = "Thư mục {home} không phải do bản demo tạo nên không bị xoá."
    advice = "Chọn một thư mục khác bằng --home, hoặc một thư mục trống."


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (demo, up, run):
        app.command()(command)


def up(home: Home = DEFAULT_HOME, port: Port = 8321, host: str = "127.0.0.1") -> int:
    """Chạy mọi tiến trình của cơ quan. · All processes of the office."""
    logs_in = home.absolute() / LOGS if sys.stderr.isatty() else None
    with Office.open(home) as office:
        os.close(lock_home(home))
        check_ports(office.settings, host, port)
        if logs_in:
            tell("Nhật ký của từng tiến trình: {folder}", folder=logs_in)
        return Supervisor(office, _parts(home, host, port), clock=now, logs_in=logs_in).run(
            on_ready=_address(host, port)
        )


def run(
    name: Annotated[str, typer.Argument(help=" | ".join(MODULES))],
    home: Home = DEFAULT_HOME,
    port: Port = 8321,
    host: str = "127.0.0.1",
) -> int:
    """Chạy một tiến trình. · One process."""
    if name not in MODULES:
        raise NoSuchProcess(name=name, known=", ".join(MODULES))
    with Office.open(home):
        pass  # a clear answer now, rather than a process that dies
    command = command_of(name, home, host, port)
    os.execv(command[0], command)  # noqa: S606 - our own interpreter and module, no shell


def demo(
    port: Port = 8321,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Không mở trình duyệt.")] = False,
    home: Annotated[Path, typer.Option("--home", help="Thư mục của bản demo. · Its folder.")] = Path(
        "var/demo"
    ),
    one_linh: Annotated[
        bool, typer.Option("--one-linh", help="Chỉ một người tên Linh.", hidden=True)
    ] = False,
) -> int:
    """Một cơ quan mẫu với văn bản quét đủ mọi trạng thái. · A filled office to look at."""
    require_demo(home)
    check_ports(load_settings(home), "127.0.0.1", port)
    clear_demo(home)
    tell("Lập cơ quan mẫu trong {home} …", home=home)
    found_demo(home, now=now(), one_linh=one_linh)
    address = f"http://127.0.0.1:{port}"

    def ready() -> None:
        tell(" ")
        tell("  DEMO · {address}", address=address)
        tell(
            "  Đăng nhập: hoa (văn thư) · linh (chuyên viên) · giamdoc (lãnh đạo) · quantri — mật khẩu: {p}",
            p=DEMO_PASSWORD,
        )
        tell("  Thả thêm bản quét vào: {folder}", folder=(home / "nhan").absolute())
        tell("  Dừng: Ctrl+C")
        if not no_browser and sys.stdout.isatty():
            webbrowser.open(address)
        tell("Đang vẽ và thả các bản quét mẫu …")
        dropped = fill_demo(home, today=local_day(now()))
        tell("Đã thả {count} tệp vào thư mục nhận; đang đọc:", count=len(dropped))

    with Office.open(home) as office:
        return Supervisor(
            office,
            _parts(home, "127.0.0.1", port),
            clock=now,
            logs_in=home.absolute() / LOGS,
            on_tick=Ticker(office),
        ).run(on_ready=ready)


def require_demo(home: Path) -> None:
    """Refuse a folder that the demo may not take away.

    Raises:
        NotADemo: the folder holds something that no demo made.
        AlreadyUp: a demo runs there.
    """
    if home.exists():
        if not home.is_dir() or (any(home.iterdir()) and not (home / DEMO_MARK).exists()):
            raise NotADemo(home=home)
        os.close(lock_home(home))


def clear_demo(home: Path) -> None:
    """Take the last demo away; never anything else, and never one that runs.

    Raises:
        NotADemo, AlreadyUp: as `require_demo`.
    """
    require_demo(home)
    if home.exists():
        shutil.rmtree(home)
    home.mkdir(parents=True)
    (home / DEMO_MARK).touch()


def _parts(home: Path, host: str, port: int) -> list[Part]:
    return [Part(name, command_of(name, home, host, port)) for name in MODULES]


def _address(host: str, port: int) -> Callable[[], None]:
    def ready() -> None:
        tell("Công Văn đang chạy: http://{host}:{port} · Dừng: Ctrl+C", host=host, port=port)

    return ready


__all__ = ["DONE", "add_to"]
