"""How far somebody's eyes reach: which documents a person may open, as a value that every reader obeys.

The policy makes it (`office.policy.reach_of`); lists, search, counts and exports narrow their questions by it
(`registry.reach`), and opening one document asks `covers`. A test holds the two to each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from documents.people import PersonId, UnitId
from documents.record import AssignmentRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What somebody may open (phạm vi xem).

    Attributes:
        person: Whose eyes.
        people: Everybody whose work is theirs to see: themselves and those of the units they lead.
        stands_in_for: Whose work is theirs to see while those are away, unless restricted.
        units: The units whose work is theirs to see.
        everything: Documents of others too, unless restricted.
        restricted: Also documents that carry a secrecy mark, or are sealed.
    """

    person: PersonId
    people: frozenset[PersonId] = frozenset()
    stands_in_for: frozenset[PersonId] = frozenset()
    units: frozenset[UnitId] = frozenset()
    everything: bool = False
    restricted: bool = False

    def covers(self, lines: Iterable[AssignmentRecord], *, restricted: bool) -> bool:
        """Whether a document with these recipient lines may be opened."""
        if self.everything and (self.restricted or not restricted):
            return True
        people = self.people if restricted else self.people | self.stands_in_for
        return any(
            {line.person, line.holder, line.stands_in_for} & people
            or line.unit in self.units
            or self.person in line.handed_by
            for line in lines
        )


ALL = Reach(person=PersonId(""), everything=True, restricted=True)
"""For the machine and the operator at the command line."""
