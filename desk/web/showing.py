"""What one document looks like: its fields with their signs, the boxes on its pages, its recipients.

Turns the office's view into values the templates can print without deciding anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desk.web import words
from desk.web.words import Label
from documents.decisions import Question, Role
from documents.page import Box, Source
from documents.people import Duty, Officer, Unit
from documents.reading import ROUTING_FIELDS, FieldName, FieldReading, FieldValue
from documents.record import PageRecord

if TYPE_CHECKING:
    from office.views import DocumentView

CHECKED = Label("Máy đã kiểm", "bolt", "good")
CONFIRMED = Label("Người đã xem", "tick", "good")
DOUBTFUL = Label("Cần xem", "dot", "ask")
LACKING = Label("Còn thiếu", "flag", "bad")
UNCHECKED = Label("Chưa kiểm", "ring", "calm")
ABSENT = Label("Không có", "none", "calm")

FORM_FIELDS = tuple(name for name in FieldName if name in ROUTING_FIELDS)
"""The fields a clerk may change while registering, in the order a person looks at them."""

LISTS = frozenset(
    {FieldName.RECIPIENTS, FieldName.ADDRESSEES, FieldName.REFERENCES, FieldName.ARRIVAL_FORWARDED_TO}
)
"""Fields shown and typed one item a line."""

_EDGE = 0.004
"""Air between a word and its box, as a fraction of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownField:
    """One field as a person sees it.

    `text` is what the form holds (dates day first, lists one item a line); `empty` is what to say when
    there is none. `offers` are other values the machine saw; `question` asks about them.
    """

    name: FieldName
    label: str
    text: str
    empty: str
    sign: Label
    reason: str | None
    evidence: tuple[str, ...]
    source: str
    page: int | None
    is_doubtful: bool
    question: str | None = None
    offers: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """`text` line by line."""
        return self.text.splitlines()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBox:
    """A field's box on a page, in per cent of the page, with a little air around."""

    name: FieldName
    label: str
    tone: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPage:
    """A page picture with its boxes."""

    record: PageRecord
    boxes: tuple[ShownBox, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may get the document; `key` is a person id, or `unit:` and a unit id."""

    key: str
    name: str
    place: str
    times: int = 0
    """How often the written name was taken for them before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientLine:
    """A line of the form "who gets it".

    Either `known` is set, or the clerk says who is meant by the `written` name: one of `candidates`, or
    anybody when there are none. `role` is what is chosen at first.
    """

    key: str
    role: Role | None
    known: Candidate | None = None
    written: str | None = None
    text: str | None = None
    candidates: tuple[Candidate, ...] = ()
    because: tuple[str, ...] = ()


# ── fields ───────────────────────────────────────────────────────────────────────────────────────────────


def show_fields(view: DocumentView) -> tuple[ShownField, ...]:
    """Every field known of the document, in the order a person looks at them."""
    questions = {q.topic: q for q in view.row.record.questions}
    return tuple(
        show_field(view.row.fields[name], questions.get(name))
        for name in FieldName
        if name in view.row.fields
    )


def show_form_fields(view: DocumentView) -> tuple[ShownField, ...]:
    """The fields of the review form, the doubtful ones first; a field never read counts as doubtful."""
    questions = {q.topic: q for q in view.row.record.questions}
    unread = "Máy chưa đọc được ô này."
    shown = [
        show_field(
            view.row.fields.get(name) or FieldReading(name=name, reason=unread),
            questions.get(name),
        )
        for name in FORM_FIELDS
    ]
    return tuple(sorted(shown, key=lambda f: not f.is_doubtful))


def show_field(reading: FieldReading, question: Question | None = None) -> ShownField:
    """One field with its sign, its reason and where it was read."""
    asks_value = question is not None and question.about is None
    return ShownField(
        name=reading.name,
        label=words.FIELD[reading.name],
        text=text_of(reading.value),
        empty=words.WITHOUT.get(reading.name, "không có trên văn bản"),
        sign=sign_of(reading),
        reason=reading.reason,
        evidence=reading.evidence,
        source=words.SOURCE[reading.source] if reading.source else "",
        page=reading.page,
        is_doubtful=not reading.checked and (reading.reason is not None or reading.name in ROUTING_FIELDS),
        question=question.text if question and asks_value else None,
        offers=tuple(text_of(c) for c in question.candidates) if question and asks_value else (),
    )


def sign_of(reading: FieldReading) -> Label:
    """The sign of a field: from checks and people, never from an OCR percentage."""
    if reading.source is Source.PERSON:
        return CONFIRMED
    if reading.checked:
        return CHECKED
    if reading.reason is not None or reading.name in ROUTING_FIELDS:
        return DOUBTFUL if reading.value else LACKING
    return UNCHECKED if reading.value else ABSENT


def text_of(value: FieldValue) -> str:
    """A value as people read and type it: dates day first, lists one item a line."""
    if value is None:
        return ""
    if isinstance(value, str):
        return words.day(value)
    return "\n".join(_item(v) for v in value)


def _item(value: str | Mapping[str, str | None]) -> str:
    if isinstance(value, str):
        return value
    phrase, date = (
        value.get("text") or value.get("phrase") or "",
        value.get("date") or value.get("recurrence"),
    )
    return f"{phrase} ({words.day(date)})" if date else phrase


# ── boxes ────────────────────────────────────────────────────────────────────────────────────────────────


def show_pages(view: DocumentView) -> tuple[ShownPage, ...]:
    """The page pictures with the boxes of the fields that stand on them."""
    readings = [r for r in view.row.fields.values() if r.box is not None]
    return tuple(
        ShownPage(
            record=page,
            boxes=tuple(_box(r, r.box) for r in readings if r.box is not None and r.page == page.number),
        )
        for page in view.pages
    )


def _box(reading: FieldReading, box: Box) -> ShownBox:
    left, top = max(box.x0 - _EDGE, 0.0), max(box.y0 - _EDGE, 0.0)
    right, bottom = min(box.x1 + _EDGE, 1.0), min(box.y1 + _EDGE, 1.0)
    return ShownBox(
        name=reading.name,
        label=words.FIELD[reading.name],
        tone=sign_of(reading).tone,
        x=_percent(left),
        y=_percent(top),
        width=_percent(right - left),
        height=_percent(bottom - top),
    )


def _percent(fraction: float) -> str:
    return f"{fraction * 100:.2f}%"


# ── recipients ───────────────────────────────────────────────────────────────────────────────────────────


def show_recipients(view: DocumentView) -> tuple[RecipientLine, ...]:
    """The lines of "who gets it": what is proposed, then each written name that must be asked."""
    record = view.row.record
    everyone = everybody(view.people, view.units)
    lines = [
        RecipientLine(
            key=key,
            role=a.role,
            known=everyone.get(key) or Candidate(key=key, name=view.names.get(_bare(key), key), place=""),
            because=tuple(b.text for b in a.because),
        )
        for a in record.proposal
        if (key := key_of(a.person, a.unit))
    ]
    lines.extend(
        _asked(q, everyone, view.names, view.choices.get(q.about, {})) for q in record.questions if q.about
    )
    return tuple(lines)


def lead_question(view: DocumentView) -> str | None:
    """What is asked about the lead, if anything."""
    return next((q.text for q in view.row.record.questions if q.topic == "lead" and not q.about), None)


def workers(people: Iterable[Officer]) -> tuple[Officer, ...]:
    """Those to whom work may be given: whoever only watches could do nothing with it."""
    return tuple(person for person in people if person.duty is not Duty.SUPERVISOR)


def everybody(people: Iterable[Officer], units: Sequence[Unit]) -> dict[str, Candidate]:
    """All who may get a document, by key; people first."""
    unit_names = {unit.id: unit.name for unit in units}
    found = [
        Candidate(
            key=str(p.id),
            name=p.name,
            place=", ".join(t for t in (p.title, unit_names.get(p.unit) if p.unit else None) if t),
        )
        for p in people
    ]
    found.extend(Candidate(key=f"unit:{u.id}", name=u.name, place="đơn vị") for u in units)
    return {c.key: c for c in found}


def _asked(
    question: Question,
    everyone: Mapping[str, Candidate],
    names: Mapping[str, str],
    chosen: Mapping[str, int],
) -> RecipientLine:
    return RecipientLine(
        key=f"ten.{question.about}",
        role=Role.SUPPORT,
        written=question.about,
        text=question.text,
        candidates=tuple(
            replace(
                everyone.get(c) or Candidate(key=c, name=names.get(_bare(c), c), place=""),
                times=chosen.get(c, 0),
            )
            for c in question.candidates
        ),
    )


def key_of(person: str | None, unit: str | None) -> str:
    """How a form names a person or a unit."""
    return str(person) if person else f"unit:{unit}" if unit else ""


def _bare(key: str) -> str:
    return key.removeprefix("unit:")
