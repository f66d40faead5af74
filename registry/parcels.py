"""Take notices out of the outbox to send them: alone, or together as one digest for one person.

What leaves together is settled when it is first claimed and kept in the rows, so that a notifier killed
between sending and noting sends the very same digest again, under the same Message-ID.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from documents.people import PersonId
from documents.record import NoticeRecord
from registry import posts
from registry.outbox import digest, notice_of
from registry.tables import NoticeRow, PersonRow, PostRow, WatermarkRow

if TYPE_CHECKING:
    from registry.engine import Registry
    from registry.view import View

MOST_SINGLY = 20
"""More than so many notices waiting for one person leave as one message."""
MOST_TOGETHER = 200
"""And so many at the most in one message, so that one is made and sent within its lease."""


def claim_notices(
    registry: Registry, now: dt.datetime, lease: dt.timedelta, limit: int, *, gathered: bool = True
) -> tuple[NoticeRecord, ...]:
    """Take notices whose time has come, oldest first; nobody else gets them until the lease is over.

    `attempts` of a claimed notice counts the tries before this one. A notifier that dies lets the lease run
    out, and the notice is sent by the next one, under the same Message-ID.

    Args:
        registry: Whose outbox.
        now: The moment, aware.
        lease: How long they are nobody else's.
        limit: About how many; those that leave together come whole.
        gathered: Also take what leaves with the morning's digest; not on a day off.
    """
    asked = select(NoticeRow).where(
        NoticeRow.state == "waiting",
        NoticeRow.next_try_at <= now,
        or_(NoticeRow.lease_until.is_(None), NoticeRow.lease_until <= now),
    )
    if not gathered:
        asked = asked.where(NoticeRow.gathered.is_(False))
    first = asked.order_by(NoticeRow.id).limit(limit)
    with registry.view() as view:
        people = {row.recipient for row in view.session.scalars(first)}
    if not people:
        return ()
    with registry.writing() as session:
        mine = _hold(session, people)
        of_theirs = asked.where(NoticeRow.recipient.in_(mine)).order_by(NoticeRow.id)
        rows = session.scalars(of_theirs.with_for_update(skip_locked=True)).all()
        _bind(rows)
        taken = _take(rows, limit)
        for row in taken:
            row.lease_until = now + lease
        return tuple(notice_of(row) for row in taken)


def had_digest(view: View, person: PersonId, since: dt.datetime) -> bool:
    """Whether a morning's letter to that person has left since that moment."""
    asked = select(NoticeRow.id).where(
        NoticeRow.recipient == person, NoticeRow.gathered.is_(True), NoticeRow.sent_at >= since
    )
    return view.session.scalar(asked.limit(1)) is not None


def make_posts(registry: Registry) -> int:
    """Make a post for every notice since the last look; returns how many. The first look only begins.

    Notices get their numbers inside transactions that stand in one line, so none can appear behind the mark.
    """
    with registry.view() as view:
        mark = view.session.get(WatermarkRow, posts.WAY)
        newest = view.session.scalar(select(func.max(NoticeRow.id))) or 0
        if mark and mark.upto >= newest:
            return 0
    with registry.writing() as session:
        mark = session.get(WatermarkRow, posts.WAY, with_for_update=True)
        if mark is None:
            session.add(WatermarkRow(name=posts.WAY, upto=newest))
            return 0
        asked = select(NoticeRow).where(NoticeRow.id > mark.upto, NoticeRow.id <= newest)
        rows = session.scalars(asked.order_by(NoticeRow.id)).all()
        session.add_all(PostRow(notice=row.id, next_try_at=row.made_at) for row in rows)
        mark.upto = max(mark.upto, newest)
        return len(rows)


def claim_posts(
    registry: Registry, now: dt.datetime, lease: dt.timedelta, limit: int, *, gathered: bool = True
) -> tuple[tuple[NoticeRecord, int], ...]:
    """Take posts whose time has come, and that of their notice; each with the tries of the post before.

    The arguments are those of `claim_notices`.
    """
    asked = (
        select(PostRow, NoticeRow)
        .join(NoticeRow, NoticeRow.id == PostRow.notice)
        .where(
            PostRow.state == "waiting",
            PostRow.next_try_at <= now,
            or_(PostRow.lease_until.is_(None), PostRow.lease_until <= now),
            or_(NoticeRow.state != "waiting", NoticeRow.attempts > 0, NoticeRow.next_try_at <= now),
        )
        .order_by(PostRow.notice)
        .limit(limit)
    )
    if not gathered:
        asked = asked.where(NoticeRow.gathered.is_(False))
    with registry.view() as view:
        if view.session.execute(asked.limit(1)).first() is None:
            return ()
    with registry.writing() as session:
        rows = session.execute(asked.with_for_update(skip_locked=True, of=PostRow)).tuples().all()
        for post, _ in rows:
            post.lease_until = now + lease
        return tuple((notice_of(notice), post.attempts) for post, notice in rows)


def count_posts(view: View, state: str) -> int:
    """How many posts are `waiting`, `sent` or `given_up`."""
    return view.session.scalar(select(func.count()).where(PostRow.state == state)) or 0


def _hold(session: Session, people: set[PersonId]) -> list[PersonId]:
    """Hold the people, so that no other notifier makes another digest for them at the same time."""
    asked = select(PersonRow.id).where(PersonRow.id.in_(people)).order_by(PersonRow.id)
    return list(session.scalars(asked.with_for_update(skip_locked=True, key_share=True)))


def _bind(rows: Sequence[NoticeRow]) -> None:
    """Bind together what leaves together from now on: a morning's notices, and a flood."""
    free: dict[PersonId, list[NoticeRow]] = defaultdict(list)
    for row in rows:
        if row.digest is None and row.attempts == 0:
            free[row.recipient].append(row)
    for theirs in free.values():
        together = theirs if len(theirs) > MOST_SINGLY else [row for row in theirs if row.gathered]
        for start in range(0, len(together), MOST_TOGETHER):
            part = together[start : start + MOST_TOGETHER]
            name = digest(row.message_id for row in part) if len(part) > 1 else None
            for row in part:
                row.digest = name


def _take(rows: Sequence[NoticeRow], limit: int) -> list[NoticeRow]:
    """The first `limit` of them, and whatever is bound to one of these."""
    first = rows[:limit]
    bound = {row.digest for row in first if row.digest}
    return [*first, *(row for row in rows[limit:] if row.digest in bound)]
