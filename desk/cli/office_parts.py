"""Commands about the office as a whole: init, doctor, log verify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk.cli.home import DEFAULT_HOME, AsJson, Home, now
from desk.cli.speech import ATTENTION, COULD_NOT, DONE, put, put_json, say, tell, tr
from documents.errors import Refused
from office.doctor import PROCESSES, Health, NoSuchProcess, examine, examine_process
from office.found import found_office
from office.log_copy import check_copy
from office.office import Office
from office.trail import verify_trail


class NotAFolder(Refused):
    """The home named for a new office is a file."""

    message = "{home} là một tệp, không phải thư mục; tệp ấy vẫn nguyên."
    advice = "Chọn một thư mục mới hoặc trống bằng --home."


log = typer.Typer(help="Nhật ký. · The audit log.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(init)
    app.command()(doctor)
    app.add_typer(log, name="log")


def init(
    home: Annotated[Path, typer.Option("--home", envvar="CONGVAN_HOME", help="Thư mục mới. · New folder.")],
    name: Annotated[str, typer.Option(help="Tên cơ quan, như trên dấu đến. · The office's name.")] = "",
) -> int:
    """Lập một cơ quan mới. · A new office."""
    if home.exists() and not home.is_dir():
        raise NotAFolder(home=home)
    made = found_office(home, name=name, now=now())
    put(f"{home.absolute()}")
    tell("Cơ sở dữ liệu, thư mục nhận (nhan), kho (kho) và thư (thu) đã có trong {home}.", home=home)
    if made.password:
        tell(
            "Người quản trị đầu tiên: {login} · mật khẩu: {password}",
            login=made.administrator,
            password=made.password,
        )
        tell("Mật khẩu này chỉ hiện một lần. Thêm, sửa người hay đặt lại mật khẩu: congvan people --help")
        tell("Bảng quy tắc mẫu: {home}/giao_viec.mau.yaml · Chạy: congvan up --home {home}", home=home)
    else:
        tell("Cơ quan đã có từ trước, giữ nguyên.")
    return DONE


_SIGNS = {Health.WELL: "✓", Health.ATTENTION: "!", Health.BROKEN: "✗"}


def doctor(
    home: Home = DEFAULT_HOME,
    json: AsJson = False,
    alive: Annotated[
        str | None, typer.Option(metavar="TÊN", help="Chỉ xem một tiến trình có chạy. · One process only.")
    ] = None,
) -> int:
    """Kiểm tra từng phần, chỗ nào hỏng thì nói lệnh kế tiếp. · Check every part."""
    if alive is not None and alive not in PROCESSES:
        raise NoSuchProcess(name=alive, known=", ".join(PROCESSES))
    checks = (examine_process(home, alive, now=now()),) if alive else examine(home, now=now())
    for check in checks:
        if json:
            put_json(check.as_json())
        else:
            advice = f"\n     → {say(check.advice)}" if check.advice else ""
            put(f" {_SIGNS[check.health]} {say(check.text)}{advice}")
    broken = sum(c.health is Health.BROKEN for c in checks)
    attention = sum(c.health is Health.ATTENTION for c in checks)
    if not json:
        tell("{broken} lỗi, {attention} lưu ý", broken=broken, attention=attention)
    return COULD_NOT if broken else ATTENTION if attention else DONE


@log.command()
def verify(
    home: Home = DEFAULT_HOME,
    json: AsJson = False,
    head: Annotated[
        str | None, typer.Option(help="Mã đầu chuỗi đã chép ra ngoài để đối chiếu. · Head kept elsewhere.")
    ] = None,
    copy: Annotated[
        Path | None, typer.Option(metavar="TỆP", help="Kiểm một bản sao, không cần cơ quan. · Check a copy.")
    ] = None,
) -> int:
    """Kiểm chuỗi nhật ký; chỉ ra mục sai đầu tiên. · Check the chain, name the first wrong entry."""
    if copy is not None:
        return _verify_copy(copy, json=json)
    if head is not None and not head.strip():
        # An empty variable in somebody's script must not look like a check that passed.
        raise typer.BadParameter("mã đầu chuỗi để trống", param_hint="--head")
    with Office.open(home) as office:
        result = verify_trail(office, expected_head=head)
    if json:
        put_json(
            {
                "whole": result.whole,
                "count": result.count,
                "head": result.head,
                "first_wrong": result.first_wrong,
                "complaint": result.complaint,
            }
        )
    elif result.whole:
        put(
            tr("✓ {count} mục liền mạch, đầu chuỗi {head}…").format(count=result.count, head=result.head[:16])
        )
    else:
        put(tr("✗ Mục {number}: {complaint}").format(number=result.first_wrong, complaint=result.complaint))
        tell("  → Giữ nguyên cơ sở dữ liệu, báo người giám sát, đối chiếu với bản sao gần nhất.")
    return DONE if result.whole else COULD_NOT


def _verify_copy(path: Path, *, json: bool) -> int:
    """Check a copy made on the page of the log, wherever it lies."""
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            result = check_copy(lines)
    except OSError as error:
        raise typer.BadParameter(f"không mở được {path}: {error.strerror}", param_hint="--copy") from error
    if json:
        put_json(
            {
                "whole": result.whole,
                "count": result.count,
                "head": result.head,
                "withheld": result.withheld,
                "first_wrong": result.first_wrong,
                "complaint": result.complaint,
            }
        )
        return DONE if result.whole else COULD_NOT
    if not result.whole:
        put(
            tr("✗ Mục {number}: {complaint}").format(
                number=result.first_wrong or 0, complaint=result.complaint
            )
        )
        return COULD_NOT
    put(tr("✓ {count} mục liền mạch, đầu chuỗi {head}…").format(count=result.count, head=result.head[:16]))
    if result.withheld:
        tell(
            "  {withheld} mục không mở cho người lấy bản sao: chỉ kiểm được chỗ nối.",
            withheld=result.withheld,
        )
    return DONE
