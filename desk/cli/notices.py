"""`people notices …` and `notices …`: how people are told, the ladder of reminders, the words of letters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk.cli.home import DEFAULT_HOME, OPERATOR, AsJson, Home, now
from desk.cli.people import Id, people
from desk.cli.speech import ATTENTION, DONE, put, put_json, tell, tr
from documents.notices import KINDS, OBLIGATORY
from office.feed import close_feed, open_feed
from office.ladder import set_ladders, show_ladders
from office.letters import check_letters, write_samples
from office.office import Office
from office.preferences import Wish, change_ways, ways_of
from office.tables import read_table

notices = typer.Typer(help="Thông báo, nhắc việc. · Notices and reminders.", no_args_is_help=True)

Kinds = Annotated[list[str] | None, typer.Option(help="Thôi gửi thư loại này. · Mail it no more.")]
Hear = Annotated[list[str] | None, typer.Option(help="Gửi thư loại này trở lại. · Mail it again.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    people.command(name="notices")(ways)
    app.add_typer(notices, name="notices")


def ways(
    person_id: Id,
    mute: Kinds = None,
    hear: Hear = None,
    digest_at: Annotated[
        str | None, typer.Option(help='Giờ gửi tin buổi sáng; "" là theo cơ quan. · Hour of the digest.')
    ] = None,
    calendar: Annotated[
        bool | None,
        typer.Option("--calendar/--no-calendar", help="Kèm việc cho lịch. · With calendar tasks."),
    ] = None,
    open_: Annotated[
        bool, typer.Option("--open-feed", help="Tạo địa chỉ lịch riêng mới. · A new calendar address.")
    ] = False,
    close: Annotated[
        bool, typer.Option("--close-feed", help="Đóng địa chỉ lịch riêng. · Close the calendar address.")
    ] = False,
    home: Home = DEFAULT_HOME,
    json: AsJson = False,
) -> int:
    """Xem hoặc đổi cách một người nhận thông báo. · See or change how a person is told."""
    wish = Wish(mute=tuple(mute or ()), hear=tuple(hear or ()), digest_at=digest_at, calendar=calendar)
    with Office.open(home) as office:
        if wish != Wish():
            change_ways(office, person_id, wish, by=OPERATOR, now=now())
        if close:
            close_feed(office, person_id, by=OPERATOR, now=now())
        path = open_feed(office, person_id, by=OPERATOR, now=now()) if open_ else None
        name, chosen, has_feed = ways_of(office, person_id)
        hour = chosen.digest_at or office.settings.digest_at
        base = office.settings.base_url.rstrip("/")
    if json:
        put_json({"id": person_id, "name": name, **chosen.as_json(), "feed": has_feed, "feed_path": path})
        return DONE
    tell("{name}: tin buổi sáng lúc {hour}.", name=name, hour=f"{hour:%H:%M}")
    for kind, words in KINDS.items():
        sign = "✉" if chosen.wants_mail(kind) else "–"
        put(f"  {sign} {kind:20} {tr(words)}{' *' if kind in OBLIGATORY else ''}")
    tell("✉ gửi thư · – chỉ trên bàn làm việc · * luôn gửi thư")
    if path:
        tell("Địa chỉ lịch riêng, chỉ hiện một lần: {address}", address=f"{base}{path}")
    return DONE


@notices.command()
def ladder(
    file: Annotated[
        Path | None, typer.Argument(metavar="TỆP", help="Tệp bậc nhắc việc mới. · The new ladder.")
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Dùng lại bậc có sẵn. · The built-in one.")] = False,
    home: Home = DEFAULT_HOME,
) -> int:
    """Xem hoặc đặt các bậc nhắc việc. · See or set the ladder of reminders."""
    with Office.open(home) as office:
        if file or reset:
            text = read_table(file) if file else ""
            put(set_ladders(office, text, by=OPERATOR, now=now()).rstrip())
            tell("Đã đặt bậc nhắc việc; điều đã nhắc không nhắc lại.")
        else:
            put(show_ladders(office).rstrip())
    return DONE


@notices.command()
def letters(
    write: Annotated[
        bool, typer.Option("--write", help="Chép mẫu có sẵn vào mau-thu để sửa. · Copy the built-in words.")
    ] = False,
    home: Home = DEFAULT_HOME,
) -> int:
    """Kiểm tra lời thư của cơ quan trong mau-thu. · Check the office's own words of letters."""
    with Office.open(home) as office:
        if write:
            for name in write_samples(office):
                put(name)
            return DONE
        slips = check_letters(office)
    for slip in slips:
        put(f"{slip.file}:{slip.line}: {slip.detail}")
    tell("{count} chỗ sai; mẫu sai thì dùng lời có sẵn.", count=len(slips))
    return ATTENTION if slips else DONE
