"""`rules dry-run`: who would have got what, document by document."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from desk.cli.home import DEFAULT_HOME, AsJson, Home, now
from desk.cli.speech import ATTENTION, DONE, put, put_json, tr
from office.drafts import text_to_try
from office.dry_run import DryRun, Moved, Placed
from office.dry_run import dry_run as try_table
from office.office import Office, local_day
from office.tables import read_table
from office.typed import parse_day

MOST_SHOWN = 200
"""Documents told one by one; the rest is counted, `--json` has all of them."""

File = Annotated[
    Path | None,
    typer.Argument(help="Tệp YAML; bỏ trống là bản nháp mới nhất đang chờ. · A file, or the newest draft."),
]


def add_to(rules: typer.Typer) -> None:
    """Add this command to `rules`."""
    rules.command(name="dry-run")(dry_run)


def dry_run(
    day: Annotated[str, typer.Option("--from", help="Văn bản đến từ ngày này. · First day of arrival.")],
    file: File = None,
    draft: Annotated[int | None, typer.Option(min=1, help="Số bản nháp. · Number of a draft.")] = None,
    home: Home = DEFAULT_HOME,
    json: AsJson = False,
) -> int:
    """Chạy thử một bảng trên văn bản đã qua; không đổi gì. · Try a table on past documents."""
    since = parse_day(day)
    with Office.open(home) as office:
        if file and draft is None:
            what, text = str(file), read_table(file)
        else:
            number, text = text_to_try(office, draft)
            what = tr("bản nháp số {draft}").format(draft=number)
        said = try_table(office, text, since=since, today=local_day(now()))
    if json:
        put_json({"tried": what, **_as_json(said)})
    else:
        _tell(what, said)
    return ATTENTION if said.moved else DONE


def _tell(what: str, said: DryRun) -> None:
    put(
        tr(
            "Chạy thử {what} trên {documents} văn bản từ {since:%d/%m/%Y}, so với bản {version} đang dùng:"
        ).format(what=what, documents=said.documents, since=said.since, version=said.version)
    )
    for text, count in (
        ("{count} văn bản đi nơi khác", said.elsewhere),
        ("{count} văn bản cùng nơi chủ trì, khác hạn hoặc người nhận", len(said.moved) - said.elsewhere),
        ("{count} văn bản không khớp quy tắc nào", said.unmatched_after),
        ("{count} văn bản theo tên trên dấu đến, không hỏi bảng", said.by_stamp),
    ):
        put("  " + tr(text).format(count=count))
    for one in said.moved[:MOST_SHOWN]:
        put(f"{one.name}\t{one.number_symbol}\t{_difference(one)}")
    if len(said.moved) > MOST_SHOWN:
        put(tr("… và {count} văn bản nữa; xem hết: --json").format(count=len(said.moved) - MOST_SHOWN))
    for row in said.rows:
        put(
            tr("{row}: chủ trì {led} văn bản, {moved} trong đó từ nơi khác").format(
                row=row.row, led=row.led, moved=row.moved
            )
        )


def _difference(one: Moved) -> str:
    before, after = one.before, one.after
    parts = []
    if one.by_stamp:
        parts.append(tr("chủ trì theo dấu đến"))
    elif one.goes_elsewhere:
        parts.append(
            f"{_lead(before)} → {_lead(after)}, {tr('do')} {after.row} ({tr('trước')}: {before.row})"
        )
    if after.also and not one.by_stamp:
        parts.append(tr("{rows} cũng khớp").format(rows=", ".join(after.also)))
    for word, old, new in (
        ("phối hợp", before.support, after.support),
        ("để biết", before.inform, after.inform),
        ("hạn", _day(before.due), _day(after.due)),
    ):
        if set(old) != set(new):
            parts.append(f"{tr(word)}: {', '.join(old) or '—'} → {', '.join(new) or '—'}")
    return "; ".join(parts)


def _lead(placed: Placed) -> str:
    return placed.lead or tr("hỏi văn thư")


def _day(day: dt.date | None) -> tuple[str, ...]:
    return (f"{day:%d/%m/%Y}",) if day else ()


def _as_json(said: DryRun) -> dict[str, Any]:
    return {
        "from": said.since.isoformat(),
        "version": said.version,
        "documents": said.documents,
        "elsewhere": said.elsewhere,
        "by_stamp": said.by_stamp,
        "unmatched": {"before": said.unmatched_before, "after": said.unmatched_after},
        "rows": [asdict(row) for row in said.rows],
        "moved": [_moved_as_json(one) for one in said.moved],
    }


def _moved_as_json(one: Moved) -> dict[str, Any]:
    return {
        "id": one.document,
        "register": one.name,
        "number_symbol": one.number_symbol,
        "arrival": one.arrival.isoformat(),
        "by_stamp": one.by_stamp,
        "leads_now": one.leads_now,
        "routed_by": one.routed_by,
        "before": _placed_as_json(one.before),
        "after": _placed_as_json(one.after),
    }


def _placed_as_json(placed: Placed) -> dict[str, Any]:
    return {**asdict(placed), "due": placed.due.isoformat() if placed.due else None}
