"""`rules …`: read a routing table back, propose one, approve it from a day on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk.cli import dry_run
from desk.cli.home import DEFAULT_HOME, OPERATOR, AsJson, Home, now
from desk.cli.speech import ATTENTION, DONE, put, put_json, put_table, say, tell, tr
from documents.record import DraftState
from office import drafts as drafting
from office.office import Office, local_day, names_of
from office.staff import list_people
from office.tables import adopt_table, check_rules, read_table
from office.typed import parse_day

rules = typer.Typer(help="Quy tắc giao việc. · Routing rules.", no_args_is_help=True)

TableFile = Annotated[
    Path | None, typer.Argument(help="Tệp YAML; bỏ trống là bảng đang dùng. · A file, or the table in force.")
]
NewTable = Annotated[Path, typer.Argument(help="Tệp YAML. · A YAML file.")]
Number = Annotated[int, typer.Argument(min=1, help="Số bản nháp. · Number of the draft.")]
By = Annotated[
    str, typer.Option("--by", metavar="ID", help="Mã người chịu trách nhiệm. · Who answers for it.")
]

_STATES = {
    DraftState.OPEN: "chờ duyệt",
    DraftState.APPROVED: "đã duyệt",
    DraftState.DROPPED: "đã bỏ",
}


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(rules, name="rules")
    dry_run.add_to(rules)


@rules.command()
def check(file: TableFile = None, home: Home = DEFAULT_HOME, json: AsJson = False) -> int:
    """Kiểm bảng quy tắc và đọc lại từng dòng thành câu. · Check a table, row by row in words."""
    with Office.open(home) as office:
        found = check_rules(office, read_table(file) if file else None, today=local_day(now()))
    if json:
        put_json(
            {
                "name": found.name,
                "version": found.version,
                "rows": list(found.sentences),
                "warnings": list(found.warnings),
            }
        )
    else:
        if file:
            put(tr("{file}, chưa dùng; đang dùng bản {version}").format(file=file, version=found.version))
        else:
            put(tr("{name}, bản {version}").format(name=found.name, version=found.version))
        for sentence in found.sentences:
            put(f"  {say(sentence)}")
        for warning in found.warnings:
            put(f"  ! {say(warning)}")
    return ATTENTION if found.warnings else DONE


@rules.command()
def show(
    version: Annotated[
        int | None, typer.Argument(min=1, help="Bản; bỏ trống là bản đang dùng. · A version, or today's.")
    ] = None,
    home: Home = DEFAULT_HOME,
    json: AsJson = False,
) -> int:
    """Đọc một bản quy tắc thành câu, mỗi dòng đã chủ trì bao nhiêu văn bản. · Read a version in words."""
    with Office.open(home) as office:
        shown = drafting.show_table(office, version, today=local_day(now()))
    one = shown.version
    if json:
        put_json(
            {
                "version": one.version,
                "in_force": shown.in_force,
                "effective_from": one.effective_from.isoformat() if one.effective_from else None,
                "adopted_at": one.adopted_at.isoformat(),
                "adopted_by": one.adopted_by,
                "rows": [{"id": i, "sentence": sentence, "led": led} for i, sentence, led in shown.rows],
            }
        )
        return DONE
    since = f", {tr('từ ngày')} {one.effective_from:%d/%m/%Y}" if one.effective_from else ""
    state = f", {tr('đang dùng')}" if shown.in_force else ""
    put(f"{tr('bản')} {one.version}{since}{state}")
    for _, sentence, led in shown.rows:
        put(f"  {say(sentence)} [{tr('{count} văn bản').format(count=led)}]")
    return DONE


@rules.command()
def adopt(file: NewTable, home: Home = DEFAULT_HOME) -> int:
    """Đưa bảng đầu tiên của cơ quan vào dùng ngay. · Bring the office's first table into force."""
    with Office.open(home) as office:
        version = adopt_table(office, read_table(file), by=OPERATOR, now=now(), file=str(file))
        warnings = check_rules(office, None, today=local_day(now())).warnings
    tell("Bảng quy tắc đã vào dùng, bản {version}.", version=version)
    for warning in warnings:
        tell("! {warning}", warning=warning)
    return ATTENTION if warnings else DONE


@rules.command()
def draft(file: NewTable, by: By, home: Home = DEFAULT_HOME) -> int:
    """Lập một bản nháp; chưa thay đổi gì. · Keep a table as a draft; nothing changes yet."""
    text = read_table(file)
    with Office.open(home) as office:
        number = drafting.draft_table(office, text, by=by, actor=OPERATOR, now=now())
        warnings = check_rules(office, text, today=local_day(now())).warnings
    tell(
        "Đã lưu bản nháp số {draft}. Xem chạy thử: congvan rules dry-run --draft {draft} --from NGÀY",
        draft=number,
    )
    for warning in warnings:
        tell("! {warning}", warning=warning)
    return ATTENTION if warnings else DONE


@rules.command()
def drafts(home: Home = DEFAULT_HOME, json: AsJson = False) -> int:
    """Liệt kê các bản nháp. · List the drafts."""
    with Office.open(home) as office:
        known = drafting.list_drafts(office)
        names = names_of(list_people(office))
    if json:
        for one in known:
            put_json(
                {
                    "draft": one.draft,
                    "state": one.state.value,
                    "drafted_by": one.drafted_by,
                    "drafted_at": one.drafted_at.isoformat(),
                    "closed_by": one.closed_by,
                    "closed_at": one.closed_at.isoformat() if one.closed_at else None,
                    "reason": one.reason,
                    "version": one.version,
                }
            )
        return DONE
    put_table(
        ("Số", "Trạng thái", "Người lập", "Ngày lập", "Người duyệt hoặc bỏ", "Bản", "Lý do"),
        [
            (
                str(one.draft),
                tr(_STATES[one.state]),
                names.get(one.drafted_by, one.drafted_by),
                f"{local_day(one.drafted_at):%d/%m/%Y}",
                names.get(one.closed_by, one.closed_by) if one.closed_by else "",
                str(one.version or ""),
                one.reason or "",
            )
            for one in known
        ],
    )
    return DONE


@rules.command()
def approve(
    number: Number,
    by: By,
    day: Annotated[str, typer.Option("--from", help="Ngày hiệu lực, ví dụ 01/02/2012. · First day.")],
    moved: Annotated[
        int | None,
        typer.Option(min=0, help="Số văn bản đi khác, như chạy thử cho thấy. · As the dry run said."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Chạy thử từ ngày; mặc định một năm. · First day of the dry run.")
    ] = None,
    home: Home = DEFAULT_HOME,
) -> int:
    """Người thứ hai duyệt một bản nháp, dùng từ một ngày. · A second person approves a draft."""
    with Office.open(home) as office:
        done = drafting.approve_draft(
            office,
            number,
            effective_from=parse_day(day),
            by=by,
            actor=OPERATOR,
            now=now(),
            moved=moved,
            since=parse_day(since) if since else None,
        )
    tell(
        "Đã duyệt: bản {version} dùng cho văn bản đến từ ngày {day}.",
        version=done.version,
        day=f"{parse_day(day):%d/%m/%Y}",
    )
    for version in done.overtaken:
        tell("! Bản {version} đã duyệt trước sẽ không còn ngày nào được dùng.", version=version)
    return ATTENTION if done.overtaken else DONE


@rules.command()
def drop(
    number: Number,
    by: By,
    reason: Annotated[str, typer.Option(help="Lý do. · Reason.")],
    home: Home = DEFAULT_HOME,
) -> int:
    """Bỏ một bản nháp, có lý do. · Give a draft up, with a reason."""
    with Office.open(home) as office:
        drafting.drop_draft(office, number, reason=reason, by=by, actor=OPERATOR, now=now())
    tell("Đã bỏ bản nháp số {draft}.", draft=number)
    return DONE
