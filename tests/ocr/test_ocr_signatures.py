"""Digital signatures verified offline: whole ones, files changed afterwards, and files that mean harm."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfWriter

from ocr.signatures import MOST_SIGNATURES, verify_signatures

BODY, ABOVE = "Sở Y tế", "Tỉnh Kiên Giang"


@pytest.fixture(scope="module")
def signer() -> signers.SimpleSigner:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, ABOVE), x509.NameAttribute(NameOID.COMMON_NAME, BODY)]
    )
    day = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(day - dt.timedelta(days=400))
        .not_valid_after(day + dt.timedelta(days=4000))
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=asn1_keys.PrivateKeyInfo.load(plain),
        cert_registry=SimpleCertificateStore(),
    )


def blank_pdf() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


def signed(data: bytes, signer: signers.SimpleSigner, field: str = "ky") -> bytes:
    out = io.BytesIO()
    meta = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), meta, signer=signer, output=out)
    return out.getvalue()


def write(folder: Path, data: bytes) -> Path:
    path = folder / "a.pdf"
    path.write_bytes(data)
    return path


def test_a_signature_tells_who_and_when_and_that_nothing_changed(
    tmp_path: Path, signer: signers.SimpleSigner
) -> None:
    (panel,) = verify_signatures(write(tmp_path, signed(blank_pdf(), signer)))
    assert (panel.signer, panel.organisation, panel.intact) == (BODY, ABOVE, True)
    assert panel.signed_at is not None
    assert dt.datetime.fromisoformat(panel.signed_at).tzinfo is not None


def test_a_file_changed_after_signing_is_not_intact(tmp_path: Path, signer: signers.SimpleSigner) -> None:
    data = signed(blank_pdf(), signer)
    changed = data.replace(b"842", b"841", 1)
    assert changed != data
    (panel,) = verify_signatures(write(tmp_path, changed))
    assert panel.intact is False


def test_several_signatures_come_in_the_order_they_were_made(
    tmp_path: Path, signer: signers.SimpleSigner
) -> None:
    data = signed(signed(blank_pdf(), signer, "lanh-dao"), signer, "co-quan")
    assert [p.intact for p in verify_signatures(write(tmp_path, data))] == [True, True]
    assert MOST_SIGNATURES >= 2


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"%PDF-1.7 nothing more", id="cut off"),
        pytest.param(b"%PDF-1.7\ntrailer<</Root 1 0 R>>", id="a root that is not there"),
        pytest.param(blank_pdf(), id="never signed"),
    ],
)
def test_a_file_without_signatures_or_without_sense_has_none(data: bytes, tmp_path: Path) -> None:
    assert verify_signatures(write(tmp_path, data)) == ()


def test_a_signature_whose_content_is_rubbish_is_listed_as_unverified(
    tmp_path: Path, signer: signers.SimpleSigner
) -> None:
    data = bytearray(signed(blank_pdf(), signer))
    at = data.index(b"/Contents <") + 11
    data[at : at + 400] = b"0" * 400
    assert [p.intact for p in verify_signatures(write(tmp_path, bytes(data)))] in ([None], [])
