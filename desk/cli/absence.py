"""`people absence …`: who stands in for whom, from when until when, on which paper."""

from __future__ import annotations

from typing import Annotated

import typer

from desk.cli.home import DEFAULT_HOME, OPERATOR, AsJson, Home, now
from desk.cli.speech import DONE, put_json, put_table, tell, tr
from office import delegations, staff
from office.office import Office, local_day, names_of
from office.typed import parse_day

absence = typer.Typer(help="Ủy quyền khi vắng. · Who stands in for whom.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(absence, name="absence")


@absence.command(name="list")
def list_(
    home: Home = DEFAULT_HOME,
    json: AsJson = False,
    past: Annotated[bool, typer.Option("--past", help="Cả những ủy quyền đã hết. · Past ones too.")] = False,
) -> int:
    """Liệt kê ủy quyền đang có và sắp tới. · List delegations, present and to come."""
    with Office.open(home) as office:
        known = delegations.list_delegations(office)
        names = names_of(staff.list_people(office))
    shown = [one for one in known if past or one.until >= local_day(now())]
    if json:
        for one in shown:
            put_json(
                {
                    "id": one.id,
                    "giver": one.giver,
                    "taker": one.taker,
                    "since": one.since.isoformat(),
                    "until": one.until.isoformat(),
                    "instrument": one.instrument,
                    "doc_types": list(one.doc_types),
                    "unit": one.unit,
                    "with_secret": one.with_secret,
                }
            )
        return DONE
    put_table(
        ("Số", "Người vắng", "Người thay", "Từ ngày", "Đến ngày", "Văn bản ủy quyền", "Tên loại", "Đơn vị"),
        [
            (
                str(one.id),
                names.get(str(one.giver), one.giver),
                names.get(str(one.taker), one.taker),
                f"{one.since:%d/%m/%Y}",
                f"{one.until:%d/%m/%Y}" if one.until >= one.since else tr("đã rút"),
                one.instrument,
                ", ".join(one.doc_types),
                names.get(str(one.unit), "") if one.unit else "",
            )
            for one in shown
        ],
    )
    return DONE


@absence.command()
def add(
    giver: Annotated[str, typer.Argument(metavar="ID", help="Mã người vắng. · Who is away.")],
    taker: Annotated[str, typer.Option("--taker", metavar="ID", help="Mã người thay. · Who stands in.")],
    since: Annotated[str, typer.Option("--from", metavar="DAY", help="Từ ngày. · First day.")],
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="Hết ngày. · Last day.")],
    instrument: Annotated[
        str, typer.Option(help="Văn bản ủy quyền, giao phụ trách. · The paper it rests on.")
    ],
    doc_type: Annotated[
        list[str] | None, typer.Option("--type", help="Chỉ tên loại này. · Only this type.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="Chỉ việc của đơn vị này. · Only this unit's.")] = None,
    with_secret: Annotated[
        bool, typer.Option("--with-secret", help="Cả văn bản có độ mật. · Classified ones too.")
    ] = False,
    home: Home = DEFAULT_HOME,
) -> int:
    """Ghi một ủy quyền; tự hết sau ngày cuối. · Enter a delegation; it ends by itself."""
    with Office.open(home) as office:
        one, moved = delegations.add_delegation(
            office,
            giver=giver,
            taker=taker,
            since=parse_day(since),
            until=parse_day(until),
            instrument=instrument,
            doc_types=tuple(doc_type or ()),
            unit=unit,
            with_secret=with_secret,
            by=OPERATOR,
            now=now(),
        )
    tell(
        "Đã ghi ủy quyền số {id}, {since:%d/%m/%Y}–{until:%d/%m/%Y}.",
        id=one.id,
        since=one.since,
        until=one.until,
    )
    _tell_moved(moved)
    return DONE


@absence.command()
def end(
    delegation: Annotated[int, typer.Argument(metavar="N", help="Số của ủy quyền. · Its number.")],
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help="Ngày cuối; mặc định: hết từ hôm nay. · Last day."),
    ] = None,
    home: Home = DEFAULT_HOME,
) -> int:
    """Kết thúc sớm một ủy quyền. · End a delegation sooner."""
    with Office.open(home) as office:
        last_day = parse_day(on) if on else None
        one, moved = delegations.end_delegation(office, delegation, last_day, by=OPERATOR, now=now())
    tell("Ủy quyền số {id} hết sau ngày {until:%d/%m/%Y}.", id=one.id, until=one.until)
    _tell_moved(moved)
    return DONE


def _tell_moved(count: int) -> None:
    if count:
        tell("{count} việc đang mở đã chuyển người giữ.", count=count)
