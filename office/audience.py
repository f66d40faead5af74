"""Who is told of a deadline or of a delay: those serving today, by what they are to the line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from documents.absence import Delegation
from documents.people import Directory, Duty, PersonId
from documents.record import AssignmentRecord
from documents.status import DocumentId
from documents.tasks import TaskRecord
from office.absence import head_of, matter_of, stand_in_of
from registry.view import View
from rules.reminders import Rung, Tier, reaches

Audience = dict[Tier, tuple[PersonId, ...]]


def audience_for(
    view: View,
    document: DocumentId,
    work: AssignmentRecord | TaskRecord,
    delegations: Sequence[Delegation],
    today: dt.date,
) -> Audience:
    """The people of each tier, with whoever stands in for a head or leader who is away beside them.

    A line of somebody who is away has moved to who stands in; a task has not, so both are told of it. Work
    that nobody serving holds is the unit head's, and without one the clerks': untold, it would wait for ever.
    Where no leader serves, the clerks are told in their place.
    """
    directory = view.directory()
    serving = {person.id: person for person in directory.active(today)}
    holder = serving.get(work.holder) if work.holder else None
    given_to = work.unit if isinstance(work, AssignmentRecord) else None
    unit = given_to or (holder.unit if holder else None)
    head = head_of(directory, unit, today)
    clerks = on_duty(directory, Duty.CLERK, today) or on_duty(directory, Duty.ADMIN, today)
    holders = (holder.id,) if holder else (head,) if head else clerks
    heads: tuple[PersonId, ...] = (head,) if head and head not in holders else ()
    leaders = on_duty(directory, Duty.LEADER, today) or clerks
    if delegations:
        matter = matter_of(view, document, given_to)

        def beside(people: tuple[PersonId, ...]) -> tuple[PersonId, ...]:
            found = (stand_in_of(one, matter, delegations, directory, today) for one in people)
            return (*people, *(one.taker for one in found if one))

        heads, leaders = beside(heads), beside(leaders)
        if isinstance(work, TaskRecord):
            holders = beside(holders)
    return {Tier.HOLDER: holders, Tier.HEAD: heads, Tier.LEADER: leaders}


def told_at(rung: Rung, audience: Audience) -> frozenset[PersonId]:
    """Everybody whom that rung reaches."""
    return frozenset(person for tier, people in audience.items() if reaches(rung, tier) for person in people)


def everybody(audience: Audience) -> tuple[PersonId, ...]:
    """All of an audience, each once, the nearest to the work first."""
    return tuple(dict.fromkeys(person for people in audience.values() for person in people))


def told_of_delay(directory: Directory, today: dt.date) -> tuple[PersonId, ...]:
    """Who is told that the law's own limit has passed: the clerks and the chief of their office.

    The chief is the head of the unit in which the clerks serve; where there is none, the leaders are told.
    """
    clerks = on_duty(directory, Duty.CLERK, today) or on_duty(directory, Duty.ADMIN, today)
    serving = {person.id: person for person in directory.active(today)}
    units = dict.fromkeys(serving[person].unit for person in clerks)
    chiefs = [head for unit in units if (head := head_of(directory, unit, today))]
    return tuple(dict.fromkeys((*clerks, *(chiefs or on_duty(directory, Duty.LEADER, today)))))


def on_duty(directory: Directory, duty: Duty, today: dt.date) -> tuple[PersonId, ...]:
    """Everybody serving today with that duty."""
    return tuple(person.id for person in directory.active(today) if person.duty is duty)
