"""What people corrected of what the machine read, told from the audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from documents.reading import FieldName
from documents.status import DocumentId

RECIPIENTS = "assignees"
"""Named beside the fields: who gets the document, where the machine proposed others."""
_FOLLOWS = FieldName.ISSUER_AGENCY.value
"""Looked up anew by itself when the issuer is typed: no correction of its own."""


@dataclass(slots=True)
class _Document:
    read: dict[str, Any] = field(default_factory=dict)
    proposal: frozenset[Any] | None = None
    is_confirmed: bool = False
    corrected: set[str] = field(default_factory=set)


def count_corrections(
    told: Iterable[tuple[DocumentId, str, Mapping[str, Any]]],
) -> dict[DocumentId, frozenset[str]]:
    """Of every document that a person confirmed, the fields whose value they changed; empty when none.

    Args:
        told: Document, event and payload, in the order of the audit.
    """
    found: dict[DocumentId, _Document] = {}
    for document, event, payload in told:
        known = found.setdefault(document, _Document())
        if event in ("DocumentRead", "FullTextRead"):
            fields = (payload.get("reading") or {}).get("fields", {})
            if not known.is_confirmed:
                known.read |= {name: row.get("value") for name, row in fields.items()}
        elif event == "ReviewAsked":
            known.proposal = _whom(payload.get("proposal", ()))
        elif event == "FieldsConfirmed":
            _confirm(known, payload.get("values", {}))
        elif event == "DocumentAssigned" and known.is_confirmed:
            if known.proposal and known.proposal != _whom(payload.get("assignees", ())):
                known.corrected.add(RECIPIENTS)
            known.proposal = None
    return {document: frozenset(one.corrected) for document, one in found.items() if one.is_confirmed}


def _confirm(known: _Document, values: Mapping[str, Any]) -> None:
    known.is_confirmed = True
    for name, value in values.items():
        if name != _FOLLOWS and (known.read.get(name) or None) != (value or None):
            known.corrected.add(name)
    known.read |= values


def _whom(assignees: Iterable[Mapping[str, Any]]) -> frozenset[Any]:
    return frozenset((one.get("person"), one.get("unit"), one.get("role")) for one in assignees)
