"""`work …`: what officers do with their work, as the person named by `--as`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from desk.cli.home import DEFAULT_HOME, AsJson, Home, now
from desk.cli.papers import Asked
from desk.cli.speech import ATTENTION, DONE, put_json, put_table, tell, tr
from documents.errors import NotSure
from documents.people import Officer
from documents.text import visible
from documents.wording import LINE_STATE_LABELS, ROLE_LABELS
from office import queries, staff
from office.office import Office, local_day
from office.steps import Said, StepName, find_line, take_step
from office.work_box import WorkBox, WorkItem, work_box

work = typer.Typer(help="Việc của từng người. · What each person has to do.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(work, name="work")


As = Annotated[str, typer.Option("--as", metavar="ID", help="Mã của người làm. · Who acts: a person's id.")]
Line = Annotated[int | None, typer.Option("--line", help="Phần việc số mấy. · Number of the line.")]
Reason = Annotated[str, typer.Option("--reason", help="Lý do. · Reason.")]
Until = Annotated[str, typer.Option("--until", metavar="DAY", help="Đến ngày. · Until that day.")]


@work.command(name="list")
def list_(who: As, home: Home = DEFAULT_HOME, json: AsJson = False) -> int:
    """Việc của một người: cần làm, trả lại, để biết, chờ trả lời. · A person's work."""
    with Office.open(home) as office:
        box = work_box(office, _person(office, who), now=now())
    if json:
        for name, items in _boxes(box):
            for item in items:
                put_json(_as_json(name, item))
        return DONE
    put_table(
        ("Hộp", "Số đến", "Phần", "Vai trò", "Tình trạng", "Hạn", "Trích yếu", "Mã"),
        [_row(name, item) for name, items in _boxes(box) for item in items],
    )
    return DONE


@work.command()
def accept(asked: Asked, who: As, line: Line = None, home: Home = DEFAULT_HOME) -> int:
    """Nhận việc. · Take the work on."""
    return _take(StepName.ACCEPT, asked, who, line, home, Said())


@work.command(name="hand-on")
def hand_on(
    asked: Asked,
    who: As,
    to: Annotated[str, typer.Option(metavar="ID", help="Giao cho ai. · To whom.")],
    direction: Annotated[str, typer.Option(help="Ý kiến chỉ đạo. · What to do.")],
    due: Annotated[str, typer.Option(metavar="DAY", help="Hạn riêng, không sau hạn chung. · A day.")] = "",
    line: Line = None,
    home: Home = DEFAULT_HOME,
) -> int:
    """Giao tiếp cho người trong đơn vị. · Hand the work on with a direction."""
    return _take(StepName.HAND_ON, asked, who, line, home, Said(to=to, text=direction, due=due))


@work.command(name="return")
def return_(asked: Asked, who: As, reason: Reason, line: Line = None, home: Home = DEFAULT_HOME) -> int:
    """Trả lại, phải có lý do. · Give the work back, with a reason."""
    return _take(StepName.RETURN, asked, who, line, home, Said(text=reason))


@work.command()
def extend(
    asked: Asked, who: As, until: Until, reason: Reason, line: Line = None, home: Home = DEFAULT_HOME
) -> int:
    """Xin gia hạn. · Ask for a later day."""
    return _take(StepName.EXTEND, asked, who, line, home, Said(due=until, text=reason))


@work.command()
def grant(
    asked: Asked,
    who: As,
    until: Until = "",
    reason: Reason = "",
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Dù vượt ngày mà văn bản cho phép. · Even past the outer day.")
    ] = False,
    line: Line = None,
    home: Home = DEFAULT_HOME,
) -> int:
    """Cho gia hạn, hoặc đặt hạn khác. · Grant a later day, or set another one."""
    said = Said(due=until, text=reason)
    try:
        return _take(StepName.GRANT, asked, who, line, home, said)
    except NotSure as asked_twice:
        if not anyway:
            raise
        insisting = Said(due=until, text=reason, sure=asked_twice.token)
        return _take(StepName.GRANT, asked, who, line, home, insisting)


@work.command()
def refuse(asked: Asked, who: As, reason: Reason, line: Line = None, home: Home = DEFAULT_HOME) -> int:
    """Không cho gia hạn, phải có lý do. · Refuse a later day, with a reason."""
    return _take(StepName.REFUSE, asked, who, line, home, Said(text=reason))


@work.command()
def progress(
    asked: Asked,
    who: As,
    note: Annotated[str, typer.Option(help="Đã làm đến đâu. · How far it is.")],
    line: Line = None,
    home: Home = DEFAULT_HOME,
) -> int:
    """Báo tiến độ. · Report progress."""
    return _take(StepName.PROGRESS, asked, who, line, home, Said(text=note))


@work.command()
def finish(
    asked: Asked,
    who: As,
    result: Annotated[str, typer.Option(help="Kết quả. · What came of it.")],
    reply: Annotated[str, typer.Option(help="Số văn bản trả lời. · Number of the reply.")] = "",
    line: Line = None,
    home: Home = DEFAULT_HOME,
) -> int:
    """Báo hoàn thành. · Finish with a result."""
    return _take(StepName.FINISH, asked, who, line, home, Said(text=result, reply=reply))


@work.command()
def reopen(asked: Asked, who: As, reason: Reason, line: Line = None, home: Home = DEFAULT_HOME) -> int:
    """Mở lại việc đã xong. · Take finished work up again."""
    return _take(StepName.REOPEN, asked, who, line, home, Said(text=reason))


@work.command()
def reassign(
    asked: Asked,
    who: As,
    to: Annotated[str, typer.Option(metavar="ID", help="Mã người, hoặc unit:MÃ đơn vị. · Whom.")],
    reason: Reason,
    line: Line = None,
    home: Home = DEFAULT_HOME,
) -> int:
    """Giao lại cho người hoặc đơn vị khác. · Give the work to somebody else."""
    return _take(StepName.REASSIGN, asked, who, line, home, Said(to=to, text=reason))


def _take(name: StepName, asked: str, who: str, line: int | None, home: Any, said: Said) -> int:
    """Take the step as that person and say where the line stands now."""
    moment = now()
    with Office.open(home) as office:
        person = _person(office, who)
        with office.view() as view:
            document = queries.find_document(view, asked).id
            on = find_line(view, document, person, name, line, on=local_day(moment))
        take_step(office, name, on, said, now=moment)
        with office.view() as view:
            lines = view.assignments(document)
        held = next((one for one in lines if one.line == on.line), None) or max(lines, key=lambda x: x.line)
    tell(
        "{document} · {role}: {state}, {holder} giữ{due}",
        document=asked,
        role=ROLE_LABELS[held.role],
        state=LINE_STATE_LABELS[held.state],
        holder=held.holder_name or "—",
        due=tr(", hạn {day}").format(day=f"{held.due:%d/%m/%Y}") if held.due else "",
    )
    return DONE if held.holder else ATTENTION


def _person(office: Office, who: str) -> Officer:
    return staff.find_person(staff.list_people(office), who)


def _boxes(box: WorkBox) -> tuple[tuple[str, tuple[WorkItem, ...]], ...]:
    return (
        ("todo", box.todo),
        ("returned", box.returned),
        ("asking", box.asking),
        ("waiting", box.waiting),
        ("inform", box.inform),
    )


_BOX_LABELS = {
    "todo": "cần làm",
    "returned": "trả lại tôi",
    "asking": "chờ trả lời gia hạn",
    "waiting": "chờ giao lại",
    "inform": "để biết",
}


def _row(box: str, item: WorkItem) -> tuple[str, ...]:
    line = item.line
    return (
        tr(_BOX_LABELS[box]),
        item.record.entry.name if item.record.entry else "—",
        str(line.line),
        tr(ROLE_LABELS[line.role]),
        tr(LINE_STATE_LABELS[line.state]),
        f"{line.due:%d/%m/%Y}" if line.due else "",
        visible(item.subject)[:60],
        item.record.id,
    )


def _as_json(box: str, item: WorkItem) -> dict[str, Any]:
    line, entry = item.line, item.record.entry

    def day(value: dt.date | None) -> str | None:
        return value.isoformat() if value else None

    return {
        "box": box,
        "id": item.record.id,
        "register": {"book": entry.book, "year": entry.year, "number": entry.number} if entry else None,
        "number_symbol": item.number_symbol,
        "subject": item.subject,
        "line": line.line,
        "role": line.role.value,
        "state": line.state.value,
        "holder": line.holder,
        "stands_in_for": line.stands_in_for,
        "due": day(line.due),
        "days_left": item.days_left,
        "direction": line.direction,
        "progress": line.progress,
        "returned": line.returned,
        "asked_due": day(line.asked_due),
        "asked_reason": line.asked_reason,
    }
