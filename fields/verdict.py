"""A field's outcome: checked with its evidence, or to be seen with its reason. One place builds both."""

from __future__ import annotations

from documents.reading import FieldName, FieldReading, Found


def checked(name: FieldName, found: Found | None, *evidence: str) -> FieldReading:
    """Return `found` as checked; `evidence` says what agrees. None: the field is rightly absent."""
    return _reading(name, found, checked=True, reason=None, evidence=evidence)


def doubted(name: FieldName, found: Found | None, reason: str, *evidence: str) -> FieldReading:
    """Return `found` as to be seen by a person, with `reason` in one sentence and the evidence there is."""
    return _reading(name, found, checked=False, reason=reason, evidence=evidence)


def _reading(
    name: FieldName, found: Found | None, *, checked: bool, reason: str | None, evidence: tuple[str, ...]
) -> FieldReading:
    return FieldReading(
        name=name,
        value=found.value if found else None,
        checked=checked,
        reason=reason,
        page=found.page if found else None,
        box=found.box if found else None,
        source=found.source if found else None,
        evidence=evidence,
    )
