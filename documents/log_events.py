"""What happens to the audit itself, apart from its growing."""

from __future__ import annotations

from dataclasses import dataclass

from documents.events import Event
from documents.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class LogVerified(Event):
    """A person had the whole chain checked.

    Attributes:
        by: Who.
        whole: Whether every line followed from the one before, and the rows agreed.
        count: How many lines stood.
        head: Hash of the last good line.
        first_wrong: The first wrong line.
        kept: A head that somebody had kept outside and compared, `1234:9f3a41c0`, as they typed it.
    """

    by: PersonId
    whole: bool
    count: int
    head: str
    first_wrong: int | None = None
    kept: str | None = None
