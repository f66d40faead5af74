"""What the digital signatures of a PDF are worth: who, when, and whether the file is still as signed.

Verified offline: nothing is fetched, no authority is asked, and none is trusted here, for no Vietnamese
root is supplied. So *intact* means that the signed bytes and the signature fit each other and the certificate
it carries; whose certificate that is must be known otherwise. Often the last signer is only the portal that
published the file.

Source: ISO 32000-2, 12.8; ETSI EN 319 142-1 (PAdES).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents.page import SignaturePanel
from documents.text import nfc

if TYPE_CHECKING:
    from pyhanko.sign.validation import EmbeddedPdfSignature

MOST_SIGNATURES = 20
"""More are not looked at: a file made to keep a reader busy."""


def verify_signatures(path: Path) -> tuple[SignaturePanel, ...]:
    """Return what each signature of the PDF says, in the order they were made, with `intact` set.

    A signature that cannot be verified (unknown algorithm, broken structure) has `intact` None; a file whose
    signatures cannot even be listed has none.
    """
    facts = path.stat()
    return _verified(path, facts.st_ino, facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=2)
def _verified(path: Path, _ino: int, _mtime_ns: int, _size: int) -> tuple[SignaturePanel, ...]:
    """As `verify_signatures`, kept for the next reading of the same file by the numbers that tell it is."""
    # Its import costs half a second; most files bear no signature.
    from pyhanko.pdf_utils.reader import PdfFileReader

    # It warns of every oddity of other people's files; what matters is in the answer.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    with path.open("rb") as file:
        try:
            signatures = list(PdfFileReader(file, strict=False).embedded_signatures)[:MOST_SIGNATURES]
        except Exception:
            # Whatever a damaged or hostile file makes the parser raise: then nothing is known.
            return ()
        return tuple(_verify_all(signatures))


def _verify_all(signatures: list[EmbeddedPdfSignature]) -> Iterator[SignaturePanel]:
    for signature in signatures:
        try:
            yield _panel(signature)
        except Exception:
            yield SignaturePanel(None, None)


def _panel(signature: EmbeddedPdfSignature) -> SignaturePanel:
    subject: dict[str, Any] = signature.signer_cert.subject.native
    moment = signature.self_reported_timestamp
    return SignaturePanel(
        signer=_said(subject.get("common_name")),
        signed_at=moment.isoformat() if moment else None,
        organisation=_said(subject.get("organization_name")),
        intact=_is_intact(signature),
    )


def _is_intact(signature: EmbeddedPdfSignature) -> bool | None:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    offline = ValidationContext(trust_roots=[], allow_fetching=False)
    try:
        status = validate_pdf_signature(signature, offline, skip_diff=True)
    except Exception:
        return None
    return bool(status.intact and status.valid)


def _said(name: object) -> str | None:
    """A name of a certificate; one of several (a list) is the first."""
    first = name[0] if isinstance(name, list) and name else name
    return nfc(str(first)).strip() or None if first else None
