"""`direct DOC …` and `people aliases`: the leader's direction, and the habits that names show."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from desk.cli.home import DEFAULT_HOME, OPERATOR, AsJson, Home, now
from desk.cli.papers import Asked
from desk.cli.people import people
from desk.cli.speech import ATTENTION, DONE, put, put_json, put_table, tell, tr
from documents.decisions import Assignee, Role
from documents.errors import NotSure
from documents.people import Officer
from documents.wording import ROLE_LABELS
from office import habits, queries
from office.direction import DirectionUnclear, give_direction
from office.office import Office, local_day, names_of
from office.policy import Act, require
from office.staff import find_person
from office.typed import parse_day


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(direct)


def direct(
    asked: Asked,
    text: Annotated[str, typer.Argument(help="Ý kiến, như trên giấy. · The direction as written.")],
    by: Annotated[str, typer.Option("--by", help="Mã lãnh đạo. · The leader's id.")],
    entered_by: Annotated[
        str | None, typer.Option("--as", help="Mã văn thư ghi thay. · The clerk who enters it.")
    ] = None,
    lead: Annotated[str | None, typer.Option(help="Ai chủ trì. · Who leads.")] = None,
    choose: Annotated[
        list[str] | None, typer.Option(help="TÊN=MÃ khi chưa rõ là ai. · Who is meant.")
    ] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Dù vượt ngày mà văn bản cho phép. · Even past the outer day.")
    ] = False,
    home: Home = DEFAULT_HOME,
) -> int:
    """Ghi ý kiến chỉ đạo của lãnh đạo và giao việc theo đó. · Record a leader's direction."""
    chosen = dict(_pair(one) for one in choose or ())
    with Office.open(home) as office:
        with office.view() as view:
            record = queries.find_document(view, asked)
            directory = view.directory()
        leader, clerk = find_person(directory, by), find_person(directory, entered_by or by)

        def give(sure: str | None) -> tuple[Assignee, ...]:
            return give_direction(
                office,
                record.id,
                text,
                said_by=leader.id,
                by=clerk,
                now=now(),
                lead=lead,
                chosen=chosen,
                sure=sure,
            )

        try:
            lines = give(None)
        except NotSure as asked_twice:
            if not anyway:
                tell("  → Nếu đúng, ghi lại và thêm --anyway.")
                raise
            lines = give(asked_twice.token)
        except DirectionUnclear as unclear:
            for question in unclear.facts["questions"]:
                for candidate in question.candidates:
                    tell(
                        "  {candidate}: {name}",
                        candidate=candidate,
                        name=names_of(directory).get(candidate.removeprefix("unit:")),
                    )
            raise
    names = names_of(directory)
    for line in lines:
        due = (
            tr(", hạn {day}").format(day=f"{line.due:%d/%m/%Y}")
            if line.due and line.role is not Role.INFORM
            else ""
        )
        put(f"→ {names.get(str(line.person or line.unit), '?')}: {tr(ROLE_LABELS[line.role])}{due}")
    return DONE


def _pair(text: str) -> tuple[str, str]:
    written, sign, chosen = text.rpartition("=")
    if not sign or not written.strip():
        raise typer.BadParameter("ghi TÊN=MÃ, ví dụ: --choose “Đ/c Linh=linh”", param_hint="--choose")
    return written.strip(), chosen.strip()


@people.command()
def alias(
    who: Annotated[str, typer.Argument(metavar="ID", help="Mã người, hoặc unit:MÃ. · Id, or unit:ID.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Cách gọi. · The name as written.")],
    since: Annotated[str, typer.Option("--from", help="Dùng từ ngày. · Counts from.")] = "",
    until: Annotated[str, typer.Option(help="Dùng đến hết ngày. · Counts until.")] = "",
    home: Home = DEFAULT_HOME,
) -> int:
    """Ghi một bí danh và những ngày nó được dùng. · An alias and the days on which it counts."""
    with Office.open(home) as office:
        habits.set_alias(office, who, name, since=_day(since), until=_day(until), by=OPERATOR, now=now())
    tell("Đã ghi “{written}” làm bí danh của {chosen}.", written=name, chosen=who)
    return DONE


def _day(text: str) -> dt.date | None:
    return parse_day(text) if text else None


def _who_accepts(office: Office, by: str) -> Officer | str:
    """The person who accepts, allowed to as in the directory; the operator answers for the machine."""
    if by == OPERATOR:
        return OPERATOR
    with office.view() as view:
        person = find_person(view.directory(), by)
        require(view, person, Act.MANAGE_PEOPLE, on=local_day(now()))
    return person


@people.command()
def aliases(
    accept: Annotated[
        list[str] | None, typer.Option(help="TÊN=MÃ: ghi làm bí danh. · Accept as an alias.")
    ] = None,
    since: Annotated[str, typer.Option("--from", help="Dùng từ ngày. · Counts from.")] = "",
    until: Annotated[str, typer.Option(help="Dùng đến hết ngày. · Counts until.")] = "",
    by: Annotated[str, typer.Option("--by", help="Mã người nhận đề nghị. · Who accepts.")] = OPERATOR,
    home: Home = DEFAULT_HOME,
    json: AsJson = False,
) -> int:
    """Bí danh đề nghị từ những lần đã chọn. · Aliases offered from past choices."""
    with Office.open(home) as office:
        actor = _who_accepts(office, by) if accept else OPERATOR
        for one in accept or ():
            written, chosen = _pair(one)
            habit = habits.accept_offer(
                office, written, chosen, by=actor, now=now(), since=_day(since), until=_day(until)
            )
            tell(
                "Đã ghi “{written}” làm bí danh của {chosen} ({times}/{among} lần chọn).",
                written=habit.written, chosen=chosen, times=habit.times, among=habit.among,
            )  # fmt: skip
        offers = habits.list_offers(office, now=now())
        with office.view() as view:
            names = names_of(view.directory())
    if json:
        for offer in offers:
            put_json(
                {"written": offer.written, "chosen": offer.chosen, "times": offer.times, "among": offer.among}
            )
        return DONE
    put_table(
        ("Ghi là", "Là ai", "Mã", "Số lần"),
        [
            (o.written, names.get(o.chosen.removeprefix("unit:"), "?"), o.chosen, f"{o.times}/{o.among}")
            for o in offers
        ],
    )
    return ATTENTION if offers else DONE
