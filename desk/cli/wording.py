"""A document and its steps in one line for a terminal, in the chosen language.

Labels and states are translated; what was written about a paper (evidence, reasons, names) stays as it was
written, in Vietnamese.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from desk.cli import speech
from desk.cli.speech import tr
from desk.web import told
from documents.record import AuditLine, DocumentRecord
from documents.text import visible
from documents.wording import STATUS_LABELS
from office.office import CIVIL_TIME

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def describe(record: DocumentRecord) -> str:
    """A document in one short line: number or id, state, file, moment of receipt."""
    name = record.entry.name if record.entry else record.id
    when = record.received_at.astimezone(CIVIL_TIME)
    return (
        f"{name} · {tr(STATUS_LABELS[record.status])} · {visible(record.file_name)} · {when:%d/%m/%Y %H:%M}"
    )


def tell_step(line: AuditLine, names: Mapping[str, str]) -> str:
    """One line of the history: who did what; in English the kind of the event (`Document registered`)."""
    if speech.language() == "en":
        return f"{_HUMP.sub(' ', line.event).capitalize()} ({names.get(line.actor, line.actor)})"
    step = told.tell_line(line, names)
    return f"{step.who}: {visible(step.text)}"
