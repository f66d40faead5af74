"""The audit trail as an operator checks it."""

from __future__ import annotations

from documents.record import Verification
from office.office import Office
from registry.audit import verify


def verify_trail(office: Office, *, expected_head: str | None = None) -> Verification:
    """Walk the whole chain; with a head kept elsewhere, also notice a tail cut off or an older database."""
    with office.view() as view:
        return verify(view, expected_head=expected_head)
