"""A later day for a line: asked for, given or refused; an outer day is never passed silently."""

from __future__ import annotations

import datetime as dt

from documents.errors import LineChanged, NotSure
from documents.work import ExtensionAsked, ExtensionGranted, ExtensionRefused
from office.lines import BadDue, OnLine, day_text, stepping, words
from office.office import Office
from office.phrase import Phrase
from office.policy import Act, who_may_answer

FARTHEST_DAYS = 366
"""A day asked for or given that lies farther ahead than this is a slip of the year."""


def ask_extension(
    office: Office, on: OnLine, *, wanted: dt.date | None, reason: str, now: dt.datetime
) -> None:
    """Ask for a later day; whoever may answer is told.

    Raises:
        BadDue: the line has no day, or `wanted` is not later than it, or is past.
        WordsMissing, TextTooLong: the reason.
    """
    said = words(reason, "lý do xin gia hạn")
    with stepping(office, on, Act.ASK_EXTENSION, now) as step:
        due = step.line.due
        if due is None:
            raise BadDue(why=Phrase("việc này không có hạn"))
        if wanted is None or wanted <= due or wanted < step.today:
            raise BadDue(why=Phrase("phải sau hạn đang có {due} và không trước hôm nay", due=day_text(due)))
        _require_near(wanted, step.today)
        asked_of = who_may_answer(step.line, step.book.directory(), step.today)
        step.book.record(ExtensionAsked(**step.about, wanted=wanted, reason=said, asked_of=asked_of))


def grant_extension(
    office: Office,
    on: OnLine,
    *,
    due: dt.date | None = None,
    reason: str = "",
    sure: str | None = None,
    now: dt.datetime,
) -> None:
    """Set another day: the one asked for, or `due`; with nothing asked, on one's own initiative.

    Raises:
        NotSure: the day lies past the last one that the paper allows, and `sure` does not insist on it.
        BadDue: no day is given and none was asked for, or it is past, or is the one it has.
    """
    said = words(reason, "lý do", needed=False)
    with stepping(office, on, Act.ANSWER_EXTENSION, now) as step:
        line, day = step.line, due or step.line.asked_due
        if day is None or day == line.due or day < step.today:
            raise BadDue(why=Phrase("phải là một ngày khác hạn đang có và không trước hôm nay"))
        _require_near(day, step.today)
        beyond = line.outer_due is not None and day > line.outer_due
        if beyond and line.outer_due:
            said_so = Phrase(
                "Hạn {day} vượt ngày {outer} mà văn bản cho phép.",
                day=day_text(day),
                outer=day_text(line.outer_due),
            )
            asked = NotSure(doubts=said_so)
            if sure != asked.token:
                raise asked
        step.book.record(ExtensionGranted(**step.about, due=day, reason=said, beyond_outer=beyond))


def refuse_extension(office: Office, on: OnLine, *, reason: str, now: dt.datetime) -> None:
    """Leave the day as it is although a later one was asked for.

    Raises:
        LineChanged: nothing is asked (any more).
        WordsMissing, TextTooLong: the reason.
    """
    said = words(reason, "lý do không gia hạn")
    with stepping(office, on, Act.ANSWER_EXTENSION, now) as step:
        if step.line.asked_due is None:
            raise LineChanged(now=Phrase("không có đề nghị gia hạn nào đang chờ"))
        step.book.record(ExtensionRefused(**step.about, reason=said))


def _require_near(day: dt.date, today: dt.date) -> None:
    if (day - today).days > FARTHEST_DAYS:
        raise BadDue(why=Phrase("{day} xa quá một năm kể từ hôm nay", day=day_text(day)))
