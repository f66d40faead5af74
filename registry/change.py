"""The change being written: what every function that applies an event needs besides the event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from documents.errors import NoSuchDocument
from documents.events import Event
from documents.status import DocumentId
from registry.tables import DocumentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One event on its way into the rows; `seq` is the audit number it will have."""

    session: Session
    actor: str
    now: dt.datetime
    seq: int

    def document(self, document: DocumentId) -> DocumentRow:
        """The row of a document.

        Raises:
            NoSuchDocument: there is none by that id.
        """
        row = self.session.get(DocumentRow, document)
        if row is None:
            raise NoSuchDocument(asked=document)
        return row


Appliers: TypeAlias = Mapping[type[Event], Callable[[Any, Change], None]]
"""What each kind of event does to the rows; one such table stands at the end of each module of events."""


def leave_alone(event: Event, change: Change) -> None:
    """Apply an event that changes no row: the audit line is all there is to it."""
    del event, change


def look_only(event: Any, change: Change) -> None:
    """Apply an event that changes no row but needs its document to be there."""
    change.document(event.document)
