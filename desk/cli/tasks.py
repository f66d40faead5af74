"""`tasks`, `task …`: what a document asks of this office, and who has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from desk.cli.home import DEFAULT_HOME, AsJson, Home, now
from desk.cli.speech import DONE, put, put_json, tell, tr
from documents.people import PersonId
from documents.tasks import TaskNumber, TaskRecord, TaskState
from documents.wording import TASK_ROLE_LABELS, TASK_STATE_LABELS
from office import queries
from office.office import Office
from office.tasks import drop_task, report_task, take_task, task_json, tasks_of
from office.typed import parse_day

task = typer.Typer(help="Việc của cơ quan trong một văn bản. · Tasks of a document.", no_args_is_help=True)
Asked = Annotated[str, typer.Argument(help="29/2012 hoặc mã. · Number or id.")]
Number = Annotated[int, typer.Argument(min=1, help="Việc số mấy. · Which task.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(name="tasks")(tasks)
    app.add_typer(task, name="task")


def tasks(asked: Asked, home: Home = DEFAULT_HOME, json: AsJson = False) -> int:
    """Những việc một văn bản giao cho cơ quan. · What a document asks of this office."""
    with Office.open(home) as office, office.view() as view:
        found = tasks_of(view, queries.find_document(view, asked).id)
    if not found and not json:
        tell("Văn bản không có việc nào đề xuất cho cơ quan.")
    if found and not json and any(one.state is TaskState.PROPOSED for one in found):
        tell(
            "Giao: congvan task take {document} SỐ --holder MÃ --due NGÀY; bỏ: congvan task drop …",
            document=asked,
        )
    for one in found:
        if json:
            put_json(task_json(one))
        else:
            for line in tell_task(one):
                put(line)
    return DONE


def tell_task(one: TaskRecord) -> Iterator[str]:
    """A task line by line, as `tasks` and `show` print it."""
    proposed = one.proposed
    facts = {
        "number": str(one.number),
        "state": tr(TASK_STATE_LABELS[one.state]),
        "role": tr(TASK_ROLE_LABELS[proposed.role]),
        "heading": proposed.heading,
    }
    if proposed.heading and not proposed.words.startswith(proposed.heading):
        yield tr("{number}. [{state}] {role} — {heading}").format(**facts)
    else:
        yield tr("{number}. [{state}] {role}").format(**facts)
    yield f"   {proposed.words}"
    if proposed.partners:
        yield tr("   với {partners}").format(partners=", ".join(proposed.partners))
    if proposed.phrase:
        unread = "" if one.due or one.recurrence else tr(" (chưa rõ ngày nào; xem trang giấy)")
        yield tr("   thời gian ghi: “{phrase}”{unread}").format(phrase=proposed.phrase, unread=unread)
    if one.due:
        yield tr("   hạn {due}").format(due=f"{one.due:%d/%m/%Y}")
    if one.recurrence:
        lacks = {"day": " (chưa nêu ngày trong kỳ)", "month": " (chưa nêu tháng trong quý)"}
        said = tr(lacks[proposed.ask]) if proposed.ask and one.recurrence == proposed.recurrence else ""
        yield tr("   định kỳ {rule}{lacks}").format(rule=one.recurrence, lacks=said)
    if one.holder:
        yield tr("   người làm: {holder}").format(holder=one.holder_name or one.holder)
    if one.reason:
        yield tr("   lý do bỏ: {reason}").format(reason=one.reason)
    if proposed.page:
        yield tr("   trang {page}").format(page=str(proposed.page))


@task.command()
def take(
    asked: Asked,
    number: Number,
    holder: Annotated[str, typer.Option(help="Mã người làm. · Id of who has it.")],
    due: Annotated[str, typer.Option(help="Hạn, ví dụ 20/01/2012. · Due day.")] = "",
    rule: Annotated[str, typer.Option(help="Quy tắc RFC 5545. · RFC 5545 rule.")] = "",
    home: Home = DEFAULT_HOME,
) -> int:
    """Giao một việc cho một người. · Give a task to somebody."""
    with Office.open(home) as office:
        with office.view() as view:
            document = queries.find_document(view, asked).id
        take_task(
            office,
            document,
            TaskNumber(number),
            holder=PersonId(holder),
            due=parse_day(due) if due else None,
            recurrence=rule or None,
            by=None,
            now=now(),
        )
    tell("Đã ghi việc số {task}.", task=number)
    return DONE


@task.command()
def drop(
    asked: Asked,
    number: Number,
    reason: Annotated[str, typer.Option(help="Lý do. · Reason.")],
    home: Home = DEFAULT_HOME,
) -> int:
    """Bỏ một việc máy đề xuất. · Drop a proposed task."""
    with Office.open(home) as office:
        with office.view() as view:
            document = queries.find_document(view, asked).id
        drop_task(office, document, TaskNumber(number), reason=reason, by=None, now=now())
    tell("Đã ghi việc số {task}.", task=number)
    return DONE


@task.command()
def report(
    asked: Asked,
    number: Number,
    day: Annotated[str, typer.Option(help="Ngày trong kỳ, với việc định kỳ. · Which occurrence.")] = "",
    home: Home = DEFAULT_HOME,
) -> int:
    """Ghi là đã báo cáo. · Note that it was reported on."""
    with Office.open(home) as office:
        with office.view() as view:
            document = queries.find_document(view, asked).id
        report_task(
            office, document, TaskNumber(number), day=parse_day(day) if day else None, by=None, now=now()
        )
    tell("Đã ghi việc số {task}.", task=number)
    return DONE
