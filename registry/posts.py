"""How a notice's post to the office's chat gateway went, beside its mail."""

from __future__ import annotations

import datetime as dt

from registry.change import Change
from registry.tables import PostRow

WAY = "webhook"


def note_sent(change: Change, notice: int) -> None:
    """The gateway took it."""
    if row := change.session.get(PostRow, notice):
        row.state, row.sent_at = "sent", row.sent_at or change.now
        row.attempts += 1
        row.next_try_at = row.lease_until = row.last_error = None


def note_failed(change: Change, notice: int, *, cause: str, retry_at: dt.datetime | None) -> None:
    """The gateway did not take it: wait, or give up."""
    row = change.session.get(PostRow, notice)
    if row is None or row.state == "sent":
        return
    row.state = "waiting" if retry_at else "given_up"
    row.attempts += 1
    row.next_try_at, row.lease_until, row.last_error = retry_at, None, cause
