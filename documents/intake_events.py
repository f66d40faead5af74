"""What people do at the door of the office, before a file is a document."""

from __future__ import annotations

from dataclasses import dataclass

from documents.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FileUploaded(Event):
    """A person laid a file into the intake folder from the desk; the actor of the audit line is who.

    The document that a sweep makes of it has the same bytes: `sha256` ties both together.
    """

    name: str
    size: int
    sha256: str
