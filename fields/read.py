"""From words to fields: find everything on the paper, say where to look again, check what was found.

The office calls three functions in this order:

1. `find_fields(paper, agencies)`: every field of the paper with its place; nothing is believed yet.
2. `list_second_looks(findings)`: places that a second reader should read again (`ocr.again`); their answers
come back.
3. `check_fields(findings, answers, circumstances)`: each field *checked* with its evidence, or *to be seen*
with one
   Vietnamese sentence that says why.

A field is checked only when independent evidence agrees: the directory, the notation, a second reader, the
file's own text, the book. Engine percentages alone never check anything. A field that is rightly absent is
checked with no value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from documents.looks import SecondLook, SecondReading
from documents.page import Paper
from documents.reading import FieldName, FieldReading, Found, Reading
from documents.text import fold
from fields.addressees import check_addressees, find_addressees, list_addressee_looks
from fields.agencies import AgencyDirectory
from fields.arrival import (
    ArrivalFinding,
    arrival_day,
    check_arrival,
    find_arrival,
    list_arrival_looks,
    list_stamp_rows,
)
from fields.circumstances import Circumstances
from fields.date import DateFinding, check_date, find_date, issued_day, list_date_looks
from fields.deadlines import DeadlineFinding, check_deadlines, find_deadlines, list_deadline_looks
from fields.doc_type import TypeFinding, check_type, find_type, type_by_notation
from fields.framed_marks import FramedMark, find_framed_marks
from fields.issuer import (
    IssuerFinding,
    bears_letters,
    check_agency,
    check_issuer,
    check_parent,
    find_issuer,
    infer_issuer,
    is_joint,
    list_issuer_looks,
)
from fields.layer import page_source
from fields.layout import Layout, find_layout
from fields.meeting import MeetingFinding, check_meeting, find_meeting, list_meeting_looks
from fields.number import NumberFinding, check_number, find_number, list_number_looks
from fields.our_names import our_names
from fields.our_part import check_our_part, find_duties
from fields.pieces import Piece, list_pieces
from fields.place import check_place, find_place
from fields.recipient_rows import check_recipients, list_recipient_looks
from fields.recipients import find_recipients
from fields.references import check_references, find_references
from fields.secrecy import check_secrecy
from fields.signer import SignerFinding, find_signer
from fields.signer_check import check_signer, list_signer_looks
from fields.subject import SubjectFinding, check_subject, find_subject, list_subject_looks
from fields.urgency import check_urgency
from fields.whole_paper import find_doubts


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything found on one paper, with what the checks need besides the values."""

    paper: Paper
    layout: Layout
    number: NumberFinding | None
    date: DateFinding | None
    place: Found | None
    issuer: IssuerFinding | None
    doc_type: TypeFinding | None
    subject: SubjectFinding | None
    arrival: ArrivalFinding
    recipients: Found | None
    references: Found | None
    signer: SignerFinding
    addressees: Found | None
    deadlines: DeadlineFinding | None
    meeting: MeetingFinding | None
    marks: tuple[FramedMark, ...]
    pieces: tuple[Piece, ...] = ()

    @property
    def head_seen(self) -> bool:
        """Whether the head of page 1 was found: its national line and its number or date."""
        head = self.layout.head
        return bool(head.nation) and (head.number is not None or head.date is not None)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of the document's notation."""
        return self.number.groups if self.number else ()

    @property
    def type_name(self) -> str | None:
        """The type by the layout; by the notation only where the layout is silent."""
        return self.doc_type.name if self.doc_type else None

    @property
    def place_name(self) -> str | None:
        """The place as text."""
        return str(self.place.value) if self.place else None


def find_fields(paper: Paper, agencies: AgencyDirectory) -> Findings:
    """Return every field found on `paper`; those that need a directory lean on `agencies`."""
    first_page = paper.page(1)
    layout = find_layout(paper, list_stamp_rows(first_page) if first_page else ())
    date = find_date(paper, layout)
    day = date.day if date and not date.is_in_a_sentence else None
    place = find_place(layout, agencies)
    told = find_type(layout)
    number = find_number(paper, layout, type_name=told.name if told else None)
    issuer = _find_issuer(layout, agencies, day, number, place)
    number = find_number(
        paper,
        layout,
        type_name=told.name if told else None,
        abbreviations=issuer.abbreviations if issuer else frozenset(),
    )
    by_notation = type_by_notation(number.groups if number else ())
    return Findings(
        paper=paper,
        layout=layout,
        number=number,
        date=date,
        place=place,
        issuer=issuer,
        doc_type=told or by_notation,
        subject=find_subject(paper, layout),
        arrival=find_arrival(paper),
        recipients=find_recipients(layout, page_source(paper)),
        references=find_references(layout, own=_own_reference(number), source=page_source(paper)),
        signer=find_signer(paper, layout),
        addressees=find_addressees(layout, page_source(paper)),
        deadlines=find_deadlines(layout, issued=day, source=page_source(paper)),
        meeting=find_meeting(
            layout,
            is_invitation=_is_invitation(told or by_notation),
            issued=day,
            source=page_source(paper),
        ),
        marks=find_framed_marks(paper),
        # Of a part of the paper nothing is said about what it asks of whom.
        pieces=list_pieces(layout) if len(paper.pages) == paper.page_count else (),
    )


def list_second_looks(findings: Findings) -> tuple[SecondLook, ...]:
    """Return where a second reader should look, the number first."""
    return (
        *list_number_looks(findings.number),
        *list_date_looks(findings.date),
        *list_issuer_looks(findings.issuer),
        *list_subject_looks(findings.subject),
        *list_arrival_looks(findings.arrival),
        *list_signer_looks(findings.signer),
        *list_recipient_looks(findings.layout, findings.recipients),
        *list_addressee_looks(findings.addressees),
        *list_deadline_looks(findings.deadlines),
        *list_meeting_looks(findings.meeting, source=page_source(findings.paper)),
    )


def check_fields(
    findings: Findings, answers: Sequence[SecondReading], circumstances: Circumstances
) -> Reading:
    """Return the reading: every field once, checked or with the reason why a person should look."""
    issued = issued_day(findings.date, answers)
    all_pages = len(findings.paper.pages) == findings.paper.page_count
    head = _check_head(findings, answers, circumstances)
    read = (
        *head,
        check_urgency(findings.marks, head_seen=findings.head_seen),
        check_secrecy(findings.marks, head_seen=findings.head_seen),
        *check_arrival(findings.arrival, answers, circumstances, issued=issued),
        *check_signer(findings.signer, answers, _signed_before(head, circumstances)),
        check_recipients(findings.recipients, answers),
        check_deadlines(
            findings.deadlines,
            answers,
            issued=_checked_day(head),
            all_pages=all_pages and findings.head_seen,
            is_legible="photo_too_small" not in findings.paper.flags,
        ),
        check_meeting(
            findings.meeting,
            answers,
            is_invitation=_is_invitation(findings.doc_type),
            source=page_source(findings.paper),
        ),
        _check_our_part(
            findings,
            circumstances,
            issuer=next(field for field in head if field.name is FieldName.ISSUER),
            all_pages=all_pages,
        ),
        check_addressees(findings.addressees, answers, is_letter=findings.type_name == "Công văn"),
        check_references(findings.references, all_pages=all_pages),
    )
    doubts = find_doubts(findings.paper, findings.layout, findings.signer)
    return Reading({field.name: field for field in read}, doubts)


def _check_our_part(
    findings: Findings, circumstances: Circumstances, *, issuer: FieldReading, all_pages: bool
) -> FieldReading:
    names = circumstances.office_names
    ours = our_names(
        names,
        (unit.name for unit in circumstances.staff.units),
        is_own_paper=isinstance(issuer.value, str) and fold(issuer.value) in map(fold, names),
    )
    issued = findings.date.day if findings.date else None
    duties = find_duties(findings.pieces, ours, issued=issued) if ours and all_pages else None
    return check_our_part(duties, source=page_source(findings.paper))


def _find_issuer(
    layout: Layout,
    agencies: AgencyDirectory,
    day: dt.date | None,
    number: NumberFinding | None,
    place: Found | None,
) -> IssuerFinding | None:
    title = layout.head.title.text if layout.head.title else None
    where = str(place.value) if place else None
    joint = is_joint(number.notation if number else None, title)
    printed = find_issuer(layout, agencies, on=day, joint=joint, place=where)
    if printed or number is None:
        return printed
    return infer_issuer(layout, number.groups, where, agencies, on=day)


def _check_head(
    findings: Findings, answers: Sequence[SecondReading], circumstances: Circumstances
) -> tuple[FieldReading, ...]:
    directory = circumstances.agencies
    issuer = check_issuer(
        findings.issuer, findings.groups, findings.place_name, directory, findings.paper.signatures, answers
    )
    return (
        check_number(
            findings.number,
            answers,
            type_name=_layout_type(findings),
            issuer_agrees=_issuer_agrees(findings),
            abbreviations=findings.issuer.abbreviations if findings.issuer else (),
        ),
        check_date(
            findings.date, answers, circumstances, arrival=_arrival_day(findings, answers, circumstances)
        ),
        check_place(findings.place, _agency_name(findings), directory, parent=_parent_name(findings)),
        issuer,
        check_parent(findings.issuer, issuer, directory),
        check_agency(findings.issuer, issuer),
        check_type(findings.doc_type, findings.groups),
        check_subject(
            findings.subject, answers, title_seen=findings.layout.head.title is not None, issuer=issuer
        ),
    )


def _signed_before(head: Sequence[FieldReading], circumstances: Circumstances) -> tuple[str, ...]:
    agency = next(field for field in head if field.name is FieldName.ISSUER_AGENCY)
    return circumstances.signers_of(agency.value) if agency.checked and isinstance(agency.value, str) else ()


def _checked_day(head: Sequence[FieldReading]) -> dt.date | None:
    date = next(field for field in head if field.name is FieldName.DATE)
    return dt.date.fromisoformat(str(date.value)) if date.checked and date.value else None


def _arrival_day(
    findings: Findings, answers: Sequence[SecondReading], circumstances: Circumstances
) -> dt.date | None:
    issued = issued_day(findings.date, answers)
    return arrival_day(findings.arrival, circumstances.office_names, issued=issued)


def _own_reference(number: NumberFinding | None) -> str | None:
    reference = number.with_number(number.number) if number else None
    return reference.registered if reference else None


def _is_invitation(found: TypeFinding | None) -> bool:
    return found is not None and found.name == "Giấy mời"


def _layout_type(findings: Findings) -> str | None:
    told = findings.doc_type
    return told.name if told and told.told_by != "notation" else None


def _issuer_agrees(findings: Findings) -> bool:
    issuer = findings.issuer
    if issuer is None or not issuer.bodies:
        return False
    pairs = zip(issuer.bodies, issuer.matches, strict=True)
    return all(bears_letters(findings.groups, body, match) for body, match in pairs)


def _agency_name(findings: Findings) -> str | None:
    """The issuer's full name by the directory; none for one that was inferred, partly from the place."""
    issuer = findings.issuer
    agency = issuer.agency if issuer and not issuer.inferred_from else None
    return str(agency.value) if agency else None


def _parent_name(findings: Findings) -> str | None:
    parent = findings.issuer.parent if findings.issuer else None
    return str(parent.value) if parent else None
