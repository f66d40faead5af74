"""How people and units came to be what they are: the audit lines that name one of them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import select

from documents.record import AuditLine
from registry.audit import line_of
from registry.tables import AuditRow
from registry.view import View


def list_mentions(view: View, who: str, events: Iterable[str]) -> tuple[AuditLine, ...]:
    """Lines of the office itself (of no document) of these kinds that carry the id `who`, oldest first.

    The lines of no document stand together in an index, so what happened to documents is not walked.
    """
    asked = (
        select(AuditRow)
        .where(
            AuditRow.document.is_(None),
            AuditRow.event.in_(list(events)),
            AuditRow.payload.contains(json.dumps(who), autoescape=True),
        )
        .order_by(AuditRow.seq)
    )
    return tuple(line_of(row) for row in view.session.scalars(asked))
