"""A reading: every field with its value, its place on the paper, what was checked and what is in doubt.

The names are those of the command contract (`read --json`); see docs/glossary.md for the Vietnamese terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from documents.page import Box, Source

FieldValue: TypeAlias = str | list[str] | list[dict[str, str | None]] | None
"""Text as printed; dates ISO 8601; lists as lists; deadlines as `{"phrase", "date" | "recurrence"}`."""


class FieldName(StrEnum):
    """The fields of an incoming document, in the order a person looks at them."""

    NUMBER_SYMBOL = "number_symbol"
    DATE = "date"
    PLACE = "place"
    ISSUER = "issuer"
    ISSUER_PARENT = "issuer_parent"
    ISSUER_AGENCY = "issuer_agency"
    DOC_TYPE = "doc_type"
    SUBJECT = "subject"
    SIGNER_NAME = "signer_name"
    SIGNER_TITLE = "signer_title"
    SIGNER_AUTHORITY = "signer_authority"
    URGENCY = "urgency"
    SECRECY = "secrecy"
    RECIPIENTS = "recipients"
    ADDRESSEES = "addressees"
    REFERENCES = "references"
    DEADLINES = "deadlines"
    MEETING_TIME = "meeting_time"
    OUR_PART = "our_part"
    ARRIVAL_AGENCY = "arrival_agency"
    ARRIVAL_NUMBER = "arrival_number"
    ARRIVAL_DATE = "arrival_date"
    ARRIVAL_FORWARDED_TO = "arrival_forwarded_to"


ROUTING_FIELDS = frozenset(
    {
        FieldName.NUMBER_SYMBOL,
        FieldName.DATE,
        FieldName.ISSUER,
        FieldName.DOC_TYPE,
        FieldName.SUBJECT,
        FieldName.URGENCY,
        FieldName.SECRECY,
        FieldName.ARRIVAL_NUMBER,
        FieldName.ARRIVAL_DATE,
        FieldName.ARRIVAL_FORWARDED_TO,
    }
)
"""What must be checked before a document may be registered and passed on without a person."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value and the place where it is printed."""

    value: FieldValue
    page: int | None = None
    box: Box | None = None
    source: Source = Source.OCR


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReading:
    """What is known of one field.

    `checked` means that independent evidence agrees; `evidence` names it, one Vietnamese sentence each.
    When not checked, `reason` says in one Vietnamese sentence why a person should look; it is None for a
    field that is simply not on the paper and need not be.
    """

    name: FieldName
    value: FieldValue = None
    checked: bool = False
    reason: str | None = None
    page: int | None = None
    box: Box | None = None
    source: Source | None = None
    evidence: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The object of the command contract."""
        return {
            "value": self.value,
            "checked": self.checked,
            "page": self.page,
            "box": self.box.as_list() if self.box else None,
            "source": self.source.value if self.source else None,
            "reason": self.reason,
            "evidence": list(self.evidence),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyChain:
    """The issuer's entry in the directory of agencies and the bodies above it, nearest first.

    `is_whole`: nothing that a rule may name stands above the last one; False when the body above is not
    known. `by_paper`: a body above was taken from the line printed over the issuer.
    """

    agencies: tuple[str, ...]
    is_whole: bool
    by_paper: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All fields of one document, each name exactly once.

    `doubts` are Vietnamese sentences about the paper as a whole: two documents in one file, pages missing.
    `chain` is what the directory of agencies says of the issuer; None where nobody has asked it.
    """

    fields: Mapping[FieldName, FieldReading]
    doubts: tuple[str, ...] = ()
    chain: AgencyChain | None = None

    def __getitem__(self, name: FieldName) -> FieldReading:
        return self.fields[name]

    def __iter__(self) -> Iterator[FieldReading]:
        return (self.fields[name] for name in FieldName if name in self.fields)

    def value(self, name: FieldName) -> FieldValue:
        """The value of a field, None when it is not on the paper or not read."""
        reading = self.fields.get(name)
        return reading.value if reading else None

    @property
    def review_reasons(self) -> tuple[str, ...]:
        """Why a person must look: doubts about the whole paper, then a sentence a routing field.

        Empty when the paper is whole and every routing field is checked.

        A routing field that nobody looked for is a reason too: its absence proves nothing.
        """
        needed = [name for name in FieldName if name in ROUTING_FIELDS]
        unsure = [
            self.fields[name].reason or "Có ô chưa kiểm được."
            for name in needed
            if name in self.fields and not self.fields[name].checked
        ]
        unread = any(name not in self.fields for name in needed)
        return (*self.doubts, *unsure, *(("Có ô máy chưa đọc tới.",) if unread else ()))

    @property
    def needs_review(self) -> bool:
        """True unless the paper is whole and every routing field is checked."""
        return bool(self.review_reasons)


def reading_as_json(reading: Reading) -> dict[str, Any]:
    """`needs_review`, `review_reasons`, `doubts` and `fields` of the command contract."""
    return {
        "needs_review": reading.needs_review,
        "review_reasons": list(reading.review_reasons),
        "doubts": list(reading.doubts),
        "fields": {f.name.value: f.as_json() for f in reading},
    }


def field_from_json(name: str, row: Mapping[str, Any]) -> FieldReading:
    """Rebuild a field from `FieldReading.as_json`."""
    return FieldReading(
        name=FieldName(name),
        value=row["value"],
        checked=bool(row["checked"]),
        reason=row.get("reason"),
        page=row.get("page"),
        box=Box(*row["box"]) if row.get("box") else None,
        source=Source(row["source"]) if row.get("source") else None,
        evidence=tuple(row.get("evidence", ())),
    )
