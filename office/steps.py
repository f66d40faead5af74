"""Steps of work by name, as both doors offer them: which a person may take now, and taking one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from documents.absence import Delegation, Matter
from documents.errors import LineChanged
from documents.lines import LineNumber, LineState
from documents.people import Officer
from documents.record import AssignmentRecord
from documents.status import DocumentId
from documents.work import (
    STATES_BEFORE,
    ExtensionAsked,
    ExtensionGranted,
    ExtensionRefused,
    LineAccepted,
    LineEvent,
    LineFinished,
    LineHandedOn,
    LineReassigned,
    LineReopened,
    LineReturned,
    ProgressReported,
)
from office import extensions, lines
from office.absence import matter_of
from office.lines import OnLine, seen_of
from office.office import Office
from office.phrase import Phrase
from office.policy import Act, may, units_led_by
from office.reassign import reassign
from office.typed import parse_day
from registry.absence import load_delegations
from registry.view import View


class StepName(StrEnum):
    """A step of work, by the name that both doors call it."""

    ACCEPT = "accept"
    HAND_ON = "hand-on"
    RETURN = "return"
    EXTEND = "extend"
    GRANT = "grant"
    REFUSE = "refuse"
    PROGRESS = "progress"
    FINISH = "finish"
    REOPEN = "reopen"
    REASSIGN = "reassign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person says with a step, as typed; each step takes what it needs.

    Attributes:
        to: A person's id, or `unit:` and a unit's.
        text: The reason, direction, note or result.
        due: A day as typed; empty for none.
        reply: Number of the reply.
        sure: The token of the doubts (`NotSure.token`) that the person has seen and insists on.
    """

    to: str = ""
    text: str = ""
    due: str = ""
    reply: str = ""
    sure: str | None = None

    @property
    def day(self) -> dt.date | None:
        """The day; raises BadDate when it is none."""
        return parse_day(self.due) if self.due.strip() else None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a person may do with a line just now, and what they saw of it."""

    seen: str
    steps: frozenset[StepName]


_Take = Callable[[Office, OnLine, Said, dt.datetime], None]
_STEPS: dict[StepName, tuple[Act, type[LineEvent], _Take]] = {
    StepName.ACCEPT: (Act.ACCEPT, LineAccepted, lambda o, x, _, now: lines.accept(o, x, now=now)),
    StepName.HAND_ON: (
        Act.HAND_ON,
        LineHandedOn,
        lambda o, x, s, now: lines.hand_on(o, x, to=s.to, direction=s.text, due=s.day, now=now),
    ),
    StepName.RETURN: (
        Act.RETURN,
        LineReturned,
        lambda o, x, s, now: lines.give_back(o, x, reason=s.text, now=now),
    ),
    StepName.EXTEND: (
        Act.ASK_EXTENSION,
        ExtensionAsked,
        lambda o, x, s, now: extensions.ask_extension(o, x, wanted=s.day, reason=s.text, now=now),
    ),
    StepName.GRANT: (
        Act.ANSWER_EXTENSION,
        ExtensionGranted,
        lambda o, x, s, now: extensions.grant_extension(o, x, due=s.day, reason=s.text, sure=s.sure, now=now),
    ),
    StepName.REFUSE: (
        Act.ANSWER_EXTENSION,
        ExtensionRefused,
        lambda o, x, s, now: extensions.refuse_extension(o, x, reason=s.text, now=now),
    ),
    StepName.PROGRESS: (
        Act.REPORT,
        ProgressReported,
        lambda o, x, s, now: lines.report_progress(o, x, note=s.text, now=now),
    ),
    StepName.FINISH: (
        Act.FINISH,
        LineFinished,
        lambda o, x, s, now: lines.finish(o, x, result=s.text, reply=s.reply, now=now),
    ),
    StepName.REOPEN: (
        Act.REOPEN,
        LineReopened,
        lambda o, x, s, now: lines.reopen(o, x, reason=s.text, now=now),
    ),
    StepName.REASSIGN: (
        Act.REASSIGN,
        LineReassigned,
        lambda o, x, s, now: reassign(o, x, to=s.to, reason=s.text, now=now),
    ),
}


def take_step(office: Office, name: StepName, on: OnLine, said: Said, *, now: dt.datetime) -> None:
    """Take a step of work; see `office.lines`, `office.extensions` and `office.reassign`.

    Raises:
        LineChanged, NotAllowed, WordsMissing, TextTooLong, BadDate, BadDue, BadTaker, NotSure.
    """
    _STEPS[name][2](office, on, said, now)


def offers(view: View, document: DocumentId, person: Officer, *, on: dt.date) -> Mapping[LineNumber, Offer]:
    """What a person may do with each line of a document just now."""
    delegations = load_delegations(view, on)
    return {
        line.line: Offer(seen_of(line), steps_on(view, document, line, person, delegations, on=on))
        for line in view.assignments(document)
    }


def steps_on(
    view: View,
    document: DocumentId,
    line: AssignmentRecord,
    person: Officer,
    delegations: Sequence[Delegation],
    *,
    on: dt.date,
) -> frozenset[StepName]:
    """The steps a person may take on a line in its present state."""
    directory = view.directory()
    led = units_led_by(person, directory)
    matter = matter_of(view, document, line.unit) if delegations else Matter(unit=line.unit)
    somebody = next((p for p in directory.active(on) if p.unit in led and p.id != person.id), None)
    found = set()
    for name, (act, event, _) in _STEPS.items():
        if line.state not in STATES_BEFORE[event] or (name is StepName.REFUSE and line.asked_due is None):
            continue
        verdict = may(
            person,
            act,
            directory=directory,
            on=on,
            line=line,
            to=somebody if act is Act.REASSIGN else None,
            delegations=delegations,
            matter=matter,
        )
        if verdict.refusal is None:
            found.add(name)
    if line.due is None:
        found.discard(StepName.EXTEND)
    return frozenset(found)


def find_line(
    view: View, document: DocumentId, person: Officer, name: StepName, number: int | None, *, on: dt.date
) -> OnLine:
    """The line a person means by a step on a document: that number, else the one on which they may take it.

    Of several the one they hold, then one for which something is asked, then the one that leads.

    Raises:
        LineChanged: the document has no line, or none of that number.
    """
    known = view.assignments(document)
    if number is not None:
        known = tuple(line for line in known if line.line == number)
    if not known:
        raise LineChanged(now=Phrase("không còn ở văn bản này"))
    possible = offers(view, document, person, on=on)

    def rank(line: AssignmentRecord) -> tuple[bool, ...]:
        return (
            name not in possible[line.line].steps,
            line.holder != person.id or line.state in {LineState.INFORM, LineState.READ},
            line.asked_due is None,
        )

    best = min(known, key=rank)
    return OnLine(document=document, line=best.line, by=person, seen=seen_of(best))
