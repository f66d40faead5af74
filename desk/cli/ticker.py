"""What becomes of the documents, a line each, for whoever watches the terminal."""

from __future__ import annotations

from desk.cli.speech import tell
from desk.cli.wording import describe
from documents.status import DocumentId, Status
from office.office import Office

_ON_THE_WAY = frozenset({Status.WAITING, Status.READING})
MOST = 200
"""Newest documents looked at; a demo has fewer."""


class Ticker:
    """Tells once of every document that reached a state where it rests."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._told: dict[DocumentId, Status] = {}

    def __call__(self) -> None:
        """Tell what is new since the last call."""
        with self._office.view() as view:
            for record in reversed(view.documents(None, MOST)):
                if record.status in _ON_THE_WAY or self._told.get(record.id) is record.status:
                    continue
                self._told[record.id] = record.status
                tell("  {told}", told=describe(record))
