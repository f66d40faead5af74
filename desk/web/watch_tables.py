"""The sheets of supervision's workbook: the figures of the page, and the lists behind them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desk.web import told, watch_words, words
from desk.web.tongue import tr
from office import watch, watch_figures
from office.office import names_of
from office.watch import Kind, Watched, Which
from office.watch_figures import Load
from office.watch_moves import Move
from office.watch_xlsx import Table


def tables_of(view: Any, seen: Watched, moves: tuple[Move, ...]) -> tuple[Table, ...]:
    """Every sheet, in the language of the answer.

    Args:
        view: The open view that `seen` was loaded in.
        seen: What was looked at.
        moves: The history of routing in the period.
    """
    return (
        _figures(seen),
        _loads(tr("Người giữ"), watch_figures.loads_of_people(seen)),
        _loads(tr("Đơn vị"), watch_figures.loads_of_units(seen)),
        _lines(view, seen),
        _waits(seen),
        _moves(view, seen, moves),
    )


def _figures(seen: Watched) -> Table:
    hands = watch_figures.hands(seen)
    return Table(
        name=tr("Tổng hợp"),
        heads=(tr("Nội dung"), tr("Số lượng")),
        rows=[
            (tr("Từ ngày"), seen.ask.since),
            (tr("Đến ngày"), seen.ask.until),
            *((watch_words.KIND[kind], watch_figures.count(seen, kind)) for kind in Kind),
            *((f"{tr('Đã sửa')}: {watch_words.field(name)}", times) for name, times in hands.fields),
        ],
    )


def _loads(name: str, loads: Iterable[Load]) -> Table:
    return Table(
        name=name,
        heads=(name, tr("Đang giữ"), tr("Quá hạn"), tr("Giữ lâu nhất"), tr("Vắng đến"), tr("Người thay")),
        rows=[
            (
                one.name or tr("Chưa có ai"),
                one.open,
                one.overdue,
                watch_words.working(one.held),
                one.away.until if one.away else "",
                one.taker,
            )
            for one in loads
        ],
    )


def _lines(view: Any, seen: Watched) -> Table:
    names = names_of(seen.directory)
    lines = watch.describe(view, watch.lines_chosen(seen, Which(kind=Kind.HELD)))
    return Table(
        name=tr("Việc chưa xong"),
        heads=(
            tr("Số đến"), tr("Số, ký hiệu"), tr("Trích yếu"), tr("Người giữ"), tr("Giữ từ"), tr("Hạn"),
            tr("Tình trạng"), tr("Xin gia hạn đến"),
        ),
        rows=[
            (
                named.number or "",
                named.number_symbol,
                named.subject,
                names.get(line.holder or line.unit or "", ""),
                words.local(seen.held_since(line)).date(),
                line.due or "",
                words.ASSIGNMENT_STATE[line.state],
                line.asked_due or "",
            )
            for line, named in lines
        ],
    )  # fmt: skip


def _waits(seen: Watched) -> Table:
    return Table(
        name=tr("Thời gian"),
        heads=(tr("Bước"), tr("Văn bản"), tr("Trung vị"), tr("90 % không quá")),
        rows=[
            (watch_words.STEP[w.kind], w.count, watch_words.working(w.median), watch_words.working(w.most))
            for w in watch_figures.waits(seen)
        ],
    )


def _moves(view: Any, seen: Watched, moves: tuple[Move, ...]) -> Table:
    names = names_of(seen.directory)
    named = watch.name_documents(view, {move.document for move in moves})
    return Table(
        name=tr("Luân chuyển"),
        heads=(
            tr("Lúc"), tr("Số đến"), tr("Số, ký hiệu"), tr("Ai chuyển"), tr("Việc gì"), tr("Cho ai"),
            tr("Vai trò"), tr("Lý do"),
        ),
        rows=[
            (
                words.moment(move.at),
                named[move.document].number or "",
                named[move.document].number_symbol,
                told.who(move.by, names),
                watch_words.MOVE[move.event],
                names.get(move.to or move.unit, tr("Văn thư")),
                words.ROLE[move.role],
                move.why,
            )
            for move in moves
        ],
    )  # fmt: skip
